"""What each hand rule is worth: ``python -m evals.ablation KEPT [NAME …]`` prints which figures move without it.

    name            articles   times the noise   the figures that move most
    gloss                  3              0.41   corpus-dev exact.f1 -.0037, …
    stray                  0              0.00

A rule is a list or a pattern of the language pack; without it nothing is in the list, and the pattern matches nowhere.
The sets are those of the gate and the shared seed. What the tagger finds is kept in the folder KEPT, since it takes
most of the time; of each rule only the steps from the first that asks for it are run again.
"""

from __future__ import annotations

import hashlib
import json
import pickle
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.gate import FLOORS, ROOT, SETS, GoldSet, _date, figures, framing_figures
from onrecord import scoring
from onrecord.engine import load_directory, pipeline
from onrecord.finding.pack import Pack, pack, reading_in
from onrecord.finding.quoting.quotations import find_quotations
from onrecord.finding.segments import paragraphs
from onrecord.finding.tagging.assembly import Settings, assemble
from onrecord.finding.tagging.decoding import Candidate, decode
from onrecord.finding.tagging.tagger import load_tagger
from onrecord.records import Article, Provenance, Record
from onrecord.scoring import evaluate
from onrecord.scoring_records import evaluate_framing

Figures = Mapping[tuple[str, str], float]
"""Set and metric to what is seen."""

PLAIN_NOISE = 0.01
"""Of figures that have no floor, those of the seed."""


class Noting(Pack):
    """A pack that notes what it is asked for."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.asked: set[str] = set()

    def in_order(self, name: str) -> tuple[str, ...]:
        self.asked.add(name)
        return super().in_order(name)

    def expression(self, name: str) -> str:
        self.asked.add(name)
        return super().expression(name)


@dataclass(slots=True)
class Read:
    """One annotated article, what the tagger found in it, and its record after the assembly and after each step."""

    set: str
    gold: Mapping[str, Any]
    article: Article
    candidates: Sequence[Candidate]
    records: list[Record]


class Bench:
    """All articles read once with every rule."""

    def __init__(self, kept: Path) -> None:
        self._settings = Settings.from_card(load_tagger().card)
        self._steps = [step for _, step in pipeline(load_directory())[1:]]
        self._sets = [*SETS, GoldSet("seed", ROOT.parent / "shared" / "seed" / "seed.jsonl")]
        self._sets = [one for one in self._sets if one.path.is_file()]
        self._read = [read for one in self._sets for read in self._articles(one, kept)]
        self._first: dict[str, int] = {}
        for place in range(len(self._steps) + 1):
            noting = Noting("en")
            with reading_in(noting):
                for read in self._read:
                    read.records += self._run(read, place)[:1]
            for name in noting.asked:
                self._first.setdefault(name, place)
        self.whole = self._figures([read.records[-1] for read in self._read])

    def without(self, name: str) -> tuple[int, Figures]:
        """How many records change without a rule, and the figures then."""
        if name not in self._first:
            return 0, self.whole
        with reading_in(Pack("en", off=name)):
            records = [self._run(read, self._first[name])[-1] for read in self._read]
        changed = sum(record != read.records[-1] for record, read in zip(records, self._read, strict=True))
        return changed, self._figures(records) if changed else self.whole

    def _run(self, read: Read, place: int) -> list[Record]:
        """The records that the steps from `place` on give; 0 is the assembly of what the tagger found."""
        records = [] if place == 0 else [read.records[place - 1]]
        if place == 0:
            text, blocks = read.article.text, paragraphs(read.article.text)
            quotations = find_quotations(text, blocks)
            statements = assemble(text, blocks, quotations, read.candidates, self._settings)
            records.append(Record(read.article, statements, Provenance("ablation")))
        for step in self._steps[max(0, place - 1) :]:
            records.append(step(read.article, records[-1]))
        return records if place == 0 else records[1:]

    def _articles(self, one: GoldSet, kept: Path) -> Iterator[Read]:
        tagger = load_tagger()
        for line in one.path.read_text("utf-8").splitlines():
            gold = json.loads(line)
            text = gold["text"]
            told = gold.get("title"), gold.get("outlet"), _date(gold.get("date")), None, "en"
            place = kept / f"{hashlib.sha256((tagger.sha256 + text).encode()).hexdigest()[:24]}.pickle"
            if not place.exists():
                blocks = paragraphs(text)
                pieces = tagger.encoder.encode(text, blocks, find_quotations(text, blocks))
                stretches = tagger.stretches(pieces, min(self._settings.chances.values()))
                found = [c for tagging in stretches for c in decode(tagging, self._settings.prices)]
                place.write_bytes(pickle.dumps(found))
            candidates = pickle.loads(place.read_bytes())  # our own, written above
            yield Read(one.name, gold, Article(text, str(gold["id"]), *told), candidates, [])

    def _figures(self, records: Sequence[Record]) -> Figures:
        found: dict[tuple[str, str], float] = {}
        for one in self._sets:
            pairs = [(r.gold, x.to_dict()) for r, x in zip(self._read, records, strict=True) if r.set == one.name]
            gold, predicted = [g for g, _ in pairs], [p for _, p in pairs]
            seen = figures(evaluate(gold, predicted, flat=one.flat)) | framing_figures(
                evaluate_framing(gold, predicted)
            )
            found |= {(one.name, metric): figure.value for metric, figure in seen.items()}
        return found


def main(argv: Sequence[str]) -> int:
    """Print a line a rule."""
    if not argv:
        print(__doc__)
        return 2
    kept, names = Path(argv[0]), argv[1:] or pack("en").names()
    kept.mkdir(parents=True, exist_ok=True)
    scoring.RESAMPLES = 2  # the intervals are not looked at
    floors = json.loads(FLOORS.read_text("utf-8"))
    bench = Bench(kept)
    print(f"{'name':26}{'articles':>9}{'x noise':>9}")
    for name in names:
        try:
            changed, seen = bench.without(name)
        except Exception as problem:  # a rule without which nothing can be read
            print(f"{name:26}{'-':>9}{'-':>9}  needed: {type(problem).__name__}", flush=True)
            continue
        moved = {key: seen.get(key, 0.0) - value for key, value in bench.whole.items() if seen.get(key) != value}
        sizes = {
            key: abs(by) / floors.get(key[0], {}).get(key[1], {"noise": PLAIN_NOISE})["noise"]
            for key, by in moved.items()
        }
        most = sorted(moved, key=lambda key: -sizes[key])[:5]
        told = ", ".join(f"{key[0]} {key[1]} {moved[key]:+.4f}" for key in most)
        print(f"{name:26}{changed:9}{max(sizes.values(), default=0.0):9.2f}  {told}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
