"""A statement is taken out of its record with all that tracing asks for."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from carried import carrier
from full import full_record
from onrecord.spans import Span
from onrecord.tracing.gathering.carriers import (
    carriers_of,
    credit_of,
    days_between,
    in_article,
    in_time,
    is_turn,
    quoted_words,
    speakers_are,
    words_at,
)


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
        ({"speaker": "Rena Holt"}, {"speaker": "Рена Холт"}, "same"),  # another alphabet
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


@pytest.mark.parametrize(
    ("text", "language", "credit"),
    [
        ("The valve was old.\n\nSource: Quay Herald", "en", "Quay Herald"),
        ("Das Ventil war alt.\n\nQuelle: Quay Herald", "de", "Quay Herald"),
        ("Вентиль был старым.\n\nИсточник: Quay Herald", "ru", "Quay Herald"),
        ("La vanne était vieille.\n\nSource : Quay Herald", "fr", "Quay Herald"),
        ("La válvula era vieja. (Coastline)", "es", "Coastline"),
        ("NORDHAVN, May 6 (Coastline) - The valve was old.", "en", "Coastline"),
        ("The source of the leak: a valve.\n\nIt was old.", "en", ""),
        ("The valve was old. (From agency and local reports)", "en", ""),
        ("The valve (an old one) was closed.\n\nNobody said why.", "en", ""),
        ("Via the harbour road the boats came home.\n\nAll were late.", "en", ""),
        ("", "en", ""),
    ],
)
def test_an_article_names_its_source_in_a_line_of_its_own(text: str, language: str, credit: str) -> None:
    assert credit_of(text, language) == credit


def test_words_are_found_again_in_the_article_they_come_from() -> None:
    text = "“It is an old valve,” Holt said, “and we had asked.”"
    pieces = Span(0, 21), Span(text.index("“and"), len(text))
    one = replace(carrier("x"), words=" ".join(piece.slice(text) for piece in pieces), spans=pieces)
    at = one.words.index("we had")
    assert in_article(one, Span(at, at + 6)).slice(text) == "we had"
    assert in_article(one, Span(4, at + 2)).slice(text) == text[4 : text.index("we had") + 2]
    assert words_at(one, Span(text.index("old"), text.index("had"))) == "old valve,” “and we "


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("Илва Маренко", "Ilva Marenko", "same"),
        ("Ilwa Marenko", "Ilva Marenko", "same"),
        ("Маренко", "Jonas Wieland", "other"),
        ("Captain Holt", "Rena Holt", "same"),
    ],
)
def test_one_speaker_may_be_written_in_several_scripts(one: str, other: str, relation: str) -> None:
    assert speakers_are(carrier("x", speaker=one), carrier("x", speaker=other)) == relation
