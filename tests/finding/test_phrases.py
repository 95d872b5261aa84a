"""Noun phrases taken apart: who is meant, what they are, and for whom."""

from __future__ import annotations

import pytest

from onrecord.finding.naming.phrases import read_phrase


@pytest.mark.parametrize(
    ("words", "name", "role", "of"),
    [
        ("Norlandic Foreign Minister Ana Holt", "Ana Holt", "Norlandic Foreign Minister", ""),
        ("chief executive Ana Holt-Berg", "Ana Holt-Berg", "chief executive", ""),
        ("Swiss lift maker Aufzug Holding (AUFZ.S)", "Aufzug Holding", "swiss lift maker", ""),
        ("The painter, Lucjan Obi,", "Lucjan Obi", "painter", ""),
        ("Bertil Ngoma, 61", "Bertil Ngoma", "", ""),
        ("Ines Vachon of Brunner Veld", "Ines Vachon", "", "Brunner Veld"),
        ("Odile Brak, chief negotiator for the FTL union", "Odile Brak", "chief negotiator", "the FTL union"),
        ("Her colleague in Kumasi, Nii Pratt,", "Nii Pratt", "colleague", "Kumasi"),
        ("A third, the statistician Ana Holt,", "Ana Holt", "statistician", ""),
        ("HOLT:", "HOLT", "", ""),
        ("((HOLT)) :", "HOLT", "", ""),
        ("The Committee on Taxonomy of Mosses", "Committee on Taxonomy of Mosses", "", ""),
        ("ÓSCAR REYES, 41, taxi driver:", "Óscar Reyes", "taxi driver", ""),
        ("The Federation of Dale Shippers", "Federation of Dale Shippers", "", ""),
        ("the Technicians’ Alliance", "Technicians’ Alliance", "", ""),
        ("payment processor Tollgate first", "Tollgate", "payment processor", ""),  # an adverb strayed in
    ],
)
def test_names_are_parted_from_what_is_told_of_them(words: str, name: str, role: str, of: str) -> None:
    phrase = read_phrase(words, initial=True)
    assert phrase.name is not None
    assert (phrase.name.full, next(iter(phrase.roles), ""), phrase.of) == (name, role, of)


@pytest.mark.parametrize(
    ("words", "head", "kind", "count"),
    [
        ("a spokesman for Aeropont", "spokesman", "person", None),
        ("Two officials familiar with the talks", "official", "group", 2),
        ("Analysts at Kettle & Thrane", "analyst", "group", None),
        ("its own catalogue of 1934", "catalogue", "work", None),
        ("A review published this morning", "review", "work", None),
        ("Dale’s fire service", "service", "organisation", None),
        ("The Dale company", "company", "organisation", None),
        ("the Social Democrat leader", "leader", "person", None),
        ("neither", "neither", "group", None),
        ("one first-term MP", "mp", "person", 1),
    ],
)
def test_without_a_name_the_head_noun_tells(words: str, head: str, kind: str, count: int | None) -> None:
    phrase = read_phrase(words, initial=True)
    assert phrase.name is None
    assert (phrase.head, phrase.kind, phrase.count) == (head, kind, count)


def test_whose_it_is_stands_before_it() -> None:
    assert read_phrase("Evrin Water’s chief executive, Tomas Arlund,").owner == "Evrin Water"
    assert read_phrase("his wife").determiner == "his"


def test_a_description_before_the_name_that_points_back_is_marked() -> None:
    assert read_phrase("the cook, Ana Holt").pointed
    assert not read_phrase("a cook, Ana Holt").pointed


@pytest.mark.parametrize("words", ["", " ", "—", "“”", "'s", "(", "the", "of", ",,,", "A"])
def test_scraps_are_read_without_trouble(words: str) -> None:
    assert read_phrase(words, initial=True).name is None or words == "A"


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("HELENA DRAVIC, MAYOR:", "mayor"),
        ("Jonas Varga, Managing Partner at Oster & Vale", "Managing partner"),
    ],
)
def test_the_role_beside_a_name_is_told_whole(words: str, role: str) -> None:
    assert read_phrase(words, initial=True).roles == (role,)


def test_a_participle_that_opens_a_sentence_is_no_name() -> None:
    phrase = read_phrase("Intervening, the chairman", initial=True)
    assert phrase.name is None
    assert phrase.head == "chairman"
