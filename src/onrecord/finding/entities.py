"""Entities out of clusters: a name to show, an id to read, what they are and for whom."""

from __future__ import annotations

import re
from collections.abc import Collection

from onrecord.finding.clusters import Cluster, Gazetteer
from onrecord.finding.coreference import Links
from onrecord.finding.lexicon import bare, lexicon
from onrecord.records import Entity, Kind, Record

ARTICLE = re.compile(r"^(?:the|this|that|these|those)\s+", re.I)
LONGEST = 80


class Entities:
    """The entities of a record: those `wanted`, all that have a name, and those told of in a statement."""

    def __init__(self, record: Record, links: Links, gazetteer: Gazetteer, wanted: Collection[Cluster]) -> None:
        self._links = links
        self._gazetteer = gazetteer
        self._of = {c: self._affiliation(c) for c in links.clusters}
        kept = {c for c in links.clusters if c in wanted or c.names or any(m.inside for m in c.mentions)}
        kept |= {of for c in kept if (of := self._of[c])}
        self._kept = [c for c in links.clusters if c in kept and c.mentions]
        self._ids: dict[Cluster, str] = {}
        for cluster in self._kept:
            self._ids[cluster] = self._unique(_slug(self._name(cluster)))

    def id(self, cluster: Cluster) -> str:
        return self._ids[cluster]

    def all(self) -> tuple[Entity, ...]:
        return tuple(self._entity(c) for c in self._kept)

    def _entity(self, cluster: Cluster) -> Entity:
        name = self._name(cluster)
        of = self._of[cluster]
        return Entity(
            id=self._ids[cluster],
            name=name,
            kind=_kind(cluster),
            aka=_aka(cluster, name),
            mentions=tuple(m.span for m in cluster.mentions),
            role=_role(cluster),
            of=self._ids.get(of) if of and not self._circle(cluster) else None,
            wikidata=cluster.known.wikidata if cluster.known else None,
            named=bool(cluster.names) or cluster.known is not None,
            count=next((m.phrase.count for m in cluster.mentions if m.phrase.count and not cluster.names), None),
            evidence=tuple(cluster.evidence),
        )

    def _circle(self, cluster: Cluster) -> bool:
        seen, at = {cluster}, self._of.get(cluster)
        while at is not None:
            if at in seen:
                return True
            seen.add(at)
            at = self._of.get(at)
        return False

    def _affiliation(self, cluster: Cluster) -> Cluster | None:
        """The body or person for whom the cluster speaks or works."""
        if cluster.owner is not None and cluster.owner is not cluster:
            return cluster.owner
        for mention in cluster.mentions:
            for words in (mention.phrase.owner, mention.phrase.of):
                if words and (found := self._called(words, cluster)):
                    return found
        return None

    def _called(self, words: str, asking: Cluster) -> Cluster | None:
        plain = bare(re.sub(r"^(?:the|a|an)\s+", "", words, flags=re.I))
        for c in self._links.clusters:
            if c is not asking and (any(bare(n.full) == plain for n in c.names) or plain in map(bare, c.shorts)):
                return c
        for c in self._links.clusters:
            if c is not asking and any(n.full and n.full in words for n in c.names if len(n.full) > 2):
                return c
        return None

    def _name(self, cluster: Cluster) -> str:
        if cluster.name is not None:
            return cluster.name.full
        if cluster.known:
            return cluster.known.name
        told = [m.phrase for m in cluster.mentions if m.form == "nominal"]
        if not told:
            return cluster.called or next(iter(sorted(cluster.heads)), "somebody")
        phrase = max(told, key=lambda p: (not p.is_definite, len(p.core)))
        words = ARTICLE.sub("", phrase.core)
        if len(words) > LONGEST:
            words = words[:LONGEST].rsplit(" ", 1)[0]
        return words[0].lower() + words[1:] if words[1:2].islower() or words[1:2] in ("", " ") else words

    def _unique(self, slug: str) -> str:
        taken = set(self._ids.values())
        if slug not in taken:
            return slug
        return next(f"{slug}-{n}" for n in range(2, len(taken) + 3) if f"{slug}-{n}" not in taken)


def _slug(name: str) -> str:
    words = [bare(w) for w in re.findall(r"[\w.'’‘-]+", name)]
    slug = "-".join(re.sub(r"[^a-z0-9-]", "", w) for w in words)
    return re.sub(r"-+", "-", slug).strip("-")[:48] or "entity"


def _kind(cluster: Cluster) -> Kind:
    kind = cluster.kind
    if kind is None:
        kind = "person" if cluster.gender or any(m.is_source for m in cluster.mentions) else "place"
    return "group" if cluster.plural and kind == "person" and not cluster.names else kind


def _aka(cluster: Cluster, name: str) -> tuple[str, ...]:
    """The other words that name or describe it, as printed; none that point to somebody else on their own."""
    found: list[str] = []
    for mention in cluster.mentions:
        if mention.form == "pronoun":
            continue
        words = " ".join(mention.phrase.words.split())
        for form in (words, mention.phrase.core, mention.phrase.name.full if mention.phrase.name else words):
            if form != name and form not in found and len(form) <= 2 * LONGEST:
                found.append(form)
    found += [s for s in sorted(cluster.shorts) if s not in found and s != name]
    return tuple(found)


def _role(cluster: Cluster) -> str | None:
    """What the cluster is, in the words of a title or apposition; of an unnamed person the head with its modifiers."""
    for mention in cluster.mentions:
        for role in mention.phrase.roles:
            if lexicon().kind(bare(role.split()[-1])) in ("person", "organisation", "outlet"):
                return role
    for mention in cluster.mentions:
        phrase = mention.phrase
        if phrase.name is None and phrase.head and phrase.kind in ("person", "organisation"):
            return " ".join((*phrase.modifiers, phrase.head))
    return None
