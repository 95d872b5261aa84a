"""Where the same words stand elsewhere, and what was said on one occasion."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from onrecord.answers import listing
from onrecord.answers.tracing import carried_by, gathered, traced
from onrecord.archive.store import loading
from onrecord.errors import NoSuchEntry
from onrecord.web.frames import show
from onrecord.web.guarding.guards import Number, Reader
from onrecord.web.pages.occasion import Single, occasion_page
from onrecord.web.pages.trace import CarriedPart, trace_page
from onrecord.web.pages.words import Link, counted, day, in_a_line
from onrecord.web.routes.reading import archive_of

router = APIRouter(include_in_schema=False)


@router.get("/statements/{id}/trace")
def trace(request: Request, _: Reader, id: Number, part: str = "") -> Response:
    """Every carrier of what a statement carries, in time order; as a page, or as the list in the panel."""
    archive = archive_of(request)
    held = loading.statement(archive, id)
    chain, numbers = traced(archive, id)
    back = f"/articles/{held.article.id}#s{held.statement.id}"
    page = trace_page(id, back, held.content, held.speaker or "", chain, numbers)
    return show(request, "carriers.html" if part else "trace.html", page, here="articles")


@router.get("/articles/{id}/carriers")
def carriers_of_article(request: Request, _: Reader, id: Number) -> Response:
    """How many other articles carry each statement of an article, as links to put beside them."""
    archive = archive_of(request)
    loading.article(archive, id)
    found = carried_by(archive, id)
    locals_ = listing.locals_of(archive, list(found))
    lines = tuple(
        Link(counted(n, "other article"), f"/statements/{number}/trace", locals_[number]) for number, n in found.items()
    )
    return show(request, "carried.html", CarriedPart(lines))


@router.get("/occasions/{id}")
def occasion(request: Request, _: Reader, id: Number) -> Response:
    """An occasion as all outlets together have it."""
    archive = archive_of(request)
    row = listing.occasion(archive, id)
    if row is None:
        raise NoSuchEntry(f"occasion {id}", "an occasion of the archive", "Come to it from a person or a statement")
    found, numbers = gathered(archive, id)
    own = [said for _, said in listing.said_on(archive, [id])]
    ids = sorted({int(name) for one in found for name in one.articles}) or [row.article]
    articles = [
        Link(
            in_a_line(one.title or one.name, 120),
            f"/articles/{one.id}",
            f"{in_a_line(one.outlet or '')} · {day(one.published)}",
        )
        for one in (loading.article(archive, article) for article in ids)
    ]
    singles = [
        Single(
            f"/articles/{said.article}#s{said.local}",
            in_a_line(said.content, 400),
            in_a_line(said.speaker or ""),
            said.form,
        )
        for said in own
    ]
    page = occasion_page(row.kind, row.said_on, found, numbers, articles, singles)
    return show(request, "occasion.html", page, here="people")
