"""Which statements hold which fingerprint: an index of the archive that is caught up when somebody wants to trace.

What changes takes itself out and waits (`take_out`, called by `indexing`); `catch_up` puts in what waits. So kept are
only fingerprints of statements that are shown: of current readings, and not rejected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.archive.indexing.tallies import SHOWN
from onrecord.archive.store.database import AT_ONCE, Database, one, rows_in, run_in

if TYPE_CHECKING:
    from onrecord.archive.store.archive import Archive

POSTINGS = 200_000
"""How many rows one transaction puts in, about: put in sorted, so that a page of the index is written once in each."""

Fingerprints = Callable[[str], Sequence[int]]
Told = Callable[[int, int], None]
Words = dict[int, list[tuple[int, str]]]


class KeptPostings:
    """A Lookup, as tracing asks for, in the archive."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def holders(self, fingerprint: int, limit: int) -> Sequence[int]:
        """The first `limit` statements that hold it, in ascending order."""
        rows = self._database.rows(
            "SELECT statement FROM fingerprints WHERE fingerprint = ? ORDER BY statement LIMIT ?", (fingerprint, limit)
        )
        return [statement for (statement,) in rows]


def waiting(archive: Archive, most: int) -> tuple[int, ...]:
    """The first `most` articles that are not in the index as they are now; none where it is caught up."""
    rows = archive.database.rows("SELECT article FROM unfingerprinted ORDER BY article LIMIT ?", (most,))
    return tuple(article for (article,) in rows)


def words_of(database: Database, articles: Iterable[int]) -> Words:
    """The shown statements of articles, each by its number and its words."""
    found: Words = {article: [] for article in articles}
    sql = f"SELECT s.article, s.id, s.content FROM {SHOWN} WHERE a.id IN {{in}} ORDER BY s.id"
    for article, id, content in rows_in(database, sql, found):
        found[article].append((id, content))
    return found


def catch_up(archive: Archive, fingerprints: Fingerprints, progress: Told = lambda done, of: None) -> int:
    """Put in all articles that wait, and return how many they were.

    `fingerprints` gives those of a text, `progress` is told how many articles of how many are in. What it did is kept
    when it is stopped, and it goes on from there. Others may write while it counts, and wait while it puts in.
    """
    database = archive.database
    of = one(database, "SELECT COUNT(*) FROM unfingerprinted") or 0
    done = 0
    for words, postings in _batches(database, fingerprints):
        done += _put_in(database, words, sorted(postings))
        progress(done, max(of, done))
    if done and database.dialect == "postgres":
        database.run("ANALYZE fingerprints")
    return done


def take_out(database: Database, articles: Iterable[int]) -> None:
    """Take articles out of the index, and have those that are still there wait for `catch_up`. Inside `writing`."""
    ids = list(articles)
    run_in(
        database,
        "DELETE FROM fingerprints WHERE statement IN (SELECT id FROM statements WHERE article IN {in})",
        ids,
    )
    run_in(
        database,
        "INSERT INTO unfingerprinted (article) SELECT id FROM articles WHERE id IN {in} ON CONFLICT DO NOTHING",
        ids,
    )


def _batches(database: Database, fingerprints: Fingerprints) -> Iterator[tuple[Words, list[tuple[int, int]]]]:
    """What waits, a transaction's worth at a time: the words of articles, and the rows that they make."""
    words: Words = {}
    postings: list[tuple[int, int]] = []
    last = -1
    while articles := _next(database, last):
        last = articles[-1]
        for article, said in words_of(database, articles).items():
            words[article] = said
            postings += [(fingerprint, id) for id, content in said for fingerprint in fingerprints(content)]
        if len(postings) >= POSTINGS:
            yield words, postings
            words, postings = {}, []
    if words:
        yield words, postings


def _next(database: Database, last: int) -> list[int]:
    rows = database.rows(
        "SELECT article FROM unfingerprinted WHERE article > ? ORDER BY article LIMIT ?", (last, AT_ONCE)
    )
    return [article for (article,) in rows]


def _put_in(database: Database, words: Words, postings: list[tuple[int, int]]) -> int:
    """Put in what was made of `words`, without articles that changed meanwhile or that somebody else put in."""
    with database.writing():
        still = {article for (article,) in rows_in(database, STILL, words)}
        now = words_of(database, still)
        same = {article for article in still if now[article] == words[article]}
        if len(same) < len(words):
            held = {id for article in same for id, _ in words[article]}
            postings = [pair for pair in postings if pair[1] in held]
        database.load("fingerprints", ("fingerprint", "statement"), postings)
        run_in(database, "DELETE FROM unfingerprinted WHERE article IN {in}", sorted(same))
    return len(same)


STILL = "SELECT article FROM unfingerprinted WHERE article IN {in}"
