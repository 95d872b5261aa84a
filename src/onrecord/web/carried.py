"""Who else in the archive carried these words, and what was said on one occasion, gathered for one page at a time.

Articles are called by their numbers in the archive.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.archive import loading
from onrecord.archive.printed import numbers_of
from onrecord.archive.store import Archive
from onrecord.archive.tallies import SHOWN
from onrecord.traced import LONGEST, Kept, carriers
from onrecord.tracing.gathering.chains import Chain, chain
from onrecord.tracing.gathering.occasions import JoinedOccasion, occasions
from onrecord.tracing.gathering.utterances import Utterance, utterances
from onrecord.web import shelf

MOST_ARTICLES = 40
DAYS = 14


@dataclass(frozen=True, slots=True)
class Near:
    """Utterances of a neighbourhood, and the numbers in the archive of the statements that carry them."""

    utterances: tuple[Utterance, ...]
    numbers: Mapping[str, int]


def traced(archive: Archive, statement: int) -> tuple[Chain | None, Mapping[str, int]]:
    """The chain of what a statement carries, and the numbers of its carriers. None where it carries none, as
    boilerplate does, or is not shown. Raises NoSuchEntry."""
    with archive.database.reading():
        loading.statement(archive, statement)
        own = carriers(archive, [statement], numbered=True)
        if not own:
            return None, {}
        ((_, carrier),) = own
        kept = Kept(archive, numbered=True)
        found = kept.trace(carrier)
    return (chain(found) if found else None), {**kept.numbers, carrier.id: statement}


def joined(archive: Archive, occasion: int) -> tuple[JoinedOccasion | None, Mapping[str, int]]:
    """The occasion as all articles near it together have it; None where it cannot be joined."""
    with archive.database.reading():
        own = shelf.said_on(archive, [occasion])
        people = {said.person for _, said in own if said.person is not None}
        days = [said.published for _, said in own if said.published]
        articles = list(dict.fromkeys(said.article for _, said in own))
        articles += _around(archive, sorted(people), min(days)) if days else []
        near = _near(archive, articles)
    wanted = {said.id for _, said in own}
    for one in occasions(near.utterances):
        carried = {near.numbers.get(carrier.id) for said in one.said for carrier in said.carriers}
        if carried & wanted:
            return one, near.numbers
    return None, near.numbers


def _around(archive: Archive, people: Sequence[int], day: str) -> list[int]:
    """The articles that have something of these people within DAYS of a day."""
    if not people:
        return []
    middle = datetime.date.fromisoformat(day)
    reach = datetime.timedelta(DAYS)
    marks = ", ".join("?" * len(people))
    rows = archive.database.rows(
        f"SELECT DISTINCT s.article FROM {SHOWN} WHERE s.person IN ({marks}) AND a.published BETWEEN ? AND ?"
        " ORDER BY s.article LIMIT ?",
        (*people, (middle - reach).isoformat(), (middle + reach).isoformat(), MOST_ARTICLES),
    )
    return [article for (article,) in rows]


def _near(archive: Archive, articles: Iterable[int]) -> Near:
    """The utterances of some articles."""
    found = carriers(archive, numbers_of(archive, list(dict.fromkeys(articles))[:MOST_ARTICLES]), numbered=True)
    found = [(number, carrier) for number, carrier in found if len(carrier.words) <= LONGEST]
    return Near(utterances(carrier for _, carrier in found), {carrier.id: number for number, carrier in found})
