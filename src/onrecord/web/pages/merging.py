"""Two people that are one, one that is two: who it would concern, shown before anything is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.archive.correcting.merging import Appearance
from onrecord.archive.listing.people import Person
from onrecord.web.pages.words import counted, day, in_a_line

MOST_SHOWN = 400


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person in short."""

    id: int
    name: str
    told: str


@dataclass(frozen=True, slots=True)
class AppearanceLine:
    """What an article calls somebody: the `entity` to choose it by, the name, where, and what is said there."""

    entity: int
    name: str
    href: str
    where: str
    told: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePage:
    """`person` is kept; `found` are whom to choose from, `other`, once chosen, becomes part of it with its `lines`.

    `changes` tells what will be otherwise, `problem` why it cannot be, `more` how many lines are not shown.
    """

    person: Somebody
    asked: str
    found: tuple[Somebody, ...]
    other: Somebody | None
    changes: tuple[str, ...]
    lines: tuple[AppearanceLine, ...]
    more: int
    seen: int
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitPage:
    """`lines` are the articles' entities to choose from; with `preview`, those chosen, and `changes` what will be."""

    person: Somebody
    name: str
    wikidata: str
    lines: tuple[AppearanceLine, ...]
    more: int
    preview: bool
    changes: tuple[str, ...]
    seen: int
    problem: str


def somebody(person: Person) -> Somebody:
    """A person in short."""
    return Somebody(person.id, in_a_line(person.name), f"{person.kind}, {counted(person.statements, 'statement')}")


def lines_of(
    found: Sequence[Appearance], titles: dict[int, str], chosen: frozenset[int] = frozenset()
) -> tuple[AppearanceLine, ...]:
    """The entities of somebody as lines, with the titles of their articles."""
    return tuple(
        AppearanceLine(
            one.entity,
            in_a_line(one.name) + (f", {in_a_line(one.role)}" if one.role and one.role != one.name else ""),
            f"/articles/{one.article}",
            " · ".join(part for part in (titles.get(one.article, ""), day(one.published)) if part),
            counted(one.statements, "statement"),
            one.entity in chosen,
        )
        for one in found
    )


def sum_of(found: Sequence[Appearance]) -> str:
    """ "12 statements in 4 articles"."""
    said = counted(sum(one.statements for one in found), "statement")
    return f"{said} in {counted(len({one.article for one in found}), 'article')}"
