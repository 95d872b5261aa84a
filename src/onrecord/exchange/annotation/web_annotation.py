"""W3C Web Annotation (Recommendation of 2017) as JSON-LD: a collection an article, a line each.

    {"@context": …, "type": "AnnotationCollection", "first": {"type": "AnnotationPage", "items": [
      {"type": "Annotation", "motivation": "identifying", "body": [{"value": "content", …}, {facts}],
       "target": {"source": URL, "selector": [TextQuoteSelector, TextPositionSelector], "state": TimeState}}, …

Each role of a statement is one annotation; a role in pieces has a Composite of them. The content's is `identifying` and
has the facts in its body; source and cue are `linking`, with the content's id in theirs. Positions count code points of
the text, which the collection holds, as the Recommendation wants it. `read` reads what `write` wrote.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from onrecord.errors import MalformedFile
from onrecord.exchange.annotation.annotations import (
    DROPS,
    Annotation,
    Reviewed,
    annotated,
    annotations_of,
    maker,
    of_article,
)
from onrecord.exchange.annotation.cutting import Cutter
from onrecord.exchange.annotation.files import article_from, json_lines, provenance_from
from onrecord.exchange.registry import Format
from onrecord.records import Record, Role
from onrecord.spans import Span

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"onrecord": "urn:onrecord:", "facts": "onrecord:facts"}]
AROUND = 32
"""Characters of prefix and suffix, which find the place again where the page has changed; Hypothesis has as many."""


def write(records: Iterable[Reviewed], out: TextIO, _: object = None) -> int:
    """A collection a line; how many articles. Raises SpanError."""
    n = 0
    for record, reviews in records:
        n += 1
        items = [item for one in annotations_of(record, reviews) for item in _items(record, one)]
        collection = {
            "@context": CONTEXT,
            "id": _urn(record),
            "type": "AnnotationCollection",
            "label": record.article.title or record.article.id,
            "total": len(items),
            "first": {"id": f"{_urn(record)}:1", "type": "AnnotationPage", "startIndex": 0, "items": items},
            "onrecord:article": {**of_article(record), "text": record.article.text},
        }
        out.write(json.dumps(collection, ensure_ascii=False) + "\n")
    return n


def read(path: str | Path) -> Iterator[Record]:
    """The records of what `write` wrote, whatever was added or taken away. Raises InputError."""
    for where, collection in json_lines(Path(path)):
        try:
            told = collection["onrecord:article"]
            article = article_from(told, told["text"])
            found = _found(article.text, collection["first"]["items"], where)
        except (KeyError, TypeError, AttributeError) as error:
            raise MalformedFile(f"{where}: no {error}", "a collection that onrecord wrote", "Export it anew") from error
        yield annotated(article, found, provenance_from(told))


def _urn(record: Record) -> str:
    return f"urn:onrecord:{record.article.sha256}"


def _items(record: Record, one: Annotation) -> Iterator[dict[str, Any]]:
    content = f"{_urn(record)}:{one.id}:content"
    for role, spans in one.spans.items():
        if not spans:
            continue
        tag: dict[str, Any] = {"type": "TextualBody", "purpose": "tagging", "value": role}
        last = {"type": "Dataset", "purpose": "describing", "facts": one.facts} if role == "content" else content
        targets = [_target(record, span) for span in spans]
        yield {
            "id": f"{_urn(record)}:{one.id}:{role}",
            "type": "Annotation",
            "motivation": "identifying" if role == "content" else "linking",
            "generator": {"type": "Software", "name": maker(record)},
            "body": [tag, last],
            "target": targets[0] if len(targets) == 1 else {"type": "Composite", "items": targets},
        }


def _target(record: Record, span: Span) -> dict[str, Any]:
    article = record.article
    text, words = article.text, span.slice(article.text)
    Cutter(text).check(span.start, span.end, words)
    quote = {
        "type": "TextQuoteSelector",
        "exact": words,
        "prefix": text[max(0, span.start - AROUND) : span.start],
        "suffix": text[span.end : span.end + AROUND],
    }
    place = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    target: dict[str, Any] = {"source": article.url or _urn(record), "selector": [quote, place]}
    if article.published:
        when = datetime.datetime.combine(article.published, datetime.time(), datetime.UTC)
        target["state"] = {"type": "TimeState", "sourceDate": when.isoformat().replace("+00:00", "Z")}
    return target


def _found(text: str, items: Iterable[dict[str, Any]], where: str) -> list[Annotation]:
    cutter = Cutter(text)
    spans: dict[str, dict[Role, tuple[Span, ...]]] = {}
    facts: dict[str, dict[str, Any]] = {}
    for item in items:
        _, id, role = item["id"].rsplit(":", 2)
        targets = item["target"].get("items", [item["target"]])
        spans.setdefault(id, {})[role] = tuple(_span(cutter, target["selector"], where) for target in targets)
        for body in item["body"]:
            if isinstance(body, dict) and "facts" in body:
                facts[id] = body["facts"]
    return [Annotation(id=id, spans=roles, facts=facts.get(id, {})) for id, roles in spans.items()]


def _span(cutter: Cutter, selectors: list[dict[str, Any]], where: str) -> Span:
    by_type = {selector["type"]: selector for selector in selectors}
    place = by_type["TextPositionSelector"]
    return cutter.span(place["start"], place["end"], by_type["TextQuoteSelector"]["exact"], where=where)


FORMAT = Format(
    name="web-annotation",
    holds="records",
    suffix=".jsonl",
    media_type="application/x-ndjson",
    told="W3C Web Annotations, a collection of an article a line",
    drops=DROPS,
    write=write,
)
