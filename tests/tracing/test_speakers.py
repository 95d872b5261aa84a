"""Whether a name in the article and a label of the transcript are one person's."""

from __future__ import annotations

import pytest

from onrecord.tracing.speakers import is_name, same_person


@pytest.mark.parametrize(
    ("given", "label", "same"),
    [
        ("Rena Holt", "RENA HOLT, harbour master", True),
        ("Holt", "RENA HOLT, harbour master", True),
        ("Captain Luisa Corvelo", "CAPTAIN LUÍSA CORVELO, maritime rescue", True),
        ("Tim Rusconi", "TIMOTHÉE RUSCONI, hautbois solo", True),
        ("R. Holt", "RENA HOLT", True),
        ("his flight director", "DAGNY ROURKE-HALE, flight director", True),
        ("the president", "SOLANGE WATTELIER, présidente", True),
        ("Ana Holt", "RENA HOLT, harbour master", False),  # a namesake
        ("Rena Ito", "RENA HOLT", False),
        ("a director", "DAGNY ROURKE-HALE, flight controller", False),
        ("the star", "RENA HOLT", False),
        ("", "RENA HOLT", False),
    ],
)
def test_one_person_or_two(given: str, label: str, same: bool) -> None:
    assert same_person((given,), (label,)) == same


def test_a_name_ends_in_a_capital_and_a_description_does_not() -> None:
    assert is_name("trawler wife Fatima Goulart, 38,")
    assert not is_name("the Swiss-Senegalese conductor")
    assert not is_name("")
