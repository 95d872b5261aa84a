from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import SpanError
from onrecord.spans import Span, hull, merge

TEXT = "  Rena said \n no "
SPANS = st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda pair: Span(pair[0], sum(pair)))


@pytest.mark.parametrize(
    ("start", "end"),
    [(3, 3), (4, 2), (-1, 2), (True, 2), (0, 2.0), ("0", "2")],
    ids=["empty", "backwards", "below zero", "a bool", "a float", "strings"],
)
def test_a_span_that_cannot_be_is_refused(start: Any, end: Any) -> None:
    with pytest.raises(SpanError):
        Span(start, end)


def test_the_error_names_start_end_and_length() -> None:
    with pytest.raises(SpanError, match="from 4 to 2, of length -2"):
        Span(4, 2)
    with pytest.raises(SpanError, match="from 2 to 9 in a text of length 4"):
        Span(2, 9).slice("four")


def test_offsets_count_code_points() -> None:
    assert Span(2, 4).slice("🦡 é!") == "é!"


@pytest.mark.parametrize(
    ("one", "other", "overlaps", "contains", "touches"),
    [
        (Span(0, 4), Span(2, 6), True, False, False),
        (Span(0, 4), Span(4, 6), False, False, True),
        (Span(4, 6), Span(0, 4), False, False, True),
        (Span(0, 4), Span(5, 6), False, False, False),
        (Span(0, 4), Span(1, 2), True, True, False),
        (Span(0, 4), Span(0, 4), True, True, False),
    ],
)
def test_two_spans_overlap_contain_or_touch(
    one: Span, other: Span, overlaps: bool, contains: bool, touches: bool
) -> None:
    assert (one.overlaps(other), one.contains(other), one.touches(other)) == (overlaps, contains, touches)


@pytest.mark.parametrize(
    ("span", "trimmed"),
    [(Span(0, 11), "Rena said"), (Span(2, 6), "Rena"), (Span(11, 14), None)],
    ids=["both edges", "nothing to do", "white space only"],
)
def test_trimming_leaves_the_words(span: Span, trimmed: str | None) -> None:
    kept = span.trim(TEXT)
    assert (kept and kept.slice(TEXT)) == trimmed


def test_shifting_keeps_the_length_and_stops_at_zero() -> None:
    assert Span(2, 5).shift(3) == Span(5, 8)
    with pytest.raises(SpanError):
        Span(2, 5).shift(-3)


def test_a_hull_needs_something_to_hold() -> None:
    assert hull([Span(5, 6), Span(1, 2)]) == Span(1, 6)
    with pytest.raises(SpanError, match="no spans"):
        hull([])


def test_merging_with_the_text_bridges_white_space() -> None:
    spans = [Span(7, 11), Span(2, 6), Span(14, 16)]
    assert merge(spans) == (Span(2, 6), Span(7, 11), Span(14, 16))
    assert merge(spans, TEXT) == (Span(2, 16),)


@given(st.lists(SPANS))
def test_merging_keeps_the_characters_and_leaves_gaps(spans: list[Span]) -> None:
    merged = merge(spans)
    covered = {i for span in spans for i in range(span.start, span.end)}
    assert {i for span in merged for i in range(span.start, span.end)} == covered
    assert all(a.end < b.start for a, b in pairwise(merged))
    assert merge(merged) == merged


@pytest.mark.parametrize(("one", "other", "apart"), [((0, 3), (5, 9), 2), ((0, 3), (3, 5), 0), ((0, 9), (2, 4), 0)])
def test_the_distance_of_two_spans_is_what_stands_between(
    one: tuple[int, int], other: tuple[int, int], apart: int
) -> None:
    assert Span(*one).distance(Span(*other)) == Span(*other).distance(Span(*one)) == apart
