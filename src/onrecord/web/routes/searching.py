"""Search in statements or articles, narrowed by facets."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from onrecord.answers import listing
from onrecord.archive.searching.query import FILTERS_OF_A_QUERY, Query
from onrecord.archive.searching.search import Results, search
from onrecord.errors import QueryError
from onrecord.web.frames import show
from onrecord.web.guarding.guards import Reader
from onrecord.web.pages.search import search_page
from onrecord.web.routes.reading import archive_of

router = APIRouter(include_in_schema=False)
PARAMETERS = ("q", "in", "sort", "cursor", *FILTERS_OF_A_QUERY)
MOST_VALUES = 8
LONGEST_VALUE = 2_000


@router.get("/search")
def searched(request: Request, _: Reader) -> Response:
    """What was found. A query that cannot be meant is explained on the page, with status 400."""
    archive = archive_of(request)
    asked = asked_for(request)
    query: Query | None = None
    results: Results | None = None
    wrong = ""
    try:
        query = query_of(asked)
        results = search(archive, query)
    except QueryError as error:
        wrong = f"Saw {error.seen}; wanted {error.wanted}. {error.todo.rstrip('.')}."
    ids = [hit.statement for hit in results.hits if hit.statement is not None] if results else []
    page = search_page(asked, query, results, listing.locals_of(archive, ids), wrong)
    return show(request, "search.html", page, here="search", query=page.words, status=400 if wrong else 200)


def asked_for(request: Request) -> dict[str, list[str]]:
    """The parameters that mean something to a search, cut to a sane length."""
    given = request.query_params
    return {
        name: [value[:LONGEST_VALUE] for value in given.getlist(name)[:MOST_VALUES]]
        for name in PARAMETERS
        if any(given.getlist(name))
    }


def query_of(asked: dict[str, list[str]]) -> Query:
    """The query behind parameters. Raises QueryError."""
    values: dict[str, Any] = {name: tuple(asked[name]) for name in FILTERS_OF_A_QUERY if name in asked}
    for parameter, name in (("q", "words"), ("in", "in_"), ("sort", "sort"), ("cursor", "cursor")):
        if asked.get(parameter):
            values[name] = asked[parameter][0]
    return Query(**values)
