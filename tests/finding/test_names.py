"""Names: which can stand for which, and what one tells of its bearer."""

from __future__ import annotations

import pytest

from onrecord.finding.naming.lexicon import gender_of_given, lexicon, singular
from onrecord.finding.naming.names import Name, kind_of_name, letters_of, split_titles


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Holt", "Ana Holt"),
        ("Ana", "Ana Holt"),
        ("A. Holt", "Ana Holt"),
        ("Adeleke", "Caoimhe Adeleke-Byrne"),
        ("van der Krög", "Zsófia van der Krög"),
        ("Krog", "Zsófia van der Krög"),  # diacritics left out
        ("al-Hadi", "Omar bin Said al-Hadi"),
        ("Nagy", "Nagy Zoltán"),  # Hungarian order
        ("Zoltán Nagy", "Nagy Zoltán"),  # and turned round
        ("Li", "Li Weimin"),
        ("Holt", "Ana Holt Jr"),
    ],
)
def test_a_short_name_stands_for_the_full_one(short: str, full: str) -> None:
    assert Name(short).stands_for(Name(full))


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Ana Holt", "Peter Holt", "two of one family"),
        ("Paz", "La Paz", "a city is no person"),
        ("Berg", "Ana Holt", "nothing in common"),
        ("Holter", "Ana Holt", "a longer word"),
    ],
)
def test_another_name_does_not(one: str, other: str, why: str) -> None:
    assert not Name(one).stands_for(Name(other)), why


def test_spellings_of_one_given_name_are_one_person_but_sisters_are_not() -> None:
    assert Name("Sergei Volkan").is_spelling_of(Name("Sergey Volkan"))
    assert not Name("Maria Volkan").is_spelling_of(Name("Marta Holt"))
    assert not Name("Anna Volkan").is_spelling_of(Name("Peter Volkan"))


@pytest.mark.parametrize(
    ("words", "titles", "name"),
    [
        ("Foreign Minister Ana Holt", "Foreign Minister", "Ana Holt"),
        ("European Commission President Ana van der Holt", "European Commission President", "Ana van der Holt"),
        ("Secretary of State Ana Holt", "Secretary of State", "Ana Holt"),
        ("Prime Minister", "Prime Minister", ""),
        ("Bishop of Dale", "Bishop of Dale", ""),
        ("Labour Party", "", "Labour Party"),
        ("Dean Fletcher", "", "Dean Fletcher"),  # a given name as well as a title
        ("Dr Ana Holt", "", "Ana Holt"),
        ("Ministry of Agriculture and Water", "", "Ministry of Agriculture and Water"),
    ],
)
def test_titles_are_parted_from_the_name(words: str, titles: str, name: str) -> None:
    found, _, rest = split_titles(words.split(), initial=False)
    assert (" ".join(found), " ".join(rest)) == (titles, name)


@pytest.mark.parametrize(
    ("words", "head", "kind"),
    [
        ("Ana Holt", "", "person"),
        ("Evrin Holding", "", "organisation"),
        ("Dale Council", "", "organisation"),
        ("Dale Gazette", "", "outlet"),
        ("Lake Maren", "", "place"),
        ("Birch Street", "", "place"),
        ("Anna Hill", "", "person"),  # and no hill
        ("NTO", "", "organisation"),
        ("Aeropont", "operator", "organisation"),
        ("Quispe", "skipper", "person"),
    ],
)
def test_the_words_of_a_name_and_the_noun_before_it_tell_its_kind(words: str, head: str, kind: str) -> None:
    assert kind_of_name(Name(words), words.split(), head) == kind


def test_given_names_of_many_countries_tell_the_gender_and_doubtful_ones_do_not() -> None:
    assert [gender_of_given(n) for n in ("Aulikki", "Tapani", "Sinéad", "Marie-Luise", "Robin", "Qwxz")] == [
        "female", "male", "female", "female", None, None,
    ]  # fmt: skip


def test_nouns_tell_kind_and_gender() -> None:
    table = lexicon()
    nouns = ("spokeswoman", "officials", "ministry", "leaflet", "village", "tabloid", "widget")
    assert [table.kind(n) for n in nouns] == ["person", "group", "organisation", "work", "place", "outlet", None]
    assert (table.gender("spokeswoman"), table.gender("minister")) == ("female", None)
    assert table.same("diplomat", "foreign-minister")
    assert not table.same("diplomat", "baker")


def test_plurals_lose_their_ending_where_they_have_one() -> None:
    assert [singular(n) for n in ("deputies", "women", "churches", "officials", "census", "press")] == [
        "deputy", "woman", "church", "official", "census", "press",
    ]  # fmt: skip


def test_the_letters_of_a_name_are_those_of_its_capitals() -> None:
    assert letters_of("Dale Housing Trust of the North") == "DHTN"
    assert Name("Marguerite Osei-Lind").initials == "MOL"
