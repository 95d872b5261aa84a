"""Whoever speaks, and the outlets that carry them."""

from __future__ import annotations

import time
from pathlib import Path
from typing import get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from onrecord.answers import listing
from onrecord.answers.listing import Said
from onrecord.archive.correcting import correction_log as journal
from onrecord.archive.listing import people as kept
from onrecord.archive.listing.people import Person
from onrecord.archive.store import loading
from onrecord.archive.store.archive import Archive
from onrecord.directory import Directory
from onrecord.errors import NoSuchEntry
from onrecord.profiling import Profile, profiles
from onrecord.records import Kind
from onrecord.web.frames import settings_of, show
from onrecord.web.guarding.guards import Before, Number, Reader
from onrecord.web.pages.lists import OutletLine, OutletsPage, PeoplePage, PersonLine
from onrecord.web.pages.outlet import outlet_page
from onrecord.web.pages.person import Quote, person_page
from onrecord.web.pages.words import Link, day, in_a_line
from onrecord.web.routes.reading import archive_of, article_line, figures_of

router = APIRouter(include_in_schema=False)
A_LIST = 60
MOST_PAST = 40
MEASURED = 200
KEPT_SECONDS = 300.0
_profiles: dict[tuple[str, int], tuple[float, int, Profile | None]] = {}


@router.get("/people")
def people(request: Request, _: Reader, name: str = "", kind: str = "") -> Response:
    """Whoever speaks most, or has these words in the name."""
    archive = archive_of(request)
    kind = kind if kind in get_args(Kind) else ""
    if name or kind:
        found = listing.people_named(archive, name[:200], kind=kind, n=A_LIST)
    else:
        found = figures_of(request).speakers()
    page = PeoplePage(in_a_line(name, 200), kind, get_args(Kind), person_lines(found))
    return show(request, "people.html", page, here="people")


@router.get("/people/{id}")
def person(request: Request, _: Reader, id: Number) -> Response:
    """Somebody who speaks or is spoken of."""
    archive = archive_of(request)
    with archive.database.reading():
        portrait = kept.person(archive, id)
        if portrait.person.id != id:  # merged, and to be had apart again: no redirection to keep for ever
            return RedirectResponse(f"/people/{portrait.person.id}", 307)
        log = journal.history(archive, person=id, last=MOST_PAST)
        quotes = tuple(quote(said) for said in listing.said_by(archive, portrait.person.id))
        occasions = listing.occasions_of_person(archive, portrait.person.id)
        hrefs = {name: f"/outlets/{listing.outlet_id(archive, name)}" for name, _ in portrait.outlets[:20] if name}
    directory = directory_of(request)
    known = directory.person(portrait.person.wikidata) if portrait.person.wikidata else None
    bodies = {term.of: body.name for term in known.offices if (body := directory.body_of(term.of))} if known else {}
    search = "/search?" + urlencode({"speaker": portrait.person.name})
    page = person_page(portrait, known, bodies, occasions, quotes, hrefs, search, log)
    return show(request, "person.html", page, here="people")


@router.get("/outlets")
def outlets(request: Request, _: Reader) -> Response:
    """All outlets."""
    found = figures_of(request).outlets()
    lines = tuple(
        OutletLine(
            f"/outlets/{one.id}" if one.id is not None else "",
            in_a_line(one.name) or "no outlet named",
            one.articles,
            one.statements,
            day(one.first),
            day(one.last),
        )
        for one in found
    )
    return show(request, "outlets.html", OutletsPage(lines), here="outlets")


@router.get("/outlets/{id}")
def outlet(request: Request, _: Reader, id: Number, before: Before = None) -> Response:
    """An outlet, its profile and its articles."""
    archive = archive_of(request)
    name = listing.outlet_name(archive, id)
    if name is None:
        raise NoSuchEntry(f"outlet {id}", "an outlet of the archive", "Choose one from the list of outlets")
    found = listing.articles(archive, outlet=id, before=before, n=A_LIST + 1)
    older = f"/outlets/{id}?before={found[A_LIST - 1].id}" if len(found) > A_LIST else ""
    profile, measured = _profile(archive, id)
    lines = tuple(map(article_line, found[:A_LIST]))
    page = outlet_page(name, profile, measured < MEASURED, lines, older)
    return show(request, "outlet.html", page, here="outlets")


def directory_of(request: Request) -> Directory:
    """The directory of persons and bodies, with the files the server was given."""
    from onrecord.engine import load_directory

    return load_directory(*map(Path, settings_of(request).directory))


def person_lines(found: tuple[Person, ...]) -> tuple[PersonLine, ...]:
    """People as lines of a list."""
    most = max((one.statements for one in found), default=1) or 1
    return tuple(
        PersonLine(f"/people/{p.id}", in_a_line(p.name), p.kind, p.statements, p.articles, p.about, p.statements / most)
        for p in found
    )


def quote(said: Said) -> Quote:
    """A statement as a line of a list."""
    framing = ", ".join(
        part
        for part in (
            f"{said.cue_class} cue" if said.cue_class not in (None, "neutral", "none") else "",
            said.status if said.status != "said" else "",
        )
        if part
    )
    where = " · ".join(part for part in (in_a_line(said.outlet or ""), in_a_line(said.title, 90)) if part)
    href = f"/articles/{said.article}#s{said.local}"
    return Quote(
        href,
        in_a_line(said.content, 320),
        said.form,
        framing,
        Link(where, href),
        day(said.published),
        said.review or "",
    )


def _profile(archive: Archive, outlet: int) -> tuple[Profile | None, int]:
    """The profile over the latest MEASURED articles, at most KEPT_SECONDS old, and over how many it is."""
    key = (archive.where, outlet)
    at, n, profile = _profiles.get(key, (0.0, 0, None))
    if not at or time.monotonic() - at > KEPT_SECONDS:
        ids = [one.id for one in listing.articles(archive, outlet=outlet, n=MEASURED)]
        made = profiles(record for _, record in loading.load_records(archive, ids))
        profile, n = (made[0] if made else None), len(ids)
        _profiles[key] = time.monotonic(), n, profile
    return profile, n
