"""Coming in: name and password, or only a name where the machine is trusted; going out; light and dark."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from onrecord.web.frames import go, inside, settings_of, show
from onrecord.web.guarding.guards import Form, Refused, cookie, visitor_of
from onrecord.web.guarding.roles import NAME, by_password
from onrecord.web.guarding.sessions import COOKIE, LONGEST_SESSION, THEME, THEMES, session_cookie

router = APIRouter(include_in_schema=False)
TRIES, TRIES_SECONDS = 6, 60.0
THEME_SECONDS = 365 * 24 * 3600
_failed: dict[str, list[float]] = {}
_counting = threading.Lock()


@dataclass(frozen=True, slots=True)
class EnterPage:
    """Where one says who one is. `password` is whether one must prove it."""

    back: str
    password: bool
    name: str
    role: str
    wrong: bool


@router.get("/enter")
def enter(request: Request, back: str = "/") -> Response:
    """Who is reading?"""
    who = visitor_of(request)
    page = EnterPage(inside(back), bool(settings_of(request).accounts), who.name, who.role or "", False)
    return show(request, "enter.html", page)


@router.post("/enter")
def entered(request: Request, form: Form) -> Response:
    """Check name and password, and begin a session. Raises Refused after too many wrong ones."""
    settings, name, back = settings_of(request), str(form.get("name", "")).strip(), inside(str(form.get("back", "/")))
    if settings.accounts:
        address = request.client.host if request.client else ""
        _slow_down(address, name)
        account = by_password(settings.accounts, name, str(form.get("password", "")))
        if account is None:
            _note_failure(address, name)
            request.app.state.audit.note(name[:64], "sign-in", "wrong password", 403, address)
            return show(request, "enter.html", EnterPage(back, True, "", "", True), status=403)
        name = account.name
    elif not NAME.fullmatch(name):
        raise Refused(422, "no name, or one with other signs in it", "Give a name of letters and digits")
    response = go(request, back, f"You are here as {name}.")
    response.headers.append("set-cookie", cookie(settings, COOKIE, session_cookie(settings, name), LONGEST_SESSION))
    return response


@router.post("/leave")
def leave(request: Request, _: Form) -> Response:
    """End the session."""
    response = go(request, "/enter", "You have signed out.")
    response.headers.append(
        "set-cookie", cookie(settings_of(request), COOKIE, session_cookie(settings_of(request), ""))
    )
    return response


@router.post("/theme")
def theme(request: Request, form: Form) -> Response:
    """Light, dark, or as the system has it."""
    response = go(request, str(form.get("back", "/")))
    chosen = str(form.get("theme", "auto"))
    if chosen in THEMES:
        response.headers.append("set-cookie", cookie(settings_of(request), THEME, chosen, THEME_SECONDS))
    return response


def _slow_down(*keys: str) -> None:
    """Raises Refused where one of these failed too often within the last minute."""
    since = time.monotonic() - TRIES_SECONDS
    with _counting:
        for key in keys:
            _failed[key] = [at for at in _failed.get(key, []) if at > since]
            if len(_failed[key]) >= TRIES:
                raise Refused(429, "too many wrong passwords", "Wait a minute, and try again")
            if not _failed[key]:
                del _failed[key]


def _note_failure(*keys: str) -> None:
    with _counting:
        for key in keys:
            _failed.setdefault(key, []).append(time.monotonic())
