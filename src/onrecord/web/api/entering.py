"""An article that a program sends: read at once, and kept where it says so; and who is asking."""

from __future__ import annotations

import datetime
from typing import Annotated

from fastapi import Request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from onrecord.records import Article
from onrecord.web.api import answering
from onrecord.web.api.answering import JSON, NO_NUL, MayCorrect, MayRead
from onrecord.web.api.reading import RECORD
from onrecord.web.frames import settings_of
from onrecord.web.guarding.guards import Reader
from onrecord.web.guarding.sessions import form_token
from onrecord.web.readers import read_now
from onrecord.web.routes.pasting import LONGEST_FIELD, keep_now, language_of

router = answering.router("entering")
Line = Annotated[str, Field(max_length=LONGEST_FIELD, pattern=r"^[^\x00-\x1f]*$")]


def _written(value: object) -> object:
    if value is not None and not isinstance(value, str):  # a number would be taken for seconds since 1970
        raise ValueError("a date is written as YYYY-MM-DD")
    return value


Day = Annotated[datetime.date, BeforeValidator(_written)]


class Given(BaseModel):
    """An article to read."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"text": "“It is an old valve,” Rena Holt said.", "outlet": "Quay Herald"}]},
    )

    text: str = Field(min_length=1, pattern=NO_NUL, description="plain text, kept as it is")
    title: Line | None = None
    outlet: Line | None = None
    published: Day | None = None
    url: Line | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] | None = Field(None, description="told from the text")

    def article(self) -> Article:
        """The article; its language is told from the text where it is not given."""
        return Article(
            self.text,
            title=self.title,
            outlet=self.outlet,
            published=self.published,
            url=self.url,
            language=self.language or language_of(self.text),
        )


@router.post("/read", responses=RECORD, response_class=Response)
async def read(request: Request, _: MayRead, given: Given) -> Response:
    """Read an article, and give its record. Nothing of it is kept."""
    record = await read_now(request, await run_in_threadpool(given.article))
    return Response(await run_in_threadpool(record.to_json), media_type=JSON)


@router.post(
    "/articles", status_code=201, responses={200: {"model": answering.AddedArticle, "description": "Known already"}}
)
async def keep(request: Request, response: Response, who: MayCorrect, given: Given) -> answering.AddedArticle:
    """Read an article, and put it into the archive; 200 where it was there already."""
    record = await read_now(request, await run_in_threadpool(given.article))
    made = await run_in_threadpool(keep_now, request, who.name, record)
    if made.state == "known":
        response.status_code = 200
    kept = answering.AddedArticle(
        article=made.article,
        href=f"/api/articles/{made.article}",
        page=f"/articles/{made.article}",
        state=made.state,
        statements=len(record.statements),
    )
    response.headers["location"] = kept.href
    return kept


@router.get("/me")
def me(request: Request, who: Reader) -> answering.Me:
    """Who is asking, in which role; and, for a client with a session, what it sends as X-CSRF-Token."""
    csrf = None if who.fresh or who.by_token else form_token(settings_of(request), who)
    return answering.Me(name=who.name, role=who.role, csrf=csrf)
