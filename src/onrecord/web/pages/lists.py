"""The pages that list: the first page, articles, people, outlets; and the page that explains the marks."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.web.pages.words import Link


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An article in a list."""

    href: str
    title: str
    outlet: Link
    published: str
    statements: int


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody in a list; `length` is the share of the bar, 0 to 1, of the one who says most."""

    href: str
    name: str
    kind: str
    statements: int
    articles: int
    about: int
    length: float


@dataclass(frozen=True, slots=True)
class OutletLine:
    """An outlet in a list."""

    href: str
    name: str
    articles: int
    statements: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Figure:
    """How many there are of something."""

    label: str
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """The archive at a glance; no `figures` while they are still being counted. `where` is its name without the way."""

    figures: tuple[Figure, ...]
    latest: tuple[ArticleLine, ...]
    speakers: tuple[PersonLine, ...]
    where: str


@dataclass(frozen=True, slots=True)
class ArticlesPage:
    """Articles, the last added first; `older` leads on, "" at the end."""

    total: int
    articles: tuple[ArticleLine, ...]
    older: str


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Whoever speaks, the most first; `name` and `kind` are what was asked for."""

    name: str
    kind: str
    kinds: tuple[str, ...]
    people: tuple[PersonLine, ...]


@dataclass(frozen=True, slots=True)
class OutletsPage:
    """All outlets."""

    outlets: tuple[OutletLine, ...]


@dataclass(frozen=True, slots=True)
class AboutPage:
    """How to read the page, and the name of the archive, without the way to it."""

    where: str
