"""Fingerprints are few, stable, and shared by whatever shares a few words in a row."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from onrecord.tracing.gathering.shingles import SHORT, SIZE, WINDOW, fingerprints, plain_words, shingles

LONG = (
    "We had asked the council for a new valve three winters in a row, and each time the letter came back with"
    " a stamp on it and no answer at all"
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“It’s an OLD valve,” she said.", ["it's", "an", "old", "valve", "she", "said"]),
        ("1,250,000 people paid 3.5 %", ["1250000", "people", "paid", "3.5"]),
        ("11, 12 and 13", ["11", "12", "and", "13"]),
        ("semi-dry — really", ["semi", "dry", "really"]),
        ("Мы не знали", ["мы", "не", "знали"]),
        ("…?!", []),
        ("", []),
    ],
)
def test_words_are_plain(text: str, words: list[str]) -> None:
    assert plain_words(text) == words


def test_a_text_without_words_has_no_fingerprints() -> None:
    assert fingerprints("… — !") == ()


def test_marks_and_case_make_no_difference() -> None:
    assert fingerprints("“It is an old valve,”") == fingerprints("it is an OLD valve")


def test_fingerprints_fit_a_signed_column_and_are_sorted_without_doubles() -> None:
    found = fingerprints(LONG + ". " + LONG)
    assert list(found) == sorted(set(found))
    assert all(-(2**63) <= number < 2**63 for number in found)
    assert any(number < 0 for number in found)


def test_a_long_text_keeps_fewer_than_its_shingles() -> None:
    words = plain_words(LONG)
    assert 0 < len(fingerprints(LONG)) < len(set(shingles(words)))


@pytest.mark.parametrize("start", range(0, 24, 3))
def test_what_shares_enough_words_in_a_row_shares_a_fingerprint(start: int) -> None:
    piece = plain_words(LONG)[start : start + SIZE + WINDOW - 1]
    around = "nobody here would say that " + " ".join(piece) + " is what was meant by any of it"
    assert set(fingerprints(LONG)) & set(fingerprints(around))


def test_a_short_text_keeps_all_its_shingles() -> None:
    words = plain_words(LONG)[:SHORT]
    assert set(fingerprints(" ".join(words))) == set(shingles(words))


def test_they_are_the_same_in_another_process() -> None:
    code = (
        "from onrecord.tracing.gathering.shingles import fingerprints\n"
        "print(fingerprints('we did not know that it could'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "7"},
    )
    assert done.stdout.strip() == str(fingerprints("we did not know that it could"))


def test_they_never_change_since_archives_keep_them() -> None:
    assert fingerprints("we did not know") == FROZEN


FROZEN = (-2988554171220540422, 7766012220439540891)
