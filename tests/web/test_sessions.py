"""Cookies cannot be forged or kept for ever; the form token belongs to one session."""

from __future__ import annotations

import time

import pytest

from onrecord.web.guarding.roles import Account
from onrecord.web.guarding.sessions import (
    COOKIE,
    LONGEST_SESSION,
    form_token,
    form_token_fits,
    session_cookie,
    signed,
    unsigned,
    visitor,
)
from onrecord.web.settings import Settings

LOCAL = Settings(reader="Ada")
GUARDED = Settings(accounts=(Account("anna", "coder"),))


def test_what_was_signed_comes_back_and_nothing_else_does() -> None:
    value = signed(LOCAL.secret, {"name": "anna"})
    assert unsigned(LOCAL.secret, value) == {"name": "anna"}
    assert unsigned(GUARDED.secret, value) is None
    for broken in ("", ".", value[:-1], "x" + value, value.replace(".", "..")):
        assert unsigned(LOCAL.secret, broken) is None


def test_a_machine_of_ones_own_is_trusted_under_its_readers_name() -> None:
    who = visitor(LOCAL, {})
    assert (who.name, who.role, who.fresh) == ("Ada", "admin", True)


def test_with_accounts_nobody_is_somebody_before_signing_in() -> None:
    assert visitor(GUARDED, {}).role is None
    who = visitor(GUARDED, {COOKIE: session_cookie(GUARDED, "anna")})
    assert (who.name, who.role) == ("anna", "coder")


def test_an_account_taken_away_is_gone_at_once() -> None:
    later = Settings(accounts=(Account("bo"),), secret=GUARDED.secret)
    assert visitor(later, {COOKIE: session_cookie(GUARDED, "anna")}).role is None


def test_a_session_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    cookie = session_cookie(GUARDED, "anna")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + LONGEST_SESSION + 1)
    assert visitor(GUARDED, {COOKIE: cookie}).role is None


def test_a_form_token_is_of_one_session() -> None:
    one = visitor(LOCAL, {COOKIE: session_cookie(LOCAL, "anna")})
    other = visitor(LOCAL, {COOKIE: session_cookie(LOCAL, "anna")})
    assert form_token_fits(LOCAL, one, form_token(LOCAL, one))
    assert not form_token_fits(LOCAL, one, form_token(LOCAL, other))
    assert form_token(LOCAL, one) != form_token(LOCAL, one), "masked anew each time"
    for broken in ("", "a", "ä", form_token(LOCAL, one)[:-8], "A" * 88):
        assert not form_token_fits(LOCAL, one, broken)
    fresh = visitor(LOCAL, {})
    assert not form_token_fits(LOCAL, fresh, form_token(LOCAL, fresh)), "no cookie came back, so no form came from us"


def test_settings_come_back_whole_for_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    given = Settings(accounts=(Account("anna", "coder", "x", ("y",)),), hosts=("a", "b"), audit="log")
    monkeypatch.setenv("ONRECORD_READING_ROOM", given.to_json())
    assert Settings.from_environment() == given
    assert given.secret not in repr(given)
