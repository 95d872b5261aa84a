"""How fast and how large an archive is: ``python benchmarks/archive.py RECORDS.jsonl``. RECORDS is what
``onrecord read --format jsonl`` printed, of the Wikinews articles for the figures in docs/search.md.

Records of many articles are made of them (generator.py), put into a SQLite archive and, where PostgreSQL can be
started, into one of those, 1,000 in a transaction; then 500 searches of twelve kinds are asked of each, each with a
page of 20 hits and all facets. Times are given by the clock and in CPU time, of this process and of the server's that
works for it. Making the records is not in any figure.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from generator import Generator
from speed import machine

from onrecord.answers.archive_tracing import catch_up
from onrecord.archive.correcting.runs import start_run
from onrecord.archive.indexing.upkeep import settle
from onrecord.archive.searching.query import Query
from onrecord.archive.searching.search import search
from onrecord.archive.store.keeping import keep_many
from onrecord.archive.store.opening import Archive, open_archive
from onrecord.records import Record

HELD = 2_000  # records made at a time
BATCH = 1_000  # kept in one transaction
QUERIES = 500
TOLD = 20_000  # articles


@dataclass
class Load:
    """What loading took."""

    statements: int = 0
    wall: float = 0.0
    cpu: float = 0.0
    server: float = 0.0
    settling: float = 0.0


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure loading and searching a large archive.")
    parser.add_argument("records", type=Path, help="records as JSON lines")
    parser.add_argument("--articles", type=int, default=20_000, help="how many to make (default 20,000)")
    parser.add_argument("--folder", type=Path, default=Path("/tmp"), help="where the archives are made")
    parser.add_argument("--keep", type=Path, help="keep the SQLite archive there; one that is there is only searched")
    parser.add_argument("--only", choices=("sqlite", "postgres"), help="one database")
    parser.add_argument("--url", help="a PostgreSQL database to use, empty or filled before by this program")
    arguments = parser.parse_args(argv)
    records = [Record.from_dict(json.loads(line)) for line in arguments.records.open(encoding="utf-8")]
    print("\n".join(machine()), end="\n\n", flush=True)
    print(f"RECORDS     {len(records)} articles, {sum(len(r.statements) for r in records):,} statements")
    if arguments.only != "postgres":
        path = arguments.keep or arguments.folder / "benchmark.db"
        print(f"REFERENCE   {bare(records):,.0f} contents a CPU second into a bare FTS5 table, nothing else kept")
        measure("SQLITE", str(path), records, arguments.articles, lambda archive: path.stat().st_size)
        if not arguments.keep:
            path.unlink()
    if arguments.only != "sqlite":
        with ExitStack() as stack:
            url = arguments.url or server(stack, arguments.folder)
            measure("POSTGRESQL", url, records, arguments.articles, size_of_database)
    return 0


def server(stack: ExitStack, folder: Path) -> str:
    """A PostgreSQL server of our own for as long as `stack` lives, and the url of a database on it."""

    import pgserver

    data = stack.enter_context(tempfile.TemporaryDirectory(prefix="onrecord-pg-", dir=folder))
    running = pgserver.get_server(data, cleanup_mode="delete")
    stack.callback(running.cleanup)
    return str(running.get_uri())


def bare(records: Sequence[Record], n: int = 100_000) -> float:
    """Contents that SQLite alone indexes a CPU second: by this a figure of another day or machine can be judged."""
    words = [record.words(statement) for record in records for statement in record.statements]
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        database = sqlite3.connect(Path(folder) / "bare.db")
        database.execute("CREATE VIRTUAL TABLE bare USING fts5(words)")
        began = time.process_time()
        for at in range(0, n, 4_000):
            with database:
                database.executemany(
                    "INSERT INTO bare VALUES (?)", ((words[i % len(words)],) for i in range(at, at + 4_000))
                )
        taken = time.process_time() - began
        database.close()
    return n / taken


def size_of_database(archive: Archive) -> int:
    """The bytes of all tables and indices."""
    row = archive.database.row("SELECT pg_database_size(current_database())")
    return int(row[0]) if row else 0


def server_seconds(archive: Archive) -> float:
    """CPU time so far of the process that serves this connection: 0 for SQLite, or where it is not on this machine."""
    if archive.database.dialect == "sqlite":
        return 0.0
    (pid,) = archive.database.row("SELECT pg_backend_pid()") or (0,)
    told = Path(f"/proc/{pid}/stat")
    if not told.exists():
        return 0.0
    ticks = told.read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def measure(name: str, where: str, records: Sequence[Record], articles: int, size: Callable[[Archive], int]) -> None:
    """Load, search and print, for one database."""
    with open_archive(where) as archive:
        known = archive.database.row("SELECT COUNT(*) FROM articles") or (0,)
        if not known[0]:
            load = fill(archive, records, articles)
            print(f"\n{name} LOADING")
            print(f"statements  {load.statements:,} of {articles:,} articles")
            by_cpu = load.statements / (load.cpu + load.server)
            print(
                f"a second    {load.statements / load.wall:,.0f} by the clock, {by_cpu:,.0f} by CPU with the server's"
            )
            print(f"settling    {load.settling:.1f} s, once at the end", flush=True)
            wall, cpu = time.perf_counter(), time.process_time()
            articles_in = catch_up(archive)
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            print(
                f"prints      {wall:.1f} s ({cpu:.1f} of CPU) for the fingerprints of {articles_in:,} articles",
                flush=True,
            )
        row = archive.database.row("SELECT COUNT(*) FROM statements") or (1,)
        print(f"size        {size(archive) / 1e9:.2f} GB, {size(archive) / row[0]:,.0f} bytes a statement")
    with open_archive(where, read_only=True) as archive:
        print("\n".join(times(name, archive)), flush=True)


def fill(archive: Archive, records: Sequence[Record], articles: int) -> Load:
    """Put that many articles into an empty archive."""
    made = Generator(records).articles(articles)
    run = start_run(archive, "benchmark", records[0].provenance)
    load, done, served = Load(), 0, server_seconds(archive)
    while batch := list(islice(made, HELD)):
        wall, cpu = time.perf_counter(), time.process_time()
        for _ in keep_many(archive, batch, run, batch=BATCH):
            pass
        load.wall += time.perf_counter() - wall
        load.cpu += time.process_time() - cpu
        load.statements += sum(len(record.statements) for record in batch)
        done += len(batch)
        if done % TOLD == 0:
            print(f"  {done:,} articles, {load.statements / load.wall:,.0f}/s", file=sys.stderr, flush=True)
    load.server = server_seconds(archive) - served
    wall = time.perf_counter()
    settle(archive)
    if archive.database.dialect == "sqlite":
        archive.database.row("PRAGMA wal_checkpoint(TRUNCATE)")
    load.settling = time.perf_counter() - wall
    return load


def times(name: str, archive: Archive) -> Iterator[str]:
    """The times of the searches, all and by kind, in milliseconds."""
    took: dict[str, list[float]] = {}
    hits, cpu, served = 0, 0.0, 0.0
    for kind, query in queries(archive, QUERIES):
        before, began, counted = server_seconds(archive), time.perf_counter(), time.process_time()
        found = search(archive, query)
        took.setdefault(kind, []).append((time.perf_counter() - began) * 1000)
        cpu += time.process_time() - counted
        served += server_seconds(archive) - before
        hits += bool(found.hits)
    every = [figure for kind in took.values() for figure in kind]
    yield f"\n{name} SEARCHING, {len(every)} queries, {hits} with hits; milliseconds"
    each = 1000 / max(1, len(every))
    yield f"cpu a query {cpu * each:.1f} here, {served * each:.1f} in the server"
    yield f"{'':24}{'p50':>8}{'p95':>8}{'longest':>9}"
    for kind, figures in [("all", every), *sorted(took.items())]:
        cuts = statistics.quantiles(figures, n=20, method="inclusive")
        yield f"{kind:24}{cuts[9]:8.1f}{cuts[18]:8.1f}{max(figures):9.1f}"


def queries(archive: Archive, n: int) -> Iterator[tuple[str, Query]]:
    """Mixed searches, with words of statements drawn from the archive; the same for the same archive."""
    chance = random.Random(9)
    top = (archive.database.row("SELECT MAX(id) FROM statements") or (1,))[0]
    kinds = list(KINDS)
    for number in range(n):
        row = None
        while row is None:
            row = archive.database.row(
                "SELECT s.content, e.name, u.name, a.published FROM statements s JOIN articles a ON a.id = s.article"
                " JOIN outlets u ON u.id = a.outlet JOIN entities e ON e.id = s.speaker WHERE s.id = ?",
                (chance.randint(1, top),),
            )
            if row and len(words_of(row[0])) < 5:
                row = None
        kind = kinds[number % len(kinds)]
        yield kind, KINDS[kind](chance, words_of(row[0]), row[1], row[2], row[3])


def words_of(content: str) -> list[str]:
    """Words of four letters and more that are safe in a query."""
    return [word for word in content.split() if word.isalpha() and word.isascii() and len(word) >= 4]


KINDS: dict[str, Callable[[random.Random, list[str], str, str, str], Query]] = {
    "one word": lambda r, w, who, paper, day: Query(words=r.choice(w)),
    "two words": lambda r, w, who, paper, day: Query(words=" ".join(r.sample(w, 2))),
    "phrase": lambda r, w, who, paper, day: Query(words=f'"{w[0]} {w[1]}"'),
    "a word or another": lambda r, w, who, paper, day: Query(words=" OR ".join(r.sample(w, 2))),
    "a word, not another": lambda r, w, who, paper, day: Query(words=f"{w[0]} -{w[1]}"),
    "word and speaker": lambda r, w, who, paper, day: Query(words=r.choice(w), speaker=who),
    "word, outlet and year": lambda r, w, who, paper, day: Query(words=r.choice(w), outlet=paper, published=day[:4]),
    "filters alone": lambda r, w, who, paper, day: Query(outlet=paper, form="direct", published=f"{day[:7]}.."),
    "beginning of a word": lambda r, w, who, paper, day: Query(words=f"{r.choice(w)[:5]}*"),
    "part of a word": lambda r, w, who, paper, day: Query(words=f"*{r.choice(w)[1:5]}*"),
    "word, newest first": lambda r, w, who, paper, day: Query(words=r.choice(w), sort="newest"),
    "articles, two words": lambda r, w, who, paper, day: Query(words=" ".join(r.sample(w, 2)), in_="articles"),
}

if __name__ == "__main__":
    sys.exit(main())
