"""Quotations as statements, where no model reads: the marks are `finding`'s, who speaks is `tracing`'s to say.

An article in such a language is read without statements, and stays so; here, to be compared and traced, what stands in
quotation marks counts as one: „…“, »…«, «…», “…”, 「…」, and lines of dialogue that begin with a dash. Of a transcript
it is each turn.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from onrecord.records import Article, Candidate, Entity, Record, Statement
from onrecord.spans import Span
from onrecord.tracing.gathering.naming import NamedSpeaker, dialogue, speakers_near
from onrecord.tracing.speakers import is_name
from onrecord.tracing.transcripts import originals_of, turns

Pieces = tuple[Span, ...]
FEWEST_WORDS = 4
FEWEST_LETTERS = 8
"""Words, and letters where words are not set apart, from which on marks hold more than a title or a single term."""
PERHAPS = 0.2
"""The score of whoever else is named in the text of a quotation whose speaker is guessed at."""
MARKS_ALONE, NAME_BESIDE, LAST_NAMED = "quotation marks alone", "name beside the quotation", "last named"


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
