"""Where words stand in a text, and the piece of it that is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.archive.searching.matching import Row
from onrecord.archive.searching.snippets import WIDTH, matches, snippet


@pytest.mark.parametrize(
    ("text", "rows", "marked"),
    [
        ("The Valve, the valves.", [Row(("valve",)), Row(("valves",))], ["Valve", "valves"]),
        ("old, old valve", [Row(("old", "valve"))], ["old valve"]),
        ("old old valve", [Row(("old", "valve")), Row(("old",))], ["old", "old valve"]),
        ("valve-valve", [Row(("valve",))], ["valve", "valve"]),
        ("the valvular", [Row(("valv",), open=True)], ["valvular"]),
        ("the old valvular one", [Row(("old", "valv"), open=True)], ["old valvular"]),
        ("在北京市区", [Row(("北京", "京市"))], ["北京市"]),
        ("Müller’s", [Row(("muller",))], ["Müller"]),
        ("nothing", [Row(("valve",))], []),
        ("nothing", [], []),
        ("old", [Row(("old", "valve"))], []),
    ],
)
def test_matches_stand_where_the_words_are(text: str, rows: list[Row], marked: list[str]) -> None:
    assert [text[span.start : span.end] for span in matches(text, rows)] == marked


@given(st.text(alphabet="ab valve\n", max_size=900), st.integers(40, 400))
def test_a_snippet_is_a_piece_of_the_text_and_its_marks_are_in_it(text: str, width: int) -> None:
    found = matches(text, [Row(("valve",)), Row(("a",))])
    piece = snippet(text, found, width)
    assert text[piece.span] == piece.words
    assert piece.cut is (piece.start + len(piece.words) < len(text))
    assert len(piece.words) <= width
    for match, mark in zip(piece.matches, piece.marks, strict=True):
        assert match in found
        assert piece.words[mark.start : mark.end] == text[match.start : match.end]
    if found:
        assert piece.matches


def test_the_piece_with_the_most_matches_is_shown() -> None:
    text = "valve " + "x " * WIDTH + "valve valve valve " + "x " * WIDTH
    piece = snippet(text, matches(text, [Row(("valve",))]))
    assert len(piece.matches) == 3
    assert piece.words.count("valve") == 3
