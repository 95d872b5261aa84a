"""What a coder does to a statement: confirm, reject, another speaker, other words, other framing; undo.

Every form carries `seen`, the last correction its page knew of: a change made since is never overwritten unseen.
A form sent by a script (Accept: application/json) is answered with {"told", "undo"}, one sent by hand with a page.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from onrecord.answers import listing
from onrecord.archive.correcting import correction_log as journal
from onrecord.archive.correcting import corrections
from onrecord.archive.correcting.asking import CHOSEN, Asked, Somebody, one_of
from onrecord.archive.safekeeping.forgetting import forget_article
from onrecord.archive.store import loading
from onrecord.archive.store.archive import Archive
from onrecord.errors import EditConflict
from onrecord.records import ROLES, Statement
from onrecord.web.frames import go, show
from onrecord.web.guarding import guards
from onrecord.web.guarding.guards import Admin, Coder, Number, Refused
from onrecord.web.pages.statement import Option
from onrecord.web.pages.words import counted, in_a_line
from onrecord.web.routes.people import directory_of
from onrecord.web.routes.reading import archive_of, statement_values

router = APIRouter(include_in_schema=False)
MOST_FOUND = 12


@dataclass(frozen=True, slots=True)
class SpeakerPage:
    """Who could be the speaker of a statement: those the archive and the directory know by these words."""

    id: int
    seen: int
    asked: str
    words: str
    people: tuple[Option, ...]
    directory: tuple[Option, ...]
    back: str


@router.post("/statements/{id}/confirm")
def confirm(request: Request, who: Coder, form: guards.Form, id: Number) -> Response:
    """It is right as it stands."""
    return _done(request, form, id, lambda a, known: corrections.confirm(a, id, who=who.name, **known), "Confirmed.")


@router.post("/statements/{id}/reject")
def reject(request: Request, who: Coder, form: guards.Form, id: Number) -> Response:
    """It is no statement."""
    return _done(request, form, id, lambda a, known: corrections.reject(a, id, who=who.name, **known), "Rejected.")


@router.get("/statements/{id}/speaker")
def find_speaker(request: Request, _: Coder, id: Number, q: str = "", part: str = "") -> Response:
    """Look for somebody in the archive and the directory."""
    archive = archive_of(request)
    held = loading.statement(archive, id)
    asked = in_a_line(q, 200).strip()
    people, directory = speakers_called(request, asked, held.article.published)
    page = SpeakerPage(
        id=id,
        seen=max((entry.id for entry in corrections.history(archive, statement=id)), default=0),
        asked=asked,
        words=in_a_line(held.content, 300),
        people=people,
        directory=directory,
        back=f"/articles/{held.article.id}#s{held.statement.id}",
    )
    return show(request, "speakers_found.html" if part else "speaker.html", page)


def speakers_called(
    request: Request, asked: str, published: datetime.date | None
) -> tuple[tuple[Option, ...], tuple[Option, ...]]:
    """Whom the archive and whom the directory know by that name, for an article of that day."""
    if not asked:
        return (), ()
    people = listing.people_named(archive_of(request), asked, n=MOST_FOUND)
    matches = directory_of(request).people(asked, published)[:MOST_FOUND]
    known = {person.wikidata for person in people}
    return (
        tuple(
            Option(str(p.id), in_a_line(p.name), False, f"{p.kind}, {counted(p.statements, 'statement')}")
            for p in people
        ),
        tuple(
            Option(m.person.wikidata, in_a_line(m.person.name), False, in_a_line("; ".join(m.evidence)), m.score)
            for m in matches
            if m.person.wikidata and m.person.wikidata not in known
        ),
    )


@router.post("/statements/{id}/speaker")
def change_speaker(request: Request, who: Coder, form: guards.Form, id: Number) -> Response:
    """Somebody else speaks: `entity` of the article, `person` of the archive, `wikidata` or `name`; or nobody."""
    asked = Asked(speaker=Somebody.of(form, lambda wikidata: name_of(request, wikidata)))
    return _change(request, who, form, id, lambda _: asked, "The speaker is changed.")


@router.post("/statements/{id}/spans")
def change_spans(request: Request, who: Coder, form: guards.Form, id: Number) -> Response:
    """Other words of the article are its source, cue or content."""
    given: dict[str, Any] = {role: str(form[role]) for role in ROLES if role in form}
    record = loading.load_record(archive_of(request), loading.statement(archive_of(request), id).article.id)
    return _change(request, who, form, id, lambda _: Asked.read(given, record), "The words are changed.")


@router.post("/statements/{id}/framing")
def change_framing(request: Request, who: Coder, form: guards.Form, id: Number) -> Response:
    """Another form, cue, status or wording; each that differs from what stands is one correction."""
    asked = Asked(**{name: one_of(name, str(form[name])) for name in CHOSEN if form.get(name)})  # type: ignore[arg-type]
    return _change(request, who, form, id, asked.besides, "Form and framing are changed.")


def name_of(request: Request, wikidata: str) -> str | None:
    """The name that the directory knows for a Wikidata id."""
    known = directory_of(request).person(wikidata)
    return known.name if known else None


def _change(
    request: Request, who: Coder, form: Mapping[str, Any], id: int, ask: Callable[[Statement], Asked], told: str
) -> Response:
    def change(archive: Archive, known: Mapping[str, Any]) -> int:
        with archive.database.writing():
            return ask(loading.statement(archive, id).statement).make(archive, id, who=who.name, **known)[-1]

    return _done(request, form, id, change, told)


@router.post("/corrections/{id}/undo")
def undo(request: Request, who: Coder, form: guards.Form, id: Number) -> Response:
    """Take a correction back."""
    archive = archive_of(request)
    entry = journal.correction(archive, id)
    made = corrections.undo(archive, id, who=who.name, why=str(form.get("why", "")))
    if entry.action == "add":  # the statement is gone, and its page with it
        form = {**form, "back": f"/articles/{entry.article}"}
    return _told(request, form, f"Undone: no. {id}.", made)


@router.post("/articles/{id}/erase")
def erase(request: Request, who: Admin, form: guards.Form, id: Number) -> Response:
    """Erase an article for good; a receipt stays. Raises Refused where it was not meant."""
    if form.get("sure") != "erase" or not str(form.get("why", "")).strip():
        raise Refused(422, "no reason, or not the word", "Give a reason, and type “erase”")
    receipt = forget_article(archive_of(request), id, who=who.name, why=str(form["why"])[:500])
    return go(request, "/articles", f"Erased. The receipt is no. {receipt.id}.")


def _done(
    request: Request,
    form: Mapping[str, Any],
    id: Number,
    change: Callable[[Archive, Mapping[str, Any]], int],
    told: str,
) -> Response:
    """Make a change and tell of it; where somebody else was first, show what stands now."""
    seen = str(form.get("seen", ""))
    known = {"why": str(form.get("why", ""))[:500], "seen": int(seen) if seen.isascii() and seen.isdigit() else None}
    archive = archive_of(request)
    try:
        made = change(archive, known)
    except EditConflict as error:
        if by_script(request):
            return JSONResponse({"conflict": True, "told": _conflict(error)}, 409)
        page = replace(statement_values(archive, id), conflict=_conflict(error))
        return show(request, "statement.html", page, status=409)
    return _told(request, form, told, made)


def _told(request: Request, form: Mapping[str, Any], told: str, made: int) -> Response:
    if by_script(request):
        return JSONResponse({"told": told, "undo": made})
    return go(request, str(form.get("back", "/")), told, undo=made)


def _conflict(error: EditConflict) -> str:
    return f"Not changed: {error.seen}. {error.todo}."


def by_script(request: Request) -> bool:
    """Whether a script sent the form, which wants no page for an answer."""
    return "application/json" in request.headers.get("accept", "")
