"""The outlets in the archive, with what is kept of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.archive.indexing.tallies import NEWEST
from onrecord.errors import NoSuchEntry

if TYPE_CHECKING:
    from onrecord.archive.store.opening import Archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """An outlet: its articles, each in its newest version, the statements shown of them, first and last published.

    `id` is None for the articles without an outlet, whose `name` is empty.
    """

    id: int | None
    name: str
    articles: int
    statements: int
    first: str | None
    last: str | None


def list_outlets(archive: Archive, *, limit: int = 1_000, offset: int = 0) -> tuple[Outlet, ...]:
    """The outlets, those with most articles first."""
    rows = archive.database.rows(
        "WITH said AS (SELECT a.outlet, CAST(SUM(t.statements) AS BIGINT) AS n"
        " FROM tallies t JOIN articles a ON a.id = t.article GROUP BY a.outlet),"
        " held AS (SELECT outlet, COUNT(*) AS n, MIN(published) AS first, MAX(published) AS last"
        f" FROM articles a WHERE {NEWEST} GROUP BY outlet)"
        " SELECT o.id, COALESCE(o.name, ''), held.n, COALESCE(said.n, 0), held.first, held.last FROM held"
        " LEFT JOIN outlets o ON o.id = held.outlet"
        " LEFT JOIN said ON COALESCE(said.outlet, 0) = COALESCE(held.outlet, 0)"
        " ORDER BY held.n DESC, 2 LIMIT ? OFFSET ?",
        (limit, offset),
    )
    return tuple(
        Outlet(id=id, name=name, articles=articles, statements=statements, first=first, last=last)
        for id, name, articles, statements, first, last in rows
    )


def find_outlet(archive: Archive, id_or_name: str) -> int:
    """The id of the outlet with that name (case aside) or id. Raises NoSuchEntry."""
    row = archive.database.row(
        "SELECT id FROM outlets WHERE LOWER(name) = ? ORDER BY id LIMIT 1", (id_or_name.lower(),)
    )
    if row is None and id_or_name.isascii() and id_or_name.isdigit() and len(id_or_name) < 19:
        row = archive.database.row("SELECT id FROM outlets WHERE id = ?", (int(id_or_name),))
    if row is None:
        raise NoSuchEntry(f"outlet {id_or_name!r}", "a name or an id in the archive", "Type onrecord outlets")
    return int(row[0])
