"""A Draft: a statement in the making, as the assembly steps hand it on. Each step returns new drafts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from onrecord.spans import Span, hull, merge

Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """What the tagger thinks of a draft: the probability of its anchor, mean or lowest log-probabilities of the parts
    chosen for content, source and the content's borders, and of the roles; ``contested`` is the share of the content
    that a likelier draft claims as well. A draft made by a rule has ``chance`` None."""

    chance: float | None = None
    content: float = 0.0
    source: float = 0.0
    edge: float = 0.0
    roles: float = 0.0
    contested: float = 0.0


@dataclass(frozen=True)
class Draft:
    """One statement in the making. ``rule`` is what found it, ``notes`` what has changed it since, ``inner`` that it
    stands within another's content, ``follows`` the index of the draft whose speaker goes on."""

    rule: str
    content: Spans
    source: Spans = ()
    cue: Spans = ()
    inner: bool = False
    scores: Scores = Scores()
    notes: tuple[str, ...] = ()
    follows: int | None = None
    deciders: dict[str, str] = field(default_factory=dict)

    @property
    def is_turn(self) -> bool:
        """Whether a speaker's label sets the content out as speech, in whole sentences."""
        return self.rule == "label"

    @cached_property
    def extent(self) -> Span:
        return hull(self.source + self.cue + self.content)

    @cached_property
    def size(self) -> int:
        """The characters of its content."""
        return size(self.content)


FEW = 8
"""Spans that are sooner looked through than searched."""


def _end(span: Span) -> int:
    return span.end


def size(spans: Iterable[Span]) -> int:
    return sum(len(s) for s in spans)


def shared(a: Iterable[Span], b: Sequence[Span]) -> int:
    """Characters that two groups of spans have in common; neither group overlaps itself, and ``b`` is in order."""
    common = 0
    for x in a:
        at = bisect_right(b, x.start, key=_end) if len(b) > FEW else 0
        while at < len(b) and b[at].start < x.end:
            common += max(0, min(x.end, b[at].end) - max(x.start, b[at].start))
            at += 1
    return common


def without(spans: Iterable[Span], taken: Iterable[Span]) -> Spans:
    """``spans`` less the characters of ``taken``; both in any order."""
    out: list[Span] = []
    holes = merge(taken)
    for s in spans:
        start = s.start
        at = bisect_right(holes, start, key=_end)
        while at < len(holes) and holes[at].start < s.end:
            if start < holes[at].start:
                out.append(Span(start, holes[at].start))
            start = holes[at].end
            at += 1
        if start < s.end:
            out.append(s if start == s.start else Span(start, s.end))
    return tuple(out)
