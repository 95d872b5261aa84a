"""What readers corrected, as annotated articles: ``python -m training.corrected EXPORT… --out FILE [--share 1.0]``.

EXPORT is what ``onrecord export --training`` wrote. An article is taken when at least ``--share`` of its statements
were looked at by a person; what nobody looked at counts as right, and what was neither found nor added as no statement,
so at 1.0 read whole articles before training on them. Rejected statements are left out, which teaches that they are
none. Texts that stand in the development or held-out corpus are never taken. FILE has the form of
``corpus/gold/train.jsonl``; ``--onto corpus/gold/train.jsonl`` puts that file's articles in front, less those that a
person corrected anew, so that FILE can take its place.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from onrecord.errors import RecordError
from onrecord.records import Article, Record, Statement

ROOT = Path(__file__).resolve().parents[1]
HELD_BACK = (ROOT / "corpus/gold/dev.jsonl", ROOT / "corpus/gold/heldout.jsonl")


def main(arguments: Sequence[str] | None = None) -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("exports", type=Path, nargs="+", metavar="EXPORT")
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--onto", type=Path, help="annotated articles to put in front")
    ap.add_argument("--share", type=float, default=1.0, help="of an article's statements looked at, at least (1.0)")
    args = ap.parse_args(arguments)
    counts: Counter[str] = Counter()
    held_back = {Article(doc["text"]).sha256 for path in HELD_BACK for doc in read(path)}
    new = {Article(doc["text"]).sha256: doc for doc in taken(args.exports, args.share, held_back, counts)}
    old = [doc for doc in read(args.onto) if Article(doc["text"]).sha256 not in new] if args.onto else []
    part = args.out.with_name(f"{args.out.name}.part")
    part.write_text("".join(json.dumps(doc, ensure_ascii=False) + "\n" for doc in (*old, *new.values())), "utf-8")
    part.replace(args.out)
    print(f"{len(old)} articles as they were, {len(new)} corrected, written to {args.out}")
    for reason, n in sorted(counts.items()):
        print(f"left out: {n} {reason}")


def read(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON lines file; none where there is no such file."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def taken(exports: Iterable[Path], share: float, held_back: set[str], counts: Counter[str]) -> Iterator[dict[str, Any]]:
    """The articles of the exports that may be trained on; `counts` hears why others are left out."""
    for path in exports:
        for data in read(path):
            try:
                record = Record.from_dict(data)
            except RecordError as error:
                counts[f"damaged ({error.seen})"] += 1
                continue
            reviews = data.get("reviews", {})
            looked_at = sum(statement.id in reviews for statement in record.statements)
            if record.article.sha256 in held_back:
                counts["of the development or held-out corpus"] += 1
            elif not reviews or looked_at < share * len(record.statements):
                counts["with too few statements looked at"] += 1
            else:
                yield annotated(record, reviews)


def annotated(record: Record, reviews: Mapping[str, str]) -> dict[str, Any]:
    """A record as an annotated article of the corpus; `review` tells what a person said of each statement."""
    article = record.article
    mentions = sorted((span.as_list(), entity.id) for entity in record.entities for span in entity.mentions)
    return {
        "id": article.id,
        "outlet": article.outlet,
        "date": article.published.isoformat() if article.published else None,
        "title": article.title,
        "text": article.text,
        "attributions": [_attribution(record, s) | {"review": reviews.get(s.id)} for s in record.statements],
        "mentions": [{"entity": id, "span": span} for span, id in mentions],
        "entities": {
            entity.id: {
                "name": entity.name,
                "type": entity.kind,
                "aka": list(entity.aka),
                **({"role": entity.role} if entity.role else {}),
                **({"of": entity.of} if entity.of else {}),
            }
            for entity in record.entities
        },
        "asserted": [a.span.as_list() for a in record.asserted],
    }


def _attribution(record: Record, statement: Statement) -> dict[str, Any]:
    plain = next(a for a in record.to_dict()["attributions"] if a["id"] == statement.id)
    told = ("kind", "medium", "date", "place", "addressee")
    occasion = plain["occasion"] or {}
    names = ("id", "source", "cue", "content", "speaker", "form", "cue_class", "voice", "status", "question")
    return {
        **{name: plain[name] for name in names},
        "occasion": {name: occasion.get(name) for name in told},
        "carried_from": plain["carried_from"],
        "about": plain["about"],
    }


if __name__ == "__main__":
    main()
