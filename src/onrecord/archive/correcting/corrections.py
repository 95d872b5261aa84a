"""What a person may say of a statement: that it is right or wrong, who spoke, which words, how it is framed.

Each function is one transaction: it writes its row of the log, changes the rows of the current reading, sets what was
said of the statement (`review`) and brings the search index in step. It returns the id of the correction. `who` is
the name of the person, `why` their reason, `seen` the last correction of the statement that they knew of (0 for none),
where a change made since shall be refused.

All raise NoSuchEntry where the statement is not there, RefusedEdit where the change cannot be made, EditConflict where
somebody else was first, RecordError or SpanError where the values cannot be.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.archive.correcting import edits
from onrecord.archive.correcting.carrying_over import carry_over
from onrecord.archive.correcting.correction_log import (
    Action,
    Correction,
    checked,
    history,
    note,
    of_statement,
    redact,
    refuse_stale,
    review_of,
)
from onrecord.archive.correcting.edit_session import Desk
from onrecord.archive.correcting.merging import merge_people, reindex, split_person
from onrecord.archive.correcting.naming import speaker_for
from onrecord.archive.correcting.undoing import undo
from onrecord.archive.correcting.versions import let_go, take_over
from onrecord.archive.store.database import allocate
from onrecord.errors import RefusedEdit
from onrecord.records import CueClass, Form, Occasion, Statement, Status, Target, Voice
from onrecord.spans import Span

if TYPE_CHECKING:
    from onrecord.archive.store.opening import Archive

__all__ = [
    "Correction",
    "add_statement",
    "carry_over",
    "change_about",
    "change_form",
    "change_framing",
    "change_occasion",
    "change_spans",
    "change_speaker",
    "confirm",
    "history",
    "let_go",
    "merge_people",
    "redact",
    "reject",
    "split_person",
    "take_over",
    "undo",
]

Change = Callable[[Desk, Statement], Statement]


def confirm(archive: Archive, statement: int, *, who: str, why: str = "", seen: int | None = None) -> int:
    """The statement is right as it stands."""
    return _edit(archive, "confirm", statement, _nothing, who=who, why=why, seen=seen)


def reject(archive: Archive, statement: int, *, who: str, why: str = "", seen: int | None = None) -> int:
    """It is no statement: it is kept, and neither shown nor searched any more."""
    return _edit(archive, "reject", statement, _nothing, who=who, why=why, seen=seen)


def change_speaker(
    archive: Archive,
    statement: int,
    *,
    person: int | None = None,
    entity: str | None = None,
    name: str | None = None,
    wikidata: str | None = None,
    kind: str = "person",
    new: bool = False,
    who: str,
    why: str = "",
    seen: int | None = None,
) -> int:
    """Somebody else speaks: a `person` of the archive, an `entity` of the article, or somebody by `name`, `wikidata`.

    Somebody whom the article does not hold is added to its entities; a name that the archive does not hold either is
    refused, with the names near to it, unless somebody `new` is meant. Nobody given: it is not known who speaks.
    """

    def change(desk: Desk, given: Statement) -> Statement:
        local = None
        if not (person is None and entity is None and name is None and wikidata is None):
            local = speaker_for(
                desk, who.strip(), person=person, entity=entity, name=name, wikidata=wikidata, kind=kind, new=new
            )
        return edits.with_speaker(given, local, who.strip())

    return _edit(archive, "speaker", statement, change, who=who, why=why, seen=seen)


def change_spans(
    archive: Archive,
    statement: int,
    *,
    source: Sequence[Span] | None = None,
    cue: Sequence[Span] | None = None,
    content: Sequence[Span] | None = None,
    who: str,
    why: str = "",
    seen: int | None = None,
) -> int:
    """Other words of the article are its source, cue or content; () empties source or cue, None leaves them."""

    def change(desk: Desk, given: Statement) -> Statement:
        return edits.with_spans(given, desk.text, who.strip(), source=source, cue=cue, content=content)

    return _edit(archive, "spans", statement, change, who=who, why=why, seen=seen)


def change_form(
    archive: Archive, statement: int, *, form: Form, who: str, why: str = "", seen: int | None = None
) -> int:
    """It is direct, indirect or mixed."""

    def change(desk: Desk, given: Statement) -> Statement:
        return edits.with_form(given, form, who.strip())

    return _edit(archive, "form", statement, change, who=who, why=why, seen=seen)


def change_framing(
    archive: Archive,
    statement: int,
    *,
    cue_class: CueClass | None = None,
    status: Status | None = None,
    voice: Voice | None = None,
    who: str,
    why: str = "",
    seen: int | None = None,
) -> int:
    """What the cue lets show, how the words are reported, or whose words they are; what is left out stays."""

    def change(desk: Desk, given: Statement) -> Statement:
        return edits.with_framing(given, who.strip(), cue_class=cue_class, status=status, voice=voice)

    return _edit(archive, "framing", statement, change, who=who, why=why, seen=seen)


def change_about(
    archive: Archive, statement: int, *, about: Sequence[Target], who: str, why: str = "", seen: int | None = None
) -> int:
    """Whom it speaks of: entities of the article, each once, how they are valued, in which words."""

    def change(desk: Desk, given: Statement) -> Statement:
        return edits.with_about(given, about, desk.text, who.strip())

    return _edit(archive, "about", statement, change, who=who, why=why, seen=seen)


def change_occasion(
    archive: Archive,
    statement: int,
    *,
    occasion: Occasion | str | None,
    who: str,
    why: str = "",
    seen: int | None = None,
) -> int:
    """On what occasion it was said: one of the article by local id, a new one (its id is chosen here), none known.

    Other statements keep the occasion they have.
    """

    def change(desk: Desk, given: Statement) -> Statement:
        local = occasion
        if isinstance(occasion, Occasion):
            evidence = edits.fitted(occasion.evidence, desk.text)
            new = replace(occasion, id=desk.free_occasion_id(), evidence=evidence)
            desk.add_occasion(new)
            local = new.id
        assert local is None or isinstance(local, str)
        return edits.with_occasion(given, local, who.strip())

    return _edit(archive, "occasion", statement, change, who=who, why=why, seen=seen)


def add_statement(
    archive: Archive,
    article: int,
    statement: Statement,
    *,
    person: int | None = None,
    name: str | None = None,
    wikidata: str | None = None,
    new: bool = False,
    who: str,
    why: str = "",
    seen: int | None = None,
) -> int:
    """A statement that was missed, put into the current reading; its local id is chosen here.

    Its speaker is the entity that `statement` names, or whom `person`, `name` or `wikidata` tell, as in change_speaker.
    The row id of the statement is the `statement` of the correction. `seen` counts for the article.
    """
    with archive.database.writing():
        who = checked(who, why)
        desk = Desk.of_article(archive, article)
        refuse_stale(history(archive, article=article), seen)
        if not (person is None and name is None and wikidata is None):
            local = speaker_for(desk, who, person=person, name=name, wikidata=wikidata, new=new)
            statement = replace(statement, speaker=local, reason=None)
        made = edits.added(statement, desk.text, who, desk.free_statement_id())
        words = (made.content, made.source, made.cue)
        for id, (other, review) in desk.statements().items():
            if review != "rejected" and (other.content, other.source, other.cue) == words:
                raise RefusedEdit(f"statement {id} over again", "one that was missed", f"Correct {id} instead")
        id = allocate(archive.database, "statements")
        desk.write(id, made, "added")
        before: edits.Patch = {"statement": None, "reading": desk.reading}
        after: edits.Patch = {"statement": edits.values_of(made), "reading": desk.reading}
        desk.tell_made(before, after)
        correction = note(archive, who, "add", before, after, article=article, statement=id, why=why)
        reindex(archive, [article])
        return correction


def _nothing(desk: Desk, statement: Statement) -> Statement:
    return statement


def _edit(
    archive: Archive, action: Action, statement: int, change: Change, *, who: str, why: str, seen: int | None
) -> int:
    with archive.database.writing():
        who = checked(who, why)
        desk = Desk.of_statement(archive, statement)
        if not desk.is_current:
            raise RefusedEdit(
                f"statement {statement} of an earlier reading",
                "one of the reading that is shown",
                f"Look it up again in article {desk.article}",
            )
        if (newer := desk.newer()) is not None:
            raise RefusedEdit(
                f"statement {statement} of an older version",
                "one of the newest version of its story",
                f"Look it up again in article {newer}",
            )
        given = desk.statement(statement)
        assert given is not None
        refuse_stale(of_statement(archive, statement), seen)
        changed = change(desk, given)
        before, after = edits.difference(edits.values_of(given), edits.values_of(changed))
        if not after and change is not _nothing:
            raise RefusedEdit(
                f"a change that leaves statement {statement} as it is", "something to change", "Use --confirm"
            )
        befores: edits.Patch = {"statement": before}
        afters: edits.Patch = {"statement": after}
        desk.tell_made(befores, afters)
        correction = note(archive, who, action, befores, afters, article=desk.article, statement=statement, why=why)
        desk.write(statement, changed, review_of(of_statement(archive, statement)))
        reindex(archive, [desk.article])
        return correction
