"""The word-by-word difference of a carried wording and its originals, as stretches in the order of the carrier.

original  What I won't do is call this a failure.
carried        I won't       call this a failure
stretches cut  kept   cut    kept
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.spans import Span, merge
from onrecord.tracing.placing import Placement
from onrecord.tracing.values import Op, Original, WordChange
from onrecord.tracing.wording.alignment import NOWHERE
from onrecord.tracing.wording.normal import Token

LETTER = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Gap:
    """What lies between two neighbouring kept words of the carrier, or before the first or behind the last.

    `left` and `right` are the carried words (NOWHERE at the ends); `which` is the original, `cut` the places of the
    words left out there; `other` is set where the two are from two originals, `back` where the second stands before
    the first.
    """

    left: int
    right: int
    which: int
    cut: tuple[int, ...]
    other: bool = False
    back: bool = False


def gaps(placement: Placement, originals: Sequence[Sequence[Token]]) -> Iterator[Gap]:
    """Every gap in which something was cut or joined, in the order of the carrier, the ends included."""
    at = [k for k, which in enumerate(placement.which) if which != NOWHERE]
    if not at:
        return
    taken = {(placement.which[k], placement.places[k]) for k in at}
    first, last = at[0], at[-1]
    head = _sentence(originals[placement.which[first]], placement.places[first])
    which = placement.which[first]
    if cut := _free(range(head.start, placement.places[first]), which, taken):
        yield Gap(NOWHERE, first, which, cut)
    for left, right in pairwise(at):
        here, there = placement.which[left], placement.which[right]
        a, b = placement.places[left], placement.places[right]
        if here != there:
            yield Gap(left, right, there, (), other=True)
        elif b < a:
            yield Gap(left, right, there, (), back=True)
        elif cut := _free(range(a + 1, b), here, taken):
            yield Gap(left, right, here, cut)
    which = placement.which[last]
    tail = _sentence(originals[which], placement.places[last])
    if cut := _free(range(placement.places[last] + 1, tail.stop), which, taken):
        yield Gap(last, NOWHERE, which, cut)


def _free(places: Iterable[int], which: int, taken: set[tuple[int, int]]) -> tuple[int, ...]:
    return tuple(place for place in places if (which, place) not in taken)


def _sentence(words: Sequence[Token], at: int) -> range:
    """The places of the words of the sentence in which a word stands."""
    first = last = at
    while first and words[first - 1].sentence == words[at].sentence:
        first -= 1
    while last + 1 < len(words) and words[last + 1].sentence == words[at].sentence:
        last += 1
    return range(first, last + 1)


def changes(
    text: str,
    carried: Sequence[Token],
    placement: Placement,
    originals: Sequence[Original],
    spoken: Sequence[Sequence[Token]],
) -> tuple[WordChange, ...]:
    """The difference as stretches. `text` is the carrier's, `spoken` the words of each original."""
    cut_before: dict[int, list[tuple[int, int]]] = {}
    cut_last: list[tuple[int, int]] = []
    for gap in gaps(placement, spoken):
        places = [(gap.which, place) for place in gap.cut]
        if gap.right == NOWHERE:
            cut_last.extend(places)
        else:
            cut_before.setdefault(gap.right, []).extend(places)
    steps: list[tuple[Op, int, tuple[int, int] | None]] = []
    for k, which in enumerate(placement.which):
        steps.extend(("cut", NOWHERE, place) for place in cut_before.get(k, ()))
        if which == NOWHERE:
            steps.append(("added", k, None))
        else:
            steps.append(("kept" if placement.same[k] else "changed", k, (which, placement.places[k])))
    steps.extend(("cut", NOWHERE, place) for place in cut_last)
    return tuple(_stretches(text, carried, originals, spoken, steps))


def _stretches(
    text: str,
    carried: Sequence[Token],
    originals: Sequence[Original],
    spoken: Sequence[Sequence[Token]],
    steps: Sequence[tuple[Op, int, tuple[int, int] | None]],
) -> Iterator[WordChange]:
    run: list[tuple[Op, int, tuple[int, int] | None]] = []
    for step in steps:
        if run and (not _goes_on(run[-1], step) or _broken_into(text, carried, run[-1][1], step[1])):
            yield _change(text, carried, originals, spoken, run)
            run = []
        run.append(step)
    if run:
        yield _change(text, carried, originals, spoken, run)


def _goes_on(before: tuple[Op, int, tuple[int, int] | None], step: tuple[Op, int, tuple[int, int] | None]) -> bool:
    if before[0] != step[0]:
        return False
    if before[2] is None or step[2] is None:
        return before[2] == step[2]
    return before[2][0] == step[2][0] and step[2][1] == before[2][1] + 1


def _broken_into(text: str, carried: Sequence[Token], before: int, at: int) -> bool:
    """Whether words that are not the speaker's stand between two carried words: *“It is old,” she said, “very old.”*"""
    if NOWHERE in (before, at) or carried[at].span.start <= carried[before].span.end:
        return False
    return LETTER.search(text, carried[before].span.end, carried[at].span.start) is not None


def _change(
    text: str,
    carried: Sequence[Token],
    originals: Sequence[Original],
    spoken: Sequence[Sequence[Token]],
    run: Sequence[tuple[Op, int, tuple[int, int] | None]],
) -> WordChange:
    printed = [carried[k].span for _, k, _ in run if k != NOWHERE]
    there = [(place[0], spoken[place[0]][place[1]].span) for _, _, place in run if place is not None]
    carried_span = Span(min(s.start for s in printed), max(s.end for s in printed)) if printed else None
    original_span, words = None, ""
    if there:
        original = originals[there[0][0]]
        inner = Span(min(s.start for _, s in there), max(s.end for _, s in there))
        words = inner.slice(original.text)
        original_span = Span(inner.start + original.start, inner.end + original.start)
    return WordChange(
        run[0][0],
        original=words,
        carried=carried_span.slice(text) if carried_span else "",
        original_span=original_span,
        carried_span=carried_span,
    )


def spans_of(
    placement: Placement, originals: Sequence[Original], spoken: Sequence[Sequence[Token]]
) -> tuple[Span, ...]:
    """The words of the originals that were carried, as spans in the transcript; neighbours are one span."""
    spans = []
    for which, place in sorted(set(zip(placement.which, placement.places, strict=True))):
        if which != NOWHERE:
            word, start = spoken[which][place].span, originals[which].start
            spans.append(Span(word.start + start, word.end + start))
    joined: list[Span] = []
    for span in merge(spans):
        if joined and span.start - joined[-1].end <= 3:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return tuple(joined)
