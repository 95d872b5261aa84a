"""Is an archive built as its migrations built it? Every table, index and trigger is there, and does what it should."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from onrecord.archive.safekeeping.faults import Fault
from onrecord.archive.store.database import Database, one
from onrecord.archive.store.migrations import migrate, shipped
from onrecord.archive.store.sqlite import SqliteDatabase

PARTS = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
MADE = re.compile(r"^CREATE (TABLE|INDEX|TRIGGER|FUNCTION) (\w+)", re.MULTILINE)
CALLED: dict[str, str] = {
    "TABLE": "SELECT 1 FROM pg_class WHERE oid = to_regclass(?)",
    "INDEX": "SELECT 1 FROM pg_class WHERE oid = to_regclass(?)",
    "TRIGGER": "SELECT 1 FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid"
    " WHERE g.tgname = ? AND g.tgenabled <> 'D' AND c.relnamespace = current_schema()::regnamespace",
    "FUNCTION": "SELECT 1 FROM pg_proc WHERE proname = ? AND pronamespace = current_schema()::regnamespace",
}


def schema_faults(database: Database) -> Iterator[Fault]:
    """Steps of other SQL, and what of the schema is missing or was changed."""
    known = {step.version: step for step in shipped(database.dialect)}
    steps = database.rows("SELECT version, name, sha256 FROM migrations ORDER BY version")
    for version, name, sha256 in steps:
        if version not in known or (known[version].sha256, known[version].name) != (sha256, name):
            yield Fault("migrations", version, "made by other SQL than this onrecord has")
    for version in known.keys() - {step[0] for step in steps}:
        yield Fault("migrations", version, "is missing, and what it made is there")
    if database.dialect == "postgres":
        for step in known.values():
            for kind, name in MADE.findall(step.sql):
                if one(database, CALLED[kind], (name,)) is None:
                    yield Fault("schema", name, f"is missing, which is {kind.lower()} of the archive")
        return
    there = {name: (kind, sql) for kind, name, sql in database.rows(PARTS)}
    for name, (kind, sql) in parts_of_new().items():
        if there.get(name) != (kind, sql):
            what = "is missing" if name not in there else "is not as onrecord made it"
            yield Fault("schema", name, f"{what}, which is {kind} of the archive", derived=kind in ("index", "trigger"))
    for name in sorted(there.keys() - parts_of_new().keys()):
        if there[name][0] == "trigger":
            yield Fault("schema", name, "is a trigger that onrecord did not make", derived=True)


@cache
def parts_of_new() -> dict[str, tuple[str, str]]:
    """Kind and SQL of every part of a new archive in SQLite, by name."""
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        database = SqliteDatabase(Path(folder) / "new.db")
        try:
            migrate(database, "a new archive", lambda: datetime.now(UTC))
            return {name: (kind, sql) for kind, name, sql in database.rows(PARTS)}
        finally:
            database.close()


def restore_schema(database: Database) -> None:
    """Make indexes and triggers of SQLite as they were. Inside `writing`."""
    there = {name: (kind, sql) for kind, name, sql in database.rows(PARTS)}
    wanted = parts_of_new()
    for name, (kind, sql) in sorted(there.items()):
        if wanted.get(name) != (kind, sql) and (kind == "trigger" or (kind == "index" and name in wanted)):
            database.run(f'DROP {kind} "{name}"')
            del there[name]
    for name, (kind, sql) in wanted.items():
        if kind in ("index", "trigger") and name not in there:
            database.run(sql)
