"""Text comes in: files, folders, addresses and standard input become Articles, and what cannot be read a Skipped.

A further kind of source is one more file here and one more line in READERS.
"""

from __future__ import annotations

import datetime
import io
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import EmptyInput, InputError, MissingInput, UnsafeInput
from onrecord.reading.containers import Container, folder_files, gzip_member, zip_members
from onrecord.reading.documents import read_docx, read_html, read_rtf
from onrecord.reading.feed import read_feed
from onrecord.reading.lines import read_lines
from onrecord.reading.mail import read_mail
from onrecord.reading.parquet import read_parquet
from onrecord.reading.plain import read_plain
from onrecord.reading.source import Defaults, Reader, unforeseen
from onrecord.reading.table import read_table
from onrecord.reading.warc import read_warc
from onrecord.records import Article, Skipped

READERS: dict[str, Reader] = {
    ".atom": read_feed,
    ".csv": read_table,
    ".docx": read_docx,
    ".eml": read_mail,
    ".htm": read_html,
    ".html": read_html,
    ".json": read_lines,
    ".jsonl": read_lines,
    ".ndjson": read_lines,
    ".parquet": read_parquet,
    ".rdf": read_feed,
    ".rss": read_feed,
    ".rtf": read_rtf,
    ".tsv": read_table,
    ".txt": read_plain,
    ".warc": read_warc,
    ".warc.gz": read_warc,
    ".xhtml": read_html,
}
"""End of a file's name, in lower case, to the reader; a name that ends otherwise is judged by its first bytes."""

CONTAINERS: dict[str, Container] = {".gz": gzip_member, ".zip": zip_members}
"""The same for files that hold files."""

STANDARD_INPUT = "-"
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://|(?:javascript|data|vbscript):", re.I)
MARK = rb"(?:\xef\xbb\xbf)?\s*"
STARTS: tuple[tuple[re.Pattern[bytes], Reader | Container], ...] = (
    (re.compile(MARK + rb"\{\s*[\"}]"), read_lines),
    (
        re.compile(MARK + rb"(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)*(?:<!doctype html|<html)", re.I | re.S),
        read_html,
    ),
    (re.compile(MARK + rb"(?:<\?xml[^>]*>\s*)?(?:<!.{0,500}?>\s*)*<(?:rss|feed|rdf:RDF|\?xml)\b", re.S), read_feed),
    (re.compile(MARK + rb"<\?xml"), read_feed),
    (re.compile(rb"WARC/\d"), read_warc),
    (re.compile(rb"\{\\rtf"), read_rtf),
    (re.compile(rb"PAR1"), read_parquet),
    (re.compile(rb"PK\x03\x04"), zip_members),
    (re.compile(rb"\x1f\x8b"), gzip_member),
)
DEEPEST = 3
"""How far containers may stand in one another."""


def open_articles(
    paths: Iterable[str],
    *,
    title: str | None = None,
    outlet: str | None = None,
    published: datetime.date | None = None,
    url: str | None = None,
    language: str | None = "en",
    columns: Mapping[str, str] | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Article | Skipped]:
    """Every article of every path, in order, read as it is asked for.

    A path is a file, a folder, an address (https://…), or "-" for standard input. `title` … `language`
    hold of each article whose source does not say otherwise; of a text that is plainly in another
    language, that one does. `columns` says which column of a table, or key of JSON lines, is what, as
    {"text": "Body"}. `stdin` is what to read for "-", sys.stdin if left out. Nothing is raised for an
    input: it comes as a Skipped.
    """
    defaults = Defaults(title, outlet, published, url, language, columns or {})
    for path in paths:
        try:
            yield from _articles_of(path, defaults, stdin)
        except OSError as error:
            yield Skipped.because(_name_of(path), _missing(error))


def _articles_of(path: str, defaults: Defaults, stdin: BinaryIO | None) -> Iterator[Article | Skipped]:
    if ADDRESS.match(path):
        from onrecord.reading.fetch import fetched

        yield from fetched(path, defaults)
    elif path != STANDARD_INPUT and "\0" not in path and Path(path).is_dir():
        yield from _folder(Path(path), defaults)
    else:
        with _opened(path, stdin) as stream:
            yield from _read(stream, _name_of(path), defaults)


def _folder(folder: Path, defaults: Defaults) -> Iterator[Article | Skipped]:
    empty = True
    for item in folder_files(folder):
        empty = False
        if isinstance(item, Skipped):
            yield item
            continue
        try:
            with item.open("rb") as stream:
                yield from _read(stream, _name_of(str(item)), defaults)
        except OSError as error:
            yield Skipped.because(_name_of(str(item)), _missing(error))
    if empty:
        error = EmptyInput("a directory without a file to read", "articles in it", "Check the path")
        yield Skipped.because(_name_of(str(folder)), error)


def _read(stream: BinaryIO, name: str, defaults: Defaults, depth: int = 0) -> Iterator[Article | Skipped]:
    """What the stream holds, and what stands in its way; this is where the failures of libraries end."""
    try:
        opener = _opener_for(stream, name)
        if opener not in CONTAINERS.values():
            yield from opener(stream, name, defaults)  # type: ignore[call-arg, misc, arg-type]
        elif depth == DEEPEST:
            yield Skipped.because(
                name, UnsafeInput("packed files packed too deep", f"at most {DEEPEST} levels", "Unpack it first")
            )
        else:
            for member in opener(stream, name):  # type: ignore[call-arg, misc]
                if isinstance(member, tuple):
                    yield from _read(member[1], member[0], defaults, depth + 1)
                else:
                    yield member
    except InputError as error:
        yield Skipped.because(name, error)
    except OSError:
        raise
    except Exception as error:
        yield unforeseen(name, error)


def _opener_for(stream: BinaryIO, name: str) -> Reader | Container:
    lower = name.lower()
    for suffixes in (READERS, CONTAINERS):
        for suffix in ("".join(Path(lower).suffixes[-2:]), Path(lower).suffix):
            if suffix in suffixes:
                return suffixes[suffix]
    start = _start_of(stream)
    return next((opener for pattern, opener in STARTS if pattern.match(start)), read_plain)


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


def _missing(error: OSError) -> MissingInput:
    match error:
        case FileNotFoundError():
            seen, todo = "no such file", "Check the path"
        case PermissionError():
            seen, todo = "a file that may not be read", "Change its permissions"
        case _:
            seen, todo = f"a failure to read ({error.strerror or error})", "Check the path and the disk"
    return MissingInput(seen, "a readable file", todo)


def _name_of(path: str) -> str:
    return "standard input" if path == STANDARD_INPUT else os.fsencode(path).decode("utf-8", "replace")
