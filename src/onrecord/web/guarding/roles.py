"""Who may do what. A reader reads; a coder also corrects and keeps; an admin may also erase.

Accounts stand in a TOML file that `onrecord serve --new-account` writes:

    [anna]
    role = "coder"
    password = "scrypt$…"
    tokens = ["sha256$…"]

No password is kept, only what scrypt (RFC 7914) makes of it with a salt; of a token its SHA-256.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import tomllib
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from onrecord.errors import InputError, MissingInput, UsageError

Role = Literal["reader", "coder", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
NAME = re.compile(r"[^\W_][\w.@ -]{0,63}")
COST, BLOCK, LANES = 2**14, 8, 1
SHORTEST_PASSWORD = 10


@dataclass(frozen=True, slots=True)
class Account:
    """One person, or one program: its name, its role, and what proves it."""

    name: str
    role: Role = "reader"
    password: str = ""
    tokens: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            raise UsageError(f"role {self.role!r} of {self.name!r}", f"one of {', '.join(ROLES)}", "Choose one")
        if not NAME.fullmatch(self.name):
            raise UsageError(
                f"the name {self.name[:80]!r}", "1 to 64 letters, digits, or . @ - and blanks", "Rename it"
            )


def may(role: Role | None, wanted: Role) -> bool:
    """Whether `role` includes `wanted`; None is nobody."""
    return role is not None and ROLES.index(role) >= ROLES.index(wanted)


def hashed(password: str, salt: bytes = b"") -> str:
    """What is kept of a password. Raises UsageError for one that is too short."""
    if len(password) < SHORTEST_PASSWORD:
        raise UsageError("a short password", f"{SHORTEST_PASSWORD} characters or more", "Take a longer one")
    salt = salt or secrets.token_bytes(16)
    return f"scrypt${b64encode(salt).decode()}${b64encode(_scrypt(password, salt)).decode()}"


def fits(password: str, kept: str) -> bool:
    """Whether `kept` was made of that password; takes the same time whether it was or not."""
    method, _, rest = kept.partition("$")
    salt, _, digest = rest.partition("$")
    if method != "scrypt":
        _scrypt(password, b"nobody's salt")
        return False
    return hmac.compare_digest(_scrypt(password, b64decode(salt)), b64decode(digest))


def new_token() -> tuple[str, str]:
    """A token to give away, and what is kept of it."""
    token = f"onrecord_{secrets.token_urlsafe(32)}"
    return token, _of_token(token)


def by_password(accounts: Sequence[Account], name: str, password: str) -> Account | None:
    """The account with that name and password."""
    account = next((one for one in accounts if one.name == name), None)
    return account if fits(password, account.password if account else "") and account else None


def by_token(accounts: Sequence[Account], token: str) -> Account | None:
    """The account that a token belongs to."""
    digest = _of_token(token)
    return next((one for one in accounts for kept in one.tokens if hmac.compare_digest(kept, digest)), None)


def by_name(accounts: Sequence[Account], name: str) -> Account | None:
    """The account with that name."""
    return next((one for one in accounts if one.name == name), None)


def load_accounts(path: Path) -> tuple[Account, ...]:
    """The accounts of a file. Raises InputError where it cannot be read, UsageError for a wrong account."""
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise MissingInput(f"{path} ({error.strerror})", "a file of accounts", "Make it: --new-account NAME") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {error}", "TOML, a table for each account", "Mend the line") from error
    accounts = []
    for name, table in tables.items():
        try:
            accounts.append(Account(name, table["role"], table.get("password", ""), tuple(table.get("tokens", ()))))
        except (KeyError, TypeError, AttributeError) as error:
            raise InputError(f"account {name!r} in {path}: {error}", "role and password", "Make it anew") from error
    return tuple(accounts)


def save_accounts(path: Path, accounts: Sequence[Account]) -> None:
    """Write the file, for its owner's eyes alone."""
    lines = []
    for one in accounts:
        tokens = ", ".join(f'"{token}"' for token in one.tokens)
        lines.append(f'["{one.name}"]\nrole = "{one.role}"\npassword = "{one.password}"\ntokens = [{tokens}]\n')
    path.touch(mode=0o600, exist_ok=True)
    path.write_text("\n".join(lines), "utf-8")


def _scrypt(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode("utf-8", "surrogatepass"), salt=salt, n=COST, r=BLOCK, p=LANES, dklen=32)


def _of_token(token: str) -> str:
    return "sha256$" + hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
