"""Span: a half-open stretch of a text, counted in Unicode code points.

    text    R e n a   s a i d
    offset  0 1 2 3 4 5 6 7 8 9

    >>> span = Span(5, 9)
    >>> span.slice("Rena said"), len(span), span.as_list()
    ('said', 4, [5, 9])

A span holds at least one character: `Span(5, 5)` is refused, since an empty place quotes
nothing. Spans order by start, then end. Two are equal when both offsets are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.errors import SpanError


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` up to, not including, `end`; `0 <= start < end`.

    Raises SpanError when the offsets are not ints or not in that order.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if type(self.start) is not int or type(self.end) is not int:
            raise SpanError(
                f"a span from {self.start!r} to {self.end!r}",
                "two whole numbers",
                "Convert the offsets to int first",
            )
        if not 0 <= self.start < self.end:
            raise SpanError(
                f"a span from {self.start} to {self.end}, of length {self.end - self.start}",
                "0 <= start < end (a span holds at least one character)",
                "Count code points from 0, the end one past the last character",
            )

    def __len__(self) -> int:
        return self.end - self.start

    def slice(self, text: str) -> str:
        """The characters of `text` that the span covers. Raises SpanError when it ends past `text`."""
        if self.end > len(text):
            raise SpanError(
                f"a span from {self.start} to {self.end} in a text of length {len(text)}",
                "an end within the text",
                "Use the span with the text it was made for, and offsets in code points",
            )
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether they share a character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether every character of `other` is in this span; a span contains itself."""
        return self.start <= other.start and other.end <= self.end

    def touches(self, other: Span) -> bool:
        """Whether one ends exactly where the other starts."""
        return self.end == other.start or other.end == self.start

    def distance(self, other: Span) -> int:
        """How many characters stand between the two; 0 where they overlap or touch."""
        return max(self.start - other.end, other.start - self.end, 0)

    def shift(self, by: int) -> Span:
        """The span `by` characters further on, or back. Raises SpanError when it would start below 0."""
        return Span(self.start + by, self.end + by)

    def trim(self, text: str) -> Span | None:
        """The span without the white space at its edges; None when nothing else is in it."""
        words = self.slice(text)
        if not (kept := words.strip()):
            return None
        start = self.start + len(words) - len(words.lstrip())
        return Span(start, start + len(kept))

    def as_list(self) -> list[int]:
        """`[start, end]`, as JSON has it."""
        return [self.start, self.end]


def hull(spans: Iterable[Span]) -> Span:
    """The smallest span that contains all `spans`. Raises SpanError when there are none."""
    if not (spans := tuple(spans)):
        raise SpanError("no spans", "at least one", "Ask for the hull only where there is something")
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def merge(spans: Iterable[Span], text: str | None = None) -> tuple[Span, ...]:
    """Sorted spans with every overlap and touch joined into one.

    Given the `text`, spans with nothing but white space between them are joined too.
    """
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and _meet(merged[-1], span, text):
            merged[-1] = hull((merged[-1], span))
        else:
            merged.append(span)
    return tuple(merged)


class Overlaps:
    """Which of many spans share a character with another: a tree over the spans sorted by their starts, in which each
    node knows how far the spans below it reach. A look-up costs the logarithm of their number for each that is found.

        >>> Overlaps([Span(0, 9), Span(12, 15), Span(4, 6)]).of(Span(5, 13))
        [0, 1, 2]
    """

    def __init__(self, spans: Sequence[Span]) -> None:
        self._order = sorted(range(len(spans)), key=lambda place: spans[place].start)
        self._starts = [spans[place].start for place in self._order]
        self._leaves = leaves = 1 << max(0, len(spans) - 1).bit_length()
        self._reach = [0] * leaves + [spans[place].end for place in self._order] + [0] * (leaves - len(spans))
        for node in range(leaves - 1, 0, -1):
            self._reach[node] = max(self._reach[2 * node], self._reach[2 * node + 1])

    def of(self, span: Span) -> list[int]:
        """The places, in order, of the spans that overlap `span`."""
        found = []
        start, leaves, reach = span.start, self._leaves, self._reach
        below = bisect_left(self._starts, span.end)
        nodes = [(1, 0, leaves)] if below else []
        while nodes:
            node, first, width = nodes.pop()
            if first >= below or reach[node] <= start:
                continue
            if width == 1:
                found.append(self._order[first])
            else:
                width //= 2
                nodes += ((2 * node, first, width), (2 * node + 1, first + width, width))
        return sorted(found)

    def any(self, span: Span) -> bool:
        """Whether one of the spans overlaps `span`."""
        return bool(self.of(span))


def _meet(earlier: Span, later: Span, text: str | None) -> bool:
    if later.start <= earlier.end:
        return True
    return text is not None and text[earlier.end : later.start].isspace()
