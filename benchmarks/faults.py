"""What kill -9 does to an archive: `onrecord add` is killed at random moments, and must leave nothing half.

    python benchmarks/faults.py                          # 50 kills while the engine reads the examples, again and again
    python benchmarks/faults.py --files a.jsonl          # over your files, or over records that were read before
    python benchmarks/faults.py --postgres postgresql://…   # in a database of its own on that server

An undisturbed `add` is timed and exported. Then the same command is killed with SIGKILL at a moment drawn from that
time, over and over. After each kill `onrecord verify` must find no fault, and each article in the archive must be,
row for row, what the undisturbed run has of it. A run that came to its end before it was killed does not count, and the
archive is begun anew. In the end the command runs undisturbed on what the last kill left, and its exports must be
those of the undisturbed run to the byte, as must be every row of every table.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from onrecord.archive.loading import load_records
from onrecord.archive.rows import COLUMNS
from onrecord.archive.store import open_archive
from onrecord.errors import ArchiveError
from onrecord.reading import open_articles
from onrecord.records import Record, Skipped

ROOT = Path(__file__).parents[1]
ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}  # rows are dated alike
TIMES = 2  # the examples are read so often, each time as other texts
TABLES = (*COLUMNS, "runs", "numbers")
EXPORTS = (
    ("--format", "jsonl"),
    ("--format", "jsonl", "--with-ids", "--with-times", "--with-text"),
    ("--format", "records", "--with-text"),
)
COMMAND = (sys.executable, "-m", "onrecord")


def main() -> None:
    """Kill, check, resume, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--files", nargs="+", help="what onrecord add takes; left out, the examples again and again")
    parser.add_argument("--postgres", metavar="URL", help="a server where a database may be made")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="onrecord-faults-") as name:
        folder = Path(name)
        files = given.files or [_examples(folder)]
        new = _databases(given.postgres) if given.postgres else _in(folder)
        Trial(files, new, random.Random(given.seed)).run(given.kills)


class Trial:
    """One undisturbed archive, and one that is killed; `new` names an archive that is not there yet."""

    def __init__(self, files: Sequence[str], new: Callable[[], str], chance: random.Random) -> None:
        self._files = files
        self._new = new
        self._chance = chance

    def run(self, kills: int) -> None:
        """Do it all and print the figures; ends with an AssertionError where something does not hold."""
        whole = self._new()
        began = time.monotonic()
        self._add(whole)
        lasts = time.monotonic() - began
        expected = _records(whole)
        statements = sum(len(record.statements) for record in expected.values())
        print(f"undisturbed: {len(expected)} articles, {statements} statements, {lasts:.1f} s", flush=True)
        broken, done, ended, anew, held = self._new(), 0, 0, 1, []
        while done < kills:
            if not self._killed(broken, self._chance.uniform(0.0, lasts)):
                ended += 1
            else:
                done += 1
                held.append(self._check(broken, expected))
                print(f"kill {done}: {held[-1]} articles, whole", flush=True)
            if len(_records(broken)) == len(expected):
                self._add(broken)  # the last may have been killed between the last article and the end of its run
                self._compare(whole, broken)
                broken, anew = self._new(), anew + 1
        self._add(broken)
        self._compare(whole, broken)
        among = sum(0 < n < len(expected) for n in held)
        print(f"{done} kills ({among} with some of the articles in), {ended} runs ended before theirs, {anew} archives")
        print("verify found no fault, no article was half kept, exports and rows are those of the undisturbed run")

    def _add(self, where: str) -> None:
        command = (*COMMAND, "add", *self._files, "--archive", where, "--quiet")
        done = subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT, check=False)
        assert done.returncode == 0, done.stderr

    def _killed(self, where: str, after: float) -> bool:
        """Whether `add` was still at work `after` so many seconds, and was killed."""
        command = (*COMMAND, "add", *self._files, "--archive", where, "--quiet")
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT
        ) as process:
            try:
                process.wait(after)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
            return process.wait() == -signal.SIGKILL

    def _check(self, where: str, expected: dict[int, Record]) -> int:
        """How many articles there are, each of which is whole."""
        if not _there(where):
            return 0
        command = (*COMMAND, "verify", "--archive", where, "--quiet")
        done = subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        found = _records(where)
        for id, record in found.items():
            assert record == expected[id], f"article {id} is not what the undisturbed run has"
        return len(found)

    def _compare(self, whole: str, broken: str) -> None:
        for options in EXPORTS:
            assert _export(whole, options) == _export(broken, options), options
        assert _rows(whole) == _rows(broken)


def _examples(folder: Path) -> str:
    """The examples so often that a run takes a while, as one file of articles."""
    articles = [item for item in open_articles([str(ROOT / "examples")]) if not isinstance(item, Skipped)]
    path = folder / "articles.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        for n in range(TIMES):
            for article in articles:
                text = f"{article.text}\n\nThis is edition {n}."
                stream.write(json.dumps({"text": text, "id": f"{article.id}-{n}", "outlet": article.outlet}) + "\n")
    return str(path)


def _there(where: str) -> bool:
    return where.startswith("postgresql") or Path(where).exists()


def _records(where: str) -> dict[int, Record]:
    try:
        with open_archive(where, create=False) as archive:
            return dict(load_records(archive))
    except ArchiveError:
        if _there(where):
            raise
        return {}


def _rows(where: str) -> str:
    """A digest of every row of every table."""
    digest = hashlib.sha256()
    with open_archive(where, create=False) as archive:
        for table in TABLES:
            rows = archive.database.rows(f"SELECT * FROM {table}")
            digest.update("\n".join([table, *sorted(map(repr, rows))]).encode())
    return digest.hexdigest()


def _export(where: str, options: Sequence[str]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export"
        command = (*COMMAND, "export", *options, "--archive", where, "--quiet", "--output", str(path))
        subprocess.run(command, check=True, capture_output=True, env=ENVIRONMENT)
        return path.read_bytes()


def _in(folder: Path) -> Callable[[], str]:
    numbers = iter(range(1_000_000))
    return lambda: str(folder / f"{next(numbers)}.db")


def _databases(url: str) -> Callable[[], str]:
    """Names databases on that server, each made anew; they are left there."""
    psycopg = importlib.import_module("psycopg")
    from urllib.parse import urlsplit, urlunsplit

    def new() -> str:
        name = f"onrecord_faults_{os.getpid()}_{random.randrange(10**9)}"
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))

    return new


if __name__ == "__main__":
    main()
