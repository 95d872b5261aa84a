"""What programs are told of people, outlets and occasions, as it stands in JSON: see values.py."""

from __future__ import annotations

from pydantic import Field

from onrecord.records import Form, Kind, OccasionKind, Sign, Status
from onrecord.web.answers.values import CarrierRef, Value


class PersonRef(Value):
    """Somebody over all articles."""

    id: int
    href: str = Field(examples=["/api/people/6"])
    name: str


class PersonLine(Value):
    """Somebody in a list; counts are of what is shown."""

    id: int
    href: str
    page: str
    name: str
    kind: Kind
    wikidata: str | None
    statements: int


class PersonLines(Value):
    """Whoever speaks, the most first."""

    items: list[PersonLine]


class Office(Value):
    """What somebody was called in articles."""

    role: str | None
    of: str | None
    statements: int
    first: str | None
    last: str | None


class Tally(Value):
    """How many statements by a name or a month."""

    name: str
    statements: int


class Valued(Value):
    """Whom somebody speaks about, or who speaks about them, and how: counts by sign."""

    person: PersonRef
    signs: dict[Sign, int]


class Said(Value):
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
    content: str = Field(description="the article's own words, pieces joined by “ … ”")


class Person(Value):
    """Somebody who speaks or is spoken of, as the archive tells."""

    id: int
    href: str
    page: str
    name: str
    kind: Kind
    wikidata: str | None
    statements: int
    articles: int
    about: int = Field(description="statements of others about them")
    offices: list[Office]
    outlets: list[Tally]
    months: list[Tally]
    speaks_of: list[Valued]
    spoken_of_by: list[Valued]
    latest: list[Said]
    occasions: list[int]
    search: str = Field(description="the address of a search for all they said")


class Outlet(Value):
    """An outlet, with what is kept of it; `id` is null for articles without one."""

    id: int | None
    href: str | None
    page: str | None
    name: str
    articles: int
    statements: int
    first: str | None
    last: str | None


class Outlets(Value):
    """The outlets, those with most articles first; empty while they are being counted in a large archive."""

    items: list[Outlet]


class OccasionUtterance(Value):
    """One utterance of an occasion, with its carriers there."""

    original: int | None
    outlets: list[str]
    carriers: list[CarrierRef]


class Occasion(Value):
    """An occasion as all articles near it together have it; what no article tells is null."""

    id: int
    href: str
    page: str
    kind: OccasionKind | None
    when: str | None
    medium: str | None
    place: str | None
    event: str | None
    speaker: str | None
    articles: list[int]
    outlets: list[str]
    utterances: list[OccasionUtterance]
    statements: list[Said]
