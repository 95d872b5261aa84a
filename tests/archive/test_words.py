"""The words of a text, cut and folded as both databases index them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.archive.indexing.stemming import stem
from onrecord.archive.indexing.words import LONGEST, asked_words, fold, words, words_in_place


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The valve, shut.", ["the", "valve", "shut"]),
        ("don’t", ["don", "t"]),
        ("S-400s", ["s", "400s"]),
        ("Müller Ærø naïve", ["muller", "ærø", "naive"]),
        ("Łódź", ["łodz"]),  # Ł is a letter of its own, not one with an accent
        ("Стёпа", ["степа"]),
        ("STRASSE straße", ["strasse", "strasse"]),
        ("snake_case_", ["snake", "case"]),
        ("北京市", ["北京", "京市", "市"]),
        ("iPhone手机", ["iphone", "手机", "机"]),
        ("한국어 단어", ["한국어", "단어"]),
        ("हिन्दी", ["हिन्दी"]),
        ("½ ﬁsh", ["12", "fish"]),
        ("§by·holt ¦", ["by", "holt"]),  # no text makes a mark
        ("", []),
        ("!? — …", []),
    ],
)
def test_words_are_runs_of_letters_without_case_and_accents(text: str, found: list[str]) -> None:
    assert words(text) == found


@given(st.text())
def test_words_and_words_in_place_are_the_same_and_stand_where_they_say(text: str) -> None:
    placed = list(words_in_place(text))
    assert [word.word for word in placed] == words(text)
    for word in placed:
        assert fold(text[word.start : word.end])[:1] or word.word
        assert 0 <= word.start < word.end <= len(text)


@given(st.text())
def test_no_word_holds_what_a_database_would_take_for_a_sign(text: str) -> None:
    for word in words(text):
        assert word
        assert len(word) <= LONGEST * 18  # a character may fold to as many
        assert not set(word) & set(" \"'()*:&|!<>\\§·¦%_-+,")


@given(st.text(alphabet="北京市大学 ab"), st.integers(0, 6), st.integers(1, 6))
def test_any_part_of_a_run_without_spaces_is_a_phrase_of_its_pairs(text: str, start: int, length: int) -> None:
    part = text[start : start + length]
    if not part or not all(character in "北京市大学" for character in part):
        return
    asked = asked_words(part)
    indexed = words(text)
    places = range(len(indexed) - len(asked) + 1)
    assert any(
        all(
            indexed[at + n].startswith(word) if open_ else indexed[at + n] == word
            for n, (word, open_) in enumerate(asked)
        )
        for at in places
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("negotiations", "negotiated", True),
        ("denied", "denies", True),
        ("news", "new", False),  # an exception of the algorithm
        ("police", "policy", False),
        ("s400", "s40", False),
        ("степа", "степы", False),  # only English has stems
    ],
)
def test_forms_of_a_word_share_a_stem(one: str, other: str, same: bool) -> None:
    assert (stem(one) == stem(other)) is same
