"""All weights against plain sums over the published definitions, written with loops and dictionaries."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from typing import Any, cast

import numpy as np
import pytest
from numpy.random import default_rng

from debate import DEBATE, FERRY, LINE, PIER, PORT, TOLL, UNION, many, said
from onrecord.errors import UsageError
from onrecord.networks.building.network import network
from onrecord.networks.building.settings import FITTING, Exclusion, NetworkSettings
from onrecord.records.coded import Coded

ONE = [(a, n) for a in FITTING["one-mode"][0] for n in FITTING["one-mode"][1]]
TWO = [(a, n) for a in FITTING["two-mode"][0] for n in FITTING["two-mode"][1]]


class Plain:
    """Counts in a dictionary, and every weight as a sum over it."""

    def __init__(self, statements: Sequence[Coded], qualifier: str, levels: Sequence[Any]) -> None:
        self.x = Counter((s.organization, s.concept, s.get(qualifier)) for s in statements)
        self.actors = sorted({s.organization for s in statements})
        self.concepts = sorted({s.concept for s in statements})
        self.levels = list(levels)

    def n(self, i: str) -> int:
        return sum(count for (actor, _, _), count in self.x.items() if actor == i)

    def used(self, j: str) -> int:
        return sum(count for (_, concept, _), count in self.x.items() if concept == j)

    def two_mode(self, i: str, j: str, aggregation: str, normalisation: str) -> float:
        cell = [self.x[i, j, q] for q in self.levels]
        if aggregation == "ignore":
            weight = float(sum(cell))
        elif aggregation == "subtract":
            weight = float(
                sum(
                    (int(q) if not isinstance(q, bool) else 2 * q - 1) * c
                    for q, c in zip(self.levels, cell, strict=True)
                )
            )
        else:
            weight = float(int("".join("1" if c else "0" for c in cell), 2))
        combined = aggregation == "combine"
        row = (
            sum(1 for other in self.concepts if any(self.x[i, other, q] for q in self.levels))
            if combined
            else self.n(i)
        )
        column = (
            sum(1 for other in self.actors if any(self.x[other, j, q] for q in self.levels))
            if combined
            else self.used(j)
        )
        return weight / {"no": 1, "activity": row, "prominence": column}[normalisation]

    def one_mode(self, i: str, k: str, aggregation: str, normalisation: str) -> float:
        if i == k:
            return 0.0
        spread = max(self.levels) - min(self.levels)
        weight = 0.0
        for j, q, r in itertools.product(self.concepts, self.levels, self.levels):
            far = abs(q - r) / spread
            factor = {"ignore": 1.0, "congruence": 1 - far, "conflict": far, "subtract": 1 - 2 * far}[aggregation]
            weight += self.x[i, j, q] * self.x[k, j, r] * factor
        only = sum(self.x[i, j, q] for j in self.concepts for q in self.levels if not self.x[k, j, q])
        other = sum(self.x[k, j, q] for j in self.concepts for q in self.levels if not self.x[i, j, q])
        both = sum(self.x[i, j, q] * self.x[k, j, q] for j in self.concepts for q in self.levels)
        below = {
            "no": 1.0,
            "average": (self.n(i) + self.n(k)) / 2,
            "jaccard": only + other + both,
            "cosine": self.n(i) * self.n(k),
        }
        return weight / below[normalisation] if below[normalisation] else 0.0


def compared(statements: Sequence[Coded], settings: NetworkSettings, plain: Plain) -> None:
    made = network(statements, settings)
    one_mode = settings.mode == "one-mode"
    of, ends = (plain.one_mode, plain.actors) if one_mode else (plain.two_mode, plain.concepts)
    wanted = [[of(i, k, settings.aggregation, settings.normalisation) for k in ends] for i in plain.actors]
    assert made.rows == tuple(plain.actors)
    assert made.columns == tuple(ends)
    np.testing.assert_allclose(made.dense, wanted, atol=1e-12)


@pytest.mark.parametrize(("aggregation", "normalisation"), TWO)
def test_a_two_mode_network_is_what_its_definition_says(aggregation: Any, normalisation: Any) -> None:
    statements = many(300, 7, 5, default_rng(1))
    settings = NetworkSettings(aggregation=aggregation, normalisation=normalisation)
    compared(statements, settings, Plain(statements, "agreement", [False, True]))


@pytest.mark.parametrize(("aggregation", "normalisation"), ONE)
def test_a_one_mode_network_is_what_its_definition_says(aggregation: Any, normalisation: Any) -> None:
    statements = many(300, 7, 5, default_rng(2))
    settings = NetworkSettings(mode="one-mode", aggregation=aggregation, normalisation=normalisation)
    compared(statements, settings, Plain(statements, "agreement", [False, True]))


@pytest.mark.parametrize("aggregation", ["congruence", "conflict", "subtract"])
def test_a_qualifier_of_numbers_counts_by_distance(aggregation: Any) -> None:
    rng = default_rng(3)
    statements = [coded.with_values({"strength": int(rng.integers(-2, 3))}) for coded in many(200, 5, 4, rng)]
    plain = Plain(statements, "strength", [-2, -1, 0, 1, 2])
    compared(statements, NetworkSettings(mode="one-mode", qualifier="strength", aggregation=aggregation), plain)
    if aggregation == "subtract":
        compared(statements, NetworkSettings(qualifier="strength", aggregation=aggregation), plain)


def test_a_qualifier_of_words_is_alike_or_not() -> None:
    statements = [
        said(n, body, PIER).with_values({"tone": tone})
        for n, (body, tone) in enumerate([(UNION, "calm"), (UNION, "calm"), (PORT, "calm"), (PORT, "loud")])
    ]
    ties = {
        aggregation: network(
            statements, NetworkSettings(mode="one-mode", qualifier="tone", aggregation=cast(Any, aggregation))
        ).dense[0, 1]
        for aggregation in ("congruence", "conflict", "subtract")
    }
    assert ties == {"congruence": 2, "conflict": 1, "subtract": 1}


def test_a_statement_of_neither_side_counts_only_where_sides_are_ignored() -> None:
    assert network(DEBATE, NetworkSettings()).dense.sum() == 8
    assert network(DEBATE, NetworkSettings(aggregation="subtract")).dense.sum() == -1


@pytest.mark.parametrize(
    ("duplicates", "left"),
    [("include", 7), ("document", 6), ("week", 6), ("month", 6), ("year", 6), ("acrossrange", 6)],
)
def test_what_is_said_twice_counts_once_where_that_is_wanted(duplicates: Any, left: int) -> None:
    debate = [coded for coded in DEBATE if coded.agreement is not None]
    assert network(debate, NetworkSettings(duplicates=duplicates, aggregation="subtract")).statements == left


@pytest.mark.parametrize(
    ("days", "week", "month", "year"),
    [((0, 6), 1, 1, 1), ((0, 7), 2, 1, 1), ((0, 30), 2, 2, 1), ((0, 365), 2, 2, 2), ((0, 366), 2, 2, 2)],
)
def test_weeks_begin_on_monday_and_the_same_month_of_another_year_is_another(
    days: tuple[int, int], week: int, month: int, year: int
) -> None:
    debate = [said(at, UNION, PIER, day=day, doc=str(at)) for at, day in enumerate(days)]
    found = [
        network(debate, NetworkSettings(duplicates=cast(Any, within))).statements
        for within in ("week", "month", "year")
    ]
    assert found == [week, month, year]


def test_exclusions_and_their_inverse_take_statements_by_any_variable() -> None:
    def names(*exclusions: Exclusion) -> set[str]:
        made = network(DEBATE, NetworkSettings(exclusions=exclusions))
        return set(made.rows) | set(made.columns)

    assert names(Exclusion(variable="concept", values=frozenset({PIER, FERRY}))) == {UNION, PORT, LINE, TOLL}
    assert names(Exclusion(variable="person", values=frozenset({"Ivo Brandt"}), inverted=True)) == {
        PORT,
        PIER,
        TOLL,
        FERRY,
    }
    assert names(Exclusion(variable="agreement", values=frozenset({"1", ""}))) == {UNION, LINE, PIER, TOLL}
    assert names(Exclusion(variable="document", values=frozenset({"1", "2", "3"}))) == {UNION, PORT, TOLL, FERRY}


def test_isolates_stay_only_where_they_are_wanted() -> None:
    only = Exclusion(variable="concept", values=frozenset({TOLL}), inverted=True)
    assert network(DEBATE, NetworkSettings(exclusions=(only,))).columns == (TOLL,)
    kept = network(DEBATE, NetworkSettings(exclusions=(only,), isolates=True))
    assert kept.columns == (TOLL, PIER, FERRY)
    assert kept.dense.sum() == 3


def test_variables_of_the_document_make_networks_too() -> None:
    made = network(DEBATE, NetworkSettings(variable1="document", variable2="organization"))
    assert made.rows == ("1", "2", "3", "4", "5")
    assert made.dense.sum() == 8


@pytest.mark.parametrize(
    ("wrong", "seen"),
    [
        ({"mode": "one-mode", "aggregation": "combine"}, "combine"),
        ({"aggregation": "congruence"}, "congruence"),
        ({"normalisation": "average"}, "average"),
        ({"variable1": "concept"}, "both concept"),
        ({"aggregation": "subtract", "qualifier": None}, "qualifier"),
    ],
)
def test_settings_that_do_not_fit_are_refused_in_words(wrong: Any, seen: str) -> None:
    with pytest.raises(UsageError, match=seen):
        NetworkSettings(**wrong)


def test_a_variable_that_nobody_has_is_named_with_those_that_there_are() -> None:
    with pytest.raises(UsageError, match=r"'party'.*person, organization"):
        network(DEBATE, NetworkSettings(variable1="party"))
