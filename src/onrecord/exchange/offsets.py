"""Offsets of other units: Java, JavaScript and UIMA count UTF-16 units, in which a character beyond U+FFFF is two.

    text      a 🙂 b
    points    0 1  2
    UTF-16    0 1  3

Inside onrecord every offset counts code points; these functions stand at its borders.
"""

from __future__ import annotations

from bisect import bisect_left


class Utf16:
    """The offsets of one text in both units."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._astral = [] if text.isascii() else [at for at, char in enumerate(text) if ord(char) > 0xFFFF]
        self._units = [at + n for n, at in enumerate(self._astral)]

    def __len__(self) -> int:
        return self._length + len(self._astral)

    def of_point(self, at: int) -> int:
        """The UTF-16 offset of a code point."""
        return at + bisect_left(self._astral, at)

    def to_point(self, at: int) -> int:
        """The code point at a UTF-16 offset; within a character its beginning."""
        return at - bisect_left(self._units, at)
