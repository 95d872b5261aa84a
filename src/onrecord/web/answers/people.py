"""People and outlets, as programs are told them."""

from __future__ import annotations

from urllib.parse import urlencode

from onrecord.archive.indexing.tallies import NEWEST, SHOWN
from onrecord.archive.listing import people as kept
from onrecord.archive.listing.outlets import Outlet
from onrecord.archive.listing.people import Person
from onrecord.archive.store.opening import Archive
from onrecord.errors import NoSuchEntry
from onrecord.web import shelf
from onrecord.web.answers import portraits


def person(archive: Archive, id: int) -> portraits.Person:
    """Somebody; whoever was merged into another is that other. Raises NoSuchEntry."""
    with archive.database.reading():
        portrait = kept.person(archive, id)
        who = portrait.person
        said = shelf.said_by(archive, who.id)
        occasions = shelf.occasions_of_person(archive, who.id)
    return portraits.Person(
        **line(who).model_dump(),
        articles=who.articles,
        about=who.about,
        offices=[
            portraits.Office(role=one.role, of=one.of, statements=one.statements, first=one.first, last=one.last)
            for one in portrait.offices
        ],
        outlets=[portraits.Tally(name=name, statements=n) for name, n in portrait.outlets],
        months=[portraits.Tally(name=name, statements=n) for name, n in portrait.months],
        speaks_of=[valued(*one) for one in portrait.speaks_of],
        spoken_of_by=[valued(*one) for one in portrait.spoken_of_by],
        latest=[quote(one) for one in said],
        occasions=[one.id for one in occasions],
        search=f"/api/search?{urlencode({'speaker': who.wikidata or f'#{who.id}'})}",
    )


def valued(id: int, name: str, signs: object) -> portraits.Valued:
    """How somebody is valued."""
    who = portraits.PersonRef(id=id, href=f"/api/people/{id}", name=name)
    return portraits.Valued(person=who, signs=signs)  # type: ignore[arg-type]


def line(who: Person) -> portraits.PersonLine:
    """Somebody as a line of a list."""
    return portraits.PersonLine(
        id=who.id,
        href=f"/api/people/{who.id}",
        page=f"/people/{who.id}",
        name=who.name,
        kind=who.kind,  # type: ignore[arg-type]
        wikidata=who.wikidata,
        statements=who.statements,
    )


def quote(said: shelf.Said) -> portraits.Said:
    """A statement as a line of a list."""
    return portraits.Said(
        statement=said.id,
        href=f"/api/statements/{said.id}",
        page=f"/articles/{said.article}#s{said.local}",
        article=said.article,
        outlet=said.outlet,
        title=said.title,
        published=said.published,
        form=said.form,  # type: ignore[arg-type]
        status=said.status,  # type: ignore[arg-type]
        content=said.content,
    )


def outlet(archive: Archive, id: int) -> portraits.Outlet:
    """One outlet. Raises NoSuchEntry."""
    rows = archive.database.rows(
        f"SELECT o.id, o.name, (SELECT COUNT(*) FROM articles a WHERE a.outlet = o.id AND {NEWEST}),"
        f" (SELECT COUNT(*) FROM {SHOWN} WHERE a.outlet = o.id),"
        f" (SELECT MIN(published) FROM articles a WHERE a.outlet = o.id AND {NEWEST}),"
        f" (SELECT MAX(published) FROM articles a WHERE a.outlet = o.id AND {NEWEST}) FROM outlets o WHERE o.id = ?",
        (id,),
    )
    if not rows:
        raise NoSuchEntry(f"outlet {id}", "an outlet of the archive", "See /api/outlets")
    number, name, articles, statements, first, last = rows[0]
    return outlet_line(Outlet(id=number, name=name, articles=articles, statements=statements, first=first, last=last))


def outlet_line(one: Outlet) -> portraits.Outlet:
    """An outlet as a line of a list."""
    return portraits.Outlet(
        id=one.id,
        href=f"/api/outlets/{one.id}" if one.id is not None else None,
        page=f"/outlets/{one.id}" if one.id is not None else None,
        name=one.name,
        articles=one.articles,
        statements=one.statements,
        first=one.first,
        last=one.last,
    )
