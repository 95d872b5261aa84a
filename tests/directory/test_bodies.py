from __future__ import annotations

import pytest

from onrecord.directory import Directory


@pytest.mark.parametrize(
    ("words", "id", "via"),
    [
        ("Russia", "RUS", "name"),
        ("the Russian Federation", "RUS", "name"),
        ("Russia's", "RUS", "name"),
        ("Russian", "RUS", "demonym"),
        ("Moscow", "RUS", "capital"),
        ("the Kremlin", "RUS", "metonym"),
        ("No 10", "GBR", "metonym"),
        ("the Élysée", "FRA", "metonym"),
        ("Elysee", "FRA", "metonym"),
        ("Brussels", "EU", "metonym"),
        ("NATO", "NATO", "acronym"),
        ("Nato", "NATO", "name"),
        ("North Atlantic Treaty Organization", "NATO", "name"),
        ("the North Atlantic Alliance", "NATO", "name"),
        ("Collective Security Treaty Organization", "CSTO", "name"),
        ("US", "USA", "acronym"),
        ("Polish", "POL", "demonym"),
        ("The Hague", "NLD", "capital"),
        ("Russian Foreign Ministry", "RUS:foreign", "pattern"),
        ("Ministry of Foreign Affairs of Russia", "RUS:foreign", "pattern"),
        ("Russia’s Defence Ministry", "RUS:defence", "pattern"),
        ("Polish government", "POL:government", "pattern"),
        ("Mir TV", "MIRTV", "name"),
    ],
)
def test_words_lead_to_a_body_and_tell_by_which_way(words: str, id: str, via: str, directory: Directory) -> None:
    named = directory.body(words)
    assert named is not None
    assert (named.body.id, named.via) == (id, via)


@pytest.mark.parametrize("words", ["us", "polish", "turkey", "who", "the bloc", "ministry", "", "german shepherd"])
def test_case_tells_a_name_from_a_word(words: str, directory: Directory) -> None:
    assert directory.body(words) is None


def test_a_ministry_that_was_found_is_found_again_by_its_id(directory: Directory) -> None:
    named = directory.body("Russian Foreign Ministry")
    assert named is not None
    assert directory.body_of(named.body.id) == named.body
    assert (named.body.name, named.body.of) == ("Russian Foreign Ministry", "RUS")


def test_an_ambiguous_word_offers_all_its_bodies(directory: Directory) -> None:
    assert [named.body.id for named in directory.bodies("Brussels")] == ["EU", "BEL"]


@pytest.mark.parametrize(
    ("organisation", "member", "on", "belongs"),
    [
        ("NATO", "FIN", "2023-04-03", False),
        ("NATO", "FIN", "2023-04-04", True),
        ("EU", "GBR", "2019-12-31", True),
        ("EU", "GBR", "2020-06-01", False),
        ("CSTO", "UZB", "2010-01-01", True),
        ("CSTO", "UZB", "2017-05-08", False),
    ],
)
def test_members_come_and_go(organisation: str, member: str, on: str, belongs: bool, directory: Directory) -> None:
    assert (member in {m.body for m in directory.members(organisation, on)}) is belongs
    assert (organisation in {m.organisation for m in directory.memberships(member, on)}) is belongs
    assert len(directory.members("NATO", "2024-06-01")) == 32
