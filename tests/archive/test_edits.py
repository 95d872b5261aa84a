"""Statements as JSON values and back; what differs; what a person changes is theirs in `decided_by`."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from full import full_record
from onrecord.archive.correcting.edits import (
    added,
    difference,
    fitted,
    patched,
    statement_of,
    values_of,
    with_about,
    with_form,
    with_framing,
    with_spans,
    with_speaker,
)
from onrecord.errors import RecordError, SpanError
from onrecord.records import Entity, Occasion, Statement, Target
from onrecord.records.codec import from_patch, to_patch
from onrecord.spans import Span

RECORD = full_record()
(SAID,) = RECORD.statements
TEXT = RECORD.article.text
places = st.tuples(st.integers(0, 50), st.integers(1, 9)).map(lambda pair: Span(pair[0], min(53, sum(pair))))


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    """Statements of the full record's article, of every kind."""
    spans = fitted(draw(st.lists(places.filter(lambda s: s.trim(TEXT) is not None), min_size=1, max_size=3)), TEXT)
    return Statement(
        id="1",
        content=spans,
        source=draw(st.sampled_from([(), (Span(0, 9),)])),
        form=draw(st.sampled_from(["direct", "indirect", "mixed"])),
        confidence=draw(st.floats(0, 1)),
        speaker=draw(st.sampled_from([None, "rena-holt", "ito"])),
        status=draw(st.sampled_from(["said", "question", "denied"])),
        about=tuple(Target(e, "+", spans) for e in draw(st.sets(st.sampled_from(["ito", "quay"])))),
        decided_by=draw(st.dictionaries(st.sampled_from(["form", "speaker", "content"]), st.text(max_size=5))),
    )


@given(statements())
def test_values_give_the_statement_back(statement: Statement) -> None:
    assert statement_of(values_of(statement)) == statement


@given(statements(), statements())
def test_the_difference_leads_there_and_back(a: Statement, b: Statement) -> None:
    before, after = difference(values_of(a), values_of(b))
    assert patched(a, after) == b
    assert patched(b, before) == a
    assert all(before[name] != after[name] for name in before)


def test_entities_and_occasions_come_back() -> None:
    assert tuple(from_patch(Entity, to_patch(e)) for e in RECORD.entities) == RECORD.entities
    assert tuple(from_patch(Occasion, to_patch(o)) for o in RECORD.occasions) == RECORD.occasions


def test_what_a_person_changes_is_theirs_and_the_rest_stays() -> None:
    changed = with_framing(with_form(SAID, "mixed", "anna"), "ben", voice="outlet")
    assert (changed.form, changed.voice, changed.status) == ("mixed", "outlet", "denied")
    assert dict(changed.decided_by) == {"form": "person:anna", "speaker": "full name", "voice": "person:ben"}
    assert with_speaker(SAID, None, "anna").reason == "a reader could not tell"
    assert with_speaker(with_speaker(SAID, None, "anna"), "ito", "anna").reason is None
    about = with_about(SAID, [Target("quay", "+", (Span(14, 25),))], TEXT, "anna")
    assert about.about == (Target("quay", "+", (Span(15, 25),)),)


def test_a_found_statement_is_a_persons_in_every_field() -> None:
    found = added(replace(SAID, decided_by={}), TEXT, "anna", "added-1")
    assert found.id == "added-1"
    assert set(found.decided_by.values()) == {"person:anna"}
    assert {"content", "source", "cue", "form", "speaker", "status", "occasion", "about"} <= set(found.decided_by)


@pytest.mark.parametrize(
    ("spans", "fit"),
    [
        ([Span(26, 44)], (Span(26, 44),)),
        ([Span(25, 45)], (Span(26, 45),)),
        ([Span(31, 38), Span(26, 31)], (Span(26, 30), Span(31, 38))),  # each loses its white space
        ([Span(26, 40), Span(30, 44)], (Span(26, 44),)),
    ],
)
def test_spans_are_sorted_joined_and_without_white_space_at_their_edges(
    spans: list[Span], fit: tuple[Span, ...]
) -> None:
    assert with_spans(SAID, TEXT, "anna", content=spans).content == fit


def test_spans_outside_the_text_and_of_white_space_are_refused() -> None:
    with pytest.raises(SpanError):
        fitted([Span(50, 54)], TEXT)
    with pytest.raises(RecordError, match="white space"):
        fitted([Span(4, 5)], TEXT)
