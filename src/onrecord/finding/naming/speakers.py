"""Who says each statement: mentions to entities, sources to speakers, with candidates and the right to abstain.

    The minister said it was late. “We waited,” he added.      speaker of both: the minister
    It was alleged that she knew.                              no speaker: no source is named

A statement's source belongs to a cluster of mentions (see ``coreference``); the cluster becomes an entity. What a body
puts out in its own name, its circular or her letter, is said by its owner. A quotation without a source has the speaker
of the statement it was carried from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.finding.naming.clusters import Cluster, Gazetteer, NoGazetteer
from onrecord.finding.naming.coreference import Links, Talk, resolve
from onrecord.finding.naming.entities import Entities
from onrecord.finding.naming.lexicon import lexicon
from onrecord.finding.naming.mentions import Mention
from onrecord.finding.naming.scanning import find_mentions
from onrecord.finding.pack import pattern
from onrecord.records import Candidate, Record, Statement

LEAST = 0.25
"""Chance below which the likeliest candidate is not called the speaker."""

BY_NAME = "name"
SURE = {BY_NAME: 0.97, "told of for the first time": 0.9, "first person in a quotation": 0.9}
"""How often what no ranking decided is right on heldout and train, rounded down; 0.9 for the rest."""

KNOWN = 0.9
"""How often whom a pronoun means was told of before in words that are found, on train and heldout."""

MOST = 5
"""Candidates kept."""

BRACKETED = re.compile(r"\s*\([^)]*\)")


def name_speakers(record: Record, gazetteer: Gazetteer | None = None) -> Record:
    """The record with its entities, all their mentions, and the speaker of every statement as far as the text tells."""
    gazetteer = gazetteer or NoGazetteer()
    mentions = find_mentions(record)
    talk = talk_of(record, mentions)
    links = resolve(mentions, talk, gazetteer)
    naming = _Naming(record, links, talk)
    speakers = {s.id: naming.speaker(s) for s in record.statements}
    entities = Entities(record, links, wanted={c.cluster for found in speakers.values() for c in found[0]})
    statements = tuple(_told(s, *speakers[s.id], entities) for s in record.statements)
    return replace(record, statements=statements, entities=entities.all())


def talk_of(record: Record, mentions: Sequence[Mention]) -> Talk:
    """Who says what, and from which statement which other goes on."""
    return Talk(
        source_of={id: m for m in mentions for id in m.statements},
        carried={s.id: s.carried_from for s in record.statements if s.carried_from},
        labels=frozenset(s.id for s in record.statements if s.form == "direct"),
        outlet=BRACKETED.sub("", record.article.outlet or "").strip(),
    )


@dataclass(frozen=True, slots=True)
class Share:
    """A cluster and its chance of being the speaker."""

    cluster: Cluster
    chance: float


Found = tuple[list[Share], str | None, str]
"""The candidates, the reason why none is the speaker, and what decided."""


class _Naming:
    """The speakers of one record."""

    def __init__(self, record: Record, links: Links, talk: Talk) -> None:
        self._record = record
        self._links = links
        self._talk = talk

    def speaker(self, statement: Statement) -> Found:
        if reason := self._nobody(statement):
            return [], reason, "no source"
        if at := self._talk.origin(statement.id):
            shares, reason, why = self._of_source(self._talk.source_of[at])
            return shares, reason, why if at == statement.id else f"carried from {at}: {why}"
        if statement.cue:
            return [], "no source is named", "no source"
        return [], "nobody to whom the quotation could belong", "no source"

    def _nobody(self, statement: Statement) -> str | None:
        """Why what stands in the place of a source speaks for nobody: it hears, or is the *it* of a passive."""
        if not statement.source or not statement.cue:
            return None
        cue = self._record.words(statement, "cue").lower()
        source = self._record.words(statement, "source")
        if pattern("hearer").search(cue) and statement.source[0] < statement.cue[0]:
            return f"“{source}” is told, and does not tell"
        if source.lower() == "it" and pattern("impersonal").match(cue):
            return "the passive names no source"
        return None

    def _of_source(self, source: Mention) -> Found:
        cluster = self._links.of.get(source)
        if cluster is None:
            return [], f"nobody told of before whom “{source.phrase.words}” could mean", "no antecedent"
        why = self._links.why.get(source, BY_NAME)
        if owner := self._owner(source, cluster):
            return [Share(owner, 0.9), Share(cluster, 0.1)], None, "the owner of what is written"
        known = KNOWN if source.wants else 1.0
        shares = [Share(o.cluster, known * o.chance) for o in self._links.options.get(source, ()) if o.cluster]
        if all(s.cluster is not cluster for s in shares):
            new = next((o.chance for o in self._links.options.get(source, ()) if o.cluster is None), SURE.get(why, 0.9))
            shares.append(Share(cluster, new))
        shares = sorted((s for s in shares if s.chance >= 0.01), key=lambda s: -s.chance)[:MOST]
        if not shares or shares[0].chance < LEAST:
            return shares, f"“{source.phrase.words}” could be any of {len(shares)}", why
        return shares, None, why

    def _owner(self, source: Mention, cluster: Cluster) -> Cluster | None:
        """Whose words a writing is: a letter's are its writer's, a circular's those of the body that put it out."""
        owner = cluster.owner
        if cluster.kind != "work" or owner is None or owner.kind == "work":
            return None
        is_letter = bool(cluster.heads & lexicon().letters)
        return owner if is_letter or source.phrase.head in lexicon().written else None


def _told(statement: Statement, shares: list[Share], reason: str | None, why: str, entities: Entities) -> Statement:
    candidates = tuple(Candidate(entities.id(s.cluster), round(s.chance, 4)) for s in shares)
    decided: Mapping[str, str] = {**statement.decided_by, "speaker": why}
    speaker = candidates[0].entity if candidates and reason is None else None
    return replace(statement, speaker=speaker, candidates=candidates, reason=reason, decided_by=decided)
