from __future__ import annotations

import pytest

from onrecord.directory import Answer, Directory


def asked(directory: Directory, phrase: str, on: str | None) -> Answer:
    post = directory.parse_role(phrase)
    assert post is not None
    return directory.holders(post.role, post.of, on)


@pytest.mark.parametrize(
    ("phrase", "on", "name"),
    [
        ("Russian foreign minister", "2017-05-08", "Sergey Lavrov"),
        ("Russian foreign minister", "2003-05-08", "Igor Ivanov"),
        ("Ukrainian foreign minister", "2015-02-12", "Pavlo Klimkin"),
        ("German Chancellor", "2017-05-08", "Angela Merkel"),
        ("head of the European Commission", "2017-05-08", "Jean-Claude Juncker"),
        ("NATO chief", "2017-05-08", "Jens Stoltenberg"),
        ("UK Foreign Secretary", "2017-05-08", "Boris Johnson"),
        ("US President", "2017-05-08", "Donald Trump"),
        ("Chinese premier", "2024-05-08", "Li Qiang"),
        ("Governor of the Bank of England", "2017-05-08", "Mark Carney"),
        ("Japan's prime minister", "2021-11-01", "Fumio Kishida"),
        ("State Duma speaker", "2017-05-08", "Vyacheslav Volodin"),
    ],
)
def test_the_day_decides_who_held_the_office(phrase: str, on: str, name: str, directory: Directory) -> None:
    answer = asked(directory, phrase, on)
    assert (answer.certainty, [match.person.name for match in answer]) == ("certain", [name])
    term = answer[0].term
    assert term is not None
    assert term.source.name
    assert term.as_of


def test_beyond_the_sources_the_answer_is_unknown_with_a_lead(directory: Directory) -> None:
    answer = asked(directory, "Russian foreign minister", "2035-01-01")
    assert (len(answer), answer.certainty) == (0, "unknown")
    assert answer.why.startswith("unknown after 20")
    assert [match.person.wikidata for match in answer.leads] == ["Q58217"]


def test_an_office_that_nobody_holds_has_no_holder(directory: Directory) -> None:
    assert asked(directory, "Belgian king's fool minister", "2017-05-08").certainty == "none"
    assert directory.holders("president", "Atlantis", "2017-05-08").certainty == "none"
    assert directory.holders("president", None, "2017-05-08").certainty == "none", "of which country?"


def test_acting_former_and_deputy_holders_are_not_the_holder(directory: Directory) -> None:
    assert not len(asked(directory, "acting Russian foreign minister", "2017-05-08"))
    former = {match.person.name for match in asked(directory, "former Russian foreign minister", "2017-05-08")}
    assert "Igor Ivanov" in former
    assert "Sergey Lavrov" not in former
    deputies = {match.person.name for match in asked(directory, "Russian deputy foreign minister", "2017-05-08")}
    assert deputies
    assert "Sergey Lavrov" not in deputies


def test_a_list_without_dates_answers_for_its_month_and_never_for_certain(directory: Directory) -> None:
    answer = directory.holders("finance minister", "Nigeria", "2019-10-05")
    assert answer.certainty == "possible"
    assert directory.holders("finance minister", "Nigeria", "2019-11-05").certainty == "unknown"


@pytest.mark.parametrize(
    ("name", "wikidata"),
    [
        ("Sergei Lavrov", "Q58217"),
        ("Orbán Viktor", "Q57641"),
        ("Xi", "Q15031"),
        ("Joe Biden", "Q6279"),
        ("Volodymyr Zelensky", "Q3874799"),
        ("President Erdogan", "Q39259"),
    ],
)
def test_a_person_is_found_under_all_spellings(name: str, wikidata: str, directory: Directory) -> None:
    matches = directory.people(name, "2021-06-01")
    assert matches[0].person.wikidata == wikidata
    assert matches[0].evidence


def test_namesakes_all_come_back(directory: Directory) -> None:
    names = {match.person.name for match in directory.people("Lavrov", "2017-05-08")}
    assert {"Sergey Lavrov", "Aleksey Lavrov"} <= names
    assert directory.people("Rena Holt") == ()


def test_a_first_name_alone_finds_nobody_where_it_is_not_the_surname(directory: Directory) -> None:
    assert "Q180589" not in {match.person.wikidata for match in directory.people("Boris")}


def test_a_person_has_the_offices_of_the_day(directory: Directory) -> None:
    person = directory.person("Q58217")
    assert person is not None
    assert [match.certainty for match in directory.roles(person, "2017-05-08")] == ["certain"]
    assert [match.certainty for match in directory.roles(person, "2035-05-08")] == ["unknown"]
    assert directory.roles(person, "1990-01-01") == ()


@pytest.mark.parametrize(("name", "gender"), [("Angela", "female"), ("Sergey", "male"), ("Rix", None), ("", None)])
def test_a_first_name_tells_a_gender_only_if_nearly_all_agree(
    name: str, gender: str | None, directory: Directory
) -> None:
    assert directory.gender_of_given_name(name) == gender
