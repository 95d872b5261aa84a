"""Are linked speakers the right people? ``python -m evals.links`` scores the links against those judged by hand.

`links.tsv` holds statements of English Wikinews 2019-20 (CC BY 2.5) drawn at random among those whose speaker was
linked to a person of the directory: the article's url, where the content starts and ends, the entry, and whether a
reader of the article agrees. The engine reads the articles anew; rows that it no longer links, or links to somebody
else, are counted apart, since nobody has judged them.

    python -m evals.links             precision of the judged rows, and coverage
    python -m evals.links --draw 200  a new sample to judge, as lines for links.tsv
"""

from __future__ import annotations

import argparse
import csv
import datetime
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from onrecord.intervals import wilson
from onrecord.records import Article, Entity, Record, Statement

HERE = Path(__file__).resolve().parent
TABLE = HERE / "links.tsv"
WIKINEWS = HERE.parents[1] / "shared" / "data" / "wikinews-en" / "data"
COLUMNS = ("url", "start", "end", "name", "wikidata", "verdict", "why")
SEED = 20


def main(argv: Sequence[str] | None = None) -> int:
    """Score the judged rows, or draw new ones."""
    parser = argparse.ArgumentParser(description="Score links of speakers against those judged by hand.")
    parser.add_argument("--draw", type=int, metavar="N", help="print N statements to judge instead")
    arguments = parser.parse_args(argv)
    articles = list(wikinews())
    if not TABLE.exists() and not arguments.draw:
        print(f"Saw no table at {TABLE}; wanted links judged by hand. Draw some with --draw 200.")
        return 0
    if not articles:
        print(f"Saw no articles in {WIKINEWS}; wanted English Wikinews. Nothing was scored.")
        return 0
    from onrecord.engine import read_many

    records = list(read_many(articles))
    if arguments.draw:
        for line in draw(records, arguments.draw):
            print(line)
    else:
        print("\n".join(score(records)))
    return 0


def wikinews() -> Iterator[Article]:
    """The articles, each named by its url."""
    csv.field_size_limit(1 << 24)
    for path in sorted(WIKINEWS.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                published = datetime.date.fromisoformat(row["date"][:10])
                yield Article(row["text"], row["url"], row["title"], "Wikinews", published, row["url"])


def linked(record: Record) -> Iterator[tuple[Statement, Entity]]:
    """The statements whose speaker is a person linked to the directory."""
    for statement in record.statements:
        entity = record.speaker(statement)
        if entity is not None and entity.kind == "person" and entity.wikidata:
            yield statement, entity


def draw(records: Sequence[Record], number: int) -> Iterator[str]:
    """Lines for the table, the verdict left open, each with the words that a judge needs after it."""
    found = [(record, *pair) for record in records for pair in linked(record)]
    yield "\t".join(COLUMNS)
    for record, statement, entity in random.Random(SEED).sample(found, min(number, len(found))):
        words = " ".join(record.words(statement).split())[:160]
        source = " ".join(record.words(statement, "source").split())
        told = "; ".join(entity.evidence)
        content = statement.content
        start, end = str(content[0].start), str(content[-1].end)
        cells = (record.article.url or "", start, end, entity.name, entity.wikidata or "", "", "")
        yield "\t".join([*cells, f"| {source} | {words} | {told}"])


def score(records: Sequence[Record]) -> Iterator[str]:
    """Precision of the judged rows that still stand, and how many statements are linked at all."""
    now = {
        (record.article.url, s.content[0].start, s.content[-1].end): entity.wikidata
        for record in records
        for s, entity in linked(record)
    }
    with TABLE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    verdicts: Counter[str] = Counter()
    for row in rows:
        stands = now.get((row["url"], int(row["start"]), int(row["end"]))) == row["wikidata"]
        verdicts[row["verdict"] if stands else "gone"] += 1
    right, wrong = verdicts["right"], verdicts["wrong"]
    low, high = wilson(right, right + wrong)
    yield f"judged      {len(rows)} links: {right} right, {wrong} wrong, {verdicts['gone']} no longer made"
    if right + wrong:
        yield f"precision   {right / (right + wrong):.3f} ({low:.3f} to {high:.3f})"
    statements = [(record, s) for record in records for s in record.statements]
    speakers = [record.speaker(s) for record, s in statements]
    people = [e for e in speakers if e is not None and e.kind == "person"]
    named = [e for e in people if e.named]
    links = sum(1 for e in named if e.wikidata)
    yield f"coverage    {links} of {len(statements)} statements have a linked person as speaker, {len(speakers)} in all"
    for what, among in (("a person", people), ("a named person", named)):
        yield f"            {links / max(1, len(among)):.3f} of the {len(among)} said by {what}"
    bodies = sum(1 for e in speakers if e is not None and e.kind != "person" and e.wikidata)
    yield f"            and {bodies} a linked body or place"


if __name__ == "__main__":
    sys.exit(main())
