"""Near-identical texts of different stories, as agencies send them out: found by a sketch, linked, never merged.

A text's shingles are its windows of five words; of a long text only those that begin with one word in four, chosen by
the word alone, so that two copies choose alike. One-permutation MinHash (Li, Owen and Zhang 2012) puts each shingle
in one of eight bins and keeps the least of each; two neighbouring bins make a band. Texts with a band in common are
compared shingle by shingle, and linked from SHARE on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from zlib import crc32

from onrecord.archive.safekeeping.sealing import seal
from onrecord.archive.store.database import Database, one, rows_in

WORD = re.compile(r"\w+")
WINDOW = 5
SAMPLED = 4  # one word in so many begins a shingle
LONG = 120  # words; a shorter text begins a shingle at each
BINS = 8
SHARE = 0.7  # Jaccard of shingles from which a text is linked as a copy
SAME = 0.9  # from which it is found by the sketch of the text it copies, and needs none of its own
LOOKED_UP = 12  # texts that have one band, at most, the first kept first
COMPARED = 4  # texts a new one is compared with at most, those with most bands in common first
LINKED = 4  # texts a new one is linked to at most, the likest first

Shingles = frozenset[int]


@lru_cache(maxsize=50_000)
def _begins(word: str) -> bool:
    return crc32(word.encode()) % SAMPLED == 0


def shingles(text: str) -> Shingles:
    """The hashes of the windows that stand for `text`, one that can be kept; none where it is shorter than a window."""
    words = WORD.findall(text.lower())
    last = len(words) - WINDOW + 1
    if len(words) < LONG:
        starts: Iterable[int] = range(last)
    else:
        starts = [at for at, word in enumerate(words[:last]) if _begins(word)]
    return frozenset([crc32(" ".join(words[at : at + WINDOW]).encode()) for at in starts])


def bands(found: Shingles) -> tuple[int, ...]:
    """What copies of one text share at least one of: a whole number below 2**62 for each pair of filled bins."""
    least: list[int | None] = [None] * BINS
    for value in found:
        at = value % BINS
        held = least[at]
        if held is None or value < held:
            least[at] = value
    return tuple(
        (place // 2) << 59 | ((a * 1_000_003 + b) & ((1 << 59) - 1))
        for place in range(0, BINS, 2)
        if (a := least[place]) is not None and (b := least[place + 1]) is not None
    )


def likeness(a: Shingles, b: Shingles) -> float:
    """The Jaccard index of two sets of shingles, 0 where one is empty."""
    both = len(a & b)
    return both / (len(a) + len(b) - both) if both else 0.0


class Sketcher:
    """Finds what the articles of one batch are copies of, among those kept and those before them in the batch."""

    def __init__(self, database: Database, articles: Sequence[tuple[int, int, str]]) -> None:
        """`articles` are the ids, stories and texts of new ones, in order."""
        self.links: list[tuple[int, int, float]] = []
        self.sketches: list[tuple[int, int]] = []
        self._database = database
        self._shingles = {id: shingles(text) for id, _, text in articles}
        self._story = {id: story for id, story, _ in articles}
        own = {id: bands(found) for id, found in self._shingles.items()}
        holders: dict[int, list[int]] = {}
        every = {band for found in own.values() for band in found}
        for band, article in rows_in(
            database, "SELECT band, article FROM sketches WHERE band IN {in} ORDER BY article", every
        ):
            holders.setdefault(band, []).append(article)
        self._know(sorted({other for found in own.values() for other in _likest(found, holders)}))
        for id, _, _ in articles:
            self._place(id, own[id], holders)

    def _place(self, id: int, own: Sequence[int], holders: dict[int, list[int]]) -> None:
        likest = 0.0
        found = []
        for other in _likest(own, holders):
            share = likeness(self._shingles[id], self._shingles[other])
            likest = max(likest, share)
            if share >= SHARE and self._story[id] != self._story[other]:
                found.append((id, other, round(share, 4)))
        self.links += sorted(found, key=lambda link: (-link[2], link[1]))[:LINKED]
        if likest < SAME:
            for band in dict.fromkeys(own):
                holders.setdefault(band, []).append(id)
                self.sketches.append((band, id))

    def _know(self, articles: Sequence[int]) -> None:
        sql = "SELECT a.id, a.story, t.text FROM articles a JOIN texts t ON t.sha256 = a.sha256 WHERE a.id IN {in}"
        for id, story, text in rows_in(self._database, sql, articles):
            self._shingles[id] = _shingles_again(text)
            self._story[id] = story


def _likest(own: Sequence[int], holders: Mapping[int, Sequence[int]]) -> list[int]:
    """Of the articles that have bands in common with `own`, the few that have most, the first kept first."""
    shared = Counter(other for band in own for other in holders.get(band, ())[:LOOKED_UP])
    return sorted(shared, key=lambda other: (-shared[other], other))[:COMPARED]


@lru_cache(maxsize=512)
def _shingles_again(text: str) -> Shingles:
    return shingles(text)


def copies_of(database: Database, article: int) -> tuple[tuple[int, float], ...]:
    """The articles linked with this one, in either direction, the likest first."""
    rows = database.rows(
        "SELECT of, share FROM copies WHERE article = ? UNION SELECT article, share FROM copies WHERE of = ?",
        (article, article),
    )
    return tuple(sorted(rows, key=lambda row: (-row[1], row[0])))


def unlink(database: Database, article: int) -> None:
    """Take an article, about to be forgotten, out of sketches and links; those that were found by its sketch get one
    of their own, and are linked anew. Inside `writing`."""
    orphans = [id for (id,) in database.rows("SELECT article FROM copies WHERE of = ? ORDER BY article", (article,))]
    database.run("DELETE FROM copies WHERE article = ? OR of = ?", (article, article))
    database.run("DELETE FROM sketches WHERE article = ?", (article,))
    for orphan in orphans:
        if one(database, "SELECT 1 FROM sketches WHERE article = ?", (orphan,)):
            continue
        row = database.row(
            "SELECT a.story, t.text FROM articles a JOIN texts t ON t.sha256 = a.sha256 WHERE a.id = ?", (orphan,)
        )
        if row is not None:
            sketcher = Sketcher(database, [(orphan, row[0], row[1])])
            database.many("INSERT INTO sketches (band, article) VALUES (?, ?)", sketcher.sketches)
            known = {of for (of,) in database.rows("SELECT of FROM copies WHERE article = ?", (orphan,))}
            links = [link for link in sketcher.links if link[1] not in known and link[1] != orphan]
            database.many("INSERT INTO copies (article, of, share) VALUES (?, ?, ?)", links)
    seal(database, "copies", orphans)
