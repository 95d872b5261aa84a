"""Leaving words out is cheap, putting words in or changing them is not."""

from __future__ import annotations

import pytest

from onrecord.tracing.wording.alignment import NOWHERE, akin, align, stem
from onrecord.tracing.wording.normal import words_of


@pytest.mark.parametrize(
    ("original", "carried", "places"),
    [
        ("we knew it was slow", "we knew it was slow", [0, 1, 2, 3, 4]),
        ("we did not know it", "we did know it", [0, 1, 3, 4]),
        ("it was old and it was slow", "it was slow", [4, 5, 6]),  # the nearest, not the first
        ("we knew it", "we really knew it", [0, NOWHERE, 1, 2]),
        ("a b c", "x y z", [NOWHERE, NOWHERE, NOWHERE]),
        ("", "we knew", [NOWHERE, NOWHERE]),
    ],
)
def test_each_carried_word_has_its_place(original: str, carried: str, places: list[int]) -> None:
    found = align(words_of(carried), words_of(original), "en")
    assert [place if same else NOWHERE for place, same in zip(found.places, found.same, strict=True)] == places


def test_a_cut_is_put_where_the_ellipsis_is() -> None:
    original = words_of("The limits were mine. I loosened them. I would not do it again.")
    carried = words_of("The limits were mine ... I would not do it again")
    found = align(carried, original, "en")
    assert original[found.places[4]].sentence == 2


def test_a_changed_word_is_paired_with_the_one_it_stands_for() -> None:
    found = align(words_of("eleven men were hurt"), words_of("ten men were hurt"), "en")
    assert (found.places[0], found.same[0]) == (0, False)
    assert 0 < found.share < 1


def test_words_that_are_forms_of_one_are_akin() -> None:
    assert stem("loosened") == stem("loosen")
    assert akin("apologise", "apologises")
    assert akin("#7", "#9")
    assert not akin("#7", "seven")
    assert not akin("valve", "value")
