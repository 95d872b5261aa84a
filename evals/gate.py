"""The quality gate: ``python -m evals.gate`` fails when the engine has become worse than its floors.

    set          metric         bound   noise    seen
    polnear-dev  detected.f1    0.787   0.006   0.783   ok      below the floor, within the noise
    polnear-dev  calibration    0.030   0.004   0.041   WORSE   an error has a ceiling

`floors.json` keeps for each set the digest of its data and a bound for each metric; under "history" when and why they
were changed. ``--update --reason "…"`` writes what is seen as the new bounds. That raises floors and lowers ceilings
only; the other way needs ``--lower`` as well.

**Noise.** The same engine scores the same twice, so the noise is not that of measuring: it is how far two equally good
engines may lie apart on articles that happen to suit one of them. Their scores on one article are much alike, since
what makes an article hard is hard for both. With a correlation of 7/8 the standard deviation of their difference is
half of that of either score, ``s·√(2·(1 - 7/8)) = s/2``, and this is the noise. ``s`` comes from the bootstrap over
articles, whose 95 % interval is 3.92 ``s`` wide; the whole half-width, four times as much, would let real losses
through. For the form and the calibration, which have no interval, ``s`` is that of a share: ``√(p·(1-p)/n)``.
The floor stays where it was put, so that small losses cannot add up behind it.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import math
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import OnrecordError, UsageError
from onrecord.scoring import Scores, evaluate
from onrecord.scoring_records import FramingScores, evaluate_framing

ROOT = Path(__file__).resolve().parents[1]
FLOORS = Path(__file__).with_name("floors.json")
POLNEAR = Path(os.environ.get("ONRECORD_POLNEAR", ROOT.parent / "shared" / "data" / "polnear"))
FIGURES = ("detected", "attributed", "exact", "role.source", "role.cue", "role.content")
FRAMING = ("speaker", "cue_class", "status", "occasion.kind", "asserted.recall")
FORM, CALIBRATION, DIGEST, HISTORY = "form.accuracy", "calibration.error", "data_sha256", "history"
WIDTH_IN_DEVIATIONS = 3.92
DIGITS = 4

Floors = dict[str, Any]
"""What floors.json holds: set to {data_sha256, metric: {floor or ceiling, noise}}; and "history"."""


@dataclass(frozen=True, slots=True)
class GoldSet:
    """Annotated articles; `flat` where gold marks one level only, so that inner statements cannot be judged."""

    name: str
    path: Path
    flat: bool = False


SETS = (
    GoldSet("polnear-dev", POLNEAR / "dev.jsonl", flat=True),
    GoldSet("corpus-dev", ROOT / "corpus" / "gold" / "dev.jsonl"),
    GoldSet("corpus-heldout", ROOT / "corpus" / "gold" / "heldout.jsonl"),
)


@dataclass(frozen=True, slots=True)
class Seen:
    """One figure as measured. `error` says that less is better, and that its bound is a ceiling."""

    value: float
    noise: float
    error: bool = False

    @property
    def bound(self) -> str:
        return "ceiling" if self.error else "floor"

    def worse_by(self, bound: float) -> float:
        """How much worse than `bound`; negative where better."""
        return self.value - bound if self.error else bound - self.value


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of one set, and the digest of the data they were measured on."""

    data_sha256: str
    figures: Mapping[str, Seen]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One figure beside its bound; None where one of the two is missing."""

    set: str
    metric: str
    bound: float | None
    noise: float
    seen: float | None
    word: str

    @property
    def failed(self) -> bool:
        return self.word not in ("ok", "new")

    def line(self) -> str:
        figures = (f"{'—' if n is None else f'{n:.{DIGITS}f}':>9}" for n in (self.bound, self.noise, self.seen))
        return f"{self.set:16}{self.metric:20}{''.join(figures)}  {self.word}"


def figures(scores: Scores) -> dict[str, Seen]:
    """The figures that have a bound; form and calibration only where gold and predictions have them."""
    seen = {
        f"{name}.f1": Seen(scores[name].f1, (scores[name].high - scores[name].low) / WIDTH_IN_DEVIATIONS / 2)
        for name in FIGURES
    }
    if scores.form_known:
        share = scores.form_right / scores.form_known
        seen[FORM] = Seen(share, _deviation(share, scores.form_known) / 2)
    if scores.calibration is not None and (attributed := scores["attributed"]).predicted:
        noise = _deviation(attributed.precision, attributed.predicted) / 2
        seen[CALIBRATION] = Seen(scores.calibration, noise, error=True)
    return seen


def framing_figures(scores: FramingScores) -> dict[str, Seen]:
    """The figures of speakers and framing that have a bound; none where the gold does not tell of them."""
    rows = {agreement.name: (agreement.share, agreement.of) for agreement in scores.agreements}
    seen = {
        f"{name}.accuracy": Seen(share, _deviation(share, of) / 2)
        for name, (share, of) in rows.items()
        if name in FRAMING
    }
    for figure in scores.figures:
        seen[f"{figure.name}.f1"] = Seen(figure.f1, _deviation(figure.f1, max(1, figure.gold)) / 2)
    return seen


def judge(floors: Floors, name: str, measured: Measured) -> list[Verdict]:
    """A verdict for each figure of the set `name`, seen or bounded."""
    kept = floors.get(name, {})
    if kept and kept[DIGEST] != measured.data_sha256:
        return [Verdict(name, "(data)", None, 0.0, None, "CHANGED: measured on other data, --update with --lower")]
    verdicts = []
    for metric in dict.fromkeys((*measured.figures, *(key for key in kept if key != DIGEST))):
        seen, entry = measured.figures.get(metric), kept.get(metric)
        if seen is None:
            verdicts.append(Verdict(name, metric, _bound(entry), entry["noise"], None, "GONE: no longer measured"))
        elif entry is None:
            verdicts.append(Verdict(name, metric, None, seen.noise, seen.value, "new"))
        else:
            bound, noise = entry[seen.bound], entry["noise"]
            word = "WORSE" if round(seen.worse_by(bound) - noise, DIGITS) > 0 else "ok"
            verdicts.append(Verdict(name, metric, bound, noise, seen.value, word))
    return verdicts


def updated(
    floors: Floors, measured: Mapping[str, Measured], *, reason: str, date: datetime.date, lower: bool = False
) -> Floors:
    """The floors with what was measured as the new bounds, and the change in the history.

    Without `lower` a bound that is missed within its noise stays. Raises UsageError where one is missed by more.
    """
    failed = [v for name, result in measured.items() for v in judge(floors, name, result) if v.failed]
    if failed and not lower:
        missed = ", ".join(f"{v.set} {v.metric}" for v in failed)
        raise UsageError(
            f"worse figures ({missed})", "none below its floor", "Mend it, or lower the floor with --lower"
        )
    entries = {name: _entry(floors.get(name, {}), result, lower) for name, result in measured.items()}
    changed = dict(change for name, entry in entries.items() for change in _changes(name, floors.get(name, {}), entry))
    history = floors.get(HISTORY, [])
    if changed:
        history = [*history, {"date": date.isoformat(), "reason": reason, "changed": changed}]
    sets = {name: entry for name, entry in floors.items() if name != HISTORY} | entries
    return {**dict(sorted(sets.items())), HISTORY: history}


def _entry(kept: Mapping[str, Any], result: Measured, lower: bool) -> dict[str, Any]:
    """The bounds of one set anew; one that is not reached is kept, unless it may be lowered or its data are gone."""
    lower = lower or kept.get(DIGEST) != result.data_sha256
    entry: dict[str, Any] = {DIGEST: result.data_sha256}
    for metric, seen in result.figures.items():
        old = None if lower else kept.get(metric)
        if old is not None and seen.worse_by(old[seen.bound]) > 0:
            entry[metric] = old
        else:
            entry[metric] = {seen.bound: round(seen.value, DIGITS), "noise": round(seen.noise, DIGITS)}
    return entry


def _changes(name: str, kept: Mapping[str, Any], entry: Mapping[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    """What is new in the entry of a set, with what it was."""
    if kept and kept[DIGEST] != entry[DIGEST]:
        yield f"{name} {DIGEST}", [kept[DIGEST], entry[DIGEST]]
    for metric in sorted((entry.keys() | kept.keys()) - {DIGEST}):
        before, after = _bound(kept.get(metric)), _bound(entry.get(metric))
        if before != after:
            yield f"{name} {metric}", [before, after]


def measure(gold_set: GoldSet) -> Measured:
    """Read the articles of the set with the engine, and score what it finds."""
    from onrecord.engine import read_many
    from onrecord.records import Article

    data = gold_set.path.read_bytes()
    gold = [json.loads(line) for line in data.splitlines() if line.strip()]
    articles = (
        Article(line["text"], str(line["id"]), line.get("title"), line.get("outlet"), _date(line.get("date")))
        for line in gold
    )
    predicted = [record.to_dict() for record in read_many(articles)]
    scores = evaluate(gold, predicted, flat=gold_set.flat)
    framing = evaluate_framing(gold, predicted)
    return Measured(hashlib.sha256(data).hexdigest(), figures(scores) | framing_figures(framing))


def _date(value: object) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def main(argv: Sequence[str] | None = None, *, sets: Sequence[GoldSet] = SETS, floors_path: Path = FLOORS) -> int:
    """Measure, print the table, and return 0 when no bound is missed, 1 when one is, 2 when it cannot be meant."""
    arguments = _parser().parse_args(argv)
    if arguments.update != bool(arguments.reason) or (arguments.lower and not arguments.update):
        print('Saw half a change of floors; wanted --update with --reason "…", or neither.', file=sys.stderr)
        return 2
    try:
        floors: Floors = json.loads(floors_path.read_text("utf-8"))
        present = [gold_set for gold_set in sets if gold_set.path.is_file()]
        if not arguments.update:
            present = [gold_set for gold_set in present if gold_set.name in floors]
        measured = {gold_set.name: measure(gold_set) for gold_set in present}
        verdicts = [verdict for name, result in measured.items() for verdict in judge(floors, name, result)]
        print("\n".join(_table(verdicts, sets, measured)))
        if arguments.update:
            floors = updated(
                floors, measured, reason=arguments.reason, date=datetime.date.today(), lower=arguments.lower
            )
            floors_path.write_text(json.dumps(floors, indent=1, ensure_ascii=False) + "\n", "utf-8")
            print(f"written to {floors_path}")
            return 0
        return int(any(verdict.failed for verdict in verdicts))
    except OnrecordError as error:
        print(error, file=sys.stderr)
        return 1


def _table(verdicts: Iterable[Verdict], sets: Iterable[GoldSet], measured: Mapping[str, Measured]) -> Iterator[str]:
    yield f"{'set':16}{'metric':20}{'bound':>9}{'noise':>9}{'seen':>9}"
    for gold_set in sets:
        if gold_set.name in measured:
            yield from (verdict.line() for verdict in verdicts if verdict.set == gold_set.name)
        elif gold_set.path.is_file():
            yield f'{gold_set.name:16}skipped: no floors yet; python -m evals.gate --update --reason "…"'
        else:
            yield f"{gold_set.name:16}skipped: no data at {gold_set.path}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.gate", description="Fail when the engine has become worse.")
    parser.add_argument("--update", action="store_true", help="write what is seen as the new bounds")
    parser.add_argument("--reason", default="", help="why, for the history; needed with --update")
    parser.add_argument("--lower", action="store_true", help="with --update: bounds may become laxer")
    return parser


def _bound(entry: Mapping[str, float] | None) -> float | None:
    """The floor or ceiling of an entry."""
    return None if entry is None else entry.get("floor", entry.get("ceiling"))


def _deviation(share: float, of: int) -> float:
    """The standard deviation of a share `of` so many."""
    return math.sqrt(share * (1 - share) / of)


if __name__ == "__main__":
    sys.exit(main())
