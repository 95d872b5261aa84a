"""Whoever speaks or is spoken of, over all articles: which entities are one, and what is known of them.

Entities of two articles are one where they share a Wikidata id, or the kind and the whole name. One word is no whole
name of a person ("Holt"), and words that describe ("the harbour master") name nobody: those stay in their article.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from onrecord.archive.indexing.tallies import SHOWN
from onrecord.archive.store.database import Database, allocate, rows_in
from onrecord.archive.store.storable import check_words
from onrecord.errors import NoSuchEntry
from onrecord.records import Entity

if TYPE_CHECKING:
    from onrecord.archive.store.opening import Archive

Order = Literal["statements", "about", "name"]


def person_key(entity: Entity) -> str | None:
    """What entities that are one over all articles share; None for an entity known only within its article."""
    if entity.wikidata:
        return entity.wikidata
    if not entity.named or entity.count is not None:
        return None
    name = folded(entity.name)
    return None if entity.kind == "person" and " " not in name else f"{entity.kind}:{name}"


def folded(name: str) -> str:
    """A name without case, accents, full stops and double spaces."""
    if name.isascii():
        return " ".join(name.replace(".", " ").casefold().split())
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(plain.replace(".", " ").casefold().split())


def people_of(database: Database, entities: Iterable[Entity]) -> tuple[dict[str, int], list[tuple[object, ...]]]:
    """The person behind each key of `entities`, and the rows of `people` that are still to be put in.

    Inside `writing`. New ones are numbered in the order of `entities`; one merged into another counts as that other.
    Raises RecordError where a name cannot be kept.
    """
    firsts: dict[str, Entity] = {}
    for entity in entities:
        if (key := person_key(entity)) is not None:
            firsts.setdefault(key, entity)
    check_words(firsts, "the name of an entity")
    sql = "SELECT key, COALESCE(merged_into, id) FROM people WHERE key IN {in}"
    known: dict[str, int] = dict(rows_in(database, sql, firsts))
    new = [key for key in firsts if key not in known]
    if not new:
        return known, []
    first = allocate(database, "people", len(new))
    rows: list[tuple[object, ...]] = []
    for id, key in enumerate(new, start=first):
        entity = firsts[key]
        rows.append((id, key, entity.name, entity.kind, entity.wikidata))
        known[key] = id
    return known, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody in the archive; counts are of statements in current readings that nobody rejected."""

    id: int
    name: str
    kind: str
    wikidata: str | None
    statements: int
    articles: int
    about: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What somebody was called in articles: "foreign minister" of "Russia", how often, first and last published."""

    role: str | None
    of: str | None
    statements: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """Somebody with what the archive tells of them; `months` counts statements by month of publication, `speaks_of`
    and `spoken_of_by` by sign ("+", "-", "0")."""

    person: Person
    offices: tuple[Office, ...]
    outlets: tuple[tuple[str, int], ...]
    months: tuple[tuple[str, int], ...]
    speaks_of: tuple[tuple[int, str, Mapping[str, int]], ...]
    spoken_of_by: tuple[tuple[int, str, Mapping[str, int]], ...]
    merged: tuple[int, ...]


def list_people(
    archive: Archive,
    *,
    name: str = "",
    kind: str | None = None,
    order: Order = "statements",
    limit: int = 50,
    offset: int = 0,
) -> tuple[Person, ...]:
    """Whoever speaks or is spoken of, the most first. `name` is part of a name, `kind` that of an entity."""
    conditions, parameters = ["p.merged_into IS NULL"], list[object]()
    if name:
        conditions.append("LOWER(p.name) LIKE ? ESCAPE '!'")
        parameters.append(f"%{name.lower().replace('!', '!!').replace('%', '!%').replace('_', '!_')}%")
    if kind:
        conditions.append("p.kind = ?")
        parameters.append(kind)
    by = {"statements": "statements DESC, about DESC, p.name", "about": "about DESC, p.name", "name": "p.name"}[order]
    rows = archive.database.rows(
        "WITH held AS (SELECT person, CAST(SUM(statements) AS BIGINT) AS statements,"
        " CAST(SUM(about) AS BIGINT) AS about, COUNT(CASE WHEN statements > 0 THEN 1 END) AS articles"
        " FROM tallies GROUP BY person)"
        " SELECT p.id, p.name, p.kind, p.wikidata, held.statements AS statements, held.articles, held.about AS about"
        f" FROM held JOIN people p ON p.id = held.person WHERE {' AND '.join(conditions)}"
        f" ORDER BY {by}, p.id LIMIT ? OFFSET ?",
        (*parameters, limit, offset),
    )
    return tuple(_person(row) for row in rows)


def find_person(archive: Archive, id_or_name: str, *, only: bool = False) -> int:
    """The id of the person with that id, Wikidata id or whole name; the one with most statements of several.

    Raises NoSuchEntry where nobody is, and, when it must be the `only` one, where several are.
    """
    ask = "SELECT DISTINCT COALESCE(merged_into, id) FROM people WHERE "
    found: list[tuple[int]] = []
    if id_or_name.isascii() and id_or_name.isdigit() and len(id_or_name) < 19:
        found = archive.database.rows(f"{ask} id = ?", (int(id_or_name),))
    found = found or archive.database.rows(f"{ask} wikidata = ?", (id_or_name,))
    found = found or archive.database.rows(f"{ask} LOWER(name) = ?", (id_or_name.lower(),))
    if not found:
        raise NoSuchEntry(
            f"person {id_or_name!r}", "an id, a Wikidata id or a whole name in the archive", "Type onrecord speakers"
        )
    ids = sorted(id for (id,) in found)
    if len(ids) == 1:
        return ids[0]
    if only:
        raise NoSuchEntry(
            f"{len(ids)} called {id_or_name!r} (ids {', '.join(map(str, ids[:8]))})", "one of them", "Give the id"
        )
    said = dict(
        rows_in(archive.database, "SELECT person, COUNT(*) FROM statements WHERE person IN {in} GROUP BY 1", ids)
    )
    return max(ids, key=lambda id: (said.get(id, 0), -id))


def namesakes(archive: Archive, id: int) -> tuple[Person, ...]:
    """Others of the same name (case, accents and full stops aside) and kind: perhaps the same, not linked to them."""
    row = archive.database.row("SELECT name, kind FROM people WHERE id = ?", (id,))
    if row is None:
        raise NoSuchEntry(f"person {id}", "an id of the archive", "Type onrecord speakers")
    name, kind = row
    last = folded(name).split()[-1:] or [""]
    rows = archive.database.rows(
        "SELECT p.id, p.name, p.kind, p.wikidata, SUM(COALESCE(t.statements, 0)),"
        " COUNT(CASE WHEN t.statements > 0 THEN 1 END), SUM(COALESCE(t.about, 0))"
        " FROM people p LEFT JOIN tallies t ON t.person = p.id"
        " WHERE p.merged_into IS NULL AND p.kind = ? AND p.id <> ? AND (LOWER(p.name) = ? OR p.key LIKE ?)"
        " GROUP BY p.id, p.name, p.kind, p.wikidata ORDER BY p.id",
        (kind, id, name.lower(), f"{kind}:%{last[0]}%"),
    )
    return tuple(_person((*row[:4], *map(int, row[4:]))) for row in rows if folded(row[1]) == folded(name))


def person(archive: Archive, id: int) -> Portrait:
    """What the archive tells of somebody. Raises NoSuchEntry where there is no such id."""
    database = archive.database
    with database.reading():
        row = database.row(
            "SELECT p.id, p.name, p.kind, p.wikidata,"
            f" (SELECT COUNT(*) FROM {SHOWN} WHERE s.person = p.id),"
            f" (SELECT COUNT(DISTINCT s.article) FROM {SHOWN} WHERE s.person = p.id),"
            f" (SELECT COUNT(*) FROM {SHOWN} JOIN abouts b ON b.statement = s.id WHERE b.person = p.id),"
            " p.merged_into FROM people p WHERE p.id = ?",
            (id,),
        )
        if row is None:
            raise NoSuchEntry(f"person {id}", "an id of the archive", "Type onrecord speakers")
        if row[7] is not None:
            return person(archive, row[7])
        return Portrait(
            person=_person(row[:7]),
            offices=_offices(database, id),
            outlets=tuple(
                database.rows(
                    f"SELECT COALESCE(o.name, ''), COUNT(*) FROM {SHOWN} LEFT JOIN outlets o ON o.id = a.outlet"
                    " WHERE s.person = ? GROUP BY 1 ORDER BY 2 DESC, 1",
                    (id,),
                )
            ),
            months=tuple(
                database.rows(
                    f"SELECT SUBSTR(a.published, 1, 7), COUNT(*) FROM {SHOWN}"
                    " WHERE s.person = ? AND a.published IS NOT NULL GROUP BY 1 ORDER BY 1",
                    (id,),
                )
            ),
            speaks_of=_signs(database, "b.person", "s.person", id),
            spoken_of_by=_signs(database, "s.person", "b.person", id),
            merged=tuple(
                other for (other,) in database.rows("SELECT id FROM people WHERE merged_into = ? ORDER BY id", (id,))
            ),
        )


def _offices(database: Database, id: int) -> tuple[Office, ...]:
    rows = database.rows(
        "SELECT e.role, w.name, COUNT(*), MIN(a.published), MAX(a.published)"
        f" FROM {SHOWN} JOIN entities e ON e.id = s.speaker"
        " LEFT JOIN entities w ON w.reading = e.reading AND w.local = e.of"
        " WHERE s.person = ? AND (e.role IS NOT NULL OR e.of IS NOT NULL)"
        " GROUP BY e.role, w.name ORDER BY 3 DESC, 1, 2",
        (id,),
    )
    return tuple(Office(role=role, of=of, statements=n, first=first, last=last) for role, of, n, first, last in rows)


def _signs(database: Database, shown: str, fixed: str, id: int) -> tuple[tuple[int, str, Mapping[str, int]], ...]:
    rows = database.rows(
        f"SELECT {shown}, p.name, b.sign, COUNT(*) FROM {SHOWN} JOIN abouts b ON b.statement = s.id"
        f" JOIN people p ON p.id = {shown} WHERE {fixed} = ? GROUP BY {shown}, p.name, b.sign",
        (id,),
    )
    signs: dict[tuple[int, str], dict[str, int]] = {}
    for other, name, sign, n in rows:
        signs.setdefault((other, name), {})[sign] = n
    ranked = sorted(signs.items(), key=lambda item: (-sum(item[1].values()), item[0]))
    return tuple((other, name, counts) for (other, name), counts in ranked)


def _person(row: Sequence[object]) -> Person:
    id, name, kind, wikidata, statements, articles, about = row
    return Person(
        id=id,  # type: ignore[arg-type]
        name=name,  # type: ignore[arg-type]
        kind=kind,  # type: ignore[arg-type]
        wikidata=wikidata,  # type: ignore[arg-type]
        statements=statements,  # type: ignore[arg-type]
        articles=articles,  # type: ignore[arg-type]
        about=about,  # type: ignore[arg-type]
    )
