"""The article page: the text as printed with its statements marked, and beside it who speaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from onrecord.answers.listing import Stored
from onrecord.records import Article, Entity, Form, Record, Statement
from onrecord.web.marks import Look, Paragraph, paragraphs, tints
from onrecord.web.pages.words import RELATIONS, Link, day, framing_words, in_a_line, web_address

LONGEST_LINE = 180


@dataclass(frozen=True, slots=True)
class Line:
    """One statement in the list beside the text."""

    local: str
    href: str
    words: str
    form: str
    cue: str
    framing: tuple[str, ...]
    confidence: float
    review: str | None
    within: str | None


@dataclass(frozen=True, slots=True)
class Voice:
    """One speaker and what is said; `tint` is its colour, 0 where nobody is known. `described` tells that `name` is
    no name, but words that describe ("the mayor")."""

    name: str
    described: bool
    about: str
    href: str
    tint: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Own:
    """Words the outlet says itself, how they stand to the statement beside them, and why that was decided."""

    words: str
    relation: str
    statement: str | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """All that the article page shows. `article` is its number, 0 for one that is not kept: then `given` has the
    fields of the form that keeps it."""

    article: int
    title: str
    kicker: tuple[Link, ...]
    source: Link
    language: str
    counts: str
    paragraphs: tuple[Paragraph, ...]
    voices: tuple[Voice, ...]
    own: tuple[Own, ...]
    made_by: str
    notices: tuple[str, ...]
    reviewed: int
    total: int
    versions: tuple[Link, ...] = ()
    copies: tuple[Link, ...] = ()
    given: tuple[tuple[str, str], ...] = ()
    rejected: tuple[Link, ...] = ()


def article_page(
    record: Record,
    stored: Mapping[str, Stored],
    *,
    article: int = 0,
    outlet_href: str = "",
    versions: Sequence[Link] = (),
    copies: Sequence[Link] = (),
) -> ArticlePage:
    """The page of one record; `stored` tells of each of its statements by id, and is empty for one that is not kept."""
    colours = tints(record)
    looks = {
        s.id: Look(colours.get(s.speaker or "", 0), _href(s, stored), stored[s.id].review if s.id in stored else None)
        for s in record.statements
    }
    given = record.article
    kicker = [Link(in_a_line(given.outlet), outlet_href)] if given.outlet else []
    if given.published:
        kicker.append(Link(day(given.published)))
    made = record.provenance
    return ArticlePage(
        article=article,
        title=in_a_line(given.title or given.id),
        kicker=tuple(kicker),
        source=Link(in_a_line(given.url or "", 70), web_address(given.url)),
        language=given.language or "",
        counts=counts(record),
        paragraphs=paragraphs(record, looks),
        voices=_voices(record, stored, looks),
        own=tuple(
            Own(in_a_line(a.span.slice(given.text)), RELATIONS[a.relation], a.statement, in_a_line(a.why))
            for a in record.asserted
            if a.relation != "plain"
        ),
        made_by=f"onrecord {made.engine}" + (f", model {made.model}" if made.model else ""),
        notices=given.notices,
        reviewed=sum(one.review is not None for one in stored.values()),
        total=len(stored) or len(record.statements),
        versions=tuple(versions),
        copies=tuple(copies),
        given=() if article else _given(given),
        rejected=tuple(
            Link(f"statement {local}", f"/statements/{one.id}")
            for local, one in stored.items()
            if one.review == "rejected"
        ),
    )


def counts(record: Record) -> str:
    """ "14 statements: 5 direct, 8 indirect, 1 mixed"."""
    forms = Counter(statement.form for statement in record.statements)
    if not forms:
        return "no statement found"
    parts = ", ".join(f"{forms[form]} {form}" for form in get_args(Form) if forms[form])
    return f"{forms.total()} statement{'' if forms.total() == 1 else 's'}: {parts}"


def about_entity(record: Record, entity: Entity) -> str:
    """What an entity is, and for whom, beyond its name: "chief executive · Evrin Water"."""
    role = entity.role if entity.role and entity.role.casefold() not in entity.name.casefold() else None
    of = record.entity(entity.of).name if entity.of else None
    kind = entity.kind if entity.kind in ("group", "work", "outlet") else None
    return " · ".join(in_a_line(part) for part in (role, of, kind) if part)


def _given(article: Article) -> tuple[tuple[str, str], ...]:
    published = article.published.isoformat() if article.published else ""
    fields = {"text": article.text, "title": article.title, "outlet": article.outlet, "date": published}
    return tuple((name, value) for name, value in {**fields, "url": article.url}.items() if value)


def _href(statement: Statement, stored: Mapping[str, Stored]) -> str:
    return f"/statements/{stored[statement.id].id}" if statement.id in stored else f"#s{statement.id}"


def _voices(record: Record, stored: Mapping[str, Stored], looks: Mapping[str, Look]) -> tuple[Voice, ...]:
    groups: dict[str, list[Statement]] = {}
    for statement in record.statements:
        groups.setdefault(statement.speaker or "", []).append(statement)
    unknown = groups.pop("", [])
    voices = []
    for speaker, statements in groups.items():
        entity = record.entity(speaker)
        person = next((stored[s.id].person for s in statements if s.id in stored), None)
        href = f"/people/{person}" if person is not None else ""
        lines = tuple(_line(record, s, stored, looks) for s in statements)
        voices.append(
            Voice(
                in_a_line(entity.name),
                not entity.named,
                about_entity(record, entity),
                href,
                looks[statements[0].id].tint,
                lines,
            )
        )
    if unknown:
        lines = tuple(_line(record, s, stored, looks) for s in unknown)
        voices.append(Voice("Nobody named", True, "the article does not tell who speaks", "", 0, lines))
    return tuple(voices)


def _line(record: Record, statement: Statement, stored: Mapping[str, Stored], looks: Mapping[str, Look]) -> Line:
    look = looks[statement.id]
    return Line(
        local=statement.id,
        href=look.href,
        words=in_a_line(record.words(statement), LONGEST_LINE),
        form=statement.form,
        cue=in_a_line(record.words(statement, "cue"), 60),
        framing=framing_words(statement),
        confidence=statement.confidence,
        review=look.review,
        within=statement.within,
    )
