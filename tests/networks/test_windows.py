"""Windows of time, and kernels."""

from __future__ import annotations

import datetime
import math
from typing import Any

import numpy as np
import pytest

from debate import DAY, DEBATE, LINE, PIER, PORT, UNION, said
from onrecord.errors import UsageError
from onrecord.networks.building.settings import NetworkSettings
from onrecord.networks.building.windows import KERNELS, TimeWindow, moved, windows

DAILY = [said(day, UNION if day % 2 else PORT, PIER, True, day=day) for day in range(10)]


@pytest.mark.parametrize(
    ("words", "size", "unit"),
    [
        ("90d", 90, "days"),
        ("12w", 12, "weeks"),
        ("30min", 30, "minutes"),
        ("6m", 6, "months"),
        ("50e", 50, "events"),
        ("1 year", 1, "years"),
    ],
)
def test_a_window_is_read_as_people_write_it(words: str, size: int, unit: str) -> None:
    assert (TimeWindow.parse(words).size, TimeWindow.parse(words).unit) == (size, unit)


@pytest.mark.parametrize("words", ["", "d", "90", "90x", "0d", "-3d"])
def test_a_window_that_is_none_is_refused(words: str) -> None:
    with pytest.raises(UsageError):
        TimeWindow.parse(words)


def test_a_window_of_days_lies_whole_in_the_range_and_moves_by_one() -> None:
    found = list(windows(DAILY, NetworkSettings(), TimeWindow.parse("3d")))
    assert [one.middle for one in found] == [DAY + datetime.timedelta(days=day) for day in range(1, 9)]
    assert [one.statements for one in found] == [3] * 8
    assert (found[0].start, found[0].stop) == (DAY, DAY + datetime.timedelta(days=2))


def test_a_window_of_events_has_as_many_on_each_side_of_its_middle() -> None:
    found = list(windows(DAILY, NetworkSettings(), TimeWindow.parse("4e")))
    assert [one.statements for one in found] == [5] * 6


def test_windows_may_move_further_and_then_do_not_overlap() -> None:
    found = list(windows(DAILY, NetworkSettings(), TimeWindow(3, "days", step=3)))
    assert [one.middle for one in found] == [DAY + datetime.timedelta(days=day) for day in (3, 6)]


def test_nodes_change_with_the_window_unless_isolates_are_kept() -> None:
    narrow = {one.rows for one in windows(DEBATE, NetworkSettings(), TimeWindow.parse("3d"))}
    assert {(UNION, PORT), ()} < narrow
    kept = {one.rows for one in windows(DEBATE, NetworkSettings(isolates=True), TimeWindow.parse("3d"))}
    assert kept == {(LINE, UNION, PORT)}


@pytest.mark.parametrize(
    ("kernel", "at_0", "at_half", "at_1", "beyond"),
    [
        ("uniform", 0.5, 0.5, 0.5, 0),
        ("triangular", 1, 0.5, 0, 0),
        ("epanechnikov", 0.75, 0.5625, 0, 0),
        ("gaussian", 0.3989423, 0.3520653, 0.2419707, 0.0539910),
    ],
)
def test_kernels_are_those_of_the_textbook_and_the_same_both_ways(
    kernel: Any, at_0: float, at_half: float, at_1: float, beyond: float
) -> None:
    for sign in (1, -1):
        found = [KERNELS[kernel](sign * d) for d in (0, 0.5, 1, 2)]
        assert found == pytest.approx([at_0, at_half, at_1, beyond], abs=1e-6)


def test_with_a_kernel_a_statement_counts_by_its_distance() -> None:
    debate = [said(1, UNION, PIER, day=0), said(2, UNION, PIER, day=4), said(3, PORT, PIER, day=8)]
    by_day = {one.middle: one for one in windows(debate, NetworkSettings(), TimeWindow(8, "days", "triangular"))}
    middle = by_day[DAY + datetime.timedelta(days=4)]
    assert middle.rows == (UNION, PORT)
    np.testing.assert_allclose(middle.dense, [[1.0], [0.0]])
    assert len(by_day) == 9
    tied = list(
        windows(debate, NetworkSettings(mode="one-mode", aggregation="congruence"), TimeWindow(8, "days", "gaussian"))
    )
    k = KERNELS["gaussian"]
    at = {one.middle: one.dense[0, 1] for one in tied}
    assert at[DAY + datetime.timedelta(days=4)] == pytest.approx((math.sqrt(k(-1)) + math.sqrt(k(0))) * math.sqrt(k(1)))


@pytest.mark.parametrize(
    ("when", "n", "unit", "then"),
    [
        ("2024-01-31", 1, "months", "2024-02-29"),
        ("2024-02-29", -12, "months", "2023-02-28"),
        ("2024-02-29", 4, "years", "2028-02-29"),
        ("2024-02-28", 2, "days", "2024-03-01"),
    ],
)
def test_months_end_where_the_calendar_says(when: str, n: int, unit: Any, then: str) -> None:
    assert moved(datetime.datetime.fromisoformat(when), n, unit) == datetime.datetime.fromisoformat(then)
