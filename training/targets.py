"""Fit whom a statement is about: ``python -m training.targets [RECORDS.jsonl]``.

Everybody whom a statement mentions (``finding/occasions/scenes.py``) whose targets the open corpus (train) notes is a
case; those it notes are right. Statements are matched to the gold as in onrecord.scoring, entities by their names, so
that the model learns from what it will see: speakers and mentions as they are found. A logistic regression (L2,
gradient descent) gives the weights. It prints precision and recall by floor, cross-fitted by article, and writes the
table ``about`` of ``src/onrecord/data/en/target_weights.toml``. RECORDS are those of train with their entities; left
out, they are made.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from onrecord.finding.framing.targets import Features, standing
from onrecord.finding.naming.speakers import name_speakers
from onrecord.finding.occasions.scenes import scenes
from onrecord.finding.pipeline import find
from onrecord.records import Article, Record
from onrecord.scoring import matched
from onrecord.scoring_records import entity_of, same_entity

Floats = npt.NDArray[np.float64]
ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "corpus/gold/train.jsonl"
WEIGHTS = ROOT / "src/onrecord/data/en/target_weights.toml"
FOLDS = 5
L2 = 10.0
STEPS = 3000
LEAST = 10
"""A feature must occur so often to have a weight."""


@dataclass(frozen=True, slots=True)
class Case:
    """One whom a statement mentions: the features, whether the gold notes it, and the fold of the article."""

    features: Features
    right: bool
    fold: int


def cases(gold: Sequence[dict[str, Any]], records: Sequence[Record]) -> Iterator[Case]:
    by_id = {record.article.id: record for record in records}
    for line in gold:
        record = by_id[line["id"]]
        predicted = record.to_dict()
        noted = {other["id"]: one["about"] for one, other in matched(line, predicted) if one.get("about")}
        most = max((len(entity.mentions) for entity in record.entities), default=0)
        for scene in scenes(record):
            wanted = [entity_of(line, id) for id in noted.get(scene.statement.id, ())]
            for id in scene.inside if wanted else ():
                right = any(same_entity(one, entity_of(predicted, id)) for one in wanted)
                yield Case(standing(scene, record.entity(id), most), right, crc32(line["id"].encode()) % FOLDS)


def fit(cases: Sequence[Case], names: Sequence[str]) -> Floats:
    """A weight for each feature: logistic regression by gradient descent with momentum."""
    x = np.array([[case.features.get(name, 0.0) for name in names] for case in cases])
    y = np.array([case.right for case in cases], float)
    step = 1 / (np.linalg.norm(x, 2) ** 2 / len(x) / 4 + L2 / len(x))
    found = speed = np.zeros(len(names))
    for _ in range(STEPS):
        slope = x.T @ (1 / (1 + np.exp(-x @ found)) - y) / len(x) + L2 / len(x) * found
        speed = 0.9 * speed - step * slope
        found = found + speed
    return found


def report(cases: Sequence[Case], names: Sequence[str]) -> None:
    """Precision and recall, each article judged by a model that has not seen it."""
    chances, rights = [], []
    for fold in range(FOLDS):
        weights = fit([case for case in cases if case.fold != fold], names)
        for case in cases:
            if case.fold == fold:
                logit = sum(w * case.features.get(name, 0.0) for name, w in zip(names, weights, strict=True))
                chances.append(1 / (1 + np.exp(-logit)))
                rights.append(case.right)
    chance, right = np.array(chances), np.array(rights)
    for floor in (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5):
        given = chance >= floor
        precision, recall = right[given].mean(), right[given].sum() / right.sum()
        print(f"floor {floor:.2f}  {given.sum():5} given  P {precision:.3f}  R {recall:.3f} of those mentioned")


def main() -> None:
    gold = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    if len(sys.argv) > 1:
        lines = Path(sys.argv[1]).read_text("utf-8").splitlines()
        records = [Record.from_dict(json.loads(line)) for line in lines]
    else:
        records = [name_speakers(find(Article(line["text"], line["id"]), "training")) for line in gold]
    every = list(cases(gold, records))
    counts = Counter(name for case in every for name, value in case.features.items() if value)
    names = [name for name, count in counts.items() if count >= LEAST]
    report(every, names)
    table = "\n".join(f'"{name}" = {weight:.2f}' for name, weight in zip(names, fit(every, names), strict=True))
    kept = re.split(r"^\[about\]$", WEIGHTS.read_text("utf-8"), flags=re.M)[0]
    WEIGHTS.write_text(f"{kept}[about]\n{table}\n", "utf-8")


if __name__ == "__main__":
    main()
