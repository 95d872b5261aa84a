"""A scene: one statement, and whom its content mentions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.finding.framing.valence import Valued, valued
from onrecord.records import Record, Statement
from onrecord.spans import Overlaps, Span


@dataclass(frozen=True)
class Scene:
    """One statement in its article; `inside` holds the mentions within its content, by entity."""

    text: str
    statement: Statement
    inside: Mapping[str, Sequence[Span]]

    @cached_property
    def content(self) -> str:
        return " … ".join(span.slice(self.text) for span in self.statement.content)

    @cached_property
    def words(self) -> Sequence[Valued]:
        """The words of the content that value; those of a name do not."""
        names = [m for spans in self.inside.values() for m in spans if self.text[m.start].isupper()]
        near = Overlaps(names)
        found = (word for span in self.statement.content for word in valued(self.text, span))
        return [
            word
            for word in found
            if self.text[word.span.start].islower() or not any(names[n].contains(word.span) for n in near.of(word.span))
        ]


def scenes(record: Record) -> Iterator[Scene]:
    """The statements of a record in order, each as a scene."""
    mentions = sorted((mention, entity.id) for entity in record.entities for mention in entity.mentions)
    starts = [mention.start for mention, _ in mentions]
    for statement in record.statements:
        inside: dict[str, list[Span]] = {}
        for span in statement.content:
            for mention, id in mentions[bisect_left(starts, span.start) : bisect_left(starts, span.end)]:
                if mention.end <= span.end:
                    inside.setdefault(id, []).append(mention)
        yield Scene(record.article.text, statement, inside)
