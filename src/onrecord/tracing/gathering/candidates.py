"""Which carriers share words at all, found without comparing each with each.

A **posting** says that a text, known by its number, holds a fingerprint. For one new text `candidates` asks a `Lookup`
for the holders of its few fingerprints and counts; for a whole collection `sharing` sorts all postings once. Both look
at no more than the first LIMIT holders of a fingerprint: what thousands share is a turn of phrase, and the first
holders of a famous utterance still share all the others with the newcomer. So the cost is that of sorting, n log n.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from onrecord.tracing.gathering.shingles import fingerprints_of

Ints = npt.NDArray[np.int64]

LIMIT = 256
LIMIT_OF_SORTED = 24
MANY = 40
BLOCK = 50_000
LEAST_SHARE = 0.2
ALWAYS = 6


@dataclass(frozen=True, slots=True)
class Sharer:
    """A text that shares `shared` fingerprints with the one asked about."""

    number: int
    shared: int


class Lookup(Protocol):
    """Something that knows which texts hold a fingerprint: a table with an index."""

    def holders(self, fingerprint: int, limit: int) -> Sequence[int]:
        """The numbers of the first `limit` texts that hold it, in ascending order."""
        ...


def candidates(fingerprints: Sequence[int], lookup: Lookup, most: int = MANY) -> tuple[Sharer, ...]:
    """At most `most` texts that share fingerprints with these, those that share most first."""
    counts: Counter[int] = Counter()
    for fingerprint in fingerprints:
        counts.update(lookup.holders(fingerprint, LIMIT))
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Sharer(number, shared) for number, shared in ranked[:most])


def sharing(texts: Sequence[Sequence[str]], most: int = 8) -> Iterator[tuple[int, list[Sharer]]]:
    """For each text that has any, the texts before it that share the most fingerprints with it, in ascending order.

    A text is given by its `plain_words`. A pair is given where it shares LEAST_SHARE of the fingerprints of the one
    that has fewer, or ALWAYS of them.
    """
    owners, fingerprints, sizes = _columns(texts)
    order = np.lexsort((owners, fingerprints))
    owners, fingerprints = owners[order], fingerprints[order]
    begins = np.flatnonzero(_changes(fingerprints))
    group = np.repeat(begins, np.diff(np.append(begins, len(owners))))
    reach = np.minimum(np.arange(len(owners)) - group, LIMIT_OF_SORTED)
    held = np.flatnonzero(reach)
    by_owner = held[np.argsort(owners[held], kind="stable")]
    later = owners[by_owner]
    del order, fingerprints, held
    for start in range(0, len(texts), BLOCK):
        low, high = np.searchsorted(later, [start, start + BLOCK])
        rows = by_owner[low:high]
        if len(rows):
            yield from _block(owners, group[rows], reach[rows], later[low:high], sizes, most)


def _columns(texts: Sequence[Sequence[str]]) -> tuple[Ints, Ints, Ints]:
    """All postings as two columns, the text and the fingerprint, and the number of fingerprints of each text."""
    sizes = np.zeros(len(texts), np.int64)
    held = array("q")
    for number, words in enumerate(texts):
        found = fingerprints_of(words)
        sizes[number] = len(found)
        held.extend(found)
    return np.repeat(np.arange(len(texts)), sizes), np.frombuffer(held, np.int64) if held else sizes[:0], sizes


def _changes(column: Ints) -> npt.NDArray[np.bool_]:
    """Where a sorted column takes a new value."""
    changes = np.ones(len(column), np.bool_)
    changes[1:] = column[1:] != column[:-1]
    return changes


def _block(
    owners: Ints, group: Ints, reach: Ints, later: Ints, sizes: Ints, most: int
) -> Iterator[tuple[int, list[Sharer]]]:
    """The pairs of one stretch of texts. Row by row: the text `later`, and how many, `reach`, of those who hold the
    fingerprint from `group` on come before it."""
    total = int(reach.sum())
    steps = np.arange(total) - np.repeat(np.cumsum(reach) - reach, reach)
    earlier = owners[np.repeat(group, reach) + steps]
    pairs, shared = np.unique(np.repeat(later, reach) * len(sizes) + earlier, return_counts=True)
    one, two = np.divmod(pairs, len(sizes))
    enough = (shared >= LEAST_SHARE * np.minimum(sizes[one], sizes[two])) | (shared >= ALWAYS)
    one, two, shared = one[enough], two[enough], shared[enough]
    if not len(one):
        return
    order = np.lexsort((two, -shared, one))
    one, two, shared = one[order], two[order], shared[order]
    first = np.flatnonzero(_changes(one))
    for begin, end in zip(first.tolist(), np.append(first[1:], len(one)).tolist(), strict=True):
        stop = min(end, begin + most)
        found = zip(two[begin:stop].tolist(), shared[begin:stop].tolist(), strict=True)
        yield int(one[begin]), [Sharer(*pair) for pair in found]
