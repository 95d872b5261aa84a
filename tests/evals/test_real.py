"""The table of real events tells where statements stand and how they were judged, and holds no text."""

from __future__ import annotations

from typing import get_args

import pytest
from evals.classes import NOT_FOUND, table
from evals.real import COLUMNS, counts, told, where

from onrecord.tracing.values import VerdictClass

TEXT = "Holt said that the bridge was safe. She added that the bridge would close in May."


def test_a_row_has_an_address_three_words_at_either_end_and_a_verdict() -> None:
    rows = told()
    assert len(rows) > 150
    assert len({row["event"] for row in rows}) >= 8
    for row in rows:
        assert tuple(row) == COLUMNS
        assert row["transcript"].startswith("http")
        assert row["address"].startswith("http")
        assert 0 < len(row["first"].split()) <= 3
        assert 0 < len(row["last"].split()) <= 3
        assert row["read"] in get_args(VerdictClass)
        assert row["found"] in (*get_args(VerdictClass), NOT_FOUND, "")


@pytest.mark.parametrize(
    ("first", "last", "after", "words"),
    [
        ("that the bridge", "bridge was safe", 0, "that the bridge was safe"),
        ("that the bridge", "close in May", 20, "that the bridge would close in May"),
        ("She", "She", 0, "She"),
    ],
)
def test_a_statement_is_found_by_its_first_and_last_words(first: str, last: str, after: int, words: str) -> None:
    row = {"event": "e", "outlet": "o", "first": first, "last": last}
    assert where(TEXT, row, after).slice(TEXT) == words


def test_words_that_are_not_there_are_an_error_that_names_the_row() -> None:
    with pytest.raises(ValueError, match="e/o"):
        where(TEXT, {"event": "e", "outlet": "o", "first": "the ferry", "last": "the ferry"}, 0)


def test_a_difference_counts_where_it_accuses_or_lets_off() -> None:
    assert counts("paraphrased", "distorted")
    assert counts("distorted", "unfounded")
    assert counts("paraphrased", NOT_FOUND)
    assert not counts("verbatim", "trimmed")


def test_recall_counts_what_was_not_found_and_precision_does_not() -> None:
    lines = {line.split()[0]: line for line in table([("altered", "altered"), ("altered", NOT_FOUND)])}
    assert "0.500" in lines["altered"].split("  ")[1] + lines["altered"]
    assert lines["altered"].rstrip().split()[-2] == "1.000"
