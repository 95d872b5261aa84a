"""Are the clusters right? ``python -m evals.clusters`` scores every cluster of real text against those judged by hand.

The statements of English Wikinews 2019-20 (CC BY 2.5), as onrecord reads them, and the attributions of PolNeAR-dev, as
its annotators marked them, are traced together; `clusters.tsv` holds every carrier in a cluster of more than one:
which article, where its content starts and ends, the cluster it was in, and whether a reader agrees that it goes back
to the same utterance as the cluster's anchor. No text of PolNeAR is in it.

    python -m evals.clusters            precision of the judged carriers that still stand
    python -m evals.clusters --draw     all clusters, with their words, to be judged; judged lines keep their verdict
    python -m evals.clusters --train    the same on PolNeAR-train, of which SAMPLE carriers drawn at random were judged
"""

from __future__ import annotations

import argparse
import csv
import datetime
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.links import wikinews
from onrecord.intervals import wilson
from onrecord.reading.kept import kept_records
from onrecord.records import Article, Provenance, Record, Statement
from onrecord.spans import Span, merge
from onrecord.tracing.gathering.carriers import Carrier, carriers_of
from onrecord.tracing.gathering.utterances import Utterance, utterances

HERE = Path(__file__).resolve().parent
TABLE = HERE / "clusters.tsv"
POLNEAR = HERE.parents[1] / "shared" / "data" / "polnear"
CACHE = HERE.parents[1] / "cache" / "chains"
SEED, SAMPLE = 6, 150
COLUMNS = ("corpus", "article", "start", "end", "anchor", "anchor_start", "tie", "verdict", "why")


@dataclass(frozen=True, slots=True)
class Row:
    """One carrier in a cluster, and its anchor."""

    carrier: Carrier
    anchor: Carrier
    kind: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What finds the row again: both articles and where both contents start."""
        return self.carrier.article, start(self.carrier), self.anchor.article, start(self.anchor)


def main(argv: Sequence[str] | None = None) -> int:
    """Score the judged carriers, or print all to be judged."""
    parser = argparse.ArgumentParser(description="Score clusters against those judged by hand.")
    parser.add_argument("--draw", action="store_true", help="print every cluster to be judged instead")
    parser.add_argument("--cache", type=Path, default=CACHE, help="a folder for the records of Wikinews, read once")
    parser.add_argument("--train", action="store_true", help="PolNeAR-train instead of Wikinews and PolNeAR-dev")
    arguments = parser.parse_args(argv)
    traced = trained() if arguments.train else carriers(arguments.cache)
    found = [u for u in utterances(traced) if len(u.carriers) > 1]
    if not found:
        print(f"Saw no articles beside {POLNEAR}; wanted Wikinews and PolNeAR. Nothing was scored.")
        return 0
    chosen = list(rows(found))
    if arguments.train:
        chosen = sorted(random.Random(SEED).sample(chosen, min(SAMPLE, len(chosen))), key=lambda row: row.key)
    print("\n".join(draw(chosen) if arguments.draw else score(found, chosen)))
    return 0


def carriers(cache: Path) -> Iterator[Carrier]:
    """The carriers of Wikinews and PolNeAR-dev."""
    for record in wikinews_records(cache):
        yield from carriers_of(record)
    for record in polnear_records(POLNEAR / "dev.jsonl"):
        yield from carriers_of(record)


def trained() -> Iterator[Carrier]:
    """The carriers of PolNeAR-train."""
    for record in polnear_records(POLNEAR / "train.jsonl"):
        yield from carriers_of(record)


def wikinews_records(cache: Path) -> Iterator[Record]:
    """Wikinews as onrecord reads it, from the cache where it was read before."""
    from onrecord.engine import read_many

    kept = cache / "wikinews.jsonl"
    if kept.exists():
        yield from (record for record in kept_records(str(kept)) if isinstance(record, Record))
        return
    records = list(read_many(wikinews()))
    if cache.is_dir():
        kept.write_text("".join(record.to_json() + "\n" for record in records), "utf-8")
    yield from records


def polnear_records(path: Path) -> Iterator[Record]:
    """The gold attributions of PolNeAR, their speakers named as onrecord names them."""
    from onrecord.engine import load_directory, pipeline

    if not path.exists():
        return
    steps = [step for name, step in pipeline(load_directory()) if name in ("speakers", "link", "occasions", "relay")]
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            record = gold_record(json.loads(line))
            for step in steps:
                record = step(record.article, record)
            yield record


def gold_record(data: dict[str, object]) -> Record:
    """One article of PolNeAR as a record. Outlet and date stand in its name."""
    from onrecord.finding.quoting.forms import form_of
    from onrecord.finding.quoting.quotations import find_quotations
    from onrecord.finding.segments import paragraphs
    from onrecord.finding.tagging.drafts import Draft

    name, text = str(data["id"]), str(data["text"])
    outlet, day, *_ = name.split("_")
    quotations = find_quotations(text, paragraphs(text))
    statements = []
    attributions = data["attributions"]
    assert isinstance(attributions, list)
    for item in attributions:
        source, cue, content = (merge(Span(*pair) for pair in item[role]) for role in ("source", "cue", "content"))
        if content:
            form, _ = form_of(Draft("gold", content, source, cue), text, quotations)
            statements.append(
                Statement(id=item["id"], content=content, source=source, cue=cue, form=form, confidence=1.0)
            )
    article = Article(text, name, None, outlet, datetime.date.fromisoformat(day))
    return Record(article, tuple(statements), Provenance("PolNeAR 1.0"))


def start(carrier: Carrier) -> str:
    """Where the content starts in the article."""
    return str(carrier.spans[0].start)


def rows(found: Sequence[Utterance]) -> Iterator[Row]:
    """Every carrier but the anchors."""
    for utterance in found:
        for carrier in utterance.carriers:
            if carrier.id != utterance.id:
                yield Row(carrier, utterance.anchor, utterance.ties[carrier.id].kind)


def judged() -> dict[tuple[str, str, str, str], dict[str, str]]:
    """The lines of the table by their key."""
    if not TABLE.exists():
        return {}
    with TABLE.open(encoding="utf-8", newline="") as stream:
        lines = list(csv.DictReader(stream, delimiter="\t"))
    return {(line["article"], line["start"], line["anchor"], line["anchor_start"]): line for line in lines}


def draw(chosen: Sequence[Row]) -> Iterator[str]:
    """Lines for the table, each with what its judge needs behind it."""
    known = judged()
    yield "\t".join(COLUMNS)
    for row in chosen:
        line = known.get(row.key, {})
        corpus = "wikinews" if row.carrier.article.startswith("http") else "polnear"
        place = row.carrier.article, start(row.carrier), str(row.carrier.spans[-1].end)
        cells = (corpus, *place, row.anchor.article, start(row.anchor), row.kind)
        words = (f"{c.speaker} [{c.form}] {' '.join(c.words.split())}" for c in (row.carrier, row.anchor))
        yield "\t".join((*cells, line.get("verdict", ""), line.get("why", ""), *words))


def score(found: Sequence[Utterance], chosen: Sequence[Row]) -> Iterator[str]:
    """Precision of the judged among the chosen carriers, by how they are tied, and how many nobody has judged."""
    known = judged()
    by_kind: dict[str, list[bool]] = {}
    unjudged = 0
    for row in chosen:
        verdict = known.get(row.key, {}).get("verdict")
        if verdict in ("right", "wrong"):
            by_kind.setdefault(row.kind, []).append(verdict == "right")
        else:
            unjudged += 1
    everything = [verdict for verdicts in by_kind.values() for verdict in verdicts]
    beside = sum(len(utterance.ties) for utterance in found)
    yield f"clusters    {len(found)} of more than one carrier, with {beside} beside the anchors"
    yield f"judged      {len(everything)} of {len(chosen)}; {unjudged} without a judgement"
    for kind, verdicts in [*sorted(by_kind.items()), ("all", everything)]:
        if verdicts:
            low, high = wilson(sum(verdicts), len(verdicts))
            share = sum(verdicts) / len(verdicts)
            yield f"{kind:12}{share:.3f} ({low:.3f} to {high:.3f}) of {len(verdicts)}"


if __name__ == "__main__":
    sys.exit(main())
