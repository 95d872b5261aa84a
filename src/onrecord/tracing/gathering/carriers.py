"""A Carrier: one statement of one article, as tracing sees it.

record "quay-1", statement "s2"
words       "It is an old valve, and we had asked for a new one."     its pieces joined by a blank
speaker     Rena Holt                                                the entity's name, or None
said        2024-02-05                                               ISO 8601, as precise as the article is
id          quay-1#s2                                                unique among all that is traced together
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from onrecord.records import Entity, Form, OccasionKind, Record, Statement, Status
from onrecord.spans import Span
from onrecord.tracing.speakers import match
from onrecord.tracing.tables import table

Relation = Literal["same", "unknown", "other"]
"""How two speakers stand to each other: one person or body; one of them not named; two that differ."""

IN_MARKS = re.compile(r"“([^“”]+)(?:”|$)|\"([^\"]+)(?:\"|$)|(?<!\w)‘((?:[^‘’]|’(?=\w))+)’|''([^']+)''")
MARKS = frozenset('"“”‘«»„')
SENTENCE_END = re.compile(r"[.!?][”\"’]?(?=\s)|\n")
NAME = r"(?P<name>[^\W\d_a-zа-яё][\w.&’'-]{1,20}(?: [^\W\d_a-zа-яё][\w.&’'-]{0,20}){0,3})"
DATELINE = re.compile(rf"^[^\n(]{{0,60}}\({NAME}\)\s*[-–—]", re.M)
AT_THE_END = re.compile(rf"\({NAME}\)\s*$")
DATELINE_REACH, LINES = 400, 2
"""Characters in which a dateline stands; lines at either end of an article in which it names its source."""
REACH = 300
FULL_DATE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """A statement with what is needed to find and order it among others.

    `spans` are the pieces of its content in the article; `speaker` is the name of who speaks and `person` its Wikidata
    id, both None where the article does not tell. `described` tells that `speaker` is a description, not a name.
    `said` is an ISO 8601 date of the occasion; `medium`, `place` and `event` are as the article has them. `around` is
    what stands around the content in its sentence, `via` the name of the entity through which the words came, `credit`
    whom the article as a whole names as its source.
    """

    id: str
    article: str
    statement: str
    words: str
    spans: tuple[Span, ...] = ()
    form: Form = "direct"
    status: Status = "said"
    language: str | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    published: datetime.date | None = None
    speaker: str | None = None
    person: str | None = None
    described: bool = False
    kind: OccasionKind | None = None
    medium: str | None = None
    place: str | None = None
    event: str | None = None
    said: str | None = None
    around: str = ""
    via: str | None = None
    within: str | None = None
    credit: str = ""

    @property
    def quoted(self) -> bool:
        """Whether some of the words stand in quotation marks."""
        return self.form != "indirect"

    @property
    def day(self) -> datetime.date | None:
        """The day on which it was said, or, where that is not known, on which it was printed."""
        if self.said is not None and len(self.said) == FULL_DATE and "W" not in self.said:
            return datetime.date.fromisoformat(self.said)
        return self.published


def carriers_of(record: Record) -> Iterator[Carrier]:
    """The statements of a record as carriers, in reading order."""
    credit = credit_of(record.article.text, record.article.language)
    for statement in record.statements:
        yield carrier_of(record, statement, credit)


def speakers_are(left: Carrier, right: Carrier) -> Relation:
    """Whether two carriers name one speaker, in whatever script, with whatever title."""
    if left.speaker is None or right.speaker is None or left.described or right.described:
        return "unknown"
    if left.person and right.person:
        return "same" if left.person == right.person else "other"
    return _named(left.speaker, right.speaker)


@lru_cache(maxsize=1 << 16)
def _named(left: str, right: str) -> Relation:
    found = match((left,), (right,))
    return "unknown" if found == "may be" else found


def is_turn(carrier: Carrier) -> bool:
    """Whether it is direct speech without quotation marks: a turn of a printed exchange."""
    return carrier.form == "direct" and not MARKS & set(carrier.words)


def quoted_words(carrier: Carrier) -> str:
    """The words that stand in quotation marks: all of a direct statement, some of a mixed one."""
    if carrier.form == "direct":
        return carrier.words
    return " ".join(match[1] or match[2] or match[3] or match[4] for match in IN_MARKS.finditer(carrier.words))


def days_between(left: Carrier, right: Carrier) -> int | None:
    """The days between the two, or None where one has no date."""
    if left.day is None or right.day is None:
        return None
    return abs((left.day - right.day).days)


def in_time(carrier: Carrier) -> tuple[datetime.date, str]:
    """A key that puts carriers in the order of their printing, those without a date last."""
    return carrier.published or datetime.date.max, carrier.id


def carrier_of(record: Record, statement: Statement, credit: str = "") -> Carrier:
    """A statement as a carrier; `credit` is the source that its article names as a whole."""
    article = record.article
    speaker = record.speaker(statement)
    occasion = None if statement.occasion is None else record.occasion(statement.occasion)
    medium = None if occasion is None or occasion.medium is None else record.entity(occasion.medium).name
    return Carrier(
        id=f"{article.id}#{statement.id}",
        article=article.id,
        statement=statement.id,
        words=" ".join(span.slice(article.text) for span in statement.content),
        spans=statement.content,
        form=statement.form,
        status=statement.status,
        language=article.language,
        outlet=article.outlet,
        title=article.title,
        url=article.url,
        published=article.published,
        speaker=None if speaker is None else speaker.name,
        person=None if speaker is None else speaker.wikidata,
        described=speaker is not None and not speaker.named,
        kind=None if occasion is None else occasion.kind,
        medium=medium,
        place=None if occasion is None else occasion.place,
        event=None if occasion is None else occasion.event,
        said=None if occasion is None else occasion.when,
        around=_around(article.text, statement),
        via=_name(record, statement.relayed_by),
        within=statement.within,
        credit=credit,
    )


def in_article(carrier: Carrier, span: Span) -> Span:
    """Where a stretch of a carrier's words stands in its article, from its first to its last character."""
    return Span(_place(carrier, span.start), _place(carrier, max(span.start, span.end - 1)) + 1)


def words_at(carrier: Carrier, span: Span) -> str:
    """The words of a carrier in a stretch of its article."""
    found, offset = [], 0
    for piece in carrier.spans:
        start, end = max(piece.start, span.start), min(piece.end, span.end)
        if start < end:
            found.append(carrier.words[offset + start - piece.start : offset + end - piece.start])
        offset += len(piece) + 1
    return " ".join(found)


def _place(carrier: Carrier, at: int) -> int:
    """The offset in the article of a character of the words, whose pieces are joined by a blank."""
    for piece in carrier.spans:
        if at <= len(piece):
            return min(piece.start + at, piece.end - 1)
        at -= len(piece) + 1
    return carrier.spans[-1].end - 1


def credit_of(text: str, language: str | None) -> str:
    """Whom an article names as its source as a whole: *Source: Quay Herald*, *PORT EVRIN (Coastline) -*, *(Coastline)*
    at the end; "" where it names nobody."""
    lines = text.strip().split("\n")
    for line in (*lines[-LINES:], *lines[:LINES]):
        if match := _credit_line(language).match(line):
            return match["name"].strip()
    if match := DATELINE.search(text[:DATELINE_REACH]):
        return match["name"].strip()
    return match["name"].strip() if (match := AT_THE_END.search(lines[-1])) else ""


@lru_cache(maxsize=64)
def _credit_line(language: str | None) -> re.Pattern[str]:
    lists = table("naming")
    labels = {label for code in ("en", language or "en") for label in lists.get(code, {}).get("credit", "").split("|")}
    told = [re.escape(label) + (r"\s*:?" if " " in label else r"\s*[:：]") for label in labels if label]
    return re.compile(rf"\W*(?:{'|'.join(told)})\s*(?P<name>[^\n:]{{2,60}}?)[\s.)]*$", re.I)


def _around(text: str, statement: Statement) -> str:
    """The sentence or sentences of a statement without its content, no more than REACH characters to either side."""
    extent = statement.extent
    before = [match.end() for match in SENTENCE_END.finditer(text, max(0, extent.start - REACH), extent.start)]
    after = SENTENCE_END.search(text, max(extent.start, extent.end - 1), min(len(text), extent.end + REACH))
    start = before[-1] if before else max(0, extent.start - REACH)
    end = after.end() if after else min(len(text), extent.end + REACH)
    pieces = []
    for span in statement.content:
        pieces.append(text[start : span.start])
        start = span.end
    return " ".join(" ".join((*pieces, text[start:end])).split())


def _name(record: Record, id: str | None) -> str | None:
    entity: Entity | None = None if id is None else record.entity(id)
    return None if entity is None else entity.name
