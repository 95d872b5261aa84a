"""Codebooks that contradict themselves are refused; several coders' decisions come to one, or are disputed."""

from __future__ import annotations

import pytest

from onrecord.coding.codebook import Codebook, CodebookConcept
from onrecord.coding.decisions import Coder, GivenCode, merge
from onrecord.errors import RecordError

ANA, BEN, CYN = (Coder(name=name) for name in ("Ana", "Ben", "Cyn"))
MACHINE = Coder(name="onrecord", machine="head 1")


def person(coder: Coder, concept: str | None, agreement: bool | None = True, *, final: bool = False) -> GivenCode:
    return GivenCode(statement=1, concept=concept, agreement=agreement, coder=coder, adjudicated=final)


@pytest.mark.parametrize(
    ("concepts", "told"),
    [
        ((), "without a concept"),
        ((CodebookConcept(name="pier"), CodebookConcept(name="pier")), "twice"),
        ((CodebookConcept(name="pier", parent="harbour"),), "parent 'harbour' of 'pier'"),
        ((CodebookConcept(name="a", parent="b"), CodebookConcept(name="b", parent="a")), "above itself"),
    ],
)
def test_a_codebook_that_contradicts_itself_is_refused(concepts: tuple[CodebookConcept, ...], told: str) -> None:
    with pytest.raises(RecordError, match=told):
        Codebook(name="town", concepts=concepts)


def test_a_concept_without_a_name_is_refused() -> None:
    with pytest.raises(RecordError, match="name"):
        CodebookConcept(name=" ")


@pytest.mark.parametrize(
    ("decisions", "settled"),
    [
        ([person(ANA, "pier")], {("pier", True)}),
        ([person(ANA, "pier"), person(BEN, "pier")], {("pier", True)}),
        ([person(ANA, "pier"), person(BEN, "pier"), person(CYN, "tolls")], {("pier", True)}),
        ([person(ANA, "pier"), person(ANA, "tolls", False)], {("pier", True), ("tolls", False)}),
        ([person(ANA, "pier"), person(BEN, "pier", False)], None),
        ([person(ANA, "pier"), person(BEN, None, None)], None),
        ([person(ANA, "pier"), person(BEN, "tolls"), person(CYN, "tolls", final=True)], {("tolls", True)}),
    ],
)
def test_what_more_than_half_said_is_settled_and_an_adjudicated_code_goes_before_all(
    decisions: list[GivenCode], settled: set[tuple[str, bool]] | None
) -> None:
    merged = merge(decisions)
    assert merged.settled == ({1: settled} if settled else {})
    assert set(merged.disputed) == (set() if settled else {1})


def test_what_a_machine_said_settles_and_disputes_nothing() -> None:
    proposed = GivenCode(statement=1, concept="tolls", agreement=True, coder=MACHINE, score=0.99)
    assert merge([proposed]).settled == {}
    assert merge([proposed, person(ANA, "pier")]).settled == {1: {("pier", True)}}


@pytest.mark.parametrize(("coder", "score", "final"), [(ANA, 0.9, False), (MACHINE, None, False), (MACHINE, 0.9, True)])
def test_a_machine_has_a_score_and_a_person_none_and_only_a_person_adjudicates(
    coder: Coder, score: float | None, final: bool
) -> None:
    with pytest.raises(RecordError):
        GivenCode(statement=1, concept="pier", agreement=True, coder=coder, score=score, adjudicated=final)


def test_a_machine_never_reads_like_a_person_of_its_name() -> None:
    assert str(Coder(name="Ana", machine="head 1")) == "Ana [machine: head 1]" != str(ANA)
