"""Articles put together: `gather` finds what their statements have in common.

Where no model reads, quotations count as statements: the marks are `finding`'s, who speaks is `tracing`'s to say. An
article in such a language is read without statements, and stays so; here, to be compared and traced, what stands in
quotation marks counts as one: „…“, »…«, «…», “…”, 「…」, and lines of dialogue that begin with a dash. Of a transcript
it is each turn.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.errors import MissingExtra
from onrecord.records import Article, Candidate, Entity, Record, Statement
from onrecord.spans import Span
from onrecord.tracing.gathering.carriers import Carrier, carriers_of
from onrecord.tracing.gathering.events import Fetch, is_transcript, with_events
from onrecord.tracing.gathering.naming import NamedSpeaker, dialogue, speakers_near
from onrecord.tracing.gathering.ties import FEW_DAYS
from onrecord.tracing.gathering.utterances import Utterance, joined_by_meaning, utterances
from onrecord.tracing.gathering.vectors import nearest
from onrecord.tracing.speakers import is_name
from onrecord.tracing.transcripts import originals_of, turns

if TYPE_CHECKING:
    from onrecord.embedding import Meanings

Pair = tuple[str, str, float]
"""Two carriers, and the cosine of their sentence vectors."""
MEANT_CLOSELY, NEAREST = 0.6, 20
"""The least cosine at which two carriers are looked at, and of how many others, the closest."""
TRANSLATED_CLOSELY = 0.55
"""The same for two languages, in which it is less."""
SENTENCES, CLAUSES = re.compile(r"(?<=[.!?…])\W*\s+"), re.compile(r"(?<=[.!?…,;:])\W*\s+|\s[—–]\s")
MOST_PARTS = 8
MOST_ACROSS = 20_000
"""Statements near one in another language, up to which they are compared unasked: some minutes on two cores."""
Pieces = tuple[Span, ...]
FEWEST_WORDS = 4
FEWEST_LETTERS = 8
"""Words, and letters where words are not set apart, from which on marks hold more than a title or a single term."""
PERHAPS = 0.2
"""The score of whoever else is named in the text of a quotation whose speaker is guessed at."""
MARKS_ALONE, NAME_BESIDE, LAST_NAMED = "quotation marks alone", "name beside the quotation", "last named"


def gather(
    records: Iterable[Record],
    fetch: Fetch | None = None,
    likeness: Callable[[], Meanings | None] = lambda: None,
    alike: Callable[[Sequence[Carrier]], Iterable[Pair]] | None = None,
) -> tuple[Utterance, ...]:
    """All utterances of articles: by wording, across languages, and those of an event by its transcript.

    `fetch` gives articles again by their ids; without it they are kept meanwhile. `likeness` is asked for where there
    is a transcript, or more than one language; `alike` finds further pairs of carriers that are alike in meaning.
    """
    carriers: list[Carrier] = []
    transcripts: list[Record] = []
    held: dict[str, Record] = {}
    for record in map(quoted, records):
        carriers += carriers_of(record)
        if is_transcript(record.article):
            transcripts.append(record)
        if fetch is None:
            held[record.article.id] = record
    found = utterances(carriers)
    several = len({carrier.language for carrier in carriers} - {None}) > 1
    meant = likeness() if transcripts or several else None
    pairs = [*alike(carriers)] if alike else []
    if several and meant is not None and meant.crosslingual:
        pairs += across(carriers, meant)
    if pairs:
        found = joined_by_meaning(found, pairs)
    again = fetch or (lambda ids: [held[id] for id in sorted(ids) if id in held])
    return with_events(found, transcripts, lambda ids: map(quoted, again(ids)), meant)


def across(carriers: Sequence[Carrier], meanings: Meanings) -> Iterator[Pair]:
    """Pairs of carriers in two languages, printed within days of each other, that are alike in meaning: as a whole, or
    one as a whole and a sentence or a clause of the other.

    Nothing where more than MOST_ACROSS would have to be compared.
    """
    known = [carrier for carrier in carriers if carrier.language and carrier.day is not None]
    spoken: defaultdict[int, set[str]] = defaultdict(set)
    for carrier in known:
        for day in range(-FEW_DAYS, FEW_DAYS + 1):
            spoken[_day(carrier) + day].add(carrier.language or "")
    near = [carrier for carrier in known if len(spoken[_day(carrier)]) > 1]
    if not near or len(near) > MOST_ACROSS:
        return
    whole = meanings.embedder.encode([carrier.words for carrier in near])
    pieces = [(at, part) for at, carrier in enumerate(near) for part in _parts(carrier.words)]
    owners = [*range(len(near)), *(at for at, _ in pieces)]
    both = meanings.embedder.encode([part for _, part in pieces])
    best: dict[tuple[int, int], float] = {}
    for language in sorted({carrier.language or "" for carrier in near}):
        own = [at for at, carrier in enumerate(near) if carrier.language == language]
        for texts, held in ((whole, owners[: len(near)]), (both, owners[len(near) :])):
            others = [to for to, at in enumerate(held) if near[at].language != language]
            if not others:
                continue
            for at, found in zip(own, nearest(whole[own], texts[others], NEAREST, TRANSLATED_CLOSELY), strict=True):
                for to, cosine in found:
                    pair = min(at, held[others[to]]), max(at, held[others[to]])
                    best[pair] = max(cosine, best.get(pair, cosine))
    yield from ((near[left].id, near[right].id, cosine) for (left, right), cosine in sorted(best.items()))


def _parts(words: str) -> list[str]:
    """The sentences and the clauses of a text, where it has more than one, that are long enough to be compared."""
    sentences, clauses = SENTENCES.split(words), CLAUSES.split(words)
    parts = [*(sentences if len(sentences) > 1 else ()), *(clauses if len(clauses) > len(sentences) else ())]
    return [part for part in dict.fromkeys(parts) if len(part.split()) >= FEWEST_WORDS and part != words][:MOST_PARTS]


def _day(carrier: Carrier) -> int:
    return 0 if carrier.day is None else carrier.day.toordinal()


def alike_in_meaning(carriers: Sequence[Carrier]) -> Iterator[tuple[str, str, float]]:
    """Pairs of English carriers whose vectors lie close; `gather` adds those in two languages."""
    from onrecord.embedding import english

    some = [carrier for carrier in carriers if carrier.language in ("en", None)]
    if some:
        vectors = english.load().encode([carrier.words for carrier in some])
        for at, near in enumerate(nearest(vectors, vectors, NEAREST, MEANT_CLOSELY)):
            yield from ((some[at].id, some[other].id, cosine) for other, cosine in near if other > at)


def as_record(given: Article | Record | str) -> Record:
    """What was given, read where it is no record yet. Raises RecordError for what is none of these."""
    if isinstance(given, Record):
        return given
    from onrecord.engine import read, read_many

    return read(given) if isinstance(given, str) else next(read_many((given,)))


def vectors() -> Meanings | None:
    """The sentence vectors that are installed, if any: the room then says what `onrecord check` says."""
    from onrecord.embedding import installed

    try:
        return installed()
    except MissingExtra:
        return None


def quoted(record: Record) -> Record:
    """The record; of an article without statements in a language that no model reads, one with its quotations."""
    from onrecord.reading.language import is_read

    article = record.article
    if record.statements or is_read(article.language):
        return record
    found, named = _turns(article) if turns(article.text) else _in_marks(article)
    people = dict.fromkeys(name for one in named for name in (one.name, *one.others) if name)
    ids = {name: f"p{n}" for n, name in enumerate(people, start=1)}
    statements = tuple(
        _statement(f"m{n}", pieces, one, ids) for n, (pieces, one) in enumerate(zip(found, named, strict=True), start=1)
    )
    entities = tuple(Entity(id=id, name=name, kind="person", named=is_name(name)) for name, id in ids.items())
    return replace(record, statements=statements, entities=entities)


def _turns(article: Article) -> tuple[list[Pieces], list[NamedSpeaker]]:
    """The turns of a transcript, each with the name of its label."""
    originals = originals_of(article)
    labels = [original.names[0].split(",")[0] if original.names else None for original in originals]
    names = [label.title() if label and label.isupper() else label for label in labels]
    return [(original.span,) for original in originals], [NamedSpeaker(name) for name in names]


def _in_marks(article: Article) -> tuple[list[Pieces], list[NamedSpeaker]]:
    """The quotations of an article, each with whom the text names beside it."""
    found = sorted([*_marked(article.text), *dialogue(article.text, article.language)])
    found = [pieces for n, pieces in enumerate(found) if not n or pieces[0].start >= found[n - 1][-1].end]
    return found, speakers_near(article.text, found, article.language)


def _marked(text: str) -> Iterator[Pieces]:
    """The outermost quotations that are long enough, one over several paragraphs as one."""
    from onrecord.finding.quoting.quotations import find_quotations

    quotations = find_quotations(text)
    joined: dict[int, list[Span]] = {}
    chief: dict[int, int] = {}
    for at, quotation in enumerate(quotations):
        chief[at] = chief[quotation.follows] if quotation.follows is not None else at
        if quotation.depth == 0:
            joined.setdefault(chief[at], []).append(quotation.span)
    for pieces in joined.values():
        words = " ".join(piece.slice(text) for piece in pieces)
        spaced = len(words.split()) >= FEWEST_WORDS
        if spaced or (not words.isascii() and " " not in words.strip() and len(words) >= FEWEST_LETTERS):
            yield tuple(pieces)


def _statement(id: str, pieces: Pieces, named: NamedSpeaker, ids: dict[str, str]) -> Statement:
    """One quotation. A speaker who is only guessed at has all others of the text for candidates."""
    decided = {"statement": MARKS_ALONE}
    candidates: tuple[Candidate, ...] = ()
    if named.name is not None:
        decided["speaker"] = NAME_BESIDE if named.source else LAST_NAMED
        if named.source is None:
            candidates = tuple(Candidate(ids[name], PERHAPS) for name in named.others if name != named.name)
    return Statement(
        id=id,
        content=pieces,
        source=(named.source,) if named.source else (),
        cue=(named.cue,) if named.cue else (),
        form="direct",
        confidence=0.0,
        speaker=None if named.name is None else ids[named.name],
        candidates=candidates,
        reason=None if named.name is not None else "nobody is named beside it",
        decided_by=decided,
    )
