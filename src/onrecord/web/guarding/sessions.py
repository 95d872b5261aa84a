"""Who is asking: the session cookie, signed and not to be forged; the form token bound to it; the visitor.

The cookie holds a name, a nonce and the time, and their HMAC-SHA256; nothing is kept on the server. The role is looked
up anew for each request, so that an account taken away is gone at once.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from onrecord.web.guarding.roles import ROLES, Role, by_name, by_token, may
from onrecord.web.settings import Settings

COOKIE, TOLD, THEME = "onrecord", "onrecord_told", "onrecord_theme"
THEMES = ("auto", "light", "dark")
LONGEST_SESSION = 14 * 24 * 3600
BEARER = "bearer "


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who is asking. `role` is None for one who may not even read; `fresh` says that the cookie is still to be set.

    `by_token` is set for a program with a token, which needs no form token: no browser sends one unasked.
    """

    name: str = ""
    role: Role | None = None
    nonce: str = ""
    theme: str = "auto"
    fresh: bool = False
    by_token: bool = False

    def may(self, wanted: Role) -> bool:
        """Whether the role includes the one wanted."""
        return may(self.role, wanted)


def visitor(settings: Settings, cookies: Mapping[str, str], authorization: str = "") -> Visitor:
    """The visitor of a request, by its cookies or its Authorization header."""
    theme = cookies.get(THEME, "auto")
    nobody = Visitor(nonce=secrets.token_urlsafe(12), theme=theme if theme in THEMES else "auto", fresh=True)
    if authorization.casefold().startswith(BEARER):
        account = by_token(settings.accounts, authorization[len(BEARER) :].strip())
        return replace(
            nobody, name=account.name if account else "", role=account.role if account else None, by_token=True
        )
    session = unsigned(settings.secret, cookies.get(COOKIE, "")) or {}
    if session and time.time() - session["at"] < LONGEST_SESSION:
        nobody = replace(nobody, nonce=session["nonce"], fresh=False)
    else:
        session = {}
    name = session.get("name", "")
    if not settings.accounts:
        return replace(nobody, name=name or settings.reader, role=ROLES[-1])
    if name and (account := by_name(settings.accounts, name)):
        return replace(nobody, name=name, role=account.role)
    return replace(nobody, role=ROLES[0] if settings.public else None)


def session_cookie(settings: Settings, name: str, nonce: str = "") -> str:
    """The value of the session cookie. After signing in it gets a new nonce."""
    return signed(settings.secret, {"name": name, "nonce": nonce or secrets.token_urlsafe(12), "at": int(time.time())})


def form_token(settings: Settings, visitor: Visitor) -> str:
    """What every form of this session carries (the HMAC-based token pattern against forged requests).

    Masked anew for each page, as pages are compressed: else their length would tell of it (Gluck, Harris, Prado 2013).
    """
    mac = _digest(settings.secret, b"form:" + visitor.nonce.encode())
    pad = secrets.token_bytes(len(mac))
    return urlsafe_b64encode(pad + bytes(a ^ b for a, b in zip(pad, mac, strict=True))).decode()


def form_token_fits(settings: Settings, visitor: Visitor, given: str) -> bool:
    """Whether `given` is a form token of this session."""
    mac = _digest(settings.secret, b"form:" + visitor.nonce.encode())
    try:
        masked = urlsafe_b64decode(given.encode("ascii"))
    except ValueError:
        return False
    pad, rest = masked[: len(mac)], masked[len(mac) :]
    if visitor.fresh or len(rest) != len(mac):
        return False
    return hmac.compare_digest(bytes(a ^ b for a, b in zip(pad, rest, strict=True)), mac)


def signed(secret: str, values: Mapping[str, Any]) -> str:
    """The values with their signature, fit for a cookie."""
    body = urlsafe_b64encode(json.dumps(values, ensure_ascii=True).encode()).decode()
    return f"{body}.{_mac(secret, body.encode())}"


def unsigned(secret: str, value: str) -> dict[str, Any] | None:
    """What was signed, or None where the signature is not ours."""
    body, _, mac = value.rpartition(".")
    if not body or not hmac.compare_digest(
        _mac(secret, body.encode("utf-8", "replace")).encode(), mac.encode("utf-8", "replace")
    ):
        return None
    values: dict[str, Any] = json.loads(urlsafe_b64decode(body))
    return values


def _mac(secret: str, body: bytes) -> str:
    return urlsafe_b64encode(_digest(secret, body)).decode().rstrip("=")


def _digest(secret: str, body: bytes) -> bytes:
    return hmac.new(bytes.fromhex(secret), body, hashlib.sha256).digest()
