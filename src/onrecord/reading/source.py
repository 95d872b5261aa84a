"""What every reader shares: its signature, its size limit, and what a caller knows beforehand."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from onrecord.errors import InputError, MissingExtra, TooLarge
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
    columns: Mapping[str, str] = field(default_factory=dict)
    """Of tables and JSON lines: which column, or key, is what, as {"text": "Body"}."""


Reader = Callable[[BinaryIO, str, Defaults], Iterator[Article | Skipped]]
"""An open stream, the name to report it by, and the defaults; what it cannot read it yields as Skipped."""


def too_large(seen: str, limit: int = LIMIT) -> TooLarge:
    """The error for something over the limit, described by `seen`."""
    unit = "an article" if limit == LIMIT else "a file of this kind"
    return TooLarge(seen, f"at most {limit:,} bytes {unit}", "Split it into one file, or line, an article")


def read_all(stream: BinaryIO, limit: int = LIMIT) -> bytes:
    """All of the stream. Raises TooLarge for one of more than `limit` bytes: unread, where its size can be told."""
    if stream.seekable():
        here = stream.tell()
        size = stream.seek(0, io.SEEK_END) - here
        stream.seek(here)
        if size > limit:
            raise too_large(f"{size:,} bytes", limit)
    if len(data := stream.read(limit + 1)) > limit:
        raise too_large(f"more than {limit:,} bytes", limit)
    return data


def guarded(name: str, read: Callable[[], Article]) -> Article | Skipped:
    """What `read` gives, or why it gives nothing; a failure that nobody foresaw is told as one, and counted too."""
    try:
        return read()
    except (InputError, MissingExtra) as error:
        return Skipped.because(name, error)
    except Exception as error:
        return unforeseen(name, error)


def unforeseen(name: str, error: Exception) -> Skipped:
    """The refusal of an input at which a reader, or a library it calls, failed."""
    seen = f"something its reader cannot take ({type(error).__name__}: {str(error)[:100]})"
    return Skipped(name, f"{seen}; wanted an intact file", "Check that it opens elsewhere, or leave it out")
