"""Tracing joined to the archive: one statement against all that is kept, without gathering it anew.

The index of fingerprints proposes, where it is caught up; articles that are new or have changed since are looked
through beside it, as long as they are few; else full text search proposes. `tracing` decides in each case.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from onrecord.archive.fingerprints import KeptPostings, waiting, words_of
from onrecord.archive.fingerprints import catch_up as _catch_up
from onrecord.archive.printed import Printed, printed
from onrecord.archive.query import Query
from onrecord.archive.search import search
from onrecord.archive.store import Archive
from onrecord.errors import QueryError
from onrecord.tracing.boilerplate import is_no_utterance
from onrecord.tracing.candidates import Lookup
from onrecord.tracing.carriers import Carrier, carriers_of, in_time
from onrecord.tracing.newcomers import trace
from onrecord.tracing.shingles import fingerprints, plain_words
from onrecord.tracing.utterances import Utterance

Proposing = Literal["fingerprints", "full text"]

LONGEST = 8_000
"""In characters; what is longer is a document, no utterance, and is not traced."""
FEW = 30
"""So many articles that the index lacks are looked through one by one."""
WORD = re.compile(r"[^\W\d_]{4,}|\d{2,}")
MOST_WORDS = 14
FEWEST_WORDS = 4
MOST_HITS = 80


def catch_up(archive: Archive, progress: Callable[[int, int], None] = lambda done, of: None) -> int:
    """Bring the index of fingerprints in step with the archive; how many articles were put in.

    Raises ReadOnlyArchive or LockedArchive where it cannot be. Stopped, it goes on from there the next time.
    """
    return _catch_up(archive, fingerprints_of, progress)


def carriers(archive: Archive, statements: Iterable[int], *, numbered: bool = False) -> list[tuple[int, Carrier]]:
    """The shown statements of these numbers as carriers, each with its number, in the order given.

    An article is called by its name, as `carriers_of` calls it; or, `numbered`, by its number in the archive, so that
    versions of one story stay apart.
    """
    return [(one.number, _carrier(one, numbered)) for one in printed(archive, statements)]


class Kept:
    """An archive as one statement after the other is traced in it.

    `besides` are carriers of files that are traced with it: articles of the same name are left out of the archive.
    `without` are numbers of articles to leave out. `numbered` is as in `carriers`; `numbers` has the number of every
    carrier of the archive that was met.
    """

    def __init__(
        self,
        archive: Archive,
        besides: Sequence[Carrier] = (),
        *,
        without: Iterable[int] = (),
        numbered: bool = False,
    ) -> None:
        self.numbers: dict[str, int] = {}
        self._archive = archive
        self._numbered = numbered
        self._without = frozenset(without)
        self._besides = {at - len(besides): carrier for at, carrier in enumerate(besides)}
        self._replaced = {carrier.article for carrier in besides}
        self._own = _Held({number: carrier.words for number, carrier in self._besides.items()})
        lacking = waiting(archive, FEW + 1)
        self.proposing: Proposing = "fingerprints" if len(lacking) <= FEW else "full text"
        self._lookups: tuple[Lookup, ...] = (self._own,)
        if self.proposing == "fingerprints":
            self._lookups += (KeptPostings(archive.database),)
            if lacking:
                held = words_of(archive.database, lacking).values()
                self._lookups += (_Held({number: words for said in held for number, words in said}),)

    def trace(self, carrier: Carrier) -> Utterance | None:
        """What a carrier carries, with all that carry it; None where it carries nothing that can be traced."""
        if len(carrier.words) > LONGEST or is_no_utterance(carrier, plain_words(carrier.words)):
            return None
        with self._archive.database.reading():
            if self.proposing == "fingerprints":
                return trace(carrier, _Several(self._lookups), self._fetch)
            near = {number: other.words for number, other in self._carriers(alike(self._archive, carrier.words))}
            return trace(carrier, _Several((*self._lookups, _Held(near))), self._fetch)

    def _fetch(self, numbers: Sequence[int]) -> list[Carrier]:
        """The carriers of these numbers; those of files have negative ones. Of two versions of an article that bear
        one name, the statement of the later stands."""
        found = {carrier.id: carrier for number, carrier in sorted(self._carriers(n for n in numbers if n >= 0))}
        return [*(self._besides[n] for n in numbers if n < 0), *found.values()]

    def _carriers(self, numbers: Iterable[int]) -> Iterator[tuple[int, Carrier]]:
        for one in printed(self._archive, numbers):
            if one.article in self._without or one.record.article.id in self._replaced:
                continue
            carrier = _carrier(one, self._numbered)
            if len(carrier.words) <= LONGEST:
                self.numbers[carrier.id] = one.number
                yield one.number, carrier


def with_words_of(archive: Archive, carrier: Carrier, without: Iterable[int] = ()) -> tuple[Carrier, ...]:
    """The shown statements that hold the first words of a carrier in one run, whoever speaks, in order of printing;
    those of the articles `without` left out. For words that tracing ties to nobody."""
    words = plain_words(carrier.words)[:MOST_WORDS]
    if len(words) < FEWEST_WORDS:
        return ()
    try:
        found = search(archive, Query(words=f'content:"{" ".join(words)}"', limit=MOST_HITS))
    except QueryError:
        return ()
    left_out = frozenset(without)
    ids = [hit.statement for hit in found.hits if hit.statement is not None and hit.article not in left_out]
    return tuple(sorted((other for _, other in carriers(archive, ids)), key=in_time))


def alike(archive: Archive, words: str) -> tuple[int, ...]:
    """The numbers of statements that share rare words with these, by full text search, the likest first."""
    rare = sorted({word.casefold() for word in WORD.findall(words[:LONGEST])}, key=lambda word: (-len(word), word))
    if not rare:
        return ()
    try:
        found = search(archive, Query(words=" OR ".join(f'"{word}"' for word in rare[:MOST_WORDS]), limit=MOST_HITS))
    except QueryError:
        return ()
    return tuple(hit.statement for hit in found.hits if hit.statement is not None)


class _Held:
    """A Lookup over a few texts in memory."""

    def __init__(self, texts: dict[int, str]) -> None:
        self._holders: dict[int, list[int]] = {}
        for number in sorted(texts):
            for fingerprint in fingerprints_of(texts[number]):
                self._holders.setdefault(fingerprint, []).append(number)

    def holders(self, fingerprint: int, limit: int) -> Sequence[int]:
        """The numbers of the first `limit` texts that hold it."""
        return self._holders.get(fingerprint, [])[:limit]


class _Several:
    """Lookups as one."""

    def __init__(self, lookups: Sequence[Lookup]) -> None:
        self._lookups = lookups

    def holders(self, fingerprint: int, limit: int) -> Sequence[int]:
        """The numbers of the first `limit` texts of any that hold it."""
        return sorted({number for one in self._lookups for number in one.holders(fingerprint, limit)})[:limit]


def _carrier(one: Printed, numbered: bool) -> Carrier:
    record = one.record
    if numbered:
        record = replace(record, article=replace(record.article, id=str(one.article)))
    (carrier,) = carriers_of(record)
    return replace(carrier, within=one.within)


def fingerprints_of(text: str) -> Sequence[int]:
    """The fingerprints by which a text is found; none of a text too long to be traced."""
    return fingerprints(text) if len(text) <= LONGEST else ()
