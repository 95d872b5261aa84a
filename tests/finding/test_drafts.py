from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.finding.tagging.drafts import Draft, shared, size, without
from onrecord.spans import Span, merge

Pairs = list[tuple[int, int]]
SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 10)), max_size=6).map(
    lambda pairs: merge(Span(start, start + length) for start, length in pairs)
)


def spans(pairs: Pairs) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)


def characters(group: tuple[Span, ...]) -> set[int]:
    return {place for span in group for place in range(span.start, span.end)}


@pytest.mark.parametrize(
    ("left", "taken", "wanted"),
    [
        ([(0, 10)], [], [(0, 10)]),
        ([(0, 10)], [(3, 5)], [(0, 3), (5, 10)]),
        ([(0, 10)], [(0, 4), (8, 10)], [(4, 8)]),
        ([(0, 4), (6, 10)], [(3, 7)], [(0, 3), (7, 10)]),
        ([(0, 10)], [(0, 10)], []),
        ([(0, 4)], [(4, 9)], [(0, 4)]),
        ([], [(0, 4)], []),
    ],
    ids=["nothing", "the middle", "both ends", "across a gap", "everything", "what only touches", "from nothing"],
)
def test_what_is_taken_away_leaves_the_rest(left: Pairs, taken: Pairs, wanted: Pairs) -> None:
    assert without(spans(left), spans(taken)) == spans(wanted)


@given(SPANS, SPANS)
def test_what_two_groups_share_and_what_one_has_alone_make_up_the_one(a: tuple[Span, ...], b: tuple[Span, ...]) -> None:
    assert shared(a, b) == shared(b, a) == len(characters(a) & characters(b))
    assert characters(without(a, b)) == characters(a) - characters(b)
    assert size(without(a, b)) + shared(a, b) == size(a)


def test_the_extent_of_a_draft_reaches_over_all_its_parts() -> None:
    assert Draft("cue", (Span(8, 12), Span(20, 30)), (Span(0, 4),), (Span(5, 7),)).extent == Span(0, 30)
    assert Draft("floating", (Span(8, 12),)).extent == Span(8, 12)
