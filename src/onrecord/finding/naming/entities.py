"""Entities out of clusters: a name to show, an id to read, what they are and for whom."""

from __future__ import annotations

import re
from collections.abc import Collection

from onrecord.finding.naming.clusters import Cluster
from onrecord.finding.naming.coreference import Links
from onrecord.finding.naming.lexicon import bare, lexicon
from onrecord.finding.naming.names import letters_of
from onrecord.finding.pack import pattern
from onrecord.records import Entity, Kind, Record

WITHIN = re.compile(r"(?:(?<=[^\W\d_A-Z] )|(?<=[^\W\d_A-Z], ))[^\W\d_a-z]\S{1,60}")
LONGEST = 80
LONGEST_ACRONYM = 6
"""In letters; a role with a longer word in capitals is set in capitals throughout."""


class Entities:
    """The entities of a record: those `wanted`, all that have a name, and those told of in a statement."""

    def __init__(self, record: Record, links: Links, wanted: Collection[Cluster]) -> None:
        self._links = links
        self._within = _names_within(record.article.text)
        kept = {c for c in links.clusters if c in wanted or c.names or any(m.inside for m in c.mentions)}
        kept |= {c.owner for c in kept if c.owner}
        self._kept = [c for c in links.clusters if c in kept and c.mentions]
        self._ids: dict[Cluster, str] = {}
        self._taken: dict[str, int] = {}  # ids, with the last number that was put to each
        for cluster in self._kept:
            self._ids[cluster] = self._unique(_slug(self._name(cluster)))

    def id(self, cluster: Cluster) -> str:
        return self._ids[cluster]

    def all(self) -> tuple[Entity, ...]:
        return tuple(self._entity(c) for c in self._kept)

    def _entity(self, cluster: Cluster) -> Entity:
        name = self._name(cluster)
        return Entity(
            id=self._ids[cluster],
            name=name,
            kind=_kind(cluster),
            aka=_aka(cluster, name),
            mentions=tuple(m.span for m in cluster.mentions),
            role=_role(cluster),
            of=self._ids.get(cluster.owner) if cluster.owner and not _is_circle(cluster) else None,
            wikidata=cluster.known.wikidata if cluster.known else None,
            named=bool(cluster.names) or cluster.known is not None,
            count=next((m.phrase.count for m in cluster.mentions if m.phrase.count and not cluster.names), None),
            evidence=self._evidence(cluster),
        )

    def _evidence(self, cluster: Cluster) -> tuple[str, ...]:
        """What ties descriptions to a name."""
        if not cluster.names:
            return ()
        tied = [m for m in cluster.mentions if m.form == "nominal" and m in self._links.why]
        return tuple(dict.fromkeys(f"“{m.phrase.words}” by its {self._links.why[m]}" for m in tied))

    def _name(self, cluster: Cluster) -> str:
        if cluster.known and (not cluster.names or any(n.full == cluster.known.name for n in cluster.names)):
            usual = cluster.known.name
            return next((n.full for n in cluster.names if len(n) > 1 and letters_of(n.full) == usual), usual)
        if cluster.name is not None:
            return cluster.name.full
        told = [m.phrase for m in cluster.mentions if m.form == "nominal"]
        if not told or cluster.called:
            return cluster.called or next(iter(sorted(cluster.heads)), "somebody")
        phrase = max(told, key=lambda p: (not p.is_definite, len(p.core)))
        words = pattern("leading_article").sub("", phrase.core)
        if len(words) > LONGEST:
            words = words[:LONGEST].rsplit(" ", 1)[0]
        return words if self._is_a_name(words) else words[0].lower() + words[1:]

    def _is_a_name(self, words: str) -> bool:
        """Whether the first letter of a description is large because it is one, not because it begins a sentence: the
        second word has one too, or the first has it within a sentence."""
        first, second = (*words.split(), "", "")[:2]
        if first[1:] != first[1:].lower() or (len(first) > 1 and second[:1].isupper()):
            return True
        return len(first) > 1 and first in self._within

    def _unique(self, slug: str) -> str:
        id, number = slug, self._taken.get(slug, 1)
        while id in self._taken:
            number += 1
            id = f"{slug}-{number}"
        self._taken[slug] = number
        self._taken.setdefault(id, 1)
        return id


def _names_within(text: str) -> frozenset[str]:
    """Words with a large letter that follow a word with a small one at its end: those that begin no sentence. Of a
    word with marks in it also what stands before each."""
    words = {m[0] for m in WITHIN.finditer(text)}
    return frozenset(word[: edge.start()] for word in words for edge in re.finditer(r"\b", word))


def _is_circle(cluster: Cluster) -> bool:
    """Whether a cluster is by way of its owners its own."""
    seen, at = {cluster}, cluster.owner
    while at is not None and at not in seen:
        seen.add(at)
        at = at.owner
    return at is not None


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
    found: dict[str, None] = {}
    for mention in cluster.mentions:
        if mention.form == "pronoun":
            continue
        words = " ".join(mention.phrase.words.split())
        for form in (words, mention.phrase.core, mention.phrase.name.full if mention.phrase.name else words):
            if form != name and len(form) <= 2 * LONGEST:
                found[form] = None
    found |= dict.fromkeys(s for s in sorted(cluster.shorts) if s != name)
    return tuple(found)


def _role(cluster: Cluster) -> str | None:
    """What the cluster is, in the words of a title or apposition; of an unnamed person the head with its modifiers."""
    for mention in cluster.mentions:
        for role in mention.phrase.roles:
            if lexicon().kind(bare(role.split()[-1])) in ("person", "organisation", "outlet"):
                return _plain_role(role)
    for mention in cluster.mentions:
        phrase = mention.phrase
        if phrase.name is None and phrase.head and phrase.kind in ("person", "organisation"):
            return _plain_role(" ".join((*phrase.modifiers, phrase.head)))
    return None


def _plain_role(role: str) -> str:
    """A role in small letters from its first title word, rank or noun on: Russian Foreign Minister is a foreign
    minister, Managing Partner a managing partner."""
    table = lexicon()
    opens = table.titles | table.persons | table.ranks
    words = role.split()
    start = 0
    while start < len(words) - 1 and words[start][0].isupper() and bare(words[start]) not in opens:
        start += 1
    kept = words[start:]
    shouted = all(w.isupper() for w in kept[:-1]) and any(len(w) > LONGEST_ACRONYM for w in kept)
    return " ".join(w if w.isupper() and not shouted else w.lower() for w in kept)
