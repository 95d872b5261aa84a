"""Records that stand in no archive as rows of the same columns: what an archive alone knows is None."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.archive.listing.tables import OCCASION, OWN, Choice, Row, columns
from onrecord.records import ROLES, Entity, Record, Statement
from onrecord.records.codec import to_json

PLAIN = Choice()


def rows_of(records: Iterable[Record], choice: Choice = PLAIN) -> Iterator[Row]:
    """A row for each statement, in reading order; its fields are those of `tables.columns`."""
    names = columns(choice)
    for record in records:
        article = _article(record)
        for statement in record.statements:
            row = {**article, **_statement(record, statement)}
            yield {name: row.get(name) for name in names}


def _article(record: Record) -> Row:
    article, made = record.article, record.provenance
    return {
        "article": article.id,
        **{name: getattr(article, name) for name in ("url", "title", "outlet", "language", "sha256", "text")},
        "published": article.published.isoformat() if article.published else None,
        "engine": made.engine,
        "model": made.model,
        "model_sha256": made.model_sha256,
    }


def _statement(record: Record, s: Statement) -> Row:
    speaker = record.speaker(s)
    own: dict[str, Any] = {each.name: each.to_list(getattr(s, each.name)) for each in OWN}
    return {
        "statement": s.id,
        **{role: record.words(s, role) for role in ROLES},
        **{f"{role}_spans": [span.as_list() for span in s.spans(role)] for role in ROLES},
        **own,
        **({} if speaker is None else _speaker(record, speaker)),
        "relayed_by": _name(record, s.relayed_by),
        "occasion": None if s.occasion is None else _occasion(record, s.occasion),
        "about": [_target(record.entity(t.entity), t.sign, [span.as_list() for span in t.words]) for t in s.about],
    }


def _speaker(record: Record, e: Entity) -> Row:
    return {
        "speaker": e.name,
        "speaker_role": e.role,
        "speaker_of": _name(record, e.of),
        "person_kind": e.kind,
        "wikidata": e.wikidata,
    }


def _occasion(record: Record, id: str) -> Row:
    told = {**to_json(record.occasion(id)), "medium": _name(record, record.occasion(id).medium)}
    return {name: told[name] for name in OCCASION}


def _target(e: Entity, sign: str, words: list[list[int]]) -> Row:
    told = {"name": e.name, "kind": e.kind, "person": None, "person_name": None, "wikidata": e.wikidata}
    return {**told, "sign": sign, "words": words}


def _name(record: Record, entity: str | None) -> str | None:
    return None if entity is None else record.entity(entity).name
