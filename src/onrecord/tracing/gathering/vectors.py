"""Which texts are alike in meaning, by their sentence vectors: what words do not show, in paraphrase and translation.

Takes vectors as they are, one row a text, each of length 1; who made them is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

BLOCK = 512


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
