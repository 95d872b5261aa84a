"""Which texts are alike in meaning, by their sentence vectors: what words do not show, in paraphrase and translation.

Takes vectors as they are, one row a text, each of length 1; who made them is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

BLOCK = 512
ENOUGH_FOR_A_MEAN = 50


def centred(vectors: Vectors, languages: Sequence[str | None]) -> Vectors:
    """The vectors less the mean of their language, of length 1 again.

    Texts of one language lie closer to each other than their meaning asks for; without the mean they do not (Libovický,
    Rosa and Fraser 2020, On the language neutrality of pre-trained multilingual representations). A language with fewer
    than ENOUGH_FOR_A_MEAN texts keeps its own.
    """
    moved = np.array(vectors, np.float32)
    for language in set(languages):
        rows = np.array([of == language for of in languages], np.bool_)
        if rows.sum() >= ENOUGH_FOR_A_MEAN:
            moved[rows] -= moved[rows].mean(axis=0)
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    unit: Vectors = moved / np.maximum(lengths, np.float32(1e-12))
    return unit


def nearest(queries: Vectors, vectors: Vectors, most: int, at_least: float = -1.0) -> Iterator[list[tuple[int, float]]]:
    """For each query the rows of `vectors` closest to it with their cosine, at most `most`, the closest first."""
    for first in range(0, len(queries), BLOCK):
        cosines = queries[first : first + BLOCK] @ vectors.T
        for row in cosines:
            if len(row) > most:
                rows = np.argpartition(-row, most)[:most]
                rows = rows[np.lexsort((rows, -row[rows]))]
            else:
                rows = np.lexsort((np.arange(len(row)), -row))
            yield [(int(at), float(row[at])) for at in rows if row[at] >= at_least]
