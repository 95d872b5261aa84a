"""Where the words of a carried statement stand among all that was said: in one utterance, or pieced from several.

carried    Thank you, chair. I do not intend to dismiss anyone.
original   2 ────────────┘   4 ───────────────────────────────┘
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import groupby, pairwise, takewhile

from onrecord.tracing.tables import words as listed
from onrecord.tracing.wording.alignment import NOWHERE, Alignment, align
from onrecord.tracing.wording.normal import Token, words_of

MOST = 5
"""Originals that are aligned, those that share most words first."""

PREFERRED = 0.6
"""What the named speaker's own words are ahead, in points of the alignment."""

LEAST_RUN = 2
"""Words in a row, one of them with content, that may come from another place."""


LEAST_COMMON_RUN = 5
"""The same for common words only."""

MOST_OF = 0.6
"""The part of a run that must stand together elsewhere."""

ISLAND = 3
"""So many words, found by chance between words that were not, go with those."""


@dataclass(frozen=True, slots=True)
class Placement:
    """For each carried word the original it goes back to and its place there, both NOWHERE where it is the carrier's.

    `same` tells whether the two are one word; `chief` is the original that most goes back to, NOWHERE if none; `share`
    the part of the carried words (content words twice) that are found unchanged, 0..1.
    """

    which: tuple[int, ...]
    places: tuple[int, ...]
    same: tuple[bool, ...]
    chief: int
    share: float


@lru_cache(maxsize=4096)
def original_words(text: str, language: str | None) -> tuple[Token, ...]:
    """The words of an original, kept for the next statement that is compared with it."""
    return words_of(text, language=language)


def place(
    carried: Sequence[Token],
    originals: Sequence[Sequence[Token]],
    preferred: Collection[int] = (),
    language: str | None = None,
) -> Placement:
    """The best place of every carried word among the originals; those `preferred` (by number) win when all is equal."""
    n = len(carried)
    best, chief, points = Alignment((NOWHERE,) * n, (False,) * n, 0.0, 0.0), NOWHERE, float("-inf")
    likely = _likely(carried, originals, preferred, language)
    for number in likely:
        found = align(carried, originals[number], language)
        score = found.score + (PREFERRED if number in preferred else 0.0)
        if found.share > 0 and score > points:
            best, chief, points = found, number, score
    which = [chief if at != NOWHERE else NOWHERE for at in best.places]
    places, same = list(best.places), list(best.same)
    if likely and not all(same):
        which, places, same = _by_sentence(carried, originals, likely, language, (which, places, same))
    for run in _loose(carried, same, language):
        _place_elsewhere(carried, originals, run, which, places, same)
    common = listed(language, "common")
    weights = [1 if word.key in common else 2 for word in carried]
    share = sum(w for w, is_same in zip(weights, same, strict=True) if is_same) / (sum(weights) or 1)
    return Placement(tuple(which), tuple(places), tuple(same), _chief(which, same, weights, chief), share)


Places = tuple[list[int], list[int], list[bool]]


def _by_sentence(
    carried: Sequence[Token],
    originals: Sequence[Sequence[Token]],
    likely: Sequence[int],
    language: str | None,
    whole: Places,
) -> Places:
    """The places found for each sentence by itself, where more words stand there than in the alignment of the whole:
    so it is when sentences have changed places."""
    sentences = sorted({word.sentence for word in carried})
    if len(sentences) < 2:
        return whole
    which: list[int] = []
    places: list[int] = []
    same: list[bool] = []
    for sentence in sentences:
        part = [word for word in carried if word.sentence == sentence]
        found = [(align(part, originals[number], language), number) for number in likely]
        best, number = max(found, key=lambda pair: (pair[0].score, -likely.index(pair[1])))
        which += [number if at != NOWHERE else NOWHERE for at in best.places]
        places += best.places
        same += best.same
    taken = [(a, b) for a, b in zip(which, places, strict=True) if a != NOWHERE]
    if len(set(taken)) < len(taken) or sum(same) <= sum(whole[2]):
        return whole
    return which, places, same


def _likely(
    carried: Sequence[Token], originals: Sequence[Sequence[Token]], preferred: Collection[int], language: str | None
) -> list[int]:
    """The numbers of the originals that share most words and pairs of words."""
    common = listed(language, "common")
    keys = {word.key for word in carried}
    content = keys - common
    pairs = {(a.key, b.key) for a, b in pairwise(carried)}
    scored = []
    for number, original in enumerate(originals):
        there = {word.key for word in original}
        twins = {(a.key, b.key) for a, b in pairwise(original)}
        score = 2 * len(content & there) + 0.5 * len(keys & there) + 3 * len(pairs & twins) + (number in preferred)
        if keys & there:
            scored.append((-score, number))
    return [number for _, number in sorted(scored)[:MOST]]


def _loose(carried: Sequence[Token], same: Sequence[bool], language: str | None) -> list[tuple[int, int]]:
    """The longest runs of words not found in the chief original (first, past the last); a few words between two of them
    that happen to stand there too belong to the run."""
    common = listed(language, "common")
    loose = [not is_same for is_same in same]
    for first, last in _stretches([*same]):
        inside = first > 0 and last < len(carried)
        if inside and last - first <= ISLAND and last - first < _run_around(loose, first, last):
            loose[first:last] = [True] * (last - first)
    runs = []
    for first, last in _stretches(loose):
        content = any(carried[k].key not in common for k in range(first, last))
        if last - first >= (LEAST_RUN if content else LEAST_COMMON_RUN):
            runs.append((first, last))
    return runs


def _stretches(marks: Sequence[bool]) -> list[tuple[int, int]]:
    """The stretches of marks that are set: first, past the last."""
    groups = (list(group) for mark, group in groupby(range(len(marks)), marks.__getitem__) if mark)
    return [(group[0], group[-1] + 1) for group in groups]


def _run_around(loose: Sequence[bool], first: int, last: int) -> int:
    """How many loose words stand right before and right behind a stretch."""
    return sum(sum(1 for _ in takewhile(bool, side)) for side in (reversed(loose[:first]), loose[last:]))


def _place_elsewhere(
    carried: Sequence[Token],
    originals: Sequence[Sequence[Token]],
    run: tuple[int, int],
    which: list[int],
    places: list[int],
    same: list[bool],
) -> None:
    """Put a run, or the most of it, where it stands word for word in any original, grown by its neighbours as far as
    they stand there."""
    keys = [word.key for word in carried]
    first, last = run
    length, start, number, at = 0, 0, NOWHERE, 0
    for candidate, original in enumerate(originals):
        found = SequenceMatcher(None, keys[first:last], [word.key for word in original], False).find_longest_match()
        if found.size > length:
            length, start, at, number = found.size, found.a, found.b, candidate
    if number == NOWHERE or length < max(LEAST_RUN, MOST_OF * (last - first)):
        return
    there = [word.key for word in originals[number]]
    start += first
    end = start + length
    while start and at and keys[start - 1] == there[at - 1]:
        start, at = start - 1, at - 1
    while end < len(keys) and at + end - start < len(there) and keys[end] == there[at + end - start]:
        end += 1
    for k in range(start, end):
        which[k], places[k], same[k] = number, at + k - start, True


def _chief(which: Sequence[int], same: Sequence[bool], weights: Sequence[int], chief: int) -> int:
    sums: dict[int, int] = {}
    for number, is_same, weight in zip(which, same, weights, strict=True):
        if number != NOWHERE and is_same:
            sums[number] = sums.get(number, 0) + weight
    return max(sums, key=lambda number: (sums[number], number == chief), default=NOWHERE)
