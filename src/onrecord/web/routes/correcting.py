"""What a coder does to a statement: confirm, reject, another speaker, other words, other framing; undo.

Every form carries `seen`, the last correction its page knew of: a change made since is never overwritten unseen.
A form sent by a script (Accept: application/json) is answered with {"told", "undo"}, one sent by hand with a page.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from onrecord.answers import listing
from onrecord.archive.correcting import correction_log as journal
from onrecord.archive.correcting import corrections
from onrecord.archive.safekeeping.forgetting import forget_article
from onrecord.archive.store import loading
from onrecord.archive.store.opening import Archive
from onrecord.errors import EditConflict, RefusedEdit
from onrecord.records import ROLES, CueClass, Form, Status, Voice
from onrecord.spans import Span
from onrecord.web.frames import go, show
from onrecord.web.guarding import guards
from onrecord.web.guarding.guards import Admin, Coder, Number, Refused
from onrecord.web.pages.statement import Option
from onrecord.web.pages.words import counted, in_a_line
from onrecord.web.routes.people import directory_of
from onrecord.web.routes.reading import archive_of, statement_values

router = APIRouter(include_in_schema=False)
SPANS = re.compile(r"\s*(?:\d{1,9}-\d{1,9}(?:[\s,]+|$))*", re.ASCII)
WIKIDATA = re.compile(r"Q[1-9]\d{0,11}", re.ASCII)
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
    given: dict[str, Any] = {}
    if (person := str(form.get("person", ""))) and person.isascii() and person.isdigit():
        given["person"] = int(person)
    elif wikidata := str(form.get("wikidata", "")):
        if not WIKIDATA.fullmatch(wikidata):
            raise RefusedEdit(f"{wikidata[:40]!r}", "a Wikidata id as Q42", "Choose somebody from the list")
        known = directory_of(request).person(wikidata)
        given |= {"wikidata": wikidata, "name": known.name if known else None}
    elif name := str(form.get("name", "")).strip():
        given |= {"name": name, "new": bool(form.get("new"))}
    elif entity := str(form.get("entity", "")):
        given["entity"] = entity
    return _done(
        request,
        form,
        id,
        lambda a, known: corrections.change_speaker(a, id, who=who.name, **given, **known),
        "The speaker is changed.",
    )


@router.post("/statements/{id}/spans")
def change_spans(request: Request, who: Coder, form: guards.Form, id: Number) -> Response:
    """Other words of the article are its source, cue or content."""
    given: dict[str, Any] = {role: _spans(str(form[role]), role) for role in ROLES if role in form}
    return _done(
        request,
        form,
        id,
        lambda a, known: corrections.change_spans(a, id, who=who.name, **given, **known),
        "The words are changed.",
    )


@router.post("/statements/{id}/framing")
def change_framing(request: Request, who: Coder, form: guards.Form, id: Number) -> Response:
    """Another form, cue, status or wording; each that differs from what stands is one correction."""
    shape = _one_of(form, "form", get_args(Form))
    framing = {
        "cue_class": _one_of(form, "cue_class", get_args(CueClass)),
        "status": _one_of(form, "status", get_args(Status)),
        "voice": _one_of(form, "voice", get_args(Voice)),
    }

    def change(archive: Archive, known: Mapping[str, Any]) -> int:
        last = 0
        with archive.database.writing():
            stands = loading.statement(archive, id).statement
            new: Any = {k: v for k, v in framing.items() if v and v != (getattr(stands, k) or "none")}
            if shape and shape != stands.form:
                last = corrections.change_form(archive, id, form=shape, who=who.name, **known)
                known = {**known, "seen": None}
            if new:
                last = corrections.change_framing(archive, id, who=who.name, **new, **known)
        if not last:
            raise RefusedEdit("the values that stand already", "at least one other", "Choose another, or confirm it")
        return last

    return _done(request, form, id, change, "Form and framing are changed.")


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


def _spans(words: str, role: str) -> tuple[Span, ...]:
    """ "0-19 40-60" as spans. Raises RefusedEdit where it cannot be meant, SpanError for a span that cannot be."""
    if not SPANS.fullmatch(words):
        raise RefusedEdit(
            f"{words[:60]!r} for {role}", "start-end, with blanks between pieces", "Write it as 0-19 40-60"
        )
    return tuple(Span(*map(int, piece.split("-"))) for piece in re.split(r"[\s,]+", words.strip()) if piece)


def _one_of(form: Mapping[str, Any], name: str, allowed: tuple[Any, ...]) -> Any:
    value = form.get(name, "")
    if value and value not in allowed:
        raise RefusedEdit(f"{name} {str(value)[:40]!r}", f"one of {', '.join(allowed)}", "Choose one")
    return value or None
