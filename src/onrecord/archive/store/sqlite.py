"""An archive in one SQLite file. The only file that imports sqlite3 for it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from onrecord.errors import (
    ArchiveError,
    DamagedArchive,
    FullDisk,
    LockedArchive,
    MissingArchive,
    NotAnArchive,
    ReadOnlyArchive,
)

MAGIC = b"SQLite format 3\0"
APPLICATION_ID = 0x6F6E7263  # "onrc": what tells an archive from any other SQLite file
OLDEST = (3, 35, 0)  # the trigram tokenizer, RETURNING, ALTER TABLE DROP COLUMN
PAGE_SIZE = 8192
CACHE_KIB = 65_536
MAPPED_BYTES = 1 << 30
CHECKPOINT_PAGES = 4_000  # about 32 MB of log before it is moved into the file


class SqliteDatabase:
    """One connection to an archive file; made when it is not there and `create` says so.

    Waits up to `seconds` for another writer. Raises the kinds of ArchiveError.
    """

    dialect: Literal["sqlite"] = "sqlite"

    def __init__(self, path: Path, *, create: bool = True, read_only: bool = False, seconds: float = 10.0) -> None:
        self.path = path
        self.read_only = read_only
        self._depth = 0
        self._writes = False
        self._seconds = seconds
        new = _inspect(path, create=create and not read_only)
        self._connection = self._connect(new)
        try:
            self._prepare(new)
        except BaseException:
            self.close()
            raise

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(sql, parameters).fetchall()
        except sqlite3.Error as error:
            raise self._translated(error) from error

    def row(self, sql: str, parameters: Sequence[object] = ()) -> tuple[Any, ...] | None:
        try:
            found: tuple[Any, ...] | None = self._connection.execute(sql, parameters).fetchone()
        except sqlite3.Error as error:
            raise self._translated(error) from error
        return found

    def each(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._connection.execute(sql, parameters)
        except sqlite3.Error as error:
            raise self._translated(error) from error

    def run(self, sql: str, parameters: Sequence[object] = ()) -> int:
        try:
            return self._connection.execute(sql, parameters).rowcount
        except sqlite3.Error as error:
            raise self._translated(error) from error

    def many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        try:
            self._connection.executemany(sql, rows)
        except sqlite3.Error as error:
            raise self._translated(error) from error

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        names, places = ", ".join(columns), ", ".join("?" * len(columns))
        self.many(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)

    def script(self, sql: str) -> None:
        statement = ""
        for line in sql.splitlines(keepends=True):
            statement += line
            if sqlite3.complete_statement(statement):
                self.run(statement)
                statement = ""
        if statement.strip():
            self.run(statement)

    @contextmanager
    def writing(self) -> Iterator[None]:
        if self._depth and not self._writes:
            raise RuntimeError("writing inside reading: open the write transaction first")
        if self.read_only:
            raise _read_only(self.path)
        with self._transaction("BEGIN IMMEDIATE", writes=True):
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        with self._transaction("BEGIN", writes=False):
            yield

    def close(self) -> None:
        self._connection.close()

    def backup(self, path: Path) -> None:
        """A copy of the whole archive, as it is now, at `path`."""
        try:
            with sqlite3.connect(path) as copy:
                self._connection.backup(copy)
            copy.close()
        except sqlite3.Error as error:
            path.unlink(missing_ok=True)
            raise self._translated(error) from error

    @contextmanager
    def _transaction(self, begin: str, *, writes: bool) -> Iterator[None]:
        if self._depth:
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
            return
        self.run(begin)
        self._depth, self._writes = 1, writes
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.rollback()
            raise
        finally:
            self._depth, self._writes = 0, False

    def _connect(self, new: bool) -> sqlite3.Connection:
        mode = "ro" if self.read_only else "rwc" if new else "rw"
        uri = f"{self.path.absolute().as_uri()}?mode={mode}"
        if self.read_only and not os.access(self.path.parent, os.W_OK) and not _has_log(self.path):
            uri += "&immutable=1"  # nobody can write there, and SQLite could not make its lock file
        try:
            return sqlite3.connect(uri, uri=True, timeout=self._seconds, isolation_level=None, check_same_thread=False)
        except sqlite3.Error as error:
            raise self._translated(error) from error

    def _prepare(self, new: bool) -> None:
        self.run("PRAGMA foreign_keys = ON")
        if not self.row("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'") or sqlite3.sqlite_version_info < OLDEST:
            raise ArchiveError(
                f"SQLite {sqlite3.sqlite_version} without full text search",
                f"SQLite {'.'.join(map(str, OLDEST))} or later with FTS5",
                "Use another build of Python, or a postgresql:// archive",
            )
        if new:
            self.run(f"PRAGMA page_size = {PAGE_SIZE}")
            self.run(f"PRAGMA application_id = {APPLICATION_ID}")
        else:
            self._check_owner()
        if not self.read_only:
            if not os.access(self.path, os.W_OK) or not os.access(self.path.parent, os.W_OK):
                raise _read_only(self.path)
            self.run("PRAGMA journal_mode = WAL")
            self.run("PRAGMA synchronous = FULL")
            self.run(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
        self.run("PRAGMA temp_store = MEMORY")
        self.run(f"PRAGMA cache_size = -{CACHE_KIB}")
        self.run(f"PRAGMA mmap_size = {MAPPED_BYTES}")

    def _check_owner(self) -> None:
        owner = self.row("PRAGMA application_id")
        if owner != (APPLICATION_ID,) and self.row("SELECT 1 FROM sqlite_master LIMIT 1"):
            raise NotAnArchive(
                f"{self.path}, a SQLite file of another program",
                "an archive that onrecord made",
                "Name another file with --archive",
            )

    def _translated(self, error: sqlite3.Error) -> ArchiveError:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        name = str(self.path)
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return LockedArchive(
                f"{name}, locked by another program for {self._seconds:g} s",
                "one writer at a time",
                "Wait until the other is done, and try again; nothing was changed",
            )
        if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and not self.read_only):
            return FullDisk(
                f"no room to write {name} ({error})",
                "free space on its disk",
                "Make room and try again; what was kept before is safe, what was being written is undone",
            )
        if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
            return _read_only(self.path)
        if code == sqlite3.SQLITE_CANTOPEN:
            return MissingArchive(
                f"{name}, which cannot be opened", "a file in a folder that may be written", "Check its permissions"
            )
        garbled = "UTF-8" in str(error)  # bytes that are no text, which SQLite hands on as they are
        if garbled or code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR):
            return DamagedArchive(f"{name}, damaged ({error})", "a whole archive", TODO_DAMAGED)
        return ArchiveError(f"{name}: {error}", "a statement that SQLite takes", "Report it, with what you did")


TODO_DAMAGED = "Restore it from a backup; nothing was changed now"


def _inspect(path: Path, *, create: bool) -> bool:
    """Whether the file is still to be made. Raises where it cannot be, or is no whole archive."""
    if path.is_dir():
        raise NotAnArchive(f"{path}, a folder", "a file", f"Try --archive {path / 'onrecord.db'}")
    try:
        size = path.stat().st_size
    except (FileNotFoundError, NotADirectoryError):
        size = -1
    except (OSError, ValueError) as error:
        raise MissingArchive(f"{str(path)!r}: {error}", "a file", "Check its name and permissions") from error
    if size <= 0:
        if not create:
            raise MissingArchive(f"no archive at {path}", "one that exists", "Make one: onrecord add FILE…")
        if not path.parent.is_dir():
            raise MissingArchive(f"no folder {path.parent}", "a folder that exists", "Make it first")
        if not os.access(path.parent, os.W_OK):
            raise ReadOnlyArchive(
                f"{path.parent}, a folder you may not write in", "one that may be written", "Name another folder"
            )
        return True
    try:
        with path.open("rb") as stream:
            head = stream.read(100)
    except OSError as error:
        raise MissingArchive(
            f"{path}, which may not be read ({error.strerror})", "a readable file", "Check its permissions"
        ) from error
    if not head.startswith(MAGIC):
        kind = NotAnArchive if len(head) >= len(MAGIC) or not MAGIC.startswith(head) else DamagedArchive
        raise kind(f"{path}, no SQLite file", "an archive that onrecord made", "Name another file with --archive")
    page = int.from_bytes(head[16:18], "big")
    pages = int.from_bytes(head[28:32], "big")
    whole = (65_536 if page == 1 else page) * pages
    if len(head) < 100 or (size < whole and not _has_log(path)):
        raise DamagedArchive(f"{path}, cut short ({size:,} of {whole:,} bytes)", "a whole archive", TODO_DAMAGED)
    return False


def _has_log(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _read_only(path: Path) -> ReadOnlyArchive:
    return ReadOnlyArchive(
        f"{path}, which may not be changed", "a file and a folder that may be written", "Copy it to where you may write"
    )
