"""The tables, built and rebuilt in numbered steps: `sql/NNNN_name.sql`, or one file a database.

    0001_store.sql            for both, with {id}, {int}, {real} and {bytes} for what each calls them
    0002_search.sqlite.sql    for SQLite
    0002_search.postgres.sql  for PostgreSQL

All that are missing are applied in one transaction; each leaves a receipt in the table `migrations`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files

from onrecord.archive.store.database import Database, Dialect
from onrecord.errors import NewerArchive, NotAnArchive, ReadOnlyArchive

NAME = re.compile(r"(\d{4})_([a-z_]+)(?:\.(sqlite|postgres))?\.sql")
BRACED = re.compile(r"\{(id|int|real|bytes)\}")
WORDS: dict[Dialect, dict[str, str]] = {
    "sqlite": {"id": "INTEGER PRIMARY KEY", "int": "INTEGER", "real": "REAL", "bytes": "BLOB"},
    "postgres": {"id": "BIGINT PRIMARY KEY", "int": "BIGINT", "real": "DOUBLE PRECISION", "bytes": "BYTEA"},
}
RECEIPTS = """
CREATE TABLE IF NOT EXISTS migrations (
  version {int} PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, applied TEXT NOT NULL
);
"""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: its number, what it is called, and its SQL for one database."""

    version: int
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


@cache
def shipped(dialect: Dialect) -> tuple[Migration, ...]:
    """The steps that come with this onrecord, in order."""
    found = []
    for file in files("onrecord.archive").joinpath("sql").iterdir():
        named = NAME.fullmatch(file.name)
        if named and named[3] in (None, dialect):
            found.append(Migration(int(named[1]), named[2], translated(file.read_text("utf-8"), dialect)))
    return tuple(sorted(found, key=lambda step: step.version))


def translated(sql: str, dialect: Dialect) -> str:
    """`sql` with the words in braces as the database calls them."""
    return BRACED.sub(lambda found: WORDS[dialect][found[1]], sql)


def applied(database: Database) -> dict[int, str]:
    """The steps taken before: the digest of each by its number; empty for a new database."""
    if not _exists(database, "migrations"):
        return {}
    return dict(database.rows("SELECT version, sha256 FROM migrations"))


def migrate(
    database: Database,
    where: str,
    clock: Callable[[], datetime],
    *,
    before: Callable[[int], None] = lambda version: None,
    steps: Sequence[Migration] | None = None,
) -> int:
    """Take the steps that are missing, and return how many they were.

    `before` is called with the version of a database that is about to be changed, and makes a backup. Raises
    NewerArchive where the database knows steps that we do not, NotAnArchive where it holds somebody else's tables.
    """
    steps = shipped(database.dialect) if steps is None else steps
    done = applied(database)
    newest = max((step.version for step in steps), default=0)
    if done and max(done) > newest:
        raise NewerArchive(
            f"{where} with schema {max(done)}",
            f"schema {newest} or earlier, which is all that this onrecord knows",
            "Update it: pip install --upgrade onrecord; nothing was changed",
        )
    if not done and (database.read_only or _exists(database, "articles") or _exists(database, "texts")):
        raise NotAnArchive(
            f"{where}, which holds no archive",
            "one that onrecord made",
            "Name another with --archive, or add to it first",
        )
    missing = [step for step in steps if step.version not in done]
    if not missing:
        return 0
    if database.read_only:
        raise ReadOnlyArchive(
            f"{where} with schema {max(done)}, which may only be read",
            f"schema {newest}",
            "Where it may be written, open it once to be changed: onrecord runs --archive …",
        )
    if done:
        before(max(done))
    with database.writing():
        database.script(translated(RECEIPTS, database.dialect))
        done = applied(database)  # somebody else may have come first
        missing = [step for step in steps if step.version not in done]
        for step in missing:
            database.script(step.sql)
            database.run(
                "INSERT INTO migrations (version, name, sha256, applied) VALUES (?, ?, ?, ?)",
                (step.version, step.name, step.sha256, clock().isoformat(timespec="seconds")),
            )
    return len(missing)


def _exists(database: Database, table: str) -> bool:
    if database.dialect == "sqlite":
        return database.row("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)) is not None
    return database.row("SELECT to_regclass(?)", (table,)) != (None,)
