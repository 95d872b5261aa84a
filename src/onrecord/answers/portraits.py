"""What programs are told of people, outlets and occasions, as it stands in JSON: see values.py."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.answers.values import CarrierRef
from onrecord.records import Form, Kind, OccasionKind, Sign, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRef:
    """Somebody over all articles."""

    id: int
    href: str = field(metadata={"examples": ["/api/people/6"]})
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonListed:
    """Somebody in a list; counts are of what is shown."""

    id: int
    href: str
    page: str
    name: str
    kind: Kind
    wikidata: str | None
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleListed:
    """Whoever speaks, the most first."""

    items: list[PersonListed]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldOffice:
    """What somebody was called in articles."""

    role: str | None
    of: str | None
    statements: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many statements by a name or a month."""

    name: str
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuedPerson:
    """Whom somebody speaks about, or who speaks about them, and how: counts by sign."""

    person: PersonRef
    signs: dict[Sign, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidLine:
    """What somebody said, in a list."""

    statement: int
    href: str
    page: str
    article: int
    outlet: str | None
    title: str
    published: str | None
    form: Form
    status: Status
    content: str = field(metadata={"description": "the article's own words, pieces joined by “ … ”"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAnswer(PersonListed):
    """Somebody who speaks or is spoken of, as the archive tells."""

    articles: int
    about: int = field(metadata={"description": "statements of others about them"})
    offices: list[HeldOffice]
    outlets: list[Tally]
    months: list[Tally]
    speaks_of: list[ValuedPerson]
    spoken_of_by: list[ValuedPerson]
    latest: list[SaidLine]
    occasions: list[int]
    search: str = field(metadata={"description": "the address of a search for all they said"})


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletAnswer:
    """An outlet, with what is kept of it; `id` is null for articles without one."""

    id: int | None
    href: str | None
    page: str | None
    name: str
    articles: int
    statements: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlets:
    """The outlets, those with most articles first; empty while they are being counted in a large archive."""

    items: list[OutletAnswer]


@dataclass(frozen=True, slots=True, kw_only=True)
class OccasionUtterance:
    """One utterance of an occasion, with its carriers there."""

    utterance: str
    original: str | None
    outlets: list[str]
    carriers: list[CarrierRef]


@dataclass(frozen=True, slots=True, kw_only=True)
class OccasionAnswer:
    """An occasion as all articles near it together have it; what no article tells is null."""

    id: int | None = None
    href: str | None = None
    page: str | None = None
    kind: OccasionKind | None = None
    when: str | None = None
    medium: str | None = None
    place: str | None = None
    event: str | None = None
    speaker: str | None = None
    articles: list[int | str] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)
    utterances: list[OccasionUtterance] = field(default_factory=list)
    only: dict[str, list[str]] = field(
        default_factory=dict, metadata={"description": "utterances one outlet has alone"}
    )
    statements: list[SaidLine] = field(default_factory=list)
