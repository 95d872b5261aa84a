"""A transcript becomes what was said, turn by turn, each with its speaker and its place."""

from __future__ import annotations

import datetime

import pytest

from onrecord.records import Article, Entity, Provenance, Record, Statement
from onrecord.spans import Span
from onrecord.tracing.transcripts import held_on, originals_of, originals_of_record, turns

HEARING = """Transcript of the hearing held at the harbour office, 8 April 2025. In English unless marked.

RENA HOLT, harbour master: Good afternoon. The cause was: a valve.
It was old.

OLA FERN, Quay Herald: Did you know?

HOLT: We knew it was slow.

A further paragraph of hers.

DR. ANA QUILL [in French]: Je ne pars pas fâchée.

(Ends 15:26)
"""


def test_each_turn_is_an_original() -> None:
    found = originals_of(Article(HEARING))
    assert [(o.id, o.names[0], o.language) for o in found] == [
        ("1", "RENA HOLT, harbour master", "en"),
        ("2", "OLA FERN, Quay Herald", "en"),
        ("3", "RENA HOLT, harbour master", "en"),
        ("4", "DR. ANA QUILL", "fr"),
    ]
    assert found[0].text == "Good afternoon. The cause was: a valve.\nIt was old."
    assert found[2].text == "We knew it was slow.\n\nA further paragraph of hers."
    assert found[3].text == "Je ne pars pas fâchée."
    assert [o.after for o in found] == ["", "", "Did you know?", ""]
    for original in found:
        assert Span(original.start, original.start + len(original.text)).slice(HEARING) == original.text


def test_the_day_is_read_from_the_heading() -> None:
    day = datetime.date(2025, 4, 8)
    assert held_on(Article(HEARING)) == day
    assert held_on(Article(HEARING.replace("8 April 2025", "April 8th, 2025"))) == day
    assert held_on(Article(HEARING.replace("8 April 2025", "2025-04-08"))) == day
    assert held_on(Article(HEARING.replace("8 April 2025", "31 February 2025"))) is None
    assert held_on(Article(HEARING, published=datetime.date(2024, 1, 1))) == datetime.date(2024, 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "Rena Holt said it was old.\n\nNobody answered.",
        "Note: this was edited.\n\nSource: our own.",
        "The price: 7 francs.\n\nnothing else: no.",
        "One speaker only:\n",
        "",
    ],
)
def test_a_text_without_labels_has_no_turns(text: str) -> None:
    assert turns(text) == ()


def test_without_labels_each_paragraph_is_somebodys() -> None:
    found = originals_of(Article("We knew it was slow.\n\n  It was old. "))
    assert [(o.text, o.names, o.start) for o in found] == [("We knew it was slow.", (), 0), ("It was old.", (), 24)]


def test_the_quotations_of_another_article_can_be_what_was_said() -> None:
    text = "“We knew,” said Rena Holt. “It was old.” She denied the rest."
    statement = Statement(
        id="1",
        content=(Span(0, 10), Span(27, 40)),
        source=(Span(16, 25),),
        form="direct",
        confidence=0.9,
        speaker="holt",
    )
    report = Statement(id="2", content=(Span(52, 60),), form="indirect", confidence=0.9)
    holt = Entity(id="holt", name="Rena Holt", kind="person")
    record = Record(Article(text), (statement, report), Provenance("0"), (holt,))
    assert [(o.id, o.text, o.names) for o in originals_of_record(record)] == [
        ("1", "“We knew,”", ("Rena Holt",)),
        ("1", "“It was old.”", ("Rena Holt",)),
    ]
