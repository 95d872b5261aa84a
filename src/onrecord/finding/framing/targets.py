"""About: which entities a statement speaks of, and how it values each.

    text       Holt called the port authority a pack of liars.
    about                  ├────────────────┤ -
    words                                        └───┘

Those whom the content mentions are asked: a logistic model with readable features, fitted by ``training.targets``
(weights in ``target_weights.toml``), tells how likely a reader would note them. The unlikely are left out, so
that many statements are about nobody, and so are all whom a reader would only think of. For the sign see ``leaning``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import exp, log1p

from onrecord.finding.framing.leaning import leanings
from onrecord.finding.framing.valence import weights
from onrecord.finding.occasions.scenes import Scene, scenes
from onrecord.records import Entity, Record, Statement, Target

Features = Mapping[str, float]


def targets(record: Record) -> Record:
    """The record with `about` of every statement filled in, in place of what it held. The likeliest target is first."""
    entities = {entity.id: entity for entity in record.entities}
    most = max((len(entity.mentions) for entity in record.entities), default=0)
    return replace(record, statements=tuple(_with_targets(scene, entities, most) for scene in scenes(record)))


def _with_targets(scene: Scene, entities: Mapping[str, Entity], most: int) -> Statement:
    weigh, floor = weights("about"), weights("floor")
    chances = {}
    for id in scene.inside:
        logit = sum(weigh.get(name, 0.0) * value for name, value in standing(scene, entities[id], most).items())
        chance = 1 / (1 + exp(-logit))
        if chance >= floor["inside"]:
            chances[id] = chance
    likely = sorted(chances, key=lambda id: -chances[id])
    about = tuple(Target(id, *leaning) for id, leaning in leanings(scene, likely).items())
    decided = {name: by for name, by in scene.statement.decided_by.items() if name != "about"}
    if about:
        decided["about"] = "standing, valuing words" if any(target.words for target in about) else "standing"
    return replace(scene.statement, about=about, decided_by=decided)


def standing(scene: Scene, entity: Entity, most: int) -> Features:
    """What speaks for a statement's being about an entity that it mentions, by name of the feature, each in [0, 1].
    `most` is how often the article mentions the entity that it mentions most."""
    speaks = entity.id == scene.statement.speaker
    found = {
        "bias": 1.0,
        f"kind {entity.kind}": 1.0,
        "unnamed": float(not entity.named),
        "share of mentions": log1p(len(entity.mentions)) / log1p(max(most, 1)),
        "speaks": float(speaks),
    }
    return found | _inside(scene, entity)


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
