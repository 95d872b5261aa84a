"""Verdicts on annotated events from gold statements stay as good as they were, also on events no rule was made for."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import get_args

import pytest

from evals import carriage
from onrecord.tracing.values import VerdictClass

WANTED = {
    "own": {"verdict": 0.9, "verdict.macro_f1": 0.8, "utterance": 0.93, "alarm.recall": 0.7, "alarm.precision": 0.9},
    "shared": {
        "verdict": 0.92,
        "verdict.macro_f1": 0.93,
        "utterance": 0.95,
        "alarm.recall": 0.85,
        "alarm.precision": 0.85,
    },
}
"""Somewhat below what was seen. Alarms are fewer and surer than when rules were made on the second folder: where it
cannot be told whether a report is faithful, nobody is accused."""

FOLDERS = {"own": carriage.HERE, "shared": carriage.SHARED / "articles"}


@pytest.mark.shared("eval/score_carriage.py", "eval/to_jsonl.py", "eval/articles")
@pytest.mark.extra("tracing")
@pytest.mark.parametrize("which", FOLDERS)
def test_verdicts_from_gold_statements(which: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(carriage.SHARED))
    scorer = importlib.import_module("score_carriage")
    folder, likeness = FOLDERS[which], carriage.load_likeness()
    events = sorted({path.name.split("-")[0] for path in folder.glob("event*-transcript.txt")})
    assert len(events) == 2
    triples = [t for event in events for t in carriage.predict(folder, event, "gold", tmp_path, likeness)]
    figures, _ = scorer.score([tuple(map(str, triple)) for triple in triples])
    seen = {name: figures[name]["acc"] for name in WANTED[which]}
    assert all(seen[name] >= least for name, least in WANTED[which].items()), seen
    sys.modules.pop("score_carriage", None)


def test_the_wanted_verdicts_of_the_examples_name_words_that_are_there() -> None:
    rows = [line.split("\t") for line in (carriage.HERE / "examples.tsv").read_text("utf-8").splitlines()[1:]]
    texts = {path.stem: path.read_text("utf-8") for path in carriage.EXAMPLES.glob("*.txt")}
    assert rows
    assert [(outlet, words) for outlet, _, words in rows if words not in texts[outlet]] == []
    assert {kind for _, kind, _ in rows} <= set(get_args(VerdictClass))
