"""schema.org JSON-LD for pages and search engines: a line an article, with its Quotations and Claims.

Direct speech is a Quotation (a pending term) `spokenByCharacter` of the speaker; what is told in other words is a
Claim, whose `author` the speaker is and whose `appearance` the article. Only what is reported as said, or asked, goes
out: a program that reads this would take a denial for a claim, or a plan for a word given. What a person rejected stays
here, and so does a statement whose speaker is not known, as a Claim of nobody is a claim of the outlet.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO

from onrecord.exchange.annotation.annotations import DROPS, REJECTED, Annotation, Reviewed, annotations_of
from onrecord.exchange.annotation.cutting import Cutter
from onrecord.exchange.registry import Format
from onrecord.records import Record

AFFIRMED = ("said", "question")
TYPES = {"person": "Person", "group": "Organization", "place": "Place", "work": "CreativeWork"}
WIKIDATA = "http://www.wikidata.org/entity/"


def write(records: Iterable[Reviewed], out: TextIO, _: object = None) -> int:
    """A graph a line; how many articles. Raises SpanError."""
    n = 0
    for record, reviews in records:
        n += 1
        said = [_said(record, one) for one in annotations_of(record, reviews) if _goes_out(one)]
        graph = {"@context": "https://schema.org", "@graph": [_article(record), *said]}
        out.write(json.dumps(graph, ensure_ascii=False) + "\n")
    return n


def _goes_out(one: Annotation) -> bool:
    facts = one.facts
    return facts["status"] in AFFIRMED and facts.get("review") != REJECTED and "speaker" in facts


def _article(record: Record) -> dict[str, Any]:
    article = record.article
    told = {
        "@id": article.url or f"urn:onrecord:{article.sha256}",
        "@type": "NewsArticle",
        "identifier": {"@type": "PropertyValue", "propertyID": "sha256", "value": article.sha256},
        "headline": article.title,
        "url": article.url,
        "inLanguage": article.language,
        "datePublished": article.published.isoformat() if article.published else None,
        "publisher": {"@type": "Organization", "name": article.outlet} if article.outlet else None,
    }
    return {name: value for name, value in told.items() if value is not None}


def _said(record: Record, one: Annotation) -> dict[str, Any]:
    text, cutter = record.article.text, Cutter(record.article.text)
    for span in one.spans["content"]:
        cutter.check(span.start, span.end, span.slice(text))
    words = " … ".join(span.slice(text) for span in one.spans["content"])
    id = f"urn:onrecord:{record.article.sha256}:{one.id}"
    article = {"@id": _article(record)["@id"]}
    speaker = _speaker(one.facts["speaker"])
    if one.facts["form"] == "direct":
        return {"@id": id, "@type": "Quotation", "text": words, "spokenByCharacter": speaker, "isPartOf": article}
    return {"@id": id, "@type": "Claim", "text": words, "author": speaker, "appearance": article}


def _speaker(speaker: dict[str, Any]) -> dict[str, Any]:
    told = {"@type": TYPES.get(speaker["kind"], "Organization"), "name": speaker["name"]}
    if "role" in speaker and told["@type"] == "Person":
        told["jobTitle"] = speaker["role"]
    return {**told, "sameAs": WIKIDATA + speaker["wikidata"]} if "wikidata" in speaker else told


FORMAT = Format(
    name="schema-org",
    holds="records",
    suffix=".jsonl",
    media_type="application/x-ndjson",
    told="Quotation and Claim of schema.org as JSON-LD",
    drops=f"{DROPS}; what is denied, planned, supposed or rejected, or said by nobody known; cues and offsets",
    write=write,
)
