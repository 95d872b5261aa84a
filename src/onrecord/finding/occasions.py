"""On what occasion each statement was made: kind, medium, addressee, event and date, as far as the article tells.

    In an interview with Quay Radio on Sunday, Holt said it was late.      interview · Quay Radio · Sunday
    “We waited,” she added.                                                the same: she goes on

What tells it stands in the sentence around the statement, outside of what was said: its frame. A statement whose frame
tells nothing goes on from the last one of the same speaker, or belongs to the event that the whole article reports: one
that its opening names, or its only occasion of that kind with several speakers. It goes on until the article says
otherwise: with another occasion, another date, or a cue of thinking instead of speaking.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from onrecord.finding.dates import AHEAD, Dated, find_dates
from onrecord.finding.segments import paragraphs, sentences
from onrecord.records import Entity, Occasion, OccasionKind, Record, Statement
from onrecord.spans import Span

SHARED = frozenset({"press_conference", "hearing", "meeting", "broadcast", "speech"})
"""Occasions at which several speak, so that an article about one is about all that was said there."""

GOES_ON = {"document": 1, "statement": 2, "post": 1, "call": 3, "interview": 99}
"""Over how many further statements of the same speaker an occasion goes on; those in SHARED go on to the end."""

LEAST_TURNS = 4
OPENING = 2  # paragraphs whose frames may name the event of the whole article
THOUGHT = re.compile(r"\b(?:believe|think|thought|hope|fear|want|wish|expect|feel|doubt|know|see)(?:s|ed|n|ing)?\b")
ANOTHER_TIME = re.compile(r"\b(?:earlier|previously|once|last (?:week|month|year)|in (?:19|20)\d\d|back in)\b", re.I)
NAME = r"(?:[A-Z][\w’'&.-]*)(?: (?:[A-Z][\w’'&.-]*|of|and|the|de|für|la))*"
MEDIUM_WORD = (
    r"channel|newspaper|magazine|radio|television|TV|agency|network|programme|program|podcast|website|broadcaster|station"
    r"|daily|weekly|news agency|news"
)
MEDIUM = re.compile(
    rf"\b(?:interview(?:s|ed)? (?:with|to|on|by|for|in|published in)|told|tells|speaking (?:to|on)|spoke (?:to|on)|on|in"
    rf"|appearing on|comments to|remarks to|carried by|published (?:in|by)|broadcast (?:on|by)|quoted by|wrote in|pages of)"
    rf" (?P<name>(?:the |The )?{NAME}(?: (?:{MEDIUM_WORD}))?|(?:\w+ )?(?:radio|television|TV))\b"
)
SOUNDS_LIKE_OUTLET = re.compile(
    r"\b(?:Daily|Times|News|Radio|TV|Television|Herald|Post|Mirror|Gazette|Agency|Press|Tribune|Chronicle|Journal|Today"
    r"|Observer|Guardian|Telegraph|Independent|Courier|Echo|Standard|Argus|Dispatch|Bulletin|Weekly|Monitor|Review|Sun"
    r"|BBC|CNN|NBC|CBS|ABC|NPR|Reuters|Tass|Fox|Sky|Channel|Broadcasting|Magazine|FM|Wire|Quill|Globe|Star|Mail)\b"
    rf"|\b(?:{MEDIUM_WORD})$"
)
OWN_OUTLET = re.compile(
    r"\b(?:told|tells|speaking to|spoke to|in|to) (?:this (?:newspaper|paper|agency|blog|magazine)|these pages|us|me)\b"
)
ADDRESSEE = re.compile(
    r"(?:told|tells|informed|assured|reminded|warned|asked|urged|wrote to|write to|addressing) "
    r"(?P<who>(?:the |a |an |his |her |its |their )?[\w’'-]+(?: [\w’'-]+){0,3}?)(?=,|:| that\b| on\b| at\b| in\b| to\b| “| \"|$| after\b| by\b| last\b)"
)
RELEASE = re.compile(r"FOR IMMEDIATE RELEASE|[Pp]ress release")
STATION = re.compile(r"\b(?:Radio|Channel|TV) [A-Z0-9]\w+|\b(?:[A-Z][\w’'-]+ )+(?:Radio|TV|FM|Television)\b")
PLATFORM = re.compile(
    r"\b(?:on|over|to) (X|Twitter|Facebook|Instagram|Telegram|TikTok|Mastodon|Bluesky|YouTube|LinkedIn)\b"
)
COMMENTS = re.compile(r"^(?:from the |readers[’']? )?comments\b.{0,12}$", re.I | re.M)
TALKED = re.compile(r"\b(?:oral history|in conversation|talks? to|we met|we spoke|sat down with|asked)\b", re.I)
READS = re.compile(r"(?:reads?|ran|runs|begins?|began|goes|went) ?(?:on|as follows)?", re.I)


@dataclass(frozen=True, slots=True)
class Told:
    """What the frame of one statement tells of its occasion."""

    kind: OccasionKind | None = None
    event: str | None = None
    medium: str | None = None
    addressee: str | None = None
    date: Dated | None = None
    evidence: tuple[Span, ...] = ()
    by_medium: bool = False


def occasions(record: Record) -> Record:
    """The record with its table of occasions, and each statement pointing to its own as far as the text tells."""
    told = {s.id: _told(record, s) for s in record.statements}
    shared = _event_of_article(record, told)
    entities = list(record.entities)
    table: dict[tuple[object, ...], Occasion] = {}
    assigned: dict[str, tuple[str, str]] = {}
    going: dict[str, tuple[Told, int]] = {}
    for s in record.statements:
        own, why = told[s.id], "the words around it"
        if own.by_medium and shared is not None and shared.kind in SHARED and own.medium != record.article.outlet:
            own = replace(own, kind=None, medium=None)
        if own.kind is None and s.within is not None and s.within in told and not own.date:
            outer = told[s.within]
            own, why = (
                (outer, "the statement around it") if record.statement(s.within).speaker == s.speaker else (own, why)
            )
        elif own.kind is None and s.speaker in going and _goes_on(record, s, own, *going[s.speaker]):
            before, count = going[s.speaker]
            own, why = replace(before, addressee=own.addressee), "goes on from before"
            going[s.speaker] = (before, count + 1)
        elif own.kind is None and shared is not None and _belongs(record, s, own, shared):
            own, why = replace(shared, addressee=own.addressee), "what the article reports on"
        if own.kind is not None and s.speaker is not None and why == "the words around it":
            going[s.speaker] = (own, 0)
        if own == Told():
            continue
        occasion = _entry(record, own, entities, table)
        assigned[s.id] = (occasion.id, why)
    statements = tuple(
        replace(s, occasion=assigned[s.id][0], decided_by={**s.decided_by, "occasion": assigned[s.id][1]})
        if s.id in assigned
        else replace(s, occasion=None)
        for s in record.statements
    )
    return replace(record, statements=statements, entities=tuple(entities), occasions=tuple(table.values()))


def _told(record: Record, statement: Statement) -> Told:
    text = record.article.text
    speaker = record.speaker(statement)
    found: Told = Told()
    for frame in _frames(record, statement):
        kind = _kind(frame[0])
        date = next((d for d in find_dates(frame[0], record.article.published)), None)
        addressee = ADDRESSEE.search(frame[0])
        medium = _medium(record, frame[0])
        if kind and found.kind is None:
            span = Span(frame[1][kind[1].start()], frame[1][kind[1].end() - 1] + 1)
            found = replace(found, kind=kind[0], event=span.slice(text), evidence=(span,))
        if date is not None and found.date is None:
            start = frame[1][date.span.start]
            found = replace(found, date=replace(date, span=Span(start, frame[1][date.span.end - 1] + 1)))
        if addressee and found.addressee is None and medium is None:
            found = replace(found, addressee=addressee["who"])
        found = replace(found, medium=found.medium or medium)
    if found.medium and found.kind is None:
        found = replace(found, kind="interview", by_medium=True)
    if found.kind is None and (labelled := _labelled_kind(record, statement)):
        found = replace(found, kind=labelled)
    written = speaker is not None and speaker.kind == "work" or bool(READS.fullmatch(record.words(statement, "cue")))
    if found.kind is None and written and statement.within is None:
        found = replace(found, kind="document")
    return found


def _labelled_kind(record: Record, statement: Statement) -> OccasionKind | None:
    """What the label of a turn tells: "@name" is a post, a name below a heading of comments a comment."""
    if not statement.source or statement.cue:
        return None
    if record.words(statement, "source").startswith("@"):
        return "post"
    return "statement" if COMMENTS.search(record.article.text, 0, statement.extent.start) else None


def _frames(record: Record, statement: Statement) -> Iterator[tuple[str, list[int]]]:
    """The sentences that the source, cue and content of a statement touch, without what anybody is quoted for: each
    with the place in the article of every character."""
    text = record.article.text
    reach = statement.source + statement.cue + (() if statement.cue else statement.content)
    contents = [span for s in record.statements for span in s.content]
    for block in paragraphs(text):
        if not any(span.overlaps(block) for span in reach):
            continue
        for sentence in sentences(text, block):
            if any(span.overlaps(sentence) for span in reach):
                holders = [c for c in contents if not _inside(statement, c)]
                places = [
                    at for at in range(sentence.start, sentence.end) if not any(c.start <= at < c.end for c in holders)
                ]
                yield "".join(text[at] for at in places), places


def _inside(statement: Statement, content: Span) -> bool:
    """Whether the whole statement stands inside of that content, which is then no part of what it says."""
    return content.contains(statement.extent)


@cache
def _kinds() -> tuple[tuple[OccasionKind, re.Pattern[str]], ...]:
    table = tomllib.loads(files("onrecord.data.occasions").joinpath("kinds.toml").read_text("utf-8"))
    return tuple((row["name"], re.compile("|".join(row["words"]))) for row in table["kind"])


def _kind(frame: str) -> tuple[OccasionKind, re.Match[str]] | None:
    for kind, words in _kinds():
        if match := words.search(frame):
            return kind, match
    return None


def _medium(record: Record, frame: str) -> str | None:
    if OWN_OUTLET.search(frame):
        return record.article.outlet
    if platform := PLATFORM.search(frame):
        return platform[1]
    outlets = {name for e in record.entities if e.kind == "outlet" for name in (e.name, *e.aka)}
    for match in MEDIUM.finditer(frame):
        name = match["name"]
        bare = re.sub(r"^[Tt]he ", "", name)
        if name in outlets or bare in outlets or SOUNDS_LIKE_OUTLET.search(name):
            return bare
    return None


def _event_of_article(record: Record, told: dict[str, Told]) -> Told | None:
    """The occasion that the article as a whole reports on, if it does: the text is set out as a talk, or it speaks
    often enough, outside of what anybody is quoted for, of one at which several speak."""
    if (talk := _talk(record, told)) is not None:
        return talk
    outside = _outside(record)
    if RELEASE.search(outside[:400]):
        return Told("statement", "press release")
    best: tuple[float, Told] | None = None
    for kind, words, least in _events():
        matches = [m for m in words.finditer(outside) if not AHEAD.search(outside[max(0, m.start() - 50) : m.start()])]
        weight = len(matches) / least
        if weight >= 1 and (best is None or weight > best[0]):
            sentence = outside[matches[0].start() : matches[0].end() + 60].split(".")[0]
            date = next(iter(find_dates(sentence, record.article.published)), None)
            station = STATION.search(outside) if kind == "broadcast" else None
            told_date = replace(date, span=Span(0, 1)) if date else None
            best = weight, Told(kind, matches[0][0], medium=station and station[0], date=told_date)
    return best[1] if best else None


def _outside(record: Record) -> str:
    """The article with blanks for all contents, its title before it."""
    bare = list(record.article.text)
    for statement in record.statements:
        for span in statement.content:
            bare[span.start : span.end] = " " * len(span)
    return f"{record.article.title or ''}. {''.join(bare)}"


@cache
def _events() -> tuple[tuple[OccasionKind, re.Pattern[str], int], ...]:
    """Words that speak of an event, and how often they must, by kind."""
    table = tomllib.loads(files("onrecord.data.occasions").joinpath("kinds.toml").read_text("utf-8"))
    return tuple((row["name"], re.compile("|".join(row["words"])), row["least"]) for row in table["event"])


def _talk(record: Record, told: dict[str, Told]) -> Told | None:
    """The occasion of a text that is set out as a talk: most of it in labelled turns, some of them questions."""
    outer = [s for s in record.statements if s.within is None]
    turns = [s for s in outer if s.source and not s.cue]
    if len(turns) < LEAST_TURNS or 2 * len(turns) < len(outer):
        return None
    head = record.article.text[: turns[0].extent.start]
    for part in (record.article.title or "", head):
        match = _kind(part)
        if match and match[0] in SHARED | {"interview"}:
            date = next(iter(find_dates(part, record.article.published)), None)
            return Told(match[0], match[1][0], date=replace(date, span=Span(0, 1)) if date else None)
    asked = sum(record.words(s).rstrip("”\"’'").endswith("?") for s in turns)
    talked = TALKED.search(f"{record.article.title} {head}")
    return Told("interview", "questions and answers") if 5 * asked >= len(turns) or talked else None


def _goes_on(record: Record, statement: Statement, own: Told, before: Told, count: int) -> bool:
    if before.kind is None or _elsewhere(record, statement, own, before):
        return False
    return before.kind in SHARED or count < GOES_ON.get(before.kind, 0)


def _belongs(record: Record, statement: Statement, own: Told, shared: Told) -> bool:
    speaker = record.speaker(statement)
    if speaker is not None and speaker.kind in ("work", "outlet"):
        return False
    return statement.within is None and not _elsewhere(record, statement, own, shared)


def _elsewhere(record: Record, statement: Statement, own: Told, other: Told) -> bool:
    """Whether the frame of a statement puts it at another time, or says that it was thought and not said."""
    cue = record.words(statement, "cue")
    frame = " ".join(words for words, _ in _frames(record, statement))
    if THOUGHT.search(cue) or ANOTHER_TIME.search(frame) or own.medium:
        return True
    return bool(own.date and other.date and own.date.when and other.date.when and own.date.when != other.date.when)


def _entry(record: Record, told: Told, entities: list[Entity], table: dict[tuple[object, ...], Occasion]) -> Occasion:
    """The row for what was told, made when it is new; a medium that is no entity yet becomes one."""
    medium = _entity(record, told.medium, entities) if told.medium else None
    date = told.date
    key = (told.kind, medium, told.addressee, date.when if date else None, date.words if date else None)
    if key not in table:
        evidence = (*told.evidence, *([date.span] if date and len(date.span) > 1 else []))
        table[key] = Occasion(
            id=f"o{len(table) + 1}",
            kind=told.kind,
            medium=medium,
            addressee=told.addressee,
            event=told.event,
            date=date.words if date else None,
            when=date.when if date else None,
            evidence=tuple(sorted(evidence)),
        )
    return table[key]


def _entity(record: Record, name: str, entities: list[Entity]) -> str:
    for entity in entities:
        if name in (entity.name, *entity.aka) or f"the {name}" in entity.aka or f"The {name}" in entity.aka:
            return entity.id
    id = "medium-" + "-".join(re.findall(r"\w+", name.lower()))
    text = record.article.text
    mentions = tuple(Span(*m.span()) for m in re.finditer(rf"\b{re.escape(name)}\b", text)) if name else ()
    if id not in {entity.id for entity in entities}:
        entities.append(Entity(id=id, name=name, kind="outlet", mentions=mentions, evidence=("named as a medium",)))
    return id
