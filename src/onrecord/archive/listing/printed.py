"""Statements as they were printed: with article, speaker, occasion and relay, many at once and no more than that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from onrecord.archive.indexing.copies import Sketcher, copies_of
from onrecord.archive.indexing.tallies import SHOWN
from onrecord.archive.store.database import Database, rows_in
from onrecord.archive.store.stories import story_key
from onrecord.records import Article, Entity, Occasion, Provenance, Record, Statement
from onrecord.records.codec import spans_from

if TYPE_CHECKING:
    from onrecord.archive.store.opening import Archive

REJECTED = "rejected"
COLUMNS = (
    "s.id, s.article, s.reading, s.local, s.content_spans, s.source_spans, s.cue_spans, s.form, s.status,"
    " s.confidence, s.within, w.review,"
    " a.name, a.title, u.name, a.published, a.url, a.language, a.sha256,"
    " e.local, e.name, e.kind, e.wikidata, e.named,"
    " r.local, r.name, r.kind, m.local, m.name, m.kind,"
    " o.local, o.kind, o.place, o.event, o.said_on"
)
JOINED = (
    f"SELECT {COLUMNS} FROM {SHOWN} LEFT JOIN outlets u ON u.id = a.outlet"
    " LEFT JOIN statements w ON w.reading = s.reading AND w.local = s.within"
    " LEFT JOIN entities e ON e.id = s.speaker LEFT JOIN entities r ON r.id = s.relayed_by"
    " LEFT JOIN occasions o ON o.id = s.occasion"
    " LEFT JOIN entities m ON m.reading = o.reading AND m.local = o.medium"
    " WHERE s.id IN {in}"
)
TEXTS = "SELECT sha256, text FROM texts WHERE sha256 IN {in}"


@dataclass(frozen=True, slots=True)
class Printed:
    """A shown statement: its `number` and that of its article in the archive, a `record` of it alone with its article,
    speaker, occasion and relay, and `within`, the id of the statement of that article whose content holds it."""

    number: int
    article: int
    record: Record
    within: str | None


def printed(archive: Archive, statements: Iterable[int]) -> tuple[Printed, ...]:
    """The statements of these numbers that are shown, in the order of the numbers given; others are left out."""
    database = archive.database
    asked = list(dict.fromkeys(statements))
    with database.reading():
        rows = {row[0]: row for row in rows_in(database, JOINED, asked)}
        texts = dict(rows_in(database, TEXTS, {row[18] for row in rows.values()}))
        return tuple(_printed(database, rows[id], texts[rows[id][18]]) for id in asked if id in rows)


def numbers_of(archive: Archive, articles: Sequence[int]) -> tuple[int, ...]:
    """The numbers of the shown statements of articles, in the order of the articles and in reading order."""
    found: dict[int, list[int]] = {article: [] for article in articles}
    sql = f"SELECT s.article, s.id FROM {SHOWN} WHERE s.article IN {{in}} ORDER BY s.article, s.start, s.id"
    for article, id in rows_in(archive.database, sql, found):
        found[article].append(id)
    return tuple(id for ids in found.values() for id in ids)


def number_of(archive: Archive, article: int, local: str) -> int | None:
    """The number of the shown statement of an article with that id in its record; None where it has none."""
    row = archive.database.row(f"SELECT s.id FROM {SHOWN} WHERE s.article = ? AND s.local = ?", (article, local))
    return None if row is None else int(row[0])


def same_or_copied(archive: Archive, article: Article) -> frozenset[int]:
    """The articles of the archive that are `article` itself, another version of it, or nearly its text."""
    database = archive.database
    rows = database.rows(
        "SELECT b.id FROM articles a JOIN articles b ON b.story = a.story WHERE a.sha256 = ? OR a.name = ?"
        " UNION SELECT a.id FROM stories s JOIN articles a ON a.story = s.id WHERE s.key = ?",
        (article.sha256, article.id, story_key(article)),
    )
    same = {id for (id,) in rows}
    same |= {other for _, other, _ in Sketcher(database, [(0, 0, article.text)]).links}
    return frozenset(same | {copy for id in same for copy, _ in copies_of(database, id)})


def _printed(database: Database, row: tuple[Any, ...], text: str) -> Printed:
    id, article, reading, local, content, source, cue, form, status, confidence, within, review = row[:12]
    name, title, outlet, published, url, language, _ = row[12:19]
    speaker, relay, medium = row[19:24], row[24:27], row[27:30]
    occasion, kind, place, event, said_on = row[30:]
    entities = {entity[0]: _entity(*entity) for entity in (medium, relay, speaker) if entity[0] is not None}
    statement = Statement(
        id=local,
        content=spans_from(content),
        source=spans_from(source),
        cue=spans_from(cue),
        form=form,
        status=status,
        confidence=confidence,
        speaker=speaker[0],
        relayed_by=relay[0],
        occasion=occasion,
    )
    occasions = (
        ()
        if occasion is None
        else (Occasion(id=occasion, kind=kind, medium=medium[0], place=place, event=event, when=said_on),)
    )
    held = Article(
        text, name, title, outlet, None if published is None else date.fromisoformat(published), url, language
    )
    record = Record(held, (statement,), Provenance(""), tuple(entities.values()), occasions)
    if review == REJECTED:
        within = _past_rejected(database, reading, within)
    return Printed(id, article, record, within)


def _entity(local: str, name: str, kind: Any, wikidata: str | None = None, named: int = 1) -> Entity:
    return Entity(id=local, name=name, kind=kind, wikidata=wikidata, named=bool(named))


def _past_rejected(database: Database, reading: int, local: str | None) -> str | None:
    """The first statement outwards from `local` that nobody rejected."""
    while local is not None:
        row = database.row("SELECT within, review FROM statements WHERE reading = ? AND local = ?", (reading, local))
        if row is None or row[1] != REJECTED:
            return local
        local = row[0]
    return None
