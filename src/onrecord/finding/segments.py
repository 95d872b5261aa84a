"""Paragraphs, sentences and word tokens of a text, as spans of it. The text itself is never touched."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.spans import Span

LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c]+")
BREAK = re.compile(r"\n|\r\n?|[\u2028\u2029\x0b\x0c]")
WORD = re.compile(r"\w+(?:['’]\w+)*")
ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Capt|Cmdr|Adm|Maj|St|Jr|Sr|Rev|Hon|Pres|Atty|Supt|Det|"
    r"No|Nos|vs|v|etc|Inc|Ltd|Corp|Co|Bros|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Mass|Calif|Fla|Pa|"
    r"approx|est|dept|fig|art|sec)|\b[A-Z]|\b(?:[A-Za-z]\.)+[A-Za-z])\.$"
)
STOP = re.compile(r"(?:\.{3}|…|[.!?]+)[\"”’'»)\]]*(?=\s+[\"“‘'«(\[]*[A-Z0-9ÀÁÂÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖØÙÚÛÜŠŽČĆŁŚŻА-ЯЁ@#]|\s*$)")


def paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs of ``text``: its lines, or its blank-line blocks where the lines are hard-wrapped.

    A text counts as hard-wrapped when it has blank lines and most of the lines that are followed directly by another
    one end within a narrow band of columns, as mail clients and typewriters leave them.
    """
    lines = [Span(*m.span()) for m in LINE.finditer(text) if not m[0].isspace()]
    joins = [_single_break(text, a, b) for a, b in zip(lines, lines[1:], strict=False)]
    if not _hard_wrapped(text, lines, joins):
        return tuple(lines)
    out: list[Span] = []
    for line, joined in zip(lines, [False, *joins], strict=True):
        if joined:
            out[-1] = Span(out[-1].start, line.end)
        else:
            out.append(line)
    return tuple(out)


def _single_break(text: str, a: Span, b: Span) -> bool:
    return len(BREAK.findall(text, a.end, b.start)) == 1


def _hard_wrapped(text: str, lines: Sequence[Span], joins: Sequence[bool]) -> bool:
    inner = [len(line) for line, joined in zip(lines, joins, strict=False) if joined]
    if len(inner) < 4 or len(inner) == len(lines) - 1:
        return False
    band = sum(1 for n in inner if 48 <= n <= 90)
    runs_on = sum(
        1
        for (a, b), joined in zip(zip(lines, lines[1:], strict=False), joins, strict=True)
        if joined and not text[a.start : a.end].rstrip().endswith((".", "!", "?", ":", "”", '"'))
    )
    return band >= 0.8 * len(inner) and runs_on >= 0.6 * len(inner)


def sentences(text: str, paragraph: Span) -> tuple[Span, ...]:
    """The sentences of one paragraph. Closing marks and brackets belong to the sentence that they end."""
    out: list[Span] = []
    start = paragraph.start
    for m in STOP.finditer(text, paragraph.start, paragraph.end):
        if m[0] == "." and ABBREVIATION.search(text[max(start, m.start() - 12) : m.end()]) and m.end() < paragraph.end:
            continue
        out += _trimmed(text, start, m.end())
        start = m.end()
    return (*out, *_trimmed(text, start, paragraph.end))


def _trimmed(text: str, start: int, end: int) -> tuple[Span, ...]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (Span(start, end),) if end > start else ()


def words(text: str, within: Span | None = None) -> tuple[Span, ...]:
    """Word tokens, as the scorers count them: letters and digits with inner apostrophes."""
    start, end = (within.start, within.end) if within else (0, len(text))
    return tuple(Span(*m.span()) for m in WORD.finditer(text, start, end))
