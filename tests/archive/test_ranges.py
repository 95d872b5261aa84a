"""Dates and ranges, and the marks by which what lies in a range is found."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.archive.searching.ranges import Range, marks_of, marks_within
from onrecord.errors import QueryError

YEARS = range(2014, 2021)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2017", date(2017, 1, 1), date(2017, 12, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2017-05-07", date(2017, 5, 7), date(2017, 5, 7)),
        ("2017-W18", date(2017, 5, 1), date(2017, 5, 7)),
        ("2017-05..2017-06", date(2017, 5, 1), date(2017, 6, 30)),
        ("2017-5 .. 2017-6-3", date(2017, 5, 1), date(2017, 6, 3)),
        ("..2017", None, date(2017, 12, 31)),
        ("2017..", date(2017, 1, 1), None),
        ("2017…2018", date(2017, 1, 1), date(2018, 12, 31)),
    ],
)
def test_a_range_is_read_from_what_people_write(written: str, first: date | None, last: date | None) -> None:
    assert Range.parse(written) == Range(first, last)


@pytest.mark.parametrize(
    "written", ["", "..", "yesterday", "2017-13", "2017-02-30", "17", "2018..2017", "2017-W60", "0000", "2017-05-07x"]
)
def test_what_is_no_date_is_explained(written: str) -> None:
    with pytest.raises(QueryError, match="wanted"):
        Range.parse(written)


DAYS = st.dates(date(2014, 1, 1), date(2020, 12, 31))


def spans(day: date) -> dict[str, tuple[date, date]]:
    """The day, its month, its year and its week as they are written, with the days they hold."""
    month = date(day.year, day.month, 1)
    after = (month + timedelta(days=32)).replace(day=1)
    monday = day - timedelta(days=day.weekday())
    year, week, _ = day.isocalendar()
    return {
        day.isoformat(): (day, day),
        f"{day:%Y-%m}": (month, after - timedelta(days=1)),
        f"{day:%Y}": (date(day.year, 1, 1), date(day.year, 12, 31)),
        f"{year}-W{week:02}": (monday, monday + timedelta(days=6)),
    }


@given(DAYS, DAYS, DAYS)
def test_a_range_finds_exactly_what_lies_in_it_with_all_its_days(one: date, other: date, day: date) -> None:
    first, last = sorted((one, other))
    wanted = set(marks_within(Range(first, last), YEARS))
    for written, (begins, ends) in spans(day).items():
        found = bool(wanted & set(marks_of(written)))
        assert found is (first <= begins and ends <= last), written


@given(DAYS)
def test_an_open_range_goes_as_far_as_there_are_years(day: date) -> None:
    assert set(marks_within(Range(day, None), YEARS)) & set(marks_of("2020-12-31"))
    assert set(marks_within(Range(None, day), YEARS)) & set(marks_of("2014-01-01"))
    assert marks_within(Range(day, None), []) == []


def test_a_year_that_the_archive_lacks_costs_nothing() -> None:
    assert marks_within(Range(date(1000, 1, 1), date(3000, 1, 1)), [2017])[:1] == ["y2017"]
    assert len(marks_within(Range(None, None), [1900, 2017])) < 200
