"""Which articles of the archive may tell of the same event as one: by whom they quote, by day, by language."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.archive.database import rows_in
from onrecord.archive.tallies import SHOWN

if TYPE_CHECKING:
    from onrecord.archive.store import Archive

DAYS = 14
FOREIGN_DAYS = 7
"""Days to either side within which articles quote one of the same people; and within which others are in another
language, where names are written otherwise."""


def around(archive: Archive, articles: Sequence[int], most: int) -> tuple[int, ...]:
    """These articles, and at most `most` others that may tell of what they tell of, the nearest in time first."""
    database = archive.database
    held = list(rows_in(database, "SELECT published, language FROM articles WHERE id IN {in}", articles))
    days = [datetime.date.fromisoformat(published) for published, _ in held if published]
    if not days:
        return tuple(articles)
    people = sorted(
        {
            person
            for (person,) in rows_in(
                database, f"SELECT DISTINCT s.person FROM {SHOWN} WHERE s.article IN {{in}}", articles
            )
            if person is not None
        }
    )
    found: dict[int, int] = {}
    first, last = min(days), max(days)
    reach = datetime.timedelta(DAYS)
    span = f"a.published BETWEEN '{first - reach}' AND '{last + reach}'"
    quoting = f"SELECT DISTINCT a.id, a.published FROM {SHOWN} WHERE {span} AND s.person IN {{in}}"
    reach = datetime.timedelta(FOREIGN_DAYS)
    others = (
        "SELECT id, published FROM articles WHERE published BETWEEN ? AND ? AND language <> ? AND current IS NOT NULL"
    )
    rows = list(rows_in(database, quoting, people))
    for language in sorted({language for _, language in held if language}):
        rows += database.rows(others, ((first - reach).isoformat(), (last + reach).isoformat(), language))
    for id, published in rows:
        printed = datetime.date.fromisoformat(published)
        found[id] = min(abs((printed - day).days) for day in days)
    near = sorted(found.keys() - set(articles), key=lambda id: (found[id], id))
    return (*articles, *near[:most])


def articles_of(archive: Archive, statements: Sequence[int]) -> tuple[int, ...]:
    """The articles that shown statements stand in, in the order of the numbers given."""
    sql = f"SELECT s.id, s.article FROM {SHOWN} WHERE s.id IN {{in}}"
    found = dict(rows_in(archive.database, sql, statements))
    return tuple(dict.fromkeys(found[id] for id in statements if id in found))


def numbers_by_id(archive: Archive, articles: Sequence[int]) -> dict[tuple[int, str], int]:
    """The numbers of the shown statements of articles, by the article and the id in its record."""
    sql = f"SELECT s.article, s.local, s.id FROM {SHOWN} WHERE s.article IN {{in}}"
    return {(article, local): id for article, local, id in rows_in(archive.database, sql, articles)}
