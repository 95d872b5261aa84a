"""Who else in the archive carried these words: a small neighbourhood of articles, gathered for one page at a time.

Full text search proposes (rare words of the statement, its speaker around the same days); `tracing` decides.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.archive import loading
from onrecord.archive.query import Query
from onrecord.archive.search import search
from onrecord.archive.store import Archive
from onrecord.archive.tallies import SHOWN
from onrecord.errors import QueryError
from onrecord.tracing.carriers import Carrier, carriers_of
from onrecord.tracing.chains import Chain, chain
from onrecord.tracing.occasions import JoinedOccasion, occasions
from onrecord.tracing.utterances import Utterance, utterances
from onrecord.web import shelf

WORD = re.compile(r"[^\W\d_]{4,}|\d{2,}")
MOST_WORDS = 14
MOST_HITS = 80
MOST_ARTICLES = 40
DAYS = 14
LONGEST_WORDS = 8_000
"""In characters; what is longer is a document, no utterance, and is not traced here."""


@dataclass(frozen=True, slots=True)
class Near:
    """Utterances of a neighbourhood, and the numbers in the archive of the statements that carry them."""

    utterances: tuple[Utterance, ...]
    numbers: Mapping[str, int]

    def holding(self, statement: int) -> Utterance | None:
        """The utterance that a statement carries; None where it carries none, as boilerplate does."""
        for utterance in self.utterances:
            if any(self.numbers.get(carrier.id) == statement for carrier in utterance.carriers):
                return utterance
        return None


def traced(archive: Archive, statement: int) -> tuple[Chain | None, Mapping[str, int]]:
    """The chain of what a statement carries, and the numbers of its carriers. Raises NoSuchEntry."""
    with archive.database.reading():
        held = loading.statement(archive, statement)
        hits = _alike(archive, held.content)
        articles = [held.article.id, *(article for article, _ in hits)]
        near = _near(archive, articles, {statement, *(number for _, number in hits)})
    found = near.holding(statement)
    return (chain(found) if found else None), near.numbers


def joined(archive: Archive, occasion: int) -> tuple[JoinedOccasion | None, Mapping[str, int]]:
    """The occasion as all articles near it together have it; None where it cannot be joined."""
    with archive.database.reading():
        own = shelf.said_on(archive, [occasion])
        people = {said.person for _, said in own if said.person is not None}
        days = [said.published for _, said in own if said.published]
        articles = list(dict.fromkeys(said.article for _, said in own))
        articles += _around(archive, sorted(people), min(days)) if days else []
        near = _near(archive, articles, None)
    wanted = {said.id for _, said in own}
    for one in occasions(near.utterances):
        carried = {near.numbers.get(carrier.id) for said in one.said for carrier in said.carriers}
        if carried & wanted:
            return one, near.numbers
    return None, near.numbers


def _alike(archive: Archive, content: str) -> list[tuple[int, int]]:
    """Article and number of statements that share rare words with `content`, the likest first."""
    words = sorted(
        {word.casefold() for word in WORD.findall(content[:LONGEST_WORDS])}, key=lambda word: (-len(word), word)
    )
    if not words:
        return []
    asked = " OR ".join(f'"{word}"' for word in words[:MOST_WORDS])
    try:
        found = search(archive, Query(words=asked, limit=MOST_HITS))
    except QueryError:
        return []
    return [(hit.article, hit.statement) for hit in found.hits if hit.statement is not None]


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


def _near(archive: Archive, articles: Iterable[int], wanted: set[int] | None) -> Near:
    """The utterances of some articles: all, or those of the statements `wanted`."""
    numbers: dict[str, int] = {}
    carriers: list[Carrier] = []
    for article in list(dict.fromkeys(articles))[:MOST_ARTICLES]:
        record = loading.load_record(archive, article)
        record = replace(record, article=replace(record.article, id=str(article)))
        stored = shelf.stored(archive, article)
        for carrier in carriers_of(record):
            number = stored[carrier.statement].id
            if (wanted is None or number in wanted) and len(carrier.words) <= LONGEST_WORDS:
                numbers[carrier.id] = number
                carriers.append(carrier)
    return Near(utterances(carriers), numbers)
