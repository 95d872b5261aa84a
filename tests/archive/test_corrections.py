"""What persons say of statements: kept for good, in force until undone, and undone without a trace on the record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from onrecord.archive.correcting.corrections import (
    add_statement,
    change_about,
    change_form,
    change_framing,
    change_occasion,
    change_spans,
    change_speaker,
    confirm,
    history,
    merge_people,
    reject,
    split_person,
    undo,
)
from onrecord.archive.correcting.merging import appearances
from onrecord.archive.correcting.runs import start_run
from onrecord.archive.listing.people import find_person
from onrecord.archive.safekeeping.verifying import verify
from onrecord.archive.store.keeping import keep_many
from onrecord.archive.store.loading import load_record, statement
from onrecord.archive.store.opening import Archive
from onrecord.errors import ArchiveError, EditConflict, NoSuchEntry, RecordError, RefusedEdit, SpanError
from onrecord.records import Occasion, Record, Statement, Target
from onrecord.spans import Span

TABLES = ("people", "entities", "occasions", "statements", "abouts", "asserted", "articles", "readings")


@pytest.fixture
def kept(archive: Archive, records: tuple[Record, ...]) -> Archive:
    """The three records: statements 1 and 2 say the same in articles 1 and 2."""
    list(keep_many(archive, records, start_run(archive, "", records[0].provenance)))
    return archive


def everything(archive: Archive) -> dict[str, Any]:
    """All rows that a correction could touch."""
    return {table: sorted(map(repr, archive.database.rows(f"SELECT * FROM {table}"))) for table in TABLES}


MISSED = Statement(id="", content=(Span(46, 53),), form="indirect", confidence=1.0, speaker="rena-holt")


def test_a_confirmed_statement_says_so(kept: Archive) -> None:
    confirm(kept, 1, who="Anna", why="checked with the tape")
    assert statement(kept, 1).review == "confirmed"
    (entry,) = history(kept, statement=1)
    assert (entry.who, entry.action, entry.why, entry.at) == (
        "Anna",
        "confirm",
        "checked with the tape",
        "2031-05-04T12:00:00+00:00",
    )


def test_a_rejected_statement_leaves_the_record_and_stays_in_the_archive(kept: Archive) -> None:
    reject(kept, 1, who="Anna")
    assert load_record(kept, 1).statements == ()
    assert statement(kept, 1).review == "rejected"


def test_a_speaker_of_the_article_is_found_by_name_by_number_and_by_person(kept: Archive) -> None:
    ito = find_person(kept, "Rena Holt")
    for named in ({"name": "ito"}, {"entity": "ito"}, {"name": "Holt"}, {"wikidata": "Q1"}, {"person": ito}):
        id = change_speaker(kept, 1, who="Anna", **named)
        found = statement(kept, 1)
        assert found.statement.speaker == ("ito" if "ito" in named.values() else "rena-holt")
        assert found.statement.decided_by["speaker"] == "person:Anna"
        undo(kept, id, who="Anna")


def test_somebody_new_comes_into_the_article_and_goes_with_the_undo(kept: Archive) -> None:
    before = everything(kept)
    id = change_speaker(kept, 1, name="Mara Quill", wikidata="Q77", who="Anna")
    found = statement(kept, 1)
    assert (found.speaker, found.statement.speaker, found.review) == ("Mara Quill", "mara-quill", "changed")
    assert found.person == find_person(kept, "Q77")
    assert load_record(kept, 1).entity("mara-quill").evidence == ("person:Anna",)
    undo(kept, id, who="Anna")
    assert everything(kept) == before


def test_nobody_known_is_an_answer_too(kept: Archive) -> None:
    change_speaker(kept, 1, who="Anna")
    found = statement(kept, 1)
    assert (found.speaker, found.person, found.statement.reason) == (None, None, "a reader could not tell")


def test_contents_stay_slices_of_the_text(kept: Archive) -> None:
    change_spans(kept, 1, content=[Span(30, 44), Span(10, 15)], cue=(), who="Anna")
    found = statement(kept, 1)
    assert (found.content, found.cue) == ("told … Ito was wrong", "")
    assert found.statement.content == (Span(10, 14), Span(31, 44))  # without the white space at their edges
    assert {k: v for k, v in found.statement.decided_by.items() if v == "person:Anna"}.keys() == {"content", "cue"}


@pytest.mark.parametrize(
    ("spans", "error"),
    [
        ({"content": [Span(40, 400)]}, SpanError),
        ({"content": [Span(9, 10)]}, RecordError),
        ({"content": []}, RecordError),
        ({"content": [Span(26, 44)]}, None),
    ],
)
def test_spans_that_cannot_be_are_refused(kept: Archive, spans: Any, error: type[Exception] | None) -> None:
    before = everything(kept)
    if error:
        with pytest.raises(error):
            change_spans(kept, 1, **spans, who="Anna")
        assert everything(kept) == before
        assert history(kept) == ()
    else:  # the same words as before, but now a person says so
        change_spans(kept, 1, **spans, who="Anna")
        assert statement(kept, 1).statement.decided_by["content"] == "person:Anna"


def test_form_framing_about_and_occasion_change(kept: Archive) -> None:
    change_form(kept, 1, form="mixed", who="Anna")
    change_framing(kept, 1, status="said", cue_class="emotive", who="Anna")
    change_about(kept, 1, about=[Target("quay", "+", (Span(15, 25),))], who="Anna")
    change_occasion(kept, 1, occasion=Occasion(id="", kind="call", when="2031-05-03"), who="Anna")
    found = statement(kept, 1)
    s = found.statement
    assert (s.form, s.status, s.cue_class, s.voice, found.said_on) == (
        "mixed",
        "said",
        "emotive",
        "speaker",
        "2031-05-03",
    )
    assert s.about == (Target("quay", "+", (Span(15, 25),)),)
    assert load_record(kept, 1).occasion("o2").kind == "call"
    assert statement(kept, 2).statement.occasion == "o1"


def test_a_missed_statement_is_added_and_may_be_corrected(kept: Archive) -> None:
    id = add_statement(kept, 1, MISSED, who="Anna")
    (entry,) = history(kept, article=1)
    assert entry.statement is not None
    assert load_record(kept, 1).statement("added-1").decided_by["content"] == "person:Anna"
    assert statement(kept, entry.statement).review == "added"
    change_form(kept, entry.statement, form="mixed", who="Ben")
    with pytest.raises(EditConflict, match="Ben changed the form"):
        undo(kept, id, who="Anna")
    with pytest.raises(RefusedEdit, match="over again"):
        add_statement(kept, 1, MISSED, who="Anna")


def test_two_persons_correct_the_same_statement(kept: Archive) -> None:
    change_speaker(kept, 1, name="Ito", who="Anna", seen=0)
    with pytest.raises(EditConflict, match=r"Anna changed the speaker \(speaker rena-holt -> ito\)"):
        change_speaker(kept, 1, name="Quay Radio", who="Ben", seen=0)
    assert statement(kept, 1).speaker == "Ito"
    change_speaker(kept, 1, name="Quay Radio", who="Ben", seen=1)
    confirm(kept, 2, who="Ben", seen=0)  # what happened to another statement is no conflict


def test_of_two_programs_at_once_the_second_is_told(kept: Archive, again: Callable[[], Archive]) -> None:
    with again() as other:
        assert statement(kept, 1).review is statement(other, 1).review is None  # both have seen it as it was
        change_speaker(kept, 1, name="Ito", who="Anna", seen=0)
        with pytest.raises(EditConflict, match="Anna"):
            confirm(other, 1, who="Ben", seen=0)
        confirm(other, 1, who="Ben", seen=1)
    assert statement(kept, 1).review == "confirmed"


def test_an_undo_leaves_other_fields_alone_and_guards_its_own(kept: Archive) -> None:
    first = change_form(kept, 1, form="mixed", who="Anna")
    change_framing(kept, 1, status="said", who="Anna")
    undo(kept, first, who="Anna")
    found = statement(kept, 1)
    assert (found.statement.form, found.statement.status, found.review) == ("indirect", "said", "changed")
    with pytest.raises(RefusedEdit, match="undone by"):
        undo(kept, first, who="Anna")

    second = change_form(kept, 1, form="direct", who="Anna")
    change_form(kept, 1, form="mixed", who="Ben")
    with pytest.raises(EditConflict, match="Ben changed the form"):
        undo(kept, second, who="Anna")
    undo(kept, second, who="Anna", overwrite=True)
    assert statement(kept, 1).statement.form == "indirect"


def test_an_undo_can_be_undone(kept: Archive) -> None:
    acts: tuple[Callable[[], int], ...] = (
        lambda: change_speaker(kept, 1, name="Mara Quill", new=True, who="Anna"),
        lambda: add_statement(kept, 1, MISSED, who="Anna"),
        lambda: reject(kept, 1, who="Anna"),
        lambda: merge_people(kept, find_person(kept, "Q1"), find_person(kept, "Quay Radio"), who="Anna"),
    )
    for act in acts:
        before = everything(kept)
        done = act()
        after = everything(kept)
        back = undo(kept, done, who="Ben")
        assert everything(kept) == before
        again = undo(kept, back, who="Ben")
        assert everything(kept) == after
        undo(kept, again, who="Ben")
        assert everything(kept) == before


def test_a_person_brought_back_is_whoever_has_their_key_by_now(kept: Archive) -> None:
    first = change_speaker(kept, 1, name="Mara Quill", new=True, who="Anna")
    back = undo(kept, first, who="Anna")
    second = change_speaker(kept, 2, name="Mara Quill", new=True, who="Anna")
    undo(kept, back, who="Anna")
    assert statement(kept, 1).person == statement(kept, 2).person == find_person(kept, "Mara Quill")
    undo(kept, second, who="Anna")
    assert statement(kept, 1).speaker == "Mara Quill"
    assert list(verify(kept)) == []


def test_two_people_become_one_with_all_they_said_and_who_comes_later(
    kept: Archive, records: tuple[Record, ...]
) -> None:
    holt, quay = find_person(kept, "Q1"), find_person(kept, "Quay Radio")
    merge_people(kept, quay, holt, who="Anna", why="they are one")
    assert {statement(kept, id).person for id in (1, 2)} == {quay}
    assert find_person(kept, "Q1") == quay
    with pytest.raises(RefusedEdit, match="merged into"):
        merge_people(kept, quay, holt, who="Anna")
    with pytest.raises(RefusedEdit, match="two people"):
        merge_people(kept, quay, quay, who="Anna")


def test_one_person_becomes_two(kept: Archive) -> None:
    holt = find_person(kept, "Q1")
    first, second = appearances(kept, holt)
    split_person(kept, holt, [second.entity], "Rena Holt (the pilot)", who="Anna")
    new = find_person(kept, "Rena Holt (the pilot)")
    assert (statement(kept, 1).person, statement(kept, 2).person) == (holt, new)
    with pytest.raises(RefusedEdit, match="one of person"):
        split_person(kept, new, [first.entity], "Somebody", who="Anna")


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (lambda a: confirm(a, 99, who="Anna"), NoSuchEntry),
        (lambda a: confirm(a, 1, who=" "), RefusedEdit),
        (lambda a: confirm(a, 1, who="An\nna"), RefusedEdit),
        (lambda a: confirm(a, 1, who="Anna", why="\0"), RefusedEdit),
        (lambda a: change_speaker(a, 1, person=99, who="Anna"), NoSuchEntry),
        (lambda a: change_speaker(a, 1, entity="nobody", who="Anna"), RefusedEdit),
        (lambda a: change_speaker(a, 1, name="A\0b", new=True, who="Anna"), RefusedEdit),
        (lambda a: change_speaker(a, 1, wikidata="42", who="Anna"), RefusedEdit),
        (lambda a: change_speaker(a, 1, wikidata="Q42", who="Anna"), RefusedEdit),
        (lambda a: change_about(a, 1, about=[Target("ito"), Target("ito")], who="Anna"), RecordError),
        (lambda a: change_occasion(a, 1, occasion="o9", who="Anna"), RefusedEdit),
        (lambda a: change_framing(a, 1, who="Anna"), RefusedEdit),
        (lambda a: change_form(a, 1, form="loud", who="Anna"), RecordError),  # type: ignore[arg-type]
        (lambda a: add_statement(a, 9, MISSED, who="Anna"), NoSuchEntry),
        (lambda a: undo(a, 9, who="Anna"), NoSuchEntry),
        (lambda a: merge_people(a, 1, 99, who="Anna"), NoSuchEntry),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_no_trace(
    kept: Archive, act: Callable[[Archive], int], error: type[Exception]
) -> None:
    before = everything(kept)
    with pytest.raises(error):
        act(kept)
    assert everything(kept) == before
    assert history(kept) == ()


def test_the_log_cannot_be_changed(kept: Archive) -> None:
    confirm(kept, 1, who="Anna", why="checked")
    for sql in (
        "UPDATE corrections SET who = 'Ben'",
        "UPDATE corrections SET why = ''",
        "UPDATE corrections SET before = '{}', after = '{}', why = '', who = 'Ben'",
        "DELETE FROM corrections",
    ):
        with pytest.raises(ArchiveError, match="append-only"):
            kept.database.run(sql)
    more = (
        "INSERT OR REPLACE INTO corrections SELECT id, at, 'Ben', action, article, statement, person, before, after,"
        " why, undoes FROM corrections"
        if kept.database.dialect == "sqlite"
        else "TRUNCATE corrections"
    )
    with pytest.raises(ArchiveError, match="append-only"):
        kept.database.run(more)
    (entry,) = history(kept)
    assert (entry.who, entry.why) == ("Anna", "checked")


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, int, Any]:
    """A kind of edit, a number to choose what it is done to, and a value."""
    kind = draw(
        st.sampled_from(
            "confirm reject speaker person nobody spans form framing about occasion add merge split undo".split()
        )
    )
    return kind, draw(st.integers(0, 9)), draw(st.integers(0, 40))


def perform(archive: Archive, kind: str, number: int, value: int) -> int:
    """The edit, done to one of what there is."""
    ids = [id for (id,) in archive.database.rows("SELECT id FROM statements ORDER BY id")]
    people = [id for (id,) in archive.database.rows("SELECT id FROM people ORDER BY id")]
    done = [id for (id,) in archive.database.rows("SELECT id FROM corrections ORDER BY id")]
    one, somebody = ids[number % len(ids)], people[value % len(people)]
    names = ("Ito", "Mara Quill", "Holt", "Tam Orly", "Quay Radio")
    span = Span(value, value + 1 + number)
    match kind:
        case "confirm":
            return confirm(archive, one, who="Anna")
        case "reject":
            return reject(archive, one, who="Ben")
        case "speaker":
            return change_speaker(archive, one, name=names[value % len(names)], new=True, who="Anna")
        case "person":
            return change_speaker(archive, one, person=somebody, who="Ben")
        case "nobody":
            return change_speaker(archive, one, who="Anna")
        case "spans":
            role = ("content", "source", "cue")[number % 3]
            return change_spans(archive, one, **{role: [span]}, who="Anna")  # type: ignore[arg-type]
        case "form":
            return change_form(archive, one, form=("direct", "indirect", "mixed")[value % 3], who="Anna")
        case "framing":
            return change_framing(archive, one, status=("said", "future")[value % 2], who="Ben")
        case "about":
            return change_about(archive, one, about=[Target("ito", "+", (span,))] if value % 2 else [], who="Anna")
        case "occasion":
            when = Occasion(id="", kind="speech", medium="quay", when=f"20{10 + value}")
            return change_occasion(archive, one, occasion=when if value % 3 else None, who="Anna")
        case "add":
            new = Statement(id="", content=(span,), form="direct", confidence=1, speaker="ito")
            return add_statement(archive, 1 + number % 2, new, who="Ben")
        case "merge":
            return merge_people(archive, people[number % len(people)], somebody, who="Anna")
        case "split":
            return split_person(
                archive, somebody, [a.entity for a in appearances(archive, somebody)][:1], "Xe", who="Ben"
            )
    return undo(archive, done[value % len(done)] if done else 0, who="Anna", overwrite=bool(number % 2))


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(steps=[("split", 1, 20), ("split", 8, 0), ("split", 3, 27), ("merge", 7, 35)])
@given(steps=st.lists(edits(), min_size=1, max_size=8))
def test_any_edits_undone_in_reverse_leave_the_record_as_it_was(
    kept: Archive, steps: list[tuple[str, int, Any]]
) -> None:
    before, records = everything(kept), [load_record(kept, id) for id in (1, 2, 3)]
    done = []
    for step in steps:
        held = everything(kept)
        try:
            done.append(perform(kept, *step))
        except (RefusedEdit, NoSuchEntry, RecordError, SpanError):
            assert everything(kept) == held
        assert list(verify(kept)) == []
    for id in reversed(done):
        undo(kept, id, who="Anna")
    assert everything(kept) == before
    assert [load_record(kept, id) for id in (1, 2, 3)] == records
