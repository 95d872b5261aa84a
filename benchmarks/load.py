"""Many readers at once while articles are added: errors, and how long an answer takes.

    python benchmarks/load.py --archive wikinews.db --records records.jsonl

`onrecord serve --workers 2` over a copy of the archive; READERS connections, each of which opens a page, looks at it
for --pause seconds on average, and opens the next; and a third process that adds articles as `onrecord add` does, so
many a second. Readers, server and writer share this machine. Pages are drawn from the archive with a fixed seed. The
exit code is 1 where an answer failed, or the slowest in twenty took longer than BAR_MS.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import multiprocessing
import os
import random
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from multiprocessing.synchronize import Event
from pathlib import Path

from pages import addresses
from speed import machine

from onrecord.archive.correcting import runs
from onrecord.archive.store import keeping
from onrecord.archive.store.opening import open_archive
from onrecord.records import Provenance, Record

SEED = 20
BAR_MS = 500
SHARES = {
    "article": 35,
    "search": 20,
    "search, filtered": 10,
    "statement": 15,
    "person": 8,
    "trace": 2,
    "first page": 5,
    "/api article": 5,
}
"""Of a hundred pages, how many are of each kind."""

Times = defaultdict[str, list[float]]


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Put many readers before the reading room while articles are added.")
    parser.add_argument("--archive", required=True, type=Path)
    parser.add_argument("--records", required=True, type=Path, help="records as onrecord writes them, to be added")
    parser.add_argument("--readers", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--pause", type=float, default=1.0, help="how long a page is looked at, on average (1 s)")
    parser.add_argument("--adding", type=float, default=10, help="articles a second (10)")
    arguments = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(dir=arguments.archive.parent) as folder:
        copy = Path(folder) / "load.db"
        with (
            contextlib.closing(sqlite3.connect(f"{arguments.archive.resolve().as_uri()}?mode=ro", uri=True)) as given,
            contextlib.closing(sqlite3.connect(copy)) as taken,
        ):
            given.backup(taken)
        with open_archive(copy) as archive:
            held = [archive.database.rows(f"SELECT COUNT(*) FROM {t}")[0][0] for t in ("articles", "statements")]
            kinds = addresses(archive, 400)
        kinds["/api article"] = [f"/api{path}" for path in kinds["article"]]
        print("\n".join(machine()))
        print(f"archive     {held[0]:,} articles, {held[1]:,} statements")
        print(
            f"load        {arguments.readers} readers for {arguments.seconds:.0f} s, {arguments.pause:g} s a page;"
            f" {arguments.workers} workers; {arguments.adding:g} articles added a second\n"
        )
        return _measured(arguments, copy, kinds)


def _measured(arguments: argparse.Namespace, copy: Path, kinds: dict[str, list[str]]) -> int:
    stop = multiprocessing.Event()
    added = multiprocessing.Value("i", 0)
    writer = multiprocessing.Process(target=write, args=(copy, arguments.records, arguments.adding, stop, added))
    with served(copy, arguments.workers) as (port, server):
        asyncio.run(read(port, kinds, 4, 3, 0.2))  # warm
        writer.start()
        before = cpu_seconds(server)
        times, errors = asyncio.run(read(port, kinds, arguments.readers, arguments.seconds, arguments.pause))
        spent = cpu_seconds(server) - before
        stop.set()
        writer.join(60)
    print(f"{'page':18}{'n':>7}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}")
    for kind in (*SHARES, "all"):
        taken = times[kind] if kind != "all" else [one for each in times.values() for one in each]
        if len(taken) > 1:
            p95 = statistics.quantiles(taken, n=20)[-1]
            print(f"{kind:18}{len(taken):7}{statistics.median(taken):9.1f}{p95:9.1f}{max(taken):9.1f}")
    print(
        f"\n{len(taken) / arguments.seconds:.0f} pages a second; {added.value:,} articles added;"
        f" the writer ended with {writer.exitcode}\n{1000 * spent / len(taken):.1f} ms CPU of the server a page"
    )
    print(f"{sum(errors.values())} errors {dict(errors) or ''}")
    return int(bool(errors) or p95 > BAR_MS or writer.exitcode != 0 or not added.value)


async def read(
    port: int, kinds: dict[str, list[str]], readers: int, seconds: float, pause: float
) -> tuple[Times, dict[str, int]]:
    """Let readers read; the milliseconds of each answer by kind, and what went wrong how often."""
    times: Times = defaultdict(list)
    errors: defaultdict[str, int] = defaultdict(int)
    until = time.perf_counter() + seconds
    await asyncio.gather(*(reader(port, kinds, n, until, pause, times, errors) for n in range(readers)))
    return times, errors


async def reader(
    port: int,
    kinds: dict[str, list[str]],
    number: int,
    until: float,
    pause: float,
    times: Times,
    errors: defaultdict[str, int],
) -> None:
    """One reader: a connection that is kept, a page after the other."""
    chance = random.Random(SEED * 1_000 + number)
    names, shares = list(SHARES), list(SHARES.values())
    await asyncio.sleep(chance.uniform(0, min(pause, 1)))
    connection = None
    while time.perf_counter() < until:
        kind = chance.choices(names, shares)[0]
        began = time.perf_counter()
        try:
            connection = connection or await asyncio.open_connection("127.0.0.1", port)
            status = await asyncio.wait_for(asked(*connection, chance.choice(kinds[kind])), 30)
            if status >= 400:
                errors[f"{kind} {status}"] += 1
        except (OSError, EOFError, TimeoutError, ValueError) as error:
            errors[f"{kind} {type(error).__name__}"] += 1
            connection = None
        times[kind].append(1000 * (time.perf_counter() - began))
        if pause:
            await asyncio.sleep(chance.uniform(0.5 * pause, 1.5 * pause))
    if connection:
        connection[1].close()


async def asked(coming: asyncio.StreamReader, going: asyncio.StreamWriter, path: str) -> int:
    """Ask for a page, take all of it, and return its status."""
    going.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    head = (await coming.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])}
    await coming.readexactly(int(headers["content-length"]))
    return int(head[0].split()[1])


def write(copy: Path, records: Path, adding: float, stop: Event, added: object) -> None:
    """Add articles, a batch a second, each under a new name, until told to stop."""
    with records.open(encoding="utf-8") as lines:
        held = [json.loads(line) for line in lines]
    with open_archive(copy) as archive:
        run = runs.start_run(archive, "load", Provenance("load"))
        number = 0
        while not stop.is_set():
            began = time.perf_counter()
            batch = []
            for _ in range(max(1, round(adding))):
                data = held[number % len(held)]
                number += 1
                data = {**data, "id": f"load-{number}", "url": f"https://load.example/{number}"}
                batch.append(Record.from_dict(data))
            for _ in keeping.keep_many(archive, batch, run):
                added.value += 1  # type: ignore[attr-defined]
            stop.wait(max(0.0, len(batch) / adding - (time.perf_counter() - began)))
        runs.finish_run(archive, run)


@contextlib.contextmanager
def served(archive: Path, workers: int) -> Iterator[tuple[int, int]]:
    """`onrecord serve` in processes of its own; its port and the id of the first of them."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "onrecord", "serve", "--archive", str(archive), "--port", str(port), "--quiet"]
    process = subprocess.Popen([*command, "--workers", str(workers), "--rate", "0"])
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.2)
        time.sleep(3)  # until every worker is there
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(20)


def cpu_seconds(process: int) -> float:
    """The CPU time that a process and its children have spent; 0 where the system does not tell."""
    tree = Path(f"/proc/{process}/task/{process}/children")
    if not tree.exists():
        return 0.0
    spent = 0.0
    for one in (str(process), *tree.read_text().split()):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        spent += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return spent


if __name__ == "__main__":
    raise SystemExit(main())
