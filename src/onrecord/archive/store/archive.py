"""The open archive: what all that is done with one is given."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from onrecord.archive.store.database import Database

FIXED_CLOCK = "SOURCE_DATE_EPOCH"


def utc_now() -> datetime:
    """Now; or the second that SOURCE_DATE_EPOCH names, for archives that must come out alike."""
    fixed = os.environ.get(FIXED_CLOCK, "")
    if fixed.isascii() and fixed.isdigit():
        return datetime.fromtimestamp(int(fixed), UTC)
    return datetime.now(UTC)


@dataclass
class Archive:
    """An open archive: `where` it is (without a password), its connection, and the clock its rows are dated by.

    Used as a context manager it closes itself. One thread at a time; open it once a thread.
    """

    where: str
    database: Database
    clock: Callable[[], datetime] = utc_now

    def now(self) -> str:
        """The time for a row, in UTC, to the second."""
        return self.clock().astimezone(UTC).isoformat(timespec="seconds")

    def close(self) -> None:
        """Let go of the file or the server."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
