"""The table of the docs: recall and precision of every verdict class, by invented and by real events, with intervals.

    python -m evals.verdict_table REAL [--held-out Q,V,Z,AA] [--cache DIR]

Invented are the held-out events of ../shared/data/events, from raw text; real are those of `evals.real`, whose texts
are in the folder REAL. Only totals are printed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import get_args

from evals.carriage import SHARED, chosen, load_likeness, pairs_of, predict
from evals.classes import FAIR, NOT_FOUND, Judged, share
from evals.reading import Reader, reader
from evals.real import judge_all, told
from onrecord.tracing.values import ALARMS, Likeness, VerdictClass

EVENTS = SHARED.parent / "data" / "events"


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table, in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m evals.verdict_table", description="The table of the docs.")
    parser.add_argument("real", type=Path, help="the texts of the real events, EVENT.jsonl")
    parser.add_argument("--held-out", default="Q,V,Z,AA", help="the invented events that count (Q,V,Z,AA)")
    parser.add_argument("--cache", type=Path, help="a folder for records, read once")
    arguments = parser.parse_args(argv)
    sys.path.insert(0, str(SHARED))
    read, likeness = reader(arguments.cache), load_likeness()
    judged = {
        "invented": invented(arguments.held_out, read, likeness),
        "real": real(arguments.real, read, likeness),
    }
    print("\n".join(markdown(judged)))
    return 0


def invented(only: str, read: Reader, likeness: Likeness | None) -> list[Judged]:
    """The statements of invented events, from raw text."""
    with tempfile.TemporaryDirectory() as place:
        triples = [
            triple
            for event in chosen(EVENTS, only)
            for triple in predict(EVENTS, event, "raw", Path(place), likeness, read)
        ]
        return pairs_of(triples)


def real(folder: Path, read: Reader, likeness: Likeness | None) -> list[Judged]:
    """The statements of real events, as outlets printed them."""
    rows = told()
    met = judge_all(rows, folder, read, likeness)
    return [(rows[n]["read"], NOT_FOUND if one is None else one.verdict.kind) for n, one in met.items()]


def markdown(judged: Mapping[str, Sequence[Judged]]) -> Iterator[str]:
    """A row a class, and for every kind of event its number, recall and precision."""
    yield "| |" + "".join(f" {name}: n | recall | precision |" for name in judged)
    yield "|---|" + "--:|---|---|" * len(judged)
    groups: list[tuple[str, Collection[str]]] = [(kind, (kind,)) for kind in get_args(VerdictClass)]
    for name, group in (*groups, ("any alarm", ALARMS), ("any fair one", FAIR)):
        cells = ""
        for pairs in judged.values():
            wanted = [got in group for right, got in pairs if right in group]
            called = [right in group for right, got in pairs if got in group]
            cells += f" {len(wanted)} | {share(sum(wanted), len(wanted))} | {share(sum(called), len(called))} |"
        yield f"| {name} |{cells}"


if __name__ == "__main__":
    raise SystemExit(main())
