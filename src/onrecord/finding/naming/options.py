"""Among whom a pronoun or a description chooses: who may be meant at all, and how likely each of them is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.finding.naming.clusters import Cluster
from onrecord.finding.naming.mentions import Mention
from onrecord.finding.naming.ranking import Features, chances, weights
from onrecord.finding.pack import listed

NEAR = 4
"""Sentences back in which one whose gender suits rules out those whose given name does not."""


@dataclass(frozen=True, slots=True)
class Option:
    """Who may be meant: a cluster, or None for somebody new; its features and how likely it is."""

    cluster: Cluster | None
    features: Features
    chance: float = 0.0


def sifted(mention: Mention, fitting: list[tuple[Cluster, Mention]]) -> list[tuple[Cluster, Mention]]:
    """Without those that only a quotation has told of, or that are not known for persons, where others are; and without
    those whose given name is of the other gender, where one whose gender suits is near."""
    if mention.quoted is None:
        fitting = [(c, m) for c, m in fitting if c.first_unquoted < mention.span.start] or fitting
    fitting = [(c, m) for c, m in fitting if c.kind == "person" or c.speaks] or fitting
    near = [c for c, m in fitting if mention.sentence - m.sentence <= NEAR and mention.wants in (c.gender, c.leaning)]
    if near:
        fitting = [(c, m) for c, m in fitting if c.gender or c.leaning in (None, mention.wants)]
    return fitting


def ranked(pairs: Sequence[tuple[Cluster | None, set[str]]], part: str) -> tuple[Option, ...]:
    """The options with their chances, the likeliest first."""
    odds = chances([features for _, features in pairs], weights(part))
    found = [Option(c, frozenset(features), chance) for (c, features), chance in zip(pairs, odds, strict=True)]
    return tuple(sorted(found, key=lambda o: -o.chance))


def may_be_old(mention: Mention) -> bool:
    """Whether a description can point to somebody told of before: *a man* cannot."""
    phrase = mention.phrase
    if phrase.head in ("both", "neither", "each") or "same" in phrase.words.lower().split()[:2]:
        return True
    return phrase.is_definite or bool(phrase.owner) or (not phrase.determiner and phrase.count is None)


def may_be(mention: Mention, cluster: Cluster, last: Mention) -> bool:
    """Whether nothing forbids that a description means a cluster."""
    phrase, kind = mention.phrase, cluster.kind
    if phrase.head in listed("order") or (phrase.gender and cluster.gender and phrase.gender != cluster.gender):
        return False
    if phrase.kind == "person":
        return kind in ("person", None) and not cluster.plural and not (kind is None and not cluster.speaks)
    if phrase.kind == "group":
        return kind in ("group", "organisation")
    if phrase.kind in ("organisation", "outlet"):
        return kind in ("organisation", "outlet", "place", None)
    if phrase.kind == "work":
        return kind == "work"
    return phrase.head in cluster.heads or (kind == "place" and phrase.kind == "place")
