"""What every reader shares: its signature, its size limit, and what a caller knows beforehand."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from onrecord.errors import TooLarge
from onrecord.records import Article, Skipped

LIMIT = 8 * 1024 * 1024
"""Bytes of one article, or of one line of JSON: some 1.3 million words."""


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds of every article whose source does not say otherwise."""

    title: str | None = None
    outlet: str | None = None
    published: datetime.date | None = None
    url: str | None = None
    language: str | None = "en"


Reader = Callable[[BinaryIO, str, Defaults], Iterator[Article | Skipped]]
"""An open stream, the name to report it by, and the defaults; what it cannot read it yields as Skipped."""


def too_large(seen: str) -> TooLarge:
    """The error for something over LIMIT, described by `seen`."""
    return TooLarge(seen, f"at most {LIMIT:,} bytes an article", "Split it into one file, or line, an article")
