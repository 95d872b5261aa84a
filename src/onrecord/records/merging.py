"""Entities of a record that proved to be one: put together, and everything that points to them with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from onrecord.records.entities import Entity
from onrecord.records.record import Record
from onrecord.records.statements import Candidate, Statement, Target


def merge_entities(record: Record, into: Mapping[str, str]) -> Record:
    """The record with each entity in `into` made part of the one it is mapped to (which must not be mapped itself).

    The part's name and other words become `aka`; what the whole does not know is taken from the part; of two targets of
    a statement that become one, the one that is valued stays.
    """
    if not into:
        return record
    parts: dict[str, list[Entity]] = {}
    for entity in record.entities:
        if entity.id in into:
            parts.setdefault(into[entity.id], []).append(entity)
    new = [_whole(e, parts.get(e.id, ())) for e in record.entities if e.id not in into]
    entities = without_circles([replace(e, of=into.get(e.of, e.of)) if e.of else e for e in new])
    statements = tuple(_repointed(s, into) for s in record.statements)
    occasions = tuple(replace(o, medium=into.get(o.medium, o.medium)) if o.medium else o for o in record.occasions)
    return replace(record, entities=entities, statements=statements, occasions=occasions)


def _whole(entity: Entity, parts: Sequence[Entity]) -> Entity:
    if not parts:
        return entity
    mentions = list(entity.mentions)
    entity = replace(entity, mentions=())
    for part in parts:
        named = entity if entity.named or not part.named else part
        words = {word.casefold(): word for word in reversed((*entity.aka, entity.name, *part.aka, part.name))}
        mentions += part.mentions
        entity = replace(
            entity,
            name=named.name,
            kind=named.kind,
            named=named.named,
            aka=tuple(word for folded, word in reversed(words.items()) if folded != named.name.casefold()),
            role=entity.role or part.role,
            of=entity.of or part.of,
            wikidata=entity.wikidata or part.wikidata,
            namesakes=entity.namesakes or part.namesakes,
            evidence=tuple(dict.fromkeys((*entity.evidence, *part.evidence))),
        )
    return replace(entity, mentions=tuple(mentions))


def without_circles(entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """The entities, less each `of` that leads back to its own entity: a body is not its own spokesman's."""
    of = {entity.id: entity.of for entity in entities}
    for id in of:
        at, seen = of[id], {id}
        while at is not None and at not in seen:
            seen.add(at)
            at = of.get(at)
        if at is not None:
            of[id] = None
    return tuple(entity if entity.of == of[entity.id] else replace(entity, of=None) for entity in entities)


def _repointed(statement: Statement, into: Mapping[str, str]) -> Statement:
    scores: dict[str, float] = {}
    for candidate in statement.candidates:
        id = into.get(candidate.entity, candidate.entity)
        scores[id] = round(scores.get(id, 0.0) + candidate.score, 4)
    targets: dict[str, Target] = {}
    for target in statement.about:
        id = into.get(target.entity, target.entity)
        if id not in targets or targets[id].sign == "0":
            targets[id] = replace(target, entity=id)
    best = sorted(scores.items(), key=lambda pair: -pair[1])
    return replace(
        statement,
        speaker=into.get(statement.speaker, statement.speaker) if statement.speaker else None,
        candidates=tuple(Candidate(id, min(1.0, score)) for id, score in best),
        relayed_by=into.get(statement.relayed_by, statement.relayed_by) if statement.relayed_by else None,
        about=tuple(targets.values()),
    )
