"""Whoever speaks, and the outlets that carry them."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request

from onrecord.answers import listing, people, portraits
from onrecord.records import Kind
from onrecord.web.api import answering
from onrecord.web.api.answering import NO_NUL
from onrecord.web.guarding.guards import Number, Reader
from onrecord.web.routes.reading import archive_of, figures_of

router = answering.router("people")
A_PAGE, MOST = 40, 60


@router.get("/people")
def list_people(
    request: Request,
    _: Reader,
    name: Annotated[str, Query(max_length=200, pattern=NO_NUL, description="part of a name")] = "",
    kind: Annotated[Kind | None, Query(description="what they are")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = A_PAGE,
) -> portraits.PeopleListed:
    """Whoever speaks most, or has these words in the name."""
    if name or kind:
        found = listing.people_named(archive_of(request), name, kind=kind or "", n=limit)
    else:
        found = figures_of(request).speakers(limit)
    return portraits.PeopleListed(items=[people.line(one) for one in found])


@router.get("/people/{id}")
def get_person(request: Request, _: Reader, id: Number) -> portraits.PersonAnswer:
    """Somebody: offices, outlets, months, whom they speak about and how, what they said last."""
    return people.person(archive_of(request), id)


@router.get("/outlets")
def list_outlets(request: Request, _: Reader) -> portraits.Outlets:
    """All outlets, those with most articles first."""
    return portraits.Outlets(items=[people.outlet_line(one) for one in figures_of(request).outlets()])


@router.get("/outlets/{id}")
def get_outlet(request: Request, _: Reader, id: Number) -> portraits.OutletAnswer:
    """An outlet, with what is kept of it."""
    return people.outlet(archive_of(request), id)
