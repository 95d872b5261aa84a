"""Two versions of one text: what one denies and the other affirms is seen, other ways of saying no are let pass."""

from __future__ import annotations

import pytest

from onrecord.tracing.comparing.polarity import Side
from onrecord.tracing.judging.quotations import disagreements
from onrecord.tracing.values import Original
from onrecord.tracing.wording.normal import words_of
from onrecord.tracing.wording.versions import denials, turned


def compare(mine: str, tongue: str, theirs: str, other: str) -> int:
    return turned(denials(words_of(mine, language=tongue), tongue), denials(words_of(theirs, language=other), other))


@pytest.mark.parametrize(
    ("mine", "tongue", "theirs", "other"),
    [
        ("La portavoz no quiso hacer comentarios.", "es", "The spokeswoman declined to comment.", "en"),
        ("No obstante, el puente sigue abierto.", "es", "The bridge is open, however.", "en"),
        ("Le pont n'a ouvert que deux fois.", "fr", "The bridge opened twice only.", "en"),
        ("On ne sait pas si le pont ouvrira.", "fr", "It is unclear whether the bridge will open.", "en"),
        ("Das Team ist nicht nur schnell.", "de", "The team is fast, and more.", "en"),
        ("No solo el puente, también la carretera.", "es", "The bridge and the road.", "en"),
        ("Мост не открыт.", "ru", "The bridge is not open.", "en"),
    ],
)
def test_another_way_of_saying_no_is_no_difference(mine: str, tongue: str, theirs: str, other: str) -> None:
    assert compare(mine, tongue, theirs, other) == 0


@pytest.mark.parametrize(
    ("mine", "tongue", "theirs", "other", "way"),
    [
        ("Vamos a cerrar el puente.", "es", "We are not going to close the bridge.", "en", -1),
        ("No vamos a cerrar el puente.", "es", "We are going to close the bridge.", "en", 1),
        ("Le pont n'est pas ouvert.", "fr", "The bridge is open.", "en", 1),
        ("Le pont est ouvert.", "fr", "The bridge isn't open.", "en", -1),
        ("Никакой мост не открыт.", "ru", "The bridge is open.", "en", 1),
        ("Nous ne fermons pas le pont.", "fr", "We are closing the bridge.", "en", 1),
        ("Wir werden die Brücke sperren.", "de", "We will never close the bridge.", "en", -1),
        ("Мы не закроем мост.", "ru", "We will close the bridge.", "en", 1),
        ("Nous fermons le pont.", "fr", "Nous ne fermons pas le pont.", "fr", -1),
    ],
)
def test_a_lost_or_added_not_is_seen(mine: str, tongue: str, theirs: str, other: str, way: int) -> None:
    assert compare(mine, tongue, theirs, other) == way


def test_the_denial_must_stand_where_the_other_one_does() -> None:
    original = "The firm refused to answer letters, and after many long meetings in the hall we are not closing it."
    carried = "La empresa rechazó contestar cartas, y tras muchas largas reuniones en el ayuntamiento vamos a cerrarlo."
    assert compare(carried, "es", original, "en") == -1


def test_every_stretch_must_speak_against_it() -> None:
    original = Original(text="We are not closing it. We are mending it.", language="en")
    words = words_of(original.text, language="en")
    carried = "La estamos arreglando."
    mine = words_of(carried, language="es")
    first, second = ([w for w in words if w.sentence == n] for n in (0, 1))
    assert [r.code for r in disagreements(Side(carried, mine, "es"), original, [first], None)] == ["polarity"]
    assert not list(disagreements(Side(carried, mine, "es"), original, [first, second], None))


def test_a_number_that_is_no_reading_of_any_is_a_disagreement() -> None:
    original = Original(text="The bridge cost £125m.", language="en")
    for carried, wanted in (
        ("El puente costó 125 millones de libras.", []),
        ("El puente costó 152 millones de libras.", ["number_not_said"]),
    ):
        words = words_of(carried, language="es")
        spoken = [words_of(original.text, language="en")]
        assert [r.code for r in disagreements(Side(carried, words, "es"), original, spoken, None)] == wanted
