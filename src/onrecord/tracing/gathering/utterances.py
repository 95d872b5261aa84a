"""Statements gathered into utterances: what was said once, with all that carried it.

Every utterance has an `anchor`, the carrier that quotes most of it, and each other carrier is tied to the anchor.
So a carrier that stitches two utterances joins one of them and does not pull the two together.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.records import Article
from onrecord.tracing.gathering.boilerplate import is_no_utterance
from onrecord.tracing.gathering.candidates import sharing
from onrecord.tracing.gathering.carriers import Carrier, in_time, speakers_are
from onrecord.tracing.gathering.shingles import plain_words
from onrecord.tracing.gathering.ties import Tie, Words, shared, tie, tie_of_meaning
from onrecord.tracing.values import Verdict

FORMS = ("direct", "mixed", "indirect")
BEYOND, BEYOND_SHARE = 4, 0.25
MOST_GROUPS = 100
"""Of one wording that ever so many speakers use, no more utterances are looked through."""

MOST_ALIKE = 12
"""So many carriers of either group are compared before two groups come together."""
COMMON_TO = 4
SHORT = 6
"""A wording of up to SHORT words that COMMON_TO different speakers use is a turn of phrase."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What was said once. `carriers` in the order of printing; `ties` by the id of the carrier, none for the anchor.

    Of an event with a transcript, `transcript` is that article and `judged` has its verdict on each carrier that it
    answers for. The anchor is then the turn that was spoken; or, where nothing was, the carrier that claims it.
    """

    anchor: Carrier
    carriers: tuple[Carrier, ...]
    ties: Mapping[str, Tie]
    transcript: Article | None = None
    judged: Mapping[str, Verdict] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The id of the anchor."""
        return self.anchor.id

    @property
    def first(self) -> Carrier:
        """The carrier printed first."""
        return self.carriers[0]

    @property
    def spoken(self) -> Carrier | None:
        """The turn of a transcript that it is, where there is one."""
        return self.anchor if self.transcript is not None and self.anchor.article == self.transcript.id else None

    @property
    def speaker(self) -> str | None:
        """Who spoke by the transcript; else the fullest name that its carriers give."""
        if self.spoken is not None and self.spoken.speaker:
            return self.spoken.speaker
        return max((c.speaker or "" for c in self.carriers if not c.described), key=len, default="") or None

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that carried it, in the order of printing."""
        return tuple(dict.fromkeys(c.outlet for c in self.carriers if c.outlet))


@dataclass(frozen=True, slots=True, eq=False)
class Gathering:
    """An utterance in the making: its anchor with its words, and the members tied to it."""

    anchor: Carrier
    words: Words
    members: list[tuple[Carrier, Tie]]

    def done(self) -> Utterance:
        """The utterance of what was gathered."""
        carriers = sorted((self.anchor, *(carrier for carrier, _ in self.members)), key=in_time)
        return Utterance(self.anchor, tuple(carriers), {carrier.id: bond for carrier, bond in self.members})


def utterances(carriers: Iterable[Carrier]) -> tuple[Utterance, ...]:
    """Gather carriers by their wording into utterances, those of one carrier among them, the first printed first.

    Boilerplate is left out. The same carriers give the same utterances, whatever their order.
    """
    found = (group.done() for group in gathered(carriers))
    return tuple(sorted((u for u in found if not _turn_of_phrase(u)), key=lambda u: in_time(u.first)))


def gathered(carriers: Iterable[Carrier]) -> list[Gathering]:
    """The groups, those around the longest quotations first. A wording is looked at once, however many carry it."""
    return [whole for group in _gathered(carriers) for whole in _unstitched(group)]


def _gathered(carriers: Iterable[Carrier]) -> list[Gathering]:
    """The groups, stitched anchors among them."""
    wordings = _wordings(carriers)
    earlier = dict(sharing([words for words, _ in wordings]))
    groups: list[Gathering] = []
    having: list[list[Gathering]] = []
    for number, (words, members) in enumerate(wordings):
        near = list({id(g): g for other in earlier.get(number, ()) for g in having[other.number]}.values())
        own: list[Gathering] = []
        for member in members:
            group, bond = _best(member, words, [*own[:MOST_GROUPS], *near[:MOST_GROUPS]])
            if group is None:
                group = Gathering(member, words, [])
                groups.append(group)
            elif bond is not None:
                group.members.append((member, bond))
            if group not in own:
                own.append(group)
        having.append(own)
    return groups


def _unstitched(group: Gathering) -> Sequence[Gathering]:
    """The group; or, where its anchor is stitched from several utterances, a group of each, one of them with it.

    Stitched it is when two members that are not tied to each other each go on, beyond what they share with it, in words
    that it does not have.
    """
    going_on = [carrier for carrier, bond in group.members if _goes_on(carrier, bond, group)]
    if len(going_on) < 2 or len(_gathered(going_on)) < 2:
        return [group]
    parts = _gathered([carrier for carrier, _ in group.members])
    if sum(_goes_on(part.anchor, None, group) for part in parts) < 2:
        return [group]
    whole, bond = _best(group.anchor, group.words, parts)
    if whole is None or bond is None:
        return [group]
    whole.members.append((group.anchor, bond))
    return parts


def _goes_on(carrier: Carrier, bond: Tie | None, group: Gathering) -> bool:
    """Whether a quotation has much that the anchor of the group does not have."""
    if carrier.form != "direct" or (bond is not None and bond.kind != "overlap"):
        return False
    words = tuple(plain_words(carrier.words))
    common = shared(*sorted((words, group.words), key=len))
    beyond = len(words) - common.words
    return beyond >= BEYOND and beyond >= BEYOND_SHARE * len(words)


def joined_by_meaning(found: Sequence[Utterance], pairs: Iterable[tuple[str, str, float]]) -> tuple[Utterance, ...]:
    """The utterances, those put together that carriers alike in meaning show to be one.

    A pair is two ids of carriers and the cosine of their vectors, as `vectors.nearest` finds them. The smaller
    utterance joins the larger. In one language what was joined draws no third one after it; translations into several
    languages come together where most of their carriers are alike.
    """
    of = {carrier.id: (at, carrier) for at, utterance in enumerate(found) for carrier in utterance.carriers}
    known = sorted((p for p in pairs if p[0] in of and p[1] in of), key=lambda pair: (-pair[2], pair[0], pair[1]))
    alike = {frozenset(pair[:2]) for pair in known}
    groups = {at: [at] for at in range(len(found))}
    group_of = [*range(len(found))]
    bonds: dict[int, Tie] = {}
    for left, right, cosine in known:
        (at, carrier), (to, other) = of[left], of[right]
        one, two = group_of[at], group_of[to]
        if one == two:
            continue
        words = tuple(plain_words(carrier.words)), tuple(plain_words(other.words))
        bond = tie_of_meaning(carrier, words[0], other, words[1], cosine)
        if bond is None:
            continue
        if len(groups[one]) + len(groups[two]) > 2 and not (
            bond.kind == "translation" and _mostly(alike, *([found[n] for n in groups[g]] for g in (one, two)))
        ):
            continue
        part, whole = sorted((one, two), key=lambda g: (len(groups[g]), *_size(found[g]), -g))
        for member in groups.pop(part):
            group_of[member] = whole
            groups[whole].append(member)
            bonds.setdefault(member, bond)
    return tuple(_with(found[whole], [(found[n], bonds[n]) for n in members[1:]]) for whole, members in groups.items())


def _size(utterance: Utterance) -> tuple[int, int]:
    return len(utterance.carriers), len(plain_words(utterance.anchor.words))


def _mostly(alike: Collection[frozenset[str]], some: Sequence[Utterance], others: Sequence[Utterance]) -> bool:
    """Whether of the carriers of two groups, or the first of them, at least half of all pairs in two languages are
    alike in meaning."""
    left, right = ([one for utterance in side for one in utterance.carriers][:MOST_ALIKE] for side in (some, others))
    pairs = [frozenset((a.id, b.id)) for a in left for b in right if a.language != b.language]
    return 2 * sum(pair in alike for pair in pairs) >= len(pairs) > 0


def _with(utterance: Utterance, parts: Sequence[tuple[Utterance, Tie]]) -> Utterance:
    if not parts:
        return utterance
    ties = dict(utterance.ties)
    for part, bond in parts:
        ties.update({carrier.id: bond for carrier in part.carriers})
    carriers = [*utterance.carriers, *(carrier for part, _ in parts for carrier in part.carriers)]
    return Utterance(utterance.anchor, tuple(sorted(carriers, key=in_time)), ties)


def _best(carrier: Carrier, words: Words, groups: Sequence[Gathering]) -> tuple[Gathering | None, Tie | None]:
    """The group whose anchor the carrier is tied to most strongly, the earlier one where two are equal."""
    best: tuple[Gathering | None, Tie | None] = (None, None)
    for group in groups:
        bond = tie(carrier, words, group.anchor, group.words)
        if bond is not None and (best[1] is None or bond.strength > best[1].strength):
            best = group, bond
    return best


def _wordings(carriers: Iterable[Carrier]) -> list[tuple[Words, list[Carrier]]]:
    """The different wordings with their carriers, those who name the speaker and were printed first before others.

    Quotations come before mixed and indirect statements, which hold words of the writer, and long ones before short.
    """
    known: dict[str, str] = {}
    members: defaultdict[Words, list[Carrier]] = defaultdict(list)
    for carrier in carriers:
        words = tuple(known.setdefault(word, word) for word in plain_words(carrier.words))
        if not is_no_utterance(carrier, words):
            members[words].append(carrier)
    for held in members.values():
        held.sort(key=_leading)
    return sorted(members.items(), key=lambda pair: (FORMS.index(pair[1][0].form), -len(pair[0]), _leading(pair[1][0])))


def _leading(carrier: Carrier) -> tuple[int, bool, tuple[datetime.date, str]]:
    return FORMS.index(carrier.form), carrier.speaker is None or carrier.described, in_time(carrier)


def _turn_of_phrase(utterance: Utterance) -> bool:
    if len(utterance.carriers) < COMMON_TO or len(plain_words(utterance.anchor.words)) > SHORT:
        return False
    speakers: list[Carrier] = []
    for carrier in utterance.carriers:
        if carrier.speaker and not any(speakers_are(carrier, other) != "other" for other in speakers):
            speakers.append(carrier)
    return len(speakers) >= COMMON_TO
