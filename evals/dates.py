"""Are dates resolved rightly? ``python -m evals.dates`` reads the phrases of `dates.tsv`: self-written sentences with
the day of publication, a phrase, and what it means in ISO 8601, or - where it means no date. ``--misses`` lists the
wrong.

    own        100 phrases; the grammar was mended on them (74 right before)
    second      60, written before the grammar was written anew, by one who had read the old one, which got 47 right
    held-out    60, written after that, their kinds taken from a random draw of dates in Wikinews 2019-20, and run once:
                56 right. Then two slips were mended on them
"""

from __future__ import annotations

import argparse
import csv
import datetime
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from onrecord.finding.occasions.dates import find_dates
from onrecord.profiling.measures import wilson
from onrecord.spans import Span

TABLE = Path(__file__).with_name("dates.tsv")
NOTHING = "-"


def main(argv: Sequence[str] | None = None) -> int:
    """Score the table, set by set, and print."""
    parser = argparse.ArgumentParser(description="Score the resolving of dates against a table written by hand.")
    parser.add_argument("--misses", action="store_true", help="list what was resolved otherwise")
    arguments = parser.parse_args(argv)
    for name, rows in groupby(read(TABLE), key=lambda row: row["set"]):
        cases = list(rows)
        misses = list(wrong(cases))
        right = len(cases) - len(misses)
        low, high = wilson(right, len(cases))
        print(f"{name:10}{right:4} of {len(cases)} phrases right, {right / len(cases):.3f} ({low:.3f} to {high:.3f})")
        if arguments.misses:
            print("\n".join(f"    {miss}" for miss in misses))
    return 0


def read(table: Path) -> list[dict[str, str]]:
    """The rows of the table, by its header."""
    with table.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def wrong(rows: Sequence[dict[str, str]]) -> Iterator[str]:
    """A line for each phrase that is resolved otherwise than the table says."""
    for row in rows:
        sentence, published = row["sentence"], datetime.date.fromisoformat(row["published"])
        at = sentence.index(row["phrase"])
        phrase = Span(at, at + len(row["phrase"]))
        found = [dated.when for dated in find_dates(sentence, published) if dated.span.overlaps(phrase) and dated.when]
        seen = found[0] if found else NOTHING
        if seen != row["expected"]:
            yield f"{row['published']}  {row['phrase']}: wanted {row['expected']}, saw {seen}  | {sentence}"


if __name__ == "__main__":
    sys.exit(main())
