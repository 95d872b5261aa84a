"""An index of near neighbours in a file of its own. The only file that imports usearch.

Hierarchical navigable small worlds (Malkov and Yashunin 2018): a search visits a few hundred vectors of millions, and
may miss some of the nearest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from onrecord.archive.store.placing import put_in_place
from onrecord.errors import DamagedArchive, MissingExtra

EXTRA = "semantic"
MAGIC, DIGEST = b"onrecord-near-1\n", 32


class Neighbours:
    """The index in `file`, which is read where it is there. Raises MissingExtra without usearch."""

    def __init__(self, file: Path, model: str, dimensions: int) -> None:
        try:
            # Loaded behind usearch, onnxruntime crashes (usearch 2.26.6, onnxruntime 1.32.0, Linux): it comes first.
            import onnxruntime  # noqa: F401
            from usearch.index import Index
        except ImportError:
            raise MissingExtra.named(EXTRA, "usearch") from None
        self._file = file
        self._index = Index(ndim=dimensions, metric="cos", dtype="i8")
        if not file.exists():
            return
        kept = file.read_bytes()
        digest, packed = kept[len(MAGIC) : len(MAGIC) + DIGEST], kept[len(MAGIC) + DIGEST :]
        if not kept.startswith(MAGIC) or hashlib.sha256(packed).digest() != digest:
            raise self._damaged("altered or cut short")  # usearch itself would not notice, and crash
        self._index.load(packed)
        if self._index.ndim != dimensions:
            raise self._damaged(f"{self._index.ndim} dimensions, not the {dimensions} of {model}")

    def ids(self) -> set[int]:
        """What is in it."""
        return {int(key) for key in self._index.keys} if len(self._index) else set()

    def add(self, ids: Sequence[int], vectors: npt.NDArray[np.int8]) -> None:
        """Put vectors in, one row an id."""
        if len(ids):
            self._index.add(np.array(ids, np.uint64), vectors)

    def drop(self, ids: Iterable[int]) -> None:
        """Take vectors out; those that are not there are passed over."""
        for id in ids:
            if self._index.contains(id):
                self._index.remove(id)

    def nearest(self, vector: npt.NDArray[np.int8], n: int) -> list[tuple[int, float]]:
        """Ids and cosines of about the `n` nearest, the nearest first."""
        found = self._index.search(vector, n)
        return [(int(key), 1.0 - float(far)) for key, far in zip(found.keys, found.distances, strict=True)]

    def save(self) -> None:
        """Write it, in the place of the old one only when all is written."""
        packed = bytes(self._index.save() or b"")
        with put_in_place(self._file) as part, part.open("wb") as stream:
            stream.write(MAGIC + hashlib.sha256(packed).digest())
            stream.write(packed)

    def _damaged(self, why: str) -> DamagedArchive:
        return DamagedArchive(
            f"{self._file}, no index of these vectors ({why})",
            "one that onrecord made",
            "Delete it, and make it again: onrecord likeness --build",
        )
