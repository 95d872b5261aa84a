"""Learn whom pronouns and descriptions mean: ``python -m training.speakers``.

Examples are the marked mentions of the open corpus (train) and, for pronouns, those of GUM's news (train). Each is a
choice among the clusters told of before it; right are those that the annotation says are the same. A conditional logit
with a normal prior is fitted to all choices at once, the clusters being built first with the right answers, then again
and again as the weights so far build them, so that they learn to live with their mistakes. The temperature is fitted
to the articles of train and heldout together. What the examples are too
few to tell has a prior of its own (`EXPECTED`). Writes ``src/onrecord/data/en/ranking.toml``.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from evals.coreference import record_of
from evals.gum import read_split

from onrecord.finding.naming import ranking
from onrecord.finding.naming.clusters import Cluster
from onrecord.finding.naming.coreference import resolve
from onrecord.finding.naming.lexicon import bare
from onrecord.finding.naming.mentions import Mention
from onrecord.finding.naming.options import Option
from onrecord.finding.naming.phrases import read_phrase
from onrecord.finding.naming.scanning import find_mentions, mentions_at
from onrecord.finding.naming.speakers import talk_of
from onrecord.records import Article, Provenance, Record, Statement
from onrecord.spans import Span, merge

Floats = npt.NDArray[np.float64]
ROOT = Path(__file__).parents[1]
OUT = ROOT / "src/onrecord/data/en/ranking.toml"
PRIOR = 0.05
ROUNDS = 5
OWN = 3  # times that an example of the open corpus counts
KEPT = 3  # rounds whose weights are averaged
EXPECTED = {"role and body": 4.0}
LEAST = 4  # examples in which a feature must stand


@dataclass(frozen=True)
class Example:
    """A choice: the features of each option, and which are right: none, where who is meant was not told of."""

    part: str
    options: tuple[frozenset[str], ...]
    right: frozenset[int]


def _spans(pairs: Any) -> tuple[Span, ...]:
    return merge(Span(*pair) for pair in pairs)


def gold_record(data: dict[str, Any]) -> Record:
    """A record with the statements of an annotated article as they are."""
    statements = [
        Statement(
            id=a["id"],
            source=_spans(a["source"]),
            cue=_spans(a["cue"]),
            content=_spans(a["content"]),
            form=a["form"],
            confidence=1.0,
            carried_from=str(a["carried_from"]) if a.get("carried_from") else None,
        )
        for a in data["attributions"]
    ]
    return Record(Article(data["text"], data["id"], outlet=data.get("outlet")), tuple(statements), Provenance("gold"))


def corpus(path: Path) -> Iterator[tuple[Record, tuple[Mention, ...], Callable[[Cluster], set[str]], dict[Span, str]]]:
    """For each article its record, mentions, who a cluster is by its names, and the marked places."""
    for line in path.read_text("utf-8").splitlines():
        data = json.loads(line)
        record = gold_record(data)
        marked = {Span(*m["span"]): m["entity"] for m in data["mentions"]}
        by_name: dict[str, set[str]] = {}
        by_head: dict[str, set[str]] = {}
        for key, entity in data["entities"].items():
            for name in (entity["name"], *entity["aka"]):
                by_name.setdefault(_plain(name), set()).add(key)
                by_head.setdefault(read_phrase(name, initial=True).head, set()).add(key)

        def who(
            cluster: Cluster,
            marked: dict[Span, str] = marked,
            by_name: dict[str, set[str]] = by_name,
            by_head: dict[str, set[str]] = by_head,
        ) -> set[str]:
            for forms in (("name",), ("nominal",), ("pronoun",)):
                keys = Counter(marked[m.span] for m in cluster.mentions if m.form in forms and m.span in marked)
                if keys:
                    return {keys.most_common(1)[0][0]}
            told = [n.full for n in cluster.names] or [m.phrase.core for m in cluster.mentions]
            if found := set().union(*(by_name.get(_plain(words), set()) for words in told)):
                return found
            found = set().union(*(by_head.get(head, set()) for head in cluster.heads)) if not cluster.names else set()
            return found if len(found) == 1 else set()

        yield record, find_mentions(record), who, marked


def gum(split: str) -> Iterator[tuple[Record, tuple[Mention, ...], Callable[[Cluster], set[str]], dict[Span, str]]]:
    """The same for GUM, at its own mentions."""
    for document in read_split(split, ("news",)):
        record = record_of(document)
        marked = {m.span: m.entity for m in document.mentions}

        def who(cluster: Cluster, marked: dict[Span, str] = marked) -> set[str]:
            for forms in (("name",), ("nominal",), ("pronoun",)):
                keys = Counter(marked[m.span] for m in cluster.mentions if m.form in forms and m.span in marked)
                if keys:
                    return {keys.most_common(1)[0][0]}
            return set()

        yield record, mentions_at(record, marked), who, marked


def examples(documents: Any, parts: Sequence[str], *, forced: bool = False) -> Iterator[Example]:
    """The choices of the documents; `forced`, each made right before the next, else as the weights so far make them."""
    for record, mentions, who, marked in documents:
        found: list[Example] = []

        def choose(
            mention: Mention, options: Sequence[Option], who: Any = who, marked: Any = marked, found: Any = found
        ) -> int:
            best = max(range(len(options)), key=lambda i: options[i].chance)
            key = marked.get(mention.span)
            if key is None:
                return best
            right = frozenset(i for i, o in enumerate(options) if o.cluster is not None and key in who(o.cluster))
            new = [i for i, o in enumerate(options) if o.cluster is None]
            right = right or frozenset(new)
            found.append(
                Example("pronoun" if mention.wants else "nominal", tuple(frozenset(o.features) for o in options), right)
            )
            return min(right) if forced and right else best

        resolve(mentions, talk_of(record, mentions), choose=choose)
        yield from (e for e in found if e.part in parts and len(e.options) > 1)


def fit(found: Sequence[Example]) -> dict[str, float]:
    """The weights of the features, by Adam. Choices among wrong ones only teach nothing."""
    found = [e for e in found if e.right]
    counts = Counter(f for e in found for f in set().union(*e.options))
    names = sorted(f for f, n in counts.items() if n >= LEAST or f in EXPECTED)
    place = {f: i for i, f in enumerate(names)}
    flat = [[place[f] for f in o if f in place] for e in found for o in e.options]
    feature = np.array([f for o in flat for f in o])
    option = np.repeat(np.arange(len(flat)), [len(o) for o in flat])
    sizes = np.array([len(e.options) for e in found])
    choice = np.repeat(np.arange(len(found)), sizes)
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    right = np.array([j in e.right for e in found for j in range(len(e.options))])
    expected = np.array([EXPECTED.get(name, 0.0) for name in names])
    weights = expected.copy()
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, 401):
        sums = np.bincount(option, weights[feature], len(flat))
        odds = np.exp(sums - np.maximum.reduceat(sums, starts)[choice])
        odds /= np.add.reduceat(odds, starts)[choice]
        share = np.where(right, odds, 0)
        share /= np.add.reduceat(share, starts)[choice]
        change = np.bincount(feature, (odds - share)[option], len(names)) / len(found) + PRIOR / 10 * (
            weights - expected
        )
        first = 0.9 * first + 0.1 * change
        second = 0.99 * second + 0.01 * change**2
        weights -= 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return {f: round(float(weights[i]), 2) for f, i in place.items() if abs(weights[i]) >= 0.05}


def mean(tables: Sequence[dict[str, float]]) -> dict[str, float]:
    """The weights of several rounds averaged, since each round builds other clusters."""
    names = set().union(*tables)
    return {name: round(sum(t.get(name, 0.0) for t in tables) / len(tables), 2) for name in names}


def temperature(found: Sequence[Example], table: dict[str, float]) -> float:
    """The one, in steps of 0.1 from 1 to 4, under which the chance of the likeliest is nearest to its being right."""

    def distance(warmth: float) -> float:
        total = 0.0
        for e in found:
            odds = ranking.chances(e.options, table | {ranking.TEMPERATURE: warmth})
            total += (max(odds) - (odds.index(max(odds)) in e.right)) ** 2
        return total

    return min((t / 10 for t in range(10, 41)), key=distance)


def accuracy(found: Sequence[Example], table: dict[str, float]) -> float:
    right = 0
    for e in found:
        odds = ranking.chances(e.options, table)
        right += odds.index(max(odds)) in e.right
    return right / max(1, len(found))


def _plain(name: str) -> str:
    return " ".join(w for w in (bare(w) for w in name.split()) if w not in ("the", "a", "an"))


def write(tables: dict[str, dict[str, float]]) -> None:
    """The weights as TOML."""
    lines = [
        "# Weights of the features by which pronouns and descriptions choose whom they mean: training/speakers.py."
    ]
    for part, table in tables.items():
        lines += ["", f"[{part}]", *(f"{json.dumps(name)} = {weight}" for name, weight in sorted(table.items()))]
    OUT.write_text("\n".join(lines) + "\n", "utf-8")


def main(arguments: Sequence[str]) -> None:
    gold = ROOT / "corpus/gold"
    tables: dict[str, dict[str, float]] = {}
    fitted: dict[str, list[dict[str, float]]] = {}
    for number in range(ROUNDS):
        own = list(examples(corpus(gold / "train.jsonl"), ("pronoun", "nominal"), forced=not number))
        more = [] if "--own" in arguments else list(examples(gum("train"), ("pronoun",), forced=not number))
        for part in ("pronoun", "nominal"):
            found = [e for e in own if e.part == part] * OWN + [e for e in more if e.part == part]
            fitted.setdefault(part, []).append(fit(found))
            tables[part] = mean(fitted[part][-KEPT:])
            print(
                f"round {number + 1}: {part}, {len(found)} choices, right {accuracy(found, tables[part]):.3f} in train"
            )
        write(tables)
        ranking.weights.cache_clear()
    articles = [d for name in ("train", "heldout") for d in corpus(gold / f"{name}.jsonl")]
    test = list(examples(articles, ("pronoun", "nominal")))
    for part, table in tables.items():
        table[ranking.TEMPERATURE] = temperature([e for e in test if e.part == part], table)
    write(tables)
    ranking.weights.cache_clear()
    for name in ("heldout", "dev"):
        test = list(examples(corpus(gold / f"{name}.jsonl"), ("pronoun", "nominal")))
        for part in ("pronoun", "nominal"):
            found = [e for e in test if e.part == part]
            print(f"{name}: {part}, {len(found)} choices, right {accuracy(found, tables[part]):.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
