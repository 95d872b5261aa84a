"""Quotations changed on purpose: what is dangerous is found, on the half of the articles that rules may be made for."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from evals.variants import CASES, EDITS, FOUND, Case, articles, cases

from needs import ROOT
from onrecord.tracing.verdicts import judge

DANGEROUS = ("drop not", "swallow not", "add not", "number")


def corpus() -> Iterator[tuple[str, str]]:
    """The invented articles, as their ids and texts."""
    for part in sorted((ROOT / "corpus" / "gold").glob("*.jsonl")):
        for line in map(json.loads, part.read_text("utf-8").splitlines()):
            yield line["id"], line["text"]


def assert_found(chosen: list[Case]) -> None:
    kinds = [judge(case.carried, case.originals).kind for case in chosen]
    assert not {"verbatim", "trimmed"} & set(kinds)
    assert kinds.count("altered") >= FOUND * len(kinds)


def test_a_lost_or_added_not_and_a_changed_number_are_found() -> None:
    chosen = [case for case in cases(corpus()) if not case.held_out and case.edit in DANGEROUS]
    assert len(chosen) > 70
    assert_found(chosen)


@pytest.mark.shared("data/wikinews-en", "data/polnear/dev.jsonl")
def test_they_are_found_in_the_news_too() -> None:
    every = [*cases(articles())]
    assert len(every) == CASES
    assert {case.edit for case in every} == set(EDITS)
    chosen = [case for case in every if not case.held_out and case.edit in DANGEROUS]
    assert len(chosen) > 200
    assert_found(chosen)
