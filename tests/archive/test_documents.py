"""The rows of tokens that are indexed, and how PostgreSQL is given them."""

from __future__ import annotations

from onrecord.archive.indexing.documents import (
    BARRIER,
    Named,
    Said,
    Setting,
    lexemes,
    setting_marks,
    statement_document,
)

HOLT = Named(
    "Rena Holt", ("Rena Holt", "Holt", "the harbour master"), 7, "Q1", "harbour master", ("Quay Council",), "Q2"
)


def test_a_statement_is_its_words_and_a_mark_for_everything_it_can_be_filtered_by() -> None:
    said = Said(
        "The valve.", "she", "denied that", "direct", "denied", None, 0.876, None, "2031-05", "interview", HOLT, ()
    )
    document, marks, words = statement_document(said, setting_marks(Setting("Quay Herald", 3, None)))
    assert words == ["the", "valve"]
    assert document.startswith("the valve ¦ §with·denied §with·that ¦ §with·rena §with·holt ¦ §with·she §form·direct")
    assert set(document.split()) == {
        *words,
        BARRIER,
        *"§form·direct §status·denied §stance·unknown §occasion·interview §review·none §hundredth·87 §tenth·8".split(),
        *"§said·y2031 §said·m203105 §byid·7 §bywd·q1 §role·harbour §role·master §of·quay §of·council §ofwd·q2".split(),
        *"§by·the §by·harbour §by·master §by·rena §by·holt".split(),
        *"§with·she §with·denied §with·that §with·rena §with·holt".split(),
        *"§all §pub·none §outletid·3 §outlet·quay §outlet·herald".split(),
    }
    assert f"{BARRIER} §by·rena §by·holt" in marks
    assert f"{BARRIER} §by·holt" not in marks  # part of the longer name


def test_every_token_is_given_to_postgresql_once_with_its_places() -> None:
    assert lexemes("a b ¦ a", "c") == "'a':1,4 'b':2 'c':5"


def test_places_and_their_number_stay_within_what_postgresql_takes() -> None:
    long = lexemes(" ".join(["a"] * 300 + [f"w{n}" for n in range(17_000)]))
    assert long.startswith("'a':1,2,3,")
    assert len(long.split(" ")[0].split(",")) == 256
    assert long.endswith("'w16999':16383")
