"""Where an article tells of an occasion, and how far each telling holds: what speaks for a statement's belonging to it.

    The board met on Monday night.                      a telling: a meeting, by nobody in particular
    Holt, who chairs it, said the wall was sound.       belongs: the next sentence, "named there", the only event
    Ito wrote in a letter that it leaked.               a telling of her own, which holds against the meeting

A statement has some candidates (`WAYS`): what its own sentence tells, what was told last before it, where its speaker
spoke or is named, the first event at which several speak, the event of the whole article. Features describe each;
their weights, in ``occasion_weights.toml``, are fitted by ``training/occasions.py``.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import reduce

from onrecord.finding.occasions.dates import find_dates
from onrecord.finding.occasions.outlets import medium_in, outlet_names
from onrecord.finding.occasions.words import Told, kind_in
from onrecord.finding.pack import current, pattern
from onrecord.finding.segments import paragraphs, sentences
from onrecord.records import OccasionKind, Record, Statement
from onrecord.spans import Span

WAYS = ("own", "medium", "work", "last", "speaker", "mention", "first", "event")
"""How a candidate is come by: from the words around the statement; from the medium it was told to; from the work that
speaks; told last before it; told last by its speaker; told last where its speaker is named; told first of those at
which several speak; what the article as a whole reports on."""

ITS_OWN = frozenset({"own", "medium", "work"})
SHARED = frozenset({"press_conference", "hearing", "meeting", "broadcast", "speech"})
"""Occasions at which several speak, so that an article about one is about all that was said there."""

TITLE = -1
"""The number of the title among the sentences."""

FARTHEST = 8
"""Over so many sentences at most what is told of others goes on, unless the article as a whole is about it."""

EARLY = 200
"""So many tellings of its event may tell when and where it was: the first."""

NEAREST = 50
"""So many mentions of one person up to the end of a sentence are looked through for one that stands in it."""

NEARBY = 2_000
"""Characters on either side of a statement that its sentence tells with; hardly one is as long."""

FLOOR = 0.25
"""Least chance that a statement belongs to an occasion."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence and what it tells of an occasion: its number, that of its paragraph, and who speaks in it."""

    told: Told
    sentence: int
    paragraph: int
    by: Set[str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An occasion that a statement may belong to, how it was come by, and what speaks for and against it."""

    told: Told
    way: str
    features: Set[str]

    @property
    def kind(self) -> OccasionKind | None:
        """The kind of the occasion."""
        return self.told.kind

    def chance(self, table: Mapping[str, float]) -> float:
        """How likely a statement with these features belongs, between 0 and 1, by a table of weights."""
        return 1 / (1 + math.exp(-table["bias"] - math.fsum(table.get(name, 0.0) for name in self.features)))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a statement stands: the numbers of its sentences, their words less all contents, what they tell, whether
    that is so by its label or place and beyond doubt, and the traits of the statement that matter anywhere."""

    sentences: Sequence[int]
    words: str
    told: Told
    certain: bool
    traits: Sequence[str]

    @property
    def first(self) -> int:
        """The number of its first sentence."""
        return self.sentences[0] if self.sentences else 0


def weights() -> Mapping[str, float]:
    """The weight of each feature, and the bias."""
    return current().table("occasion_weights")


def outside_of_contents(record: Record) -> str:
    """The article with blanks for all contents, of the same length."""
    bare = list(record.article.text)
    for statement in record.statements:
        for span in statement.content:
            bare[span.start : span.end] = " " * len(span)
    return "".join(bare)


class Tellings:
    """All tellings of one record; `event` is the occasion of the article as a whole, if it has one."""

    def __init__(self, record: Record, event: Told | None) -> None:
        self._record = record
        self._event = event
        self._bare = outside_of_contents(record)
        text = record.article.text
        self._sentences = [
            (sentence, number) for number, block in enumerate(paragraphs(text)) for sentence in sentences(text, block)
        ]
        self._starts = [sentence.start for sentence, _ in self._sentences]
        self._told: dict[int, Told] = {}
        self._mentions = {entity.id: entity.mentions for entity in record.entities}
        self._outlets = outlet_names(record)
        comments = pattern("comments").search(text)
        self._comments = comments.end() if comments else len(text) + 1
        speakers: dict[int, set[str]] = {}
        for s in record.statements:
            if s.within is None and s.speaker:
                for at in {at for span in s.source + s.cue for at in self._at(span)}:
                    speakers.setdefault(at, set()).add(s.speaker)
        title = kind_in(record.article.title or "")
        self._all = [Telling(Told(title[0], title[1][0]), TITLE, TITLE, frozenset())] if title else []
        self._all += [
            Telling(told, at, paragraph, frozenset(speakers.get(at, ())))
            for at, (_, paragraph) in enumerate(self._sentences)
            if (told := self._of_sentence(at)).kind is not None and not self._to_come(at, told)
        ]
        self._places = [telling.sentence for telling in self._all]
        self._by: dict[str, list[int]] = {}
        self._of_kind: dict[OccasionKind | None, list[int]] = {}
        for number, telling in enumerate(self._all):
            self._of_kind.setdefault(telling.told.kind, []).append(number)
            for id in telling.by:
                self._by.setdefault(id, []).append(number)
        self._shared = [telling for telling in self._all if telling.told.kind in SHARED]

    def place(self, statement: Statement) -> Place:
        """Where a statement stands, and what its sentences tell."""
        reach = statement.source + statement.cue or statement.content
        places = sorted({at for span in reach for at in self._at(span)})
        first, last = statement.extent.start - NEARBY, statement.extent.end + NEARBY
        sentences = (self._sentences[at][0] for at in places)
        words = " ".join(self._bare[max(first, one.start) : min(last, one.end)] for one in sentences)
        told = reduce(_both, map(self._of_sentence, places)) if places else Told()
        labelled = self._by_label(statement)
        if labelled or (told.kind is None and self._writes(statement)):
            told = replace(told, kind=labelled or "document")
        return Place(places, words, told, labelled is not None, tuple(self._traits(statement, words)))

    def same_event(self, told: Told) -> Told:
        """The event of the article, with what is told anywhere of its date and, of a broadcast, its medium, where
        `told` may be of it; else `told` as it is."""
        event = self._event
        if event is None or told.kind != event.kind or told.kind not in SHARED:
            return told
        for one in (told, *(self._all[number].told for number in self._of_kind.get(event.kind, ())[:EARLY])):
            medium = one.medium if event.kind == "broadcast" else event.medium
            if not _apart(one.when, event.when) and not _apart(medium, event.medium):
                date = event if event.date else one
                event = replace(event, medium=medium or event.medium, date=date.date, when=date.when)
            elif one is told:
                return told
        return event

    def candidates(self, statement: Statement, place: Place) -> Iterator[Candidate]:
        """The occasions that a statement may belong to, its own first."""
        if place.told.kind is not None:
            way = "medium" if place.told.by_medium else "own" if place.told.event else "work"
            yield self._candidate(statement, place, way, place.told, None)
        met: list[int] = []
        for way, telling in self._told_elsewhere(statement, place):
            if telling.sentence not in met and not _apart(place.told.when, telling.told.when):
                met.append(telling.sentence)
                yield self._candidate(statement, place, way, telling.told, telling)
        if self._event is not None and not _apart(place.told.when, self._event.when):
            yield self._candidate(statement, place, "event", self._event, None)

    def _at(self, span: Span) -> Iterator[int]:
        """The numbers of the sentences that a span touches."""
        at = max(0, bisect_right(self._starts, span.start) - 1)
        while at < len(self._sentences) and self._sentences[at][0].start < span.end:
            if self._sentences[at][0].overlaps(span):
                yield at
            at += 1

    def _of_sentence(self, at: int) -> Told:
        if at not in self._told:
            self._told[at] = self._read(self._sentences[at][0])
        return self._told[at]

    def _to_come(self, at: int, told: Told) -> bool:
        """Whether a sentence tells of an occasion to come: "will hold a news conference"."""
        start = self._sentences[at][0].start
        before = self._bare[start : told.evidence[0].start] if told.event else ""
        return pattern("ahead").search(before[-25:]) is not None

    def _read(self, sentence: Span) -> Told:
        """What the words of a sentence tell, less what anybody is quoted for."""
        words = self._bare[sentence.start : sentence.end]
        if words.isspace():
            return Told()
        kind: OccasionKind | None = None
        event, by_medium, evidence = None, False, []
        medium = medium_in(words, self._record.article.outlet, self._outlets)
        if found := kind_in(words):
            kind, event = found[0], found[1][0]
            evidence.append(Span(sentence.start + found[1].start(), sentence.start + found[1].end()))
        elif medium and pattern("told_verbs").search(words) and not self._at_event_of_others(medium):
            kind, by_medium = "interview", True
        dates = find_dates(self._bare, self._record.article.published, sentence)
        if date := min(dates, key=lambda d: d.span.distance(evidence[0]) if evidence else 0, default=None):
            evidence.append(date.span)
        addressee = None if medium else pattern("addressee").search(" ".join(words.split()))
        return Told(
            kind=kind,
            event=event,
            medium=medium,
            addressee=addressee["who"] if addressee else None,
            date=date.words if date else None,
            when=date.when if date else None,
            evidence=tuple(evidence),
            by_medium=by_medium,
        )

    def _at_event_of_others(self, medium: str) -> bool:
        """Whether who was told asked at an event, for a medium other than the one that reports it."""
        shared = self._event is not None and self._event.kind in SHARED
        return shared and medium != self._record.article.outlet

    def _by_label(self, statement: Statement) -> OccasionKind | None:
        """A label "@name" posts; a labelled turn below the heading of the comments is one."""
        if not statement.source or statement.cue:
            return None
        if self._record.words(statement, "source").startswith("@"):
            return "post"
        return "statement" if self._comments <= statement.extent.start else None

    def _writes(self, statement: Statement) -> bool:
        """Whether a work speaks, or a text "reads"."""
        speaker = self._record.speaker(statement)
        work = speaker is not None and speaker.kind == "work"
        return statement.within is None and (
            work or bool(pattern("text_reads").fullmatch(self._record.words(statement, "cue")))
        )

    def _told_elsewhere(self, statement: Statement, place: Place) -> Iterator[tuple[str, Telling]]:
        before = bisect_left(self._places, place.first)
        near = self._all[bisect_left(self._places, place.first - FARTHEST) : before]
        speaker = statement.speaker
        theirs = self._by.get(speaker or "", [])
        by_speaker = bisect_left(theirs, before)
        for way, fitting in (
            ("last", near),
            ("speaker", [self._all[number] for number in theirs[max(0, by_speaker - 1) : by_speaker]]),
            ("mention", [telling for telling in near if self._named_in(speaker, telling.sentence)]),
        ):
            if fitting:
                yield way, fitting[-1]
        for telling in self._shared:
            if telling.sentence not in place.sentences:
                if telling.paragraph <= 1:
                    yield "first", telling
                break

    def _named_in(self, id: str | None, at: int) -> bool:
        if id is None or at == TITLE:
            return False
        sentence, mentions = self._sentences[at][0], self._mentions.get(id, ())
        last = bisect_left(mentions, sentence.end, key=_start)
        return any(m.overlaps(sentence) for m in mentions[max(0, last - NEAREST) : last])

    def _traits(self, statement: Statement, words: str) -> Iterator[str]:
        """What a statement is, whatever it belongs to."""
        speaker = self._record.speaker(statement)
        yield f"speaker {speaker.kind if speaker else 'unknown'}"
        yield statement.form
        if speaker is not None and not speaker.named:
            yield "speaker unnamed"
        if statement.within is not None:
            yield "within another"
        if not statement.cue:
            yield "label" if statement.source else "floating"
        if statement.status != "said":
            yield "not said"
        if pattern("thought").search(self._record.words(statement, "cue")):
            yield "thought"
        if pattern("another_time").search(words):
            yield "another time"
        if pattern("own_outlet").search(words):
            yield "told us"

    def _candidate(
        self, statement: Statement, place: Place, way: str, told: Told, telling: Telling | None
    ) -> Candidate:
        several = "shared" if told.kind in SHARED else "single"
        features = {way, f"{way}, {told.kind}"}
        for trait in place.traits:
            features |= {f"{way}, {trait}", f"{several}, {trait}"}
        if way in ITS_OWN:
            features.update(self._of_its_own(statement, place, way))
        else:
            features.update(_against_its_own(place, way, told))
        if telling is not None:
            features.update(self._between(statement, place, telling, several))
        return Candidate(told, way, features)

    def _of_its_own(self, statement: Statement, place: Place, way: str) -> Iterator[str]:
        """How the words that tell stand beside the statement."""
        if self._event is not None and self._event.kind in SHARED:
            yield f"{way}, at an event"
        if place.told.event is None:
            return
        if place.told.event in self._record.words(statement, "cue"):
            yield "own, in the cue"
        at = place.words.find(place.told.event)
        if before := pattern("before_words").search(place.words[max(0, at - 20) : max(0, at)].lower()):
            yield f"own, {before[1]}"

    def _between(self, statement: Statement, place: Place, telling: Telling, several: str) -> Iterator[str]:
        """How near a telling stands, who speaks there, and what comes between."""
        away, kind = place.first - telling.sentence, telling.told.kind
        yield "next sentence" if away <= 1 else "near" if away <= 3 else "far" if away > 8 else "off"
        apart = (self._sentences[place.first][1] if self._sentences else 0) - telling.paragraph
        yield f"{several}, {'same paragraph' if apart == 0 else 'next paragraph' if apart == 1 else 'paragraphs off'}"
        who = "by nobody" if not telling.by else "by the same" if statement.speaker in telling.by else "by others"
        yield who
        yield f"{who}, {kind}"
        if self._named_in(statement.speaker, telling.sentence):
            yield "named there"
        if telling.paragraph <= 1:
            yield f"{several}, in the lead"
        first, last = bisect_right(self._places, telling.sentence), bisect_left(self._places, place.first)
        alike = self._of_kind[kind]
        if last - first > bisect_left(alike, last) - bisect_left(alike, first) and first < last:
            yield f"{several}, others between"
        yield f"{several}, told {min(3, len(alike))} times"


def _start(span: Span) -> int:
    return span.start


def _apart(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _against_its_own(place: Place, way: str, told: Told) -> Iterator[str]:
    """How an occasion told elsewhere agrees with what is told here."""
    own = place.told
    if own.date:
        yield f"{way}, {'its date' if own.when == told.when else 'another date' if told.when else 'dated'}"
    if own.kind is not None:
        yield f"{way}, {'told again' if own.kind == told.kind else 'otherwise told'}"


def _both(one: Told, other: Told) -> Told:
    """What two sentences tell of one occasion: the first that tells a thing is believed."""
    if one.kind is None or (one.by_medium and not other.by_medium and other.kind):
        one = replace(one, kind=other.kind or one.kind, event=other.event, by_medium=other.by_medium)
    if one.date is None:
        one = replace(one, date=other.date, when=other.when)
    return replace(
        one,
        medium=one.medium or other.medium,
        addressee=one.addressee or other.addressee,
        evidence=(*one.evidence, *other.evidence),
    )
