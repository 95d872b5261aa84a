"""Pairs of an original utterance and a report of it, made by program from real quotations: faithful, or distorted.

    python -m training.pairs OUT.jsonl [--part train|evaluation] [--most N]

An original is a sentence that somebody is quoted with, or that stands in an article, with what stands around it. The
report is that sentence with one edit that turns its sense (`edits`), or with none; then with one or two rewritings that
keep it (`rewrites`), which are drawn alike for both; then put into reported speech (`indirect`), into quotation marks,
or partly into them. So no word alone tells the label: each edit's words also stand in faithful reports. For German,
French, Spanish and Russian the translations of NTREX are the reports, as they are or edited (`translations`); the
development events give reports written by people (`events`).

Articles are drawn for training or for evaluation by their digest: PolNeAR dev, an eighth of PolNeAR train, a third of
Wikinews and the odd lines of NTREX are for evaluation alone. Three kinds of edit are never trained on: see
HELD_OUT_KINDS. The same seed makes the same pairs. The texts are other people's: what is written stays out of the
repository.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

HELD_OUT_KINDS = frozenset(("currency changed", "one of", "order reversed"))
"""Edits that the training part never holds: one of quantity, one of quantifier and one of time."""

HELD_OUT_EVENTS = frozenset(("Q", "V", "Z", "AA", "M", "N"))
"""Events that nothing here reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """An original utterance, what was said before and after it, and a report of it.

    `report` is the content alone; `cue` the words that ascribe it ("" where they add nothing). `kind` is the edit, or
    the rewritings of a faithful one.
    """

    original: str
    before: str
    after: str
    report: str
    form: Literal["direct", "indirect", "mixed"]
    language: str
    original_language: str
    label: Literal["faithful", "distorted"]
    kind: str
    source: str
    cue: str = ""
