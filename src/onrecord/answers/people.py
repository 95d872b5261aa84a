"""People and outlets, as programs are told them."""

from __future__ import annotations

from dataclasses import asdict
from urllib.parse import urlencode

from onrecord.answers import listing, portraits
from onrecord.archive.indexing.tallies import NEWEST, SHOWN
from onrecord.archive.listing import people as kept
from onrecord.archive.listing.outlets import Outlet
from onrecord.archive.listing.people import Person
from onrecord.archive.store.archive import Archive
from onrecord.errors import NoSuchEntry


def person(archive: Archive, id: int) -> portraits.PersonAnswer:
    """Somebody; whoever was merged into another is that other. Raises NoSuchEntry."""
    with archive.database.reading():
        portrait = kept.person(archive, id)
        who = portrait.person
        said = listing.said_by(archive, who.id)
        occasions = listing.occasions_of_person(archive, who.id)
    return portraits.PersonAnswer(
        **asdict(line(who)),
        articles=who.articles,
        about=who.about,
        offices=[
            portraits.HeldOffice(role=one.role, of=one.of, statements=one.statements, first=one.first, last=one.last)
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


def valued(id: int, name: str, signs: object) -> portraits.ValuedPerson:
    """How somebody is valued."""
    who = portraits.PersonRef(id=id, href=f"/api/people/{id}", name=name)
    return portraits.ValuedPerson(person=who, signs=signs)  # type: ignore[arg-type]


def line(who: Person) -> portraits.PersonListed:
    """Somebody as a line of a list."""
    return portraits.PersonListed(
        id=who.id,
        href=f"/api/people/{who.id}",
        page=f"/people/{who.id}",
        name=who.name,
        kind=who.kind,  # type: ignore[arg-type]
        wikidata=who.wikidata,
        statements=who.statements,
    )


def quote(said: listing.Said) -> portraits.SaidLine:
    """A statement as a line of a list."""
    return portraits.SaidLine(
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


def outlet(archive: Archive, id: int) -> portraits.OutletAnswer:
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


def outlet_line(one: Outlet) -> portraits.OutletAnswer:
    """An outlet as a line of a list."""
    return portraits.OutletAnswer(
        id=one.id,
        href=f"/api/outlets/{one.id}" if one.id is not None else None,
        page=f"/outlets/{one.id}" if one.id is not None else None,
        name=one.name,
        articles=one.articles,
        statements=one.statements,
        first=one.first,
        last=one.last,
    )
