"""Text comes in: files and standard input become Articles, and what cannot be read a Skipped.

A further kind of source is one more file here and one more line in READERS.
"""

from __future__ import annotations

import datetime
import io
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import MissingInput
from onrecord.reading.lines import read_lines
from onrecord.reading.plain import read_plain
from onrecord.reading.source import Defaults, Reader
from onrecord.records import Article, Skipped

READERS: dict[str, Reader] = {
    ".json": read_lines,
    ".jsonl": read_lines,
    ".ndjson": read_lines,
    ".txt": read_plain,
}
"""File suffix, in lower case, to the reader; a suffix not here is judged by its first bytes."""

STANDARD_INPUT = "-"
JSON_START = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*["}]')


def open_articles(
    paths: Iterable[str],
    *,
    title: str | None = None,
    outlet: str | None = None,
    published: datetime.date | None = None,
    url: str | None = None,
    language: str | None = "en",
    stdin: BinaryIO | None = None,
) -> Iterator[Article | Skipped]:
    """Every article of every path, in order, read as it is asked for; "-" is standard input.

    `title` … `language` hold of each article whose source does not say otherwise. `stdin` is what
    to read for "-", sys.stdin if left out. Nothing is raised for an input: it comes as a Skipped.
    """
    defaults = Defaults(title, outlet, published, url, language)
    for path in paths:
        name = "standard input" if path == STANDARD_INPUT else _printable(path)
        try:
            with _opened(path, stdin) as stream:
                reader = READERS.get(Path(name).suffix.lower()) or _reader_for(_start_of(stream))
                yield from reader(stream, name, defaults)
        except OSError as error:
            yield Skipped.because(name, _missing(error))


def _opened(path: str, stdin: BinaryIO | None) -> AbstractContextManager[BinaryIO]:
    if path == STANDARD_INPUT:
        return nullcontext(stdin or sys.stdin.buffer)
    if "\0" in path:
        raise OSError("its name has a NUL character in it")
    return Path(path).open("rb")


def _start_of(stream: BinaryIO) -> bytes:
    if isinstance(stream, io.BufferedReader):  # a pipe too can be peeked into, though not rewound
        return stream.peek(1024)
    here = stream.tell()
    start = stream.read(1024)
    stream.seek(here)
    return start


def _reader_for(start: bytes) -> Reader:
    return read_lines if JSON_START.match(start) else read_plain


def _missing(error: OSError) -> MissingInput:
    match error:
        case FileNotFoundError():
            seen, todo = "no such file", "Check the path"
        case IsADirectoryError():
            seen, todo = "a directory", "Name the files in it, as in DIRECTORY/*"
        case PermissionError():
            seen, todo = "a file that may not be read", "Change its permissions"
        case _:
            seen, todo = f"a failure to read ({error.strerror or error})", "Check the path and the disk"
    return MissingInput(seen, "a readable file", todo)


def _printable(path: str) -> str:
    return os.fsencode(path).decode("utf-8", "replace")
