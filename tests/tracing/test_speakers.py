"""Whether a name in the article and a label of the transcript are one person's: same, may be, unknown, other."""

from __future__ import annotations

import pytest

from onrecord.tracing.speakers import Match, called, head_noun, is_name, is_role, match, same_person, surname


@pytest.mark.parametrize(
    ("given", "label", "found"),
    [
        ("Rena Holt", "RENA HOLT, harbour master", "same"),
        ("Holt", "RENA HOLT, harbour master", "same"),
        ("Rena", "RENA HOLT, harbour master", "may be"),  # a given name alone
        ("R. Holt", "RENA HOLT", "same"),
        ("Rena Holt", "R.K. HOLT", "same"),
        ("Captain Luisa Corvelo", "CAPTAIN LUÍSA CORVELO, maritime rescue", "same"),
        ("Tim Rusconi", "TIMOTHÉE RUSCONI, hautbois solo", "same"),
        ("Brigadier Holt", "RENA HOLT", "same"),  # a rank that is listed
        ("Subprefect Holt", "RENA HOLT", "same"),  # one that is not, and no given name either
        ("Tearful Holt", "RENA HOLT", "same"),
        ("Ana Holt", "RENA HOLT, harbour master", "other"),  # a namesake
        ("Rena Ito", "RENA HOLT", "other"),
        ("Kenji Ito", "RENA HOLT, aide to Kenji Ito", "other"),
        ("Rena Holt", "RENA HOLT-MARCHETTI, envoy", "same"),
        ("Pedro Sánchez", "PEDRO SÁNCHEZ PÉREZ", "same"),
        ("Kim Jong Un", "JONG UN KIM", "same"),
        ("Quayside Bank's Rena Holt", "RENA HOLT, Quayside Bank", "same"),
        ("Rena Holt", "THE CHAIR (RENA HOLT)", "same"),
        ("Rena Holt", "THE CHAIR", "unknown"),  # a role only: nothing speaks against it
        ("the chair", "THE CHAIR (RENA HOLT)", "same"),
        ("Rena Holt", "Q", "unknown"),
        ("his flight director", "DAGNY ROURKE-HALE, flight director", "same"),
        ("stony-faced director", "DAGNY ROURKE-HALE, flight director", "may be"),
        ("the president", "SOLANGE WATTELIER, présidente", "same"),
        ("the environment minister", "FRIEDERIKE LOHNSTEINER, Umweltministerin", "same"),
        ("a director", "DAGNY ROURKE-HALE, flight controller", "unknown"),
        ("the star", "RENA HOLT", "unknown"),
        ("The Quay Herald", "OLA FERN, The Quay Herald", "same"),
        ("the Herald", "OLA FERN, The Quay Herald", "same"),
        ("Northern Handball Federation", "STATEMENT OF THE NORTHERN HANDBALL FEDERATION", "same"),
        ("Igor Savelyev", "И.А.САВЕЛЬЕВ", "same"),
        ("Saweljew", "САВЕЛЬЕВ", "same"),
        ("Игоря Савельева", "ИГОРЬ САВЕЛЬЕВ", "same"),
        ("Igor Savelyev", "МИНИСТР", "unknown"),
        ("Pavel Ptitsyn", "И.А.САВЕЛЬЕВ", "other"),
        ("Savelyev", "П.Н.ПТИЦЫН", "other"),
        ("Ilya Savelyev", "И.А.САВЕЛЬЕВ", "same"),
        ("Pavel Savelyev", "И.А.САВЕЛЬЕВ", "other"),
        ("", "RENA HOLT", "unknown"),
    ],
)
def test_how_two_names_stand_to_each_other(given: str, label: str, found: Match) -> None:
    assert match((given,), (label,)) == found
    assert same_person((given,), (label,)) == (found == "same")


def test_a_description_counts_only_where_no_name_is_given() -> None:
    assert match(("Oskar Lind", "economist"), ("TOMAS VERRILL, chief economist",)) == "other"
    assert match(("the chief economist",), ("TOMAS VERRILL, chief economist",)) == "same"


def test_a_name_ends_in_a_capital_and_a_description_or_a_role_does_not() -> None:
    assert is_name("trawler wife Fatima Goulart, 38,")
    assert is_name("der Sprecher Jan Oltmann")
    assert not is_name("the Swiss-Senegalese conductor")
    assert not is_name("")
    assert [is_role(label) for label in ("THE CHAIR", "Mayor of Evrin", "МИНИСТР", "Umweltministerin", "HOLT")] == [
        True,
        True,
        True,
        True,
        False,
    ]


def test_a_label_is_taken_apart_into_name_title_and_role() -> None:
    found = called("DR. ANNA BRELL (Minister of Health)")
    assert (found.name, found.before, found.role) == (("ANNA", "BRELL"), ("dr",), ("minister", "health"))
    assert surname(["Dr. Anna Brell", "Brell"]) == "brell"
    assert surname(["the minister"]) == surname([]) == ""


@pytest.mark.parametrize(
    ("words", "noun"),
    [("two groups of seven", "groups"), ("the board of Lumenar", "board"), ("a tool supplier", "supplier"), ("", "")],
)
def test_the_noun_of_a_description(words: str, noun: str) -> None:
    assert head_noun(words) == noun
