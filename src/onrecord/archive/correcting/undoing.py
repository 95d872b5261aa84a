"""A correction taken back, or an undo. What was changed since in other fields stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.archive.correcting import correction_log as journal
from onrecord.archive.correcting.carrying_over import CorrectionCarrier, carry_over
from onrecord.archive.correcting.correction_log import (
    REVIEWS,
    Correction,
    carried_on,
    history,
    in_force,
    note,
    of_statement,
    review_of,
    standing,
)
from onrecord.archive.correcting.edit_session import Desk
from onrecord.archive.correcting.edits import Patch, difference, statement_of, values_of
from onrecord.archive.correcting.merging import (
    articles_of,
    drop_person,
    moved,
    people_now,
    put_people,
    reindex,
    restore_people,
)
from onrecord.archive.correcting.versions import carry_again, desk_for
from onrecord.archive.store.database import one
from onrecord.errors import EditConflict, RefusedEdit

if TYPE_CHECKING:
    from onrecord.archive.store.opening import Archive


def undo(archive: Archive, correction: int, *, who: str, why: str = "", overwrite: bool = False) -> int:
    """Take back that correction, or that undo; the id of the undo.

    What was taken over into later readings and versions is undone there too; undoing a promotion shows the reading that
    was shown before, with all that was said since. Raises NoSuchEntry; RefusedEdit where it was undone already or was
    forgotten, or where another reading was promoted since; EditConflict where a later correction of the same fields
    would be lost, unless `overwrite`.
    """
    with archive.database.writing():
        who = journal.checked(who, why)
        entry = journal.correction(archive, correction)
        if entry.forgotten:
            raise RefusedEdit(
                f"correction {correction}, forgotten", "one that the log still holds", "It cannot be undone"
            )
        if entry.statement is not None:
            log = of_statement(archive, entry.statement)
        else:
            log = history(archive, person=entry.person) if entry.person else history(archive, article=entry.article)
        if not in_force(log, correction):
            by = next(e.id for e in reversed(log) if e.undoes == correction)
            raise RefusedEdit(f"correction {correction}, undone by {by}", "one in force", f"To have it back, undo {by}")
        if entry.statement is not None:
            return _statement(archive, entry, log, who, why, overwrite=overwrite)
        if entry.person is not None:
            return _people(archive, entry, who, why, overwrite=overwrite)
        return _promotion(archive, entry, who, why)


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
    reading = entry.after.get("reading", entry.before.get("reading"))
    desk = Desk.of_statement(archive, entry.statement) if reading is None else Desk(archive, reading)
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
    followers = _followers(archive, entry.statement)
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
    _follow(archive, entry.statement, now, new, who, followers, overwrite=overwrite)
    if now is None and not (desk.is_current and desk.newer() is None):
        carry_again(archive, desk, entry.statement)
    return id


def _promotion(archive: Archive, entry: Correction, who: str, why: str) -> int:
    """Show the reading that was shown before."""
    before, now = entry.before.get("reading"), entry.after.get("reading")
    article = entry.article
    assert article is not None
    if before is None or one(archive.database, "SELECT current FROM articles WHERE id = ?", (article,)) != now:
        raise RefusedEdit(
            f"correction {entry.id}, on top of which article {article} was promoted again",
            "the last promotion of it, of an article that showed something before",
            f"Undo the later one first: onrecord show {article}",
        )
    archive.database.run("UPDATE articles SET current = ? WHERE id = ?", (before, article))
    sides: tuple[Patch, Patch] = {"reading": now}, {"reading": before}
    id = note(archive, who, "undo", *sides, article=article, why=why, undoes=entry.id)
    carry_over(archive, article, now, before)
    reindex(archive, [article])
    return id


Followers = list[tuple[Correction, Desk, Desk]]


def _followers(archive: Archive, id: int, done: tuple[int, ...] = ()) -> Followers:
    """The corrections that carried statement `id` on, each with the desks from and to which they did."""
    found = []
    for entry in carried_on(archive, id):
        if entry.statement is not None and entry.statement not in done:  # promoted to and fro
            new = Desk.of_statement(archive, entry.statement)
            found.append((entry, desk_for(archive, id, new), new))
    return found


def _follow(
    archive: Archive,
    id: int,
    was: Patch | None,
    now: Patch | None,
    who: str,
    followers: Followers,
    *,
    overwrite: bool,
    done: tuple[int, ...] = (),
) -> None:
    """Change what statement `id` was carried into as it was changed itself, from values to values."""
    for entry, old, new in followers:
        assert entry.statement is not None
        if was is None or now is None:
            own = any(e.action in REVIEWS for e in standing(of_statement(archive, entry.statement)))
            undo(archive, entry.id, who=who, overwrite=overwrite or not own)
            continue
        given = new.statement(entry.statement)
        assert given is not None
        carrier = CorrectionCarrier(archive, old, new, {}, who)
        fitted = [old.fitted(statement_of(values)) for values in (was, now)]
        if fitted[0] is None or fitted[1] is None:
            raise RefusedEdit(
                f"words that article {new.article} has no more",
                "words of the newer version",
                f"Correct {entry.statement}",
            )
        before, after = (values_of(carrier.translated(statement, given.id)) for statement in fitted if statement)
        before, after = difference(before, after)
        held = values_of(given)
        if not overwrite and (other := [name for name in before if held.get(name) != before.get(name)]):
            raise EditConflict(
                f"{', '.join(sorted(other))} of statement {entry.statement}, which took it over, changed since",
                "nothing of it changed since",
                "Undo the later correction first, or undo over it (--over)",
            )
        review = review_of(of_statement(archive, id))
        changed = statement_of({**held, **after})
        befores: Patch = {"statement": difference(held, values_of(changed))[0], "reading": new.reading}
        afters: Patch = {"statement": after, "reading": new.reading, "review": review, "follows": True, "from": id}
        new.tell_made(befores, afters)
        note(archive, who, "promote", befores, afters, article=new.article, statement=entry.statement)
        new.write(entry.statement, changed, review_of(of_statement(archive, entry.statement)))
        reindex(archive, [new.article])
        further = _followers(archive, entry.statement, (*done, id))
        done_so_far = (*done, id)
        _follow(archive, entry.statement, held, values_of(changed), who, further, overwrite=overwrite, done=done_so_far)


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
