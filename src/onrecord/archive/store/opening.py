"""The door of the archive: opened by the name of a file or the url of a database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from onrecord.archive.indexing.upkeep import index_anew
from onrecord.archive.store.archive import Archive, utc_now
from onrecord.archive.store.migrations import migrate
from onrecord.archive.store.placing import put_in_place
from onrecord.archive.store.postgres import SCHEMES, PostgresDatabase, without_password
from onrecord.archive.store.sqlite import SqliteDatabase

__all__ = ["Archive", "open_archive", "utc_now"]


def open_archive(
    where: str | Path,
    *,
    create: bool = True,
    read_only: bool = False,
    clock: Callable[[], datetime] = utc_now,
    seconds: float = 10.0,
) -> Archive:
    """Open the archive in a file, or in a database by a `postgresql://` url; its tables are made or brought up to date.

    A file that is not there is made when `create` says so. Before the tables of an old file change, a copy of it is
    put beside it. `seconds` is how long to wait for another writer. Raises the kinds of ArchiveError, or MissingExtra.
    """
    if isinstance(where, str) and where.startswith(SCHEMES):
        return _open_postgres(where, read_only=read_only, clock=clock, seconds=seconds)
    path = Path(where)
    database = SqliteDatabase(path, create=create, read_only=read_only, seconds=seconds)
    try:
        migrate(database, str(path), clock, before=lambda version: _back_up(database, path, version))
        return _up_to_date(Archive(str(path), database, clock))
    except BaseException:
        database.close()
        raise


def _open_postgres(url: str, *, read_only: bool, clock: Callable[[], datetime], seconds: float) -> Archive:
    database = PostgresDatabase(url, read_only=read_only, seconds=seconds)
    try:
        migrate(database, without_password(url), clock)
        return _up_to_date(Archive(without_password(url), database, clock))
    except BaseException:
        database.close()
        raise


def _up_to_date(archive: Archive) -> Archive:
    """The archive, with an index as this onrecord makes it; a new or a current one has nothing that waits."""
    if not archive.database.read_only:
        index_anew(archive)
    return archive


def _back_up(database: SqliteDatabase, path: Path, version: int) -> None:
    with put_in_place(_beside(path, version)) as part:
        database.backup(part)


def _beside(path: Path, version: int) -> Path:
    """Where the copy of an archive of that schema goes: a name that is free."""
    name = f"{path.name}.schema-{version}"
    tries = [f"{name}.bak", *(f"{name}.{n}.bak" for n in range(2, 1_000))]
    return next(path.with_name(candidate) for candidate in tries if not path.with_name(candidate).exists())
