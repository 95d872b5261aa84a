"""Reports that were changed on purpose, and faithful ones: ``python -m evals.reports [--each N] [--misses]``.

Held-out quotations (see `training.pairs`) are put into reported speech by rule: with one edit that turns their sense, N
of each kind, most of them rewritten faithfully as well, and as many with rewritings alone. Each is judged against what
was said: the quotation, its neighbours, all of one invented speaker. An edit is
detected where the verdict is an alarm; an alarm on a faithful report is false. The kinds in SOFT are told by a reason
and need not be alarms; those marked * are of kinds that training never sees.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

from training.pairs import HELD_OUT_KINDS, Pair
from training.pairs.edits import EDITS
from training.pairs.maker import made

from evals.carriage import load_likeness
from evals.classes import share
from onrecord.tracing.values import ALARMS, Carried, Likeness, Original, Verdict
from onrecord.tracing.verdicts import judge

EACH = 20
SPARE = 8
"""Pairs made beyond those wanted of each kind, since those in quotation marks are left out: see `evals.variants`."""
SOFT = frozenset(("hedge dropped", "absolute added", "only added"))
"""Edits that make a report stronger and not another."""
SPEAKER = ("Ada Quill",)

Judged = tuple[Pair, Verdict]


def main(argv: Sequence[str] | None = None) -> int:
    """Print both tables."""
    parser = argparse.ArgumentParser(prog="python -m evals.reports", description="Judge edited and faithful reports.")
    parser.add_argument("--each", type=int, default=EACH, metavar="N", help=f"reports of each kind of edit ({EACH})")
    parser.add_argument("--pairs", type=Path, help="the evaluation part, made before by training.pairs")
    parser.add_argument("--misses", action="store_true", help="print every edit that was missed and every false alarm")
    parser.add_argument("--words-only", action="store_true", help="without sentence vectors")
    arguments = parser.parse_args(argv)
    likeness = None if arguments.words_only else load_likeness()
    judged = [(pair, judge_pair(pair, likeness)) for pair in chosen(arguments.each, arguments.pairs)]
    print("\n".join(edits(judged)))
    print()
    print("\n".join(faithful(judged)))
    if arguments.misses:
        for pair, verdict in judged:
            if (verdict.kind in ALARMS) != (pair.label == "distorted"):
                codes = [reason.code for reason in verdict.reasons]
                print(f"\n{pair.label}, {pair.kind}: called {verdict.kind} {codes}\n  {pair.original}\n  {pair.report}")
    return 0


def chosen(each: int, file: Path | None = None) -> list[Pair]:
    """As many reports of every edit as are wanted, and as many faithful ones as of all edits together."""
    pairs = [pair for pair in kept(file) if pair.form != "direct"] if file else []
    pairs = pairs or [pair for pair in made("evaluation", each + SPARE) if pair.form != "direct"]
    by_kind: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_kind[pair.label, kind_of(pair)].append(pair)
    edited = [pair for kind in EDITS for pair in by_kind["distorted", kind][:each]]
    rewritten = [group for (label, _), group in by_kind.items() if label == "faithful"]
    in_turn = [pair for turn in zip_longest(*rewritten) for pair in turn if pair is not None]
    return edited + in_turn[: len(edited)]


def kind_of(pair: Pair) -> str:
    """Its kind; one for all with several rewritings."""
    return "several" if " + " in pair.kind else pair.kind


def kept(file: Path) -> Iterator[Pair]:
    """English pairs written before."""
    with file.open(encoding="utf-8") as stream:
        pairs = (Pair(**json.loads(line)) for line in stream)
        yield from (pair for pair in pairs if pair.language == pair.original_language == "en")


def judge_pair(pair: Pair, likeness: Likeness | None) -> Verdict:
    """The verdict on a report, its speaker and occasion being sure."""
    said = [text for text in (pair.before, pair.original, pair.after) if text]
    originals = [Original(text=text, id=str(n), names=SPEAKER, language="en") for n, text in enumerate(said)]
    carried = Carried(
        text=pair.report,
        form=pair.form,
        names=SPEAKER,
        cue=pair.cue,
        context=pair.report,
        denied=pair.cue == "denied",
        question=pair.report.startswith("whether "),
        language="en",
    )
    return judge(carried, originals, likeness)


def edits(judged: Sequence[Judged]) -> Iterator[str]:
    """A line a kind of edit: how many, how many detected, what the others were called."""
    yield f"{'edit':22}{'n':>5}  {'detected':24}called"
    for kind in EDITS:
        kinds = Counter(verdict.kind for pair, verdict in judged if pair.label == "distorted" and pair.kind == kind)
        found = sum(count for name, count in kinds.items() if name in ALARMS)
        called = ", ".join(f"{name} {count}" for name, count in kinds.most_common())
        star = "*" if kind in HELD_OUT_KINDS else "~" if kind in SOFT else ""
        yield f"{kind + star:22}{kinds.total():>5}  {share(found, kinds.total()):24}{called}"
    for told, kinds_of in (("hard", set(EDITS) - SOFT), ("soft", SOFT), ("held out", HELD_OUT_KINDS)):
        verdicts = [verdict.kind for pair, verdict in judged if pair.label == "distorted" and pair.kind in kinds_of]
        yield f"{told:22}{len(verdicts):>5}  {share(sum(v in ALARMS for v in verdicts), len(verdicts))}"
    yield "* never trained on   ~ soft: told, and no alarm wanted"


def faithful(judged: Sequence[Judged]) -> Iterator[str]:
    """A line a rewriting: how many, and how many false alarms."""
    yield f"{'rewriting':22}{'n':>5}  {'false alarms':24}called"
    by_kind: dict[str, Counter[str]] = defaultdict(Counter)
    for pair, verdict in judged:
        if pair.label == "faithful":
            by_kind[kind_of(pair)][verdict.kind] += 1
    total: Counter[str] = Counter()
    for kind, kinds in by_kind.items():
        alarms = sum(count for name, count in kinds.items() if name in ALARMS)
        called = ", ".join(f"{name} {count}" for name, count in kinds.most_common())
        yield f"{kind[:21]:22}{kinds.total():>5}  {share(alarms, kinds.total()):24}{called}"
        total += kinds
    yield f"{'all':22}{total.total():>5}  {share(sum(n for k, n in total.items() if k in ALARMS), total.total())}"


if __name__ == "__main__":
    raise SystemExit(main())
