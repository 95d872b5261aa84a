"""onrecord as an external recommender of INCEpTION: `POST /inception/predict` and `/train`, where it was asked for.

It answers only with `onrecord serve --inception`, and whom the room lets read: with accounts INCEpTION needs a token in
its Authorization header. Nothing is kept: neither documents nor what people made of them, so that training has nothing
to do, and is answered so.
"""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from onrecord.errors import MalformedFile
from onrecord.exchange.annotation.recommending import suggested, text_of_request
from onrecord.records import Article
from onrecord.web.frames import settings_of
from onrecord.web.guarding.guards import Reader, Refused
from onrecord.web.readers import read_now
from onrecord.web.routes.pasting import language_of

router = APIRouter(include_in_schema=False)
NOTHING_DONE = 204


@router.post("/inception/predict")
async def predict(request: Request, _: Reader) -> Response:
    """The document that came, with suggestions."""
    _asked_for(request)
    try:
        asked: Any = json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise MalformedFile(
            f"a body that is no JSON ({error})", "a request of INCEpTION", "Check its address"
        ) from error
    if not isinstance(asked, dict):
        raise MalformedFile(f"a {type(asked).__name__}", "an object", "Check the address in INCEpTION")
    text = await run_in_threadpool(text_of_request, asked)
    record = await read_now(request, Article(text, language=await run_in_threadpool(language_of, text)))
    return JSONResponse(await run_in_threadpool(suggested, asked, record))


@router.post("/inception/train")
def train(request: Request, _: Reader) -> Response:
    """Nothing is learnt: there is nothing to wait for."""
    _asked_for(request)
    return Response(status_code=NOTHING_DONE)


def _asked_for(request: Request) -> None:
    if not settings_of(request).inception:
        raise Refused(404, "no recommender here", "Start it: onrecord serve --inception")
