"""Where in a text the words of a query stand, and the stretch of it that shows them best.

Offsets only: whoever shows them does the marking, so nothing of a text is ever taken for markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.archive.indexing.words import Word, words_in_place
from onrecord.archive.searching.matching import Row
from onrecord.spans import Span

WIDTH = 280  # characters
SLACK = 24  # how far the ends may move to fall between words


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text: its `words`, at which character of the text it begins, and the `matches`, counted in the text.

    `cut` tells whether the text goes on behind it.
    """

    words: str
    start: int = 0
    matches: tuple[Span, ...] = ()
    cut: bool = False

    @property
    def span(self) -> slice:
        """Where it stands: ``text[snippet.span] == snippet.words``, of an empty text too."""
        return slice(self.start, self.start + len(self.words))

    @property
    def marks(self) -> tuple[Span, ...]:
        """The matches, counted in `words`."""
        return tuple(match.shift(-self.start) for match in self.matches)


def matches(text: str, rows: Iterable[Row]) -> tuple[Span, ...]:
    """Where the rows of words stand in the text, in order and without overlap."""
    by_first: dict[str, list[Row]] = {}
    beginnings: list[Row] = []
    for row in rows:
        if row.open and len(row.tokens) == 1:
            beginnings.append(row)
        else:
            by_first.setdefault(row.tokens[0], []).append(row)
    if not by_first and not beginnings:
        return ()
    found: list[Span] = []
    words = list(words_in_place(text))
    for at, word in enumerate(words):
        ends = [end for row in by_first.get(word.word, ()) if (end := _end(words, at, row))]
        ends += [word.end for row in beginnings if word.word.startswith(row.tokens[0])]
        if not ends:
            continue
        span = Span(word.start, max(ends))
        if found and span.start < found[-1].end:
            span = Span(found.pop().start, max(ends))
        found.append(span)
    return tuple(found)


def _end(words: Sequence[Word], at: int, row: Row) -> int:
    """Where the row ends in the text when it begins at `at`, or 0 where it does not stand there."""
    if at + len(row.tokens) > len(words):
        return 0
    for place, token in enumerate(row.tokens):
        here, last = words[at + place].word, place == len(row.tokens) - 1
        if here != token and not (last and row.open and here.startswith(token)):
            return 0
    return words[at + len(row.tokens) - 1].end


def snippet(text: str, found: Sequence[Span], width: int = WIDTH) -> Snippet:
    """The stretch of at most `width` characters with the most matches, the earliest of those; all of a short text."""
    if len(text) <= width:
        return Snippet(text, 0, tuple(found))
    start = _best_start(found, width)
    if found:
        start = max(0, min(start - width // 4, len(text) - width))
    start, end = _between_words(text, start, start + width)
    inside = tuple(match for match in found if start <= match.start and match.end <= end)
    return Snippet(text[start:end], start, inside, end < len(text))


def _best_start(found: Sequence[Span], width: int) -> int:
    best, most, last = 0, 0, 0
    room = width - width // 4
    for first, match in enumerate(found):
        last = max(last, first)
        while last < len(found) and found[last].end <= match.start + room:
            last += 1
        if last - first > most:
            best, most = match.start, last - first
    return best


def _between_words(text: str, start: int, end: int) -> tuple[int, int]:
    if start:
        space = text.find(" ", start, start + SLACK)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", end - SLACK, end)
        end = space if space > start else end
    return start, end
