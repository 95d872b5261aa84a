"""What kill -9 does to an archive: it is killed at random moments of eight kinds of work, and must stay whole.

    python benchmarks/faults.py                            # 200 kills: 25 while adding, correcting, merging, splitting,
                                                           # forgetting, tracing, exporting and migrating
    python benchmarks/faults.py --kills 8 --only merging   # fewer, of one kind
    python benchmarks/faults.py --postgres postgresql://…  # in databases of its own on that server

The archive is made of the examples, read once and multiplied with other words (generator.py). A worker does its work
and says what it has done, one line each; it is killed with SIGKILL at a moment drawn from the time that it takes
undisturbed. After each kill `verify` must find no fault, everything that the worker said was done must be there, and a
file under its final name must be the one that is exported undisturbed. The next worker goes on with the archive that
was killed; one that comes to its end is not counted. In the end the work of adding is brought to its end, and the rows
must be those of an undisturbed run; one more export must leave no half-written file of any name behind.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

sys.path.insert(0, str(Path(__file__).resolve().parent))
from generator import Generator

from onrecord.answers.archive_tracing import catch_up, fingerprints_of
from onrecord.archive.correcting import corrections as said
from onrecord.archive.correcting.merging import appearances
from onrecord.archive.correcting.runs import finish_run, start_run
from onrecord.archive.safekeeping.forgetting import forget_article, forget_person
from onrecord.archive.safekeeping.schema_check import MADE
from onrecord.archive.safekeeping.verifying import verify
from onrecord.archive.store.database import one
from onrecord.archive.store.keeping import keep_batch, keep_many
from onrecord.archive.store.migrations import shipped
from onrecord.archive.store.opening import Archive, open_archive
from onrecord.archive.store.rows import COLUMNS
from onrecord.cli import main as onrecord
from onrecord.errors import OnrecordError
from onrecord.records import Record

ROOT = Path(__file__).parents[1]
os.environ["SOURCE_DATE_EPOCH"] = "1700000000"  # rows are dated alike
KINDS = ("adding", "correcting", "merging", "splitting", "forgetting", "tracing", "exporting", "migrating")
ARTICLES = 60  # of the archive that is worked on
MORE = 300  # that are added to it
BATCH = 4  # added in one transaction
LONGEST = 2.0  # seconds that a worker is left at work
OLD = 5  # the schema from which is migrated
ADDED = re.compile(r"^ALTER TABLE (\w+) ADD COLUMN (\w+)", re.MULTILINE)
FORMATS = ("jsonl", "csv", "records", "datasette")
TABLES = (*COLUMNS, "runs", "numbers", "seals", "heads", "indexed", "terms", "tallies")


def main() -> None:
    """Kill, check, print a table; ends with exit code 1 where something does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200, help="of all kinds together")
    parser.add_argument("--only", choices=KINDS, action="append")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--postgres", metavar="URL", help="a server where databases may be made")
    parser.add_argument("--work", nargs=4, metavar=("KIND", "ARCHIVE", "FOLDER", "SEED"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.work:
        kind, where, folder, seed = given.work
        return work(kind, where, Path(folder), random.Random(int(seed)))
    kinds = given.only or KINDS
    with tempfile.TemporaryDirectory(prefix="onrecord-faults-") as name:
        folder = Path(name)
        places = Places(folder, given.postgres)
        (folder / "records.jsonl").write_text("".join(f"{line}\n" for line in made()), "utf-8")
        fill(places.base, folder)
        print(
            f"{'kind':12}{'kills':>7}{'ended before':>14}{'verify sound':>14}{'done':>8}{'lost':>6}{'half files':>12}"
        )
        sound = True
        for kind in kinds:
            trial = Trial(kind, places, folder, random.Random(given.seed))
            trial.run(given.kills // len(kinds))
            figures = (trial.kills, trial.ended, trial.sound, trial.done, len(trial.lost), len(trial.half))
            print("{:12}{:7}{:14}{:14}{:8}{:6}{:12}".format(kind, *figures), flush=True)
            sound &= trial.sound == trial.kills and not trial.lost and not trial.half
            for told in (*trial.faults, *trial.lost, *trial.half):
                print(f"  {told}")
    sys.exit(not sound)


class Places:
    """Where archives are: files of a folder, or databases of a server. `base` is the one that others are copies of."""

    def __init__(self, folder: Path, url: str | None) -> None:
        self._folder, self._url, self._numbers = folder, url, count()
        self.base = self.new() if url else str(folder / "base.db")

    def new(self, of: str | None = None) -> str:
        """The name of an archive that is not there yet, or of a copy of that one."""
        number = next(self._numbers)
        if not self._url:
            path = self._folder / f"{number}.db"
            if of:
                shutil.copy(of, path)
            return str(path)
        name = f"onrecord_faults_{os.getpid()}_{number}"
        template = f" TEMPLATE {urlsplit(of).path[1:]}" if of else ""
        with importlib.import_module("psycopg").connect(self._url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}{template}")
        return urlunsplit(urlsplit(self._url)._replace(path=f"/{name}"))


class Trial:
    """One kind of work, killed again and again; `lost` is what was said to be done and is not there."""

    def __init__(self, kind: str, places: Places, folder: Path, chance: random.Random) -> None:
        self.kind, self._places, self._chance = kind, places, chance
        self._folder = folder / kind
        self._folder.mkdir()
        self._wanted: dict[str, str] = {}  # digests of undisturbed exports
        self._acknowledged: list[str] = []
        self._lasted = 0.0  # seconds
        self.kills = self.ended = self.sound = self.done = 0
        self.faults: list[str] = []
        self.lost: list[str] = []
        self.half: list[str] = []

    def run(self, kills: int) -> None:
        """Kill so often, and check after each."""
        whole = self._anew()
        self._worker(whole, None)
        lasts = min(LONGEST, self._lasted)
        self._wanted = digests_in(self._folder)
        where = self._anew()
        while self.kills < kills:
            told, killed = self._worker(where, self._chance.uniform(0.0, lasts))
            self._acknowledged += told
            if killed:
                self.kills += 1
                self.done += len(told)
                self._check(where)
            else:
                self.ended += 1
            if not killed or self.kind == "migrating":
                where = self._anew()
        if self.kind == "adding":
            self._worker(where, None)
            if rows_of(where) != rows_of(whole):
                self.faults.append("what was killed and added to its end is not what is added undisturbed")
        if self.kind == "exporting":
            self._worker(where, None)
            self.half += [f"{path.name} was left behind" for path in self._folder.glob(".*")]

    def _anew(self) -> str:
        self._acknowledged = []
        where = self._places.new(self._places.base)
        if self.kind == "migrating":
            make_old(where)
        return where

    def _worker(self, where: str, seconds: float | None) -> tuple[list[str], bool]:
        """What a worker said it did, and whether it was killed so many seconds after it began."""
        seed = str(self._chance.randrange(10**9))
        command = [sys.executable, __file__, "--work", self.kind, where, str(self._folder), seed]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            assert process.stdout.readline() == "ready\n", process.stderr.read()
            began = time.monotonic()
            if seconds is not None:
                time.sleep(seconds)
                process.send_signal(signal.SIGKILL)
            told, wrong = process.communicate()
            self._lasted = time.monotonic() - began
        assert process.returncode in (0, -signal.SIGKILL), wrong
        lines = told.splitlines(keepends=True)
        return [line.strip() for line in lines if line.endswith("\n")], process.returncode == -signal.SIGKILL

    def _check(self, where: str) -> None:
        with open_archive(where, create=False) as archive:
            faults = [str(fault) for fault in verify(archive, fingerprints=fingerprints_of)]
            self.lost += [line for line in self._acknowledged if not is_there(archive, self.kind, line)]
        self.sound += not faults
        self.faults += faults
        for name, digest in digests_in(self._folder).items():
            if digest != self._wanted.get(name):
                self.half.append(f"{name} is not the file that is exported undisturbed")
        for backup in Path(where).parent.glob(f"{Path(where).name}.schema-*.bak"):
            with open_archive(shutil.copy(backup, self._folder / "backup.db"), create=False) as archive:
                self.half += [f"{backup.name}: {fault}" for fault in verify(archive)]


def work(kind: str, where: str, folder: Path, chance: random.Random) -> None:
    """Be the worker: do it, and say each time what is done."""
    records = list(loaded(folder.parent / "records.jsonl"))
    print("ready", flush=True)
    if kind == "migrating":
        with open_archive(where, create=False) as archive:
            print(one(archive.database, "SELECT MAX(version) FROM migrations"), flush=True)
        return
    if kind == "exporting":
        for form in FORMATS:
            path = folder / f"out.{form}"
            options = ["--archive", where, "--format", form, "--with-text", "--output", str(path), "--quiet"]
            assert onrecord(["export", *options]) == 0
            print(path.name, flush=True)
        return
    with open_archive(where, create=False) as archive, contextlib.suppress(NothingLeft):
        for told in WORK[kind](archive, records, chance):
            print(told, flush=True)


def adding(archive: Archive, records: list[Record], chance: random.Random) -> Iterator[object]:
    run = start_run(archive, "more", records[0].provenance)
    for at in range(ARTICLES, len(records), BATCH):
        for kept in keep_batch(archive, records[at : at + BATCH], run):
            yield getattr(kept, "article", kept)


def tracing(archive: Archive, records: list[Record], chance: random.Random) -> Iterator[object]:
    for article in adding(archive, records, chance):
        if chance.random() < 0.5:
            catch_up(archive)
            yield article


def changing(*changes: Callable[[Archive, random.Random], int]) -> Callable[..., Iterator[object]]:
    """Work of many corrections, one undone now and then."""

    def do(archive: Archive, records: list[Record], chance: random.Random) -> Iterator[object]:
        for _ in range(150):
            try:
                done = chance.choice(changes)(archive, chance)
                yield done
                if chance.random() < 0.2:
                    yield said.undo(archive, done, who="Rita")
            except OnrecordError:
                continue  # drawn for somebody or something that it cannot be done to

    return do


class NothingLeft(Exception):
    """The archive holds no more of what the work is done to; the next worker gets a new one."""


def drawn(archive: Archive, chance: random.Random, sql: str) -> int:
    """One of the ids that `sql` selects."""
    ids = [id for (id,) in archive.database.rows(f"{sql} ORDER BY id")]
    if not ids:
        raise NothingLeft
    return chance.choice(ids)


def a_statement(archive: Archive, chance: random.Random) -> int:
    return drawn(archive, chance, "SELECT id FROM statements")


def somebody(archive: Archive, chance: random.Random) -> int:
    said_by = "EXISTS (SELECT 1 FROM tallies t WHERE t.person = people.id)"
    return drawn(archive, chance, f"SELECT id FROM people WHERE merged_into IS NULL AND {said_by}")


def merge(archive: Archive, chance: random.Random) -> int:
    return said.merge_people(archive, somebody(archive, chance), somebody(archive, chance), who="Rita")


def split(archive: Archive, chance: random.Random) -> int:
    person = somebody(archive, chance)
    mentions = [each.entity for each in appearances(archive, person)]
    return said.split_person(archive, person, mentions[: 1 + len(mentions) // 2], "Xenia Orly", who="Rita")


def forgetting(archive: Archive, records: list[Record], chance: random.Random) -> Iterator[object]:
    for _ in range(ARTICLES // 2):
        said.confirm(archive, a_statement(archive, chance), who="Rita", why="heard it")
        if chance.random() < 0.5:
            yield forget_person(archive, somebody(archive, chance), who="Rita").id
        else:
            yield forget_article(archive, drawn(archive, chance, "SELECT id FROM articles"), who="Rita").id


WORK: dict[str, Callable[..., Iterator[object]]] = {
    "adding": adding,
    "tracing": tracing,
    "forgetting": forgetting,
    "merging": changing(merge),
    "splitting": changing(split, split, merge),
    "correcting": changing(
        lambda archive, chance: said.confirm(archive, a_statement(archive, chance), who="Rita"),
        lambda archive, chance: said.reject(archive, a_statement(archive, chance), who="Rita", why="no statement"),
        lambda archive, chance: said.change_form(archive, a_statement(archive, chance), form="mixed", who="Rita"),
        lambda archive, chance: said.change_framing(archive, a_statement(archive, chance), status="denied", who="Rita"),
        lambda archive, chance: said.change_speaker(
            archive, a_statement(archive, chance), name="Oda Pell", who="Rita", new=True
        ),
    ),
}


def is_there(archive: Archive, kind: str, line: str) -> bool:
    """Whether what a worker said it did is in the archive."""
    if kind == "exporting":
        return True  # the file is compared itself
    if kind == "migrating":
        return str(one(archive.database, "SELECT MAX(version) FROM migrations")) == line
    table = {"adding": "articles", "tracing": "articles", "forgetting": "erasures"}.get(kind, "corrections")
    found = one(archive.database, f"SELECT 1 FROM {table} WHERE id = ?", (int(line),))
    if kind == "tracing" and one(archive.database, "SELECT 1 FROM unfingerprinted WHERE article = ?", (int(line),)):
        return False
    return found is not None


def made() -> Iterator[str]:
    """Records of the examples as lines of JSON, multiplied."""
    command = (sys.executable, "-m", "onrecord", "read", "examples/event.jsonl", "--format", "jsonl", "--quiet")
    read = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    records = [Record.from_dict(json.loads(line)) for line in read.stdout.splitlines()]
    for record in Generator(records).articles(ARTICLES + MORE):
        yield record.to_json()


def loaded(path: Path) -> Iterator[Record]:
    for line in path.read_text("utf-8").splitlines():
        yield Record.from_dict(json.loads(line))


def fill(where: str, folder: Path) -> None:
    """Make the archive that is worked on, in one file."""
    records = list(loaded(folder / "records.jsonl"))[:ARTICLES]
    with open_archive(where) as archive:
        run = start_run(archive, "base", records[0].provenance)
        list(keep_many(archive, records, run))
        finish_run(archive, run)


def make_old(where: str) -> None:
    """Take an archive back to the schema of an older onrecord."""
    with open_archive(where, create=False) as archive, archive.database.writing():
        for step in shipped(archive.database.dialect):
            if step.version > OLD:
                for kind, name in MADE.findall(step.sql):
                    archive.database.run(f"DROP {kind} {name}")
                for table, column in ADDED.findall(step.sql):
                    archive.database.run(f"ALTER TABLE {table} DROP COLUMN {column}")
                archive.database.run("DELETE FROM migrations WHERE version = ?", (step.version,))


def digests_in(folder: Path) -> dict[str, str]:
    """The digests of the files that were exported, by name."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("out.*")}


def rows_of(where: str) -> str:
    """A digest of every row of every table."""
    digest = hashlib.sha256()
    with open_archive(where, create=False) as archive:
        for table in TABLES:
            rows = archive.database.rows(f"SELECT * FROM {table}")
            digest.update("\n".join([table, *sorted(map(repr, rows))]).encode())
    return digest.hexdigest()


if __name__ == "__main__":
    main()
