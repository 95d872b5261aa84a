"""The page of somebody who speaks, or is spoken of: who it is, when, where, of whom and how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.answers.listing import OccasionRow
from onrecord.archive.correcting.correction_log import Correction
from onrecord.archive.listing.people import Portrait
from onrecord.directory import Person
from onrecord.web import charts
from onrecord.web.pages.statement import Past, past
from onrecord.web.pages.words import Link, day, in_a_line

MOST = 12


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """An office: of whom, from when to when, and who says so."""

    role: str
    of: str
    years: str
    source: str


@dataclass(frozen=True, slots=True)
class Valued:
    """Somebody spoken of (or speaking): how often, and how valued, as a small chart."""

    name: str
    href: str
    n: int
    chart: str


@dataclass(frozen=True, slots=True)
class Quote:
    """One statement in a list: who, what, where, when."""

    href: str
    words: str
    form: str
    framing: str
    article: Link
    published: str
    review: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """All that is shown of somebody. `offices` are the directory's; `called` what the articles call them."""

    id: int
    name: str
    kind: str
    wikidata: str
    born: str
    aka: tuple[str, ...]
    statements: int
    articles: int
    about: int
    offices: tuple[OfficeLine, ...]
    called: tuple[OfficeLine, ...]
    timeline: str
    speaks_of: tuple[Valued, ...]
    spoken_of_by: tuple[Valued, ...]
    outlets: tuple[tuple[str, str, int, float], ...]
    occasions: tuple[Link, ...]
    quotes: tuple[Quote, ...]
    search: str
    merged: int
    history: tuple[Past, ...]


def person_page(
    portrait: Portrait,
    known: Person | None,
    bodies: Mapping[str, str],
    occasions: Sequence[OccasionRow],
    quotes: Sequence[Quote],
    outlet_hrefs: Mapping[str, str],
    search: str,
    log: Sequence[Correction] = (),
) -> PersonPage:
    """The page of a portrait. `known` is the directory's entry, `bodies` the names of its bodies by id; `search` the
    address that finds all their statements, `log` what persons changed of them."""
    who = portrait.person
    most = max((n for _, n in portrait.outlets), default=1)
    return PersonPage(
        id=who.id,
        name=in_a_line(who.name),
        kind=who.kind,
        wikidata=who.wikidata or "",
        born=(known.born or "") if known else "",
        aka=tuple(known.aka[:8]) if known else (),
        statements=who.statements,
        articles=who.articles,
        about=who.about,
        offices=tuple(
            OfficeLine(
                term.role,
                bodies.get(term.of, term.of),
                _years(term.start, term.end, term.as_of),
                f"{term.source.name}, {term.as_of}",
            )
            for term in sorted(known.offices, key=lambda term: term.start or term.as_of, reverse=True)[:MOST]
        )
        if known
        else (),
        called=tuple(
            OfficeLine(
                in_a_line(office.role or ""),
                in_a_line(office.of or ""),
                _between(office.first, office.last),
                f"{office.statements:,}",
            )
            for office in portrait.offices[:MOST]
        ),
        timeline=charts.timeline(
            portrait.months,
            f"Statements of {in_a_line(who.name)} by month of publication",
            f"{search}&published={{month}}",
        ),
        speaks_of=_valued(portrait.speaks_of),
        spoken_of_by=_valued(portrait.spoken_of_by),
        outlets=tuple(
            (in_a_line(name) or "no outlet named", outlet_hrefs.get(name, ""), n, n / most)
            for name, n in portrait.outlets[:MOST]
        ),
        occasions=tuple(_occasion(row) for row in occasions),
        quotes=tuple(quotes),
        search=search,
        merged=len(portrait.merged),
        history=past(log),
    )


def _valued(rows: Sequence[tuple[int, str, Mapping[str, int]]]) -> tuple[Valued, ...]:
    most = max((sum(counts.values()) for _, _, counts in rows), default=1)
    found = []
    for id, name, counts in rows[:MOST]:
        told = ", ".join(
            f"{counts[sign]:,} {charts.SIGN_WORDS[sign]}" for sign in charts.SIGN_ORDER if counts.get(sign)
        )
        found.append(
            Valued(
                in_a_line(name),
                f"/people/{id}",
                sum(counts.values()),
                charts.signs(counts, most, f"{in_a_line(name)}: {told}"),
            )
        )
    return tuple(found)


def _occasion(row: OccasionRow) -> Link:
    kind = (row.kind or "occasion").replace("_", " ")
    when = day(row.said_on) or row.date or ""
    return Link(
        in_a_line(f"{kind}{', ' if when else ''}{when}"),
        f"/occasions/{row.id}",
        in_a_line(f"{row.title or ''} · {row.statements}"),
    )


def _years(start: str | None, end: str | None, as_of: str) -> str:
    if start is None and end is None:
        return f"in {as_of[:4]}"
    return f"{start or '?'} to {end or f'at least {as_of[:7]}'}"


def _between(first: str | None, last: str | None) -> str:
    return " to ".join(dict.fromkeys(part for part in (first, last) if part))
