"""Numbers of two versions: the same sum in another writing is the same, another sum is not."""

from __future__ import annotations

import pytest

from onrecord.tracing.wording.normal import words_of
from onrecord.tracing.wording.quantities import quantities, unsaid


def missing(mine: str, tongue: str, theirs: str, other: str) -> list[str]:
    there = words_of(theirs, language=other)
    carried = quantities(mine, words_of(mine, language=tongue))
    return [one.shown for one in unsaid(carried, quantities(theirs, there), there)]


@pytest.mark.parametrize(
    ("mine", "tongue", "theirs", "other"),
    [
        ("125 millones de libras", "es", "£125m", "en"),
        ("2 mil millones de dólares", "es", "$2bn", "en"),
        ("60 миллиардов долларов", "ru", "$60 billion", "en"),
        ("500 тыс. человек", "ru", "half of 500,000 people", "en"),
        ("77 000 personnes", "fr", "77,000 people", "en"),
        ("77\u202f000 personnes", "fr", "77.000 Leute", "de"),
        ("el 32 por ciento", "es", "32 %", "de"),
        ("treinta y dos por ciento", "es", "32 per cent", "en"),
        ("250 kilos", "es", "550 pounds", "en"),
        ("entre 5 y 10 centímetros", "es", "2 to 4 inches", "en"),
        ("135 km/h", "fr", "85 miles per hour", "en"),
        ("à 17 h 30", "fr", "at 5.30pm", "en"),
        ("um 17:30 Uhr", "de", "at 5:30 pm", "en"),
        ("los años 30", "es", "the 1930s", "en"),
        ("les deux rives", "fr", "both banks", "en"),
        ("au XIXe siècle", "fr", "in the 19th century", "en"),
        ("im 7. Jahr", "de", "in its seventh year", "en"),
        ("27 grados", "es", "80 degrees", "en"),
        ("100 euros", "fr", "$110", "en"),
        ("dans 24 heures", "fr", "in 1 day", "en"),
    ],
)
def test_another_writing_is_the_same_quantity(mine: str, tongue: str, theirs: str, other: str) -> None:
    assert missing(mine, tongue, theirs, other) == []


@pytest.mark.parametrize(
    ("mine", "tongue", "theirs", "other", "wanted"),
    [
        ("128 millones de libras", "es", "£125m", "en", ["128"]),
        ("78 000 personnes", "fr", "77,000 people", "en", ["78 000"]),
        ("29 años", "es", "27 years", "en", ["29"]),
        ("400 kilos", "es", "550 pounds", "en", ["400"]),
        ("à 18 h 30", "fr", "at 5.30pm", "en", ["18 h 30"]),
        ("cinco puentes", "es", "three bridges", "en", ["cinco"]),
        ("dos puentes", "es", "three bridges", "en", ["dos"]),
        ("41 Prozent", "de", "14 per cent", "en", ["41"]),
    ],
)
def test_another_number_is_not(mine: str, tongue: str, theirs: str, other: str, wanted: list[str]) -> None:
    assert [shown.split()[0] if " millones" in shown else shown for shown in missing(mine, tongue, theirs, other)] == (
        wanted
    )


def test_what_the_other_has_more_is_no_fault() -> None:
    assert missing("Un puente.", "es", "A bridge of 40 metres for 12 million.", "en") == []
