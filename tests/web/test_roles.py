"""Accounts: what is kept proves a password without holding it; roles include one another."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import InputError, UsageError
from onrecord.web.guarding.roles import (
    Account,
    by_password,
    by_token,
    fits,
    hashed,
    load_accounts,
    may,
    new_token,
    save_accounts,
)

PASSWORD = "a long password"


@pytest.mark.parametrize(
    ("role", "wanted", "allowed"),
    [
        ("reader", "reader", True),
        ("reader", "coder", False),
        ("coder", "reader", True),
        ("coder", "admin", False),
        ("admin", "coder", True),
        (None, "reader", False),
    ],
)
def test_a_role_includes_those_before_it(role: str | None, wanted: str, allowed: bool) -> None:
    assert may(role, wanted) is allowed  # type: ignore[arg-type]


def test_a_password_is_known_again_and_not_kept() -> None:
    kept = hashed(PASSWORD)
    assert fits(PASSWORD, kept)
    assert not fits(PASSWORD + " ", kept)
    assert not fits(PASSWORD, "")
    assert PASSWORD not in kept
    assert kept != hashed(PASSWORD), "each has a salt of its own"


def test_a_short_password_is_refused() -> None:
    with pytest.raises(UsageError):
        hashed("short")


def test_accounts_come_back_from_their_file_which_only_the_owner_reads(tmp_path: Path) -> None:
    token, kept = new_token()
    accounts = (Account("anna", "coder", hashed(PASSWORD), (kept,)), Account("bo b", "reader"))
    path = tmp_path / "accounts.toml"
    save_accounts(path, accounts)
    assert load_accounts(path) == accounts
    assert path.stat().st_mode & 0o077 == 0
    assert token not in path.read_text("utf-8")
    assert by_password(accounts, "anna", PASSWORD) == accounts[0]
    assert by_password(accounts, "nobody", PASSWORD) is None
    assert by_password(accounts, "bo b", "") is None, "an account without a password cannot be entered by one"
    assert by_token(accounts, token) == accounts[0]
    assert by_token(accounts, "") is None


@pytest.mark.parametrize("broken", ["[anna]\n", "anna = 1\n", "[anna\n", '[anna]\nrole = "king"\n'])
def test_a_broken_file_is_told_of(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "accounts.toml"
    path.write_text(broken, "utf-8")
    with pytest.raises((InputError, UsageError)):
        load_accounts(path)


@pytest.mark.parametrize("name", ["", '"', "a\nb", "<b>", "x" * 65])
def test_a_name_that_could_break_the_file_or_the_log_is_refused(name: str) -> None:
    with pytest.raises(UsageError):
        Account(name, "reader")
