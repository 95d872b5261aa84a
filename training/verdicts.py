"""Train the head of the verdicts on reports, and write it: ``python -m training.verdicts PAIRS.jsonl FOLDER …``.

PAIRS are those of ``python -m training.pairs``, of which so many a kind are taken; a FOLDER holds annotated events (as
``python -m evals.carriage`` takes them). Every report is compared with what was said, and a logistic regression learns
from its edits and its support whether it is faithful, and if not, whether anything answers to it. Each event is judged
by a head that did not see it; by these chances the scale is set, so that a chance is a frequency (Platt 1999). Pairs
made by program teach what an edit weighs; how often reports are unfaithful is learned from the events alone.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from evals.carriage import SHARED, article_of, load_likeness, record_of

from onrecord.tracing.carrying import carried_of
from onrecord.tracing.judging.features import edits_of, features
from onrecord.tracing.judging.gate import meant
from onrecord.tracing.judging.head import ALARM
from onrecord.tracing.judging.indirect import compared
from onrecord.tracing.judging.scene import Stage, scene_of
from onrecord.tracing.paraphrase import support
from onrecord.tracing.transcripts import originals_of
from onrecord.tracing.values import Carried, Likeness, Original
from onrecord.tracing.wording.normal import words_of
from onrecord.tracing.wording.tongues import tongue_of

TABLE = Path(__file__).parents[1] / "src" / "onrecord" / "data" / "tracing" / "verdicts.toml"
LABELS = {"paraphrased": 0, "distorted": 1, "unfounded": 2}
PENALTY = 3.0
"""The strength of the ridge, in units of features brought to a variance of one."""
PAIRS, A_KIND, PAIR_WEIGHT = "pairs", 30, 0.1
"""The fold of pairs, which is never left out; how many of a kind are taken, and what one counts beside a report that
somebody wrote."""

LEAST_WEIGHT = 5e-4

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A report's features, its class (see LABELS) and the fold it is left out with."""

    fold: str
    label: int
    features: Mapping[str, float]
    hard: bool
    weight: float = 1.0


def main(arguments: Sequence[str]) -> int:
    """Train both heads and write the table."""
    folders = [Path(a) for a in arguments if not a.endswith(".jsonl")] or [SHARED / "articles"]
    chosen = [pair for a in arguments if a.endswith(".jsonl") for pair in sample(Path(a))]
    lines = ["# Made by `python -m training.verdicts`: the weights of the head (see tracing/judging/head.py)."]
    for name, likeness in (("vectors", load_likeness()), ("words", None)):
        examples = [e for folder in folders for e in of_events(folder, likeness)]
        pairs = [e for pair in chosen if (e := of_pair(pair, likeness)) is not None]
        print(f"{name}: {len(examples)} reports of events, {len(pairs)} pairs")
        lines += trained(name, [*examples, *pairs])
    TABLE.write_text("\n".join(lines) + "\n", "utf-8")
    return 0


def sample(path: Path) -> list[Mapping[str, str]]:
    """The first A_KIND pairs of every kind, label and language; reports alone, and none of those that people wrote."""
    count: Counter[tuple[str, str, str]] = Counter()
    found = []
    with path.open(encoding="utf-8") as stream:
        for pair in map(json.loads, stream):
            key = (pair["language"], pair["label"], pair["kind"].split(" + ")[0])
            if pair["form"] != "direct" and not pair["kind"].startswith("written") and count[key] < A_KIND:
                count[key] += 1
                found.append(pair)
    return found


def of_pair(pair: Mapping[str, str], likeness: Likeness | None) -> Example | None:
    """A report made by program."""
    asked = pair["before"] if pair["before"].rstrip().endswith("?") else ""
    original = Original(text=pair["original"], names=("Ada Quill",), language=pair["original_language"], after=asked)
    carried = Carried(
        text=pair["report"],
        form="mixed" if pair["form"] == "mixed" else "indirect",
        names=original.names,
        cue=pair["cue"],
        language=pair["language"],
        denied=pair["cue"] == "denied",
        question=pair["cue"] in ("asked", "wondered"),
    )
    return example(PAIRS, int(pair["label"] != "faithful"), carried, [original], likeness)


def of_events(folder: Path, likeness: Likeness | None) -> Iterator[Example]:
    """The reports of the gold statements of annotated events."""
    sys.path.insert(0, str(SHARED))
    from to_jsonl import parse

    for path in sorted(folder.glob("event*-transcript.txt")):
        event = path.name.split("-")[0]
        said = article_of(parse(path))
        originals, scene = originals_of(said), scene_of(said)
        for outlet in sorted(folder.glob(f"{event}-outlet*.txt")):
            gold = parse(outlet)
            labels = {str(a["id"]): LABELS.get(a.get("carriage")) for a in gold["attributions"]}
            record = record_of(gold)
            for statement in record.statements:
                label = labels[statement.id]
                if statement.form == "direct" or label is None:
                    continue
                carried = carried_of(record, statement, originals, scene)
                if (found := example(event, label, carried, originals, likeness)) is not None:
                    yield found


def example(
    fold: str, label: int, carried: Carried, originals: Sequence[Original], likeness: Likeness | None
) -> Example | None:
    """A report as the head sees it; None where it has no words or nothing to compare it by."""
    language = carried.language or tongue_of(carried.words)
    words = words_of(carried.text, carried.pieces, language)
    mine = meant(carried, originals, Stage()).turns
    ranked = support(carried.words, language, originals, mine, likeness)
    if not words or not ranked:
        return None
    best = next((one for one in ranked if one.preferred), ranked[0])
    case = compared(carried, words, language, originals, best, likeness)
    edits = edits_of(case, originals)
    hard = any(edit.severity == "hard" for edit in edits)
    found = {**features(case, edits), PAIRS: 1.0} if fold == PAIRS else features(case, edits)
    return Example(fold, label, found, hard, PAIR_WEIGHT if fold == PAIRS else 1.0)


def trained(name: str, examples: Sequence[Example]) -> Iterator[str]:
    """The lines of one head, its figures by events left out printed beside."""
    names = sorted({key for one in examples for key in one.features})
    rows = np.array([[one.features.get(key, 0.0) for key in names] for one in examples])
    labels = np.array([one.label for one in examples])
    folds = np.array([one.fold for one in examples])
    weights = np.array([one.weight for one in examples])
    hard = np.array([one.hard for one in examples])
    unfaithful, events = labels > 0, folds != PAIRS
    points = np.zeros(len(examples))
    for fold in sorted(set(folds[events])):
        out = folds == fold
        model = fitted(rows[~out], unfaithful[~out], weights[~out])
        points[out] = rows[out] @ model[1:] + model[0]
    scale, shift = platt(points[events], unfaithful[events])
    chances = 1 / (1 + np.exp(-(scale * points[events] + shift)))
    report(name, chances, unfaithful[events], hard[events])
    first = fitted(rows, unfaithful, weights)
    first = np.concatenate([[scale * first[0] + shift], scale * first[1:]])
    second = fitted(rows[unfaithful & events], labels[unfaithful & events] == 2, weights[unfaithful & events])
    for title, model in (("unfaithful", first), ("unfounded", second)):
        yield f"\n[{name}.{title}]\nbias = {model[0]:.4f}"
        kept = ((k, v) for k, v in zip(names, model[1:], strict=True) if abs(v) >= LEAST_WEIGHT and k != PAIRS)
        yield from (f'"{key}" = {value:.4f}' for key, value in kept)


def fitted(rows: Matrix, labels: npt.NDArray[np.bool_], weights: Matrix) -> Matrix:
    """The bias and weights of a ridge logistic regression, by Newton's method."""
    scale = rows.std(axis=0)
    scale[scale == 0] = 1.0
    x = np.hstack([np.ones((len(rows), 1)), rows / scale])
    ridge = np.diag([1e-6, *np.full(rows.shape[1], PENALTY)])
    beta = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        gradient = x.T @ (weights * (p - labels)) + ridge @ beta
        step = np.linalg.solve((x * (weights * p * (1 - p))[:, None]).T @ x + ridge, gradient)
        beta -= step
        if np.abs(step).max() < 1e-8:
            break
    found: Matrix = np.concatenate([beta[:1], beta[1:] / scale])
    return found


def platt(points: Matrix, labels: npt.NDArray[np.bool_]) -> tuple[float, float]:
    """Scale and shift by which points become chances."""
    model = fitted(points[:, None], labels, np.ones(len(points)))
    return float(model[1]), float(model[0])


def report(name: str, chances: Matrix, labels: npt.NDArray[np.bool_], hard: npt.NDArray[np.bool_]) -> None:
    """Precision and recall of alarms, each event judged by a head that did not see it."""
    for at in (0.6, ALARM, 0.4, 0.3):
        raised = (chances >= at) | hard
        print(
            f"{name:8}at {at:.1f}: alarms {raised.sum()}, precision {labels[raised].mean():.3f},"
            f" recall {raised[labels].mean():.3f} of {labels.sum()}"
        )
    wrong = ((chances - labels) ** 2).mean()
    order = np.argsort(chances)
    ranks = np.empty(len(chances))
    ranks[order] = np.arange(len(chances))
    positive = labels.sum()
    auc = (ranks[labels].sum() - positive * (positive - 1) / 2) / (positive * (len(labels) - positive))
    print(f"{name:8}Brier {wrong:.3f}, area under the curve {auc:.3f}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
