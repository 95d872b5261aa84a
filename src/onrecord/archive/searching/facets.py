"""How the hits of a search spread over speakers, outlets, years and forms.

Counted over all hits where they are few, else over the newest of them: a count is then a lower bound, and says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from onrecord.archive.searching.filters import UNKNOWN
from onrecord.archive.searching.matching import Where
from onrecord.archive.store.database import Database, rows_in

MOST = 12  # counts a facet


class Line(NamedTuple):
    """What of a found statement is counted and ranked by; of an article, what it has of that."""

    id: int
    published: str | None
    outlet: int | None
    confidence: float
    content: str
    person: int | None = None
    speaker: str | None = None
    form: str | None = None
    status: str | None = None
    cue_class: str | None = None
    occasion: str | None = None


LINES: dict[Where, str] = {
    "statements": (
        "SELECT s.id, a.published, a.outlet, s.confidence, s.content, s.person, e.name, s.form, s.status, s.cue_class,"
        " o.kind FROM statements s JOIN articles a ON a.id = s.article LEFT JOIN entities e ON e.id = s.speaker"
        " LEFT JOIN occasions o ON o.id = s.occasion WHERE s.id IN {in}"
    ),
    "articles": (
        "SELECT a.id, a.published, a.outlet, CAST(0 AS DOUBLE PRECISION), COALESCE(a.title || ' ', '') || t.text"
        " FROM articles a JOIN texts t ON t.sha256 = a.sha256 WHERE a.id IN {in}"
    ),
}


@dataclass(frozen=True, slots=True)
class Count:
    """One value of a facet: what to give its filter, how to show it, and how many hits have it."""

    value: str
    label: str
    n: int


def lines(database: Database, where: Where, ids: Sequence[int]) -> list[Line]:
    """The lines of these ids, in no order."""
    return [Line(*row) for row in rows_in(database, LINES[where], ids)]


def counts(database: Database, where: Where, found: Sequence[Line]) -> dict[str, tuple[Count, ...]]:
    """The counts by facet, each the most frequent first."""
    facets = {
        "outlet": _named(database, Counter(line.outlet for line in found if line.outlet is not None)),
        "published": _plain(line.published[:4] for line in found if line.published),
    }
    if where == "articles":
        return facets
    return {
        "speaker": _speakers(database, found),
        **facets,
        "form": _plain(line.form for line in found if line.form),
        "cue_class": _plain(line.cue_class or UNKNOWN for line in found),
        "status": _plain(line.status for line in found if line.status),
        "occasion": _plain(line.occasion or UNKNOWN for line in found),
    }


def _plain(values: Iterable[str]) -> tuple[Count, ...]:
    ordered = sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Count(value, value, n) for value, n in ordered[:MOST])


def _named(database: Database, tally: Mapping[int, int]) -> tuple[Count, ...]:
    names: dict[int, str] = dict(rows_in(database, "SELECT id, name FROM outlets WHERE id IN {in}", list(tally)))
    ordered = sorted(tally.items(), key=lambda pair: (-pair[1], names[pair[0]]))
    return tuple(Count(f"#{id}", names[id], n) for id, n in ordered[:MOST])


def _speakers(database: Database, found: Sequence[Line]) -> tuple[Count, ...]:
    """By person where the archive knows one, else by name."""
    people = Counter(line.person for line in found if line.person is not None)
    names = Counter(line.speaker for line in found if line.person is None and line.speaker)
    top = [id for id, _ in sorted(people.items(), key=lambda pair: (-pair[1], pair[0]))[: 2 * MOST]]
    known = {id: (name, wikidata) for id, name, wikidata in rows_in(database, PEOPLE, top)}
    each = [Count(known[id][1] or f"#{id}", known[id][0], people[id]) for id in top if id in known]
    each += [Count(name, name, n) for name, n in names.items()]
    return tuple(sorted(each, key=lambda count: (-count.n, count.label, count.value))[:MOST])


PEOPLE = "SELECT id, name, wikidata FROM people WHERE id IN {in}"
