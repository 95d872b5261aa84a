"""Two people that are one are merged, one that is two is split; both can be undone.

Merging points the entities of the other to whoever is kept, and whoever comes later under the other's key too. A split
gives some entities a person of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onrecord.archive.correcting.correction_log import checked, history, note, refuse_stale
from onrecord.archive.correcting.edits import Patch
from onrecord.archive.listing.people import folded
from onrecord.archive.safekeeping.sealing import seal
from onrecord.archive.store.database import allocate, one, rows_in, run_in
from onrecord.archive.store.storable import check_words
from onrecord.errors import EditConflict, NoSuchEntry, RefusedEdit

if TYPE_CHECKING:
    from onrecord.archive.store.opening import Archive

INDEXED_AT_ONCE = 200  # articles; a merge of two who speak everywhere touches thousands
LINKED = "SELECT id, wikidata FROM entities WHERE id IN {in}"
PERSON_COLUMNS = ("key", "name", "kind", "wikidata", "merged_into")
SEARCHED = {"name", "wikidata"}  # of those, what the index of each of their articles has of them


@dataclass(frozen=True, slots=True)
class Appearance:
    """One entity of a person: the `entity`'s row id, its article, and what the article calls it."""

    entity: int
    article: int
    name: str
    role: str | None
    published: str | None
    statements: int


def appearances(archive: Archive, person: int) -> tuple[Appearance, ...]:
    """The entities of a person in current readings, by article: what a split chooses from."""
    rows = archive.database.rows(
        "SELECT e.id, a.id, e.name, e.role, a.published, "
        "(SELECT COUNT(*) FROM statements s WHERE s.person = e.person AND s.speaker = e.id) "
        "FROM entities e JOIN articles a ON a.current = e.reading WHERE e.person = ? ORDER BY a.id, e.place",
        (person,),
    )
    return tuple(Appearance(*row) for row in rows)


def merge_people(archive: Archive, keep: int, other: int, *, who: str, why: str = "", seen: int | None = None) -> int:
    """Make `other` part of `keep`, with all statements by and about it; the id of the correction.

    What `keep` does not know, a Wikidata id, is taken from the other. `seen` is the last correction of either that
    the editor saw. Raises NoSuchEntry, RefusedEdit where they are one already, EditConflict.
    """
    with archive.database.writing():
        who = checked(who, why)
        kept, gone = _person(archive, keep), _person(archive, other)
        if keep == other:
            raise RefusedEdit(f"person {keep} twice", "two people", "Name the one to keep, then the other")
        refuse_stale((*history(archive, person=keep), *history(archive, person=other)), seen)
        database = archive.database
        entities = [id for (id,) in database.rows("SELECT id FROM entities WHERE person = ? ORDER BY id", (other,))]
        inside = [id for (id,) in database.rows("SELECT id FROM people WHERE merged_into = ? ORDER BY id", (other,))]
        before: Patch = {str(other): {"merged_into": None}} | {str(id): {"merged_into": other} for id in inside}
        after: Patch = {id: {"merged_into": keep} for id in before}
        if kept["wikidata"] is None and gone["wikidata"] is not None:
            before[str(keep)], after[str(keep)] = {"wikidata": None}, {"wikidata": gone["wikidata"]}
        return _noted(
            archive,
            who,
            "merge",
            {"people": before, "entity_people": {str(other): entities}},
            {"people": after, "entity_people": {str(keep): entities}},
            person=keep,
            why=why,
        )


def split_person(
    archive: Archive,
    person: int,
    entities: Sequence[int],
    name: str,
    *,
    wikidata: str | None = None,
    who: str,
    why: str = "",
    seen: int | None = None,
) -> int:
    """Give those entities, which are row ids from `appearances`, to somebody of that name; the id of the correction.

    Somebody new, unless the archive knows a person of that Wikidata id. Raises NoSuchEntry, RefusedEdit where an
    entity is not that person's, EditConflict.
    """
    with archive.database.writing():
        who = checked(who, why)
        given, ids = _person(archive, person), sorted(set(entities))
        refuse_stale(history(archive, person=person), seen)
        if not ids or not name.strip():
            raise RefusedEdit("a split without mentions or a name", "both", "Name the articles and the person")
        check_words((name, wikidata or ""), "the name")
        database = archive.database
        theirs = {
            id for (id,) in rows_in(database, f"SELECT id FROM entities WHERE person = {person} AND id IN {{in}}", ids)
        }
        if missing := [id for id in ids if id not in theirs]:
            raise RefusedEdit(
                f"the mention {missing[0]}", f"one of person {person}", f"List them: onrecord correct --split {person}"
            )
        known = wikidata and one(
            database, "SELECT COALESCE(merged_into, id) FROM people WHERE wikidata = ? ORDER BY id", (wikidata,)
        )
        if known == person:
            raise RefusedEdit(f"{wikidata}, which is person {person} itself", "somebody else", "Leave the number out")
        before: Patch = {"entity_people": {str(person): ids}}
        after: Patch = {}
        if not known:
            known = allocate(database, "people")
            key = wikidata or f"{given['kind']}:{folded(name)}#{known}"
            row = {"key": key, "name": name.strip(), "kind": given["kind"], "wikidata": wikidata, "merged_into": None}
            before["people"], after["people"] = {str(known): None}, {str(known): row}
        after["entity_people"] = {str(known): ids}
        linked = dict(rows_in(database, LINKED, ids))
        if other := {str(id): held for id, held in linked.items() if held != wikidata}:
            before["entity_wikidata"], after["entity_wikidata"] = other, dict.fromkeys(other, wikidata)
        return _noted(archive, who, "split", before, after, person=person, why=why)


def restore_people(archive: Archive, target: Patch, expected: Patch, *, overwrite: bool) -> None:
    """Put people and the entities that point to them from `expected` to `target`, as merging, splitting or an undo.

    Raises EditConflict where they are not as expected, unless `overwrite`.
    """
    if not overwrite:
        _check(archive, expected)
    people: Mapping[str, Patch | None] = target.get("people", {})
    now = put_people(archive, target)
    for person, entities in target.get("entity_people", {}).items():
        _move(archive, now.get(int(person), int(person)), entities)
    for id, wikidata in target.get("entity_wikidata", {}).items():
        archive.database.run("UPDATE entities SET wikidata = ? WHERE id = ?", (wikidata, int(id)))
    for id, row in people.items():
        if row is None:
            drop_person(archive, int(id))


def people_now(archive: Archive, patch: Patch, other: Patch) -> Patch:
    """How the people and entities that two patches name stand now, as a patch of the same kind."""
    now: Patch = {}
    entities = sorted({*moved(patch), *moved(other)})
    for id, person in rows_in(archive.database, "SELECT id, person FROM entities WHERE id IN {in}", entities):
        now.setdefault("entity_people", {}).setdefault(str(person), []).append(id)
    linked = sorted(map(int, {**patch.get("entity_wikidata", {}), **other.get("entity_wikidata", {})}))
    for id, wikidata in rows_in(archive.database, LINKED, linked):
        now.setdefault("entity_wikidata", {})[str(id)] = wikidata
    for id in {**patch.get("people", {}), **other.get("people", {})}:
        rows = [side.get("people", {}).get(id) for side in (patch, other)]
        columns = {column for row in rows if row is not None for column in row}
        held = _row(archive, int(id))
        now.setdefault("people", {})[id] = held and {name: held[name] for name in PERSON_COLUMNS if name in columns}
    return now


def put_people(archive: Archive, target: Patch) -> dict[int, int]:
    """Make or change the rows of `people` that a patch wants there; for each its id, or that of whoever has its key."""
    rows: Mapping[str, Patch | None] = target.get("people", {})
    return {int(id): put_person(archive, int(id), row) for id, row in rows.items() if row is not None}


def put_person(archive: Archive, id: int, row: Mapping[str, Any]) -> int:
    """Make a row of `people`, or change the columns given where there is one; its id.

    Where somebody else has its key by now, nothing is made, and the id is theirs. All articles of somebody who is
    searched by another name or Wikidata id from now on are indexed anew.
    """
    held, into = _row(archive, id), row.get("merged_into")
    if into is not None and _row(archive, int(into)) is None:
        raise RefusedEdit(f"person {into}, who is gone", "somebody in the archive", "Undo what took them away first")
    if held is None:
        if set(row) != set(PERSON_COLUMNS):
            raise RefusedEdit(f"person {id}, who is gone", "somebody in the archive", "Undo what took them away first")
        taken = one(archive.database, "SELECT COALESCE(merged_into, id) FROM people WHERE key = ?", (row["key"],))
        if taken is not None:
            return int(taken)
        archive.database.run(
            f"INSERT INTO people (id, {', '.join(PERSON_COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?)",
            (id, *(row[column] for column in PERSON_COLUMNS)),
        )
        seal(archive.database, "people", [id])
        return id
    changed = [column for column in PERSON_COLUMNS if column in row and row[column] != held[column]]
    for column in changed:
        archive.database.run(f"UPDATE people SET {column} = ? WHERE id = ?", (row[column], id))
    seal(archive.database, "people", [id])
    if SEARCHED.intersection(changed):
        theirs = "SELECT DISTINCT r.article FROM entities e JOIN readings r ON r.id = e.reading WHERE e.person = ?"
        reindex(archive, sorted(article for (article,) in archive.database.rows(theirs, (id,))))
    return id


def drop_person(archive: Archive, id: int) -> None:
    """Take a person away whom nothing points to any more."""
    for question in (
        "SELECT 1 FROM entities WHERE person = ?",
        "SELECT 1 FROM people WHERE merged_into = ?",
    ):
        if one(archive.database, f"{question} LIMIT 1", (id,)) is not None:
            return
    archive.database.run("DELETE FROM people WHERE id = ?", (id,))
    seal(archive.database, "people", [id])


def reindex(archive: Archive, articles: Iterable[int]) -> None:
    """Bring the search index in step with those articles."""
    from onrecord.archive.indexing.upkeep import index_articles

    ids = list(dict.fromkeys(articles))
    for at in range(0, len(ids), INDEXED_AT_ONCE):
        index_articles(archive, ids[at : at + INDEXED_AT_ONCE])


def articles_of(archive: Archive, entities: Iterable[int]) -> list[int]:
    """The articles in whose readings, shown or not, those entities are."""
    sql = "SELECT DISTINCT r.article FROM entities e JOIN readings r ON r.id = e.reading WHERE e.id IN {in}"
    return sorted({id for (id,) in rows_in(archive.database, sql, entities)})


def _noted(archive: Archive, who: str, action: Any, before: Patch, after: Patch, *, person: int, why: str) -> int:
    restore_people(archive, after, before, overwrite=True)
    id = note(archive, who, action, before, after, person=person, why=why)
    reindex(archive, articles_of(archive, moved(after)))
    return id


def moved(patch: Patch) -> list[int]:
    """The entities that a patch of merging or splitting moves."""
    return [id for entities in patch.get("entity_people", {}).values() for id in entities]


def _move(archive: Archive, person: int, entities: Sequence[int]) -> None:
    database = archive.database
    old = {id for (id,) in rows_in(database, "SELECT DISTINCT person FROM entities WHERE id IN {in}", entities)}
    run_in(database, f"UPDATE entities SET person = {person} WHERE id IN {{in}}", entities)
    for before in old - {None, person}:
        run_in(
            database, f"UPDATE statements SET person = {person} WHERE person = {before} AND speaker IN {{in}}", entities
        )
        run_in(database, f"UPDATE abouts SET person = {person} WHERE person = {before} AND entity IN {{in}}", entities)


def _check(archive: Archive, expected: Patch) -> None:
    for person, entities in expected.get("entity_people", {}).items():
        sql = "SELECT id, person FROM entities WHERE id IN {in}"
        if strayed := [id for id, at in rows_in(archive.database, sql, entities) if at != int(person)]:
            raise _conflict(f"mention {strayed[0]}, which somebody moved since")
    linked: Mapping[str, str | None] = expected.get("entity_wikidata", {})
    for id, wikidata in rows_in(archive.database, LINKED, sorted(map(int, linked))):
        if linked[str(id)] != wikidata:
            raise _conflict(f"mention {id}, which somebody linked otherwise since")
    for id, row in expected.get("people", {}).items():
        now = _row(archive, int(id))
        if (now is None) != (row is None) or any(now[name] != value for name, value in (row or {}).items() if now):
            raise _conflict(f"person {id}, whom somebody changed since")


def _conflict(seen: str) -> EditConflict:
    return EditConflict(
        seen, "people as that correction left them", "Undo the later correction first, or undo over it (--over)"
    )


def _person(archive: Archive, id: int) -> dict[str, Any]:
    found = _row(archive, id)
    if found is None:
        raise NoSuchEntry(f"person {id}", "an id of the archive", "Type onrecord speakers")
    if found["merged_into"] is not None:
        raise RefusedEdit(
            f"person {id}, merged into {found['merged_into']}", "somebody not merged", f"Use {found['merged_into']}"
        )
    return found


def _row(archive: Archive, id: int) -> dict[str, Any] | None:
    row = archive.database.row(f"SELECT {', '.join(PERSON_COLUMNS)} FROM people WHERE id = ?", (id,))
    return None if row is None else dict(zip(PERSON_COLUMNS, row, strict=True))
