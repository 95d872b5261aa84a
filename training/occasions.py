"""Fit which occasion a statement belongs to: ``python -m training.occasions RECORDS.jsonl``.

RECORDS are those of the open corpus (train) as the engine makes them. Each candidate of a statement
(``finding/occasions/event_mentions.py``) is a case, right where its kind is that of the gold; statements are matched to
the gold as in onrecord.scoring. A logistic regression (L2, gradient descent) gives the weights. It prints, by floor and
cross-fitted by article, how often the kind is right where the gold has one, how many of those given are right, and how
often one is given where the gold has none; and writes ``src/onrecord/data/en/occasion_weights.toml``.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from onrecord.finding.occasions.attributing import event_of_article
from onrecord.finding.occasions.event_mentions import Candidate, Tellings
from onrecord.records import Record
from onrecord.scoring import matched
from onrecord.scoring_records import KIND_OF

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "corpus/gold/train.jsonl"
WEIGHTS = ROOT / "src/onrecord/data/en/occasion_weights.toml"
HEAD = (
    "# How likely a statement belongs to an occasion: features of finding/occasions/event_mentions.py,\n"
    "# fitted by training.occasions.\n"
)
FOLDS = 5
L2 = 4.0
STEPS = 1500
LEAST = 20
"""A feature must occur so often to have a weight."""

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Case:
    """One statement: its candidates, the kind of its occasion in the gold, and the fold of its article."""

    candidates: Sequence[Candidate]
    kind: str | None
    fold: int


def cases(gold: Sequence[dict[str, Any]], records: Mapping[str, Record]) -> Iterator[Case]:
    for line in gold:
        record = records[line["id"]]
        tellings = Tellings(record, event_of_article(record))
        for one, other in matched(line, record.to_dict()):
            kind = str((one.get("occasion") or {}).get("kind") or "").replace("_", " ")
            statement = record.statement(other["id"])
            candidates = tuple(tellings.candidates(statement, tellings.place(statement)))
            yield Case(candidates, KIND_OF.get(kind), crc32(line["id"].encode()) % FOLDS)


def fit(cases: Sequence[Case], names: Sequence[str]) -> Weights:
    """A weight for each feature, and the bias: logistic regression by gradient descent with momentum."""
    each = [(candidate, candidate.kind == case.kind) for case in cases for candidate in case.candidates]
    x = np.array([[*(name in candidate.features for name in names), True] for candidate, _ in each], float)
    y = np.array([right for _, right in each], float)
    shrink = np.array([L2] * len(names) + [0.0]) / len(x)
    step = 1 / (np.linalg.norm(x, 2) ** 2 / len(x) / 4 + L2 / len(x))
    found = speed = np.zeros(len(names) + 1)
    for _ in range(STEPS):
        speed = 0.9 * speed - step * (x.T @ (1 / (1 + np.exp(-x @ found)) - y) / len(x) + shrink * found)
        found = found + speed
    return dict(zip([*names, "bias"], found.tolist(), strict=True))


def report(cases: Sequence[Case], names: Sequence[str]) -> None:
    """What each floor gives, each article judged by weights that have not seen it."""
    best: list[tuple[float, str | None, str | None]] = []
    for fold in range(FOLDS):
        weights = fit([case for case in cases if case.fold != fold], names)
        for case in cases:
            if case.fold == fold:
                chances = [(candidate.chance(weights), candidate.kind) for candidate in case.candidates]
                best.append((*max(chances, default=(0.0, None), key=lambda pair: pair[0]), case.kind))
    for floor in (0.2, 0.25, 0.3, 0.35, 0.4, 0.5):
        given = [(kind, wanted) for chance, kind, wanted in best if chance >= floor]
        right = sum(kind == wanted for kind, wanted in given)
        none = sum(wanted is None for _, wanted in given)
        there = sum(wanted is not None for *_, wanted in best)
        print(
            f"floor {floor:.2f}  right where the gold has one {right / there:.3f} of {there}  of those given "
            f"{right / len(given):.3f}  given where it has none {none / (len(best) - there):.3f}"
        )


def main() -> None:
    gold = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    lines = Path(sys.argv[1]).read_text("utf-8").splitlines()
    records = {record.article.id: record for record in (Record.from_dict(json.loads(line)) for line in lines)}
    every = list(cases(gold, records))
    counts = Counter(name for case in every for candidate in case.candidates for name in candidate.features)
    names = sorted(name for name, count in counts.items() if count >= LEAST)
    report(every, names)
    table = "\n".join(f'"{name}" = {weight:.2f}' for name, weight in fit(every, names).items())
    WEIGHTS.write_text(f"{HEAD}{table}\n", "utf-8")


if __name__ == "__main__":
    main()
