"""What the statements of a record point to: entities and occasions; and what the outlet says in its own voice."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, get_args

from onrecord.errors import RecordError
from onrecord.records.codec import named
from onrecord.spans import Span

Kind = Literal["person", "organisation", "place", "group", "work", "outlet"]
"""What an entity is. A place that speaks is its government; a work is a report, a poll, a letter."""

OccasionKind = Literal[
    "interview",
    "press_conference",
    "speech",
    "hearing",
    "meeting",
    "statement",
    "document",
    "post",
    "broadcast",
    "call",
]

OwnVoice = Literal["plain", "confirms", "corrects", "rebuts", "inserted", "loaded"]
"""How the outlet's own words stand to a statement: apart; bearing it out, putting it right, contradicting it; put into
the report of it; or as a loaded word inside the report."""

ISO_DATE = re.compile(r"\d{4}(-W\d{2}|-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Namesake:
    """An entry of the directory that an entity could be, how strongly (0 to 1, no probability), and what speaks for it.

    `wikidata` is None for an entry without a number there.
    """

    wikidata: str | None
    name: str
    score: float
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One person, body, place, group or work behind all its mentions in an article.

    `name` is the fullest name without title, or the describing words where there is none (`named` False; `count` is
    how many they are, when stated). `aka` holds the other words used for it, as printed. `role` and `of` say what the
    entity is and for whom: "foreign minister" and the id of the entity of Russia. `wikidata` is its id there, when
    linked; `evidence` what the merging and linking rest on; `namesakes` whom else it could be.
    """

    id: str = field(metadata=named(column="local"))
    name: str
    kind: Kind = field(metadata=named(json="type"))
    aka: tuple[str, ...] = ()
    role: str | None = None
    of: str | None = None
    wikidata: str | None = None
    named: bool = True
    count: int | None = None
    namesakes: tuple[Namesake, ...] = ()
    evidence: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        if not self.name:
            raise RecordError(f"entity {self.id!r} without a name", "its name, or the words for it", "Name it")
        if self.kind not in get_args(Kind):
            kinds = ", ".join(get_args(Kind))
            raise RecordError(f"kind {self.kind!r} of entity {self.id!r}", f"one of {kinds}", "Choose one")
        object.__setattr__(self, "mentions", tuple(sorted(set(self.mentions))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """On what occasion something was said, as far as the article tells.

    `medium` is the id of the entity that carried or hosted it. `place`, `addressee`, `event` and `date` are words of
    the article; `when` is the date resolved: ISO 8601, as precise as the words are (2017-05-07, 2017-05, 2017-W18,
    2017). `evidence` holds the spans that tell.
    """

    id: str = field(metadata=named(column="local"))
    kind: OccasionKind | None = None
    medium: str | None = None
    date: str | None = None
    when: str | None = field(default=None, metadata=named(column="said_on"))
    place: str | None = None
    addressee: str | None = None
    event: str | None = None
    evidence: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        if self.kind is not None and self.kind not in get_args(OccasionKind):
            kinds = ", ".join(get_args(OccasionKind))
            raise RecordError(f"kind {self.kind!r} of occasion {self.id!r}", f"one of {kinds}, or None", "Choose one")
        if self.when is not None and not ISO_DATE.fullmatch(self.when):
            raise RecordError(
                f"when {self.when!r} of occasion {self.id!r}", "2017-05-07, 2017-05, 2017-W18 or 2017", "Use ISO 8601"
            )


@dataclass(frozen=True, slots=True)
class Asserted:
    """Words that the outlet says in its own voice; `statement` is the id of the one they stand in or beside."""

    span: Span
    relation: OwnVoice = "plain"
    statement: str | None = None
    why: str = ""

    def __post_init__(self) -> None:
        if self.relation not in get_args(OwnVoice):
            relations = ", ".join(get_args(OwnVoice))
            raise RecordError(
                f"relation {self.relation!r} at {self.span.as_list()}", f"one of {relations}", "Choose one"
            )
