"""Where an article's text came from: the page as it was, and the way back from the text to it.

    page     <p>Rena&nbsp;Holt said <b>no</b>.</p>
    text     Rena Holt said no.
    pieces   text 0-4 page 3-7, text 4-5 page 7-13, text 5-15 page 13-23, text 15-17 page 26-28, …

Offsets into text and page count code points. A piece as long in the page as in the text stands
there character by character; another (an entity, a run of white space) is one thing, whole.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from onrecord.errors import RecordError
from onrecord.spans import Span, hull


class Piece(NamedTuple):
    """Characters `start` to `end` of a text, and the characters of the page that show them."""

    start: int
    end: int
    page_start: int
    page_end: int

    @property
    def exact(self) -> bool:
        """Whether it stands in the page character by character."""
        return self.end - self.start == self.page_end - self.page_start


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Pieces sorted by their place in the text, none overlapping; what no piece covers is not in the page."""

    pieces: tuple[Piece, ...] = ()

    def __post_init__(self) -> None:
        end = 0
        for piece in self.pieces:
            if not (end <= piece.start < piece.end and 0 <= piece.page_start < piece.page_end):
                raise RecordError(f"{piece} after offset {end}", "sorted pieces that hold something", "Sort them")
            end = piece.end

    def page_spans(self, span: Span) -> tuple[Span, ...]:
        """The stretches of the page that show `span`, in the order of the text; touching ones are joined."""
        spans: list[Span] = []
        for start, end in self._anchored(span):
            if spans and spans[-1].end == start:
                spans[-1] = Span(spans[-1].start, end)
            else:
                spans.append(Span(start, end))
        return tuple(spans)

    def page_span(self, span: Span) -> Span | None:
        """The smallest stretch of the page with all of `span`, tags between included; None if none of it is there."""
        spans = self.page_spans(span)
        return hull(spans) if spans else None

    def as_lists(self) -> list[list[int]]:
        """The pieces as JSON has them."""
        return [list(piece) for piece in self.pieces]

    @classmethod
    def from_lists(cls, lists: Iterable[Iterable[int]]) -> OffsetMap:
        """The map that `as_lists` wrote."""
        return cls(tuple(Piece(*numbers) for numbers in lists))

    def _anchored(self, span: Span) -> Iterator[tuple[int, int]]:
        first = bisect_right(self.pieces, span.start, key=lambda piece: piece.end)
        for piece in self.pieces[first:]:
            if piece.start >= span.end:
                return
            if piece.exact:
                shift = piece.page_start - piece.start
                yield max(span.start, piece.start) + shift, min(span.end, piece.end) + shift
            else:
                yield piece.page_start, piece.page_end


@dataclass(frozen=True, slots=True)
class Origin:
    """What an article was read from: `data` as it came, with its `media_type` and `encoding`.

    `offsets` count in `page`, the decoded data. `author` is the byline as the page gives it.
    """

    data: bytes = field(repr=False)
    media_type: str
    encoding: str = "utf-8"
    author: str | None = None
    offsets: OffsetMap = field(default=OffsetMap(), repr=False)

    @property
    def page(self) -> str:
        """The data as text, without a byte order mark; broken bytes are U+FFFD."""
        return self.data.decode(self.encoding, "replace").removeprefix("\ufeff")

    @property
    def sha256(self) -> str:
        """The digest of the data, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()
