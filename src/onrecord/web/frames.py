"""The frame around every page: who is asking, where it is, what was just told; and the response that holds it."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from onrecord.version import __version__
from onrecord.web.guarding.guards import cookie, visitor_of
from onrecord.web.guarding.sessions import TOLD, form_token, signed, unsigned
from onrecord.web.rendering import render
from onrecord.web.settings import Settings

LONGEST_TOLD = 400
TOLD_SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What base.html shows around a page. `undo` is the number of the correction that `message` tells of."""

    theme: str
    here: str
    query: str
    path: str
    csrf: str
    name: str
    role: str
    may_correct: bool
    message: str
    message_kind: str
    undo: int | None
    version: str
    api: bool


def settings_of(request: Request) -> Settings:
    """What the server was told at its start."""
    found: Settings = request.app.state.settings
    return found


def frame(request: Request, here: str = "", query: str = "") -> Frame:
    """The frame for this request."""
    settings, who = settings_of(request), visitor_of(request)
    told = unsigned(settings.secret, request.cookies.get(TOLD, "")) or {}
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return Frame(
        theme=who.theme,
        here=here,
        query=query,
        path=path,
        csrf=form_token(settings, who),
        name=who.name,
        role=who.role or "",
        may_correct=who.may("coder"),
        message=told.get("words", ""),
        message_kind=told.get("kind", ""),
        undo=told.get("undo"),
        version=f"onrecord {__version__}",
        api=request.app.state.api,
    )


def show(
    request: Request,
    template: str,
    page: object,
    *,
    here: str = "",
    query: str = "",
    status: int = 200,
) -> Response:
    """The page as a response; what was told is told once."""
    framed = frame(request, here, query)
    html = render(template, {"page": page, "frame": framed})
    response = HTMLResponse(html.encode("utf-8", "replace"), status)
    if framed.message:
        response.headers.append("set-cookie", cookie(settings_of(request), TOLD, "", 0))
    return response


def go(request: Request, where: str, told: str = "", *, kind: str = "good", undo: int | None = None) -> Response:
    """Send the browser on to a page of this server, and tell something there."""
    response = RedirectResponse(inside(where), 303)
    if told:
        settings = settings_of(request)
        value = signed(settings.secret, {"words": told[:LONGEST_TOLD], "kind": kind, "undo": undo})
        response.headers.append("set-cookie", cookie(settings, TOLD, value, TOLD_SECONDS))
    return response


def inside(where: str) -> str:
    """`where`, if it is a path of this server, else "/": no form may send the reader elsewhere."""
    plain = where.isprintable() and "\\" not in where
    return where if plain and where.startswith("/") and not where.startswith("//") else "/"
