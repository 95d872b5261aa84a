"""What can befall a file: each gets its own clear refusal, and what was in it stays."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from onrecord.archive.correcting.runs import start_run
from onrecord.archive.safekeeping.verifying import verify
from onrecord.archive.store.keeping import keep, keep_many
from onrecord.archive.store.loading import load_records
from onrecord.archive.store.opening import open_archive
from onrecord.errors import (
    ArchiveError,
    DamagedArchive,
    FullDisk,
    LockedArchive,
    MissingArchive,
    NotAnArchive,
    ReadOnlyArchive,
)
from onrecord.records import Record

NOBODY = 65534


@pytest.fixture
def path(tmp_path: Path, records: tuple[Record, ...]) -> Path:
    """A file with three articles, closed."""
    path = tmp_path / "archive.db"
    with open_archive(path) as archive:
        list(keep_many(archive, records, start_run(archive, "", records[0].provenance)))
    return path


def whole(path: Path, records: tuple[Record, ...]) -> bool:
    with open_archive(path, create=False) as archive:
        return tuple(r for _, r in load_records(archive)) == records and not list(verify(archive))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"Dear diary, " * 30, NotAnArchive),
        (b"SQLite format 3\0", DamagedArchive),
        (b"SQLite", DamagedArchive),
        (b"%PDF-1.7", NotAnArchive),
    ],
)
def test_a_file_that_is_no_archive_is_left_as_it_is(tmp_path: Path, content: bytes, kind: type[ArchiveError]) -> None:
    path = tmp_path / "archive.db"
    path.write_bytes(content)
    with pytest.raises(kind):
        open_archive(path)
    assert path.read_bytes() == content


def test_a_file_of_another_program_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipes (id INTEGER)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(NotAnArchive, match="another program"):
        open_archive(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_file_cut_short_is_told(path: Path, share: float) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(DamagedArchive, match="cut short"):
        open_archive(path)


def test_a_file_overwritten_inside_is_told_by_verify_or_on_opening(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[3 * 8192 : 12 * 8192] = b"x" * (9 * 8192)
    path.write_bytes(bytes(content))

    def told() -> list[str]:
        try:
            with open_archive(path, create=False) as archive:
                return [str(fault) for fault in verify(archive)]
        except DamagedArchive as error:
            return [str(error)]

    assert told()


def test_an_empty_file_becomes_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    path.touch()
    with open_archive(path) as archive:
        assert archive.database.rows("SELECT id FROM articles") == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("none.db", MissingArchive),
        ("no/such/folder/archive.db", MissingArchive),
        ("", NotAnArchive),
        ("a\0b", MissingArchive),
    ],
)
def test_what_is_not_there_is_told(tmp_path: Path, name: str, kind: type[ArchiveError]) -> None:
    with pytest.raises(kind):
        open_archive(f"{tmp_path}/{name}", create=False)


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(MissingArchive, match="no folder"):
        open_archive(tmp_path / "none" / "archive.db")


def test_a_writer_who_waits_too_long_is_told(path: Path, records: tuple[Record, ...]) -> None:
    with open_archive(path) as one, open_archive(path, seconds=0.1) as two, one.database.writing():
        with pytest.raises(LockedArchive, match=r"0\.1 s"), two.database.writing():
            pass
        assert len(list(load_records(two))) == 3  # who only reads does not wait
    assert whole(path, records)


def test_two_writers_at_once_both_succeed(path: Path, record: Record) -> None:
    def write(name: str) -> None:
        with open_archive(path, seconds=30) as archive:
            run = start_run(archive, name, record.provenance)
            for n in range(10):
                article = replace(record.article, id=f"{name}{n}", text=f"{record.article.text} {name} {n}")
                keep(archive, replace(record, article=article), run)

    threads = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with open_archive(path) as archive:
        names = {record.article.id for _, record in load_records(archive)}
        assert {f"{name}{n}" for name in "ab" for n in range(10)} < names
        assert list(verify(archive)) == []


def test_a_full_disk_is_told_and_nothing_is_lost(path: Path, records: tuple[Record, ...]) -> None:
    text = " ".join(f"The pier {n} of quay {n * 31} was closed." for n in range(20_000))
    big = replace(records[2], article=replace(records[2].article, id="big", text=text))
    with open_archive(path) as archive:
        (pages,) = archive.database.row("PRAGMA page_count") or (0,)
        archive.database.rows(f"PRAGMA max_page_count = {pages + 20}")
        run = start_run(archive, "full", big.provenance)
        with pytest.raises(FullDisk, match="what was kept before is safe"):
            keep(archive, big, run)
        assert [record for _, record in load_records(archive)] == list(records)
        archive.database.rows("PRAGMA max_page_count = 1000000")
        assert keep(archive, big, run).article == 4


def test_a_limit_on_the_size_of_files_is_told_as_a_full_disk(path: Path, records: tuple[Record, ...]) -> None:
    """RLIMIT_FSIZE makes the system refuse the write itself, as a full disk does."""
    script = (
        "import resource, sys\n"
        "from onrecord.archive.store.opening import open_archive\n"
        "from onrecord.errors import FullDisk\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
        "archive = open_archive(sys.argv[1])\n"
        "try:\n"
        "    with archive.database.writing():\n"
        "        archive.database.run('INSERT INTO texts VALUES (?, ?)', ('x', 'y' * 3_000_000))\n"
        "except FullDisk as error:\n"
        "    print('told:', error)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=False)
    assert done.stdout.startswith("told: Saw no room to write"), done.stderr[-2000:]
    assert whole(path, records)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes, where one can be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if not mount or subprocess.run([mount, "-t", "tmpfs", "-o", "size=2m", "onrecord", folder], check=False).returncode:
        pytest.skip("no right to mount a small disk here")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_disk_that_fills_up_keeps_what_was_kept(small_disk: Path, record: Record) -> None:
    def told(n: int) -> Record:
        words = " ".join(f"pier {n} of quay {k} was closed" for k in range(n * 100, n * 100 + 100))
        return replace(record, article=replace(record.article, id=f"a{n}", text=f"{record.article.text} {words}"))

    path = small_disk / "archive.db"
    with open_archive(path) as archive:
        run = start_run(archive, "", record.provenance)
        with pytest.raises(FullDisk, match="Make room and try again"):
            list(keep_many(archive, map(told, count()), run, batch=1))
        kept = len(archive.database.rows("SELECT id FROM articles"))
    assert kept
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
    with open_archive(path, create=False) as archive:
        assert [r for _, r in load_records(archive)] == [told(n) for n in range(kept)]
        assert list(verify(archive)) == []
        assert keep(archive, told(kept), run).article == kept + 1


@pytest.fixture
def only_to_read(path: Path) -> Iterator[Path]:
    """The file in a folder, neither of which may be written; the way to it is open to everybody."""
    modes = {path: 0o444, path.parent: 0o555}
    for folder in path.parent.parents:
        if folder.stat().st_uid == os.getuid() and not folder.stat().st_mode & 0o001:
            modes[folder] = 0o755
    before = {place: place.stat().st_mode & 0o7777 for place in modes}
    for place, mode in modes.items():
        place.chmod(mode)
    yield path
    for place, mode in reversed(before.items()):
        place.chmod(mode)


def test_a_file_that_may_only_be_read_is_read_and_not_changed(only_to_read: Path) -> None:
    script = (
        "import os, sys\n"
        "from onrecord.archive.store.migrations import shipped\n"
        "from onrecord.archive.store.opening import open_archive\n"
        "from onrecord.errors import ReadOnlyArchive\n"
        "shipped('sqlite')\n"  # read while we are still somebody who may
        f"os.getuid() or os.setuid({NOBODY})\n"
        "try:\n"
        "    open_archive(sys.argv[1])\n"
        "except ReadOnlyArchive as error:\n"
        "    print('told:', error)\n"
        "archive = open_archive(sys.argv[1], read_only=True)\n"
        "print(archive.database.row('SELECT COUNT(*) FROM articles'))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(only_to_read)], capture_output=True, text=True, check=False
    )
    assert "told: Saw" in done.stdout, done.stderr[-2000:]
    assert done.stdout.endswith("(3,)\n"), done.stderr[-2000:]


def test_an_archive_opened_to_be_read_refuses_to_be_changed(path: Path, record: Record) -> None:
    with open_archive(path, read_only=True) as archive, pytest.raises(ReadOnlyArchive):
        start_run(archive, "", record.provenance)


def test_a_process_killed_while_it_writes_leaves_nothing_half(path: Path, records: tuple[Record, ...]) -> None:
    script = (
        "import os, signal, sys\n"
        "from onrecord.archive.store.opening import open_archive\n"
        "archive = open_archive(sys.argv[1])\n"
        "with archive.database.writing():\n"
        "    archive.database.run('DELETE FROM copies')\n"
        "    archive.database.run('INSERT INTO outlets VALUES (77, ?)', ('half',))\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, check=False)
    assert done.returncode != 0
    assert whole(path, records)
