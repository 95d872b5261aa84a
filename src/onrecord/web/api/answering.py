"""What all routes of the API share: the tag of an answer, the rate, who may change something, links between pages."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import Response

from onrecord.web.frames import settings_of
from onrecord.web.guarding.etags import holds, tag_of
from onrecord.web.guarding.guards import LARGEST, Refused, needs, visitor_of
from onrecord.web.guarding.limits import Limit
from onrecord.web.guarding.roles import Role
from onrecord.web.guarding.sessions import Visitor, form_token_fits

JSON = "application/json"
CSRF = "x-csrf-token"
KEPT = ("etag", "cache-control", "vary", "link")
"""Headers that an answer without a body has too."""

NO_NUL = r"^[^\x00]*$"
Words = Annotated[str, Query(max_length=2_000, pattern=NO_NUL)]
Cursor = Annotated[str | None, Query(max_length=2_000, pattern=NO_NUL, description="from the page before")]
Id = Annotated[int | None, Query(ge=1, le=LARGEST)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """Who is asking. `csrf` is what a client with a session cookie sends as X-CSRF-Token with a change."""

    name: str
    role: str | None
    csrf: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A correction that was made: its number in the log, with which it can be undone."""

    id: int
    href: str
    undo: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedArticle:
    """An article that was put into the archive, or was there already."""

    article: int
    href: str
    page: str
    state: str
    statements: int


class Tagged(APIRoute):
    """A route whose answers have an entity tag; who has the answer already is told so (304)."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with the tag."""
        inner = super().get_route_handler()

        async def handler(request: Request) -> Response:
            response = await inner(request)
            if request.method != "GET" or response.status_code != 200:
                response.headers.setdefault("cache-control", "no-store")
                return response
            tag = tag_of(bytes(response.body))
            response.headers["etag"] = tag
            response.headers["cache-control"] = "private, no-cache"
            response.headers["vary"] = "authorization, cookie"
            if not holds(request.headers.get("if-none-match", ""), tag):
                return response
            return Response(
                status_code=304, headers={name: response.headers[name] for name in KEPT if name in response.headers}
            )

        return handler


def within_rate(request: Request) -> None:
    """A dependency that lets a client through as often as it may ask. Raises HTTPException 429."""
    limit: Limit = request.app.state.limit
    who = visitor_of(request)
    address = request.client.host if request.client else ""
    if seconds := limit.wait(f"token {who.name}" if who.by_token and who.name else address):
        told = f"more requests than one client may send; wait {seconds} s"
        raise HTTPException(429, told, {"retry-after": str(seconds)})


def router(tag: str) -> APIRouter:
    """A router of the API; all of it is limited, and tagged."""
    return APIRouter(prefix="/api", tags=[tag], route_class=Tagged, dependencies=[Depends(within_rate)])


def sends(role: Role) -> Callable[[Request], Visitor]:
    """A dependency for what changes something: who has `role`, and did not send it unawares. Raises Refused.

    A token no browser sends unasked. Whoever comes with a session, or from a browser, must show the token of the
    session; a program on a trusted machine has neither, and JSON from another site is not sent before it was allowed.
    """
    has_role = needs(role)

    def check(request: Request) -> Visitor:
        headers, who = request.headers, visitor_of(request)
        if headers.get("content-type", "").split(";")[0].strip().casefold() != JSON:
            raise Refused(415, "a body that is not called JSON", f"Send it as {JSON}")
        if not who.by_token and (request.cookies or "origin" in headers or "sec-fetch-site" in headers):
            if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
                raise Refused(403, "a request sent from another site", "Send it from here, or with a token")
            if not form_token_fits(settings_of(request), who, headers.get(CSRF, "")):
                raise Refused(403, "a session without its form token", "Send X-CSRF-Token as /api/me has it")
        return has_role(request)

    return check


MayRead = Annotated[Visitor, Depends(sends("reader"))]
MayCorrect = Annotated[Visitor, Depends(sends("coder"))]


def next_page(request: Request, response: Response, cursor: str | None) -> str | None:
    """The address of the next page, put into the Link header (RFC 8288) too; None on the last one."""
    if cursor is None:
        return None
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    address = f"{request.url.path}?{urlencode([*kept, ('cursor', cursor)])}"
    response.headers["link"] = f'<{address}>; rel="next"'
    return address
