"""Dates as news tells them, resolved against the day of publication: "on Sunday" of Monday 2017-05-08 is 2017-05-07.

    on Sunday         2017-05-07        last month     2017-04        in March        2017-03
    yesterday         2017-05-07        last week      2017-W18       in 2014         2014
    on the 5th        2017-05-05        two days ago   2017-05-06     15 June         2017-06-15

News speaks of what was said, so an open expression means the last such time up to publication, unless the sentence
looks ahead ("will speak on Friday", "opens Friday"). "Two days later" and "the next day" count from the day told before
them in the same stretch. Where that or the day of publication is needed and missing, or the words do not tell
("09/10/2018", "a wet Tuesday"), there is no date.

``dates.toml`` of the language is the whole grammar: each form has its pattern, and what a match means (MEANINGS).
The first form that fits at a place is taken.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from onrecord.finding.pack import Pack, current, pattern
from onrecord.spans import Span


@dataclass(frozen=True, slots=True)
class Dated:
    """An expression in the text, and what it means: ISO 8601 of its own precision, or None where it does not tell."""

    span: Span
    words: str
    when: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """What an expression is resolved against: the day of publication, whether its sentence looks ahead, and the last
    day told before it."""

    published: datetime.date | None
    ahead: bool
    before: datetime.date | None


def find_dates(text: str, published: datetime.date | None, within: Span | None = None) -> Iterator[Dated]:
    """All expressions of time in a stretch of the text, in order, each resolved."""
    start, end = (within.start, within.end) if within else (0, len(text))
    if not pattern("any_time").search(text, start, end):
        return
    before = None
    for match, meaning in _matches(text, start, end):
        when = meaning(match, Known(published, _looks_ahead(text, match, start, end), before))
        if when and len(when) == len("2017-05-07"):
            before = datetime.date.fromisoformat(when)
        yield Dated(Span(*match.span()), match[0], when)


def _matches(text: str, start: int, end: int) -> Iterator[tuple[re.Match[str], Meaning]]:
    """The matches of all forms in order; of those that overlap, the one that begins first, or whose form is first."""
    forms = _forms(current())
    found = [
        (match.start(), place, match)
        for place, (form, _) in enumerate(forms)
        for match in form.finditer(text, start, end)
        if not _names_no_day(text, match)
    ]
    reached = start
    for at, place, match in sorted(found, key=lambda item: item[:2]):
        if at >= reached:
            reached = match.end()
            yield match, forms[place][1]


def _names_no_day(text: str, match: re.Match[str]) -> bool:
    """Whether a weekday or month is none of the calendar's: "a wet Tuesday", "Good Friday", "the Sunday Courier"."""
    before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 2]
    if "weekday" in match.re.groupindex:
        name = bool(re.match(r" [A-Z]", after)) and pattern("the_before").search(before) is not None
        return name or bool(pattern("indefinite_day").search(before) or pattern("named_day").search(before))
    return False


def _looks_ahead(text: str, match: re.Match[str], start: int, end: int) -> bool:
    """Whether the clause of an expression speaks of the future: before it, or after it where it opens the clause."""
    clause = re.split(r"[.!?;:,”“\"]", text[max(start, match.start() - 60) : match.start()])[-1]
    if pattern("said_then").search(clause):
        return False
    if pattern("ahead").search(clause):
        return True
    opens = pattern("opens_clause").fullmatch(clause)
    after = pattern("clause_over").split(text[match.end() : min(end, match.end() + 60)])[0]
    return opens is not None and pattern("will_be").search(after) is not None


def _number(words: str) -> int | None:
    word, counted = words.lower(), current().in_order("small_numbers")
    if word in counted:
        return counted.index(word) + 1
    return int(word) if word.isdigit() else current().table("dates")["numbers"].get(word)


def _month_number(match: re.Match[str]) -> int:
    return current().in_order("month_starts").index(match["month"][:3].lower()) + 1


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def _year_month(day: datetime.date, step: int) -> str:
    months = day.year * 12 + day.month - 1 + step
    return f"{months // 12}-{months % 12 + 1:02}"


def _year_week(day: datetime.date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def _shifted(day: datetime.date, number: int, unit: str) -> str:
    """The day, week, month or year that lies a number of units after a day, as precise as the unit."""
    match unit:
        case "day":
            return (day + datetime.timedelta(days=number)).isoformat()
        case "week" | "fortnight":
            return _year_week(day + datetime.timedelta(weeks=number * (2 if unit == "fortnight" else 1)))
        case "month":
            return _year_month(day, number)
        case _:
            return str(day.year + number)


def _exactly(match: re.Match[str], known: Known) -> str | None:
    return match[0]


def _numeric(match: re.Match[str], known: Known) -> str | None:
    """05/20/2017 and 20/05/2017; where both could be the month, it does not tell."""
    one, two = int(match["one"]), int(match["two"])
    if one > 12 or one == two:
        return _iso(int(match["year"]), two, one)
    return _iso(int(match["year"]), one, two) if two > 12 else None


def _day_of_month(match: re.Match[str], known: Known) -> str | None:
    """5 May, May 5, 2017: without a year the one that lies nearest, at most a month ahead."""
    return _day_and_month(_month_number(match), int(match["day"]), match["year"], known)


def _feast(match: re.Match[str], known: Known) -> str | None:
    month, day = current().table("dates")["feasts"][match[0].lower().replace("’", "'")]
    return _day_and_month(month, day, None, known)


def _day_and_month(month: int, day: int, year: str | None, known: Known) -> str | None:
    if year:
        return _iso(int(year), month, day)
    if known.published is None:
        return None
    when = _iso(known.published.year, month, day)
    if when is None:
        return None
    away = (datetime.date.fromisoformat(when) - known.published).days
    if away > 31 and not known.ahead:
        return _iso(known.published.year - 1, month, day)
    return _iso(known.published.year + 1, month, day) if away < -200 and known.ahead else when


def _month_of_year(match: re.Match[str], known: Known) -> str | None:
    return f"{match['year']}-{_month_number(match):02}"


def _month(match: re.Match[str], known: Known) -> str | None:
    month, published = _month_number(match), known.published
    if published is None:
        return None
    which, whose = (match["which"] or "").lower(), (match["whose"] or "").lower()
    if whose:
        year = published.year + {"last": -1, "this": 0, "next": 1}[whose]
    elif which == "last":
        year = published.year - (month >= published.month)
    elif which == "next" or known.ahead:
        year = published.year + (month < published.month)
    else:
        year = published.year - (month > published.month)
    return f"{year}-{month:02}"


def _year(match: re.Match[str], known: Known) -> str | None:
    return match["year"]


def _weekday(match: re.Match[str], known: Known) -> str | None:
    published, which = known.published, (match["which"] or "").lower()
    if published is None:
        return None
    away = (current().in_order("weekdays").index(match["weekday"].lower()) - published.weekday()) % 7
    if which.endswith("last"):
        away -= 7
    elif match["on"]:  # "Friday week"
        away += 7
    elif which == "next":
        away = away or 7
    elif away and not known.ahead:
        away -= 7
    return _shifted(published, away, "day")


def _near(match: re.Match[str], known: Known) -> str | None:
    if known.published is None:
        return None
    words, days = match[0].lower(), current().table("dates")["near"]
    return _shifted(known.published, next((step for part, step in days.items() if part in words), 0), "day")


def _ago(match: re.Match[str], known: Known) -> str | None:
    number = _number(match["count"])
    return _shifted(known.published, -number, match["unit"].lower()) if known.published and number else None


def _to_come(match: re.Match[str], known: Known) -> str | None:
    """In three days: ahead, or else how long something took."""
    number = _number(match["count"])
    if known.published is None or number is None or not (known.ahead or match["time"]):
        return None
    return _shifted(known.published, number, match["unit"].lower())


def _counted(match: re.Match[str], known: Known) -> str | None:
    """Two days later: from the day told before."""
    number, back = _number(match["count"]), match["side"].lower() in ("earlier", "before", "previously")
    return (
        _shifted(known.before, -number if back else number, match["unit"].lower()) if known.before and number else None
    )


def _beside(match: re.Match[str], known: Known) -> str | None:
    """The next day: from the day told before."""
    step = {"previous": -1, "same": 0}.get((match["which"] or match["side"] or "").lower(), 1)
    if (match["side"] or "").lower() == "before":
        step = -1
    return _shifted(known.before, step, "day") if known.before else None


def _stretch(match: re.Match[str], known: Known) -> str | None:
    published, unit = known.published, match["unit"].lower()
    if published is None:
        return None
    step = {"last": -1, "this": 0, "next": 1}[match["side"].lower()]
    return _shifted(published, step, "week" if unit == "weekend" else unit)


def _before_last(match: re.Match[str], known: Known) -> str | None:
    return _shifted(known.published, -2, match["unit"].lower()) if known.published else None


def _weekend(match: re.Match[str], known: Known) -> str | None:
    """Over the weekend: the one that is, or the last one."""
    if known.published is None:
        return None
    saturday = known.published - datetime.timedelta(days=(known.published.weekday() - 5) % 7)
    return _year_week(saturday + datetime.timedelta(weeks=known.ahead and known.published.weekday() < 5))


def _nth(match: re.Match[str], known: Known) -> str | None:
    """On the 5th: of this month, or of the last or next one."""
    if known.published is None:
        return None
    day, step = int(match["day"]), 0
    if known.ahead:
        step = int(day < known.published.day)
    elif day > known.published.day:
        step = -1
    year, month = _year_month(known.published, step).split("-")
    return _iso(int(year), int(month), day)


Meaning = Callable[[re.Match[str], Known], str | None]
MEANINGS: dict[str, Meaning] = {
    "exactly": _exactly,
    "numeric": _numeric,
    "day_of_month": _day_of_month,
    "feast": _feast,
    "month_of_year": _month_of_year,
    "month": _month,
    "year": _year,
    "weekday": _weekday,
    "near": _near,
    "ago": _ago,
    "to_come": _to_come,
    "counted": _counted,
    "beside": _beside,
    "before_last": _before_last,
    "stretch": _stretch,
    "weekend": _weekend,
    "nth": _nth,
}


@cache
def _forms(pack: Pack) -> tuple[tuple[re.Pattern[str], Meaning], ...]:
    rows = pack.table("dates")["form"]
    return tuple((re.compile(pack.filled(row["pattern"])), MEANINGS[row["means"]]) for row in rows)
