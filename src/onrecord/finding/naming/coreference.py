"""Who is meant by pronouns and descriptions: mentions added to the clusters that names gave.

First what stands outside quotation marks, in reading order; then, quotation by quotation, what stands inside, where *I*
is who speaks and *we* whom the speaker speaks for. A pronoun chooses among those told of before it; a description may
also be somebody new. What speaks for whom is told by ``features``, and weighed by ``ranking``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from onrecord.finding.naming.clusters import Cluster, Gazetteer, NoGazetteer, gather
from onrecord.finding.naming.features import Scene, new_features, nominal_features, pronoun_features
from onrecord.finding.naming.lexicon import bare, lexicon
from onrecord.finding.naming.mentions import Mention, pronouns
from onrecord.finding.naming.names import Name
from onrecord.finding.naming.options import Option, may_be, may_be_old, ranked, sifted
from onrecord.finding.naming.register import Register
from onrecord.finding.pack import listed, pattern

REACH = 25
"""Sentences back in which a pronoun or a description looks."""

FARTHEST = 12_000
"""Code points back in which it does so at most: 25 sentences, each of nearly 500."""

BEFORE = 60_000
"""Code points back in which a relative pronoun looks for a mention whose bearer is known: a long article."""

ASKER = "the interviewer"


GUESTS = 200
"""So many of those who have a full name may be who answers in an interview: the first."""

KEPT = 0.01
"""Least chance of an option that is remembered."""

Chooser = Callable[[Mention, Sequence[Option]], int]


@dataclass(slots=True)
class Links:
    """Which cluster each mention belongs to, why, and among whom the source of a statement chose. Mentions of nobody
    known are left out."""

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
    _origins: dict[str, str | None] = field(default_factory=dict, compare=False)

    def origin(self, statement: str) -> str | None:
        """The statement that has the source of this one: itself, or the nearest that it is carried from."""
        passed: list[str] = []
        at: str | None = statement
        while at is not None and at not in self.source_of and at not in self._origins:
            passed.append(at)
            self._origins[at] = None
            at = self.carried.get(at)
        found = at if at is None or at in self.source_of else self._origins[at]
        self._origins.update(dict.fromkeys(passed, found))
        return found


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
        self._register = Register(self._links.clusters)
        self._starts = [m.span.start for m in mentions]
        self._sources = [m for m in mentions if m.is_source and m.quoted is None]
        self._source_starts = [m.span.start for m in self._sources]
        self._first_said: dict[Cluster, int] = {}
        for cluster in self._links.clusters:
            for m in cluster.mentions:
                self._link(m, cluster)
        self._full = [c for c in self._links.clusters if any(len(n) > 1 for n in c.names)][:GUESTS]
        self._joined: dict[Cluster, Cluster] = {}
        self._writer: Cluster | None = None
        self._outlet: Cluster | None = None
        self._interviewer: Cluster | None = None

    def resolved(self) -> Links:
        self._affiliate()
        for mention in self._mentions:
            if mention.quoted is None:
                self._take(mention)
        self._affiliate()
        for mention in self._mentions:
            if mention.quoted is not None:
                self._take(mention)
        self._links.clusters = self._register.clusters()
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
        if mention.is_source and (label := pattern("interview_label").fullmatch(mention.phrase.words)):
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
                self._put(mention, self._chosen(mention, options), "pronoun")

    def _chosen(self, mention: Mention, options: Sequence[Option]) -> Cluster | None:
        """Whom a mention means. The options of a source are remembered, but for the unlikely and for their features."""
        if mention.is_source:
            kept = (o for o in options if o.chance >= KEPT or o.cluster is None)
            self._links.options[mention] = tuple(Option(o.cluster, frozenset(), o.chance) for o in kept)
        return options[self._choose(mention, options)].cluster

    def _meant(self, mention: Mention) -> tuple[Option, ...]:
        """Whom a pronoun may mean, the likeliest first."""
        scene = self._scene(mention)
        fitting = [(c, last) for c, last in scene.lasts if self._may_mean(mention, c, last)]
        if mention.wants in ("male", "female"):
            fitting = sifted(mention, fitting)
        return ranked([(c, pronoun_features(scene, c, last, n)) for n, (c, last) in enumerate(fitting)], "pronoun")

    def _take_relative(self, mention: Mention) -> None:
        at = mention.span.start
        for place in range(bisect_left(self._starts, at) - 1, bisect_left(self._starts, at - BEFORE) - 1, -1):
            if self._mentions[place].span.end <= at and (cluster := self._links.of.get(self._mentions[place])):
                self._put(mention, cluster, "relative pronoun")
                return

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
            named = [m for m in self._mentions if m.after in listed("bylines") and m.form == "name" and m.byline]
            writers = [self._links.of[m] for m in named if m.phrase.kind in ("person", None)]
            self._writer = writers[0] if writers else self._new()
            self._writer.kinds["person"] = self._writer.kinds.get("person", 0) + 1
            self._writer.called = "writer of the article"
        return self._writer

    def _asker(self) -> Cluster:
        """Who asks in a written interview: the outlet, or an interviewer without a name."""
        if self._talk.outlet:
            return self._us()
        if self._interviewer is None or self._interviewer in self._joined:
            self._interviewer = self._new()
            self._interviewer.called = ASKER
        self._interviewer.kinds["person"] = 1
        return self._interviewer

    def _guest(self) -> Cluster | None:
        """Who answers: who has a full name and is told of first, before the questions if possible; bylines apart."""
        opening = min(self._source_starts, default=0)
        persons = [c for c in self._full if c.kind in ("person", None) and c.mentions[0].after not in listed("bylines")]
        return min(persons, key=lambda c: (c.starts[0] > opening, c.starts[0]), default=None)

    def _us(self) -> Cluster:
        """The outlet, as the article speaks of itself."""
        if self._outlet is None:
            name = Name(self._talk.outlet) if self._talk.outlet else None
            known = [c for c in self._register.clusters() if name and any(n.stands_for(name) for n in c.names)]
            self._outlet = known[0] if known else self._new()
            self._outlet.kinds["outlet"] = self._outlet.kinds.get("outlet", 0) + 9
            self._outlet.called = "this outlet"
            if name and name not in self._outlet.names:
                self._outlet.names.append(name)
                self._register.name(self._outlet, name)
        return self._outlet

    def _take_nominal(self, mention: Mention) -> None:
        phrase = mention.phrase
        if phrase.determiner in ("this", "our") and phrase.head in listed("ours") and not mention.quoted:
            self._put(mention, self._us(), "the outlet of itself")
            return
        owner = self._owner(mention)
        if not may_be_old(mention):
            self._put(mention, self._new(owner), "told of for the first time")
            return
        scene = self._scene(mention)
        fitting = [(c, last) for c, last in scene.lasts if c not in (owner, self._writer) and may_be(mention, c, last)]
        known = [(c, nominal_features(scene, c, last, n, owner)) for n, (c, last) in enumerate(fitting)]
        head_told = self._register.head_told(phrase.head, mention.span.start)
        options = ranked([(None, new_features(mention, head_told=head_told)), *known], "nominal")
        chosen = self._chosen(mention, options)
        if chosen is not None and chosen.owner is None and chosen.kind == "person":
            chosen.owner = owner
        self._put(mention, chosen or self._new(owner), f"description: {phrase.head or phrase.words}")

    def _join(self, mention: Mention) -> None:
        """Take into a cluster whom *the cook* meant, where its first mention is *the cook, Ana Holt*."""
        cluster = self._links.of[mention]
        if cluster.mentions[0] is not mention:
            return
        heads = {bare(role.split()[-1]) for role in mention.phrase.roles}
        for other in self._register.nameless(heads):
            if other.names or not other.starts or other.starts[0] > mention.span.start:
                continue
            if other.plural or (other.gender and cluster.gender and other.gender != cluster.gender):
                continue
            for m in other.mentions:
                self._register.add(cluster, m)
                self._link(m, cluster)
            cluster.owner = cluster.owner or other.owner
            self._register.drop(other)
            self._joined[other] = cluster
            return

    def _owner(self, mention: Mention) -> Cluster | None:
        """The cluster of whose it is that a description speaks of."""
        phrase = mention.phrase
        first = bisect_left(self._starts, mention.span.start)
        for m in self._mentions[first : bisect_left(self._starts, mention.span.start + 1)]:
            if m is not mention and m.owner and mention.span.contains(m.span):
                self._take(m)
                return self._links.of.get(m)
        if phrase.determiner in ("his", "her", "its", "their"):
            wanted = replace(mention, form="pronoun", wants=pronouns()[phrase.determiner], statements=())
            options = self._meant(wanted)
            return options[0].cluster if options else None
        if phrase.determiner in ("my", "our"):
            return self._speaker(mention.quoted) if mention.quoted else self._writer
        return next((c for words in (phrase.owner, phrase.of) if words and (c := self._register.called(words))), None)

    def _affiliate(self) -> None:
        for cluster in self._register.clusters():
            cluster.owner = cluster.owner or self._affiliation(cluster)

    def _affiliation(self, cluster: Cluster) -> Cluster | None:
        """The body for which somebody speaks or works, or the one whose something is, as its descriptions tell."""
        for mention in cluster.mentions:
            phrase = mention.phrase
            lands = [" ".join(role.split()[:n]) for role in phrase.roles for n in (3, 2, 1)]
            lands = [words for words in lands if words[:1].isupper() and not lexicon().kind(bare(words.split()[-1]))]
            for words in (phrase.owner, phrase.of, *lands):
                found = self._register.called(words) or self._known(words) if words else None
                if found is None or found is cluster or found.kind == "person" or found.heads & lexicon().kin:
                    continue
                return found
        return None

    def _known(self, words: str) -> Cluster | None:
        """The cluster of the body that words name, a demonym too."""
        known = self._gazetteer.known(words)
        return self._register.known(known.name) if known else None

    def _speaker(self, statement: str | None) -> Cluster | None:
        """Who says a statement, as far as it is known by now."""
        origin = None if statement is None else self._talk.origin(statement)
        return None if origin is None else self._links.of.get(self._talk.source_of[origin])

    def _scene(self, mention: Mention) -> Scene:
        at = mention.span.start
        told: dict[Cluster, None] = {}
        for place in range(bisect_left(self._starts, at) - 1, bisect_left(self._starts, at - FARTHEST) - 1, -1):
            if mention.sentence - self._mentions[place].sentence > REACH:
                break
            if cluster := self._links.of.get(self._mentions[place]):
                told[cluster] = None
        lasts = [(c, last) for c in told if (last := c.last_before(at)) and not last.span.contains(mention.span)]
        lasts.sort(key=lambda pair: (-pair[1].span.start, pair[0].number))
        spoken = {c for c, _ in lasts if self._first_said.get(c, at) < at}
        return Scene(mention, lasts, list(islice(self._said(at), 2)), spoken, self._speaker(mention.inside))

    def _said(self, at: int) -> Iterator[Cluster]:
        """Those who spoke before an offset, the latest first."""
        starts = self._source_starts
        for place in range(bisect_left(starts, at) - 1, bisect_left(starts, at - BEFORE) - 1, -1):
            if cluster := self._links.of.get(self._sources[place]):
                yield cluster

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
        return self._register.new(owner)

    def _put(self, mention: Mention, cluster: Cluster | None, why: str) -> None:
        if cluster is not None:
            self._register.add(cluster, mention)
            self._link(mention, cluster)
            self._links.why[mention] = why

    def _link(self, mention: Mention, cluster: Cluster) -> None:
        self._links.of[mention] = cluster
        if mention.is_source and mention.quoted is None:
            self._first_said[cluster] = min(self._first_said.get(cluster, mention.span.start), mention.span.start)
