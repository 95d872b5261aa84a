"""A whole article against a transcript: who is meant, what rests on what, and what is claimed for another occasion."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from onrecord.records import Article, Candidate, Entity, Occasion, Provenance, Record, Statement
from onrecord.spans import Span
from onrecord.tracing.carrying import carried_of, check
from onrecord.tracing.judging.scene import Stage
from onrecord.tracing.transcripts import originals_of

HEARING = Article(
    "RENA HOLT, harbour master: We knew the pump was old. The skipper told me he took it for a star.\n\n"
    "KENJI ITO, mayor: The budget was mine and I would do it again.\n"
)
ORIGINALS = originals_of(HEARING)
HELD = datetime.date(2025, 4, 8)
ENTITIES = (
    Entity(id="holt", name="Rena Holt", kind="person", aka=("the harbour master",)),
    Entity(id="ito", name="Kenji Ito", kind="person"),
    Entity(id="star", name="a grey-haired man", kind="person", named=False),
    Entity(id="blare", name="The Blare", kind="organisation"),
    Entity(id="skipper", name="the skipper", kind="person", named=False),
)


def record_of(text: str, *statements: dict[str, Any], occasions: tuple[Occasion, ...] = ()) -> Record:
    """A record of statements given by the words of their roles."""
    made = []
    for n, given in enumerate(statements, start=1):
        roles = [role for role in ("content", "source", "cue") if role in given]
        spans: dict[str, Any] = {role: _span(text, given.pop(role)) for role in roles}
        fields: dict[str, Any] = {"id": str(n), "form": "direct", "confidence": 1.0, **spans, **given}
        made.append(Statement(**fields))
    return Record(Article(text, published=datetime.date(2025, 4, 9)), tuple(made), Provenance("0"), ENTITIES, occasions)


def _span(text: str, words: str) -> tuple[Span, ...]:
    start = text.index(words)
    return (Span(start, start + len(words)),)


def kinds(record: Record, held: datetime.date | None = HELD) -> list[str]:
    return [one.verdict.kind for one in check(record, ORIGINALS, None, held)]


def test_every_statement_gets_a_verdict_in_reading_order() -> None:
    text = "“We knew the pump was old,” Holt said. “I knew,” Ito said. “We knew the pump was old,” the mayor said."
    record = record_of(
        text,
        {"content": "“We knew the pump was old,”", "source": "Holt", "speaker": "holt"},
        {"content": "“We knew the pump was old,” the", "source": "mayor", "speaker": "ito"},
    )
    assert [one.statement.id for one in check(record, ORIGINALS)] == ["1", "2"]
    assert kinds(record)[0] == "verbatim"


def test_words_given_to_another_speaker_are_misattributed_unless_a_pronoun_may_be_the_right_one() -> None:
    text = "“We knew the pump was old,” he said."
    given = {"content": "“We knew the pump was old,”", "source": "he", "cue": "said", "speaker": "ito"}
    assert kinds(record_of(text, {**given})) == ["misattributed"]
    candidates = (Candidate("ito", 0.7), Candidate("holt", 0.2))
    assert kinds(record_of(text, {**given, "candidates": candidates})) == ["verbatim"]


def test_a_floating_quotation_has_the_speaker_it_is_carried_from() -> None:
    text = "“We knew the pump was old,” Holt said. Silence. “The budget was mine and I would do it again.”"
    record = record_of(
        text,
        {"content": "“We knew the pump was old,”", "source": "Holt", "speaker": "holt"},
        {"content": "“The budget was mine and I would do it again.”", "carried_from": "1"},
    )
    assert kinds(record) == ["verbatim", "misattributed"]


def test_what_stands_in_a_quotation_is_carried_as_that_is() -> None:
    text = "“The skipper told me he took it for a star,” Holt said."
    record = record_of(
        text,
        {"content": "“The skipper told me he took it for a star,”", "source": "Holt", "speaker": "holt"},
        {"content": "he took it for a star", "form": "indirect", "within": "1", "speaker": "skipper"},
    )
    outer, inner = check(record, ORIGINALS)
    assert (outer.verdict.kind, inner.verdict.kind) == (
        "trimmed",
        "trimmed",
    ) or outer.verdict.kind == inner.verdict.kind
    assert inner.verdict.spans[0].slice(HEARING.text) == "he took it for a star"


def test_words_relayed_by_a_speaker_are_looked_for_in_her_words() -> None:
    text = "The skipper had told her that he took it for a star, Holt said."
    record = record_of(
        text, {"content": "that he took it for a star", "form": "indirect", "speaker": "skipper", "relayed_by": "holt"}
    )
    assert carried_of(record, record.statements[0], ORIGINALS).names == ("Rena Holt", "the harbour master")
    assert kinds(record) == ["paraphrased"]


def test_what_one_outlet_says_another_printed_is_two_statements() -> None:
    text = "Holt came. According to The Blare, Ito bragged that the budget was his and he would do it again."
    record = record_of(
        text,
        {
            "content": "Ito bragged that the budget was his and he would do it again",
            "cue": "According to",
            "source": "The Blare",
            "form": "indirect",
            "speaker": "blare",
        },
    )
    outer, inner = check(record, ORIGINALS, None, HELD)
    assert (outer.verdict.kind, inner.statement.id) == ("elsewhere", "1.1")
    assert inner.carried.names == ("Ito",)
    assert inner.verdict.utterance == ("2",)


@pytest.mark.parametrize(
    ("occasion", "foreign"),
    [
        ({"date": "2023"}, True),
        ({"date": "Earlier this year"}, True),
        ({"date": "in August"}, True),
        ({"date": "Tuesday"}, False),
        ({"date": "Tuesday", "when": "2025-04-08"}, False),
        ({"date": "last Friday", "when": "2025-03-28"}, True),
        ({"date": "April", "when": "2025-04"}, False),
        ({"kind": "interview"}, True),
        ({"kind": "press_conference"}, False),
    ],
)
def test_a_statement_may_be_placed_on_another_occasion(occasion: dict[str, Any], foreign: bool) -> None:
    text = "“Never chase the calendar, my friends, for it will win,” Ito said."
    record = record_of(
        text,
        {"content": "“Never chase the calendar, my friends, for it will win,”", "speaker": "ito", "occasion": "o"},
        occasions=(Occasion(id="o", **occasion),),
    )
    scene = Stage(day=HELD, kinds=frozenset(("hearing",)))
    assert bool(carried_of(record, record.statements[0], ORIGINALS, scene).foreign) == foreign
    assert kinds(record) == ["elsewhere" if foreign else "unfounded"]


def test_a_quotation_in_which_no_statement_was_found_is_checked_too() -> None:
    text = "Ito sat. “We knew the pump was new.” A so-called “grudge index” followed. “It rained all of that week.”"
    record = record_of(text)
    assert [(one.statement.id, one.verdict.kind) for one in check(record, ORIGINALS, None, HELD)] == [
        ("q1", "altered"),
        ("q2", "elsewhere"),
    ]


def test_somebody_only_described_may_be_anybody() -> None:
    text = "“We knew the pump was old,” sighed a grey-haired man."
    record = record_of(
        text, {"content": "“We knew the pump was old,”", "source": "a grey-haired man", "speaker": "star"}
    )
    assert carried_of(record, record.statements[0], ORIGINALS).described
    assert kinds(record) == ["verbatim"]


def test_who_was_told_is_not_taken_for_the_one_who_spoke() -> None:
    text = "Eleven callers were told that the pump was old."
    record = record_of(
        text, {"content": "that the pump was old", "source": "Eleven callers", "cue": "were told", "form": "indirect"}
    )
    assert carried_of(record, record.statements[0], ORIGINALS).names == ()


def test_a_medium_that_quotes_somebody_is_not_the_speaker() -> None:
    text = "“The budget was mine and I would do it again”, The Blare quotes the man."
    content = "“The budget was mine and I would do it again”"
    quoting = record_of(text, {"content": content, "source": "The Blare", "cue": "quotes", "speaker": "blare"})
    assert kinds(quoting) == ["verbatim"]
    saying = record_of(
        text.replace("quotes the man", "said"),
        {"content": content, "source": "The Blare", "cue": "said", "speaker": "blare"},
    )
    assert kinds(saying) == ["misattributed"]


def test_what_is_said_over_and_over_is_claimed_for_no_one_occasion() -> None:
    text = "Holt has been asking the town to be patient with her since the spring."
    record = record_of(
        text,
        {
            "content": "the town to be patient with her since the spring",
            "source": "Holt",
            "cue": "has been asking",
            "speaker": "holt",
            "form": "indirect",
        },
    )
    assert carried_of(record, record.statements[0], ORIGINALS).foreign == "has been asking"
    assert kinds(record) == ["elsewhere"]


def test_a_quotation_beside_another_in_another_language_has_its_speaker() -> None:
    text = "“We knew the pump was old,” (« Nous savions que la pompe était vieille ») Rena Holt said."
    record = record_of(text, {"content": "“We knew the pump was old,”", "source": "Rena Holt", "speaker": "holt"})
    _, beside = check(record, ORIGINALS, None, HELD)
    assert (beside.statement.id, beside.carried.names[0]) == ("q1", "Rena Holt")
