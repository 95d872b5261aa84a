"""What a hit owes its place to."""

from __future__ import annotations

import pytest

from onrecord.archive.searching.matching import Concept, Needle, Row
from onrecord.archive.searching.ranking import Ranker, weight

VALVE = Concept((Row(("valve",)),), 5, ((Needle("valve"), 1.0), (Needle("valves"), 0.8)))
OLD = Concept((Row(("old",)),), 50, ((Needle("old"), 1.0),))
PHRASE = Concept((Row(("old", "valve")),), 5)
BEGINS = Concept((Row(("val",), open=True),), 5, ((Needle("val", ends=False), 1.0),))
PART = Concept((Row(("valve",)),), 5, ((Needle("alv", begins=False, ends=False), 1.0),))


def ranker(*concepts: Concept) -> Ranker:
    return Ranker(concepts, [weight(concept.frequency, 1000) for concept in concepts], 150)


@pytest.mark.parametrize(
    ("concepts", "better", "worse"),
    [
        ((VALVE,), "the valve", "the valves"),  # the word itself before another form
        ((VALVE,), "the valve", "the valve " + "and much else " * 20),  # short before long
        ((VALVE,), "valve valve", "valve gate"),  # more before fewer
        ((VALVE, OLD), "a valve", "an old"),  # rare before common
        ((VALVE, OLD), "old valve", "valve valve"),  # all before one
        ((PHRASE,), "the old valve", "old is the valve"),
        ((BEGINS,), "valve", "interval"),
        ((PART,), "interalvia", "old"),
        ((VALVE,), "“Valve”", "bivalve"),
    ],
)
def test_what_fits_better_scores_higher(concepts: tuple[Concept, ...], better: str, worse: str) -> None:
    ranked = ranker(*concepts)
    assert ranked.fit(better) > ranked.fit(worse)


def test_among_equals_the_surer_and_the_newer_come_first() -> None:
    ranked = ranker(VALVE)
    plain = ranked.score("the valve", 0.5, "2030-01-01").total
    assert ranked.score("the valve", 0.9, "2030-01-01").total > plain
    assert ranked.score("the valve", 0.5, "2031-01-01").total == pytest.approx(plain + 0.01, abs=1e-4)


def test_ten_years_weigh_as_much_as_all_of_the_confidence() -> None:
    ranked = ranker(VALVE)
    old, new = ranked.score("valve", 1.0, "2020-01-01"), ranked.score("valve", 0.0, "2030-01-01")
    assert old.total == pytest.approx(new.total, abs=1e-3)


@pytest.mark.parametrize("frequency", [0, 1, 999, 1000, 2000])
def test_no_word_weighs_less_than_nothing(frequency: int) -> None:
    assert weight(frequency, 1000) >= 0
