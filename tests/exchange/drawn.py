"""Records that hypothesis draws for the formats: astral characters, content in pieces, statements that overlap."""

from __future__ import annotations

import datetime

from hypothesis import strategies as st

from onrecord.records import Article, Entity, Provenance, Record, Role, Statement
from onrecord.spans import Span

ALPHABET = "ab é“”’\U0001f642\U00010437&<>\"'];:\t\n"
PEOPLE = (
    Entity(id="rena-holt", name="Rena Holt", kind="person", role="harbour master", wikidata="Q1"),
    Entity(id="quay", name="Quay & Sons \U0001f6a2", kind="organisation"),
)


@st.composite
def records(draw: st.DrawFn) -> Record:
    """An article of up to 60 characters with up to four statements."""
    text = draw(st.text(ALPHABET, min_size=4, max_size=60))
    title = draw(st.sampled_from((None, 'Harbour <shut> & "bare" \U0001f6a2')))
    article = Article(text, "a/1", title, "Quay Herald", datetime.date(2031, 5, 4), "https://quay.example/1?a=1&b=2")
    drawn = [draw(statement(str(n), len(text))) for n in range(draw(st.integers(0, 4)))]
    return Record(article, tuple(drawn), Provenance("0.1.0", "small", "ab" * 32), PEOPLE)


@st.composite
def statement(draw: st.DrawFn, id: str, length: int) -> Statement:
    """A statement with content in up to three pieces; source and cue may be missing, or stand in the content."""
    return Statement(
        id=id,
        content=draw(spans(length, 1)),
        source=draw(spans(length, 0)),
        cue=draw(spans(length, 0)),
        form=draw(st.sampled_from(("direct", "indirect", "mixed"))),
        confidence=draw(st.integers(0, 100)) / 100,
        speaker=draw(st.sampled_from((None, "rena-holt", "quay"))),
        status=draw(st.sampled_from(("said", "denied"))),
        decided_by={"form": "marks"},
    )


@st.composite
def spans(draw: st.DrawFn, length: int, fewest: int) -> tuple[Span, ...]:
    """Up to three spans of a text, apart from one another."""
    ends = sorted(draw(st.sets(st.integers(0, length), min_size=2 * fewest, max_size=6)))
    pairs = zip(ends[::2], ends[1::2], strict=False)
    return tuple(Span(start, end) for start, end in pairs)


def places(record: Record) -> dict[str, dict[Role, tuple[Span, ...]]]:
    """Where the statements of a record stand, by id."""
    return {s.id: {"source": s.source, "cue": s.cue, "content": s.content} for s in record.statements}


def without_lost(record: Record) -> Record:
    """The record as a file of an annotation tool can give it back: persons whom no statement names are gone."""
    named = {id for s in record.statements for id in (s.speaker, s.relayed_by) if id}
    entities = tuple(entity for entity in record.entities if entity.id in named)
    order = {s.speaker: n for n, s in reversed(list(enumerate(record.statements)))}
    return Record(
        record.article, record.statements, record.provenance, tuple(sorted(entities, key=lambda e: order[e.id]))
    )
