"""Numbers in words and in digits are one value, in five languages."""

from __future__ import annotations

import pytest

from onrecord.tracing.wording.numbers import numerals


@pytest.mark.parametrize(
    ("words", "language", "values"),
    [
        ("three hundred and ten", "en", ["310"]),
        ("two thousand and four", "en", ["2004"]),
        ("sixty pounds and two hundred and fifty", "en", ["60", "250"]),
        ("3.1 million", "en", ["3100000"]),
        ("four in five", "en", ["4", "5"]),
        ("one of us", "en", []),  # alone it is a pronoun
        ("hundred", "en", []),
        ("twenty three", "en", ["23"]),
        ("nine hundred thousand", "en", ["900000"]),
        ("1.200.000", "de", ["1200000"]),
        ("onze mille", "fr", ["11000"]),
        ("soixante dix", "fr", ["70"]),
        ("quatre vingt", "fr", ["4", "20"]),  # not put together: rare, and told apart from nothing
        ("einundzwanzig", "de", ["21"]),
        ("veintiuno", "es", []),  # not in the list
        ("двадцать три", "ru", ["23"]),
        ("trois", "en", []),  # another language's word
        ("seven", None, ["7"]),
        ("seven", "xx", ["7"]),
    ],
)
def test_the_numbers_of_some_words(words: str, language: str | None, values: list[str]) -> None:
    assert [numeral.value for numeral in numerals(words.split(), language)] == values


@pytest.mark.parametrize(
    ("words", "language", "value"),
    [
        (["dos", "mil", "millones"], "es", "2000000000"),
        (["60", "mil", "millones"], "es", "60000000000"),
        (["77 000"], "fr", "77000"),
        (["1 234,5"], "fr", "1234.5"),
    ],
)
def test_thousands_of_millions_and_spaces_between_thousands(words: list[str], language: str, value: str) -> None:
    assert [one.value for one in numerals(words, language)] == [value]


def test_two_numbers_glued_by_a_hard_space_are_not_one() -> None:
    assert [one.value for one in numerals(["220 2"], "ru")] == []
