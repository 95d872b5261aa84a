"""Krippendorff's alpha, against the package of that name and against what it must be."""

from __future__ import annotations

import random

import pytest

from onrecord.coding.agreement import Level, alpha, alphas
from onrecord.coding.decisions import Coder, GivenCode

ROWS = (  # four coders, twelve units, some missing: Krippendorff 2011, section C
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)
UNITS = [[value for value in unit if value is not None] for unit in zip(*ROWS, strict=True)]
LEVELS: tuple[Level, ...] = ("nominal", "ordinal", "interval")


@pytest.mark.parametrize(("level", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_the_example_of_the_paper_has_its_published_alpha(level: Level, published: float) -> None:
    assert alpha(UNITS, level) == pytest.approx(published, abs=0.0006)


@pytest.mark.parametrize("level", LEVELS)
def test_any_table_has_the_alpha_that_the_package_krippendorff_gives(level: Level) -> None:
    krippendorff = pytest.importorskip("krippendorff")
    chance = random.Random(7)
    for _ in range(30):
        rows = [[chance.choice((1, 2, 3, 5, 8, None)) for _ in range(15)] for _ in range(chance.randint(2, 5))]
        units = [[value for value in unit if value is not None] for unit in zip(*rows, strict=True)]
        theirs = [[float("nan") if value is None else float(value) for value in row] for row in rows]
        wanted = krippendorff.alpha(reliability_data=theirs, level_of_measurement=level)
        assert alpha(units, level) == pytest.approx(wanted, abs=1e-9)


@pytest.mark.parametrize("units", [[], [[1], [2]], [[1, 1], [1, 1]]])
def test_where_nothing_can_be_compared_or_nothing_varies_there_is_no_alpha(units: list[list[int]]) -> None:
    assert alpha(units) is None


def said(statement: int, coder: Coder, concept: str | None, agreement: bool | None) -> GivenCode:
    score = 0.9 if coder.machine else None
    return GivenCode(statement=statement, concept=concept, agreement=agreement, coder=coder, score=score)


def test_a_machine_is_no_coder_among_those_who_agree() -> None:
    ana, ben, machine = Coder(name="Ana"), Coder(name="Ben"), Coder(name="Ana", machine="head 1")
    decisions = [said(at, who, concept, True) for at, concept in enumerate("ppqq") for who in (ana, ben)]
    wrong = [said(at, machine, "r", False) for at in range(4)]
    assert alphas([*decisions, *wrong])["concept"] == alphas(decisions)["concept"] == 1


def test_each_variable_has_its_own_alpha() -> None:
    ana, ben = Coder(name="Ana"), Coder(name="Ben")
    mine = [said(at, ana, concept, at % 2 == 0) for at, concept in enumerate("ppqq")]
    theirs = [said(at, ben, concept, at % 2 == 1) for at, concept in enumerate("ppqq")]
    found = alphas([*mine, *theirs])
    assert found["concept"] == found["concept p"] == 1
    assert found["agreement"] is not None
    assert found["agreement"] < 0
