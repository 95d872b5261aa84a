"""Who is meant by pronouns and descriptions: mentions added to the clusters that names gave.

First what stands outside quotation marks, in reading order; then, quotation by quotation, what stands inside, where *I*
is who speaks and *we* whom the speaker speaks for. A pronoun chooses among those told of before it; a description may
also be somebody new. What speaks for whom is told by ``features``, and weighed by ``ranking``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from onrecord.finding.clusters import Cluster, Gazetteer, NoGazetteer, gather
from onrecord.finding.features import Scene, new_features, nominal_features, pronoun_features
from onrecord.finding.lexicon import bare, lexicon
from onrecord.finding.mentions import PRONOUNS, Mention
from onrecord.finding.names import Name
from onrecord.finding.phrases import ORDER
from onrecord.finding.ranking import Features, chances, weights

REACH = 25
"""Sentences back in which a pronoun or a description looks."""

NEAR = 4
"""Sentences back in which one whose gender suits rules out those whose given name does not."""

BYLINES = frozenset(("by", "with"))
ASKER = "the interviewer"
OURS = frozenset(
    "newspaper paper agency magazine reporter correspondent website blog column newsletter newsroom".split()
)
"""What an outlet calls itself: this newspaper."""

LABEL = re.compile(r"(?:(?P<asks>q|question|interviewer|host|moderator|presenter)|a|answer|guest)\.?\s?\d*\W*", re.I)
"""A label in a written interview that names nobody."""

Chooser = Callable[[Mention, Sequence["Option"]], int]


@dataclass(frozen=True, slots=True)
class Option:
    """Who may be meant: a cluster, or None for somebody new; its features and how likely it is."""

    cluster: Cluster | None
    features: Features
    chance: float = 0.0


@dataclass(slots=True)
class Links:
    """Which cluster each mention belongs to, among whom it chose, and why. Mentions of nobody known are left out."""

    clusters: list[Cluster]
    of: dict[Mention, Cluster] = field(default_factory=dict)
    options: dict[Mention, tuple[Option, ...]] = field(default_factory=dict)
    why: dict[Mention, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Talk:
    """What must be known of the statements, by their ids: the source of each, and from which one its speaker goes on.
    `labels` are those set out as speech by a label; `outlet` is the name of who publishes."""

    source_of: Mapping[str, Mention]
    carried: Mapping[str, str]
    labels: frozenset[str] = frozenset()
    outlet: str = ""


def resolve(
    mentions: Sequence[Mention], talk: Talk, gazetteer: Gazetteer | None = None, choose: Chooser | None = None
) -> Links:
    """Every mention in its cluster. `choose` picks an option by its place, the likeliest by default."""
    return _Resolver(mentions, talk, gazetteer or NoGazetteer(), choose or _likeliest).resolved()


def _likeliest(mention: Mention, options: Sequence[Option]) -> int:
    return max(range(len(options)), key=lambda i: options[i].chance)


class _Resolver:
    """One article's clusters as they grow."""

    def __init__(self, mentions: Sequence[Mention], talk: Talk, gazetteer: Gazetteer, choose: Chooser) -> None:
        self._mentions = mentions
        self._talk = talk
        self._choose = choose
        self._gazetteer = gazetteer
        self._links = Links(gather(mentions, gazetteer))
        self._links.of.update((m, c) for c in self._links.clusters for m in c.mentions)
        self._sources = [m for m in mentions if m.is_source and m.quoted is None]
        self._starting: dict[int, list[Mention]] = {}
        for m in mentions:
            self._starting.setdefault(m.span.start, []).append(m)
        self._joined: dict[Cluster, Cluster] = {}
        self._writer: Cluster | None = None
        self._outlet: Cluster | None = None

    def resolved(self) -> Links:
        self._affiliate()
        for mention in self._mentions:
            if mention.quoted is None:
                self._take(mention)
        self._affiliate()
        for mention in self._mentions:
            if mention.quoted is not None:
                self._take(mention)
        self._settle()
        return self._links

    def _settle(self) -> None:
        """Put in place of clusters that were taken into others those that took them."""
        for cluster in self._links.clusters:
            cluster.owner = self._joined.get(cluster.owner, cluster.owner) if cluster.owner else None
        for mention, options in self._links.options.items():
            if any(o.cluster in self._joined for o in options):
                now = [
                    replace(o, cluster=self._joined.get(o.cluster, o.cluster) if o.cluster else None) for o in options
                ]
                self._links.options[mention] = tuple(now)

    def _take(self, mention: Mention) -> None:
        if mention in self._links.of:
            if mention.phrase.pointed:
                self._join(mention)
            return
        if mention.is_source and (label := LABEL.fullmatch(mention.phrase.words)):
            self._put(mention, self._asker() if label["asks"] else self._guest(), "label of an interview")
        elif mention.form == "nominal":
            self._take_nominal(mention)
        elif mention.wants in ("self", "us"):
            self._take_first_person(mention)
        elif mention.wants == "relative":
            self._take_relative(mention)
        elif mention.form == "pronoun" and mention.wants != "you":
            options = self._meant(mention)
            if options:
                self._links.options[mention] = options
                self._put(mention, options[self._choose(mention, options)].cluster, "pronoun")

    def _meant(self, mention: Mention) -> tuple[Option, ...]:
        """Whom a pronoun may mean, the likeliest first."""
        scene = self._scene(mention)
        fitting = [(c, last) for c, last in scene.lasts if self._may_mean(mention, c, last)]
        if mention.wants in ("male", "female"):
            fitting = _sifted(mention, fitting)
        return _ranked([(c, pronoun_features(scene, c, last, n)) for n, (c, last) in enumerate(fitting)], "pronoun")

    def _take_relative(self, mention: Mention) -> None:
        before = [m for m in self._mentions if m.span.end <= mention.span.start and m in self._links.of]
        if before:
            self._put(mention, self._links.of[before[-1]], "relative pronoun")

    def _take_first_person(self, mention: Mention) -> None:
        around = mention.quoted or (mention.inside if mention.inside in self._talk.labels else None)
        if around is None:
            cluster = self._us() if mention.wants == "us" else self._me()
            self._put(mention, cluster, "first person of the article")
        elif speaker := self._speaker(around):
            if mention.wants == "us" and speaker.owner and speaker.owner.kind != "person":
                speaker = speaker.owner
            self._put(mention, speaker, "first person in a quotation")

    def _me(self) -> Cluster:
        """The writer of the article: whom its byline names, or somebody without a name."""
        if self._writer is None:
            named = [m for m in self._mentions if m.after in BYLINES and m.form == "name" and m.byline]
            writers = [self._links.of[m] for m in named if m.phrase.kind in ("person", None)]
            self._writer = writers[0] if writers else self._new()
            self._writer.kinds["person"] = self._writer.kinds.get("person", 0) + 1
            self._writer.called = "writer of the article"
        return self._writer

    def _asker(self) -> Cluster:
        """Who asks in a written interview: the outlet, or an interviewer without a name."""
        if self._talk.outlet:
            return self._us()
        found = next((c for c in self._links.clusters if c.called == ASKER), None) or self._new()
        found.called = ASKER
        found.kinds["person"] = 1
        return found

    def _guest(self) -> Cluster | None:
        """Who answers: who has a full name and is told of first, before the questions if possible; bylines apart."""
        full = [c for c in self._links.clusters if c.kind in ("person", None) and any(len(n) > 1 for n in c.names)]
        persons = [c for c in full if c.mentions[0].after not in BYLINES]
        opening = min((m.span.start for m in self._sources), default=0)
        return min(persons, key=lambda c: (c.starts[0] > opening, c.starts[0]), default=None)

    def _us(self) -> Cluster:
        """The outlet, as the article speaks of itself."""
        if self._outlet is None:
            name = Name(self._talk.outlet) if self._talk.outlet else None
            known = [c for c in self._links.clusters if name and any(n.stands_for(name) for n in c.names)]
            self._outlet = known[0] if known else self._new()
            self._outlet.kinds["outlet"] = self._outlet.kinds.get("outlet", 0) + 9
            self._outlet.called = "this outlet"
            if name and name not in self._outlet.names:
                self._outlet.names.append(name)
        return self._outlet

    def _take_nominal(self, mention: Mention) -> None:
        phrase = mention.phrase
        if phrase.determiner in ("this", "our") and phrase.head in OURS and not mention.quoted:
            self._put(mention, self._us(), "the outlet of itself")
            return
        owner = self._owner(mention)
        if not _may_be_old(mention):
            self._put(mention, self._new(owner), "told of for the first time")
            return
        scene = self._scene(mention)
        fitting = [(c, last) for c, last in scene.lasts if c not in (owner, self._writer) and _may_be(mention, c, last)]
        known = [(c, nominal_features(scene, c, last, n, owner)) for n, (c, last) in enumerate(fitting)]
        options = _ranked([(None, new_features(mention, self._links.clusters)), *known], "nominal")
        self._links.options[mention] = options
        chosen = options[self._choose(mention, options)].cluster
        if chosen is not None and chosen.owner is None and chosen.kind == "person":
            chosen.owner = owner
        self._put(mention, chosen or self._new(owner), f"description: {phrase.head or phrase.words}")

    def _join(self, mention: Mention) -> None:
        """Take into a cluster whom *the cook* meant, where its first mention is *the cook, Ana Holt*."""
        cluster = self._links.of[mention]
        if cluster.mentions[0] is not mention:
            return
        heads = {bare(role.split()[-1]) for role in mention.phrase.roles}
        for other in self._links.clusters:
            first = other.mentions[0] if other.mentions and not other.names else None
            if first is None or first.span.start > mention.span.start or not other.heads & heads:
                continue
            if other.plural or (other.gender and cluster.gender and other.gender != cluster.gender):
                continue
            for m in other.mentions:
                cluster.add(m)
                self._links.of[m] = cluster
            cluster.owner = cluster.owner or other.owner
            self._links.clusters.remove(other)
            self._joined[other] = cluster
            return

    def _owner(self, mention: Mention) -> Cluster | None:
        """The cluster of whose it is that a description speaks of."""
        phrase = mention.phrase
        for m in self._starting.get(mention.span.start, ()):
            if m is not mention and m.owner and mention.span.contains(m.span):
                self._take(m)
                return self._links.of.get(m)
        if phrase.determiner in ("his", "her", "its", "their"):
            wanted = replace(mention, form="pronoun", wants=PRONOUNS[phrase.determiner], statements=())
            options = self._meant(wanted)
            return options[0].cluster if options else None
        if phrase.determiner in ("my", "our"):
            return self._speaker(mention.quoted) if mention.quoted else self._writer
        return next((c for words in (phrase.owner, phrase.of) if words and (c := self._called(words))), None)

    def _affiliate(self) -> None:
        for cluster in self._links.clusters:
            cluster.owner = cluster.owner or self._affiliation(cluster)

    def _affiliation(self, cluster: Cluster) -> Cluster | None:
        """The body for which somebody speaks or works, or the one whose something is, as its descriptions tell."""
        for mention in cluster.mentions:
            phrase = mention.phrase
            lands = [" ".join(role.split()[:n]) for role in phrase.roles for n in (3, 2, 1)]
            lands = [words for words in lands if words[:1].isupper() and not lexicon().kind(bare(words.split()[-1]))]
            for words in (phrase.owner, phrase.of, *lands):
                found = self._called(words) or self._known(words) if words else None
                if found is not None and found is not cluster and found.kind != "person" and not _is_kin(found):
                    return found
        return None

    def _known(self, words: str) -> Cluster | None:
        """The cluster of the body that words name, a demonym too."""
        known = self._gazetteer.known(words)
        return next((c for c in self._links.clusters if known and c.known and c.known.name == known.name), None)

    def _called(self, words: str) -> Cluster | None:
        """The cluster with that name, or with the last of the words in its name or as its head."""
        plain = bare(words.removeprefix("the ").removeprefix("The "))
        last = plain.split()[-1] if plain.split() else ""
        for cluster in self._links.clusters:
            if any(bare(n.full) == plain for n in cluster.names) or plain in map(bare, cluster.shorts):
                return cluster
        for cluster in reversed(self._links.clusters):
            surnames = {n.parts[-1] for n in cluster.names} if cluster.kind == "person" else set()
            if last and last in surnames | cluster.heads:
                return cluster
        return None

    def _speaker(self, statement: str | None) -> Cluster | None:
        """Who says a statement, as far as it is known by now."""
        seen = set[str]()
        while statement is not None and statement not in seen:
            seen.add(statement)
            if source := self._talk.source_of.get(statement):
                return self._links.of.get(source)
            statement = self._talk.carried.get(statement)
        return None

    def _scene(self, mention: Mention) -> Scene:
        at = mention.span.start
        lasts = [(c, last) for c in self._links.clusters if (last := c.last_before(at)) is not None]
        near = [
            (c, m) for c, m in lasts if mention.sentence - m.sentence <= REACH and not m.span.contains(mention.span)
        ]
        near.sort(key=lambda pair: -pair[1].span.start)
        said = [self._links.of[m] for m in self._sources if m.span.start < at and m in self._links.of]
        return Scene(mention, near, said[::-1], self._speaker(mention.inside))

    def _may_mean(self, mention: Mention, cluster: Cluster, last: Mention) -> bool:
        """Whether nothing forbids that a pronoun means a cluster."""
        kind = cluster.kind
        if mention.wants in ("male", "female"):
            if cluster.plural or (kind is not None and kind != "person") or cluster.gender not in (None, mention.wants):
                return False
            if cluster is self._writer and not mention.quoted:
                return False
            if mention.quoted and not mention.is_source and cluster is self._speaker(mention.quoted):
                return False
            return kind is not None or any(len(n) > 1 or cluster.speaks for n in cluster.names)
        if mention.wants == "thing":
            return kind not in ("person", "group") and cluster.gender is None and not cluster.plural
        return cluster.plural or kind not in ("place", "work")

    def _new(self, owner: Cluster | None = None) -> Cluster:
        cluster = Cluster(owner=owner)
        self._links.clusters.append(cluster)
        return cluster

    def _put(self, mention: Mention, cluster: Cluster | None, why: str) -> None:
        if cluster is not None:
            cluster.add(mention)
            self._links.of[mention] = cluster
            self._links.why[mention] = why


def _is_kin(cluster: Cluster) -> bool:
    """Whether a cluster is somebody's family, for which nobody works."""
    return bool(cluster.heads & lexicon().kin)


def _sifted(mention: Mention, fitting: list[tuple[Cluster, Mention]]) -> list[tuple[Cluster, Mention]]:
    """Without those that only a quotation has told of, or that are not known for persons, where others are; and without
    those whose given name is of the other gender, where one whose gender suits is near."""
    if mention.quoted is None:
        told = [
            (c, m) for c, m in fitting if any(x.quoted is None for x in c.mentions if x.span.start < mention.span.start)
        ]
        fitting = told or fitting
    fitting = [(c, m) for c, m in fitting if c.kind == "person" or c.speaks] or fitting
    near = [c for c, m in fitting if mention.sentence - m.sentence <= NEAR and mention.wants in (c.gender, c.leaning)]
    if near:
        fitting = [(c, m) for c, m in fitting if c.gender or c.leaning in (None, mention.wants)]
    return fitting


def _ranked(pairs: Sequence[tuple[Cluster | None, set[str]]], part: str) -> tuple[Option, ...]:
    """The options with their chances, the likeliest first."""
    odds = chances([features for _, features in pairs], weights(part))
    found = [Option(c, frozenset(features), chance) for (c, features), chance in zip(pairs, odds, strict=True)]
    return tuple(sorted(found, key=lambda o: -o.chance))


def _may_be_old(mention: Mention) -> bool:
    """Whether a description can point to somebody told of before: *a man* cannot."""
    phrase = mention.phrase
    if phrase.head in ("both", "neither", "each") or "same" in phrase.words.lower().split()[:2]:
        return True
    return phrase.is_definite or bool(phrase.owner) or (not phrase.determiner and phrase.count is None)


def _may_be(mention: Mention, cluster: Cluster, last: Mention) -> bool:
    """Whether nothing forbids that a description means a cluster."""
    phrase, kind = mention.phrase, cluster.kind
    if phrase.head in ORDER or (phrase.gender and cluster.gender and phrase.gender != cluster.gender):
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
