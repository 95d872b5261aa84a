"""A statement that was missed, added by a reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from onrecord.answers import listing
from onrecord.archive.correcting import correction_log as journal
from onrecord.archive.correcting import corrections
from onrecord.archive.correcting.asking import Somebody
from onrecord.archive.store import loading
from onrecord.archive.store.archive import Archive
from onrecord.errors import RecordError, RefusedEdit, SpanError
from onrecord.web.frames import go, show
from onrecord.web.guarding import guards
from onrecord.web.guarding.guards import Coder, Number
from onrecord.web.pages.adding import BY_SOURCE, AddPage, Filled, add_page, named_by, statement_from
from onrecord.web.pages.words import in_a_line
from onrecord.web.routes.correcting import by_script, name_of, speakers_called
from onrecord.web.routes.reading import archive_of, article_values

router = APIRouter(include_in_schema=False)
LONGEST_FIELD = 20_000


@router.get("/articles/{id}/add")
def adding(request: Request, _: Coder, id: Number, q: str = "", part: str = "") -> Response:
    """The form, filled in as far as the address tells; with `part`, for the panel beside the article."""
    page = _page(request, id, _filled(request.query_params), q, part=bool(part))
    return show(request, "add_panel.html" if part else "add.html", page, here="articles")


@router.post("/articles/{id}/statements")
def add(request: Request, who: Coder, form: guards.Form, id: Number) -> Response:
    """Add it, or only look how it would be read or who is called so; what cannot be added is told beside the form."""
    filled, archive = _filled(form), archive_of(request)
    if form.get("step") == "look":
        return show(request, "add.html", _page(request, id, filled, str(form.get("q", ""))), here="articles")
    try:
        with archive.database.writing():
            made = _added(request, archive, id, filled, who.name)
            statement = journal.correction(archive, made).statement or 0
    except (RefusedEdit, SpanError, RecordError) as error:
        told = f"Not added: {error.seen}. {error.todo}."
        if by_script(request):
            return JSONResponse({"told": told}, 422)
        page = _page(request, id, filled, "", problem=told)
        return show(request, "add.html", page, here="articles", status=422)
    local = listing.locals_of(archive, [statement])[statement]
    if by_script(request):
        return JSONResponse({"told": "Added.", "undo": made, "local": local})
    return go(request, f"/articles/{id}#s{local}", f"Added: statement {local}.", undo=made)


def _added(request: Request, archive: Archive, id: int, filled: Filled, who: str) -> int:
    record = loading.load_record(archive, id)
    statement = statement_from(record, filled)
    kind, _, value = filled.speaker.partition(":")
    given: dict[str, Any] = {}
    if filled.speaker == BY_SOURCE:
        named = named_by(record, statement.source)
        statement = replace(statement, speaker=named.id if named else None)
    elif kind == "entity":
        statement = replace(statement, speaker=value)
    elif kind in ("person", "wikidata", "name"):  # a name is chosen as somebody new, beside those who are called so
        somebody = Somebody.of({kind: value, "new": kind == "name"}, lambda wikidata: name_of(request, wikidata))
        given = {name: told for name, told in asdict(somebody).items() if told and name != "entity"}
    elif filled.speaker:
        raise RefusedEdit(f"the speaker {filled.speaker[:40]!r}", "somebody from the list", "Choose one")
    if statement.speaker is None and not given:
        statement = replace(statement, reason="a reader could not tell")
    return corrections.add_statement(archive, id, statement, who=who, why=filled.why[:500], **given)


def _filled(given: Mapping[str, Any]) -> Filled:
    names = [field.name for field in fields(Filled)]
    return Filled(**{name: str(given[name])[:LONGEST_FIELD] for name in names if name in given})


def _page(request: Request, id: int, filled: Filled, q: str, *, part: bool = False, problem: str = "") -> AddPage:
    archive = archive_of(request)
    record = loading.load_record(archive, id)
    asked = in_a_line(q, 200).strip()
    people, directory = speakers_called(request, asked, record.article.published)
    marked = () if part else article_values(archive, id).paragraphs
    return add_page(record, id, filled, marked=marked, asked=asked, people=people, directory=directory, problem=problem)
