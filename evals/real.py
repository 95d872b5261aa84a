"""Verdicts on real events, beside those of a reader: ``python -m evals.real FOLDER [--write] [--cache DIR]``.

`real_events.tsv` holds, for every statement of an outlet, the addresses of the original and of the outlet, the
statement's first and last three words, the verdict that a reader gave before any program ran (`read`), and the one that
onrecord gave (`found`; filled by --write). The texts are other people's and not here: FOLDER has them, a file
`EVENT.jsonl` an event, a row an article (`id`, `outlet`, `date`, `text`), the original with the id `transcript`.


"""

from __future__ import annotations

import argparse
import csv
import datetime
import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.carriage import load_likeness
from evals.classes import ACCUSED, FAIR, NOT_FOUND, table
from evals.reading import Reader, reader
from onrecord.reading.language import identify
from onrecord.records import Article
from onrecord.spans import Span
from onrecord.tracing.carrying import Checked, check
from onrecord.tracing.transcripts import held_on, originals_of
from onrecord.tracing.values import ALARMS, Likeness

TABLE = Path(__file__).parent / "real_events.tsv"
COLUMNS = ("event", "transcript", "outlet", "address", "first", "last", "read", "found")
WORD = re.compile(r"\w+(?:['’]\w+)*")
SAME = 0.5
"""The share of words, of those in either, from which a statement is the one that the reader judged."""


@dataclass(frozen=True, slots=True)
class Row:
    """A statement of the table, and where it stands in its outlet's text."""

    told: Mapping[str, str]
    place: Span


def main(argv: Sequence[str] | None = None) -> int:
    """Judge every event and print the table and the errors."""
    parser = argparse.ArgumentParser(prog="python -m evals.real", description="Verdicts on real events.")
    parser.add_argument("folder", type=Path, help="the texts, EVENT.jsonl")
    parser.add_argument("--cache", type=Path, help="a folder for records, read once")
    parser.add_argument("--write", action="store_true", help="fill the column found")
    parser.add_argument("--only", help="events, with commas between")
    arguments = parser.parse_args(argv)
    rows = told()
    read, likeness = reader(arguments.cache), load_likeness()
    only = arguments.only.split(",") if arguments.only else None
    met = judge_all(rows, arguments.folder, read, likeness, only)
    found = {n: NOT_FOUND if one is None else one.verdict.kind for n, one in met.items()}
    print("\n".join(table([(rows[n]["read"], kind) for n, kind in found.items()])))
    print("\nerrors that count: an alarm where there is none, none where there is one, and the other way of either")
    for n, kind in found.items():
        row = rows[n]
        if counts(row["read"], kind):
            one = met[n]
            why = "" if one is None else "; ".join(reason.words for reason in one.verdict.reasons)
            print(f"  {row['event']}/{row['outlet']}: {row['first']} … {row['last']}: read {row['read']}, found {kind}")
            print(f"      {why}" if why else "", end="\n" if why else "")
    if arguments.write:
        write(rows, found)
    return 0


def counts(read: str, found: str) -> bool:
    """Whether a difference between a reader and the program matters to whom it accuses or lets off."""
    groups = [(kind in ALARMS, kind in FAIR, kind in ACCUSED) for kind in (read, found)]
    return groups[0] != groups[1]


def told() -> list[dict[str, str]]:
    """The rows of the table."""
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def texts(path: Path) -> dict[str, Article]:
    """The articles of an event by their ids."""
    with path.open(encoding="utf-8") as stream:
        return {
            row["id"]: Article(
                row["text"],
                row["id"],
                outlet=row["outlet"],
                published=datetime.date.fromisoformat(row["date"]),
                url=row.get("url"),
                language=identify(row["text"]),
            )
            for row in map(json.loads, stream)
        }


def judge_all(
    rows: Sequence[Mapping[str, str]],
    folder: Path,
    read: Reader,
    likeness: Likeness | None,
    only: Collection[str] | None = None,
) -> dict[int, Checked | None]:
    """For every row by its number, or for those of some events, the statement that it is, judged."""
    met: dict[int, Checked | None] = {}
    for event in dict.fromkeys(row["event"] for row in rows):
        if only is None or event in only:
            mine = [(n, row) for n, row in enumerate(rows) if row["event"] == event]
            met |= judge_event(mine, texts(folder / f"{event}.jsonl"), read, likeness)
    return met


def judge_event(
    rows: Sequence[tuple[int, Mapping[str, str]]],
    articles: Mapping[str, Article],
    read: Reader,
    likeness: Likeness | None,
) -> dict[int, Checked | None]:
    """For every row of one event, by its number, the statement that it is, judged; None where it was not found."""
    transcript = articles["transcript"]
    originals = originals_of(transcript)
    met: dict[int, Checked | None] = {}
    for outlet in dict.fromkeys(row["outlet"] for _, row in rows):
        article = articles[outlet]
        checked = check(read(article), originals, likeness, held_on(transcript) or transcript.published)
        after = 0
        for n, row in rows:
            if row["outlet"] == outlet:
                place = where(article.text, row, after)
                after = place.start + 1
                met[n] = nearest(article.text, place, checked)
    return met


def where(text: str, row: Mapping[str, str], after: int) -> Span:
    """The stretch from a row's first to its last words. Raises ValueError where the text does not hold them."""
    words = list(WORD.finditer(text))
    first, last = row["first"].split(), row["last"].split()
    for n, word in enumerate(words):
        if word.start() >= after and [w[0] for w in words[n : n + len(first)]] == first:
            for m in range(n + max(0, len(first) - len(last)), len(words)):
                if [w[0] for w in words[m : m + len(last)]] == last:
                    return Span(word.start(), words[m + len(last) - 1].end())
    raise ValueError(f"{row['event']}/{row['outlet']}: saw no “{row['first']} … {row['last']}” behind {after}")


def nearest(text: str, place: Span, checked: Sequence[Checked]) -> Checked | None:
    """The statement that shares most words with a stretch, if enough."""
    mine = {m.start() for m in WORD.finditer(text, place.start, place.end)}
    scored = []
    for one in checked:
        theirs = {m.start() for span in one.statement.content for m in WORD.finditer(text, span.start, span.end)}
        scored.append((len(mine & theirs) / max(1, len(mine | theirs)), -one.statement.content[0].start, one))
    best = max(scored, key=lambda item: item[:2], default=None)
    return best[2] if best is not None and best[0] >= SAME else None


def write(rows: Sequence[Mapping[str, str]], found: Mapping[int, str]) -> None:
    """The table, with what was found."""
    with TABLE.open("w", encoding="utf-8", newline="") as stream:
        stream.write("\t".join(COLUMNS) + "\n")
        for n, row in enumerate(rows):
            stream.write("\t".join([*(row[c] for c in COLUMNS[:-1]), found.get(n, row["found"])]) + "\n")


if __name__ == "__main__":
    raise SystemExit(main())
