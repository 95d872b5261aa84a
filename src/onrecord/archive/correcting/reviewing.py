"""What a reader should look at next: statements that nobody has looked at, the least certain first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.archive.indexing.tallies import NEWEST
from onrecord.archive.store.database import one
from onrecord.archive.store.loading import StoredStatement, statement
from onrecord.errors import RefusedEdit

if TYPE_CHECKING:
    from onrecord.archive.store.opening import Archive

CURSOR = re.compile(r"([01]|[01]\.[0-9]{1,20}|[0-9](?:\.[0-9]+)?e-[0-9]{1,2}):([0-9]{1,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Page:
    """Statements to look at, and the `cursor` with which `queue` goes on after them; None where that was all."""

    statements: tuple[StoredStatement, ...]
    cursor: str | None


def queue(archive: Archive, *, after: str | None = None, n: int = 20, article: int | None = None) -> Page:
    """The next `n` statements that nobody has looked at, of all articles or of one, by confidence, then by id.

    Raises RefusedEdit where `after` is no cursor.
    """
    confidence, id = (-1.0, 0) if after is None else _place(after)
    only = "" if article is None else "AND s.article = ? "
    rows = archive.database.rows(
        "SELECT s.confidence, s.id FROM statements s CROSS JOIN articles a "
        f"WHERE a.id = s.article AND a.current = s.reading AND s.review IS NULL AND {NEWEST} {only}"
        "AND (s.confidence, s.id) > (?, ?) ORDER BY s.confidence, s.id LIMIT ?",
        (*(() if article is None else (article,)), confidence, id, n + 1),
    )
    cursor = f"{rows[n - 1][0]!r}:{rows[n - 1][1]}" if len(rows) > n else None
    return Page(tuple(statement(archive, id) for _, id in rows[:n]), cursor)


def progress(archive: Archive) -> tuple[int, int]:
    """How many statements of current readings, in newest versions, a person has looked at, and how many there are."""
    database = archive.database
    with database.reading():
        reviewed, rejected = database.rows(
            "SELECT COUNT(*), COUNT(CASE WHEN s.review = 'rejected' THEN 1 END) "
            "FROM statements s CROSS JOIN articles a "  # CROSS: SQLite keeps that order, and an index
            f"WHERE s.review IS NOT NULL AND a.id = s.article AND a.current = s.reading AND {NEWEST}"
        )[0]
        shown = one(database, "SELECT SUM(statements) FROM tallies") or 0
    return int(reviewed), int(shown) + int(rejected)


def _place(cursor: str) -> tuple[float, int]:
    found = CURSOR.fullmatch(cursor)
    if found is None:
        raise RefusedEdit(f"the cursor {cursor[:40]!r}", "one that the queue gave", "Begin again without it")
    return float(found[1]), int(found[2])
