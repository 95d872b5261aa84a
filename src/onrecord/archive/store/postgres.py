"""An archive in a PostgreSQL database. The only file that imports psycopg."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit, urlunsplit

from onrecord.errors import (
    ArchiveError,
    DamagedArchive,
    FullDisk,
    LockedArchive,
    MissingArchive,
    MissingExtra,
    ReadOnlyArchive,
)

if TYPE_CHECKING:
    import psycopg

SCHEMES = ("postgresql://", "postgres://")
OLDEST = 130_000  # server version: generated columns, pg_trgm's strict operators, websearch_to_tsquery
LOCK = "SELECT pg_advisory_xact_lock(hashtext('onrecord ' || current_schema()))"
QUOTED = re.compile(r"'(?:[^']|'')*'|--[^\n]*|\?|%")
FETCHED = 2_000


class PostgresDatabase:
    """One connection to a database, in the first schema of its search path.

    Waits up to `seconds` for a connection and for another writer. Raises the kinds of ArchiveError, MissingExtra
    without psycopg.
    """

    dialect: Literal["postgres"] = "postgres"

    def __init__(self, url: str, *, read_only: bool = False, seconds: float = 10.0) -> None:
        try:
            import psycopg
        except ImportError:
            raise MissingExtra.named("postgres", "psycopg") from None
        self.url = without_password(url)
        self.read_only = read_only
        self._depth = 0
        self._writes = False
        self._seconds = seconds
        self._cursors = 0
        try:
            self._connection: psycopg.Connection[tuple[Any, ...]] = psycopg.connect(
                url, autocommit=True, connect_timeout=max(2, int(seconds)), application_name="onrecord"
            )
        except psycopg.Error as error:
            raise MissingArchive(
                f"no database at {self.url} ({' '.join(str(error).split())})",
                "a PostgreSQL server that lets you in",
                "Start it, make the database (createdb), or mend the url",
            ) from error
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._translating():
            return self._connection.execute(_percent(sql), parameters).fetchall()

    def row(self, sql: str, parameters: Sequence[object] = ()) -> tuple[Any, ...] | None:
        with self._translating():
            return self._connection.execute(_percent(sql), parameters).fetchone()

    def each(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        self._cursors += 1
        with self._translating(), self._connection.cursor(f"each_{self._cursors}") as cursor:
            cursor.itersize = FETCHED
            cursor.execute(_percent(sql), parameters)
            yield from cursor

    def run(self, sql: str, parameters: Sequence[object] = ()) -> int:
        with self._translating():
            return self._connection.execute(_percent(sql), parameters).rowcount

    def many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        with self._translating(), self._connection.cursor() as cursor:
            cursor.executemany(_percent(sql), rows)

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        command = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
        with self._translating(), self._connection.cursor() as cursor, cursor.copy(command) as copy:
            for row in rows:
                copy.write_row(row)

    def script(self, sql: str) -> None:
        with self._translating():
            self._connection.execute(sql)

    @contextmanager
    def writing(self) -> Iterator[None]:
        if self._depth and not self._writes:
            raise RuntimeError("writing inside reading: open the write transaction first")
        if self.read_only:
            raise _read_only(self.url)
        with self._transaction("BEGIN", writes=True):
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        with self._transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", writes=False):
            yield

    def close(self) -> None:
        self._connection.close()

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
            if writes:
                self.run(LOCK)
            yield
            self.run("COMMIT")
        except BaseException:
            if not self._connection.closed:
                self._connection.rollback()
            raise
        finally:
            self._depth, self._writes = 0, False

    def _prepare(self) -> None:
        if self._connection.info.server_version < OLDEST:
            raise ArchiveError(
                f"PostgreSQL {self._connection.info.server_version // 10_000} at {self.url}",
                f"version {OLDEST // 10_000} or later",
                "Use a younger server",
            )
        self.run("SELECT set_config('lock_timeout', ?, false)", (f"{int(self._seconds * 1000)}ms",))
        self.run("SET jit = off")
        self.run("SET plan_cache_mode = force_custom_plan")
        if self.read_only:
            self.run("SET default_transaction_read_only = on")
        encoding = self.row("SELECT current_setting('server_encoding'), current_schema()")
        if encoding is None or encoding[0] != "UTF8" or encoding[1] is None:
            raise ArchiveError(
                f"a database in {encoding and encoding[0]} with schema {encoding and encoding[1]} at {self.url}",
                "one in UTF8 with a schema on its search path",
                "Make it with: createdb -E UTF8 -T template0 NAME",
            )

    @contextmanager
    def _translating(self) -> Iterator[None]:
        import psycopg
        from psycopg import errors

        try:
            yield
        except (errors.LockNotAvailable, errors.DeadlockDetected, errors.SerializationFailure) as error:
            raise LockedArchive(
                f"{self.url}, locked by another program for {self._seconds:g} s",
                "one writer at a time",
                "Wait until the other is done, and try again; nothing was changed",
            ) from error
        except (errors.ReadOnlySqlTransaction, errors.InsufficientPrivilege) as error:
            raise _read_only(self.url) from error
        except (errors.DiskFull, errors.OutOfMemory, errors.ConfigurationLimitExceeded) as error:
            raise FullDisk(
                f"no room left at {self.url} ({_first_line(error)})",
                "free space on the server",
                "Make room and try again; what was kept before is safe",
            ) from error
        except (errors.DataCorrupted, errors.IndexCorrupted) as error:
            raise DamagedArchive(
                f"{self.url}, damaged ({_first_line(error)})", "a whole archive", "Restore it from a backup"
            ) from error
        except psycopg.OperationalError as error:
            raise MissingArchive(
                f"the server at {self.url} gone ({_first_line(error)})",
                "a server that answers",
                "Start it and try again; what was being written is undone",
            ) from error
        except psycopg.Error as error:
            raise ArchiveError(
                f"{self.url}: {_first_line(error)}", "a statement that PostgreSQL takes", "Report it, with what you did"
            ) from error


def without_password(url: str) -> str:
    """The url as it may be shown."""
    parts = urlsplit(url)
    if parts.password is None:
        return url
    user, _, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{user.partition(':')[0]}:…@{host}"))


@lru_cache(maxsize=2_000)
def _percent(sql: str) -> str:
    """`sql` with psycopg's `%s` for `?`, and `%%` for a percent sign; what stands in quotation marks keeps its `?`."""

    def changed(found: re.Match[str]) -> str:
        part = found.group()
        return "%s" if part == "?" else part.replace("%", "%%")

    return QUOTED.sub(changed, sql)


def _read_only(url: str) -> ReadOnlyArchive:
    return ReadOnlyArchive(f"{url}, which may not be changed", "a user who may write", "Ask for the right to")


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
