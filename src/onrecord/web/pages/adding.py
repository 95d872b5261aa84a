"""The page on which a reader adds a statement that was missed: which words, whose, and how they are framed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from onrecord.archive.correcting.asking import one_of, places
from onrecord.errors import RecordError, RefusedEdit, SpanError
from onrecord.finding.framing.steps import frame
from onrecord.finding.quoting.forms import form_of
from onrecord.finding.quoting.quotations import find_quotations
from onrecord.finding.tagging.drafts import Draft
from onrecord.records import ROLES, CueClass, Entity, Form, Record, Role, Statement, Status, Voice
from onrecord.spans import Span
from onrecord.web.marks import Paragraph
from onrecord.web.pages.article import about_entity
from onrecord.web.pages.statement import LONGEST_REACH, ROLE_WORDS, Option, Reach, spans_as_words
from onrecord.web.pages.words import in_a_line

BY_SOURCE = "source"
"""The speaker is whoever the words of the source name."""

SHAPES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "form": ("form", get_args(Form)),
    "cue_class": ("cue", get_args(CueClass)),
    "status": ("status", get_args(Status)),
    "voice": ("wording", get_args(Voice)),
}
"""What frames a statement: the field, its label, its values."""


FIELDS: tuple[Role, ...] = ("content", "source", "cue")


@dataclass(frozen=True, slots=True)
class Shape:
    """One thing to choose of the framing."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPage:
    """What was filled in so far, what follows from it, and whom the article, the archive and the directory offer.

    `problem` tells why it cannot be added as it stands, "" where it can or nothing is filled in yet.
    """

    article: int
    title: str
    language: str
    paragraphs: tuple[Paragraph, ...]
    reaches: tuple[Reach, ...]
    speakers: tuple[Option, ...]
    people: tuple[Option, ...]
    directory: tuple[Option, ...]
    asked: str
    shapes: tuple[Shape, ...]
    why: str
    problem: str


@dataclass(frozen=True, slots=True)
class Filled:
    """The fields of the form as they were sent; all may be ""."""

    content: str = ""
    source: str = ""
    cue: str = ""
    speaker: str = BY_SOURCE
    form: str = ""
    cue_class: str = ""
    status: str = ""
    voice: str = ""
    why: str = ""


def statement_from(record: Record, filled: Filled) -> Statement:
    """The statement that was filled in, without a speaker; what was left open follows from its marks and its cue.

    Raises RefusedEdit, SpanError or RecordError where it cannot be.
    """
    text = record.article.text
    content = places(text, filled.content, "content")
    if not content:
        raise RefusedEdit("no content", "the words that were said", "Select them in the text")
    source, cue = (places(text, getattr(filled, role), role, near=content) for role in ("source", "cue"))
    form, _ = form_of(Draft("reader", content, source, cue), text, find_quotations(text))
    given = Statement(id="new", content=content, source=source, cue=cue, form=form, confidence=1.0)
    chosen = {name: value for name in SHAPES if (value := getattr(filled, name))}
    for name, value in chosen.items():
        one_of(name, value)
    if "form" in chosen:
        given = replace(given, form=chosen["form"])
    (framed,) = frame(Record(record.article, (given,), record.provenance)).statements
    return replace(framed, decided_by={}, **chosen)


def named_by(record: Record, source: Sequence[Span]) -> Entity | None:
    """The entity of the article whose mentions share most with the spans of a source."""

    def shared(entity: Entity) -> int:
        return sum(
            max(0, min(m.end, s.end) - max(m.start, s.start)) for m in entity.mentions for s in source
        )  # fmt: skip

    best = max(record.entities, key=shared, default=None)
    return best if best is not None and shared(best) else None


def add_page(
    record: Record,
    article: int,
    filled: Filled,
    *,
    marked: tuple[Paragraph, ...],
    asked: str = "",
    people: Sequence[Option] = (),
    directory: Sequence[Option] = (),
    problem: str = "",
) -> AddPage:
    """The page; `marked` is the text as it stands, `people` and `directory` who is called as `asked`."""
    text = record.article.text
    statement: Statement | None = None
    try:
        statement = statement_from(record, filled) if filled.content.strip() else None
    except (RefusedEdit, SpanError, RecordError) as error:
        problem = problem or f"{error.seen}: {error.todo}."
    spans: Mapping[Role, tuple[Span, ...]] = {role: statement.spans(role) if statement else () for role in ROLES}
    named = named_by(record, spans["source"])
    return AddPage(
        article=article,
        title=in_a_line(record.article.title or record.article.id),
        language=record.article.language or "",
        paragraphs=marked,
        reaches=tuple(
            Reach(
                role,
                ROLE_WORDS[role],
                in_a_line(" … ".join(span.slice(text) for span in spans[role]), LONGEST_REACH),
                spans_as_words(spans[role]) if statement else getattr(filled, role),
            )
            for role in FIELDS
        ),
        speakers=_speakers(record, filled.speaker, named),
        people=_offered("person", people, filled.speaker),
        directory=_offered("wikidata", directory, filled.speaker),
        asked=asked,
        shapes=tuple(
            Shape(name, label, _values(values, getattr(filled, name), getattr(statement, name) if statement else ""))
            for name, (label, values) in SHAPES.items()
        ),
        why=in_a_line(filled.why, 500),
        problem=problem,
    )


def _speakers(record: Record, chosen: str, named: Entity | None) -> tuple[Option, ...]:
    by_source = in_a_line(named.name) if named else "nobody yet"
    return (
        Option(BY_SOURCE, "whoever the source names", chosen == BY_SOURCE, by_source),
        *(
            Option(f"entity:{e.id}", in_a_line(e.name), chosen == f"entity:{e.id}", about_entity(record, e))
            for e in record.entities
        ),
        Option("", "nobody, or it cannot be told", chosen == ""),
    )


def _offered(kind: str, options: Sequence[Option], chosen: str) -> tuple[Option, ...]:
    return tuple(replace(one, value=f"{kind}:{one.value}", chosen=chosen == f"{kind}:{one.value}") for one in options)


def _values(values: Sequence[str], chosen: str, follows: str | None) -> tuple[Option, ...]:
    open_ = Option("", f"as read: {follows}" if follows else "as its words are read", not chosen)
    return (open_, *(Option(value, value, value == chosen) for value in values))
