"""One interview in five languages: whichever language was first, every quotation in marks is tied and judged."""

from __future__ import annotations

import pytest
from evals.tongues import LANGUAGES, Run, outcomes_of, quotations

from onrecord.embedding import installed

pytestmark = pytest.mark.extra("tracing")

ALTERED = {("fr-outlet", "Nous savions"), ("es-outlet", "El nuevo")}


@pytest.mark.parametrize("first", LANGUAGES)
def test_every_quotation_is_tied_whichever_language_has_the_transcript(first: str) -> None:
    order = (first, *(language for language in LANGUAGES if language != first))
    outcomes = list(outcomes_of(Run(first, order), installed()))
    assert len(outcomes) == len(quotations())
    assert all(one.tied for one in outcomes)
    for one in outcomes:
        if (one.quotation.outlet, one.quotation.begins) not in ALTERED:
            assert one.right, one


@pytest.mark.parametrize("first", LANGUAGES)
def test_every_quotation_that_another_outlet_has_is_tied_without_a_transcript(first: str) -> None:
    order = (first, *(language for language in LANGUAGES if language != first))
    outcomes = list(outcomes_of(Run(None, order), installed()))
    assert all(one.tied for one in outcomes)
    assert not any(one.verdict in ("unfounded", "misattributed", "elsewhere") for one in outcomes)
