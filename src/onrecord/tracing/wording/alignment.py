"""Word by word: which word of a carried wording goes back to which word of the original.

    original  we knew it was slow | we did not know it could stick
    carried   we knew it was slow   we did     know it could stick
              1  1    1  1   1      1  1       1    1  1     1        one cut, nothing changed

The alignment is global in the carried words and local in the original, with an affine cost for what is skipped there
(Gotoh 1982, An improved algorithm for matching biological sequences): leaving words out is cheap, putting words in or
changing them is not. That asymmetry is what parts a trimmed quotation from an altered one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from onrecord.tracing.tables import words as listed
from onrecord.tracing.wording.normal import Token

SAME, SAME_COMMON = 1.5, 1.0
CHANGED, CHANGED_AT_START, CHANGED_KIN = -0.92, -1.1, -0.6
"""The cost of another word; more where a sentence begins, for what is put in behind a sentence is no change of the
next; less for another form of the word."""
ADDED = -0.95
SKIP_OPENS, SKIP_GOES_ON = -0.7, -0.015
SKIP_AT_MARK, SKIP_AT_CLAUSE = -0.3, -0.55
"""What it costs to leave words out before a word behind an ellipsis, and before one that begins a clause."""
HAIR = 1e-9
"""By so much an addition must win: among equals the later word is the one that stands there."""

NOWHERE, ITSELF = -1, -2


@dataclass(frozen=True, slots=True)
class Alignment:
    """For each carried word the place of its original word, or NOWHERE; `same` tells whether the two are one word.

    `score` grows with the words that are alike; `share` is their part of all carried words, content words twice, 0..1.
    """

    places: tuple[int, ...]
    same: tuple[bool, ...]
    score: float
    share: float


def align(carried: Sequence[Token], original: Sequence[Token], language: str | None = None) -> Alignment:
    """The best alignment of the carried words with those of one original."""
    common = listed(language, "common")
    c, o = [word.key for word in carried], [word.key for word in original]
    n, m = len(c), len(o)
    if not n or not m:
        return Alignment((NOWHERE,) * n, (False,) * n, 0.0, 0.0)
    gain = [SAME_COMMON if key in common else SAME for key in c]
    opens = [_cost(carried, k) for k in range(n)]
    begins = [j == 0 or original[j].sentence != original[j - 1].sentence for j in range(m)]
    changed = [CHANGED_AT_START if begin else CHANGED for begin in begins]
    rows, moves = _fill(c, o, gain, opens, changed)
    places, same, score = _trace(c, o, rows, moves)
    whole = sum(1 if key in common else 2 for key in c)
    kept = sum(1 if key in common else 2 for key, is_same in zip(c, same, strict=True) if is_same)
    return Alignment(places, same, score, kept / whole if whole else 0.0)


def _cost(carried: Sequence[Token], at: int) -> float:
    if carried[at].breaks:
        return SKIP_AT_MARK
    return SKIP_AT_CLAUSE if at and carried[at].clause != carried[at - 1].clause else SKIP_OPENS


def _fill(
    c: Sequence[str], o: Sequence[str], gain: Sequence[float], opens: Sequence[float], changed: Sequence[float]
) -> tuple[list[list[float]], list[list[int]]]:
    """The score of the best alignment that ends with carried word i on original word j, and the word before it.

    A move is the place of the carried word before, NOWHERE for a start, or ITSELF where the carried word i is added and
    the place stays that of the one before.
    """
    m = len(o)
    kin = [_kin(other) for other in o]
    floor = float("-inf")
    rows: list[list[float]] = []
    moves: list[list[int]] = []
    for i, key in enumerate(c):
        start = i * ADDED
        row, move = [floor] * m, [NOWHERE] * m
        before = rows[-1] if rows else None
        best_skip, best_at = floor, NOWHERE
        mine = _kin(key)
        for j, other in enumerate(o):
            here = gain[i] if key == other else CHANGED_KIN if mine == kin[j] else changed[j]
            best, origin = start, NOWHERE
            if before is not None:
                if j and before[j - 1] > best:
                    best, origin = before[j - 1], j - 1
                if best_skip > best:
                    best, origin = best_skip, best_at
                best_skip += SKIP_GOES_ON
                if j and before[j - 1] + opens[i] > best_skip:
                    best_skip, best_at = before[j - 1] + opens[i], j - 1
            row[j], move[j] = best + here, origin
            if before is not None and before[j] + ADDED > row[j] + HAIR:
                row[j], move[j] = before[j] + ADDED, ITSELF
        rows.append(row)
        moves.append(move)
    return rows, moves


def _trace(
    c: Sequence[str], o: Sequence[str], rows: Sequence[Sequence[float]], moves: Sequence[Sequence[int]]
) -> tuple[tuple[int, ...], tuple[bool, ...], float]:
    n, m = len(c), len(o)
    j = max(range(m), key=lambda at: rows[-1][at])
    score = rows[-1][j]
    if score <= n * ADDED:
        return (NOWHERE,) * n, (False,) * n, score
    places, same = [NOWHERE] * n, [False] * n
    i = n - 1
    while i >= 0:
        move = moves[i][j]
        if move == ITSELF:
            i -= 1
            continue
        places[i], same[i] = j, c[i] == o[j]
        if move == NOWHERE:
            break
        i, j = i - 1, move
    if not any(same):
        return (NOWHERE,) * n, (False,) * n, score
    return tuple(places), tuple(same), score


def akin(key: str, other: str) -> bool:
    """Whether two words are forms of one, as far as their letters tell; two numbers are akin."""
    return _kin(key) == _kin(other)


def _kin(key: str) -> str:
    return "#" if key[0] == "#" else stem(key)


@lru_cache(maxsize=1 << 16)
def stem(key: str) -> str:
    """A word without its ending: a light stemmer, enough to see that two words may be forms of one."""
    if key.endswith("'s"):
        key = key[:-2]
    for ending, least in (("ations", 4), ("ation", 4), ("ings", 4), ("ing", 4), ("edly", 4), ("ied", 3), ("ies", 3)):
        if key.endswith(ending) and len(key) - len(ending) >= least:
            return _single(key[: -len(ending)])
    for ending, least in (("ers", 4), ("er", 4), ("ed", 3), ("es", 3), ("ly", 4), ("s", 3), ("e", 3), ("y", 3)):
        if key.endswith(ending) and len(key) - len(ending) >= least and not key.endswith("ss"):
            return _single(key[: -len(ending)])
    return key


def _single(word: str) -> str:
    """dropp is drop, issu stays."""
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls" else word
