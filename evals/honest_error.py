"""How often corrected shares and edges hold the truth: ``python -m evals.honest_error [RUNS]``.

The claims of DebateNet (../shared/data/debatenet) are taken for true: who, which main category, for or against. In
each run a machine mistakes every claim at some rate for one of the other codes, each as likely, a random hundred is
checked, and shares and edges are corrected from that. Printed is how many 95 % intervals hold the true value, and how
many do without the correction: the plain interval of a share, and for an edge the machine's own count.

Only actors with at least SPOKEN claims are taken. Edges are those that the truth or the machine has; those that neither
has stand apart, since almost any interval holds a 0.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.random import Generator, default_rng

from onrecord.intervals import estimated
from onrecord.networks.checking.correcting import ENDS, Code, Model, share

CLAIMS = Path(__file__).resolve().parents[1].parent / "shared/data/debatenet/DebateNet-migr15v2.jsonl"
RATES = (0.1, 0.2, 0.3, 0.4)
SAMPLE, SPOKEN = 100, 10


def claims(path: Path = CLAIMS) -> Iterator[tuple[str, Code]]:
    """Who, and the claim's first main category with its side."""
    for line in path.read_text("utf-8").splitlines():
        claim = json.loads(line)
        main = min((value[0] for value in claim["claimvalues"]), default="0")
        yield claim["name"] or "", (f"{main}00", claim["cpos"] == "1")


def mistaken(true: np.ndarray, codes: int, rate: float, rng: Generator) -> np.ndarray:
    """What the machine says: at this rate one of the other codes."""
    other = (true + rng.integers(1, codes, size=len(true))) % codes
    return np.where(rng.random(len(true)) < rate, other, true)


def run(actors: list[str], true: np.ndarray, codes: list[Code], rate: float, seed: int) -> Iterator[tuple[str, float]]:
    """The share of intervals that hold the truth, by kind of figure."""
    rng = default_rng(seed)
    given = mistaken(true, len(codes), rate, rng)
    checked = [int(at) for at in rng.choice(len(true), SAMPLE, replace=False)]
    concepts = sorted({code[0] for code in codes}, key=str)
    of_concept = np.array([concepts.index(code[0]) for code in codes])
    for at in range(len(concepts)):
        truth, said = of_concept[true] == at, of_concept[given] == at
        found = share([bool(one) for one in said], {place: bool(truth[place]) for place in checked})
        plain = estimated(int(said.sum()), len(said))
        yield "shares corrected", found.low <= truth.mean() <= found.high
        yield "shares uncorrected", plain.low <= truth.mean() <= plain.high
    model = Model(actors, [codes[at] for at in given], {at: codes[true[at]] for at in checked})
    truth, said = (np.zeros((len(set(actors)), len(codes))) for _ in range(2))
    for counts, places in ((truth, true), (said, given)):
        np.add.at(counts, (model.actor, places), 1)
    order = [model.codes.index(code) for code in codes]
    drawn = np.array([counts[:, order] for counts in model.draws(rng)])
    for at in range(len(concepts)):
        ends = np.percentile(drawn[:, :, of_concept == at].sum(axis=(1, 2)), ENDS)
        yield "shares by the model", ends[0] <= (of_concept[true] == at).sum() <= ends[1]
    low, high = np.percentile(drawn, ENDS, axis=0)
    holds = (low <= truth) & (truth <= high)
    there = (truth > 0) | (said > 0)
    yield "edges corrected", holds[there].mean()
    yield "edges uncorrected", (truth == said)[there].mean()
    yield "edges of at least 5", holds[truth >= 5].mean()
    yield "no edge in either", holds[~there].mean()
    yield "width of an edge's interval", (high - low)[there].mean()


def main(runs: int) -> None:
    """Print the table."""
    every = list(claims())
    often = Counter(actor for actor, _ in every)
    actors, true_codes = zip(*((actor, code) for actor, code in every if often[actor] >= SPOKEN), strict=True)
    codes = sorted(set(true_codes), key=str)
    true = np.array([codes.index(code) for code in true_codes])
    print(f"{len(actors):,} claims, {len(set(actors)):,} actors, {len(codes)} codes; {runs} runs in all")
    for rate in RATES:
        began, held = time.process_time(), defaultdict(list)
        for seed in range(runs // len(RATES)):
            for kind, value in run(list(actors), true, codes, rate, 1000 * seed + int(100 * rate)):
                held[kind].append(float(value))
        told = ", ".join(f"{kind} {np.mean(values):.3f}" for kind, values in held.items())
        print(f"error {rate:.0%}: {told} ({time.process_time() - began:.0f} s of CPU)", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
