"""Two people that are one are merged, one that is two is split: each shown first, and each can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from onrecord.answers import listing
from onrecord.archive.correcting import corrections, merging
from onrecord.archive.correcting.asking import WIKIDATA
from onrecord.archive.correcting.merging import Appearance
from onrecord.archive.listing import people as kept
from onrecord.archive.store.archive import Archive
from onrecord.errors import EditConflict, NoSuchEntry, RefusedEdit
from onrecord.web.frames import go, show
from onrecord.web.guarding import guards
from onrecord.web.guarding.guards import LARGEST, Coder, Number
from onrecord.web.pages.merging import MOST_SHOWN, MergePage, SplitPage, lines_of, somebody, sum_of
from onrecord.web.pages.words import in_a_line
from onrecord.web.routes.correcting import MOST_FOUND
from onrecord.web.routes.reading import archive_of

router = APIRouter(include_in_schema=False)
Entities = Annotated[list[int], Query()]
MOST_CHOSEN = 2_000


@router.get("/people/{id}/merge")
def choose_other(request: Request, _: Coder, id: Number, q: str | None = None, other: int = 0) -> Response:
    """Whom to merge into somebody, and, once chosen, what that would change."""
    page = _merge_page(archive_of(request), id, q, other if 0 < other <= LARGEST else 0)
    return show(request, "merge.html", page, here="people")


@router.post("/people/{id}/merge")
def merge(request: Request, who: Coder, form: guards.Form, id: Number) -> Response:
    """Make the other part of this one."""
    archive, other = archive_of(request), _number(form.get("other"))
    why = str(form.get("why", ""))[:500]
    try:
        made = corrections.merge_people(archive, id, other, who=who.name, why=why, seen=_number(form.get("seen")))
    except (EditConflict, RefusedEdit) as error:
        page = _merge_page(archive, id, None, other, f"Not merged: {error.seen}. {error.todo}.")
        return show(request, "merge.html", page, here="people", status=409)
    return go(request, f"/people/{id}", "Merged.", undo=made)


@router.get("/people/{id}/split")
def choose_part(
    request: Request,
    _: Coder,
    id: Number,
    entity: Entities = [],  # noqa: B006 FastAPI copies it
    name: str = "",
    wikidata: str = "",
) -> Response:
    """Which of the articles' entities are somebody else, and, once chosen, what a split would change."""
    page = _split_page(archive_of(request), id, entity[:MOST_CHOSEN], name, wikidata)
    return show(request, "split.html", page, here="people")


@router.post("/people/{id}/split")
def split(request: Request, who: Coder, form: guards.Form, id: Number) -> Response:
    """Give the chosen entities a person of their own."""
    archive = archive_of(request)
    chosen = [_number(one) for one in str(form.get("entities", "")).split()[:MOST_CHOSEN]]
    name, wikidata = str(form.get("name", "")).strip()[:200], str(form.get("wikidata", "")).strip()
    try:
        if wikidata and not WIKIDATA.fullmatch(wikidata):
            raise RefusedEdit(f"{wikidata[:40]!r}", "a Wikidata id as Q42, or none", "Mend it, or leave it out")
        made = corrections.split_person(
            archive,
            id,
            chosen,
            name,
            wikidata=wikidata or None,
            who=who.name,
            why=str(form.get("why", ""))[:500],
            seen=_number(form.get("seen")),
        )
    except (EditConflict, RefusedEdit) as error:
        page = _split_page(archive, id, chosen, name, wikidata, f"Not split: {error.seen}. {error.todo}.")
        return show(request, "split.html", page, here="people", status=409)
    return go(request, f"/people/{id}", f"Split: {in_a_line(name)} stands apart now.", undo=made)


def _merge_page(archive: Archive, id: int, q: str | None, other: int, problem: str = "") -> MergePage:
    with archive.database.reading():
        person = _standing(archive, id)
        asked = in_a_line(person.name.split()[-1] if q is None else q, 200).strip()
        found = listing.people_named(archive, asked, n=MOST_FOUND) if asked and not other else ()
        chosen = _standing(archive, other) if other and other != id else None
        theirs = merging.appearances(archive, chosen.id) if chosen else ()
        log = [*corrections.history(archive, person=id), *(corrections.history(archive, person=other) if other else ())]
        titles = _titles(archive, theirs[:MOST_SHOWN])
    changes: list[str] = []
    if chosen:
        name, into = in_a_line(chosen.name), in_a_line(person.name)
        changes = [f"{sum_of(theirs)} of {name} will be shown under {into}.", f"The page of {name} will lead here."]
        if chosen.wikidata and not person.wikidata:
            changes.append(f"{into} takes over the Wikidata id {chosen.wikidata}.")
        if chosen.wikidata and person.wikidata and chosen.wikidata != person.wikidata:
            changes.append(f"They have two Wikidata ids, {person.wikidata} and {chosen.wikidata}: are they one?")
        if chosen.kind != person.kind:
            changes.append(f"{name} is held to be of the kind {chosen.kind}, {into} of the kind {person.kind}.")
    return MergePage(
        person=somebody(person),
        asked=asked,
        found=tuple(somebody(one) for one in found if one.id != id),
        other=somebody(chosen) if chosen else None,
        changes=tuple(changes),
        lines=lines_of(theirs[:MOST_SHOWN], titles),
        more=max(0, len(theirs) - MOST_SHOWN),
        seen=max((entry.id for entry in log), default=0),
        problem=problem,
    )


def _split_page(
    archive: Archive, id: int, chosen: Sequence[int], name: str, wikidata: str, problem: str = ""
) -> SplitPage:
    with archive.database.reading():
        person = _standing(archive, id)
        theirs = merging.appearances(archive, id)
        log = corrections.history(archive, person=id)
        wanted = frozenset(chosen) & {one.entity for one in theirs}
        name, wikidata = in_a_line(name, 200).strip(), in_a_line(wikidata, 20).strip()
        preview = bool(wanted and name) and not problem
        shown = [one for one in theirs if one.entity in wanted] if preview else theirs
        titles = _titles(archive, shown[:MOST_SHOWN])
    if not problem and chosen and not wanted:
        problem = "None of these is an article of this person."
    changes: list[str] = []
    if preview:
        changes = [f"{sum_of(shown)} will be shown under {name}, and no more under {in_a_line(person.name)}."]
        if len(wanted) == len(theirs):
            changes.append(f"Nothing is left of {in_a_line(person.name)}.")
    return SplitPage(
        person=somebody(person),
        name=name,
        wikidata=wikidata,
        lines=lines_of(shown[:MOST_SHOWN], titles, wanted),
        more=max(0, len(shown) - MOST_SHOWN),
        preview=preview,
        changes=tuple(changes),
        seen=max((entry.id for entry in log), default=0),
        problem=problem,
    )


def _standing(archive: Archive, id: int) -> kept.Person:
    """That person, or whoever it was merged into, without what only a portrait needs. Raises NoSuchEntry."""
    found = listing.person_of(archive, id)
    if found is None:
        raise NoSuchEntry(f"person {id}", "somebody of the archive", "Choose one from the list of people")
    return found


def _titles(archive: Archive, found: Sequence[Appearance]) -> dict[int, str]:
    held = listing.titles(archive, {one.article for one in found})
    return {id: " · ".join(in_a_line(part, 90) for part in parts if part) for id, parts in held.items()}


def _number(value: object) -> int:
    words = str(value or "")
    return int(words) if words.isascii() and words.isdigit() and len(words) < len(str(LARGEST)) else 0
