"""Who had the words from whom is said only where the citing or the wording shows it."""

from __future__ import annotations

import pytest

from carried import carrier
from onrecord.tracing.gathering.citing import cited_outlet, copied_from
from onrecord.tracing.values import WordChange

OUTLETS = ("Quay Herald", "Coast Echo", "The Inland Post")


@pytest.mark.parametrize(
    ("around", "outlet"),
    [
        ("Holt told the Quay Herald.", "Quay Herald"),
        ("According to the Quay Herald, Holt said", "Quay Herald"),
        ("Holt said in an interview with Quay Herald", "Quay Herald"),
        ("she said, the Inland Post reported.", "The Inland Post"),
        ("the words were first reported by the Inland Post", "The Inland Post"),
        ("as quoted by the quay herald", "Quay Herald"),
        ("Holt said near the office of the Quay Herald", None),
        ("Holt told the Coast Echo", None),  # its own name: it was there
        ("Holt told reporters", None),
        ("", None),
    ],
)
def test_an_outlet_is_cited_by_name_and_a_word_of_taking(around: str, outlet: str | None) -> None:
    found = cited_outlet(carrier("x", "Coast Echo", around=around), OUTLETS)
    assert (found and found[0]) == outlet


def test_what_came_through_an_outlet_was_taken_from_it() -> None:
    assert cited_outlet(carrier("x", "Coast Echo", via="The Quay Herald"), OUTLETS) == (
        "Quay Herald",
        "The Quay Herald",
    )


COLD = WordChange("changed", "an old valve", "a cold valve")
CUT = WordChange("cut", "and we had asked", "")


def test_a_citation_names_the_carrier_where_it_is_at_hand() -> None:
    source = carrier("x", "Quay Herald", "2031-05-06")
    taker = carrier("x", "Coast Echo", "2031-05-07", around="Holt told the Quay Herald.")
    found = copied_from(taker, (), [(source, ())])
    assert found is not None
    assert (found.outlet, found.carrier, found.how) == ("Quay Herald", source.id, "cites")


def test_an_outlet_that_is_not_traced_is_named_without_a_carrier() -> None:
    taker = carrier("x", "Coast Echo", around="Holt told Hill Radio.", medium="Hill Radio")
    found = copied_from(taker, (), [])
    assert found is not None
    assert (found.outlet, found.carrier) == ("Hill Radio", None)


def test_the_same_change_shows_a_copy_of_the_earlier() -> None:
    first = carrier("x", "Quay Herald", "2031-05-06")
    later = carrier("x", "Coast Echo", "2031-05-07")
    found = copied_from(later, (CUT, COLD), [(first, (COLD,))])
    assert found is not None
    assert (found.carrier, found.how) == (first.id, "wording")
    assert "a cold valve" in found.why
    assert copied_from(first, (COLD,), [(later, (COLD,))]) is None  # it was there before


def test_the_same_cut_or_another_change_or_the_same_outlet_shows_nothing() -> None:
    first, later = carrier("x", "Quay Herald", "2031-05-06"), carrier("x", "Coast Echo", "2031-05-07")
    again = carrier("x", "Coast Echo", "2031-05-06")
    added = WordChange("added", "", "the")
    assert copied_from(later, (CUT,), [(first, (CUT,))]) is None
    assert copied_from(later, (COLD,), [(first, (WordChange("changed", "an old valve", "a bold valve"),))]) is None
    assert copied_from(later, (COLD,), [(again, (COLD,))]) is None
    assert copied_from(later, (added,), [(first, (added,))]) is None  # a function word alone


def test_without_dates_nothing_is_earlier() -> None:
    first, later = carrier("x", "Quay Herald", None), carrier("x", "Coast Echo", "2031-05-07")
    assert copied_from(later, (COLD,), [(first, (COLD,))]) is None


@pytest.mark.parametrize(
    ("language", "around"),
    [
        ("de", "sagte sie im Gespräch mit dem Quay Herald"),
        ("fr", "a-t-elle déclaré, citée par Quay Herald, selon Quay Herald"),
        ("es", "dijo al diario Quay Herald"),
        ("ru", "сказала она в интервью газете Quay Herald"),
        ("pl", "told the Quay Herald"),
    ],
)
def test_a_citation_is_seen_in_the_language_of_who_cites(language: str, around: str) -> None:
    taker = carrier("x", "Coast Echo", around=around, language=language)
    assert (cited_outlet(taker, OUTLETS) or ("",))[0] == "Quay Herald"


def test_a_line_of_credit_makes_a_chain() -> None:
    source = carrier("x", "Coastline Press Agency", "2031-05-06")
    taker = carrier("x", "Küstenblatt", "2031-05-07", credit="Coastline", language="de")
    found = copied_from(taker, (), [(source, ())])
    assert found is not None
    assert (found.outlet, found.carrier, found.why) == ("Coastline Press Agency", source.id, "“Coastline”")


def test_an_outlet_that_credits_itself_has_it_from_nobody() -> None:
    source = carrier("x", "Quay Herald", "2031-05-06")
    assert copied_from(carrier("x", "Coastline Press", credit="Coastline"), (), [(source, ())]) is None
