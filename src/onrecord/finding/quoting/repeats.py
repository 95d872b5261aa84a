"""Words that an article prints twice: a pull quote on a line of its own, and the sentence it was pulled from."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property

from onrecord.spans import Span

WORD = re.compile(r"\w+")
FEWEST = 4
"""Words; fewer may well be said twice."""

REACH = 60_000
"""Code points on either side in which the other place is looked for: a long article."""


class Repeats:
    """The words of a text by where they stand."""

    def __init__(self, text: str) -> None:
        self._text = text

    def stands_elsewhere(self, quoted: Span) -> bool:
        """Whether the words of ``quoted``, four or more, stand in the text before, or again within a line of more
        words."""
        words = [m[0].lower() for m in WORD.finditer(self._text, quoted.start, quoted.end)]
        if len(words) < FEWEST:
            return False
        at = min(range(len(words)), key=lambda n: len(self._places.get(words[n], ())))
        places = self._places.get(words[at], [])
        near = bisect_left(places, bisect_left(self._starts, quoted.start - REACH)) if places else 0
        far = bisect_right(self._starts, quoted.end + REACH)
        while near < len(places) and places[near] < far:
            first = places[near] - at
            near += 1
            if first < 0 or self._words[first : first + len(words)] != words:
                continue
            last = first + len(words) - 1
            start, end = self._starts[first], self._starts[last] + len(self._words[last])
            if end <= quoted.start or (start >= quoted.end and self._has_company(start, end)):
                return True
        return False

    def _has_company(self, start: int, end: int) -> bool:
        """Whether other words stand in the line."""
        line = self._text.rfind("\n", 0, start) + 1
        close = self._text.find("\n", end)
        before = WORD.search(self._text, line, start)
        return before is not None or WORD.search(self._text, end, len(self._text) if close < 0 else close) is not None

    @cached_property
    def _starts(self) -> list[int]:
        return [m.start() for m in WORD.finditer(self._text)]

    @cached_property
    def _words(self) -> list[str]:
        same: dict[str, str] = {}
        return [same.setdefault(word, word) for word in (m[0].lower() for m in WORD.finditer(self._text))]

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for place, word in enumerate(self._words):
            places.setdefault(word, []).append(place)
        return places
