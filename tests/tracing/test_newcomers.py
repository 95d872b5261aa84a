"""A newcomer is traced against what is kept, and finds what gathering all anew would find."""

from __future__ import annotations

from collections.abc import Sequence

from carried import Kept, carrier
from onrecord.tracing.gathering.carriers import Carrier
from onrecord.tracing.gathering.newcomers import trace
from onrecord.tracing.gathering.shingles import fingerprints

OLD = "“It is an old valve, and we had asked the council for a new one.”"
KEPT = (
    carrier(OLD, "Quay Herald", "2031-05-06", id="herald"),
    carrier("“The ferry will sail again on Thursday if the wind lets us leave.”", id="ferry"),
    carrier("“we had asked the council for a new one”", "Coast Echo", "2031-05-08", id="echo"),
)


def kept() -> Kept:
    return Kept(fingerprints(one.words) for one in KEPT)


def fetch(numbers: Sequence[int]) -> list[Carrier]:
    return [KEPT[number] for number in numbers]


def test_all_that_carry_it_are_found_in_the_order_of_printing() -> None:
    new = carrier("“It is an old valve, and we had asked the council”", "Inland Post", "2031-05-07", id="new")
    found = trace(new, kept(), fetch)
    assert [one.id for one in found.carriers] == ["herald", "new", "echo"]  # new and echo share too little themselves
    assert found.anchor == KEPT[0]
    assert set(found.ties) == {"new", "echo"}


def test_what_nobody_carried_stands_alone() -> None:
    new = carrier("“Herons nest by the mill in spring, and nobody counts them.”")
    assert trace(new, kept(), fetch).carriers == (new,)


def test_boilerplate_is_not_looked_up_and_a_statement_is_not_its_own_carrier() -> None:
    thanks = carrier("“Thank you.”")
    assert trace(thanks, kept(), lambda numbers: 1 / 0).carriers == (thanks,)  # type: ignore[arg-type, return-value]
    assert {one.id for one in trace(KEPT[0], kept(), fetch).carriers} == {"herald", "echo"}
