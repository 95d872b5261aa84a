"""Label Studio: tasks with predictions, the labelling configuration for them, and what annotators made of them.

    {"data": {"text": …, "meta": {…}}, "predictions": [{"model_version": "onrecord 0.3", "score": …, "result": [
      {"id": "1-content-0", "type": "labels", "from_name": "role", "to_name": "text", "score": 0.98,
       "value": {"start": 0, "end": 8, "text": "“Never,”", "labels": ["content"]}}, …,
      {"type": "relation", "from_id": "1-source-0", "to_id": "1-content-0", "direction": "right", "labels": ["source"]}

A machine's statements are predictions, never annotations; what persons rejected is a prediction of its own. Offsets
count code points, as Label Studio does since 2022; `read` takes UTF-16 units where only they fit the words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from onrecord.errors import MalformedFile
from onrecord.exchange.annotation.annotations import (
    DROPS,
    REJECTED,
    Annotation,
    Reviewed,
    annotated,
    annotations_of,
    maker,
    of_article,
)
from onrecord.exchange.annotation.cutting import Cutter
from onrecord.exchange.annotation.files import article_from, json_of, provenance_from
from onrecord.exchange.registry import Format
from onrecord.records import Record, Role
from onrecord.spans import Span

CONFIG = """\
<View>
  <Labels name="role" toName="text">
    <Label value="source" background="#c97b00"/>
    <Label value="cue" background="#3f8f3a"/>
    <Label value="content" background="#2f7fb0"/>
  </Labels>
  <Relations>
    <Relation value="source"/>
    <Relation value="cue"/>
    <Relation value="continued"/>
  </Relations>
  <Text name="text" value="$text" granularity="word"/>
  <Choices name="form" toName="text" perRegion="true" whenTagName="role" whenLabelValue="content">
    <Choice value="direct"/>
    <Choice value="indirect"/>
    <Choice value="mixed"/>
  </Choices>
</View>
"""


def write(records: Iterable[Reviewed], out: TextIO, _: object = None) -> int:
    """A JSON array of tasks; how many. Raises SpanError."""
    n = 0
    out.write("[")
    for record, reviews in records:
        out.write("\n" if n == 0 else ",\n")
        json.dump(_task(record, annotations_of(record, reviews)), out, ensure_ascii=False)
        n += 1
    out.write("\n]\n")
    return n


def _task(record: Record, found: Iterable[Annotation]) -> dict[str, Any]:
    by_whom: dict[str, list[Annotation]] = {maker(record): []}
    for one in found:
        rejected = one.facts.get("review") == REJECTED
        by_whom.setdefault(maker(record) + (" (rejected by a person)" if rejected else ""), []).append(one)
    predictions = [
        {
            "model_version": version,
            "score": round(sum(one.facts["confidence"] for one in each) / len(each), 4) if each else 0.0,
            "result": [part for one in each for part in _result(record, one)],
        }
        for version, each in by_whom.items()
    ]
    return {"data": {"text": record.article.text, "meta": of_article(record)}, "predictions": predictions}


def _result(record: Record, one: Annotation) -> Iterator[dict[str, Any]]:
    text, cutter = record.article.text, Cutter(record.article.text)
    first = f"{one.id}-content-0"
    for role, n, span in one.pieces():
        cutter.check(span.start, span.end, words := span.slice(text))
        id, value = f"{one.id}-{role}-{n}", {"start": span.start, "end": span.end, "text": words}
        region = {"id": id, "to_name": "text", "origin": "prediction"}
        note = {"text": [json.dumps({"id": one.id, **one.facts}, ensure_ascii=False)]}
        yield {
            **region,
            "type": "labels",
            "from_name": "role",
            "score": one.facts["confidence"],
            "value": {**value, "labels": [role]},
            **({"meta": note} if id == first else {}),
        }
        if id == first:
            form = {**value, "choices": [one.facts["form"]]}
            yield {**region, "type": "choices", "from_name": "form", "value": form}
        else:
            label = "continued" if role == "content" else role
            yield {"type": "relation", "from_id": id, "to_id": first, "direction": "right", "labels": [label]}


def read(path: str | Path) -> Iterator[Record]:
    """The records of an export (JSON): of each task the last annotation that was not skipped, else the first
    prediction. Raises InputError."""
    tasks = json_of(Path(path))
    for n, task in enumerate(tasks if isinstance(tasks, list) else [tasks], 1):
        where = f"{path}, task {n}"
        try:
            text, told = task["data"]["text"], task["data"].get("meta", {"language": "en"})
            done = [each for each in task.get("annotations", ()) if not each.get("was_cancelled")]
            result = (done[-1:] or task.get("predictions", [])[:1] or [{"result": []}])[0]["result"]
            yield annotated(article_from(told, text), _found(text, result, where), provenance_from(told))
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise MalformedFile(f"{where}: {error!r}", "a task with text and result", "Export it as JSON") from error


def _found(text: str, result: list[dict[str, Any]], where: str) -> list[Annotation]:
    regions = {one["id"]: one for one in result if one["type"] == "labels"}
    head = {id: id for id, one in regions.items() if _role(one) == "content"}
    ties = [(one["from_id"], one["to_id"]) for one in result if one["type"] == "relation"]
    for a, b in ties:
        if a in head and b in head:
            head[a] = head[b]
    belongs = {id: [at] for id, at in head.items()}
    for a, b in ties:
        for outer, content in ((a, b), (b, a)):
            if content in head and outer in regions and outer not in head:
                belongs.setdefault(outer, []).append(head[content])
    forms = {one["id"]: one["value"]["choices"][0] for one in result if one["type"] == "choices"}
    spans: dict[str, dict[Role, list[Span]]] = {at: {} for at in head.values()}
    for id, one in regions.items():
        for at in belongs.get(id, ()):
            spans[at].setdefault(_role(one), []).append(_span(text, one["value"], where))
    return [_annotation(at, roles, regions[at], forms.get(at)) for at, roles in spans.items()]


def _role(region: dict[str, Any]) -> Role:
    role: Role = region["value"]["labels"][0]
    return role


def _annotation(at: str, roles: dict[Role, list[Span]], region: dict[str, Any], form: str | None) -> Annotation:
    notes = region.get("meta", {}).get("text", [])
    facts: dict[str, Any] = next((json.loads(note) for note in notes if note.startswith("{")), {})
    facts |= {"form": form} if form else {}
    return Annotation(id=facts.get("id", f"new-{at}"), spans={r: tuple(s) for r, s in roles.items()}, facts=facts)


def _span(text: str, value: dict[str, Any], where: str) -> Span:
    """The place of a region, in the unit in which it cuts its words; Label Studio collapses white space in these."""
    words = value.get("text")
    start, end = int(value["start"]), int(value["end"])
    for unit in ("code points", "UTF-16 units"):
        cutter = Cutter(text, unit)
        if words is None or _bare(cutter.cut(start, end)) == _bare(words):
            return cutter.span(start, end, where=where)
    return Cutter(text).span(start, end, words, where=where)


def _bare(words: str) -> str:
    return "".join(words.split())


FORMAT = Format(
    name="label-studio",
    holds="records",
    suffix=".json",
    media_type="application/json",
    told="tasks with predictions for Label Studio",
    drops=DROPS,
    write=write,
)
