"""A date of publication as files and exports write it; what could mean two days means none.

2024-02-06   2024-02-06T09:30:00Z   20240206   Tue, 06 Feb 2024 09:30:00 +0000   6 February 2024
February 6, 2024 Tuesday   06/02/2024: none, for it may be 2 June; 26/02/2024: 26 February
"""

from __future__ import annotations

import datetime
import re

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NAMED = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
DAY_FIRST = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ .-]+(?P<month>{NAMED})\.?,?[ -]+(?P<year>\d{{4}})\b", re.I
)
MONTH_FIRST = re.compile(rf"\b(?P<month>{NAMED})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b", re.I)
YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)")
COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:\d{6}|T\d{4,6}Z?)?$")
IN_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")


def date_from(value: str) -> datetime.date | None:
    """The day that `value` names in one of the ways above, as it is written, without a change of time zone."""
    value = value.strip()[:80]
    for pattern in (YEAR_FIRST, COMPACT):
        if match := pattern.match(value):
            return _date(int(match["year"]), int(match["month"]), int(match["day"]))
    for pattern in (DAY_FIRST, MONTH_FIRST):
        if match := pattern.search(value):
            month = MONTHS.index(match["month"][:3].lower()) + 1
            return _date(int(match["year"]), month, int(match["day"]))
    if match := IN_NUMBERS.match(value):
        first, second, year = map(int, match.groups())
        days = {day for day in (_date(year, second, first), _date(year, first, second)) if day}
        return days.pop() if len(days) == 1 else None
    return None


def date_or_notice(value: str | None, notices: list[str]) -> datetime.date | None:
    """The day that `value` names; where it names none, a line is added to `notices`."""
    if not value or not value.strip():
        return None
    if (date := date_from(value)) is None:
        notices.append(f'"date" is left out: wanted YYYY-MM-DD, saw {value.strip()[:40]!r}')
    return date


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
