"""One word of a name in several spellings and scripts."""

from __future__ import annotations

import pytest

from onrecord.tracing.judging.letters import script_of, spelt_alike


@pytest.mark.parametrize(
    ("left", "right", "alike"),
    [
        ("Лавров", "Lavrov", True),
        ("Лавров", "Lawrow", True),
        ("Лавровым", "Lavroff", True),  # an oblique case
        ("Lawrow", "Lavroff", True),
        ("Горбачёв", "Gorbatschow", True),
        ("Зеленский", "Selenskyj", True),
        ("Ельцин", "Jelzin", True),
        ("Ельцин", "Yeltsin", True),
        ("Жуков", "Schukow", True),
        ("Мир", "Mir", True),
        ("Μητσοτάκης", "Mitsotakis", True),
        ("Μητσοτάκη", "Μητσοτάκης", True),
        ("Vašek", "VASEK", True),
        ("Петров", "Pavlov", False),
        ("Иванов", "Ivanenko", False),
        ("Лавров", "Лаптев", False),
        ("Holt", "Hilt", False),  # within one script vowels count
        ("Brell", "Brill", False),
        ("田中", "Tanaka", False),  # a script without a table: nothing is guessed
        ("", "Holt", False),
    ],
)
def test_spellings_of_one_name_fall_together_and_two_names_do_not(left: str, right: str, alike: bool) -> None:
    assert spelt_alike(left, right) == alike
    assert spelt_alike(right, left) == alike


def test_the_first_letter_tells_the_script() -> None:
    assert [script_of(word) for word in ("Holt", "Łukasz", "Лавров", "Ωνάσης", "田中", "42")] == [
        "latin",
        "latin",
        "cyrillic",
        "greek",
        "other",
        "other",
    ]
