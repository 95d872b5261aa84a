"""Records as plain JSON values, and back. The format is described in the README."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from onrecord.records.articles import Article, Provenance
from onrecord.records.entities import Asserted, Entity, Namesake, Occasion
from onrecord.records.origins import Origin
from onrecord.records.statements import ROLES, Candidate, Statement, Target
from onrecord.spans import Span

UNMARKED = ("said", "question")
"""What the annotation guidelines give no status; that a statement asks has a key of its own."""

if TYPE_CHECKING:
    from onrecord.records.record import Record


def record_to_dict(record: Record) -> dict[str, Any]:
    """The record as plain JSON values, keys in the order of the published format."""
    article, provenance = record.article, record.provenance
    occasions = {occasion.id: _occasion_to_dict(occasion) for occasion in record.occasions}
    return {
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "date": article.published.isoformat() if article.published else None,
        "url": article.url,
        "language": article.language,
        "text": article.text,
        "sha256": article.sha256,
        **({} if article.origin is None else {"origin": article.origin.to_dict()}),
        "engine": {
            "version": provenance.engine,
            "model": provenance.model,
            "model_sha256": provenance.model_sha256,
        },
        "attributions": [_statement_to_dict(statement, occasions) for statement in record.statements],
        "entities": {entity.id: _entity_to_dict(entity) for entity in record.entities},
        "occasions": occasions,
        "asserted": [a.span.as_list() for a in record.asserted],
        "own_voice": [{"relation": a.relation, "statement": a.statement, "why": a.why} for a in record.asserted],
    }


def record_from_dict(data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the record that `data` describes. What a younger version added may be missing."""
    engine = data["engine"]
    asserted = zip(data.get("asserted", ()), data.get("own_voice", ()), strict=True)
    return {
        "article": _article_from_dict(data),
        "statements": tuple(_statement_from_dict(item) for item in data["attributions"]),
        "provenance": Provenance(engine["version"], engine["model"], engine["model_sha256"]),
        "entities": tuple(_entity_from_dict(id, item) for id, item in data.get("entities", {}).items()),
        "occasions": tuple(_occasion_from_dict(item) for item in data.get("occasions", {}).values()),
        "asserted": tuple(Asserted(Span(*pair), **how) for pair, how in asserted),
    }


def _article_from_dict(data: Mapping[str, Any]) -> Article:
    return Article(
        text=data["text"],
        id=data["id"],
        title=data["title"],
        outlet=data["outlet"],
        published=datetime.date.fromisoformat(data["date"]) if data["date"] is not None else None,
        url=data["url"],
        language=data["language"],
        origin=Origin.from_dict(data["origin"]) if data.get("origin") else None,
    )


def _statement_to_dict(statement: Statement, occasions: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "id": statement.id,
        **{role: _pairs(statement.spans(role)) for role in ROLES},
        "form": statement.form,
        "confidence": statement.confidence,
        "carried_from": statement.carried_from,
        "within": statement.within,
        "speaker": statement.speaker,
        "candidates": [{"entity": c.entity, "score": c.score} for c in statement.candidates],
        "reason": statement.reason,
        "cue_class": statement.cue_class,
        "status": None if statement.status in UNMARKED else statement.status,
        "question": statement.status == "question",
        "voice": statement.voice,
        "occasion": None if statement.occasion is None else occasions[statement.occasion],
        "relayed_by": statement.relayed_by,
        "about": {target.entity: target.sign for target in statement.about},
        "about_words": {target.entity: _pairs(target.words) for target in statement.about if target.words},
        "decided_by": dict(statement.decided_by),
    }


def _statement_from_dict(data: Mapping[str, Any]) -> Statement:
    occasion = data.get("occasion")
    words = data.get("about_words", {})
    return Statement(
        id=data["id"],
        content=_spans(data["content"]),
        source=_spans(data["source"]),
        cue=_spans(data["cue"]),
        form=data["form"],
        confidence=data["confidence"],
        carried_from=data["carried_from"],
        within=data["within"],
        speaker=data.get("speaker"),
        candidates=tuple(Candidate(item["entity"], item["score"]) for item in data.get("candidates", ())),
        reason=data.get("reason"),
        cue_class=data.get("cue_class"),
        status="question" if data.get("question") else data.get("status") or "said",
        voice=data.get("voice", "speaker"),
        occasion=None if occasion is None else occasion["id"],
        relayed_by=data.get("relayed_by"),
        about=tuple(Target(id, sign, _spans(words.get(id, ()))) for id, sign in data.get("about", {}).items()),
        decided_by=data["decided_by"],
    )


def _entity_to_dict(entity: Entity) -> dict[str, Any]:
    return {
        "name": entity.name,
        "type": entity.kind,
        "aka": list(entity.aka),
        "role": entity.role,
        "of": entity.of,
        "wikidata": entity.wikidata,
        "named": entity.named,
        "count": entity.count,
        "namesakes": [
            {"wikidata": n.wikidata, "name": n.name, "score": n.score, "evidence": n.evidence} for n in entity.namesakes
        ],
        "evidence": list(entity.evidence),
        "mentions": _pairs(entity.mentions),
    }


def _entity_from_dict(id: str, data: Mapping[str, Any]) -> Entity:
    return Entity(
        id=id,
        name=data["name"],
        kind=data["type"],
        aka=tuple(data["aka"]),
        mentions=_spans(data["mentions"]),
        role=data["role"],
        of=data["of"],
        wikidata=data["wikidata"],
        named=data["named"],
        count=data["count"],
        namesakes=tuple(Namesake(**item) for item in data["namesakes"]),
        evidence=tuple(data["evidence"]),
    )


def _occasion_to_dict(occasion: Occasion) -> dict[str, Any]:
    return {
        "id": occasion.id,
        "kind": occasion.kind,
        "medium": occasion.medium,
        "date": occasion.date,
        "when": occasion.when,
        "place": occasion.place,
        "addressee": occasion.addressee,
        "event": occasion.event,
        "evidence": _pairs(occasion.evidence),
    }


def _occasion_from_dict(data: Mapping[str, Any]) -> Occasion:
    return Occasion(**{**data, "evidence": _spans(data["evidence"])})


def _pairs(spans: Sequence[Span]) -> list[list[int]]:
    return [span.as_list() for span in spans]


def _spans(pairs: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)
