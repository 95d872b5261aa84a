"""Whom a correction names as the speaker, found among the entities of the article or added to them."""

from __future__ import annotations

import difflib
import re
from typing import Any, get_args

from onrecord.archive.correcting.edit_session import Desk
from onrecord.archive.correcting.edits import PERSON
from onrecord.archive.listing.people import folded, people_of, person_key
from onrecord.archive.store.database import one
from onrecord.errors import NoSuchEntry, RefusedEdit
from onrecord.records import Entity, Kind

LETTERS = 3  # of a word, by which names that hold them are compared
MOST_COMPARED = 2_000
ALIKE = 0.6  # as difflib measures it, the cutoff that it has by default
WIKIDATA = re.compile(r"Q[1-9][0-9]{0,11}")


def speaker_for(
    desk: Desk,
    who: str,
    *,
    person: int | None = None,
    entity: str | None = None,
    name: str | None = None,
    wikidata: str | None = None,
    kind: str = "person",
    new: bool = False,
) -> str:
    """The local id of the entity meant, which is made where the article has none.

    A name that neither article nor archive holds makes somebody `new` only where that is said. Raises NoSuchEntry for a
    person or name unknown, with the names near to it; RefusedEdit where names are unclear or cannot be.
    """
    if entity is not None:
        return desk.entity(entity).value.id
    if person is not None:
        return _by_person(desk, person, who)
    if wikidata is not None:
        return _by_number(desk, wikidata, name, kind, who)
    return _by_name(desk, name or "", kind, who, new=new)


def _by_person(desk: Desk, person: int, who: str) -> str:
    row = desk.archive.database.row("SELECT name, kind, wikidata, merged_into FROM people WHERE id = ?", (person,))
    if row is None:
        raise NoSuchEntry(f"person {person}", "an id of the archive", "Type onrecord speakers")
    name, kind, wikidata, merged = row
    if merged is not None:
        return _by_person(desk, merged, who)
    for local, placed in desk.entities.items():
        if placed.person == person:
            return local
    return _new(desk, name, kind, wikidata, who, person)


def _by_number(desk: Desk, wikidata: str, name: str | None, kind: str, who: str) -> str:
    if not WIKIDATA.fullmatch(wikidata):
        raise RefusedEdit(f"the Wikidata number {wikidata[:40]!r}", "one like Q42", "Look it up on wikidata.org")
    for local, placed in desk.entities.items():
        if isinstance(placed.value, Entity) and placed.value.wikidata == wikidata:
            return local
    row = desk.archive.database.row(
        "SELECT COALESCE(merged_into, id) FROM people WHERE wikidata = ? ORDER BY id LIMIT 1", (wikidata,)
    )
    if row is not None:
        return _by_person(desk, row[0], who)
    if not (name or "").strip():
        raise RefusedEdit(f"{wikidata}, of whom the archive knows no name", "a name with it", "Give the name too")
    return _new(desk, name or "", kind, wikidata, who, None)


def _by_name(desk: Desk, name: str, kind: str, who: str, *, new: bool) -> str:
    wanted = folded(name)
    if not wanted:
        raise RefusedEdit("a speaker without a name", "the name of somebody", "Give it, or say it is not known")
    entities = {local: placed.value for local, placed in desk.entities.items() if isinstance(placed.value, Entity)}
    whole = [local for local, entity in entities.items() if folded(entity.name) == wanted]
    also = [local for local, entity in entities.items() if wanted in map(folded, entity.aka)]
    found = whole or also
    if len(found) > 1:
        raise RefusedEdit(f"{name!r}, the name of {', '.join(found)}", "one of them", "Name the entity")
    if found:
        return found[0]
    if not new and not _is_known(desk, name, kind):
        near = ", ".join(near_names(desk, name))
        raise NoSuchEntry(
            f"{name!r}, whom neither the article nor the archive holds",
            f"somebody it holds{f' ({near}?)' if near else ''}, or that somebody new is meant",
            "Add --new (or new: true) where nobody of that name is there yet",
        )
    return _new(desk, name, kind, None, who, None)


def _is_known(desk: Desk, name: str, kind: str) -> bool:
    """Whether the archive has somebody of that whole name."""
    key = person_key(Entity(id="new", name=name.strip(), kind=kind)) if kind in get_args(Kind) else None  # type: ignore[arg-type]
    return key is not None and bool(one(desk.archive.database, "SELECT 1 FROM people WHERE key = ?", (key,)))


def near_names(desk: Desk, name: str, most: int = 4) -> list[str]:
    """Names of the article and of the archive that `name` may be a slip for, the nearest first."""
    held = {placed.value.name for placed in desk.entities.values() if isinstance(placed.value, Entity)}
    begins = {word[:LETTERS] for word in name.lower().split() if len(word) >= LETTERS and word.isalnum()}
    for start in sorted(begins):
        sql = "SELECT name FROM people WHERE merged_into IS NULL AND LOWER(name) LIKE ? ORDER BY id LIMIT ?"
        held |= {row[0] for row in desk.archive.database.rows(sql, (f"%{start}%", MOST_COMPARED))}
    by_fold = {folded(each): each for each in sorted(held)}
    return [by_fold[each] for each in difflib.get_close_matches(folded(name), by_fold, n=most, cutoff=ALIKE)]


def _new(desk: Desk, name: str, kind: str, wikidata: str | None, who: str, person: int | None) -> str:
    if kind not in get_args(Kind):
        raise RefusedEdit(f"the kind {kind!r}", f"one of {', '.join(get_args(Kind))}", "Choose one")
    made: dict[str, Any] = {"id": desk.free_entity_id(name), "name": name.strip(), "kind": kind, "wikidata": wikidata}
    entity = Entity(**made, evidence=(PERSON + who,))
    if person is None and (key := person_key(entity)) is not None:
        known, rows = people_of(desk.archive.database, (entity,))
        for id, row_key, row_name, row_kind, row_wikidata in rows:
            row = {"key": row_key, "name": row_name, "kind": row_kind, "wikidata": row_wikidata, "merged_into": None}
            desk.add_person(int(str(id)), row)
        person = known[key]
    desk.add_entity(entity, person)
    return entity.id
