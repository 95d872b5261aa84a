"""Stretches of time, and the marks under which dates are indexed.

A date is indexed by its year, its month and its day, as far as it is known: 2017-05-07 as y2017, m201705 and d20170507,
the month 2017-05 as y2017 and m201705, the week 2017-W18 as y2017, w2017w18 and, if it lies in one month, that month.
A range is then a few marks of which one must stand there, and what is known less exactly than the range is cut is
found only when it lies in the range with all its days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from onrecord.errors import QueryError

DAY = timedelta(days=1)
WRITTEN = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?|-?[Ww](\d{1,2}))?")
RANGE = re.compile(r"\s*(.*?)\s*(?:\.\.\.?|…)\s*(.*?)\s*")
TODO = "Write 2017, 2017-05, 2017-05-07, 2017-W18, or a range of two as 2017-05..2017-06"


@dataclass(frozen=True, slots=True)
class Range:
    """From the first day to the last, both in it; None is without end."""

    first: date | None = None
    last: date | None = None

    def __post_init__(self) -> None:
        if self.first and self.last and self.last < self.first:
            raise QueryError(f"the range {self.first}..{self.last}", "the earlier date first", "Turn it round")

    @classmethod
    def parse(cls, written: str) -> Self:
        """The range that `written` names: a date, month, week or year, or two of them. Raises QueryError.

        >>> Range.parse("2017-05..2017-06")
        Range(first=datetime.date(2017, 5, 1), last=datetime.date(2017, 6, 30))
        """
        two = RANGE.fullmatch(written)
        if two is None:
            first, last = _span(written.strip(), written)
            return cls(first, last)
        if not (two[1] or two[2]):
            raise QueryError(f"the range {written!r}", "a date at one end of it at least", TODO)
        return cls(_span(two[1], written)[0] if two[1] else None, _span(two[2], written)[1] if two[2] else None)

    def __str__(self) -> str:
        return f"{self.first or ''}..{self.last or ''}"


def marks_of(written: str | None) -> list[str]:
    """The marks of a date as the archive keeps it; ["none"] where there is none."""
    if not written:
        return ["none"]
    first, last = _span(written, written)
    marks = [f"y{first:%Y}"] if first.year == last.year else []
    if first == last:
        return [*marks, f"m{first:%Y%m}", f"d{first:%Y%m%d}"]
    if first.year == last.year and first.month == last.month:
        marks.append(f"m{first:%Y%m}")
    if "W" in written:
        marks.append(_week(first))
    return marks


def marks_within(during: Range, years: Sequence[int]) -> list[str]:
    """The marks of which whatever lies in `during` has one. `years` are those that the archive has at all."""
    if not years:
        return []
    first = max(during.first or date.min, date(min(years), 1, 1))
    last = min(during.last or date.max, date(max(years), 12, 31))
    marks: list[str] = []
    at = first
    while at <= last:
        year_end, month_end = date(at.year, 12, 31), _month_end(at)
        if at.day == 1 and at.month == 1 and year_end <= last:
            marks += [f"y{at:%Y}"] if at.year in years else []
            at = _next(year_end)
        elif at.year not in years:
            at = _next(min(year_end, last))
        elif at.day == 1 and month_end <= last:
            marks.append(f"m{at:%Y%m}")
            at = _next(month_end)
        else:
            marks.append(f"d{at:%Y%m%d}")
            at = _next(at)
        if at == date.max:
            break
    return [*marks, *_weeks_at_the_ends(first, last)]


def _weeks_at_the_ends(first: date, last: date) -> Iterator[str]:
    """Weeks in the range that no year or month of it covers: near its ends, or from one into the next."""
    monday = first + DAY * (-first.weekday() % 7)
    while monday + 6 * DAY <= last:
        sunday = monday + 6 * DAY
        near = monday - first < 32 * DAY or last - monday < 38 * DAY
        parted = monday.month != sunday.month and {monday.year, sunday.year} & {first.year, last.year}
        if near or parted or monday.year != sunday.year:
            yield _week(monday)
        monday += 7 * DAY


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"w{year}w{week:02}"


def _month_end(day: date) -> date:
    if day.month == 12:
        return date(day.year, 12, 31)
    return date(day.year, day.month + 1, 1) - DAY


def _next(day: date) -> date:
    return date.max if day == date.max else day + DAY


def _span(written: str, whole: str) -> tuple[date, date]:
    found = WRITTEN.fullmatch(written)
    if found is None:
        raise QueryError(f"the date {whole!r}", "a date, a month, a week or a year", TODO)
    year, month, day, week = (int(part) if part else None for part in found.groups())
    try:
        if week:
            monday = date.fromisocalendar(year or 0, week, 1)
            return monday, monday + 6 * DAY
        if day:
            exact = date(year or 0, month or 0, day)
            return exact, exact
        if month:
            begins = date(year or 0, month, 1)
            return begins, _month_end(begins)
        return date(year or 0, 1, 1), date(year or 0, 12, 31)
    except (ValueError, OverflowError) as error:
        raise QueryError(f"the date {whole!r} ({error})", "one of the calendar", TODO) from None
