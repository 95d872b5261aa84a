"""Quotations changed on purpose: what is dangerous is found, on the half of the articles that rules may be made for."""

from __future__ import annotations

import pytest
from evals.variants import CASES, DATA, EDITS, FOUND, articles, cases

from onrecord.tracing.verdicts import judge

pytestmark = pytest.mark.skipif(
    not (DATA / "wikinews-en").is_dir() or not (DATA / "polnear").is_dir(), reason=f"no articles at {DATA}"
)
DANGEROUS = ("drop not", "swallow not", "add not", "number")


def test_a_lost_or_added_not_and_a_changed_number_are_found() -> None:
    every = [*cases(articles())]
    assert len(every) == CASES
    assert {case.edit for case in every} == set(EDITS)
    chosen = [case for case in every if not case.held_out and case.edit in DANGEROUS]
    kinds = [judge(case.carried, case.originals).kind for case in chosen]
    assert len(kinds) > 200
    assert not {"verbatim", "trimmed"} & set(kinds)
    assert kinds.count("altered") >= FOUND * len(kinds)
