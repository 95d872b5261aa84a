"""Dates in news, resolved against the day of publication; `evals/dates.tsv` has more of them, and keeps the score."""

from __future__ import annotations

import datetime

import pytest

from onrecord.finding.occasions.dates import find_dates
from onrecord.spans import Span

MONDAY = datetime.date(2031, 5, 5)


def resolved(text: str, published: datetime.date | None = MONDAY) -> list[tuple[str, str | None]]:
    return [(found.words, found.when) for found in find_dates(text, published)]


@pytest.mark.parametrize(
    ("text", "words", "when"),
    [
        ("Holt spoke on Sunday.", "Sunday", "2031-05-04"),
        ("Holt spoke on Monday.", "Monday", "2031-05-05"),  # the day of publication itself
        ("Holt will speak on Friday.", "Friday", "2031-05-09"),
        ("Holt said on Friday that he would go.", "Friday", "2031-05-02"),  # what he will do is not when he said it
        ("“I will go,” Holt said on Friday.", "Friday", "2031-05-02"),  # nor is what he said
        ("On Friday the board will vote.", "Friday", "2031-05-09"),
        ("The gym opens Friday.", "Friday", "2031-05-09"),
        ("Tuesday night's vote was close.", "Tuesday night's", "2031-04-29"),
        ("It ends Friday week.", "Friday week", "2031-05-16"),
        ("He spoke late on Tuesday.", "late on Tuesday", "2031-04-29"),
        ("He spoke the day before yesterday.", "the day before yesterday", "2031-05-03"),
        ("Two weeks ago he left.", "Two weeks ago", "2031-W17"),
        ("In March he left.", "In March", "2031-03"),
        ("In August he left.", "In August", "2030-08"),  # the last one, not the next
        ("Its March newsletter denied it.", "March", "2031-03"),
        ("In March last year he left.", "In March last year", "2030-03"),
        ("The summer of 2029 was wet.", "The summer of 2029", "2029"),
        ("On the 28th he left.", "On the 28th", "2031-04-28"),
        ("He left on May 2, 2030.", "May 2, 2030", "2030-05-02"),
        ("Dated 20/05/2030.", "20/05/2030", "2030-05-20"),
        ("Dated 05/06/2030.", "05/06/2030", None),  # May or June
        ("Dated 31 February.", "31 February", None),
    ],
)
def test_an_expression_is_as_precise_as_its_words(text: str, words: str, when: str | None) -> None:
    assert resolved(text) == [(words, when)]


@pytest.mark.parametrize(
    "text",
    [
        "Holt may say more.",
        "April Ito laughed.",
        "It was a wet Tuesday.",
        "Every Sunday he sang.",
        "He is closed on Mondays.",
        "Good Friday was quiet.",
        "The Sunday Courier called it a joke.",
        "The 21st century began.",
    ],
)
def test_some_words_of_the_calendar_are_no_date(text: str) -> None:
    assert resolved(text) == []


def test_the_next_day_is_counted_from_the_day_told_before() -> None:
    assert resolved("On Tuesday he signed; the next day he wept.")[1] == ("the next day", "2031-04-30")
    assert resolved("Two days earlier he had signed.") == [("Two days earlier", None)]


def test_without_a_day_of_publication_only_what_is_told_whole_is_resolved() -> None:
    text = "On Sunday, on 5 May and in March he said what he said on 2 May 2030, in June 2029 and in 2014."
    assert [when for _, when in resolved(text, None)] == [None, None, None, "2030-05-02", "2029-06", "2014"]


def test_only_the_given_stretch_is_read() -> None:
    text = "On Friday it rained. On Sunday it shone."
    found = list(find_dates(text, MONDAY, Span(21, len(text))))
    assert [date.span.slice(text) for date in found] == ["Sunday"]
