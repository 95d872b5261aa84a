"""Records of invented talk: an article is a few lines of who said what, every span where it belongs."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.records import Article, Entity, Occasion, OccasionKind, Provenance, Record, Statement, Target
from onrecord.spans import Span

MADE_BY = Provenance("0.1.0", "small", "ab" * 32)


@dataclass(frozen=True)
class Line:
    """One statement: who, what, and what else is known of it."""

    who: str
    words: str
    said_on: str | None = None
    occasion: OccasionKind | None = None
    role: str | None = None
    of: str | None = None
    about: tuple[str, ...] = ()
    wikidata: str | None = None
    aka: tuple[str, ...] = ()
    more: tuple[tuple[str, Any], ...] = ()


def talk(
    id: str,
    lines: Sequence[Line],
    *,
    outlet: str = "Quay Herald",
    published: str | None = "2031-05-04",
    title: str | None = None,
    lead: str = "",
) -> Record:
    """The record of an article that says `lead`, then each line as `Who said: words`."""
    text = lead + "\n" if lead else ""
    entities: dict[str, Entity] = {}
    statements, occasions = [], []
    for number, line in enumerate(lines, 1):
        start = len(text)
        text += f"{line.who} said: {line.words}\n"
        content = Span(start + len(line.who) + 7, len(text) - 1)
        for name in (line.of, *line.about):
            if name:
                entities.setdefault(name, Entity(id=name, name=name, kind="organisation"))
        known = Entity(
            id=line.who,
            name=line.who,
            kind="person",
            aka=line.aka,
            mentions=(Span(start, start + len(line.who)),),
            role=line.role,
            of=line.of,
            wikidata=line.wikidata,
        )
        if line.who not in entities or line.role:
            entities[line.who] = known
        if line.said_on or line.occasion:
            occasions.append(Occasion(id=f"o{number}", kind=line.occasion, when=line.said_on))
        given: dict[str, Any] = {"form": "indirect", "confidence": 0.9, **dict(line.more)}
        statements.append(
            Statement(
                id=str(number),
                source=(Span(start, start + len(line.who)),),
                content=(content,),
                speaker=line.who,
                occasion=f"o{number}" if line.said_on or line.occasion else None,
                about=tuple(Target(name) for name in line.about),
                **given,
            )
        )
    day = datetime.date.fromisoformat(published) if published else None
    url = f"https://{outlet.lower().replace(' ', '-')}.example/{id}"
    article = Article(text, id, title, outlet, day, url, "en")
    return Record(article, tuple(statements), MADE_BY, tuple(entities.values()), tuple(occasions))
