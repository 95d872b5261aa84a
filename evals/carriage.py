"""How well `onrecord check` traces outlets to a transcript: from gold statements and from raw text of annotated events.

    python -m evals.carriage [EVENTS …] [--gold] [--raw] [--misses] [--classes] [--cache DIR]
    python -m evals.carriage ../shared/data/events --only Q,V,Z,AA --totals

EVENTS are folders of annotated events (`eventX-transcript.txt` and its `eventX-outletN.txt`, in the markup of
../shared/eval/README.md); by default evals/events and, where it is, ../shared/eval/articles; `--only` takes some events
of them. The figures are those of ../shared/eval/score_carriage.py, over each event and over those of a folder together;
alarms that meet no annotated statement count in none of them and are told beside. `--classes` adds recall and precision
of every class with intervals. `--totals` prints nothing of single events, so that held-out ones stay unseen. Records
read from raw text are kept in `--cache`. From raw text also the four outlets of examples/ are judged, by the verdicts
of evals/events/examples.tsv; they were looked at while building. `--examples` scores those alone.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import importlib
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.classes import Judged, table
from evals.reading import Reader, reader
from onrecord.reading.language import identify
from onrecord.records import Article, Entity, Occasion, Provenance, Record, Statement
from onrecord.spans import Span
from onrecord.tracing.carrying import check
from onrecord.tracing.judging.scene import scene_of
from onrecord.tracing.transcripts import originals_of
from onrecord.tracing.values import ALARMS, Likeness

HERE = Path(__file__).parent / "events"
EXAMPLES = Path(__file__).parents[1] / "examples"
SHARED = Path(__file__).parents[2] / "shared" / "eval"
KINDS = {
    "news conference": "press_conference",
    "press conference": "press_conference",
    "message": "post",
    "letter": "document",
}
OCCASIONS = frozenset(
    "interview press_conference speech hearing meeting statement document post broadcast call".split()
)
STATUSES = frozenset("said denied negated hypothetical future".split())


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures of every event and of every folder."""
    parser = argparse.ArgumentParser(prog="python -m evals.carriage", description="Verdicts on annotated events.")
    parser.add_argument("folders", nargs="*", type=Path, help="folders of events")
    parser.add_argument("--only", default="", help="events of these letters, with commas between: Q,V")
    parser.add_argument("--gold", action="store_true", help="from the annotated statements (default: both)")
    parser.add_argument("--raw", action="store_true", help="from raw text")
    parser.add_argument("--totals", action="store_true", help="nothing of single events")
    parser.add_argument("--classes", action="store_true", help="recall and precision of every class")
    parser.add_argument("--misses", action="store_true", help="every statement that was judged otherwise")
    parser.add_argument("--examples", action="store_true", help="the articles of examples/ alone")
    parser.add_argument("--cache", type=Path, help="a folder for records, read once")
    arguments = parser.parse_args(argv)
    sys.path.insert(0, str(SHARED))
    likeness, read = load_likeness(), reader(arguments.cache)
    modes = [mode for mode in ("gold", "raw") if getattr(arguments, mode)] or ["gold", "raw"]
    misses = arguments.misses and not arguments.totals
    for folder in [] if arguments.examples else arguments.folders or [HERE, SHARED / "articles"]:
        events = chosen(folder, arguments.only)
        for mode in modes if events else ():
            together: list[tuple[Path, Path, Path]] = []
            with tempfile.TemporaryDirectory() as place:
                for event in events:
                    triples = list(predict(folder, event, mode, Path(place), likeness, read))
                    together += triples
                    if not arguments.totals:
                        show(f"{event} {mode}", triples, misses)
                if len(events) > 1 or arguments.totals:
                    show(f"{'+'.join(events)} {mode}", together, misses=False)
                if arguments.classes:
                    print("\n".join(table(pairs_of(together))))
    if "raw" in modes and not arguments.only and not arguments.totals:
        print("\n".join(examples(likeness, read, misses)))
    return 0


def chosen(folder: Path, only: str) -> list[str]:
    """The events of a folder, or those that are asked for."""
    events = sorted({path.name.split("-")[0] for path in folder.glob("event*-transcript.txt")})
    wanted = [f"event{letter}" for letter in only.split(",") if letter]
    return [event for event in events if event in wanted or not wanted]


def examples(likeness: Likeness | None, read: Reader, misses: bool) -> Iterator[str]:
    """How many statements of the four outlets of examples/ have the verdict that is wanted.

    A statement is found by words of its content; of several that hold them the shortest counts.
    """
    with (EXAMPLES / "event.jsonl").open(encoding="utf-8") as stream:
        given = {row["id"].removeprefix("port-evrin-"): row for row in map(json.loads, stream)}
    articles = {
        name: Article(
            row["text"],
            row["id"],
            title=row["title"],
            outlet=row["outlet"],
            published=datetime.date.fromisoformat(row["date"]),
        )
        for name, row in given.items()
    }
    said = articles["transcript"]
    checked = {
        name: check(read(article), originals_of(said), likeness, scene=scene_of(said))
        for name, article in articles.items()
        if name != "transcript"
    }
    with (HERE / "examples.tsv").open(encoding="utf-8", newline="") as stream:
        wanted = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    right, alarms, raised = 0, 0, 0
    for row in wanted:
        text = articles[row["outlet"]].text
        at = text.index(row["words"])
        place = Span(at, at + len(row["words"]))
        around = [one for one in checked[row["outlet"]] if any(span.overlaps(place) for span in one.statement.content)]
        around = [one for one in around if _holds(one.statement, place)] or around
        best = min(around, key=lambda one: sum(map(len, one.statement.content)), default=None)
        kind = "not found" if best is None else best.verdict.kind
        right += kind == row["verdict"]
        alarms += row["verdict"] in ALARMS
        raised += row["verdict"] in ALARMS and kind in ALARMS
        if misses and kind != row["verdict"]:
            yield f"    {row['outlet']}: {row['words']}: wanted {row['verdict']}, got {kind}"
    share = right / len(wanted)
    yield f"{'examples raw':24}verdict {share:.3f} of {len(wanted)}  alarm.recall {raised} of {alarms}"


def _holds(statement: Statement, place: Span) -> bool:
    return any(span.start <= place.start and place.end <= span.end for span in statement.content)


def show(name: str, triples: Sequence[tuple[Path, Path, Path]], misses: bool) -> None:
    """One line: every figure of the shared scorer, and the alarms that it leaves out."""
    scorer = importlib.import_module("score_carriage")
    result, missed = scorer.score([tuple(map(str, triple)) for triple in triples])
    figures = "  ".join(f"{key} {value['acc']:.3f} of {value['n']}" for key, value in result.items())
    print(f"{name:24}{figures}  alarms on nothing annotated {loose_alarms(triples)}", flush=True)
    for one in missed if misses else ():
        print("   ", *one)


def pairs_of(triples: Sequence[tuple[Path, Path, Path]]) -> list[Judged]:
    """The class that is right and the one given, of every annotated statement."""
    scorer = importlib.import_module("score_carriage")
    pairs: list[Judged] = []
    for triple in triples:
        _, missed = scorer.score([tuple(map(str, triple))])
        wrong = {statement: (want, got) for _, statement, want, got in missed}
        for a in json.loads(triple[1].read_text("utf-8"))["attributions"]:
            right = a.get("carriage") or "elsewhere"
            pairs.append(wrong.get(a["id"], (right, right)))
    return pairs


def loose_alarms(triples: Sequence[tuple[Path, Path, Path]]) -> int:
    """How many alarms share no word with an annotated statement."""
    count = 0
    for _, outlet, predicted in triples:
        gold = [pair for a in json.loads(outlet.read_text("utf-8"))["attributions"] for pair in a["content"]]
        for line in filter(None, predicted.read_text("utf-8").splitlines()):
            one = json.loads(line)
            met = any(start < e and s < end for s, e in one["content"] for start, end in gold)
            count += one["verdict"] in ALARMS and not met
    return count


def predict(
    folder: Path, event: str, mode: str, place: Path, likeness: Likeness | None, read: Reader | None = None
) -> Iterator[tuple[Path, Path, Path]]:
    """Transcript, outlet and prediction of every outlet of an event, as the scorer takes them."""
    parse = importlib.import_module("to_jsonl").parse
    read = read or reader(None)
    transcript = parse(folder / f"{event}-transcript.txt")
    (place / f"{event}-t.jsonl").write_text(json.dumps(transcript), "utf-8")
    said = article_of(transcript)
    originals = originals_of(said)
    for path in sorted(folder.glob(f"{event}-outlet*.txt")):
        gold = parse(path)
        (place / f"{path.stem}.jsonl").write_text(json.dumps(gold), "utf-8")
        record = record_of(gold) if mode == "gold" else read(article_of(gold))
        lines = [
            json.dumps(
                {
                    "statement": one.statement.id,
                    "content": [span.as_list() for span in one.statement.content],
                    "verdict": one.verdict.kind,
                    "utterance": [span.as_list() for span in one.verdict.spans] or None,
                }
            )
            for one in check(record, originals, likeness, scene=scene_of(said))
        ]
        (place / f"{path.stem}-p.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
        yield place / f"{event}-t.jsonl", place / f"{path.stem}.jsonl", place / f"{path.stem}-p.jsonl"


def article_of(data: Mapping[str, Any]) -> Article:
    """The text of an annotated article, without its annotation."""
    return Article(
        data["text"],
        data["id"],
        title=data["title"],
        outlet=data["outlet"],
        published=datetime.date.fromisoformat(data["date"]),
        language=identify(data["text"]),
    )


def record_of(data: Mapping[str, Any]) -> Record:
    """The gold statements of an annotated article as a record. Nothing of `of` and `carriage` is taken up."""
    entities = tuple(
        Entity(
            id=key,
            name=item["name"],
            kind=item["type"],
            aka=tuple(item.get("aka", ())),
            role=item.get("role"),
        )
        for key, item in data["entities"].items()
    )
    known = {entity.id for entity in entities}
    occasions: list[Occasion] = []
    statements = []
    spans = {a["id"]: _spans(a["content"]) for a in data["attributions"]}
    for a in data["attributions"]:
        occasion = _occasion(f"o{a['id']}", a.get("occasion"), known)
        if occasion is not None:
            occasions.append(occasion)
        statements.append(
            Statement(
                id=a["id"],
                content=spans[a["id"]],
                source=_spans(a["source"]),
                cue=_spans(a["cue"]),
                form=a["form"],
                confidence=1.0,
                carried_from=str(a["carried_from"]) if a.get("carried_from") else None,
                within=_container(a["id"], spans),
                speaker=a["speaker"] if a["speaker"] in known else None,
                cue_class=a["cue_class"],
                status=a["status"] if a.get("status") in STATUSES else "said",
                voice=a["voice"],
                occasion=None if occasion is None else occasion.id,
                relayed_by=a["relayed_by"] if a.get("relayed_by") in known else None,
            )
        )
    return Record(article_of(data), tuple(statements), Provenance("gold"), entities, tuple(occasions))


def _container(id: str, spans: Mapping[str, tuple[Span, ...]]) -> str | None:
    """The smallest statement whose content holds all of this one's, and more."""
    mine = spans[id]
    around = [
        (sum(map(len, theirs)), other)
        for other, theirs in spans.items()
        if other != id
        and theirs != mine
        and all(any(t.start <= m.start and m.end <= t.end for t in theirs) for m in mine)
        and sum(map(len, theirs)) > sum(map(len, mine))
    ]
    return min(around)[1] if around else None


def _occasion(id: str, told: Mapping[str, Any] | None, known: set[str]) -> Occasion | None:
    if not told or not any(told.values()):
        return None
    kind = KINDS.get(told["kind"], told["kind"]) if told["kind"] else None
    return Occasion(
        id=id,
        kind=kind if kind in OCCASIONS else None,
        medium=told["medium"] if told["medium"] in known else None,
        place=told["place"],
        addressee=told["addressee"],
        date=told["date"],
        event=told["kind"],
    )


def _spans(pairs: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(sorted(Span(*pair) for pair in pairs))


def load_likeness() -> Likeness | None:
    """Cross-lingual sentence vectors, or None where the extra is not installed."""
    from onrecord.embedding import Meanings, crosslingual
    from onrecord.errors import MissingExtra

    try:
        return Meanings(crosslingual.load())
    except MissingExtra:
        return None


if __name__ == "__main__":
    sys.exit(main())
