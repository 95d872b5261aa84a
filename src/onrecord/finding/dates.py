"""Dates as news tells them, resolved against the day of publication: "on Sunday" of Monday 2017-05-08 is 2017-05-07.

    on Sunday         2017-05-07        last month     2017-04        in March      2017-03
    yesterday         2017-05-07        last week      2017-W18       in 2014       2014
    on the 5th        2017-05-05        two days ago   2017-05-06     15 June       2017-06-15

News speaks of what was said, so an open expression means the last such time before publication, unless the sentence
looks ahead (`ahead`). Where the day of publication is needed and not known, or the words do not tell, there is no date.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.spans import Span

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january february march april may june july august september october november december".split()
)  # by place, from 0
SHORT_MONTHS = {name[:3]: number for number, name in enumerate(MONTHS, start=1)} | {"sept": 9}
NUMBERS = {
    word: n for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
}
NUMBERS |= {"a": 1, "an": 1, "a couple of": 2, "several": 0, "a few": 0}
PART = r"(?:(?:very |just |shortly )?(?:early|late|earlier|later) (?:on |last )?)?"
MONTH = (
    r"(?P<month>"
    + "|".join(name.capitalize() for name in MONTHS)
    + r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
WEEKDAY = r"(?P<weekday>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
COUNT = r"(?P<count>\d+|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"
TIMES = r"(?:'s|’s)?(?: (?:morning|afternoon|evening|night))?"
DATE = re.compile(
    r"\b(?:"
    rf"(?P<dmy>(?:{WEEKDAY.replace('weekday', 'w1')},? )?{DAY} {MONTH}(?:,? {YEAR})?)"
    rf"|(?P<mdy>(?:{WEEKDAY.replace('weekday', 'w2')},? )?"
    rf"{MONTH.replace('month', 'month2')} {DAY.replace('day', 'day2')}(?!\d)(?:,? {YEAR.replace('year', 'year2')})?)"
    r"|(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)"
    r"|(?P<my>(?i:(?:early|late|mid|in|of|since|last|this|next) )?"
    rf"{MONTH.replace('month', 'month3')}(?! ?\d\d?\b)(?: {YEAR.replace('year', 'year3')})?)"
    rf"|(?P<week>(?i:{PART}(?:(?P<which>last|next|this|the previous|the following) )?){WEEKDAY}{TIMES})"
    rf"|(?P<near>(?i:{PART}(?:the day before yesterday|yesterday|today|tonight|tomorrow|overnight"
    r"|this (?:morning|afternoon|evening)|last night|earlier in the day"
    rf"|the (?:previous|same|following) (?:day|evening|night)){TIMES}))"
    rf"|(?P<ago>(?i:{COUNT} (?P<unit>day|week|month|year)s? (?:ago|earlier|before)))"
    r"|(?P<span>(?i:(?:earlier )?(?P<side>last|this|next|the previous|the following|earlier this|later this)"
    r" (?P<long>week(?:end)?|month|year|(?P<season>spring|summer|autumn|fall|winter))))"
    r"|(?P<weekend>(?i:(?:over|at) the weekend))"
    rf"|(?P<nth>(?i:(?:on )?the ){DAY.replace('day', 'day3')}(?=[ ,.;:]|$)"
    r"(?! (?:of|century|floor|birthday|anniversary)))"
    rf"|(?P<only>(?i:in|back in|since|during|early in|late in) {YEAR.replace('year', 'year4')})"
    r")"
)
AHEAD = re.compile(
    r"\b(?:will|would|shall|next|due to|is to|are to|expected to|plans? to|set to|going to|upcoming)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Dated:
    """An expression in the text, and what it means: ISO 8601 of its own precision, or None where it does not tell."""

    span: Span
    words: str
    when: str | None


def find_dates(text: str, published: datetime.date | None, within: Span | None = None) -> Iterator[Dated]:
    """All expressions of time in a stretch of the text, in order, each resolved."""
    start, end = (within.start, within.end) if within else (0, len(text))
    for match in DATE.finditer(text, start, end):
        if _bare_may(match):
            continue
        yield Dated(
            Span(*match.span()), match[0], resolve(match, published, ahead=_looks_ahead(text, match, start, end))
        )


def resolve(match: re.Match[str], published: datetime.date | None, *, ahead: bool = False) -> str | None:
    """The date that a match of DATE means. `published`: of the article; `ahead`: the sentence speaks of the future."""
    got = {name: words and words.lower() for name, words in match.groupdict().items()}
    if got["iso"]:
        return got["iso"]
    for kind, month, day, year in (("dmy", "month", "day", "year"), ("mdy", "month2", "day2", "year2")):
        if got[kind]:
            return _day(_month(got[month]), int(got[day]), got[year], published, ahead)
    if got["only"]:
        return str(got["year4"])
    if got["my"]:
        return _whole_month(got, published, ahead)
    if published is None:
        return None
    if got["week"]:
        return _weekday(got, published, ahead)
    if got["near"]:
        return _near(got["near"], published)
    if got["ago"]:
        return _ago(got["count"], got["unit"], published)
    if got["span"]:
        return _stretch(got, published)
    if got["weekend"]:
        saturday = published - datetime.timedelta(days=(published.weekday() - 5) % 7)
        return _week(saturday)
    return _nth(int(got["day3"]), published, ahead)


def _bare_may(match: re.Match[str]) -> bool:
    """Whether it is the verb "may", or a month's name that stands for no date: alone, without "in" or a year."""
    if not match["my"] or match["year3"]:
        return False
    before = match.string[max(0, match.start() - 9) : match.start()].lower()
    return not re.match(r"(?:early|late|mid|in|of|since|last|this|next) ", match[0], re.I) and not re.search(
        r"\b(?:in|of|since|by|until|last|this|next|from|during|for)\s$", before
    )


def _looks_ahead(text: str, match: re.Match[str], start: int, end: int) -> bool:
    before = text[max(start, match.start() - 60) : match.start()]
    return bool(AHEAD.search(re.split(r"[.!?;”\"]", before)[-1]))


def _month(word: str) -> int:
    return SHORT_MONTHS[word.lower().rstrip(".")[:3]]


def _day(month: int, day: int, year: str | None, published: datetime.date | None, ahead: bool) -> str | None:
    try:
        if year:
            return datetime.date(int(year), month, day).isoformat()
        if published is None:
            return None
        found = datetime.date(published.year, month, day)
        if found > published + datetime.timedelta(days=31) and not ahead:
            found = found.replace(year=published.year - 1)
        elif found < published - datetime.timedelta(days=200) and ahead:
            found = found.replace(year=published.year + 1)
        return found.isoformat()
    except ValueError:
        return None


def _whole_month(got: dict[str, str | None], published: datetime.date | None, ahead: bool) -> str | None:
    month = _month(got["month3"] or "")
    if got["year3"]:
        return f"{got['year3']}-{month:02}"
    if published is None:
        return None
    year = published.year
    words = (got["my"] or "").lower()
    if ahead or words.startswith("next"):
        year += month < published.month
    elif words.startswith("last"):
        year -= month >= published.month
    else:
        year -= month > published.month
    return f"{year}-{month:02}"


def _weekday(got: dict[str, str | None], published: datetime.date, ahead: bool) -> str:
    day = DAYS.index(f"{got['weekday']}day".lower())
    back = (published.weekday() - day) % 7
    which = got["which"] or ""
    if which in ("next", "the following") or (ahead and not which):
        found = published + datetime.timedelta(days=(day - published.weekday()) % 7 or 7)
    elif which == "last" or which == "the previous":
        found = published - datetime.timedelta(days=back or 7)
    else:
        found = published - datetime.timedelta(days=back)
    return found.isoformat()


def _near(words: str, published: datetime.date) -> str | None:
    shift = 0
    if "day before yesterday" in words:
        shift = -2
    elif "yesterday" in words or "last night" in words or "overnight" in words:
        shift = -1
    elif "tomorrow" in words:
        shift = 1
    elif words.startswith(("the previous", "the same", "the following")):
        return None  # counted from another day than that of publication
    return (published + datetime.timedelta(days=shift)).isoformat()


def _ago(count: str, unit: str, published: datetime.date) -> str | None:
    number = int(count) if count.isdigit() else NUMBERS[count]
    if not number:
        return None
    if unit == "day":
        return (published - datetime.timedelta(days=number)).isoformat()
    if unit == "week":
        return _week(published - datetime.timedelta(weeks=number))
    if unit == "month":
        return _months_from(published, -number)
    return str(published.year - number)


def _stretch(got: dict[str, str | None], published: datetime.date) -> str | None:
    side, long = (got["side"] or "").replace("earlier ", "").replace("later ", ""), got["long"] or ""
    step = {"last": -1, "the previous": -1, "next": 1, "the following": 1}.get(side, 0)
    if got["season"]:
        return None
    if long == "week":
        return _week(published + datetime.timedelta(weeks=step))
    if long == "weekend":
        saturday = published - datetime.timedelta(days=(published.weekday() - 5) % 7)
        return _week(saturday + datetime.timedelta(weeks=1 if step == 1 else 0))
    if long == "month":
        return _months_from(published, step)
    return str(published.year + step)


def _nth(day: int, published: datetime.date, ahead: bool) -> str | None:
    year, month = published.year, published.month
    if ahead and day < published.day:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    elif not ahead and day > published.day:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def _months_from(published: datetime.date, step: int) -> str:
    months = published.year * 12 + published.month - 1 + step
    return f"{months // 12}-{months % 12 + 1:02}"


def _week(day: datetime.date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"
