"""Quotation marks, read by a state machine of their own.

    He said “we ‘do not’ know.”
            ├─────────────────┤   span, depth 0: the marks belong to it
             ├───────────────┤    inner: they do not
                ├──────┤          span, depth 1

What it knows:

- curly, straight, single, doubled, low-high, guillemets either way round, corner brackets;
- nesting, in the same marks or in others;
- quotes over several paragraphs, opened afresh in each and closed in the last;
- marks closed by the wrong mark, or never: what is not closed ends with its paragraph;
- apostrophes and elisions, feet and inches, » as a bullet, code between backticks.

It raises nothing and looks at every mark once. No quotation leaves its paragraph, so that a stray
mark spoils no more than its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from onrecord.finding import segments
from onrecord.finding.quoting.marks import ONLY_CLOSES, ONLY_OPENS, SENTENCE_STOP, Mark, Move, is_letter, marks_of
from onrecord.spans import Span

OPENS_SINGLE = frozenset("‘‛`")
MEASURES = frozenset(('"', "''", "”"))
FEET = re.compile(r"\d\s?['’′]\s?\d{1,2}$")

DEEPEST = 16
"""Quotations within one another; what stands deeper, which nobody writes, is none."""

LONGEST = 200
"""Paragraphs over which one quotation is carried on; behind these it begins anew."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """One pair of marks and what stands between them.

    `span` includes the marks, `inner` does not; `depth` counts the quotations around it. `closed` is
    false where the paragraph ended first. `follows` is the place, in what find_quotations returned,
    of the quotation of the paragraph before that this one carries on.
    """

    span: Span
    inner: Span
    family: str
    depth: int
    closed: bool = True
    follows: int | None = None


class Quotations(tuple[Quotation, ...]):
    """The quotations of a text, in the order of their opening marks; two of them nest or stand apart."""

    def around(self, at: int) -> list[Quotation]:
        """Those that begin before an offset and end behind it, the outermost first."""
        return [q for q in self._before(at) if q.span.end > at]

    def reaching(self, start: int) -> Iterator[Quotation]:
        """Those that end at an offset or behind it, one after the other."""
        yield from (q for q in self._before(start) if q.span.end >= start)
        for place in range(bisect_left(self._starts, start), len(self)):
            yield self[place]

    def near(self, span: Span) -> Iterator[Quotation]:
        """Those that overlap a span."""
        for q in self.reaching(span.start + 1):
            if q.span.start >= span.end:
                return
            yield q

    def carried_on(self, start: int, end: int) -> Iterator[Quotation]:
        """Those that carry on one that ends behind `start` and not behind `end`, and those that carry on these."""
        for place in range(bisect_right(self._carried, start), bisect_right(self._carried, end)):
            carrier: Quotation | None = self._carriers[self._carried[place]]
            while carrier is not None:
                yield carrier
                carrier = self._carriers.get(carrier.span.end)

    @cached_property
    def open_ends(self) -> frozenset[int]:
        """Where quotations end that nothing closes."""
        return frozenset(q.span.end for q in self if not q.closed)

    @cached_property
    def _carriers(self) -> dict[int, Quotation]:
        """The quotations that carry another on, by where that one ends."""
        return {self[q.follows].span.end: q for q in self if q.follows is not None}

    @cached_property
    def _carried(self) -> list[int]:
        return sorted(self._carriers)

    @cached_property
    def _starts(self) -> list[int]:
        return [q.span.start for q in self]

    @cached_property
    def _holders(self) -> list[int]:
        """Of each the place of the one around it, -1 for none."""
        holders: list[int] = []
        around: list[int] = []
        for place, q in enumerate(self):
            while around and self[around[-1]].span.end <= q.span.start:
                around.pop()
            holders.append(around[-1] if around else -1)
            around.append(place)
        return holders

    def _before(self, at: int) -> list[Quotation]:
        """The last that begins before an offset and those around it, the outermost first."""
        found = []
        place = bisect_left(self._starts, at) - 1
        while place >= 0:
            found.append(self[place])
            place = self._holders[place]
        return found[::-1]


def find_quotations(text: str, paragraphs: Sequence[Span] | None = None) -> Quotations:
    """All quotations of `text`; `paragraphs` default to its own."""
    if paragraphs is None:
        paragraphs = segments.paragraphs(text)
    marks = [marks_of(text, paragraph) for paragraph in paragraphs]
    found: list[Quotation] = []
    carried: int | None = None  # the quotation that the paragraph before left open for this one to take up
    links = 0  # how many paragraphs have carried it on
    for paragraph, own, following in zip(paragraphs, marks, [*marks[1:], []], strict=False):
        reading = _Reading(None if carried is None else found[carried].family)
        for mark in own:
            reading.read(mark)
        goes_on = reading.end((paragraph.trim(text) or paragraph).end, following[:1])
        quotations = _nested(reading.quotations)
        links = links + 1 if carried is not None and links < LONGEST else 0
        if links and quotations and quotations[0].span.start == own[0].start:
            quotations[0] = replace(quotations[0], follows=carried)
        unclosed = (len(found) + place for place, quotation in enumerate(quotations) if not quotation.closed)
        carried = next(unclosed, None) if goes_on else None
        found += quotations
    return Quotations(found)


def quote_states(length: int, quotations: Sequence[Quotation]) -> bytearray:
    """One byte a character of a text of that `length`.

    0 outside, 1 in an outermost quotation, 2 deeper, 3 an opening mark, 4 a closing mark.
    """
    states = bytearray(length)
    for q in quotations:
        if q.depth < 2:
            states[q.inner.start : q.inner.end] = (b"\x01" if q.depth == 0 else b"\x02") * len(q.inner)
    for q in quotations:
        states[q.span.start : q.inner.start] = b"\x03" * (q.inner.start - q.span.start)
        states[q.inner.end : q.span.end] = b"\x04" * (q.span.end - q.inner.end)
    return states


class _Reading:
    """The marks of one paragraph, read from left to right; `taken_up` is the family it may carry on."""

    def __init__(self, taken_up: str | None) -> None:
        self.quotations: list[Quotation] = []
        self._taken_up = taken_up
        self._stack: list[Mark] = []
        self._open: Counter[str] = Counter()  # how many stand open, by family and by mark

    def read(self, mark: Mark) -> None:
        """Open or close what the mark opens or closes."""
        if mark.mark == "''" and not self._open["double"] and self._open["single"] > 1:
            self._close("single", mark.start, mark.start + 1)
            self._close("single", mark.start + 1, mark.end)
            return
        move = self._move(mark)
        if move == "open":
            self._stack.append(mark)
            self._open.update((mark.family, mark.mark))
        elif move == "close":
            self._close(mark.family, mark.start, mark.end)
        elif self._closes_wrongly(mark):
            self._close(self._stack[-1].family, mark.start, mark.end)

    def end(self, end: int, following: Sequence[Mark]) -> bool:
        """Settle what is still open where the paragraph ends; whether the `following` first mark takes it up.

        The outermost mark makes a quotation up to `end`. It is astray instead, and makes none, when
        nothing follows it, when it may be an apostrophe, or when whole quotations of its own family
        follow it: the writer then went on as if it did not stand there.
        """
        outer = next((mark for mark in self._stack if mark.family != "single"), None)
        outer = outer or next(iter(self._stack), None)
        if outer is None or end <= outer.end:
            return False
        goes_on = any(mark.takes_up(outer.family) for mark in following)
        wraps = any(q.family == outer.family and q.span.start > outer.start for q in self.quotations)
        if not goes_on and (outer.family == "single" or wraps):
            return False
        self._add(outer, end, end, closed=False)
        return goes_on

    def _add(self, opened: Mark, inner_end: int, end: int, *, closed: bool = True) -> None:
        if inner_end > opened.end:
            inner = Span(opened.end, inner_end)
            self.quotations.append(Quotation(Span(opened.start, end), inner, opened.family, 0, closed))

    def _close(self, family: str, start: int, end: int) -> None:
        """Close the innermost open quotation of this family; what was left open inside it is void."""
        while self._open[family]:
            opened = self._stack.pop()
            self._open.subtract((opened.family, opened.mark))
            if opened.family == family:
                self._add(opened, start, end)
                return

    def _move(self, mark: Mark) -> Move:
        if mark.mark in ONLY_OPENS:
            return "open"
        if mark.mark in ONLY_CLOSES:
            return "close" if self._open[mark.family] else "pass"
        if mark.family == "single":
            return self._single(mark)
        if mark.family == "double":
            return self._double(mark)
        return self._guillemet(mark)

    def _double(self, mark: Mark) -> Move:
        standing = self._open["double"]
        if mark.mark in MEASURES and mark.before.isdigit() and _is_inch(mark, standing):
            return "pass"
        if mark.mark == "“":
            closes_low = self._open["„"] and mark.may_close
            return "close" if closes_low or (standing and mark.may_close and not mark.may_open) else "open"
        if mark.mark == "”":
            if standing:
                return "close"
            return "open" if mark.may_open and (mark.later or mark.first) else "pass"
        if standing:
            return "open" if mark.may_open and not mark.may_close and mark.later else "close"
        if mark.mark == "''":
            return "open" if mark.may_open and not mark.may_close and mark.later else "pass"
        return "pass" if mark.lonely or (mark.may_close and not mark.may_open) else "open"

    def _guillemet(self, mark: Mark) -> Move:
        leans_open = mark.mark in "«‹"
        if not self._open[mark.family]:
            if mark.first and mark.family == self._taken_up:
                return "open"  # each further paragraph of a quote may begin with »
            if (is_letter(mark.before) or mark.before in ".!?…") and not is_letter(mark.after):
                return "pass"
            if not leans_open and mark.after.isspace() and mark.before.isspace():
                return "pass"  # a bullet
            return "open" if leans_open or mark.later else "pass"
        opened = next(other for other in reversed(self._stack) if other.family == mark.family)
        if mark.mark != opened.mark:
            return "close"
        return "open" if leans_open or is_letter(mark.after) else "close"  # »so« is German, »so» Swedish

    def _single(self, mark: Mark) -> Move:
        if self._open["single"] and mark.may_close and not (mark.may_open and mark.mark in OPENS_SINGLE):
            mid_sentence = mark.before not in SENTENCE_STOP and mark.after.isspace()
            if mid_sentence and mark.closes_later and self._open["single"] == 1:
                return "pass"  # the dogs’ bowls: a surer closing mark follows
            return "close"
        in_double = bool(self._stack) and self._stack[-1].family == "double"
        return "open" if mark.opens_single(in_double=in_double) else "pass"

    def _closes_wrongly(self, mark: Mark) -> bool:
        """Whether a mark closes one of another family, “like this,’ since nothing else would close either."""
        if not self._stack or self._open[mark.family] or mark.plain != "close":
            return False
        return self._stack[-1].family not in mark.closing


def _is_inch(mark: Mark, standing: int) -> bool:
    """Whether a mark behind a digit measures; where a quotation stands open, another must be left to close it."""
    if not standing:
        return True
    if FEET.search(mark.head):
        return mark.closes_later
    return standing == 1 and mark.closes_later and (mark.after.isspace() or mark.after == "-")


def _nested(quotations: Iterable[Quotation]) -> list[Quotation]:
    """In the order of their opening marks, with the depth that each has; not deeper than DEEPEST."""
    ordered = []
    around: list[int] = []
    for quotation in sorted(quotations, key=lambda q: q.span):
        while around and around[-1] <= quotation.span.start:
            around.pop()
        if len(around) < DEEPEST:
            ordered.append(replace(quotation, depth=len(around)))
            around.append(quotation.span.end)
    return ordered
