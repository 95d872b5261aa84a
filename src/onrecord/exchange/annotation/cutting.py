"""The check that every writer and reader makes: an offset, in the unit of the file, cuts the words that stand by it."""

from __future__ import annotations

from typing import Literal

from onrecord.errors import MalformedFile, SpanError
from onrecord.exchange.offsets import Utf16
from onrecord.spans import Span

Unit = Literal["code points", "UTF-16 units"]
WIDTH = 2
"""Bytes of a UTF-16 unit."""


class Cutter:
    """A text as a program sees it that counts in `unit`."""

    def __init__(self, text: str, unit: Unit = "code points") -> None:
        self._text, self._unit = text, unit
        self._units = text.encode("utf-16-le", "surrogatepass") if unit == "UTF-16 units" else b""
        self._map = Utf16(text) if unit == "UTF-16 units" else None

    def cut(self, start: int, end: int) -> str:
        """What stands between two offsets of the unit."""
        if self._map is None:
            return self._text[start:end]
        return self._units[WIDTH * start : WIDTH * end].decode("utf-16-le", "surrogatepass")

    def check(self, start: int, end: int, words: str) -> None:
        """Raises SpanError where something else stands there: the file is not written."""
        if (found := self.cut(start, end)) != words:
            raise SpanError(
                f"{start} to {end} in {self._unit}, where {found[:60]!r} stands",
                f"{words[:60]!r}",
                "This is an error of onrecord: please report it",
            )

    def span(self, start: int, end: int, words: str | None = None, *, where: str) -> Span:
        """The span that a file names, checked against the words it says. Raises MalformedFile."""
        length = len(self._text) if self._map is None else len(self._map)
        if not 0 <= start < end <= length:
            raise MalformedFile(
                f"{where}: from {start} to {end} in a text of {length} {self._unit}",
                "offsets within it",
                "Export it anew",
            )
        found = self.cut(start, end)
        if words is not None and found != words:
            raise MalformedFile(
                f"{where}: {found[:60]!r} from {start} to {end}", f"{words[:60]!r}, as it says", "Export it anew"
            )
        if self._map is None:
            return Span(start, end)
        return Span(self._map.to_point(start), self._map.to_point(end))
