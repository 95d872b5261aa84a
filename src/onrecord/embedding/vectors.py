"""A model of sentence vectors as others see it, and how alike texts are by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


class Embedder(Protocol):
    """A model of sentence vectors."""

    @property
    def name(self) -> str:
        """The model and its version: vectors of two names are not compared."""
        ...

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        ...

    @property
    def crosslingual(self) -> bool:
        """Whether a text and its translation lie close together."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row a text, (n, dimensions), each of length 1; the same text gives the same row in any company."""
        ...


class Meanings:
    """How alike texts are by an embedder: the `Likeness` that verdicts ask for. Vectors of texts met are kept."""

    def __init__(self, embedder: Embedder, kept: int = 4096) -> None:
        self.embedder = embedder
        self._kept = kept
        self._vectors: dict[str, Vectors] = {}

    @property
    def crosslingual(self) -> bool:
        """Whether the two sides may be in different languages."""
        return self.embedder.crosslingual

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One row a text."""
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        found = dict(zip(new, self.embedder.encode(new), strict=True)) if new else {}
        rows = [found[text] if text in found else self._vectors[text] for text in texts]
        if len(self._vectors) + len(found) > self._kept:
            self._vectors.clear()
        self._vectors.update(found)
        return np.array(rows, np.float32).reshape(len(rows), self.embedder.dimensions)

    def between(self, left: Sequence[str], right: Sequence[str]) -> list[list[float]]:
        """A row for each text of `left`, in it the cosine with each text of `right`."""
        both = self.vectors([*left, *right])
        cosines: list[list[float]] = np.clip(both[: len(left)] @ both[len(left) :].T, -1, 1).tolist()
        return cosines
