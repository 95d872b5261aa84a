"""Fit the confidence and choose the operating point: ``python -m training.calibrate FOLDER``.

On articles that the tagger was not trained on (PolNeAR dev, and the held-out articles of the open corpus), every draft
above low anchor thresholds is judged: does the gold have it, with the same source? A logistic regression (L2, Newton
steps) gives that probability from the drafts' evidence; its calibration error is taken by five-fold cross-validation
over articles. The floors are the least confidences that give almost the best attributed F1; outermost, inner and
bare statements each have one. The result is written into FOLDER/card.toml.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from onrecord.finding.quoting.forms import form_of
from onrecord.finding.quoting.quotations import find_quotations
from onrecord.finding.segments import paragraphs
from onrecord.finding.tagging.assembly import Settings, draft_statements
from onrecord.finding.tagging.confidence import evidence
from onrecord.finding.tagging.decoding import Prices, decode
from onrecord.finding.tagging.tagger import Tagger
from onrecord.records import ROLES
from onrecord.scoring import accepted, calibration_error

Floats = npt.NDArray[np.float64]
ROOT = Path(__file__).resolve().parents[1]
GOLD = {
    "polnear-dev": (ROOT.parent / "shared/data/polnear/dev.jsonl", True),
    "corpus-heldout": (ROOT / "corpus/gold/heldout.jsonl", False),
}
LOW = {"outer": 0.15, "inner": 0.15, "bare": 0.25}
L2 = 2.0
SLACK = 0.003
PRICES = Prices(source_bonus=2.0, piece_cost=1.0)  # chosen by hand on the gold above


@dataclass(frozen=True, slots=True)
class Judged:
    """The drafts of one article: evidence, verdicts, and which are inner; ``gold`` the number of gold statements."""

    set: str
    evidence: tuple[Mapping[str, float], ...]
    hit: tuple[bool, ...]
    kind: tuple[str, ...]
    gold: int


def judge(name: str, tagger: Tagger, prices: Prices) -> list[Judged]:
    """Every draft of one gold set, judged."""
    path, flat = GOLD[name]
    low = Settings(LOW, dict.fromkeys(LOW, 0.0), prices, {})
    out = []
    for line in path.read_text(encoding="utf-8").splitlines():
        doc = json.loads(line)
        text = doc["text"]
        blocks = paragraphs(text)
        quotations = find_quotations(text, blocks)
        tagging = tagger.tag(tagger.encoder.encode(text, blocks, quotations), min(LOW.values()))
        drafts = draft_statements(text, blocks, quotations, decode(tagging, low.prices), low)
        if flat:  # PolNeAR marks one level, and next to nothing without a cue: the rest cannot be judged there
            drafts = tuple(d for d in drafts if d.cue and not d.inner)
        given = [
            {role: [s.as_list() for s in getattr(d, role)] for role in ROLES} | {"confidence": 1.0} for d in drafts
        ]
        hits = [hit for _, hit in accepted(doc, {"attributions": given})]
        rows = tuple(evidence(d, form_of(d, text, quotations)[0]) for d in drafts)
        kinds = tuple("inner" if d.inner else "outer" if d.cue else "bare" for d in drafts)
        out.append(Judged(name, rows, tuple(hits), kinds, len(doc["attributions"])))
    return out


def matrix(articles: Sequence[Judged], names: Sequence[str]) -> tuple[Floats, Floats]:
    x = [[row.get(n, 0.0) for n in names] for a in articles for row in a.evidence]
    return np.array(x, float), np.array([h for a in articles for h in a.hit], float)


def fit(x: Floats, y: Floats) -> Floats:
    """Weights of a logistic regression with an L2 penalty on all but the first (the bias)."""
    w = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], L2)
    penalty[0] = 1e-6
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (p - y) + penalty * w
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty), gradient)
        w -= step
        if np.abs(step).max() < 1e-8:
            break
    return w


def crossed(articles: Sequence[Judged], names: Sequence[str]) -> tuple[Floats, Floats]:
    """Confidence of each draft from weights fitted without its article, and the verdicts."""
    p, y = [], []
    for fold in range(5):
        train = [a for i, a in enumerate(articles) if i % 5 != fold]
        test = [a for i, a in enumerate(articles) if i % 5 == fold]
        w = fit(*matrix(train, names))
        x, hits = matrix(test, names)
        p.append(1 / (1 + np.exp(-x @ w)))
        y.append(hits)
    return np.concatenate(p), np.concatenate(y)


def best_floor(p: Floats, y: Floats, gold: int) -> float:
    """The least confidence, in hundredths, with an F1 within SLACK of the best: a reader can pass over a doubtful
    statement, but cannot get back one that was left out."""
    grid = np.arange(0.05, 0.80, 0.01)
    f1 = np.array([2 * y[p >= floor].sum() / max(1, (p >= floor).sum() + gold) for floor in grid])
    return float(np.round(grid[np.flatnonzero(f1 >= f1.max() - SLACK)[0]], 2))


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("folder", type=Path)
    ap.add_argument("--source-bonus", type=float, default=PRICES.source_bonus)
    ap.add_argument("--piece-cost", type=float, default=PRICES.piece_cost)
    args = ap.parse_args()
    tagger = Tagger(args.folder, threads=2)
    prices = Prices(args.source_bonus, args.piece_cost)
    articles = [a for name in GOLD for a in judge(name, tagger, prices)]
    names = list(articles[0].evidence[0])
    weights = fit(*matrix(articles, names))
    p, y = crossed(articles, names)
    error = calibration_error(p.tolist(), [bool(h) for h in y])
    floors = {}
    for kind in LOW:
        used = [a for a in articles if kind == "outer" or a.set != "polnear-dev"]
        x, hits = matrix(used, names)
        mine = np.array([k == kind for a in used for k in a.kind])
        q = 1 / (1 + np.exp(-x @ weights))
        share = hits[mine].sum() / max(1, hits.sum())
        floors[kind] = best_floor(q[mine], hits[mine], round(share * sum(a.gold for a in used))) if mine.any() else 0.5
    floors = {kind: max(floor, floors["outer"]) for kind, floor in floors.items()}  # the others are few, and noisy
    write(args.folder / "card.toml", prices, floors, dict(zip(names, weights.tolist(), strict=True)))
    print(json.dumps({"drafts": len(y), "calibration error, crossed": round(error, 4), "floors": floors}))


def write(path: Path, prices: Prices, floors: Mapping[str, float], weights: Mapping[str, Any]) -> None:
    """Replace the tables [decoding] and [confidence] of the card; what stands before them is kept."""
    head = path.read_text(encoding="utf-8").split("[decoding]")[0] if path.exists() else 'name = "tagger"\n\n'
    lines = [
        head.rstrip() + "\n",
        "[decoding]",
        f"source_bonus = {prices.source_bonus}",
        f"piece_cost = {prices.piece_cost}",
    ]
    lines += [f"{kind} = {low}" for kind, low in LOW.items()]
    lines += [f"floor_{kind} = {floor}" for kind, floor in floors.items()]
    lines += ["", "[confidence]", *(f'"{name}" = {value:.5f}' for name, value in weights.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
