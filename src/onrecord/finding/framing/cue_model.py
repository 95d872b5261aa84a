"""The stance of cues that the lexicon does not hold: a linear softmax over the cue's words and what stands around it.

Each word of the cue speaks for the four classes with a row of numbers, if it has one, and through its parts of three
to five letters. Rows and parts come from a classifier of the lexicon's own entries over their spelling and the input
embeddings of MiniLM; how far to trust them, and what the construction adds, was then fitted on cues whose entries had
been held out (``training/stance.py``), so that the result is a calibrated probability.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from onrecord.finding.pack import Pack, current, listed, pattern
from onrecord.records import Article, CueClass, Statement

CLASSES: tuple[CueClass, ...] = ("neutral", "endorsing", "distancing", "emotive")
PART_BUCKETS = 4096

Scores = npt.NDArray[np.float64]
"""A number for each of CLASSES, or a row of them for each of many."""


@dataclass(frozen=True, slots=True)
class CueModel:
    """Rows of words and of parts (buckets of hashed letters), and the weights of what stands around; all by class."""

    rows: Mapping[str, Scores]
    parts: Scores
    around: Scores
    trust: float

    def probabilities(self, words: Sequence[str], evidence: Sequence[float]) -> Scores:
        """The probability of each of CLASSES for a cue with this evidence around it."""
        logits = self.trust * self.leaning(words) + np.asarray(evidence) @ self.around
        odds = np.exp(logits - logits.max())
        chances: Scores = odds / odds.sum()
        return chances

    def leaning(self, words: Sequence[str]) -> Scores:
        """What the words alone speak for, as logits."""
        told = content_words(words)
        known = [self.rows[word] for word in told if word in self.rows]
        spelt = [self.parts[parts_of(word)].mean(axis=0) for word in told]
        both = [np.mean(rows, axis=0) for rows in (known, spelt) if rows]
        leaning: Scores = np.sum(both, axis=0) if both else np.zeros(len(CLASSES))
        return leaning


def content_words(words: Sequence[str]) -> list[str]:
    """The words that say how something was said."""
    return [word for word in words if word not in listed("passed_over") and len(word) > 1]


def parts_of(word: str) -> list[int]:
    """The buckets of a word's stretches of three to five letters, its ends marked."""
    marked = f"^{word}$"
    stretches = (marked[n : n + size] for size in (3, 4, 5) for n in range(len(marked) - size + 1))
    return [zlib.crc32(stretch.encode()) % PART_BUCKETS for stretch in stretches]


def evidence(article: Article, statement: Statement, words: Sequence[str]) -> list[float]:
    """What stands around a cue: 1 where it holds. The first is the bias."""
    text, content = article.text, statement.content[0]
    opening = text[content.start : content.start + 12].lower().split()[:1]
    holds = [
        True,
        statement.form == "direct",
        statement.form == "mixed",
        not statement.source,
        content.start < statement.cue[0].start,
        words[0] in listed("cue_determiners"),
        any(pattern("gerund").fullmatch(word) for word in words),
        len(content_words(words)) > 1,
        *(opening == [word] for word in current().in_order("openings")),
    ]
    return [float(held) for held in holds]


@cache
def load_cue_model(pack: Pack) -> CueModel:
    """The model of a language pack."""
    with np.load(io.BytesIO(pack.content("stance.npz"))) as data:
        words = data["words"].tobytes().decode().split()
        rows = data["rows"] * data["scale"]
        return CueModel(
            dict(zip(words, rows, strict=True)), data["parts"] * data["scale"], data["around"], float(data["trust"])
        )
