from __future__ import annotations

import datetime

import pytest

from onrecord.directory import Source, Term
from onrecord.directory.values import Certainty, span_of
from onrecord.errors import UsageError


def term(start: str | None, end: str | None, as_of: str = "2022-09", *, end_is_latest: bool = False) -> Term:
    return Term(
        person="Rena Holt", role="Mayor", key="mayor", of="QUAY", start=start, end=end,
        source=Source("a list", as_of), as_of=as_of, end_is_latest=end_is_latest,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "on", "held"),
    [
        ("2004-03-09", "2010-05-01", "2004-03-09", "certain"),
        ("2004-03-09", "2010-05-01", "2004-03-08", "none"),
        ("2004-03-09", "2010-05-01", "2010-05-01", "certain"),  # the day of change is both holders'
        ("2004-03-09", "2010-05-01", "2010-05-02", "none"),
        ("2004", "2010", "2004-07-01", "possible"),  # it may have begun in December
        ("2004", "2010", "2005-01-01", "certain"),
        ("2004", "2010", "2010-07-01", "possible"),
        ("2004-03-09", "2010-05-01", "2004", "possible"),  # not all that year
        ("2004-03-09", None, "2022-09-30", "certain"),
        ("2004-03-09", None, "2022-10-01", "unknown"),  # the source knows no more
        (None, "2010-05-01", "2001-01-01", "possible"),
        (None, None, "2022-09-10", "possible"),  # a list has the name, and lists lag behind
        (None, None, "2022-10-01", "unknown"),
    ],
)
def test_a_term_holds_only_as_far_as_its_dates_tell(
    start: str | None, end: str | None, on: str, held: Certainty
) -> None:
    assert term(start, end).holds(on) == held


def test_an_end_that_only_the_successor_shows_is_never_certain() -> None:
    assert term("2004-03-09", "2010-05-01", end_is_latest=True).holds("2005-01-01") == "possible"
    assert term("2004-03-09", "2010-05-01", end_is_latest=True).holds("2010-05-02") == "none"


def test_dates_are_days_months_and_years_and_nothing_else() -> None:
    assert span_of("2024-02") == (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    for wrong in ("yesterday", "2017-13", "2017-02-30", "08.05.2017", ""):
        with pytest.raises(UsageError, match="2017-05-08, 2017-05 or 2017"):
            span_of(wrong)
