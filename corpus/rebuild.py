"""Make the derived files anew after an article was edited: `gold/*.jsonl` and the counts in `split.tsv`.

    python corpus/rebuild.py            write them
    python corpus/rebuild.py --counts   print the tables of DATASHEET.md

`split.tsv` is where the part, the beat and the register of an article are kept; only its last two
columns are derived.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Final

from markup import MarkedArticle, read_marked

CORPUS: Final = Path(__file__).resolve().parent
PARTS: Final = ("train", "heldout", "dev")
COLUMNS: Final = ("id", "part", "beat", "register", "words", "attributions")


@dataclass(frozen=True, slots=True)
class SplitRow:
    """One article's line in `split.tsv`."""

    id: str
    part: str
    beat: str
    register: str
    words: int
    attributions: int


def articles_of(part: str) -> list[MarkedArticle]:
    """The articles of a part of the corpus, in the order of their paths."""
    return [read_marked(path) for path in sorted((CORPUS / "articles" / part).rglob("*.txt"))]


def gold_of(articles: Iterable[MarkedArticle]) -> str:
    """What the gold file of these articles has to say, byte for byte."""
    return "".join(json.dumps(article.as_dict(), ensure_ascii=False) + "\n" for article in articles)


def words_of(article: MarkedArticle) -> int:
    """Words as the counts of the corpus understand them: runs of anything but white space."""
    return len(article.text.split())


def read_split() -> list[SplitRow]:
    """The lines of `split.tsv`, in order."""
    header, *lines = (CORPUS / "split.tsv").read_text(encoding="utf-8").splitlines()
    if tuple(header.split("\t")) != COLUMNS:
        raise ValueError(f"split.tsv: header {header!r}; wanted {COLUMNS}")
    fields = [line.split("\t") for line in lines]
    return [SplitRow(id_, part, beat, register, int(w), int(a)) for id_, part, beat, register, w, a in fields]


def split_text(rows: Iterable[SplitRow]) -> str:
    """The rows as the text of `split.tsv`."""
    lines = [
        "\t".join(COLUMNS),
        *("\t".join(str(getattr(row, column)) for column in COLUMNS) for row in rows),
    ]
    return "\n".join(lines) + "\n"


def counted(row: SplitRow, article: MarkedArticle) -> SplitRow:
    """The row with the counts that its article has now."""
    return replace(row, words=words_of(article), attributions=len(article.attributions))


def draw_heldout(seed: int) -> set[str]:
    """The held-out articles: two of each beat, one of the smallest, beats and ids in the order of names."""
    beats: dict[str, list[str]] = {}
    for row in read_split():
        if row.part != "dev":
            beats.setdefault(row.beat, []).append(row.id)
    smallest = min(beats, key=lambda beat: (len(beats[beat]), beat))
    draw = Random(seed)
    return {id_ for beat in sorted(beats) for id_ in draw.sample(sorted(beats[beat]), 1 if beat == smallest else 2)}


def label_counts(articles: Sequence[MarkedArticle]) -> Mapping[str, Counter[str]]:
    """How often each value of each label stands in these articles."""
    counts: dict[str, Counter[str]] = {}
    for article in articles:
        for attribution in article.attributions:
            labels = attribution.labels
            row = {
                "form": labels["form"],
                "cue_class": labels["cue_class"],
                "voice": labels["voice"],
                "status": labels.get("status", "(reported as said)"),
                "source": _source_kind(bool(attribution.source), labels),
                "nesting": "relayed" if labels.get("relayed_by") else "of the article's own",
                "content": "in pieces" if len(attribution.content) > 1 else "in one piece",
            }
            for label, value in row.items():
                counts.setdefault(label, Counter())[value] += 1
    return counts


def _source_kind(marked: bool, labels: Mapping[str, object]) -> str:
    if marked:
        return "marked"
    if labels.get("carried_from") is not None:
        return "none: carried on"
    return "none: nobody named" if labels["speaker"] is None else "none: clear from context"


def counts_table() -> str:
    """The counts of the three parts, as the Markdown tables of the datasheet."""
    per_part = {part: articles_of(part) for part in PARTS}
    rows = [f"| | {' | '.join(PARTS)} | all |", f"|---|{'--:|' * (len(PARTS) + 1)}"]

    def add(name: str, values: Sequence[int]) -> None:
        rows.append(f"| {name} | {' | '.join(f'{value:,}' for value in values)} | {sum(values):,} |")

    add("articles", [len(articles) for articles in per_part.values()])
    add("words", [sum(map(words_of, articles)) for articles in per_part.values()])
    add("attributions", [sum(len(a.attributions) for a in articles) for articles in per_part.values()])
    add("entities", [sum(len(a.entities) for a in articles) for articles in per_part.values()])
    counts = {part: label_counts(articles) for part, articles in per_part.items()}
    for label in counts["train"]:
        total = sum((counts[part][label] for part in PARTS), Counter[str]())
        for value, _ in total.most_common():
            add(f"{label}: {value}", [counts[part][label][value] for part in PARTS])
    return "\n".join(rows)


def main(arguments: Sequence[str]) -> int:
    """Write the derived files, or print the counts."""
    if arguments == ["--counts"]:
        print(counts_table())
        return 0
    if arguments:
        print(__doc__, file=sys.stderr)
        return 2
    by_id: dict[str, MarkedArticle] = {}
    for part in PARTS:
        articles = articles_of(part)
        by_id |= {article.id: article for article in articles}
        (CORPUS / "gold" / f"{part}.jsonl").write_text(gold_of(articles), encoding="utf-8")
    rows = read_split()
    if odd := by_id.keys() ^ {row.id for row in rows}:
        print(f"rebuild: split.tsv and the articles differ at {sorted(odd)}", file=sys.stderr)
        return 2
    (CORPUS / "split.tsv").write_text(split_text(counted(row, by_id[row.id]) for row in rows), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
