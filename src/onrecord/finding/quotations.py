"""Quotation marks, read by a state machine of their own.

``find_quotations(text, paragraphs)`` pairs the marks of a text. It knows

- curly, straight, single, doubled (````…''````), guillemets either way round, low-high (``„…“``) and CJK brackets;
- nesting, with the same marks or with others;
- quotes that run over paragraphs, each paragraph opened afresh and only the last one closed;
- a mark closed by the wrong mark, or never: an unclosed quotation ends with its paragraph;
- apostrophes, plural possessives, elisions (``'90s``, ``’em``), feet and inches, ``»`` as a bullet.

It never raises, looks at every mark once, and a stray mark never reaches beyond its paragraph.

Anatomy of a result::

    He said “we ‘do not’ know.”
            ^^^^^^^^^^^^^^^^^^^   span   (marks included), depth 0
             ^^^^^^^^^^^^^^^^^    inner
                ^^^^^^^^          span,  depth 1
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.spans import Span

MARK = re.compile(r"``|''|[\"“”„‟«»‘’‚‛'`‹›「」『』＂]")

FAMILY = {
    **dict.fromkeys(("“", "”", "„", "‟", '"', "＂", "``", "''"), "double"),
    **dict.fromkeys(("‘", "’", "‚", "‛", "'", "`"), "single"),
    **dict.fromkeys("«»", "guillemet"),
    **dict.fromkeys("‹›", "angle"),
    **dict.fromkeys("「」", "corner"),
    **dict.fromkeys("『』", "hollow"),
}
ONLY_OPENS = frozenset(("„", "‚", "``", "「", "『", "‛", "‟"))
ONLY_CLOSES = frozenset(("」", "』"))
LEANS_OPEN = frozenset("“‘«‹")
LEANS_CLOSED = frozenset("”’»›")
BEFORE_OPENING = frozenset("([{<—–-―/…¿¡*_~|>=") | frozenset("“„«‹‘‚\"'「『")
ELISION = re.compile(r"(?:\d0s|\d\ds?\b|em\b|til\b|till\b|tis\b|twas\b|n['’]|cause\b|bout\b|round\b|cos\b)", re.I)
SENTENCE_STOP = frozenset(".,!?…;:—–-)]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One pair of marks and what stands between them.

    ``span`` includes the marks, ``inner`` does not; ``depth`` counts the quotations around it; ``closed`` is false where
    no closing mark came before the paragraph ended; ``follows`` is the index (in the returned tuple) of the quotation
    of an earlier paragraph that this one carries on.
    """

    span: Span
    inner: Span
    family: str
    depth: int
    closed: bool = True
    follows: int | None = None


@dataclass(slots=True)
class _Open:
    start: int
    after: int
    mark: str
    family: str
    number: int  # where its slot in the output list is reserved


def find_quotations(text: str, paragraphs: Sequence[Span] | None = None) -> tuple[Quotation, ...]:
    """All quotations of ``text``, in order of their opening marks. ``paragraphs`` default to the lines of the text."""
    if paragraphs is None:
        paragraphs = [Span(*m.span()) for m in re.finditer(r"[^\n\r]+", text)]
    found: list[Quotation] = []
    carried: tuple[str, int] | None = None  # family and index of an outermost quotation left open by the paragraph before
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        carried = _scan(text, paragraph, following, carried, found)
    return tuple(found)


def _scan(
    text: str, paragraph: Span, following: Span | None, carried: tuple[str, int] | None, found: list[Quotation]
) -> tuple[str, int] | None:
    """Read one paragraph, append its quotations to ``found``; return what it leaves open for the next paragraph."""
    marks = [m for m in MARK.finditer(text, paragraph.start, paragraph.end)]
    left = _marks_left(marks)
    stack: list[_Open] = []
    slots: list[Quotation | None] = []
    last_close = _last_closings(text, marks, paragraph)
    for i, m in enumerate(marks):
        move = _read_mark(text, m, paragraph, stack, left[i], last_close)
        if move == "open":
            stack.append(_Open(m.start(), m.end(), m[0], FAMILY[m[0]], len(slots)))
            slots.append(None)
        elif move == "close":
            _close(stack, slots, m, FAMILY[m[0]])
    leftover = _settle(text, paragraph, following, stack, slots)
    base = len(found)
    first = text[paragraph.start : paragraph.end]
    opens_at = paragraph.start + len(first) - len(first.lstrip())
    kept = [q for q in slots if q is not None]
    for q in kept:
        resumes = carried is not None and q.depth == 0 and q.span.start == opens_at and q.family == carried[0]
        follows = carried[1] if resumes and carried is not None else None
        found.append(Quotation(q.span, q.inner, q.family, q.depth, q.closed, follows))
    if leftover is None:
        return None
    for index in range(base, len(found)):
        if found[index].span.start == leftover.start:
            return leftover.family, index
    return None


def _marks_left(marks: list[re.Match[str]]) -> list[int]:
    """For each mark, how many marks of the same family follow it in the paragraph."""
    seen: dict[str, int] = {}
    out = [0] * len(marks)
    for i in range(len(marks) - 1, -1, -1):
        family = FAMILY[marks[i][0]]
        out[i] = seen.get(family, 0)
        seen[family] = out[i] + 1
    return out


def _last_closings(text: str, marks: list[re.Match[str]], paragraph: Span) -> list[int]:
    """Positions of single marks that close for certain: they stand behind punctuation and before no letter."""
    return [
        m.start()
        for m in marks
        if FAMILY[m[0]] == "single"
        and m.start() > paragraph.start
        and text[m.start() - 1] in SENTENCE_STOP
        and not _word(_at(text, m.end(), paragraph))
    ]


def _at(text: str, position: int, paragraph: Span) -> str:
    """The character at ``position``, or a blank outside the paragraph."""
    return text[position] if paragraph.start <= position < paragraph.end else " "


def _word(ch: str) -> bool:
    return ch.isalnum()


def _read_mark(
    text: str, m: re.Match[str], paragraph: Span, stack: list[_Open], left: int, closings: list[int]
) -> str:
    """What one mark does here: ``open``, ``close`` or ``pass`` (an apostrophe, an inch, a bullet, a stray)."""
    mark, family = m[0], FAMILY[m[0]]
    before, after = _at(text, m.start() - 1, paragraph), _at(text, m.end(), paragraph)
    is_open = any(o.family == family for o in stack)
    may_open = not after.isspace() and (before.isspace() or before in BEFORE_OPENING)
    may_close = not _word(after) and not before.isspace()
    if mark in ONLY_OPENS and not (mark == "‟" and is_open):
        return "open"
    if mark in ONLY_CLOSES:
        return "close" if is_open else "pass"
    if family in ("guillemet", "angle"):
        return _read_guillemet(mark, before, after, stack, left, family)
    if family == "single":
        return _read_single(text, m, paragraph, stack, closings, may_open, may_close)
    if before.isdigit() and mark in ('"', "''", "”") and _is_inch(text, m, is_open, left, after):
        return "pass"
    if mark == "“":
        closes_low = any(o.mark == "„" for o in stack) and not before.isspace() and not _word(after)
        return "close" if closes_low or (is_open and may_close and not may_open) else "open"
    if mark == "”":
        if is_open:
            return "close"
        return "open" if may_open and left else "pass"
    if is_open:  # a straight mark, or ''
        if may_open and not may_close and left:
            return "open"
        return "close"
    return "pass" if mark == "''" or (before.isspace() and after.isspace()) or (may_close and not may_open) else "open"


def _read_guillemet(mark: str, before: str, after: str, stack: list[_Open], left: int, family: str) -> str:
    opened = next((o.mark for o in reversed(stack) if o.family == family), None)
    if opened is None:
        return "open" if left else ("open" if mark in LEANS_OPEN else "pass")
    if mark != opened:
        return "close"
    same_both_ways = mark in LEANS_CLOSED and not _word(after)  # »so« is German, »so» Swedish and Finnish
    return "close" if same_both_ways else "open"


def _read_single(
    text: str,
    m: re.Match[str],
    paragraph: Span,
    stack: list[_Open],
    closings: list[int],
    may_open: bool,
    may_close: bool,
) -> str:
    mark = m[0]
    before, after = _at(text, m.start() - 1, paragraph), _at(text, m.end(), paragraph)
    if _word(before) and _word(after) and mark != "‘":
        return "pass"  # don’t
    top = stack[-1] if stack else None
    is_open = any(o.family == "single" for o in stack)
    if is_open and may_close and not (may_open and mark in ("‘", "`")):
        plural = before in "sS" and after == " " and text[m.end() + 1 : m.end() + 2].islower()
        if plural and bisect_right(closings, m.start()) < len(closings):
            return "pass"  # the dogs’ bowls: a surer closing mark follows
        return "close"
    if mark == "’" or not may_open or not (_word(after) or after in "\"“[($€£…¿¡#@.-—"):
        return "pass"
    if ELISION.match(text, m.end()) and not (mark == "‘" and top is not None and top.family == "double"):
        return "pass"
    return "open"


def _is_inch(text: str, m: re.Match[str], is_open: bool, left: int, after: str) -> bool:
    """Whether a mark behind a digit measures: ``6'2"``, ``a 12" pipe``. Inside an open quotation parity decides."""
    if re.search(r"\d\s?['’′]\s?\d{1,2}$", text[max(0, m.start() - 7) : m.start()]):
        return not is_open or left > 0
    if not is_open:
        return True
    return left % 2 == 1 and after == " "


def _close(stack: list[_Open], slots: list[Quotation | None], m: re.Match[str], family: str) -> None:
    """Close the innermost open quotation of this family; whatever was left open inside it is void."""
    while stack:
        opened = stack.pop()
        if opened.family != family:
            continue
        start, end = opened.start, m.end()
        if m.start() > opened.after:
            slots[opened.number] = Quotation(
                Span(start, end), Span(opened.after, m.start()), family, depth=len(stack)
            )
        return


def _settle(
    text: str, paragraph: Span, following: Span | None, stack: list[_Open], slots: list[Quotation | None]
) -> _Open | None:
    """Decide about the marks that a paragraph leaves open: carried into the next one, unclosed, or stray."""
    outer = next((o for o in stack if o.family != "single"), None) or (stack[0] if stack else None)
    if outer is None:
        return None
    end = paragraph.start + len(text[paragraph.start : paragraph.end].rstrip())
    goes_on = following is not None and _opens_with(text, following, outer.family)
    wraps = any(
        q is not None and q.family == outer.family and q.span.start > outer.start and q.depth > 0 for q in slots
    )
    stray = not goes_on and (outer.family == "single" or wraps or end <= outer.after)
    if stray or end <= outer.after:
        gone = {o.start for o in stack}
    else:
        gone = {o.start for o in stack if o is not outer}
        depth = sum(1 for o in stack if o.start < outer.start and o.start not in gone)
        slots[outer.number] = Quotation(
            Span(outer.start, end), Span(outer.after, end), outer.family, depth, closed=False
        )
    void = sorted(gone)
    for i, q in enumerate(slots):
        if q is not None and q.span.start not in gone:
            lost = bisect_right(void, q.span.start)
            slots[i] = Quotation(q.span, q.inner, q.family, max(0, q.depth - lost), q.closed)
    return outer if goes_on and not stray else None


def _opens_with(text: str, paragraph: Span, family: str) -> bool:
    """Whether a paragraph begins with an opening mark of this family."""
    start = paragraph.start
    while start < paragraph.end and text[start].isspace():
        start += 1
    m = MARK.match(text, start, paragraph.end)
    return m is not None and FAMILY[m[0]] == family and (m[0] != "’" or m.end() >= paragraph.end)


def quote_states(length: int, quotations: Sequence[Quotation]) -> bytearray:
    """One byte a character: 0 outside, 1 in an outermost quotation, 2 deeper, 3 an opening mark, 4 a closing mark.

    Only quotations that can be speech count: all but single marks closed within a word or two stay as they are.
    """
    states = bytearray(length)
    for q in quotations:
        level = 1 if q.depth == 0 else 2
        states[q.inner.start : q.inner.end] = bytes([level]) * (q.inner.end - q.inner.start)
    for q in quotations:
        states[q.span.start : q.inner.start] = b"\x03" * (q.inner.start - q.span.start)
        states[q.inner.end : q.span.end] = b"\x04" * (q.span.end - q.inner.end)
    return states
