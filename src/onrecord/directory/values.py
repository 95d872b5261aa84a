"""What the directory answers with: bodies, persons with their terms of office, and how sure an answer is.

Dates are ISO 8601 of reduced precision, as the sources have them: "2004-03-09", "2004-03", "2004". A day is certainly
in a term when it is so however the missing parts turn out; where that depends on them it is only possibly so.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from onrecord.directory.roles import Role
from onrecord.errors import UsageError

Certainty = Literal["certain", "possible", "unknown", "none"]
"""How sure: certain; possible (the sources' dates are too coarse, or disagree); unknown (beyond what the sources know);
none (outside every known term, or no such office here)."""

Via = Literal["name", "acronym", "demonym", "capital", "metonym", "pattern"]
"""By which way words lead to a body. "pattern": its country and its kind, as in "Russian Foreign Ministry"."""

BodyKind = Literal["place", "organisation", "outlet"]

Day = str | datetime.date
"""A date, or ISO 8601 text of reduced precision."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a row comes from, and the day up to which it knows."""

    name: str
    as_of: str
    licence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A country, organisation or outlet. `id` is ours ("RUS", "NATO", "RUS:foreign"), `wikidata` its Q number or None.

    `head` is the key of the role that leads it, `of` the id of the body it is a part of.
    """

    id: str
    name: str
    kind: BodyKind
    wikidata: str | None = None
    aka: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: str | None = None
    head: str | None = None
    of: str | None = None
    start: str | None = None
    end: str | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """The body that words name, by which way, and for a seat of power the field of office that sits there."""

    body: Body
    via: Via
    part: str | None = None


class Post(NamedTuple):
    """An office as a phrase names it: the role, and the body it is for (None if the phrase does not tell)."""

    role: Role
    of: Body | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One person's time in one office. `role` in the source's words, `key` as roles.Role.key; `of` a body's id.

    Without `end` it went on at least until `as_of`. Without `start` and `end` all that is known is that a list of
    `as_of` has the person in the office; as such lists lag behind, that is never certain. `end_is_latest`: it ended
    then or earlier, when the next holder came.
    """

    person: str
    role: str
    key: str
    of: str
    start: str | None
    end: str | None
    source: Source
    as_of: str
    end_is_latest: bool = False

    def holds(self, on: Day) -> Certainty:
        """Whether the person held the office on that day (through a month or year, if that is all that is given)."""
        first, last = span_of(on)
        seen_first, seen_last = span_of(self.as_of)
        begun = span_of(self.start) if self.start else None
        over = span_of(self.end) if self.end else None
        if begun is None and over is None:
            return "possible" if first <= seen_last and last >= seen_first else "unknown"
        if (over and first > over[1]) or (begun and last < begun[0]):
            return "none"
        if over is None and first > seen_last:
            return "unknown"
        inside_start = begun is not None and begun[1] <= first
        inside_end = last <= (over[0] if over else seen_last) and not self.end_is_latest
        return "certain" if inside_start and inside_end else "possible"

    def before(self, on: Day) -> bool:
        """Whether it was certainly over by then."""
        return self.end is not None and span_of(self.end)[1] < span_of(on)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person of the directory. `wikidata` is None for those whose number no source tells."""

    name: str
    wikidata: str | None = None
    aka: tuple[str, ...] = ()
    gender: Literal["male", "female"] | None = None
    born: str | None = None
    offices: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A person who answers, how well (0 to 1: an order of likeness, no probability), and what speaks for it."""

    person: Person
    score: float
    certainty: Certainty
    evidence: tuple[str, ...] = ()
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Who held an office: a sequence of matches, how sure, and why.

    `leads` are those whom the sources knew last or first in that office, when the day lies beyond them: no answer, but
    where to look.
    """

    matches: tuple[Match, ...]
    certainty: Certainty
    why: str
    leads: tuple[Match, ...] = field(default=())

    def __iter__(self) -> Iterator[Match]:
        return iter(self.matches)

    def __len__(self) -> int:
        return len(self.matches)

    def __getitem__(self, index: int) -> Match:
        return self.matches[index]


@dataclass(frozen=True, slots=True)
class Membership:
    """A body's belonging to an organisation: `status` is "member" or what else it is there."""

    body: str
    organisation: str
    start: str | None
    end: str | None
    status: str
    source: Source


def span_of(day: Day) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of a day, month or year. Raises UsageError."""
    if isinstance(day, datetime.date):
        return day, day
    try:
        year, *rest = [int(part) for part in day.split("-")]
        month, last_month = (rest[0], rest[0]) if rest else (1, 12)
        last_day = calendar.monthrange(year, last_month)[1]
        first, last = (rest[1], rest[1]) if len(rest) > 1 else (1, last_day)
        return datetime.date(year, month, first), datetime.date(year, last_month, last)
    except (ValueError, TypeError, calendar.IllegalMonthError) as error:
        raise UsageError(f"the date {day!r}", "2017-05-08, 2017-05 or 2017", "Write it as year-month-day") from error
