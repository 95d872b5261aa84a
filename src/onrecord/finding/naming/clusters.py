"""Clusters: the mentions of one and the same, gathered; what they have in common; and how names find each other.

A strict order, as in the sieves of Raghunathan et al. (2010): the same words, an acronym told in brackets, a part of a
full name, the initials. Full names come before parts of them wherever they stand, so that a headline's *Holt* joins the
*Ana Holt* of the first sentence. Of several whom a surname fits the last mentioned is meant, unless a title tells.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Protocol

from onrecord.finding.naming.lexicon import Gender, bare, lexicon
from onrecord.finding.naming.mentions import Mention
from onrecord.finding.naming.names import Name, letters_of
from onrecord.finding.pack import listed, pattern
from onrecord.records import Kind

CROWD = 100
"""Bearers of one name, before a mention and as many behind it, among whom is chosen."""


def plain_words(words: str) -> str:
    """Words to compare by: bare, without articles."""
    return " ".join(w for w in map(bare, words.split()) if w not in ("the", "a", "an", "this", "that", "same"))


def heads_of(role: str) -> tuple[str, str]:
    """The last word of a role and the last two, hyphened: *minister*, *foreign-minister*."""
    pieces = [bare(word) for word in role.split()]
    return pieces[-1], "-".join(pieces[-2:])


def _start(mention: Mention) -> int:
    return mention.span.start


@dataclass(frozen=True, slots=True)
class Known:
    """A body that a gazetteer knows: its usual name, its kind, and by which way the words led to it: "name", "acronym",
    "demonym", "capital", "metonym" or "pattern"."""

    name: str
    kind: Kind
    via: str = "name"
    wikidata: str | None = None


class Gazetteer(Protocol):
    """What is known of bodies beyond the article."""

    def known(self, words: str) -> Known | None:
        """The body that words name, if any."""


class NoGazetteer:
    """Knows nothing."""

    def known(self, words: str) -> Known | None:
        return None


@dataclass(slots=True, eq=False)
class Cluster:
    """One entity in the making. Mentions are kept in reading order.

    `gender` is what titles, nouns and pronouns tell, `leaning` what the given name does. `heads` are the nouns and
    `words` all words that describe it, `shorts` its acronyms; `owner` is whose it is or for whom it speaks, `called`
    how to name what has no name, `told` the words that have told its kind. `number` puts clusters in order,
    `described` holds the plain words of its descriptions, `leading` the mentions that lead their paragraph, and
    `first_unquoted` is where it is first told of outside quotation marks.
    """

    mentions: list[Mention] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    kinds: dict[Kind, int] = field(default_factory=dict)
    gender: Gender | None = None
    leaning: Gender | None = None
    plural: bool = False
    heads: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    shorts: set[str] = field(default_factory=set)
    owner: Cluster | None = None
    known: Known | None = None
    called: str = ""
    told: set[str] = field(default_factory=set)
    speaks: bool = False
    number: int = 0
    described: set[str] = field(default_factory=set)
    leading: list[Mention] = field(default_factory=list)
    first_unquoted: float = inf

    @property
    def kind(self) -> Kind | None:
        """What most mentions say it is."""
        if self.known:
            return self.known.kind
        if len(self.kinds) < 2:
            return next(iter(self.kinds), None)
        return max(self.kinds, key=lambda k: self.kinds[k])

    @property
    def name(self) -> Name | None:
        """The fullest one."""
        return max(self.names, key=lambda n: (len(n), len(n.full)), default=None)

    @property
    def kin(self) -> bool:
        """Whether it is told of as a relation of somebody's, without a name."""
        return not self.names and bool(self.heads & lexicon().kin)

    def add(self, mention: Mention) -> None:
        """Take a mention in, and what its words tell."""
        at = bisect_left(self.starts, mention.span.start)
        self.mentions.insert(at, mention)
        self.starts.insert(at, mention.span.start)
        self.speaks = self.speaks or mention.is_source
        if mention.form == "nominal":
            self.described.add(plain_words(mention.phrase.words))
        if mention.leads:
            insort(self.leading, mention, key=_start)
        if mention.quoted is None:
            self.first_unquoted = min(self.first_unquoted, mention.span.start)
        phrase = mention.phrase
        if phrase.name and phrase.name not in self.names:
            self.names.append(phrase.name)
            if len(phrase.name) > 1 or not self.leaning:
                self.leaning = phrase.name.gender or self.leaning
        if phrase.kind and phrase.words not in self.told:
            self.told.add(phrase.words)
            weight = 3 if phrase.name is None or phrase.roles or phrase.name.title or phrase.name.has_given else 1
            self.kinds[phrase.kind] = self.kinds.get(phrase.kind, 0) + weight
        if mention.form == "nominal" and mention.is_source and not phrase.kind and phrase.head:
            self.kinds.setdefault("person", 1)  # who speaks, if nothing else is known, is somebody
        if phrase.name and not phrase.kind:
            self._guess_kind(mention, phrase.name)
        self.gender = self.gender or phrase.gender
        if mention.wants in ("male", "female") and self.leaning in (None, mention.wants):
            self.gender = self.gender or ("male" if mention.wants == "male" else "female")
        self.plural = self.plural or phrase.plural
        for role in phrase.roles:
            self.heads.update(heads_of(role))
            self.words.update(map(bare, role.split()))
        if phrase.head:
            self.heads.add(phrase.head)
        self.words.update(bare(w) for w in (*phrase.modifiers, *phrase.owner.split(), *phrase.of.split()))
        if phrase.short:
            self.shorts.add(phrase.short)

    def _guess_kind(self, mention: Mention, name: Name) -> None:
        """What a name that does not tell seems to be: a place where something is *in* it, or a given name's bearer."""
        if mention.after in listed("in_place"):
            self.kinds["place"] = self.kinds.get("place", 0) + 2
        elif len(name) == 1 and name.gender:
            self.kinds["person"] = self.kinds.get("person", 0) + 1

    def last_before(self, at: int) -> Mention | None:
        """The last mention that begins before an offset."""
        place = bisect_left(self.starts, at)
        return self.mentions[place - 1] if place else None

    def led_before(self, at: int) -> Mention | None:
        """The last mention before an offset that leads its paragraph."""
        place = bisect_left(self.leading, at, key=_start)
        return self.leading[place - 1] if place else None

    def count_before(self, at: int) -> int:
        """How many mentions begin before an offset."""
        return bisect_left(self.starts, at)


def gather(mentions: Sequence[Mention], gazetteer: Gazetteer) -> list[Cluster]:
    """The clusters that names alone give, in the order of their first mention."""
    gathering = _Gathering(gazetteer)
    named = [m for m in mentions if m.form == "name"]
    for mention in sorted(named, key=_rank):
        gathering.take(mention)
    clusters = sorted(gathering.clusters, key=lambda c: c.starts[0])
    for number, cluster in enumerate(clusters):
        cluster.number = number
    return clusters


def _rank(mention: Mention) -> tuple[int, int]:
    name = mention.phrase.name
    assert name is not None
    return (0 if len(name) > 1 else 1), mention.span.start


class _Gathering:
    def __init__(self, gazetteer: Gazetteer) -> None:
        self.clusters: list[Cluster] = []
        self._gazetteer = gazetteer
        self._by_parts: dict[tuple[str, ...], dict[Cluster, None]] = {}
        self._by_part: dict[str, list[tuple[int, int]]] = {}
        self._bearing: set[tuple[str, Cluster]] = set()
        self._by_initials: dict[str, dict[Cluster, None]] = {}
        self._by_known: dict[str, Cluster] = {}
        self._by_short: dict[str, Cluster] = {}

    def take(self, mention: Mention) -> None:
        name = mention.phrase.name
        assert name is not None
        known = self._known(mention, name)
        cluster = (self._by_known.get(known.name) if known else None) or self._find(mention, name)
        if cluster is None or (known and cluster.known and cluster.known.name != known.name):
            cluster = Cluster(number=len(self.clusters))
            self.clusters.append(cluster)
        self._add(cluster, mention, name, known)

    def _add(self, cluster: Cluster, mention: Mention, name: Name, known: Known | None) -> None:
        is_new = name not in cluster.names
        cluster.add(mention)
        if is_new:
            self._by_parts.setdefault(name.parts, {})[cluster] = None
            for part in {p for word in name.parts for p in (word, *word.split("-"))}:
                bearers = self._by_part.setdefault(part, [])
                if (part, cluster) not in self._bearing:
                    self._bearing.add((part, cluster))
                    insort(bearers, (cluster.starts[0], cluster.number))
            if len(name) > 1:
                self._by_initials.setdefault(name.initials, {})[cluster] = None
        if known and cluster.known is None:
            cluster.known = known
            self._by_known[known.name] = cluster
        letters = letters_of(name.full)
        if len(letters) > 1 and len(name) > 1 and cluster.kind != "person":
            self._by_short.setdefault(letters, cluster)
        if mention.phrase.short:
            self._by_short[mention.phrase.short] = cluster

    def _known(self, mention: Mention, name: Name) -> Known | None:
        if mention.phrase.kind == "person":
            return None
        known = self._gazetteer.known(name.full)
        if known is None or known.via == "demonym":
            return None
        return None if known.via == "capital" and not _is_power(mention) else known

    def _find(self, mention: Mention, name: Name) -> Cluster | None:
        if name.full.isupper() and len(name.full) < 7:
            if short := self._by_short.get(name.full):
                return short
            named = self._by_initials.get(name.full)
            if named and mention.is_source:
                return min(named, key=lambda c: c.number)  # a label in a transcript
        same = [c for c in self._by_parts.get(name.parts, ()) if _agree(c, mention)]
        if same:
            return _last(same, mention)
        bearers = dict.fromkeys((*self._bearers(name.parts[-1], mention), *self._bearers(name.parts[0], mention)))
        options = [c for c in bearers if _agree(c, mention)]
        fitting = [c for c in options if any(_fits(name, n, c) for n in c.names)]
        fitting = fitting or [c for c in options if any(name.is_spelling_of(n) for n in c.names)]
        return _last(fitting, mention) if fitting else None

    def _bearers(self, part: str, mention: Mention) -> Iterator[Cluster]:
        """Those with a word in their name; of many those who were first told of near a mention."""
        bearers = self._by_part.get(part, [])
        at = bisect_left(bearers, (mention.span.start,))
        return (self.clusters[number] for _, number in bearers[max(0, at - CROWD) : at + CROWD])


def _fits(name: Name, other: Name, cluster: Cluster) -> bool:
    """Whether one of two names stands for the other. A single word does so for a body only if it is the first."""
    if len(name) > 1 and other.stands_for(name):
        return True
    begins = cluster.kind not in ("organisation", "work") or len(name) > 1 or name.parts[0] == other.parts[0]
    return begins and name.stands_for(other)


def _is_power(mention: Mention) -> bool:
    """Whether a capital is mentioned as the government there, and not as a place."""
    acts = mention.is_source or mention.owner or mention.opens
    return mention.after in listed("as_power") or (acts and mention.after not in listed("at_place"))


def _agree(cluster: Cluster, mention: Mention) -> bool:
    """Whether gender, kind and title speak against neither."""
    phrase = mention.phrase
    if phrase.gender and cluster.gender and phrase.gender != cluster.gender:
        return False
    kind = cluster.kind
    if phrase.kind and kind and phrase.kind != kind and "person" in (phrase.kind, kind):
        return phrase.name is not None and len(phrase.name) == 1 and not phrase.roles and not phrase.name.title
    return not (
        kind == "organisation"
        and phrase.name
        and len(phrase.name) == 1
        and pattern("adjective").match(phrase.name.full)
    )


def _last(clusters: Sequence[Cluster], mention: Mention) -> Cluster:
    """The one mentioned last before, else the first after."""
    at = mention.span.start
    before = [(m.span.start, c) for c in clusters if (m := c.last_before(at))]
    if before:
        return max(before, key=lambda pair: pair[0])[1]
    return min(clusters, key=lambda c: c.mentions[0].span.start)
