"""About: which entities a statement speaks of, and how it values each.

    text       Holt called the port authority a pack of liars.
    about                  ├────────────────┤ -
    words                                        └───┘

Those whom the content mentions, the speaker, and the last ones spoken of before are asked: a logistic model with
readable features, fitted by ``training.targets`` (weights in ``data/targets/weights.toml``), tells how likely a reader
would note them. The unlikely are left out, so that many statements are about nobody. For the sign see ``leaning``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from math import exp, log1p

from onrecord.finding.leaning import leanings
from onrecord.finding.scenes import Scene, scenes
from onrecord.finding.valence import weights
from onrecord.records import Entity, Record, Statement, Target

Features = Mapping[str, float]

FIRST_PERSON = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Ww]e|us|[Oo]urs?|[Mm]ine)\b(?!\.\w)")
THIRD_PERSON = re.compile(r"\b(?:he|him|his|she|hers?|they|them|theirs?|its?)\b", re.I)


def targets(record: Record) -> Record:
    """The record with `about` of every statement filled in, in place of what it held. The likeliest target is first."""
    entities = {entity.id: entity for entity in record.entities}
    most = max((len(entity.mentions) for entity in record.entities), default=0)
    return replace(record, statements=tuple(_with_targets(scene, entities, most) for scene in scenes(record)))


def _with_targets(scene: Scene, entities: Mapping[str, Entity], most: int) -> Statement:
    weigh, floor = weights("about"), weights("floor")
    chances = {}
    for id in scene.cast:
        logit = sum(weigh.get(name, 0.0) * value for name, value in standing(scene, entities[id], most).items())
        chance = 1 / (1 + exp(-logit))
        if chance >= floor["inside" if id in scene.inside else "outside"]:
            chances[id] = chance
    likely = sorted(chances, key=lambda id: -chances[id])
    about = tuple(Target(id, *leaning) for id, leaning in leanings(scene, likely).items())
    decided = {name: by for name, by in scene.statement.decided_by.items() if name != "about"}
    if about:
        decided["about"] = "standing, valuing words" if any(target.words for target in about) else "standing"
    return replace(scene.statement, about=about, decided_by=decided)


def standing(scene: Scene, entity: Entity, most: int) -> Features:
    """What speaks for a statement's being about an entity of its cast, by name of the feature, each in [0, 1]. `most`
    is how often the article mentions the entity that it mentions most."""
    speaks = entity.id == scene.statement.speaker
    found = {
        "bias": 1.0,
        f"kind {entity.kind}": 1.0,
        "unnamed": float(not entity.named),
        "share of mentions": log1p(len(entity.mentions)) / log1p(max(most, 1)),
        "speaks": float(speaks),
    }
    if entity.id in scene.inside:
        return found | _inside(scene, entity)
    if speaks:
        return found | {"speaks, first person": float(FIRST_PERSON.search(scene.content) is not None)}
    return found | _recent(scene, entity)


def _inside(scene: Scene, entity: Entity) -> dict[str, float]:
    mentions = scene.inside[entity.id]
    return {
        "inside": 1.0,
        "inside, by name": float(any(scene.text[m.start].isupper() and len(m) > 3 for m in mentions)),
        "inside, again": float(len(mentions) > 1),
        "inside, at the beginning": float(mentions[0].start < scene.statement.content[0].start + 12),
        "inside, a person": float(entity.kind == "person"),
        "inside, speaks": float(entity.id == scene.statement.speaker),
    }


def _recent(scene: Scene, entity: Entity) -> dict[str, float]:
    place, last = list(scene.recent).index(entity.id), scene.recent[entity.id]
    third_person = place == 0 and THIRD_PERSON.search(scene.content) is not None
    found = {
        f"recent {place}": 1.0,
        "recent, same paragraph": float("\n" not in scene.text[last.end : scene.statement.extent.start]),
        "recent, third person": float(third_person),
        "recent, nobody inside": float(not scene.inside),
    }
    if scene.before is not None:
        found["in the content before"] = float(entity.id in scene.before.inside)
        found["spoke before"] = float(entity.id == scene.before.statement.speaker)
    return found
