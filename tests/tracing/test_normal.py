"""Two texts say the same words if and only if their normal forms are equal."""

from __future__ import annotations

import pytest

from onrecord.spans import Span
from onrecord.tracing.wording.normal import keys_of, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“It’s late,” she said", '"It\'s late," she said'),
        ("We won't go", "We will not go"),
        ("I can’t, she couldn’t", "I cannot, she could not"),
        ("the colour of the neighbouring theatre", "the color of the neighboring theater"),
        ("organisations analysed the programme", "organizations analyzed the program"),
        ("he travelled and signalled", "he traveled and signaled"),
        ("three hundred and ten kilometres", "310 kilometers"),
        ("twenty-six children", "26 children"),
        ("1,200 francs", "1200 francs"),
        ("three million francs", "3,000,000 francs"),
        ("Bohumil Vašek", "bohumil vasek"),
        ("yes - or no", "Yes — or no"),
        ("I signed [the form]", "I signed"),
    ],
)
def test_what_makes_no_difference(one: str, other: str) -> None:
    assert keys_of(one) == keys_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We did know", "We did not know"),
        ("eleven posts", "twelve posts"),
        ("1.5 million", "15 million"),
        ("1,200.5", "12,005"),
        ("she said", "she says"),
        ("Bob's valve", "Bob valve"),
        ("two and three", "five"),
        ("one of us", "1 of us and 2 of them"),
    ],
)
def test_what_does(one: str, other: str) -> None:
    assert keys_of(one) != keys_of(other)


def test_every_word_knows_where_it_stands() -> None:
    text = "We won't. Three hundred and ten… I owe it, Dr. Holt said."
    words = words_of(text)
    assert [(w.key, w.span.slice(text)) for w in words][:4] == [
        ("we", "We"),
        ("will", "won't"),
        ("not", "won't"),
        ("#310", "Three hundred and ten"),
    ]
    assert [w.key for w in words if w.breaks] == ["i"]
    assert sorted({w.sentence for w in words}) == [0, 1]


def test_pieces_begin_a_new_clause_and_a_capital_a_new_sentence() -> None:
    text = "“We waited,” she said. “Nobody came.”"
    words = words_of(text, [Span(0, 12), Span(23, 37)])
    assert [(w.key, w.sentence) for w in words] == [("we", 0), ("waited", 0), ("nobody", 1), ("came", 1)]


def test_french_is_taken_apart_at_its_apostrophes() -> None:
    assert [w.key for w in words_of("L’orchestre n’a pas onze mille postes", language="fr")] == [
        "l'", "orchestre", "n'", "a", "pas", "#11000", "postes",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "…", "“”", "\ud83e", "\u202e", "[all of it]", "1,2,3.4.5", "'" * 50])
def test_any_text_has_a_normal_form(text: str) -> None:
    for word in words_of(text):
        assert word.key
        assert word.span.slice(text)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("The UK agreed.", "The United Kingdom agreed."),
        ("The U.N. met in the U.S. today.", "The United Nations met in the United States today."),
        ("St. Peter", "Saint Peter"),
    ],
)
def test_an_abbreviation_and_its_full_words_are_the_same_words(short: str, full: str) -> None:
    assert keys_of(short) == keys_of(full)


def test_us_is_no_country() -> None:
    assert keys_of("They told us.") == ("they", "told", "us")
