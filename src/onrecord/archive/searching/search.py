"""Search: the statements, or articles, that hold some words and pass some filters; best, newest or oldest first.

    words and filters  ->  expression  ->  plan over the index  ->  ids, the newest first  ->  ranked, counted, shown

Up to CAP hits are ranked and counted at once. Where there are more, the newest CAP come first, ranked among themselves,
then the next CAP: the cost of a page does not grow with the archive, and no hit is left out or shown twice.
"""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from onrecord.archive.indexing.documents import code
from onrecord.archive.searching.facets import Count, Line, counts, lines
from onrecord.archive.searching.matching import (
    Plan,
    Planned,
    Planner,
    Row,
    Where,
    both,
    newest,
    shown_rows,
    years_published,
)
from onrecord.archive.searching.query import Query
from onrecord.archive.searching.ranking import USUAL_LENGTH, Ranker, Score, weight
from onrecord.archive.searching.snippets import Snippet, matches, snippet
from onrecord.archive.store.database import Database, one, rows_in
from onrecord.errors import QueryError

if TYPE_CHECKING:
    from onrecord.archive.store.opening import Archive

__all__ = ["CAP", "Count", "Hit", "Query", "Results", "Score", "Snippet", "search"]
CAP: dict[Where, int] = {"statements": 1_000, "articles": 300}
LOOKED_THROUGH = 200_000
"""Characters of a text in which a snippet is looked for: a longer one would hold everybody up."""

STATEMENTS = """
SELECT s.id, s.article, s.content, s.source, s.cue, COALESCE(p.name, e.name), s.person, u.name, a.published, s.said_on,
       a.title, a.url, s.form, s.status, s.cue_class, o.kind, s.confidence, s.review
FROM statements s JOIN articles a ON a.id = s.article LEFT JOIN outlets u ON u.id = a.outlet
LEFT JOIN entities e ON e.id = s.speaker LEFT JOIN people p ON p.id = s.person
LEFT JOIN occasions o ON o.id = s.occasion WHERE s.id IN {in}
"""
ARTICLES = """
SELECT NULL, a.id, t.text, NULL, NULL, NULL, NULL, u.name, a.published, NULL, a.title, a.url, NULL, NULL, NULL, NULL,
       NULL, NULL
FROM articles a JOIN texts t ON t.sha256 = a.sha256 LEFT JOIN outlets u ON u.id = a.outlet WHERE a.id IN {in}
"""

KNOWN = (  # what both of them give behind the ids and the text
    "source cue speaker person outlet published said_on title url form status cue_class occasion confidence review"
).split()


@dataclass(frozen=True, slots=True)
class Hit:
    """One statement that was found, or, with `statement` None, one article.

    `snippet` counts its offsets in the content of the statement, in the text of the article. `score` is None where
    hits come by date, `review` what a person said of the statement.
    """

    statement: int | None
    article: int
    snippet: Snippet
    source: str | None
    cue: str | None
    speaker: str | None
    person: int | None
    outlet: str | None
    published: str | None
    said_on: str | None
    title: str | None
    url: str | None
    form: str | None
    status: str | None
    cue_class: str | None
    occasion: str | None
    confidence: float | None
    review: str | None
    score: Score | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """One page of what was found.

    `total` and `facets` count all hits where `complete`, else the newest CAP of them. `cursor` leads to the next page
    and is None on the last one. `notes` tell what was looked for only in part. `took` is in seconds.
    """

    hits: tuple[Hit, ...]
    total: int
    complete: bool
    facets: Mapping[str, tuple[Count, ...]]
    cursor: str | None
    notes: tuple[str, ...] = ()
    took: float = field(default=0.0, compare=False)


def search(archive: Archive, query: Query) -> Results:
    """One page of hits. Raises QueryError for a cursor that belongs to no such search."""
    began = time.perf_counter()
    database = archive.database
    with database.reading():
        if database.dialect == "postgres":  # it underrates what it costs to try a long expression on every row
            database.run("SET LOCAL enable_seqscan = off")
        planned = Planner(database, query.in_).plan(query.expression())
        by_rank = query.sort == "relevance" and bool(planned.concepts)
        state = _State.of(query)
        pool = _pool(database, query.in_, planned.plan, state.top)
        state.top = state.top or (pool.ids[0] + 1 if pool.ids else 1)
        if by_rank:
            page, after = _ranked(database, query, planned, state, pool)
        else:
            page, after = _dated(database, query, planned.plan, state, pool)
        hits = hits_of(database, query.in_, planned, page)
        facets = counts(database, query.in_, pool.lines)
    return Results(
        hits=hits,
        total=len(pool.lines),
        complete=pool.rest is None,
        facets=facets,
        cursor=None if after is None else after.written(),
        notes=planned.cut,
        took=time.perf_counter() - began,
    )


@dataclass(slots=True)
class _Pool:
    """Hits in hand, and the ids they were taken from, which are one more where there are others."""

    lines: list[Line]
    ids: list[int]

    @property
    def rest(self) -> int | None:
        """Under which id the others are."""
        return self.ids[-2] if len(self.ids) > len(self.lines) else None


@dataclass(slots=True)
class _State:
    """Where in a search a page begins. `top` keeps out what was added since the first page, `weights` keep its order.

    `at` is the last hit shown: its pool, score and id by rank; its date and id by date.
    """

    digest: str
    top: int | None = None
    weights: list[float] | None = None
    at: list[Any] | None = None

    @classmethod
    def of(cls, query: Query) -> _State:
        if query.cursor is None:
            return cls(query.digest())
        try:
            padded = query.cursor + "=" * (-len(query.cursor) % 4)
            digest, top, weights, at = json.loads(base64.b64decode(padded, b"-_", validate=True))
            state = cls(str(digest), int(top), weights and [float(w) for w in weights], list(at))
            state.at = [*map(_checked, state.at or ())]
        except (ValueError, TypeError, RecursionError, OverflowError):
            raise _no_cursor(query.cursor) from None
        if state.digest != query.digest():
            raise QueryError("a cursor of another search", "one that this search gave", "Start from the first page")
        return state

    def written(self) -> str:
        """As a string that goes into a url."""
        packed = json.dumps([self.digest, self.top, self.weights, self.at], separators=(",", ":"))
        return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def _checked(value: object) -> object:
    if value is not None and not isinstance(value, int | float | str):
        raise ValueError(value)
    return value


def _no_cursor(cursor: str) -> QueryError:
    return QueryError(f"the cursor {cursor[:20]!r}", "one that a search gave", "Start from the first page")


def _ranked(
    database: Database, query: Query, planned: Planned, state: _State, first: _Pool
) -> tuple[list[tuple[int, Score | None]], _State | None]:
    """The next page by rank, and where the one after it begins."""
    if state.weights is None or len(state.weights) != len(planned.concepts):
        total = one(database, f"SELECT MAX(id) FROM {query.in_}") or 0
        state.weights = [weight(concept.frequency, total) for concept in planned.concepts]
    ranker = Ranker(planned.concepts, state.weights, USUAL_LENGTH[query.in_])
    try:
        below, score, id = state.at or (None, None, None)
        last = None if score is None or id is None else (-float(score), -int(id))
    except (ValueError, TypeError):
        raise _no_cursor(query.cursor or "") from None
    page: list[tuple[int, Score | None]] = []
    pool = first if below is None else _pool(database, query.in_, planned.plan, below)
    while True:
        scored = [(ranker.score(line.content, line.confidence, line.published), line.id) for line in pool.lines]
        order = sorted((-score.total, -id, score) for score, id in scored if last is None or (-score.total, -id) > last)
        for place, (negative, negative_id, score) in enumerate(order):
            page.append((-negative_id, score))
            if len(page) == query.limit:
                more = place + 1 < len(order) or pool.rest is not None
                at = [below, -negative, -negative_id]
                return page, _State(state.digest, state.top, state.weights, at) if more else None
        if pool.rest is None:
            return page, None
        below, last = pool.rest, None
        pool = _pool(database, query.in_, planned.plan, below)


def _pool(database: Database, where: Where, plan: Plan, below: int | None) -> _Pool:
    ids = newest(database, where, plan, below=below, most=CAP[where] + 1)
    return _Pool(lines(database, where, ids[: CAP[where]]), ids)


def _dated(
    database: Database, query: Query, plan: Plan, state: _State, first: _Pool
) -> tuple[list[tuple[int, Score | None]], _State | None]:
    """The next page by the date of publication, undated ones last, and where the one after it begins."""
    old = query.sort == "oldest"
    walk = _Walk(database, query.in_, plan, state.top or 1, old)
    last = None
    if state.at is not None:
        try:
            published, id = state.at
            last = walk.key(published, int(id))
        except (ValueError, TypeError):
            raise _no_cursor(query.cursor or "") from None
    ordered = walk.sorted(first.lines) if first.rest is None else walk.from_date(state.at and state.at[0])
    page: list[tuple[int, Score | None]] = []
    shown: Line | None = None
    for line in ordered:
        if last is not None and walk.key(line.published, line.id) <= last:
            continue
        if len(page) == query.limit:
            assert shown is not None
            return page, _State(state.digest, state.top, None, [shown.published, shown.id])
        page.append((line.id, None))
        shown = line
    return page, None


@dataclass(slots=True)
class _Walk:
    """Hits in the order of their dates: by years, where one holds too many by months, then by days."""

    database: Database
    where: Where
    plan: Plan
    top: int
    old: bool

    def key(self, published: object, id: int) -> tuple[object, ...]:
        """What hits are sorted by; smaller comes first."""
        if published is None:
            return (1, 0, id if self.old else -id)
        number = int(str(published).replace("-", ""))
        return (0, number, id) if self.old else (0, -number, -id)

    def sorted(self, found: Sequence[Line]) -> list[Line]:
        return sorted(found, key=lambda line: self.key(line.published, line.id))

    def from_date(self, published: object) -> Iterator[Line]:
        """All hits in order, from about that date on; from the first where it is None."""
        start = str(published) if published else None
        years = sorted(years_published(self.database), reverse=not self.old)
        for year in years:
            if start and (year < int(start[:4]) if self.old else year > int(start[:4])):
                continue
            yield from self._bucket("y", f"{year:04}")
        yield from self._bucket("", "none")

    def _bucket(self, grain: str, value: str) -> Iterator[Line]:
        plan = both(self.plan, Row((code("pub", grain + value),)))
        ids = newest(self.database, self.where, plan, below=self.top, most=CAP[self.where] + 1)
        finer = {"y": "m", "m": "d"}.get(grain)
        if len(ids) <= CAP[self.where]:
            yield from self.sorted(lines(self.database, self.where, ids))
        elif finer:
            parts = range(1, 13) if finer == "m" else range(1, 32)
            for part in parts if self.old else reversed(parts):
                yield from self._bucket(finer, f"{value}{part:02}")
        else:
            yield from self._one_day(plan, ids)

    def _one_day(self, plan: Plan, ids: list[int]) -> Iterator[Line]:
        """More than can be sorted at once of one day, or without a date: by id."""
        cap = CAP[self.where]
        if self.old:
            every = list(self._all(plan, ids))[::-1]
            for at in range(0, len(every), cap):
                yield from self.sorted(lines(self.database, self.where, every[at : at + cap]))
            return
        while True:
            yield from self.sorted(lines(self.database, self.where, ids[:cap]))
            if len(ids) <= cap:
                return
            ids = newest(self.database, self.where, plan, below=ids[cap - 1], most=cap + 1)

    def _all(self, plan: Plan, ids: list[int]) -> Iterator[int]:
        cap = CAP[self.where]
        yield from ids[:cap]
        while len(ids) > cap:
            ids = newest(self.database, self.where, plan, below=ids[cap - 1], most=cap + 1)
            yield from ids[:cap]


def hits_of(
    database: Database, where: Where, planned: Planned, page: Sequence[tuple[int, Score | None]]
) -> tuple[Hit, ...]:
    """The hits of these ids, in that order."""
    sql = STATEMENTS if where == "statements" else ARTICLES
    rows = {(row[0] or row[1]): row for row in rows_in(database, sql, [id for id, _ in page])}
    shown = list(shown_rows(planned.concepts))
    hits = []
    for id, score in page:
        statement, article, text, *more = rows[id]
        known: dict[str, Any] = dict(zip(KNOWN, more, strict=True))
        hits.append(Hit(statement, article, snippet(text, matches(text[:LOOKED_THROUGH], shown)), **known, score=score))
    return tuple(hits)
