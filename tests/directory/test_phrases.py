from __future__ import annotations

import pytest

from onrecord.directory import Directory


@pytest.mark.parametrize(
    ("phrase", "key", "of"),
    [
        ("Russian foreign minister", "minister:foreign", "RUS"),
        ("Russia's top diplomat", "minister:foreign", "RUS"),
        ("the foreign minister of Russia", "minister:foreign", "RUS"),
        ("Foreign Minister of the Russian Federation", "minister:foreign", "RUS"),
        ("Minister of Foreign Affairs of the Russian Federation", "minister:foreign", "RUS"),
        ("German Chancellor", "chancellor", "DEU"),
        ("UK Chancellor of the Exchequer", "minister:finance", "GBR"),
        ("Chancellor of the Exchequer", "minister:finance", "GBR"),
        ("head of the European Commission", "president", "EC"),
        ("European Commission President", "president", "EC"),
        ("Secretary-General of the United Nations", "secretary general", "UN"),
        ("NATO Secretary General", "secretary general", "NATO"),
        ("NATO chief", "secretary general", "NATO"),
        ("US President", "president", "USA"),
        ("U.S. Defense Secretary", "minister:defence", "USA"),
        ("Senate Majority Leader", "senate majority leader", "USA"),
        ("deputy Russian foreign minister", "deputy minister:foreign", "RUS"),
        ("acting Ukrainian president", "acting president", "UKR"),
        ("Russian Foreign Ministry spokeswoman", "spokesperson:foreign", "RUS"),
        ("Kremlin spokesman", "spokesperson:president", "RUS"),
        ("White House press secretary", "spokesperson:president", "USA"),
        ("Pentagon spokesman", "spokesperson:defence", "USA"),
        ("EU foreign policy chief", "minister:foreign", "EU"),
        ("British Secretary of State for Northern Ireland", "minister:northern ireland", "GBR"),
        ("UN envoy for Syria", "special envoy for syria", "UN"),
        ("Prime Minister, Israel", "prime minister", "ISR"),
        ("Governor of Texas", "governor of texas", "USA"),
        ("Scotland’s First Minister", "first minister", "SCT"),
        ("foreign minister", "minister:foreign", None),
    ],
)
def test_a_phrase_of_the_news_names_an_office_and_its_body(
    phrase: str, key: str, of: str | None, directory: Directory
) -> None:
    post = directory.parse_role(phrase)
    assert post is not None
    assert (post.role.key, post.of and post.of.id) == (key, of)


@pytest.mark.parametrize(
    "phrase",
    [
        "prime minister's spokesman",  # not the prime minister
        "Sergei Lavrov",
        "the talks in Vienna",
        "Russia",
        "a resident of Moscow",
        "",
        "two officials",
        "table of contents",
    ],
)
def test_what_names_no_office_is_none(phrase: str, directory: Directory) -> None:
    assert directory.parse_role(phrase) is None


def test_the_state_of_an_office_in_time_comes_with_it(directory: Directory) -> None:
    post = directory.parse_role("former US Secretary of State")
    assert post is not None
    assert post.role.former
