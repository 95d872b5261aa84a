from __future__ import annotations

import pytest

from onrecord.directory import canonical
from onrecord.directory.roles import from_key


@pytest.mark.parametrize(
    ("words", "of", "key"),
    [
        ("foreign minister", None, "minister:foreign"),
        ("Minister of Foreign Affairs", "RUS", "minister:foreign"),
        ("Federal Minister for Foreign Affairs", "DEU", "minister:foreign"),
        ("top diplomat", "RUS", "minister:foreign"),
        ("Foreign Secretary", "GBR", "minister:foreign"),
        ("Foreign Secretary", "IND", "foreign secretary"),  # an official there
        ("Secretary of State", "USA", "minister:foreign"),
        ("Secretary of State for Defence", "GBR", "minister:defence"),
        ("Secretary of State for Defence", "ESP", "junior minister:defence"),
        ("Minister of the Economy, Finances and Industry", "FRA", "minister:economy+finance+industry"),
        ("Chancellor of the Exchequer", None, "minister:finance"),
        ("deputy foreign minister", None, "deputy minister:foreign"),
        ("First Deputy Prime Minister", "RUS", "deputy prime minister:first"),
        ("premier", "CHN", "prime minister"),
        ("Premier", "AUS", "premier"),  # of a state
        ("acting president", None, "acting president"),
        ("caretaker prime minister", None, "acting prime minister"),
        ("the Kremlin's", None, "kremlin's"),
        ("Defense Secretary", "USA", "minister:defence"),
        ("press secretary", "USA", "spokesperson"),
        ("Governor of New Jersey", "USA", "governor of new jersey"),
        ("Ambassador to the United States of America", "RUS", "ambassador:united states"),
        ("Governor of the Bank of Spain", "ESP", "central bank governor"),
        ("trade commissioner", "EU", "commissioner:trade"),
        ("Attorney-General", "AUS", "attorney general"),
    ],
)
def test_words_for_an_office_have_one_form(words: str, of: str | None, key: str) -> None:
    role = canonical(words, of)
    assert role.key == key
    assert from_key(role.key).key == key


def test_former_and_elect_are_kept_apart_from_the_office() -> None:
    former, elect = canonical("ex-president"), canonical("president-elect")
    assert (former.key, former.former, elect.key, elect.elect) == ("president", True, "president", True)


def test_an_office_with_more_fields_answers_for_one_of_them_but_not_the_other_way() -> None:
    finance, both = canonical("finance minister"), canonical("minister of economy and finance")
    assert finance.fits(both)
    assert not both.fits(finance)
    assert not canonical("minister").fits(finance)
    assert not finance.fits(canonical("deputy finance minister"))
    assert not finance.fits(canonical("acting finance minister"))
