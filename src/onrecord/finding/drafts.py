"""A Draft: a statement in the making, as the assembly steps hand it on. Each step returns new drafts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from onrecord.spans import Span, hull

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


@dataclass(frozen=True, slots=True)
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

    @property
    def extent(self) -> Span:
        return hull(self.source + self.cue + self.content)


def size(spans: Iterable[Span]) -> int:
    return sum(len(s) for s in spans)


def shared(a: Iterable[Span], b: Sequence[Span]) -> int:
    """Characters that two groups of spans have in common; neither group overlaps itself."""
    return sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in b)


def without(spans: Iterable[Span], taken: Iterable[Span]) -> Spans:
    """``spans`` less the characters of ``taken``."""
    left = list(spans)
    for t in taken:
        left = [
            Span(a, b) for s in left for a, b in ((s.start, min(s.end, t.start)), (max(s.start, t.end), s.end)) if a < b
        ]
    return tuple(left)
