"""A checked sample: shares, edges and measures with intervals that hold the truth; validity by width of window."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.random import Generator, default_rng

from debate import PIER, PORT, TOLL, UNION, many, said
from onrecord.errors import UsageError
from onrecord.intervals import Interval, estimated, weighted, wilson
from onrecord.networks.building.network import network
from onrecord.networks.building.settings import NetworkSettings
from onrecord.networks.building.windows import TimeWindow
from onrecord.networks.checking.correcting import Model, share
from onrecord.networks.checking.estimates import corrected, measured, shares
from onrecord.networks.checking.validity import validity
from onrecord.records.coded import Coded

CONCEPTS = [f"Cause {n:02}" for n in range(4)]


def mistaken(true: list[Coded], rate: float, rng: Generator) -> list[Coded]:
    """What a machine makes of it: at this rate another concept, each as likely."""
    out = []
    for coded in true:
        wrong = rng.random() < rate
        others = [concept for concept in CONCEPTS if concept != coded.concept]
        out.append(replace(coded, by_machine=True, concept=str(rng.choice(others)) if wrong else coded.concept))
    return out


def sample(true: list[Coded], n: int, rng: Generator) -> dict[str, Coded]:
    return {true[at].id: true[at] for at in rng.choice(len(true), n, replace=False)}


def test_where_all_is_checked_the_share_is_known() -> None:
    assert share([True, True, False, False], {0: True, 1: False, 2: True, 3: False}) == Interval(0.5, 0.5, 0.5)


def test_where_nothing_is_checked_the_interval_knows_nothing() -> None:
    found = share([True, False], {})
    assert (found.value, found.low, found.high) == (0.5, 0.0, 1.0)


def test_a_share_is_corrected_by_what_the_sample_tells_of_both_sides() -> None:
    machine = [True] * 500 + [False] * 500
    checked = {at: at % 2 == 0 for at in range(40)} | {500 + at: at % 10 == 0 for at in range(40)}
    found = share(machine, checked)
    assert found.value == pytest.approx((20 + 460 * 0.5 + 4 + 460 * 0.1) / 1000)
    assert found.low < 0.3 < found.high


@pytest.mark.parametrize("rate", [0.1, 0.3])
def test_intervals_of_shares_hold_the_truth_about_as_often_as_they_say(rate: float) -> None:
    rng, held, plain = default_rng(11), [], []
    for _ in range(300):
        truth = rng.random(1000) < 0.3
        said_so = truth ^ (rng.random(1000) < rate)
        places = rng.choice(1000, 100, replace=False)
        found = share([bool(one) for one in said_so], {int(at): bool(truth[at]) for at in places})
        held.append(found.low <= truth.mean() <= found.high)
        low, high = wilson(said_so.sum(), 1000)
        plain.append(low <= truth.mean() <= high)
    assert 0.92 <= np.mean(held) <= 0.99
    assert np.mean(plain) < 0.5


def test_edges_hold_the_truth_where_the_machine_s_do_not() -> None:
    true = many(500, 5, 4, default_rng(3))
    rng, held, plain = default_rng(5), [], []
    wanted = network(true, NetworkSettings()).dense
    for _ in range(5):
        machine = mistaken(true, 0.3, rng)
        found = corrected(machine, sample(true, 100, rng), NetworkSettings(), rng)
        assert found.rows == network(true, NetworkSettings()).rows
        assert found.low is not None
        assert found.high is not None
        held.append(((found.low.toarray() <= wanted) & (wanted <= found.high.toarray())).mean())
        plain.append((network(machine, NetworkSettings()).dense == wanted).mean())
    assert np.mean(held) > 0.88
    assert np.mean(plain) < 0.3


def test_a_machine_that_never_errs_is_believed_and_one_that_does_is_not() -> None:
    true = many(300, 4, 4, default_rng(3))
    rng = default_rng(1)

    def width(rate: float) -> float:
        found = corrected(mistaken(true, rate, rng), sample(true, 100, rng), NetworkSettings(), rng)
        assert found.low is not None
        assert found.high is not None
        return float((found.high - found.low).sum())

    assert width(0.0) < width(0.2) < width(0.4)


def test_any_measure_has_an_interval_and_the_same_for_the_same_seed() -> None:
    true = many(300, 4, 4, default_rng(3))
    machine, checked = mistaken(true, 0.2, default_rng(1)), sample(true, 100, default_rng(2))
    one, two = (
        measured(
            machine,
            checked,
            NetworkSettings(),
            lambda drawn: network(drawn, NetworkSettings()).dense.max(),
            default_rng(7),
        )
        for _ in range(2)
    )
    assert one == two
    assert one.low < one.value < one.high


def test_what_was_checked_is_true_in_every_draw() -> None:
    model = Model(["a", "a", "b"], [("x",), ("y",), ("x",)], {0: ("z",)})
    for drawn in model.draws_of_codes(default_rng(1)):
        assert model.codes[drawn[0]] == ("z",)
    assert all(counts.sum() == 3 for counts in model.draws(default_rng(1)))


def test_shares_of_concepts_stand_beside_the_machine_s() -> None:
    true = many(400, 4, 4, default_rng(3))
    rng = default_rng(1)
    found = shares(mistaken(true, 0.3, rng), sample(true, 120, rng), "concept", NetworkSettings())
    assert sum(one.machine for one in found) == pytest.approx(1)
    assert all(one.corrected.low <= one.corrected.value <= one.corrected.high for one in found)


def test_a_sample_of_another_file_is_refused() -> None:
    with pytest.raises(UsageError, match="none of them"):
        corrected([said(1, UNION, PIER)], {"99": said(99, UNION, PIER)}, NetworkSettings(), default_rng(1))


def test_validity_grows_with_the_width_of_the_window() -> None:
    true = many(3000, 6, 4, default_rng(3), days=240)
    machine = mistaken(true, 0.35, default_rng(4))
    found = validity(machine, true, NetworkSettings(), [TimeWindow.parse(width) for width in ("2d", "20d", "80d")])
    ties = [one.ties for one in found]
    assert None not in ties
    assert ties == sorted(ties, key=float)  # type: ignore[arg-type]
    assert [one.windows + one.empty for one in found] == [120, 12, 3]


def test_a_window_in_which_one_side_is_silent_tells_nothing() -> None:
    human = [said(1, UNION, PIER, day=0), said(2, PORT, TOLL, day=9)]
    (found,) = validity(human, human, NetworkSettings(), [TimeWindow.parse("5d")])
    assert (found.windows, found.empty, found.ties) == (0, 2, None)


def test_independent_parts_add_their_distances_as_squares() -> None:
    half = Interval(0.5, 0.2, 0.9)
    assert weighted([(1, half), (1, half)]) == pytest.approx((1, 1 - 0.3 * 2**0.5, 1 + 0.4 * 2**0.5))
    assert estimated(0, 0) == (0.5, 0, 1)
