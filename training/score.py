"""F1 of a model folder on the gold sets: ``python -m training.score FOLDER``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from onrecord.finding.pipeline import find
from onrecord.finding.tagging.tagger import Tagger
from onrecord.records import Article, Provenance, Record
from onrecord.scoring import evaluate
from training.calibrate import GOLD, ROOT

SETS = {**GOLD, "corpus-dev": (ROOT / "corpus/gold/dev.jsonl", False)}


def figures(folder: Path) -> dict[str, float]:
    """``"set metric"`` -> F1 (for ``form``, accuracy; for ``calibration``, error)."""
    tagger, out = Tagger(folder, threads=2), {}
    for name, (path, flat) in SETS.items():
        gold = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        articles = [Article(d["text"], str(d["id"])) for d in gold]
        found = [find(a, Record(a, (), Provenance("training")), tagger).to_dict() for a in articles]
        scores = evaluate(gold, found, flat=flat)
        for metric in ("role.source", "role.cue", "role.content", "detected", "attributed", "exact"):
            out[f"{name} {metric}"] = round(scores[metric].f1, 4)
        if scores.form_known:
            out[f"{name} form"] = round(scores.form_right / scores.form_known, 4)
        out[f"{name} calibration"] = round(scores.calibration or 0.0, 4)
    return out


if __name__ == "__main__":
    print(json.dumps(figures(Path(sys.argv[1])), indent=1))
