"""What the reading room is told when it opens: the archive, who may come in, the limits. Goes to workers as JSON."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from onrecord.errors import UsageError
from onrecord.web.guarding.roles import Account

ENVIRONMENT = "ONRECORD_READING_ROOM"
HERE = ("localhost", "127.0.0.1", "[::1]")
MEBIBYTE = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything a worker needs to know.

    Without `accounts` whoever reaches the page is trusted with all of it under the name `reader`: only for a server
    that this machine alone can reach. With `public` anyone may read, and only what changes something asks for a name.
    `hosts` are the names under which the server answers. `seconds` is how long one answer may take,
    `rate` how often a client may ask /api in a minute (0: as often as it likes), `inception` whether the room answers
    INCEpTION as a recommender.
    """

    archive: str = "onrecord.db"
    reader: str = "reader"
    accounts: tuple[Account, ...] = ()
    public: bool = False
    hosts: tuple[str, ...] = HERE
    secret: str = field(default_factory=lambda: secrets.token_hex(32), repr=False)
    directory: tuple[str, ...] = ()
    audit: str | None = None
    https: bool = False
    most_bytes: int = 4 * MEBIBYTE
    seconds: float = 30.0
    rate: int = 3_000
    inception: bool = False

    def to_json(self) -> str:
        """All of it in one line, the secret too: for the environment of a worker, nowhere else."""
        return json.dumps(asdict(self))

    @classmethod
    def from_environment(cls) -> Self:
        """What `to_json` gave, from the environment. Raises UsageError where it is not there."""
        if not (given := os.environ.get(ENVIRONMENT)):
            raise UsageError(f"no {ENVIRONMENT} in the environment", "settings", "Start it with: onrecord serve")
        values: dict[str, Any] = json.loads(given)
        accounts = tuple(Account(**{**one, "tokens": tuple(one["tokens"])}) for one in values.pop("accounts"))
        for name in ("hosts", "directory"):
            values[name] = tuple(values[name])
        return cls(accounts=accounts, **values)
