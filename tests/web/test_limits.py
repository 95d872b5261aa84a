"""How often a client may ask."""

from __future__ import annotations

from onrecord.web.guarding import limits
from onrecord.web.guarding.limits import Limit


class Clock:
    """A clock that a test turns."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_client_may_ask_a_few_times_at_once_and_then_steadily() -> None:
    clock = Clock()
    limit = Limit(60, clock)
    assert [limit.wait("a") for _ in range(12)] == [0] * 10 + [1, 1]
    clock.now += 2
    assert [limit.wait("a") for _ in range(3)] == [0, 0, 1]


def test_clients_do_not_take_from_one_another() -> None:
    limit = Limit(6, Clock())
    assert [limit.wait("a"), limit.wait("a"), limit.wait("b")] == [0, 10, 0]


def test_no_more_is_saved_up_than_the_burst() -> None:
    clock = Clock()
    limit = Limit(60, clock)
    limit.wait("a")
    clock.now += 3_600
    assert [limit.wait("a") for _ in range(11)] == [0] * 10 + [1]


def test_zero_is_no_limit() -> None:
    assert {Limit(0, Clock()).wait("a") for _ in range(1_000)} == {0}


def test_many_addresses_do_not_fill_the_memory() -> None:
    limit = Limit(60, Clock())
    for number in range(limits.MOST_CLIENTS + 50):
        limit.wait(str(number))
    assert len(limit._left) == limits.MOST_CLIENTS
