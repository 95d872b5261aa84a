"""Vectors are handed on as likeness; each text is encoded once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from onrecord.embedding import Meanings, Vectors


class Letters:
    """A stand-in for a model: how often each of three letters stands in a text."""

    name, dimensions, crosslingual = "letters", 3, False

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded += texts
        counts = np.array([[text.count(letter) for letter in "abc"] for text in texts], np.float32)
        unit: Vectors = counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-9)
        return unit


def test_a_row_for_each_left_and_a_number_for_each_right() -> None:
    meanings = Meanings(Letters())
    assert meanings.between(["a", "b"], ["aa", "bb", "ab"]) == [
        [1, 0, np.float32(0.5**0.5)],
        [0, 1, np.float32(0.5**0.5)],
    ]
    assert meanings.between([], ["a"]) == []
    assert meanings.between(["a"], []) == [[]]
    assert not meanings.crosslingual


def test_a_text_is_encoded_once_while_it_is_kept() -> None:
    letters = Letters()
    meanings = Meanings(letters, kept=3)
    meanings.between(["a", "a"], ["b"])
    meanings.between(["b"], ["a", "c"])
    assert letters.encoded == ["a", "b", "c"]
    meanings.between(["d"], ["a"])  # one too many: all are let go, and the new one kept
    assert meanings.between(["a"], ["b"]) == [[0.0]]
    assert letters.encoded[:4] == ["a", "b", "c", "d"]
