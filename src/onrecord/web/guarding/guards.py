"""What stands between the network and the pages: host, size and time limits, headers, roles, form tokens.

Content-Security-Policy (W3C, level 3) allows this server's own style sheet and module and nothing else; no page has a
script or style within it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request
from starlette.datastructures import FormData, Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.web.guarding.audit import Audit
from onrecord.web.guarding.roles import Role
from onrecord.web.guarding.sessions import COOKIE, Visitor, form_token_fits, session_cookie, visitor
from onrecord.web.settings import Settings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


Fault = Callable[[Request, Exception], Response]
"""What answers where the program itself failed."""


class Refused(Exception):
    """A request that is not answered as asked: the HTTP `status`, what is the matter, and what to do."""

    def __init__(self, status: int, seen: str, todo: str) -> None:
        super().__init__(status, seen, todo)
        self.status, self.seen, self.todo = status, seen, todo


class Guards:
    """The outermost layer of the application (ASGI)."""

    def __init__(self, app: ASGIApp, settings: Settings, audit: Audit, fault: Fault) -> None:
        self._app, self._settings, self._audit, self._fault = app, settings, audit, fault

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        request = Request(scope)
        who = visitor(self._settings, request.cookies, headers.get("authorization", ""))
        scope.setdefault("state", {})["visitor"] = who
        sent = _Sending(send, self._settings, who, self._log(scope, who))
        if (refusal := self._refusal(headers)) is not None:
            await _fit(scope, refusal)(scope, receive, sent)
        else:
            try:
                async with asyncio.timeout(self._settings.seconds):
                    await self._app(scope, _limited(receive, self._settings.most_bytes), sent)
            except TimeoutError:
                if not sent.status:
                    await _fit(scope, PlainTextResponse("It took too long. Ask for less.", 503))(scope, receive, sent)
            except TooMuch:
                if not sent.status:
                    await _fit(scope, _too_large(self._settings))(scope, receive, sent)
            except Exception as error:
                if sent.status:
                    raise
                await self._fault(request, error)(scope, receive, sent)

    def _log(self, scope: Scope, who: Visitor) -> Callable[[int], None]:
        """Notes the status of what changes something, and of refusals."""

        def note(status: int) -> None:
            if scope["method"] in CHANGING or status in (401, 403):
                address = scope["client"][0] if scope.get("client") else ""
                self._audit.note(who.name, scope["method"], scope["path"], status, address)

        return note

    def _refusal(self, headers: Headers) -> PlainTextResponse | None:
        host = headers.get("host", "").casefold()
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        if name not in self._settings.hosts and "*" not in self._settings.hosts:
            return PlainTextResponse("This server does not answer to that name. Start it with --allow-host NAME.", 421)
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit():
            return PlainTextResponse("Content-Length is not a number.", 400)
        return _too_large(self._settings) if int(length[:20]) > self._settings.most_bytes else None


class _Sending:
    """`send` that logs the status before anyone sees it, and adds the headers, and the session cookie where the
    visitor has none; remembers the status."""

    def __init__(self, send: Send, settings: Settings, who: Visitor, log: Callable[[int], None]) -> None:
        self._send, self._settings, self._who, self._log = send, settings, who, log
        self.status = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self._log(self.status)
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            if self._settings.https:
                headers.setdefault("strict-transport-security", "max-age=31536000")
            page = headers.get("content-type", "").startswith("text/html")
            if page:
                headers.setdefault("cache-control", "private, no-cache")
            if (
                page
                and self._who.fresh
                and not self._who.by_token
                and COOKIE + "=" not in str(headers.getlist("set-cookie"))
            ):
                value = session_cookie(self._settings, "", self._who.nonce)
                headers.append("set-cookie", cookie(self._settings, COOKIE, value))
        await self._send(message)


def cookie(settings: Settings, name: str, value: str, seconds: int | None = None) -> str:
    """A Set-Cookie header: not for scripts, not sent from other sites; for `seconds`, or until the browser closes."""
    age = "" if seconds is None else f"; Max-Age={seconds}"
    return f"{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}" + ("; Secure" if settings.https else "")


def visitor_of(request: Request) -> Visitor:
    """Who is asking."""
    found: Visitor = request.state.visitor
    return found


def needs(role: Role) -> Callable[[Request], Visitor]:
    """A dependency that lets through whoever has `role`. Raises Refused."""

    def check(request: Request) -> Visitor:
        who = visitor_of(request)
        if who.may(role):
            return who
        if not who.name:
            raise Refused(401, "nobody signed in", "Sign in first")
        raise Refused(403, f"the role {who.role} of {who.name}", f"This needs the role {role}; ask an admin")

    return check


async def form_of(request: Request) -> Mapping[str, Any]:
    """The fields of a form, after its token and its origin were checked. Raises Refused."""
    settings: Settings = request.app.state.settings
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Refused(403, "a form sent from another site", "Open the page here, and send it from there")
    form: FormData = await request.form(max_files=4, max_fields=200)
    token = form.get("csrf", "")
    if not form_token_fits(settings, visitor_of(request), token if isinstance(token, str) else ""):
        raise Refused(403, "a form without the token of this session", "Load the page again, and send it again")
    return form


LARGEST = 2**63 - 1
Number = Annotated[int, Path(ge=1, le=LARGEST)]
"""An id of the archive in an address."""

Before = Annotated[int | None, Query(ge=1, le=LARGEST)]
Form = Annotated[Mapping[str, Any], Depends(form_of)]
Reader = Annotated[Visitor, Depends(needs("reader"))]
Coder = Annotated[Visitor, Depends(needs("coder"))]
Admin = Annotated[Visitor, Depends(needs("admin"))]


class TooMuch(HTTPException):
    """More bytes came than may."""

    def __init__(self) -> None:
        super().__init__(413, "more bytes than may be sent")


def _limited(receive: Receive, most: int) -> Callable[[], Awaitable[Message]]:
    got = 0

    async def limited() -> Message:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        if got > most:
            raise TooMuch
        return message

    return limited


def _fit(scope: Scope, refusal: PlainTextResponse) -> Response:
    """The refusal, for a program as problem+json."""
    if not scope["path"].startswith("/api/"):
        return refusal
    told = bytes(refusal.body).decode()
    body = {"type": "about:blank", "title": "Not answered", "status": refusal.status_code, "detail": told}
    return JSONResponse(body, refusal.status_code, media_type="application/problem+json")


def _too_large(settings: Settings) -> PlainTextResponse:
    return PlainTextResponse(f"That is more than {settings.most_bytes:,} bytes. Send less.", 413)
