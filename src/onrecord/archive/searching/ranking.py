"""In what order hits come: how well the words fit, how sure the statement is, how new it is.

    score = fit + 0.10 confidence + 0.01 a year

`fit` is BM25 (Robertson and Zaragoza 2009; k1 1.2, b 0.75) over the words of the content: rare words count more,
another form of a word 0.8 of the word itself, and a long text less. It is divided by the weight of all that was asked,
so that about 1 is a short statement which says just that. Ten years weigh as much as going from no confidence to all.
Nothing of it is a probability. Computed here, not by the database, so that both give one order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import log1p

from onrecord.archive.indexing.words import fold, words
from onrecord.archive.searching.matching import Concept, Needle, Row, Where

K1, B = 1.2, 0.75
USUAL_LENGTH: dict[Where, int] = {"statements": 150, "articles": 2_500}  # characters
CONFIDENCE = 0.10
A_YEAR = 0.01
EPOCH = date(2000, 1, 1).toordinal()
DAYS = 365.25
TYPOGRAPHIC = "“”’‘–—…«»\u00a0\ufeff"


@dataclass(frozen=True, slots=True)
class Score:
    """What a hit owes its place to; `total` is the sum."""

    fit: float
    confidence: float
    recency: float

    @property
    def total(self) -> float:
        return round(self.fit + self.confidence + self.recency, 6)


def weight(frequency: int, total: int) -> float:
    """How much a word counts that stands in `frequency` of `total` statements: its inverse document frequency."""
    return round(log1p((max(total, frequency) - frequency + 0.5) / (frequency + 0.5)), 3)


class Ranker:
    """Scores texts against what a query asks for; `weights` holds one number a concept."""

    def __init__(self, concepts: Sequence[Concept], weights: Sequence[float], usual_length: int) -> None:
        self._weights = weights
        self._all = sum(weights) or 1.0
        self._usual = usual_length
        self._needles: list[tuple[int, Needle, float]] = []
        self._rows: dict[str, list[tuple[int, Row]]] = {}
        for number, concept in enumerate(concepts):
            self._needles += [(number, needle, share) for needle, share in concept.needles]
            for row in concept.rows if not concept.needles else ():
                self._rows.setdefault(row.tokens[0], []).append((number, row))

    def score(self, content: str, confidence: float, published: str | None) -> Score:
        """The score of one statement."""
        years = (date.fromisoformat(published).toordinal() - EPOCH) / DAYS if published else 0.0
        return Score(round(self.fit(content), 6), round(CONFIDENCE * confidence, 6), round(A_YEAR * years, 6))

    def fit(self, content: str) -> float:
        """How well a text fits, 0 to a little over 2."""
        counts: dict[int, float] = {}
        if self._needles:
            folded = _folded(content)
            for number, needle, share in self._needles:
                if needle.letters in folded and (n := _occurrences(folded, needle)):
                    counts[number] = counts.get(number, 0.0) + share * n
        if self._rows:
            self._count_rows(words(content), counts)
        norm = K1 * (1 - B + B * len(content) / self._usual)
        return sum(self._weights[n] * count * (K1 + 1) / (count + norm) for n, count in counts.items()) / self._all

    def _count_rows(self, found: Sequence[str], counts: dict[int, float]) -> None:
        for at, word in enumerate(found):
            for number, row in self._rows.get(word, ()):
                here = found[at : at + len(row.tokens)]
                exact = tuple(here) == row.tokens
                if exact or (row.open and len(here) == len(row.tokens) and _begins(here, row.tokens)):
                    counts[number] = counts.get(number, 0.0) + 1.0


def _folded(content: str) -> str:
    """`content` without case and accents; typographic signs first, which alone would make it the slow case."""
    if not content.isascii():
        for sign in TYPOGRAPHIC:
            if sign in content:
                content = content.replace(sign, " ")
    return fold(content)


def _occurrences(folded: str, needle: Needle) -> int:
    n, size = 0, len(needle.letters)
    at = folded.find(needle.letters)
    while at >= 0:
        end = at + size
        if not (needle.begins and at and folded[at - 1].isalnum()) and not (
            needle.ends and end < len(folded) and folded[end].isalnum()
        ):
            n += 1
        at = folded.find(needle.letters, end)
    return n


def _begins(here: Sequence[str], tokens: Sequence[str]) -> bool:
    return tuple(here[:-1]) == tokens[:-1] and here[-1].startswith(tokens[-1])
