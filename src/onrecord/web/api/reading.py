"""Articles, their records, statements, why they stand so, their history, who else carried them; runs."""

from __future__ import annotations

import re
from enum import Enum
from typing import Annotated, Any

from fastapi import Query, Request
from starlette.responses import Response

from onrecord.answers import articles, listing, portraits, statements, tracing, values
from onrecord.archive.listing.exporting import export_rows
from onrecord.archive.listing.printed import numbers_of
from onrecord.archive.listing.tables import Choice
from onrecord.archive.store import loading
from onrecord.exchange.registry import FIRST, format_named, formats, names
from onrecord.web.api import answering
from onrecord.web.api.answering import JSON, Id, next_page
from onrecord.web.guarding.guards import Number, Reader
from onrecord.web.routes.reading import archive_of

router = answering.router("reading")
A_PAGE, MOST = 40, 200
Before = Annotated[str | None, Query(pattern=r"^[1-9][0-9]{0,17}$", description="from the page before")]
RECORD: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The record, in the format that the README describes",
        "content": {
            JSON: {
                "schema": {
                    "title": "Record",
                    "type": "object",
                    "required": ["id", "text", "sha256", "engine", "attributions", "entities", "occasions"],
                    "properties": {
                        "id": {"type": "string"},
                        "text": {"type": "string"},
                        "sha256": {"type": "string"},
                        "engine": {"type": "object"},
                        "attributions": {"type": "array", "items": {"type": "object"}},
                        "entities": {"type": "object"},
                        "occasions": {"type": "object"},
                    },
                }
            }
        },
    }
}
"""Of a record: it goes out as it is kept, not through a model."""
DOWNLOAD: dict[int | str, dict[str, Any]] = {
    200: {"description": "A file", "content": {each.media_type: {} for each in formats("statements")}}
}
FormatName = Enum("FormatName", {name: name for name in names("statements")})  # type: ignore[misc]
FIRST_FORMAT = FormatName(FIRST)


@router.get("/articles")
def list_articles(
    request: Request,
    response: Response,
    _: Reader,
    outlet: Id = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = A_PAGE,
    cursor: Before = None,
) -> values.ArticlesListed:
    """Articles, of all or of one outlet, the last added first."""
    before = int(cursor) if cursor else None
    found = listing.articles(archive_of(request), outlet=outlet, before=before, n=limit + 1)
    more = str(found[limit - 1].id) if len(found) > limit else None
    return values.ArticlesListed(items=articles.lines(found[:limit]), next=next_page(request, response, more))


@router.get("/articles/{id}")
def get_article(request: Request, _: Reader, id: Number) -> values.ArticleAnswer:
    """An article with its text, and all that is said in it."""
    return articles.article(archive_of(request), id)


@router.get("/articles/{id}/statements", responses=DOWNLOAD, response_class=Response)
def download(
    request: Request,
    _: Reader,
    id: Number,
    shape: Annotated[FormatName, Query(alias="format", description="of the file")] = FIRST_FORMAT,
) -> Response:
    """The statements of an article as a file for other programs, with the columns of `onrecord export`."""
    archive, made = archive_of(request), format_named(shape.value, "statements")
    with archive.database.reading():
        local = loading.article(archive, id).name
        shown = numbers_of(archive, [id])
        rows = export_rows(archive, choice := Choice(statements=frozenset(shown)))
        body = made.to_bytes(rows, choice)
    name = f"{re.sub(r'[^A-Za-z0-9-]', '-', local)[:60]}{made.suffix}"
    return Response(body, media_type=made.media_type, headers={"content-disposition": f'attachment; filename="{name}"'})


@router.get("/articles/{id}/record", responses=RECORD, response_class=Response)
def get_record(request: Request, _: Reader, id: Number, run: Id = None) -> Response:
    """The record of an article, corrections in it, or as one run found it."""
    return Response(loading.load_record(archive_of(request), id, run).to_json(), media_type=JSON)


@router.get("/statements/{id}")
def get_statement(request: Request, _: Reader, id: Number) -> values.StatementAnswer:
    """A statement, of whatever reading, also one that was rejected: see `shown`."""
    return statements.told(loading.statement(archive_of(request), id))


@router.get("/statements/{id}/why")
def get_why(request: Request, _: Reader, id: Number) -> values.Why:
    """Which rule, model or person decided what, and what else was possible."""
    return statements.why(archive_of(request), id)


@router.get("/statements/{id}/history")
def get_history(request: Request, _: Reader, id: Number) -> values.LoggedCorrections:
    """All that persons changed in a statement, in order."""
    archive = archive_of(request)
    loading.statement(archive, id)
    return statements.changes(archive, statement=id)


@router.get("/statements/{id}/trace")
def get_trace(request: Request, _: Reader, id: Number) -> values.Trace:
    """Who else carried these words, and what each did to them."""
    return tracing.of_statement(archive_of(request), id)


@router.get("/occasions/{id}")
def get_occasion(request: Request, _: Reader, id: Number) -> portraits.OccasionAnswer:
    """An occasion as all outlets together have it."""
    return tracing.occasion(archive_of(request), id)


@router.get("/runs")
def list_runs(request: Request, _: Reader) -> values.Runs:
    """Which engine read the articles, and when."""
    return articles.all_runs(archive_of(request))
