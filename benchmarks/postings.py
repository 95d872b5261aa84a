"""Postings in memory, for measuring without a database."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
MERGE_AT = 50_000


class Postings:
    """A Lookup in memory that grows: sorted columns, and a few newcomers beside them until they are merged in.

    About 16 bytes a posting.
    """

    def __init__(self) -> None:
        self._fingerprints: Ints = np.empty(0, np.int64)
        self._numbers: Ints = np.empty(0, np.int64)
        self._new: dict[int, list[int]] = {}
        self._waiting = 0

    def __len__(self) -> int:
        return len(self._numbers) + self._waiting

    def add(self, number: int, fingerprints: Sequence[int]) -> None:
        """Put in a text. Numbers must grow from call to call for `holders` to be in order."""
        for fingerprint in fingerprints:
            self._new.setdefault(fingerprint, []).append(number)
        self._waiting += len(fingerprints)
        if self._waiting > max(MERGE_AT, len(self._numbers) // 4):
            self._merge()

    def add_many(self, numbers: Ints, fingerprints: Ints) -> None:
        """Put in many postings at once, as two columns of one length."""
        self._sort(np.concatenate([self._numbers, numbers]), np.concatenate([self._fingerprints, fingerprints]))

    def holders(self, fingerprint: int, limit: int) -> Sequence[int]:
        """The numbers of the first `limit` texts that hold it."""
        first = int(np.searchsorted(self._fingerprints, fingerprint, "left"))
        last = int(np.searchsorted(self._fingerprints[first : first + limit], fingerprint, "right"))
        found: list[int] = self._numbers[first : first + last].tolist()
        if self._new:
            found += self._new.get(fingerprint, ())[: limit - len(found)]
        return found

    def _merge(self) -> None:
        numbers = [number for held in self._new.values() for number in held]
        fingerprints = [fingerprint for fingerprint, held in self._new.items() for _ in held]
        self._new, self._waiting = {}, 0
        self.add_many(np.array(numbers, np.int64), np.array(fingerprints, np.int64))

    def _sort(self, numbers: Ints, fingerprints: Ints) -> None:
        order = np.lexsort((numbers, fingerprints))
        self._fingerprints, self._numbers = fingerprints[order], numbers[order]
