from __future__ import annotations

import pytest

from onrecord.directory.names import likeness, words_of


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("Sergei Lavrov", "Sergey Lavrov"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        ("Viktor Yanukovich", "Viktor Yanukovych"),
        ("Orbán Viktor", "Viktor Orbán"),  # Hungarian order
        ("Recep Tayyip Erdogan", "Recep Tayyip Erdoğan"),
        ("Joe Biden", "Joseph Biden"),
        ("Gerhard Schroeder", "Gerhard Schröder"),
        ("Mohamed Morsi", "Mohammed Morsi"),
        ("Mr. J. Biden", "Joseph Biden"),
        ("Jean-Claude Juncker", "Jean Claude Juncker"),
        ("Ilham Aliev", "Ilham Aliyev"),
        ("Von der Leyen", "Ursula von der Leyen"),
        ("Dmitriy Medvedev", "Dmitry Medvedev"),
    ],
)
def test_spellings_of_one_name_are_alike(asked: str, known: str) -> None:
    assert likeness(asked, known)[0] > 0


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("Igor Lavrov", "Sergey Lavrov"),
        ("Anna Holt", "Anne Hall"),
        ("Boris Ivanov", "Boris Johnson"),
        ("", "Boris Johnson"),
        ("Boris J.", "Boris Morris"),
        ("B. J.", "Boris Johnson"),  # nothing but initials
    ],
)
def test_another_name_is_not_alike(asked: str, known: str) -> None:
    assert likeness(asked, known)[0] == 0


def test_the_closer_spelling_scores_higher_and_a_surname_alone_less() -> None:
    same, accent, folded, surname = (
        likeness(asked, "Gerhard Schröder")[0]
        for asked in ("Gerhard Schröder", "Gerhard Schroder", "Gerhard Schroeder", "Schröder")
    )
    assert 1 == same > accent > folded > surname > 0


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Sheikh Abdullah bin Zayed Al Nahyan", ["Abdullah", "Zayed", "Nahyan"]),
        ("Bashar al-Assad", ["Bashar", "Assad"]),
        ("John Major", ["John", "Major"]),  # a title only where a name follows
        ("Major John Holt", ["John", "Holt"]),
        ("Robert F. Kennedy Jr.", ["Robert", "F", "Kennedy"]),
        ("King", ["King"]),
    ],
)
def test_titles_and_particles_do_not_tell_who_it_is(name: str, words: list[str]) -> None:
    assert words_of(name) == words
