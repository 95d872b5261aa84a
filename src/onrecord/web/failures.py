"""What went wrong, as a page or, under /api, as problem+json (RFC 9457): seen, wanted, what to do; no traceback."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Match

from onrecord.errors import (
    ArchiveError,
    EditConflict,
    FullDisk,
    LockedArchive,
    NoSuchEntry,
    OnrecordError,
    ReadOnlyArchive,
    RefusedEdit,
    TooLarge,
)
from onrecord.web.frames import go, show
from onrecord.web.guarding.guards import Refused

STATUS: tuple[tuple[type[OnrecordError], int], ...] = (
    (NoSuchEntry, 404),
    (EditConflict, 409),
    (RefusedEdit, 422),
    (TooLarge, 413),
    (LockedArchive, 503),
    (ReadOnlyArchive, 403),
    (FullDisk, 507),
    (ArchiveError, 500),
)
TITLES = {
    400: "That cannot be meant",
    401: "Sign in first",
    403: "Not allowed",
    404: "Not here",
    405: "Not this way",
    409: "Somebody was faster",
    413: "Too much at once",
    415: "Not in this form",
    422: "That cannot be done",
    429: "Too often",
    500: "Something is wrong here",
    503: "Busy",
    507: "No room left",
}


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """What is the matter, and what to do about it."""

    status: int
    title: str
    seen: str
    wanted: str
    todo: str


def catch_failures(app: FastAPI) -> None:
    """Make every failure an answer that a reader, or a program, can use."""

    @app.exception_handler(OnrecordError)
    def known(request: Request, error: OnrecordError) -> Response:
        status = next((status for kind, status in STATUS if isinstance(error, kind)), 400)
        return problem(request, status, error.seen, error.wanted, error.todo)

    @app.exception_handler(Refused)
    def refused(request: Request, error: Refused) -> Response:
        if error.status == 401 and not _for_program(request):
            return go(request, f"/enter?back={quote(request.url.path)}")
        return problem(request, error.status, error.seen, "", error.todo)

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> Response:
        seen = f"nothing at {request.url.path[:200]}" if error.status_code == 404 else str(error.detail)
        response = problem(request, error.status_code, seen, "", "Go back, or search")
        response.headers.update(error.headers or {})
        if error.status_code == 405:
            response.headers["allow"] = ", ".join(_allowed(request))
        return response

    @app.exception_handler(RequestValidationError)
    def malformed(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0] if error.errors() else {}
        where = ".".join(str(part) for part in first.get("loc", ()))
        return problem(request, 422, f"{where}: {first.get('msg', 'not as it should be')}", "", "Correct it")


def fault(request: Request, error: Exception) -> Response:
    """The answer to what nobody foresaw; the traceback goes to the log of the server alone."""
    logging.getLogger("onrecord.web").error("a fault at %s", request.url.path, exc_info=error)
    return problem(request, 500, f"a fault in onrecord itself ({type(error).__name__})", "", "Report what you did")


def problem(request: Request, status: int, seen: str, wanted: str, todo: str) -> Response:
    """The answer that tells of it."""
    title = TITLES.get(status, "That did not work")
    todo = f"{todo.rstrip('.')}." if todo else ""
    if _for_program(request):
        body = {"type": "about:blank", "title": title, "status": status, "detail": seen, "wanted": wanted, "todo": todo}
        return JSONResponse({k: v for k, v in body.items() if v}, status, media_type="application/problem+json")
    return show(request, "problem.html", ProblemPage(status, title, seen, wanted, todo), status=status)


def _allowed(request: Request) -> list[str]:
    """The methods that this address takes; each may have a route of its own."""
    found: set[str] = set()
    for route in request.app.state.routes:
        if route.matches(request.scope)[0] is not Match.NONE:
            found |= getattr(route, "methods", None) or set()
    return sorted(found)


def _for_program(request: Request) -> bool:
    return request.url.path.startswith("/api/")
