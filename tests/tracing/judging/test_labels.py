"""Who speaks where: labels in every style and script are found, and what only looks like one is not."""

from __future__ import annotations

import pytest

from onrecord.tracing.judging.labels import lone_turn, turns

STYLES = [
    ("RENA HOLT: It was old.\n\nQ: Why?", "RENA HOLT", "Q"),
    ("Rena Holt (harbour master): It was old.\n\nOla Fern (Quay Herald): Why?", "Rena Holt (harbour master)", None),
    ("С.В.Холт: Он был старый.\n\nВопрос: Почему?", "С.В.Холт", "Вопрос"),
    ("**Holt:** It was old.\n\n**Fern:** Why?", "Holt", "Fern"),
    ("[00:12] Holt: It was old.\n[00:15] Fern: Why?", "Holt", "Fern"),
    ("00:00:12 - Holt: It was old.\n00:00:15 - Fern: Why?", "Holt", "Fern"),
    ("1. Holt: It was old.\n2. Fern: Why?", "Holt", "Fern"),
    ("Holt：古い。\nFern：なぜ？", "Holt", "Fern"),
    ("田中：古い。\n記者：なぜ？", "田中", "記者"),
    ("Frage: Warum?\n\nHolt: Sie war alt.", "Frage", "Holt"),
    ("HOLT: “It was old.”\nFERN [in French]: Why?", "HOLT", "FERN [in French]"),
    ("Q. Why?\nA. It was old.", "Q", "A"),
    ("12  Q. Why?\n13  A. It was old.", "Q", "A"),
    ("[Holt] It was old.\n[Fern] Why?", "Holt", "Fern"),
    ("HOLT — It was old.\nFERN — Why?\nHOLT — Yes.\nFERN — Why?", "HOLT", "FERN"),
    ("HOLT\nIt was old.\n\nQUESTION\nWhy?\n\nHOLT\nYes.", "HOLT", "QUESTION"),
    ("Rena Holt\nIt was old.\n\nВопрос\nWhy?\n\nRena Holt\nYes.", "Rena Holt", "Вопрос"),
    ("– Why was it old?\n– It was old.\n– Who knew?\n– All of us.", "–", "–"),
]


@pytest.mark.parametrize(("text", "first", "second"), STYLES)
def test_turns_are_found_in_every_style(text: str, first: str, second: str | None) -> None:
    found = turns(text)
    assert found[0].label.slice(text).strip() == first
    assert second is None or found[1].label.slice(text).strip() == second
    for turn in found:
        assert turn.said.start > turn.label.start
        assert turn.said.slice(text)


@pytest.mark.parametrize(
    "text",
    [
        "The price: 7 francs.\n\nnothing else: no.",
        "Note: this was edited.\n\nSource: our own.",
        "What Next\n\nThe harbour stays shut.\n\nWho Pays\n\nThe town does.",  # headlines come once
        "– bread\n– milk\n– eggs",  # a list
        "– bread\n– milk\n– eggs\n– salt",
        "Holt said that it was old. Fern asked why.",
        "",
    ],
)
def test_what_only_looks_like_a_label_is_none(text: str) -> None:
    assert turns(text) == ()


def test_one_label_at_the_head_of_a_statement_names_its_speaker() -> None:
    text = "From the harbour office.\n\nRena Holt: It was old.\n\nWe had asked for a new one."
    turn = lone_turn(text)
    assert turn is not None
    assert turn.label.slice(text) == "Rena Holt"
    assert turn.said.slice(text) == "It was old.\n\nWe had asked for a new one."
    assert lone_turn("The price: 7 francs.") is None
    assert lone_turn("Prices: 7 francs.") is None
