"""Promoting a newer reading: what a person said of the older one stands in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.archive.correcting.carrying_over import matched, overlap
from onrecord.archive.correcting.correction_log import redact
from onrecord.archive.correcting.corrections import (
    add_statement,
    change_form,
    change_occasion,
    change_speaker,
    confirm,
    history,
    reject,
    split_person,
    undo,
)
from onrecord.archive.correcting.merging import appearances
from onrecord.archive.correcting.runs import promote, start_run
from onrecord.archive.listing.people import find_person
from onrecord.archive.safekeeping.verifying import verify
from onrecord.archive.store.keeping import keep
from onrecord.archive.store.loading import load_record, statement
from onrecord.archive.store.opening import Archive
from onrecord.errors import EditConflict, RefusedEdit
from onrecord.records import Occasion, Provenance, Record, Statement
from onrecord.spans import Span

NEWER = Provenance("0.2.0", "larger", "cd" * 32)


@pytest.fixture
def two(archive: Archive, record: Record) -> Archive:
    """Article 1, read twice: by run 1, shown, and by run 2, which names Ito as the speaker and cuts the content."""
    keep(archive, record, start_run(archive, "old", record.provenance))
    (said,) = record.statements
    found = replace(said, id="x1", speaker="ito", content=(Span(31, 44),), form="mixed", status="said", occasion=None)
    other = Statement(id="x2", content=(Span(0, 4),), form="indirect", confidence=0.2)
    newer = replace(record, statements=(found, other), provenance=NEWER, asserted=(), occasions=())
    keep(archive, newer, start_run(archive, "new", NEWER))
    return archive


def shown(archive: Archive) -> Statement:
    """The statement about Ito in the reading that is shown."""
    return next(s for s in load_record(archive, 1).statements if s.content[0].start >= 26)


@pytest.mark.parametrize("said", ["confirmed", "changed"])
def test_what_a_person_confirmed_or_changed_stands_in_the_newer_reading(two: Archive, said: str) -> None:
    if said == "confirmed":
        confirm(two, 1, who="Anna")
    else:
        change_speaker(two, 1, name="Mara Quill", wikidata="Q77", who="Anna")
    before = statement(two, 1)
    promote(two, 2, "Ben")
    after = shown(two)
    assert replace(after, id="1", occasion="o1") == replace(before.statement, occasion="o1")
    record = load_record(two, 1)
    assert record.provenance == NEWER
    assert record.occasion(after.occasion or "").when == "2031-05-04"
    assert (record.speaker(after) or record.entity("ito")).name == before.speaker
    assert statement(two, 3).review == said
    assert {entry.action for entry in history(two, statement=3)} == {
        "promote",
        "confirm" if said == "confirmed" else "speaker",
    }


def test_what_nobody_looked_at_is_the_newer_readings_own(two: Archive) -> None:
    promote(two, 2, "Ben")
    assert (shown(two).speaker, statement(two, 3).review) == ("ito", None)


def test_a_rejected_statement_stays_rejected_and_an_added_one_comes_along(two: Archive) -> None:
    reject(two, 1, who="Anna")
    new = Statement(id="", content=(Span(46, 53),), form="indirect", confidence=1, speaker="quay")
    add_statement(two, 1, new, who="Anna")
    change_occasion(two, 4, occasion=Occasion(id="", kind="call", medium="quay"), who="Anna")
    promote(two, 2, "Ben")
    record = load_record(two, 1)
    assert [(s.id, record.words(s)) for s in record.statements] == [("x2", "Rena"), ("added-1", "He was.")]
    assert record.occasion(record.statement("added-1").occasion or "").kind == "call"


def test_promoting_back_and_forth_changes_nothing_more(two: Archive) -> None:
    confirm(two, 1, who="Anna")
    old = load_record(two, 1)
    promote(two, 2, "Ben")
    promote(two, 1, "Ben")
    assert load_record(two, 1) == old
    assert statement(two, 1).review == "confirmed"
    reject(two, 1, who="Cleo")
    promote(two, 2, "Ben")
    assert statement(two, 3).review == "rejected"


def test_what_was_taken_over_can_be_undone(two: Archive) -> None:
    confirm(two, 1, who="Anna")
    promote(two, 2, "Ben")
    taken = history(two, statement=3)[-1]
    with pytest.raises(RefusedEdit, match="earlier reading"):
        confirm(two, 1, who="Anna")
    undo(two, taken.id, who="Anna")
    assert (shown(two).speaker, statement(two, 3).review) == ("ito", None)


def test_a_correction_is_undone_in_what_is_shown_also_after_another_run_was_promoted(two: Archive) -> None:
    confirm(two, 1, who="Anna")
    changed = change_speaker(two, 1, name="Mara Quill", wikidata="Q77", who="Anna")
    promote(two, 2, "Ben")
    later = change_form(two, 3, form="direct", who="Cleo")
    undone = undo(two, changed, who="Anna")
    after = shown(two)
    assert (load_record(two, 1).entity(after.speaker or "").name, after.form) == ("Rena Holt", "direct")
    assert statement(two, 3).review == "changed"  # by Cleo
    undo(two, later, who="Cleo")
    assert statement(two, 3).review == "confirmed"
    undo(two, undone, who="Anna")
    assert load_record(two, 1).entity(shown(two).speaker or "").name == "Mara Quill"
    assert list(verify(two)) == []


@pytest.mark.parametrize("of", ["reject", "add"])
def test_a_rejected_or_added_statement_too(two: Archive, of: str) -> None:
    if of == "reject":
        made = reject(two, 1, who="Anna")
    else:
        new = Statement(id="", content=(Span(46, 53),), form="indirect", confidence=1, speaker="quay")
        made = add_statement(two, 1, new, who="Anna")
    promote(two, 2, "Ben")
    with_it = load_record(two, 1)
    undone = undo(two, made, who="Anna")
    assert [s.id for s in load_record(two, 1).statements] == ["x2", "x1"]
    undo(two, undone, who="Anna")
    assert [s.content for s in load_record(two, 1).statements] == [s.content for s in with_it.statements]
    assert list(verify(two)) == []


def test_a_promotion_is_undone_with_all_that_was_said_since_and_that_undo_too(two: Archive) -> None:
    old = load_record(two, 1)
    promote(two, 2, "Ben")
    promotion = next(entry for entry in history(two) if entry.action == "promote" and entry.statement is None)
    undone = undo(two, promotion.id, who="Anna")
    assert load_record(two, 1) == old
    with pytest.raises(RefusedEdit, match=f"undone by {undone}"):
        undo(two, promotion.id, who="Anna")
    undo(two, undone, who="Anna")
    reject(two, 3, who="Anna")
    undo(two, promotion.id, who="Anna", overwrite=True)
    assert (statement(two, 1).review, load_record(two, 1).statements) == ("rejected", ())
    assert list(verify(two)) == []


def test_who_was_split_off_is_so_in_the_newer_reading(two: Archive) -> None:
    holt = find_person(two, "Q1")
    split_person(two, holt, [appearances(two, holt)[0].entity], "Rena Holt (the pilot)", who="Anna")
    promote(two, 2, "Ben")
    assert [a.article for a in appearances(two, find_person(two, "Rena Holt (the pilot)"))] == [1]
    assert appearances(two, holt) == ()
    assert load_record(two, 1).entity("rena-holt").wikidata is None
    again = [entry.id for entry in history(two, people=True)]
    undo(two, again[-1], who="Anna")  # in this reading, and only there
    assert [a.article for a in appearances(two, holt)] == [1]
    assert list(verify(two)) == []


def test_forgetting_empties_the_log_and_leaves_its_rows(two: Archive) -> None:
    change_speaker(two, 1, name="Mara Quill", new=True, who="Anna", why="Quill said so")
    other = confirm(two, 1, who="Anna")
    assert redact(two, words=["Mara Quill"]) == 1
    first, second = history(two)
    assert (first.who, first.forgotten, first.why, first.at) == ("Anna", True, "", second.at)
    assert not second.forgotten
    with pytest.raises(RefusedEdit, match="forgotten"):
        undo(two, first.id, who="Anna")
    undo(two, other, who="Anna")
    assert redact(two, articles=[1]) == 2


def test_likeness_is_of_characters_and_each_goes_to_one() -> None:
    a, b = (Span(0, 10), Span(20, 30)), (Span(5, 25),)
    assert overlap(a, b) == pytest.approx(10 / 30)
    assert overlap(a, a) == 1
    one = Statement(id="1", content=(Span(0, 10),), form="direct", confidence=1)
    near, far = replace(one, id="2", content=(Span(0, 9),)), replace(one, id="3", content=(Span(4, 10),))
    assert matched({1: one}, {2: near, 3: far}) == {1: 2}
    assert matched({1: one, 4: one}, {2: near}) == {1: 2}
    assert matched({1: one}, {2: replace(one, content=(Span(9, 30),))}) == {}


def test_a_stale_confirmation_after_promoting_is_a_conflict(two: Archive) -> None:
    confirm(two, 1, who="Anna")
    promote(two, 2, "Ben")
    with pytest.raises(EditConflict, match="took it over"):
        confirm(two, 3, who="Cleo", seen=0)
