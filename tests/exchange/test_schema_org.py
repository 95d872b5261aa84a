"""schema.org: words said are Quotations, what was told is a Claim, and nobody is made to claim what they deny."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from exchange.drawn import records
from full import full_record
from onrecord.exchange.annotation import schema_org
from onrecord.records import Record, Statement


def graph(record: Record, review: str | None = None) -> list[dict[str, Any]]:
    out = io.StringIO()
    schema_org.write([(record, {s.id: review for s in record.statements} if review else {})], out)
    (line,) = out.getvalue().splitlines()
    nodes: list[dict[str, Any]] = json.loads(line)["@graph"]
    return nodes


def with_statement(**changes: Any) -> Record:
    record = full_record()
    (statement,) = record.statements
    changed: Statement = replace(statement, **changes)
    return replace(record, statements=(changed,))


def test_told_words_are_a_claim_of_the_speaker_in_the_article() -> None:
    article, claim = graph(with_statement(status="said"))
    assert claim == {
        "@id": f"urn:onrecord:{full_record().article.sha256}:1",
        "@type": "Claim",
        "text": "that Ito was wrong",
        "author": {
            "@type": "Person",
            "name": "Rena Holt",
            "jobTitle": "harbour master",
            "sameAs": "http://www.wikidata.org/entity/Q1",
        },
        "appearance": {"@id": article["@id"]},
    }


def test_direct_speech_is_a_quotation_spoken_by_its_speaker() -> None:
    _, quotation = graph(with_statement(status="said", form="direct"))
    assert (quotation["@type"], quotation["spokenByCharacter"]["name"]) == ("Quotation", "Rena Holt")


@pytest.mark.parametrize("status", ["denied", "negated", "hypothetical", "future"])
def test_what_is_not_reported_as_said_is_no_claim_of_anybody(status: str) -> None:
    assert len(graph(with_statement(status=status))) == 1


def test_what_a_person_rejected_and_what_nobody_is_known_to_have_said_stay_here() -> None:
    assert len(graph(with_statement(status="said"), "rejected")) == 1
    assert len(graph(with_statement(status="said", speaker=None, candidates=()))) == 1


@given(record=records())
def test_the_words_are_the_articles(record: Record) -> None:
    for node in graph(record)[1:]:
        assert node["text"] == record.quote(node["@id"].rsplit(":", 1)[1])
