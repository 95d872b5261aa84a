"""How much each person says, and is spoken of, in each article: kept in step, so that lists need not count all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from onrecord.archive.store.database import Database, marks, run_in

NEWEST = "NOT EXISTS (SELECT 1 FROM articles later WHERE later.story = a.story AND later.version > a.version)"
"""Whether the article `a` is the newest version of its story: only that one counts, unless all are asked for."""

SHOWN = (
    "statements s JOIN articles a ON a.id = s.article AND a.current = s.reading"
    f" AND (s.review IS NULL OR s.review <> 'rejected') AND {NEWEST}"
)
"""Statements that are shown and counted, as `s`, with their article as `a`: for after FROM. They are those of the
current reading of the newest version of a story that nobody rejected."""

COUNTED = (
    "SELECT person, article, SUM(said), SUM(told) FROM ("
    "SELECT COALESCE(s.person, 0) AS person, s.article AS article, COUNT(*) AS said, 0 AS told"
    f" FROM {SHOWN} WHERE s.article IN {{in}} GROUP BY 1, 2"
    " UNION ALL"
    f" SELECT b.person, s.article, 0, COUNT(*) FROM {SHOWN} JOIN abouts b ON b.statement = s.id"
    " WHERE b.person IS NOT NULL AND s.article IN {in} GROUP BY 1, 2"
    ") AS counted GROUP BY 1, 2"
)
"""What is shown of some articles: person (0 for nobody), article, statements, and how often it is spoken of."""


def tally(database: Database, articles: Sequence[int]) -> None:
    """Count these articles anew. Inside `writing`; at most a few hundred at once."""
    run_in(database, "DELETE FROM tallies WHERE article IN {in}", articles)
    if articles:
        counted = COUNTED.replace("{in}", marks(len(articles)))
        database.run(f"INSERT INTO tallies (person, article, statements, about) {counted}", (*articles, *articles))


def miscounted(database: Database, articles: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Article and person whose tally is not what counting gives. At most a few hundred articles at once."""
    ids = list(articles)
    if not ids:
        return
    columns = "SELECT person, article, statements, about FROM tallies WHERE article IN "
    kept = set(database.rows(columns + marks(len(ids)), ids))
    counted = {
        (person, article, int(said), int(told))
        for person, article, said, told in database.rows(COUNTED.replace("{in}", marks(len(ids))), (*ids, *ids))
    }
    yield from sorted({(article, person) for person, article, _, _ in kept ^ counted})
