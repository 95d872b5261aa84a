"""A correction taken back, or an undo. What was changed since in other fields stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.archive import journal
from onrecord.archive.desk import Desk
from onrecord.archive.edits import Patch, difference, statement_of, values_of
from onrecord.archive.journal import Correction, history, in_force, note, of_statement, review_of, standing
from onrecord.archive.merging import articles_of, drop_person, moved, people_now, put_people, reindex, restore_people
from onrecord.errors import EditConflict, RefusedEdit

if TYPE_CHECKING:
    from onrecord.archive.store import Archive


def undo(archive: Archive, correction: int, *, who: str, why: str = "", overwrite: bool = False) -> int:
    """Take back that correction, or that undo; the id of the undo.

    Raises NoSuchEntry; RefusedEdit where it was undone already, was forgotten, or belongs to an earlier reading;
    EditConflict where a later correction of the same fields would be lost, unless `overwrite`.
    """
    with archive.database.writing():
        who = journal.checked(who, why)
        entry = journal.correction(archive, correction)
        if entry.forgotten:
            raise RefusedEdit(
                f"correction {correction}, forgotten", "one that the log still holds", "It cannot be undone"
            )
        of_people = entry.statement is None
        if of_people and entry.person is None:
            raise RefusedEdit(
                f"correction {correction}, which promoted a run",
                "one of a statement or of people",
                "Promote another run",
            )
        log = history(archive, person=entry.person) if of_people else of_statement(archive, entry.statement or 0)
        if not in_force(log, correction):
            by = next(e.id for e in reversed(log) if e.undoes == correction)
            raise RefusedEdit(f"correction {correction}, undone by {by}", "one in force", f"To have it back, undo {by}")
        if of_people:
            return _people(archive, entry, who, why, overwrite=overwrite)
        return _statement(archive, entry, log, who, why, overwrite=overwrite)


def _people(archive: Archive, entry: Correction, who: str, why: str, *, overwrite: bool) -> int:
    articles = articles_of(archive, moved(entry.before))
    before = people_now(archive, entry.before, entry.after)
    restore_people(archive, entry.before, entry.after, overwrite=overwrite)
    after = people_now(archive, entry.before, entry.after)
    id = note(archive, who, "undo", before, after, person=entry.person, why=why, undoes=entry.id)
    reindex(archive, articles)
    return id


def _statement(
    archive: Archive, entry: Correction, log: tuple[Correction, ...], who: str, why: str, *, overwrite: bool
) -> int:
    assert entry.statement is not None
    desk = _desk(archive, entry)
    given = desk.statement(entry.statement)
    now = None if given is None else values_of(given)
    target, expected = entry.before["statement"], entry.after["statement"]
    if now is None and expected is not None:
        raise RefusedEdit(
            f"statement {entry.statement}, which is gone", "one in the archive", "Undo what took it away first"
        )
    if not overwrite:
        _refuse_overwriting(entry, log, now, expected, whole=target is None)
    befores = _made_now(archive, desk, entry)
    _make(archive, desk, entry.before)
    new = None if target is None else {**(now or {}), **target}
    if new is None:
        desk.remove(entry.statement)
    else:
        desk.write(entry.statement, statement_of(new), None)
    _unmake(archive, desk, entry.before)
    afters = _made_now(archive, desk, entry)
    if now is None or new is None:
        befores["statement"], afters["statement"] = now, new
    else:
        befores["statement"], afters["statement"] = difference(now, new)
    where = {"article": desk.article, "statement": entry.statement}
    id = note(archive, who, "undo", befores, afters, **where, why=why, undoes=entry.id)
    if new is not None:
        desk.set_review(entry.statement, review_of(of_statement(archive, entry.statement)))
    reindex(archive, [desk.article])
    return id


def _desk(archive: Archive, entry: Correction) -> Desk:
    reading = entry.after.get("reading", entry.before.get("reading"))
    desk = Desk.of_statement(archive, entry.statement or 0) if reading is None else Desk(archive, reading)
    if not desk.is_current:
        raise RefusedEdit(
            f"correction {entry.id} of an earlier reading",
            "one of the reading that is shown",
            f"Correct the statement anew in article {desk.article}",
        )
    return desk


def _refuse_overwriting(
    entry: Correction, log: tuple[Correction, ...], now: Patch | None, expected: Patch | None, *, whole: bool
) -> None:
    if expected is None:
        if now is None:
            return
        fields = set(now)
    else:
        compared = {**(now or {}), **expected} if whole else expected
        fields = {name for name in compared if (now or {}).get(name) != expected.get(name)}
    if fields:
        plain = {name.removeprefix("decided_by.") for name in fields}
        later = [e for e in standing(log) if e.id > entry.id and plain & set(e.fields)]
        raise EditConflict(
            f"{', '.join(sorted(plain))} changed since" + "".join(f"; {e}" for e in later),
            "nothing of it changed since",
            "Undo the later correction first, or undo over it (--over)",
        )


def _made_now(archive: Archive, desk: Desk, entry: Correction) -> Patch:
    """What of the rows that were made for a correction is there now."""
    now = people_now(archive, entry.before, entry.after)
    for table, shelf in (("entities", desk.entities), ("occasions", desk.occasions)):
        rows = {str(placed.id): placed.values() for placed in shelf.values()}
        if ids := {**entry.before.get(table, {}), **entry.after.get(table, {})}:
            now[table] = {id: rows.get(id) for id in ids}
    for side in (entry.before, entry.after):
        if "reading" in side:
            now["reading"] = side["reading"]
    return now


def _make(archive: Archive, desk: Desk, target: Patch) -> None:
    now = put_people(archive, target)
    for table, shelf in (("entities", desk.entities), ("occasions", desk.occasions)):
        there = {str(placed.id) for placed in shelf.values()}
        for id, made in target.get(table, {}).items():
            if made is not None and id not in there:
                desk.restore(table, int(id), {**made, "person": now.get(made["person"], made["person"])})


def _unmake(archive: Archive, desk: Desk, target: Patch) -> None:
    for table in ("occasions", "entities"):
        for id, made in target.get(table, {}).items():
            if made is None:
                desk.drop(table, int(id))
    for id, row in target.get("people", {}).items():
        if row is None:
            drop_person(archive, int(id))
