"""A statement is taken out of its record with all that tracing asks for."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from carried import carrier
from full import full_record
from onrecord.tracing.gathering.carriers import carriers_of, days_between, in_time, is_turn, quoted_words, speakers_are


def test_a_statement_brings_its_speaker_its_occasion_and_what_stands_around_it() -> None:
    (found,) = carriers_of(full_record())
    assert (found.id, found.words, found.form, found.status) == ("a#1", "that Ito was wrong", "indirect", "denied")
    assert (found.speaker, found.person, found.described) == ("Rena Holt", "Q1", False)
    assert (found.kind, found.medium, found.said, found.via) == ("interview", "Quay Radio", "2031-05-04", "Quay Radio")
    assert found.around == "Rena Holt told Quay Radio ."


def test_the_day_is_that_of_the_saying_or_else_of_the_printing() -> None:
    printed = datetime.date(2031, 5, 6)
    assert carrier("x", said="2031-05-04").day == datetime.date(2031, 5, 4)
    assert carrier("x", said="2031-05").day == printed
    assert carrier("x", said="2031-W18").day == printed
    assert carrier("x", day=None).day is None


@pytest.mark.parametrize(
    ("left", "right", "relation"),
    [
        ({"speaker": "Rena Holt"}, {"speaker": "Holt"}, "same"),
        ({"speaker": "Rena Holt"}, {"speaker": "Mayor Rena Holt"}, "same"),
        ({"speaker": "Željko Ito"}, {"speaker": "Zeljko Ito"}, "same"),
        ({"speaker": "Rena Holt"}, {"speaker": "Ana Holt"}, "other"),
        ({"speaker": "Rena Holt"}, {"speaker": "Kenji Ito"}, "other"),
        ({"speaker": "Rena Holt", "person": "Q1"}, {"speaker": "The Mayor", "person": "Q1"}, "same"),
        ({"speaker": "Rena Holt", "person": "Q1"}, {"speaker": "Rena Holt", "person": "Q2"}, "other"),
        ({"speaker": "Rena Holt"}, {"speaker": None}, "unknown"),
        ({"speaker": "Rena Holt"}, {"speaker": "an official", "described": True}, "unknown"),
        ({"speaker": "Rena Holt"}, {"speaker": "Рена Холт"}, "unknown"),  # another alphabet
        ({"speaker": "—"}, {"speaker": "Rena Holt"}, "unknown"),
    ],
)
def test_who_is_who(left: dict[str, Any], right: dict[str, Any], relation: str) -> None:
    one, two = carrier("x", **left), carrier("x", **right)
    assert speakers_are(one, two) == speakers_are(two, one) == relation


def test_days_are_counted_only_between_dates() -> None:
    assert days_between(carrier("x", day="2031-05-06"), carrier("x", day="2031-05-01")) == 5
    assert days_between(carrier("x", day=None), carrier("x")) is None


def test_carriers_without_a_date_come_last() -> None:
    early, late, never = carrier("x", day="2031-01-01"), carrier("x", day="2031-02-01"), carrier("x", day=None)
    assert sorted([never, late, early], key=in_time) == [early, late, never]


@pytest.mark.parametrize(
    ("form", "words", "quoted"),
    [
        ("direct", "“All of it”", "“All of it”"),
        ("mixed", "that it was “an old valve” and “a cold one”", "an old valve a cold one"),
        ("mixed", 'that it was "an old valve"', "an old valve"),
        ("mixed", "that it was ‘the mayor’s valve’", "the mayor’s valve"),
        ("indirect", "that it was an old valve", ""),
        ("mixed", "why it was called so: “We had asked", "We had asked"),  # the mark is closed elsewhere
    ],
)
def test_quoted_words_are_those_in_marks(form: str, words: str, quoted: str) -> None:
    assert quoted_words(carrier(words, form=form)) == quoted


def test_a_turn_is_direct_speech_without_marks() -> None:
    assert is_turn(carrier("It is an old valve."))
    assert not is_turn(carrier("“It is an old valve.”"))
    assert not is_turn(carrier("It is an old valve.", form="indirect"))


def test_content_in_pieces_keeps_the_cue_out_of_the_words() -> None:
    record = full_record()
    (statement,) = record.statements
    first, second = statement.content[0].start, statement.content[0].end
    span = type(statement.content[0])
    pieces = (span(first, first + 8), span(second - 5, second))
    (found,) = carriers_of(replace(record, statements=(replace(statement, content=pieces),)))
    assert found.words == "that Ito wrong"
