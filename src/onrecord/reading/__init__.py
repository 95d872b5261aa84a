"""Text comes in: files, folders, addresses and standard input become Articles, and what cannot be read a Skipped.

`kinds` tells which reader reads what; this is the way in.
"""

from __future__ import annotations

import datetime
import io
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import EmptyInput, InputError, MissingExtra, MissingInput, UnsafeInput
from onrecord.reading.kinds import LOOKED_AT, PASSED_OVER, kind_of, reader_for
from onrecord.reading.language import AUTO, marked
from onrecord.reading.source import Defaults, is_web_address
from onrecord.records import Article, Skipped

STANDARD_INPUT = "-"
ADDRESS = re.compile(r"https?://", re.IGNORECASE)
OTHER_ADDRESS = re.compile(r"\s*(?:javascript|data|vbscript|file|ftp|gopher|blob|about|ws|wss):", re.IGNORECASE)


def open_articles(
    paths: Iterable[str],
    *,
    title: str | None = None,
    outlet: str | None = None,
    published: datetime.date | None = None,
    url: str | None = None,
    language: str | None = AUTO,
    columns: Mapping[str, str] | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Article | Skipped]:
    """Every article of every path, in order, read as it is asked for.

    A path is a file, a folder (all in it, by name; hidden files and PASSED_OVER are not looked at), an http or https
    address, or "-" for standard input. `title` … `language` hold of each article whose source does not say otherwise;
    the language "auto" is found out. `columns` names the column, or JSON key, of a field. `stdin` is what to read for
    "-", sys.stdin if left out. Nothing is raised for an input: it comes as a Skipped.
    """
    defaults = Defaults(title, outlet, published, url, language, columns or {})
    for path in paths:
        for item in _items(path, defaults, stdin):
            yield _settled(item) if isinstance(item, Article) else item


def _items(path: str, defaults: Defaults, stdin: BinaryIO | None) -> Iterator[Article | Skipped]:
    name = "standard input" if path == STANDARD_INPUT else _printable(path)
    if ADDRESS.match(path):
        yield from _guarded(name, _fetched(path, defaults))
    elif path != STANDARD_INPUT and os.path.isdir(path):  # noqa: PTH112 - which, unlike that of a Path, never raises
        yield from _folder(path, defaults)
    elif OTHER_ADDRESS.match(path) and not os.path.exists(path):  # noqa: PTH110 - see above
        error = UnsafeInput(f"an address of the kind {path.split(':')[0].strip()}:", "http or https", "Save it first")
        yield Skipped.because(name, error)
    else:
        yield from _guarded(name, _file(path, name, defaults, stdin))


def _file(path: str, name: str, defaults: Defaults, stdin: BinaryIO | None) -> Iterator[Article | Skipped]:
    with _opened(path, stdin) as stream:
        yield from reader_for(name, _start_of(stream))(stream, name, defaults)


def _folder(path: str, defaults: Defaults) -> Iterator[Article | Skipped]:
    seen = False
    for file in _files_in(path):
        seen = True
        name = _printable(file)
        yield from _guarded(name, _file(file, name, defaults, None))
    if not seen:
        error = EmptyInput("a folder without a file to read", "at least one article in it", "Check the path")
        yield Skipped.because(_printable(path), error)


def _files_in(path: str) -> Iterator[str]:
    """The files of the folder and of those in it, by name, without the parts of saved pages; links to folders are not
    followed, they may go round."""
    from onrecord.reading.pages.saved import is_companion

    for here, folders, files in os.walk(path):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and not is_companion(f, files))
        for file in sorted(files):
            if not file.startswith(".") and Path(file).suffix.lower() not in PASSED_OVER:
                yield os.path.join(here, file)  # noqa: PTH118 - a Path would drop what is no UTF-8


def _fetched(address: str, defaults: Defaults) -> Iterator[Article | Skipped]:
    from onrecord.reading.network.fetch import fetch

    url, data, content_type = fetch(address)
    known = replace(defaults, url=url)
    if "html" in content_type.lower() and kind_of(url, data[:LOOKED_AT]) in ("markup", "plain"):
        from onrecord.reading.pages.page import article_of

        yield article_of(data, url, known, content_type)  # whose encoding may stand in the header only
    else:
        yield from reader_for(url, data[:LOOKED_AT])(io.BytesIO(data), url, known)


def _guarded(name: str, items: Iterator[Article | Skipped]) -> Iterator[Article | Skipped]:
    """The items; what goes wrong with the whole input, such as a part not installed, is a Skipped too."""
    try:
        yield from items
    except InputError as error:
        yield Skipped.because(name, error)
    except MissingExtra as error:
        yield Skipped(name, f"{error.seen}; wanted {error.wanted}", error.todo)
    except OSError as error:
        yield Skipped.because(name, _missing(error))


def _settled(article: Article) -> Article:
    """With its language found out, and no address that a link must not have."""
    if article.url and not is_web_address(article.url):
        notice = f'"url" is left out: wanted http or https, saw {article.url[:40]!r}'
        article = replace(article, url=None, notices=(*article.notices, notice))
    return marked(article)


def _opened(path: str, stdin: BinaryIO | None) -> AbstractContextManager[BinaryIO]:
    if path == STANDARD_INPUT:
        return nullcontext(stdin or sys.stdin.buffer)
    if "\0" in path:
        raise OSError("its name has a NUL character in it")
    return Path(path).open("rb")


def _start_of(stream: BinaryIO) -> bytes:
    if isinstance(stream, io.BufferedReader):  # a pipe too can be peeked into, though not rewound
        return stream.peek(LOOKED_AT)[:LOOKED_AT]
    here = stream.tell()
    start = stream.read(LOOKED_AT)
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


def _printable(path: str) -> str:
    return os.fsencode(path).decode("utf-8", "replace")
