"""The measures of coreference, on clusters small enough to reckon by hand."""

from __future__ import annotations

import pytest
from evals.coreference import assignment, b_cubed, ceaf_e, groups, muc

from onrecord.spans import Span

A, B, C, D = (Span(n, n + 1) for n in range(4))
KEY = groups({A: 1, B: 1, C: 1, D: 2}, [A, B, C, D])


def test_what_is_right_in_all_scores_full() -> None:
    assert muc(KEY, KEY) == (2, 2)
    assert b_cubed(KEY, KEY) == (4, 4)
    assert ceaf_e(KEY, KEY) == 2


def test_a_split_cluster_loses_one_link_and_the_share_that_is_cut_off() -> None:
    split = groups({A: 1, B: 1, C: 3, D: 2}, [A, B, C, D])
    assert muc(KEY, split) == (1, 2)
    assert b_cubed(KEY, split)[0] == pytest.approx(2 * 2 / 3 + 1 / 3 + 1)
    assert ceaf_e(KEY, split) == pytest.approx(2 * 2 / 5 + 1)  # C alone is matched with nothing


def test_a_mention_left_out_is_a_cluster_of_its_own() -> None:
    assert len(groups({A: 1, B: 1}, [A, B, C])) == 2


def test_the_best_assignment_may_pass_over_the_greatest_gain() -> None:
    assert assignment([[10, 9], [9, 0]]) == 18
    assert assignment([[1, 5, 2]]) == 5
    assert assignment([]) == 0
