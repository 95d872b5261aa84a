"""The table of rare cues holds cue words and offsets only, and the agreement is counted as Cohen has it."""

from __future__ import annotations

import pytest
from evals.stance import kappa, read_table

from onrecord.finding.framing.cue_model import CLASSES


def test_the_table_holds_a_hundred_cues_with_two_labels_each() -> None:
    cues = read_table()
    assert len(cues) == 100
    assert {label for cue in cues for label in cue.labels} <= {*CLASSES, "none"}
    assert len({(cue.article, cue.cue) for cue in cues}) == 100


def test_kappa_is_what_agreement_is_worth_beyond_chance() -> None:
    assert kappa([("a", "a"), ("b", "b")]) == 1
    assert kappa([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")]) == pytest.approx(0)
    assert kappa([("a", "a")]) == 1
