"""How values are put into words for a page: names of forms and stances, dates, shares, addresses."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from onrecord.records import Occasion, Record, Statement
from onrecord.web.marks import shown

WEB_ADDRESS = re.compile(r"https?://[^\s]+", re.I)
FULL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)
WEEK = re.compile(r"\d{4}-W\d{2}", re.ASCII)
SIGNS = {"+": "well", "-": "badly", "0": "neutrally"}
RELATIONS = {
    "plain": "in its own voice",
    "confirms": "bears the statement out",
    "corrects": "puts the statement right",
    "rebuts": "contradicts the statement",
    "inserted": "put into the report of it",
    "loaded": "a loaded word inside the report",
}


@dataclass(frozen=True, slots=True)
class Link:
    """Words, where they lead to ("" for nowhere), and what stands small beside them."""

    text: str
    href: str = ""
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what is known under it."""

    label: str
    value: str
    href: str = ""


def in_a_line(words: str, longest: int = 0) -> str:
    """`words` without line breaks, cut with an ellipsis at a word's end where longer than `longest` (0: never)."""
    line = " ".join(shown(words).split())
    if longest and len(line) > longest:
        cut = line[: longest - 1]
        line = f"{cut.rsplit(' ', 1)[0] if ' ' in cut[longest // 2 :] else cut} …"
    return line


def web_address(url: str | None) -> str:
    """`url` where it is one of the web, else ""; nothing else may become a link."""
    return url if url and WEB_ADDRESS.fullmatch(url) else ""


def day(value: datetime.date | str | None) -> str:
    """A date as people write it: "14 October 2025", "October 2025", "week of 6 October 2025"; else as it is."""
    if not value:
        return ""
    if isinstance(value, datetime.date):
        return f"{value.day} {value:%B %Y}"
    try:
        if FULL_DATE.fullmatch(value):
            return day(datetime.date.fromisoformat(value))
        if WEEK.fullmatch(value):
            return f"week of {day(datetime.date.fromisoformat(value))}"
        if MONTH.fullmatch(value):
            return f"{datetime.date.fromisoformat(f'{value}-01'):%B %Y}"
    except ValueError:
        pass
    return value


def moment(stamp: str) -> str:
    """A stored time to the minute: "14 October 2025, 09:05 UTC"; what is no time as it is."""
    try:
        at = datetime.datetime.fromisoformat(stamp)
    except ValueError:
        return stamp
    return f"{at.day} {at:%B %Y, %H:%M} UTC"


def percent(share: float) -> str:
    """`share` of 1 in whole percent, a little more than nothing as "<1 %"."""
    return "<1 %" if 0 < share < 0.005 else f"{share:.0%}".replace("%", " %")


def counted(n: int, one: str, many: str = "") -> str:
    """ "1 statement", "1,200 statements", "3 people"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def occasion_words(record: Record, occasion: Occasion) -> str:
    """ "interview, Mir, to reporters, on Sunday"; "" where the article tells nothing."""
    kind = occasion.kind.replace("_", " ") if occasion.kind else None
    medium = record.entity(occasion.medium).name if occasion.medium else None
    addressee = f"to {occasion.addressee.removeprefix('to ')}" if occasion.addressee else None
    date = f"{occasion.date} ({occasion.when})" if occasion.date and occasion.when else occasion.date or occasion.when
    return ", ".join(in_a_line(part) for part in (kind, medium, addressee, occasion.place, date) if part)


def framing_words(statement: Statement) -> tuple[str, ...]:
    """What frames a statement beyond its form: "distancing cue", "denied", "the outlet's wording"."""
    parts = []
    if statement.cue_class not in (None, "neutral", "none"):
        parts.append(f"{statement.cue_class} cue")
    if statement.status != "said":
        parts.append(statement.status)
    if statement.voice == "outlet":
        parts.append("the outlet’s wording")
    return tuple(parts)
