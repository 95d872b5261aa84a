"""What the words around a statement tell of its occasion: kind, medium, addressee and date.

They are looked for in the frame: the sentence around the statement, less what anybody is quoted for. Which words tell
which kind stands in ``data/occasions/kinds.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from onrecord.finding.occasions.dates import find_dates
from onrecord.finding.segments import paragraphs, sentences
from onrecord.records import OccasionKind, Record, Statement
from onrecord.spans import Span

NAME = r"(?:[A-Z][\w’'&.-]*)(?: (?:[A-Z][\w’'&.-]*|of|and|the|de|für|la))*"
MEDIUM_WORD = (
    r"channel|newspaper|magazine|radio|television|TV|agency|network|programme|program|podcast|website|broadcaster"
    r"|station|daily|weekly|news agency|news"
)
MEDIUM = re.compile(
    r"\b(?:interview(?:s|ed)? (?:with|to|on|by|for|in|published in)|told|tells|speaking (?:to|on)|spoke (?:to|on)|on"
    r"|in|appearing on|comments to|remarks to|carried by|published (?:in|by)|broadcast (?:on|by)|quoted by|wrote in"
    r"|pages of)"
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
    r"(?P<who>(?:the |a |an |his |her |its |their )?(?:\d+,)*[\w’'-]+(?: [\w’'-]+){0,3}?)"
    r"(?= ?[,:;.]| that\b| on\b| at\b| in\b| to\b| “| \"| *$| after\b| by\b| last\b)"
)
PLATFORM = re.compile(
    r"\b(?:on|over|to) (X|Twitter|Facebook|Instagram|Telegram|TikTok|Mastodon|Bluesky|YouTube|LinkedIn)\b"
)
COMMENTS = re.compile(r"^(?:from the |readers[’']? )?comments\b.{0,12}$", re.I | re.M)
READS = re.compile(r"(?:reads?|ran|runs|begins?|began|goes|went) ?(?:on|as follows)?", re.I)


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of an occasion. `by_medium`: its kind is concluded from the medium alone."""

    kind: OccasionKind | None = None
    event: str | None = None
    medium: str | None = None
    addressee: str | None = None
    date: str | None = None
    when: str | None = None
    evidence: tuple[Span, ...] = ()
    by_medium: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """Words of the article, some left out, with the place in it of every character."""

    words: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The stretch of the article from one place in the words to another."""
        return Span(self.places[start], self.places[end - 1] + 1)


def told_by_frame(record: Record, statement: Statement) -> Told:
    """What the words around a statement tell of its occasion."""
    found = Told()
    for frame in frames(record, statement):
        found = _with_frame(record, found, frame)
    if found.kind is not None:
        return found
    if found.medium:
        return replace(found, kind="interview", by_medium=True)
    return replace(found, kind=_kind_of_text(record, statement))


def _with_frame(record: Record, found: Told, frame: Frame) -> Told:
    text = record.article.text
    if found.kind is None and (told := kind_in(frame.words)):
        kind, match = told
        span = frame.span(*match.span())
        found = replace(found, kind=kind, event=span.slice(text), evidence=(*found.evidence, span))
    if found.date is None and (date := next(find_dates(frame.words, record.article.published), None)):
        span = frame.span(date.span.start, date.span.end)
        found = replace(found, date=date.words, when=date.when, evidence=(*found.evidence, span))
    medium = _medium(record, frame.words)
    if medium is None and found.addressee is None and (addressee := ADDRESSEE.search(frame.words)):
        found = replace(found, addressee=addressee["who"])
    return replace(found, medium=found.medium or medium)


def _kind_of_text(record: Record, statement: Statement) -> OccasionKind | None:
    """What the statement itself shows: a work speaks, a text "reads", a label "@name" posts, a comment stands below
    the heading of the comments."""
    if statement.source and not statement.cue:
        if record.words(statement, "source").startswith("@"):
            return "post"
        if COMMENTS.search(record.article.text, 0, statement.extent.start):
            return "statement"
    speaker = record.speaker(statement)
    work = speaker is not None and speaker.kind == "work"
    written = work or READS.fullmatch(record.words(statement, "cue")) is not None
    return "document" if written and statement.within is None else None


def frames(record: Record, statement: Statement) -> Iterator[Frame]:
    """The sentences that the source and cue of a statement touch, or the content where there is no cue, less what
    anybody is quoted for."""
    text = record.article.text
    reach = statement.source + statement.cue + (() if statement.cue else statement.content)
    others = [c for s in record.statements for c in s.content if not c.contains(statement.extent)]
    for block in paragraphs(text):
        if not any(span.overlaps(block) for span in reach):
            continue
        for sentence in sentences(text, block):
            if any(span.overlaps(sentence) for span in reach):
                hidden = {at for c in others if c.overlaps(sentence) for at in range(c.start, c.end)}
                places = tuple(at for at in range(sentence.start, sentence.end) if at not in hidden)
                if places:
                    yield Frame("".join(text[at] for at in places), places)


def kind_in(words: str) -> tuple[OccasionKind, re.Match[str]] | None:
    """The kind that words tell, and by which of them."""
    for kind, pattern, _ in table("kind"):
        if match := pattern.search(words):
            return kind, match
    return None


@cache
def table(name: str) -> tuple[tuple[OccasionKind, re.Pattern[str], int], ...]:
    """Rows of kinds.toml: a kind, its words, and how often they must be there. "kind": of one statement; "event": of an
    article as a whole."""
    rows = tomllib.loads(files("onrecord.data.occasions").joinpath("kinds.toml").read_text("utf-8"))[name]
    return tuple((row["name"], re.compile("|".join(row["words"])), row.get("least", 1)) for row in rows)


def _medium(record: Record, words: str) -> str | None:
    if OWN_OUTLET.search(words):
        return record.article.outlet
    if platform := PLATFORM.search(words):
        return platform[1]
    outlets = {name for e in record.entities if e.kind == "outlet" for name in (e.name, *e.aka)}
    for match in MEDIUM.finditer(words):
        bare = re.sub(r"^[Tt]he ", "", match["name"])
        if match["name"] in outlets or bare in outlets or SOUNDS_LIKE_OUTLET.search(bare):
            return bare
    return None
