"""The register of clusters in the making: which are called by a word, so that none is looked for among all."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from heapq import merge
from itertools import islice
from math import inf

from onrecord.finding.naming.clusters import CROWD, Cluster, heads_of
from onrecord.finding.naming.lexicon import bare
from onrecord.finding.naming.mentions import Mention
from onrecord.finding.naming.names import Name

Numbers = list[int]
"""Clusters in order, by their number."""


class Register:
    """Clusters by name, acronym, surname and head noun. It begins with those that names alone gave."""

    def __init__(self, clusters: Sequence[Cluster]) -> None:
        self._clusters = list(clusters)
        self._gone = set[Cluster]()
        self._by_name: dict[str, Numbers] = {}
        self._by_surname: dict[str, Numbers] = {}
        self._by_head: dict[str, Numbers] = {}
        self._nameless: dict[str, Numbers] = {}
        self._head_told: dict[str, float] = {}
        self._by_known = {c.known.name: c for c in reversed(self._clusters) if c.known}
        for cluster in self._clusters:
            for name in cluster.names:
                self.name(cluster, name)
            self._note(cluster, cluster.heads)
            for short in cluster.shorts:
                _enter(self._by_name, bare(short), cluster)

    def clusters(self) -> list[Cluster]:
        """All, in order."""
        return [c for c in self._clusters if c not in self._gone]

    def new(self, owner: Cluster | None = None) -> Cluster:
        """One more cluster, the last."""
        cluster = Cluster(owner=owner, number=len(self._clusters))
        self._clusters.append(cluster)
        return cluster

    def add(self, cluster: Cluster, mention: Mention) -> None:
        """Take a mention into a cluster, and what it is called with it."""
        first = cluster.starts[0] if cluster.starts else inf
        cluster.add(mention)
        phrase = mention.phrase
        if phrase.name:
            self.name(cluster, phrase.name)
        if phrase.short:
            _enter(self._by_name, bare(phrase.short), cluster)
        if mention.span.start < first:
            self._note(cluster, cluster.heads)
        elif phrase.head or phrase.roles:
            self._note(cluster, {phrase.head, *(head for role in phrase.roles for head in heads_of(role))} - {""})

    def name(self, cluster: Cluster, name: Name) -> None:
        """Enter a name of a cluster."""
        _enter(self._by_name, bare(name.full), cluster)
        if name.parts:
            _enter(self._by_surname, name.parts[-1], cluster)

    def drop(self, cluster: Cluster) -> None:
        """Take out a cluster that another has taken in."""
        self._gone.add(cluster)
        for table, words in (
            (self._by_head, cluster.heads),
            (self._nameless, cluster.heads),
            (self._by_name, {bare(short) for short in cluster.shorts}),
        ):
            for word in words:
                _strike(table, word, cluster)

    def called(self, words: str) -> Cluster | None:
        """The first with that name, or the last with the last of the words for its surname or head."""
        plain = bare(words.removeprefix("the ").removeprefix("The "))
        if named := self._by_name.get(plain):
            return self._clusters[named[0]]
        if not (parts := plain.split()):
            return None
        last = parts[-1]
        heads = self._by_head.get(last, [])
        for number in islice(reversed(self._by_surname.get(last, [])), CROWD):
            if (not heads or number > heads[-1]) and self._clusters[number].kind == "person":
                return self._clusters[number]
        return self._clusters[heads[-1]] if heads else None

    def known(self, name: str) -> Cluster | None:
        """The body with that name in the gazetteer."""
        return self._by_known.get(name)

    def head_told(self, head: str, at: int) -> bool:
        """Whether one with that head noun was told of before an offset."""
        return self._head_told.get(head, inf) < at

    def nameless(self, heads: Collection[str]) -> Iterator[Cluster]:
        """The first of those without a name that have one of these head nouns."""
        numbers = merge(*(self._nameless.get(head, []) for head in sorted(heads)))
        return (self._clusters[number] for number in islice(numbers, CROWD))

    def _note(self, cluster: Cluster, heads: Collection[str]) -> None:
        for head in heads:
            _enter(self._by_head, head, cluster)
            if not cluster.names:
                _enter(self._nameless, head, cluster)
            if cluster.starts:
                self._head_told[head] = min(self._head_told.get(head, inf), cluster.starts[0])


def _enter(table: dict[str, Numbers], word: str, cluster: Cluster) -> None:
    numbers = table.setdefault(word, [])
    at = bisect_left(numbers, cluster.number)
    if at == len(numbers) or numbers[at] != cluster.number:
        numbers.insert(at, cluster.number)


def _strike(table: dict[str, Numbers], word: str, cluster: Cluster) -> None:
    numbers = table.get(word, [])
    at = bisect_left(numbers, cluster.number)
    if at < len(numbers) and numbers[at] == cluster.number:
        del numbers[at]
