"""What every reader shares: its signature, its limits, and what a caller knows beforehand."""

from __future__ import annotations

import datetime
import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from onrecord.errors import TooLarge
from onrecord.records import Article, Skipped

LIMIT = 8 * 1024 * 1024
"""Bytes of one article, or of one line of JSON: some 1.3 million words."""
LIMIT_OF_A_FILE = 8 * LIMIT
"""Bytes of a file that holds many articles and must be taken in as a whole: an export, a mail with attachments."""
DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, RuntimeError)
"""What Python raises where a packed file is not what it says."""

FIELDS = ("text", "title", "outlet", "date", "url", "id", "language")
"""What a column, or a key of JSON, may be named for."""
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*(?=:)")
IGNORED_IN_ADDRESSES = re.compile(r"[\x00-\x20\x7f]+")  # a browser too passes over them


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds of every article whose source does not say otherwise.

    `columns` is not about the articles but about their table: the name of the column, or JSON key, for one of FIELDS.
    """

    title: str | None = None
    outlet: str | None = None
    published: datetime.date | None = None
    url: str | None = None
    language: str | None = "en"
    columns: Mapping[str, str] = field(default_factory=dict)


Reader = Callable[[BinaryIO, str, Defaults], Iterator[Article | Skipped]]
"""An open stream, the name to report it by, and the defaults; what it cannot read it yields as Skipped."""


def too_large(seen: str, limit: int = LIMIT) -> TooLarge:
    """The error for something over `limit`, described by `seen`."""
    return TooLarge(seen, f"at most {limit:,} bytes an article", "Split it into one file, or line, an article")


def read_all(stream: BinaryIO, limit: int = LIMIT) -> bytes:
    """All bytes of `stream`. Raises TooLarge: by its size, unread, where it has one, and else after `limit` bytes."""
    if stream.seekable():
        here = stream.tell()
        size = stream.seek(0, io.SEEK_END) - here
        stream.seek(here)
        if size > limit:
            raise too_large(f"{size:,} bytes", limit)
    if len(data := stream.read(limit + 1)) > limit:
        raise too_large(f"more than {limit:,} bytes", limit)
    return data


def is_web_address(url: str) -> bool:
    """Whether `url` may stand in a link: http, https, or no scheme at all; javascript:, data: and the like may not."""
    scheme = SCHEME.match(IGNORED_IN_ADDRESSES.sub("", url))
    return scheme is None or scheme.group().lower() in ("http", "https")
