"""Search in statements or articles, with all its filters."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from onrecord.answers import searching, values
from onrecord.archive.searching.query import FILTERS_OF_A_QUERY, MOST_HITS, Sort
from onrecord.archive.searching.query import Query as Asked
from onrecord.web.api import answering
from onrecord.web.api.answering import NO_NUL, next_page
from onrecord.web.guarding.guards import Reader
from onrecord.web.routes.reading import archive_of

router = answering.router("searching")
One = Annotated[str, Field(max_length=2_000, pattern=NO_NUL)]
Several = Annotated[list[One] | None, Field(max_length=8)]
NAME = "a name or part of one, a Wikidata id, or #12 for a number of the archive"


class Parameters(BaseModel):
    """What may be asked. A filter may be given several times; one of its values must hold."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    q: str = Field("", max_length=2_000, pattern=NO_NUL, description="words, “phrases”, OR, -not, filters")
    in_: Literal["statements", "articles"] = Field("statements", alias="in", description="what is looked for")
    speaker: Several = Field(None, description=NAME)
    office: Several = Field(None, description="what somebody was called: foreign minister")
    affiliation: Several = Field(None, description=NAME)
    about: Several = Field(None, description=NAME)
    outlet: Several = Field(None, description=NAME)
    said: Several = Field(None, description="a date or a range: 2017-05..2017-06")
    published: Several = Field(None, description="a date or a range")
    form: Several = Field(None, description="direct, indirect or mixed; several with commas")
    cue_class: Several = Field(None, description="neutral, endorsing, distancing, emotive, none or unknown")
    status: Several = Field(None, description="said, denied, negated, hypothetical, future or question")
    occasion: Several = Field(None, description="its kind: interview, speech, …")
    confidence: Several = Field(None, description="from 0 to 1 in hundredths: 0.8..1")
    reviewed: Several = Field(None, description="yes, no, confirmed, changed or added")
    versions: Several = Field(None, description="of an edited story: newest, older or all; newest where left out")
    sort: Sort = "relevance"
    limit: int = Field(20, ge=1, le=MOST_HITS)
    cursor: str | None = Field(None, max_length=2_000, pattern=NO_NUL, description="from the page before")


@router.get("/search")
def search(request: Request, response: Response, _: Reader, asked: Annotated[Parameters, Query()]) -> values.FoundPage:
    """What was found, the best first, with counts by facet. A search that cannot be meant is a 400 that says why."""
    filters: dict[str, Any] = {
        name: tuple(given) for name in FILTERS_OF_A_QUERY if (given := getattr(asked, name)) is not None
    }
    query = Asked(
        words=asked.q, in_=asked.in_, sort=asked.sort, limit=asked.limit, cursor=asked.cursor or None, **filters
    )
    found, cursor = searching.found(archive_of(request), query)
    return replace(found, next=next_page(request, response, cursor))
