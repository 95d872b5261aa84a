"""One statement after the other traced in an archive.

The index of fingerprints proposes, where it is caught up; articles that are new or have changed since are looked
through beside it, as long as they are few; else full text search proposes. `tracing` decides in each case.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, cast

from onrecord.answers.gathering import gather, quoted
from onrecord.archive.indexing.around import around, articles_of, numbers_by_id
from onrecord.archive.indexing.fingerprints import KeptPostings, waiting, words_of
from onrecord.archive.indexing.fingerprints import catch_up as _catch_up
from onrecord.archive.listing.printed import Printed, number_of, printed
from onrecord.archive.searching.query import MOST_HITS as A_PAGE
from onrecord.archive.searching.query import Query
from onrecord.archive.searching.search import search
from onrecord.archive.store.archive import Archive
from onrecord.archive.store.loading import find_article, load_records, statement
from onrecord.errors import NoSuchEntry, QueryError
from onrecord.records import Record
from onrecord.tracing.gathering.boilerplate import is_no_utterance
from onrecord.tracing.gathering.candidates import Lookup, candidates
from onrecord.tracing.gathering.carriers import Carrier, carriers_of, in_time
from onrecord.tracing.gathering.events import is_transcript
from onrecord.tracing.gathering.newcomers import trace
from onrecord.tracing.gathering.shingles import fingerprints, plain_words
from onrecord.tracing.gathering.utterances import Utterance

if TYPE_CHECKING:
    from onrecord.embedding import Meanings

Proposing = Literal["fingerprints", "full text"]
LONGEST = 8_000
"""In characters; what is longer is a document, no utterance, and is not traced."""
MOST_EVENT, SHARED = 40, 2
"""Articles that are looked through for an event; fingerprints that a statement of one shares with another."""
FEW = 30
"""So many articles that the index lacks are looked through one by one."""
STATEMENT = re.compile(r"s(\d{1,18})", re.ASCII)
"""A statement by its number in the archive."""
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


class TracedArchive:
    """An archive as one statement after the other is traced in it.

    `besides` are carriers of files that are traced with it, of the articles `records`: articles of the same name are
    left out of the archive. `without` are numbers of articles to leave out. `numbered` is as in `carriers`; `numbers`
    has the number of every statement of the archive that was met. `likeness` is as in `gather`.
    """

    def __init__(
        self,
        archive: Archive,
        besides: Sequence[Carrier] = (),
        *,
        records: Sequence[Record] = (),
        without: Iterable[int] = (),
        numbered: bool = False,
        likeness: Callable[[], Meanings | None] = lambda: None,
    ) -> None:
        self.numbers: dict[str, int] = {}
        self._archive = archive
        self._numbered = numbered
        self._likeness = likeness
        self._without = frozenset(without)
        self._besides = {at - len(besides): carrier for at, carrier in enumerate(besides)}
        self._records = {record.article.id: quoted(record) for record in records}
        self._replaced = {carrier.article for carrier in besides} | self._records.keys()
        self._events: dict[str, tuple[Utterance, ...]] = {}
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
        """What a carrier carries, with all that carry it; None where it carries nothing that can be traced.

        Where a transcript of its event is kept, that judges it, and all others of the event with it.
        """
        with self._archive.database.reading():
            wording = self._by_wording(carrier)
            for utterance in self.event(carrier.article):
                if any(one.id == carrier.id for one in utterance.carriers):
                    return _with_more(utterance, wording)
            return wording

    def event(self, article: str) -> tuple[Utterance, ...]:
        """The utterances of all articles that may tell of what one tells of, where a transcript is among them, or
        several languages; else none, since wording then tells all."""
        if article not in self._events:
            with self._archive.database.reading():
                records = self._around(article)
            self._events[article] = self._gathered(records) if _is_event(records) else ()
        return self._events[article]

    def near(self, articles: Sequence[int]) -> tuple[Utterance, ...]:
        """The utterances of these articles and of those that may tell of what they tell of."""
        with self._archive.database.reading():
            return self._gathered(self.records(around(self._archive, articles, MOST_EVENT)))

    def _gathered(self, records: tuple[Record, ...]) -> tuple[Utterance, ...]:
        return _gathered(records, self._likeness() if _is_event(records) else None)

    def records(self, articles: Iterable[int]) -> tuple[Record, ...]:
        """The articles of these numbers, called as `carriers` calls them, with their quotations."""
        ids = [id for id in dict.fromkeys(articles) if id not in self._without]
        numbers = numbers_by_id(self._archive, ids)
        found = []
        for id, record in load_records(self._archive, ids):
            if self._numbered:
                record = replace(record, article=replace(record.article, id=str(id)))
            elif record.article.id in self._replaced:
                continue
            found.append(quoted(record))
            self.numbers |= {
                f"{record.article.id}#{one.id}": numbers[id, one.id]
                for one in record.statements
                if (id, one.id) in numbers
            }
        return tuple(found)

    def _around(self, article: str) -> tuple[Record, ...]:
        """The records of the articles that may tell of the same event as one; none where there is no such article."""
        own = self._records.get(article)
        number = None if own is not None else self._number(article)
        if own is None and number is None:
            return ()
        words = [one.words for one in carriers_of(own)] if own is not None else []
        if number is not None:
            words = [text for said in words_of(self._archive.database, [number]).values() for _, text in said]
        shared: Counter[int] = Counter()
        for text in words:
            for candidate in candidates(fingerprints_of(text), _Several(self._lookups[1:]), MOST_EVENT):
                if candidate.shared >= SHARED:
                    shared[candidate.number] += candidate.shared
        tied = articles_of(self._archive, [number for number, _ in shared.most_common(MOST_EVENT)])[:MOST_EVENT]
        start = [number] if number is not None else []
        others = around(self._archive, start, MOST_EVENT, [own] if own is not None else [])
        found = self.records(list(dict.fromkeys((*start, *tied, *others)))[: MOST_EVENT + 1])
        return (*self._records.values(), *found)

    def _number(self, article: str) -> int | None:
        if self._numbered:
            return int(article)
        try:
            return find_article(self._archive, article).id
        except NoSuchEntry:
            return None

    def _by_wording(self, carrier: Carrier) -> Utterance | None:
        if len(carrier.words) > LONGEST or is_no_utterance(carrier, plain_words(carrier.words)):
            return None
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


def carriers_asked(archive: Archive, name: str | None, words: str | None, tell: Callable[[str], None]) -> list[Carrier]:
    """The statement called `name` (s12, or ARTICLE#s1), or those that a search for `words` finds, as carriers.

    Raises NoSuchEntry where the archive does not show such a statement, QueryError for a search that cannot be meant.
    """
    if name is not None:
        return [carrier for _, carrier in carriers(archive, [_number(archive, name)])]
    found = search(archive, Query(words=words or "", limit=A_PAGE))
    if found.cursor is not None:
        tell(f"only the first {A_PAGE} of {found.total:,} statements found are traced: add words")
    return [carrier for _, carrier in carriers(archive, [hit.statement for hit in found.hits if hit.statement])]


def _number(archive: Archive, name: str) -> int:
    if numbered := STATEMENT.fullmatch(name):
        held = statement(archive, int(numbered[1]))
        number = number_of(archive, held.article.id, held.statement.id)
        if number == held.id:
            return number
        raise NoSuchEntry(f"statement {name}, which is not shown", "one of a current reading", "Type onrecord search")
    article, _, local = name.rpartition("#")
    number = number_of(archive, find_article(archive, article).id, local)
    if number is None:
        raise NoSuchEntry(
            f"no statement {local!r} in article {article!r}", "s12, or ARTICLE#s1", "Type onrecord search"
        )
    return number


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


@lru_cache(maxsize=16)
def _gathered(records: tuple[Record, ...], likeness: Hashable) -> tuple[Utterance, ...]:
    """`gather`, kept for the next page of the same event."""
    return gather(records, likeness=lambda: cast("Meanings | None", likeness))


def _is_event(records: Sequence[Record]) -> bool:
    """Whether more than wording tells which of their statements are one: a transcript, or several languages."""
    several = len({record.article.language for record in records} - {None}) > 1
    return several or any(is_transcript(record.article) for record in records)


def _with_more(utterance: Utterance, wording: Utterance | None) -> Utterance:
    """An utterance of an event with what carries its words beyond that."""
    known = {carrier.article for carrier in utterance.carriers}
    more = [one for one in (wording.carriers if wording else ()) if one.article not in known]
    if not more or wording is None:
        return utterance
    bonds = {one.id: wording.ties[one.id] for one in more if one.id in wording.ties}
    carriers = tuple(sorted((*utterance.carriers, *more), key=in_time))
    return replace(utterance, carriers=carriers, ties={**utterance.ties, **bonds})


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
