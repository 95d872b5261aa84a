"""Paragraphs, sentences and words of a text, as spans of it. The text itself is never touched.

    text         “Stay,” she said. Mr. Ito stayed.⏎Then they left.
    paragraphs   ├──────────────────────────────┤ ├─────────────┤
    sentences    ├──────────────┤ ├─────────────┤ ├─────────────┤
    words         ├──┤   ├─┤ ├──┤ ├┤  ├─┤ ├────┤  ├──┤ ├──┤ ├──┤

Blanks at the edges belong to a paragraph, but to no sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from onrecord.finding.pack import listed, pattern
from onrecord.spans import Span

# U+0085 is left out: in badly decoded text it is an ellipsis far more often than a line break.
LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c]+")
BREAK = re.compile(r"\r\n|[\n\r\u2028\u2029\x0b\x0c]")
WORD = re.compile(r"\w+(?:['’]\w+)*")
"""A word as the scorers count it: letters and digits with inner apostrophes."""

STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"”’'»)\]]*+(?=\s|\Z)")
"""What ends a sentence; closing marks and brackets belong to it. The next word decides with it."""

NEXT = re.compile(r"\s++[\"“‘'«(\[]*+(?P<word>\w+(?:['’]\w+)*|\S)")

REACH = 12  # characters that are enough for the longest shortened word


def paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs: the lines, or the blocks between blank lines where the lines are hard-wrapped.

    A text counts as hard-wrapped when it has blank lines, and most of the lines that are followed
    directly by another end within a narrow band of columns and in mid-sentence, as mail programs
    and typewriters leave them. Lines of nothing but white space are no paragraphs.
    """
    lines = [Span(*match.span()) for match in LINE.finditer(text) if not match[0].isspace()]
    joins = [len(BREAK.findall(text, line.end, below.start)) == 1 for line, below in pairwise(lines)]
    if not _hard_wrapped(text, lines, joins):
        return tuple(lines)
    blocks: list[Span] = []
    for line, joined in zip(lines, [False, *joins], strict=True):
        if joined:
            blocks[-1] = Span(blocks[-1].start, line.end)
        else:
            blocks.append(line)
    return tuple(blocks)


def _hard_wrapped(text: str, lines: Sequence[Span], joins: Sequence[bool]) -> bool:
    """`joins` tells of each line but the last whether the next one stands directly below it."""
    inner = [line for line, joined in zip(lines, joins, strict=False) if joined]
    if len(inner) < 4 or all(joins):
        return False
    in_band = sum(48 <= len(line) <= 90 for line in inner)
    running_on = sum(not line.slice(text).rstrip().endswith((".", "!", "?", ":", "”", '"')) for line in inner)
    return in_band >= 0.8 * len(inner) and running_on >= 0.6 * len(inner)


def sentences(text: str, paragraph: Span) -> tuple[Span, ...]:
    """The sentences of one paragraph. Closing marks and brackets belong to the sentence that they end."""
    found: list[Span] = []
    start = paragraph.start
    for stop in STOP.finditer(text, paragraph.start, paragraph.end):
        if _ends_sentence(text, stop, start, paragraph.end):
            found += _trimmed(text, start, stop.end())
            start = stop.end()
    return (*found, *_trimmed(text, start, paragraph.end))


def _ends_sentence(text: str, stop: re.Match[str], start: int, end: int) -> bool:
    following = NEXT.match(text, stop.end(), end)
    if following is None:
        return True
    word = following["word"]
    if not (word[0].isupper() or word[0].isdigit() or word[0] in "@#" or _uncased(word[0])):
        return False
    if stop[0] != ".":
        return True
    shortened = text[max(start, stop.start() - REACH) : stop.end()]
    if pattern("shortened_title").search(shortened):
        return False
    if pattern("before_number").search(shortened):
        return not word[0].isdigit()
    return not pattern("shortened").search(shortened) or word.lower().replace("’", "'") in listed("starters")


def _uncased(character: str) -> bool:
    """Whether it is a letter of a script without capitals."""
    return character.isalpha() and character.lower() == character.upper()


def _trimmed(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The span without white space at its edges, or none."""
    span = Span(start, end).trim(text) if start < end else None
    return (span,) if span else ()


def words(text: str, within: Span | None = None) -> tuple[Span, ...]:
    """The words of the text, or those that lie `within` a span of it."""
    start, end = (within.start, within.end) if within else (0, len(text))
    return tuple(Span(*match.span()) for match in WORD.finditer(text, start, end))
