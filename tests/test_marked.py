from __future__ import annotations

import pytest

from marked import parse


def words(marked: str) -> list[dict[str, list[str]]]:
    gold = parse(marked)
    return [
        {role: [gold.text[s:e] for s, e in statement[role]] for role in ("source", "cue", "content")}
        for statement in gold.attributions
    ]


def test_tags_are_taken_out_and_their_words_found() -> None:
    assert parse("[c1 “Never,”] [k1 said] [s1 Rena Holt].").text == "“Never,” said Rena Holt."
    assert words("[c1 “Never,”] [k1 said] [s1 Rena Holt].") == [
        {"source": ["Rena Holt"], "cue": ["said"], "content": ["“Never,”"]}
    ]


@pytest.mark.parametrize(
    ("marked", "contents"),
    [
        ("[c1 A], [k1 said] [s1 Holt], [c1 B].", [["A", "B"]]),
        (
            "[s1 Holt] [k1 says] [c1 [s2 Ito] [k2 lied] [c2 that he won]].",
            [["Ito lied that he won"], ["that he won"]],
        ),
        ("[s1,2 Holt] [k1 said] [c1 A] and [k2 asked] [c2 B].", [["A"], ["B"]]),
        ("[k1 said] [c1 “[the mayor] left”]", [["“[the mayor] left”"]]),
        ("nothing [sic] marked [1]", []),
    ],
    ids=["pieces", "nested", "a shared source", "a bracket inside", "brackets alone"],
)
def test_contents_may_be_in_pieces_nested_or_bracketed(marked: str, contents: list[list[str]]) -> None:
    assert [statement["content"] for statement in words(marked)] == contents


@pytest.mark.parametrize("marked", ["[c1 open", "shut]", "[c1 a]]"])
def test_unequal_brackets_are_refused(marked: str) -> None:
    with pytest.raises(ValueError, match=r"closes nothing|never closed"):
        parse(marked)
