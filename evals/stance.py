"""Stance of rare cues: ``python -m evals.stance [--misses]`` compares onrecord with two readings of 100 of them.

`rare_cues.tsv` says how they were drawn and read. Printed are the agreement of the readings (raw, and Cohen's kappa),
the accuracy of onrecord against each and against the cues on which they agree, and how many cues the lexicon holds.
Cue and content are taken from PolNeAR as it marks them, so that errors in finding them do not count here.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.gate import POLNEAR
from onrecord.finding.framing.steps import frame
from onrecord.finding.quoting.forms import form_of
from onrecord.finding.quoting.quotations import find_quotations
from onrecord.finding.tagging.drafts import Draft
from onrecord.records import ROLES, Article, Provenance, Record, Statement
from onrecord.spans import Span

TABLE = Path(__file__).with_name("rare_cues.tsv")


@dataclass(frozen=True, slots=True)
class RareCue:
    """One line of the table: where the cue stands, its words, and the two labels."""

    article: str
    cue: tuple[Span, ...]
    words: str
    labels: tuple[str, str]

    @property
    def agreed(self) -> bool:
        return self.labels[0] == self.labels[1]


def read_table(path: Path = TABLE) -> list[RareCue]:
    """The cues of the table; lines that begin with # tell about it."""
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [
        RareCue(row["article"], _spans(row["cue"]), row["words"], (row["label_a"], row["label_b"]))
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    ]


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa (1960) of two labels each: agreement beyond what their frequencies alone would give."""
    seen = sum(a == b for a, b in pairs) / len(pairs)
    first, second = (Counter(pair[n] for pair in pairs) for n in (0, 1))
    chance = sum(first[label] * second[label] for label in first) / len(pairs) ** 2
    return 1.0 if chance == 1 else (seen - chance) / (1 - chance)


def classified(cue: RareCue, docs: dict[str, dict[str, Any]]) -> Statement:
    """The statement of PolNeAR that has this cue, framed."""
    doc = docs[cue.article]
    wanted = [span.as_list() for span in cue.cue]
    given = next(a for a in doc["attributions"] if a["cue"] == wanted)
    source, mark, content = (tuple(Span(*pair) for pair in sorted(given[role])) for role in ROLES)
    form, _ = form_of(Draft("gold", content, source, mark), doc["text"], find_quotations(doc["text"]))
    statement = Statement(id="1", source=source, cue=mark, content=content, form=form, confidence=1.0)
    article = Article(doc["text"])
    return frame(article, Record(article, (statement,), Provenance("gold"))).statements[0]


def report(cues: Sequence[RareCue], framed: Sequence[Statement], *, misses: bool = False) -> list[str]:
    """The lines to print."""
    ours = [str(statement.cue_class) for statement in framed]
    agreement = sum(cue.agreed for cue in cues) / len(cues)
    known = sum("lexicon" in statement.decided_by["cue_class"] for statement in framed)
    lines = [
        f"cues            {len(cues)}, {known} of them with a word in the lexicon",
        f"agreement       {agreement:.3f}, kappa {kappa([cue.labels for cue in cues]):.3f}",
    ]
    for n, name in enumerate("AB"):
        right = sum(label == cue.labels[n] for label, cue in zip(ours, cues, strict=True))
        lines.append(f"accuracy on {name}   {right / len(cues):.3f}")
    both = [label == cue.labels[0] for label, cue in zip(ours, cues, strict=True) if cue.agreed]
    lines.append(f"on the agreed   {sum(both) / len(both):.3f} of {len(both)}")
    if misses:
        for cue, statement in zip(cues, framed, strict=True):
            if statement.cue_class not in cue.labels:
                lines.append(f"{'/'.join(cue.labels):22} {statement.decided_by['cue_class']:50} {cue.words}")
    return lines


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m evals.stance", description="Stance of 100 rare cues of PolNeAR dev."
    )
    parser.add_argument("--misses", action="store_true", help="list the cues on which onrecord is alone")
    arguments = parser.parse_args(argv)
    path = POLNEAR / "dev.jsonl"
    if not path.is_file():
        print(f"Saw no file {path}; wanted PolNeAR dev. Point ONRECORD_POLNEAR to its folder.", file=sys.stderr)
        return 2
    docs = {doc["id"]: doc for doc in map(json.loads, path.read_text("utf-8").splitlines())}
    cues = read_table()
    print("\n".join(report(cues, [classified(cue, docs) for cue in cues], misses=arguments.misses)))
    return 0


def _spans(field: str) -> tuple[Span, ...]:
    return tuple(Span(*map(int, piece.split("-"))) for piece in field.split(","))


if __name__ == "__main__":
    sys.exit(main())
