"""Which drafts or candidates lie within reach of a place, so that each is compared with these and not with all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from onrecord.finding.tagging.drafts import Spans
from onrecord.spans import Overlaps


class HasContent(Protocol):
    @property
    def content(self) -> Spans: ...


Part = TypeVar("Part", bound=HasContent)


def _content(part: HasContent) -> Spans:
    return part.content


class Neighbours(Generic[Part]):
    """Statements in the making by the characters of their content, or of other ``spans`` of theirs."""

    def __init__(self, parts: Sequence[Part], spans: Callable[[Part], Spans] = _content) -> None:
        pairs = [(span, place) for place, part in enumerate(parts) for span in spans(part)]
        self._places = [place for _, place in pairs]
        self._overlaps = Overlaps([span for span, _ in pairs])

    def of(self, spans: Spans) -> list[int]:
        """The places, in order, of those that share a character with ``spans``."""
        return sorted({self._places[n] for span in spans for n in self._overlaps.of(span)})
