"""Which articles of the archive may tell of the same event as one: by whom they quote, by day, by language."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.archive.indexing.tallies import SHOWN
from onrecord.archive.store.database import rows_in
from onrecord.records import Record

if TYPE_CHECKING:
    from onrecord.archive.store.opening import Archive

DAYS = 14
FOREIGN_DAYS = 7
"""Days to either side within which articles quote one of the same people; and within which others are in another
language, where names are written otherwise."""


def around(archive: Archive, articles: Sequence[int], most: int, beside: Sequence[Record] = ()) -> tuple[int, ...]:
    """These articles, and at most `most` others that may tell of what they and those `beside` the archive tell of, the
    nearest in time first."""
    database = archive.database
    held = list(rows_in(database, "SELECT published, language FROM articles WHERE id IN {in}", articles))
    days = [datetime.date.fromisoformat(published) for published, _ in held if published]
    days += [record.article.published for record in beside if record.article.published is not None]
    if not days:
        return tuple(articles)
    quoted = f"SELECT DISTINCT s.person FROM {SHOWN} WHERE s.person IS NOT NULL AND s.article IN {{in}}"
    people = {person for (person,) in rows_in(database, quoted, articles)}
    names = sorted({entity.name for record in beside for entity in record.entities if entity.named})
    people |= {person for (person,) in rows_in(database, "SELECT id FROM people WHERE name IN {in}", names)}
    span = f"a.published BETWEEN '{_before(days, DAYS)}' AND '{_behind(days, DAYS)}'"
    quoting = f"SELECT DISTINCT a.id, a.published FROM {SHOWN} WHERE {span} AND s.person IN {{in}}"
    rows = list(rows_in(database, quoting, sorted(people)))
    others = "SELECT id, published FROM articles WHERE published BETWEEN ? AND ? AND language <> ?"
    languages = {language for _, language in held} | {record.article.language for record in beside}
    for language in sorted(filter(None, languages)):
        rows += database.rows(others, (_before(days, FOREIGN_DAYS), _behind(days, FOREIGN_DAYS), language))
    apart = {
        id: min(abs((datetime.date.fromisoformat(published) - day).days) for day in days) for id, published in rows
    }
    near = sorted(apart.keys() - set(articles), key=lambda id: (apart[id], id))
    return (*articles, *near[:most])


def _before(days: Sequence[datetime.date], by: int) -> str:
    return (min(days) - datetime.timedelta(by)).isoformat()


def _behind(days: Sequence[datetime.date], by: int) -> str:
    return (max(days) + datetime.timedelta(by)).isoformat()


def articles_of(archive: Archive, statements: Sequence[int]) -> tuple[int, ...]:
    """The articles that shown statements stand in, in the order of the numbers given."""
    sql = f"SELECT s.id, s.article FROM {SHOWN} WHERE s.id IN {{in}}"
    found = dict(rows_in(archive.database, sql, statements))
    return tuple(dict.fromkeys(found[id] for id in statements if id in found))


def numbers_by_id(archive: Archive, articles: Sequence[int]) -> dict[tuple[int, str], int]:
    """The numbers of the shown statements of articles, by the article and the id in its record."""
    sql = f"SELECT s.article, s.local, s.id FROM {SHOWN} WHERE s.article IN {{in}}"
    return {(article, local): id for article, local, id in rows_in(archive.database, sql, articles)}
