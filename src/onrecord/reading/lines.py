"""JSON lines: one object a line, each an article; UTF-8.

    {"id": "a1", "text": "“No,” said Holt.", "title": "…", "outlet": "…", "date": "2031-05-08",
     "url": "…", "language": "en"}            (here in two lines; there in one)

Only `text` must be there; other keys are ignored. A line without it is taken as a row of a table,
whose columns may be named otherwise (see `columns`). A line that cannot be read is one Skipped,
named FILE:LINE, and the next line is read. No more than one line is held in memory.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from onrecord.errors import EmptyInput, InputError, MalformedFile, MalformedLine, UndecodableInput
from onrecord.reading.columns import Columns
from onrecord.reading.dates import date_or_notice
from onrecord.reading.source import LIMIT, Defaults, too_large
from onrecord.records import Article, Skipped

CHUNK = 1 << 16


def read_lines(stream: BinaryIO, name: str, defaults: Defaults) -> Iterator[Article | Skipped]:
    """The articles of `stream` in order, a Skipped for each bad line; blank lines are passed over."""
    read = 0
    for number, line in enumerate(_bounded_lines(stream), start=1):
        if line is not None and not line.strip():
            continue
        read += 1
        try:
            yield article_from(line, defaults)
        except InputError as refusal:
            yield Skipped.because(f"{name}:{number}", refusal)
    if not read:
        error = EmptyInput("no lines", "one JSON object a line", "Check that the file was saved, or leave it out")
        yield Skipped.because(name, error)


def article_from(line: bytes | None, defaults: Defaults) -> Article:
    """The article of one line, None standing for a line over LIMIT.

    Raises TooLarge, UndecodableInput, MalformedFile (MalformedLine) or EmptyInput.
    """
    if line is None:
        raise too_large(f"a line of more than {LIMIT:,} bytes")
    data = _by_field(_object_from(line), defaults)
    text = data.get("text")
    if not isinstance(text, str):
        raise MalformedLine(
            f'"text" of type {type(text).__name__}' if "text" in data else f"an object with keys {_keys(data)}",
            'a "text" that is a string',
            'Name the article\'s text "text"',
        )
    if not text.strip():
        raise EmptyInput('a "text" without a word', "the text of an article", "Leave the line out")
    notices: list[str] = []
    date = _string_from(data, "date", notices)
    return Article(
        text=text,
        id=_id_from(data, notices),
        title=_string_from(data, "title", notices) or defaults.title,
        outlet=_string_from(data, "outlet", notices) or defaults.outlet,
        published=date_or_notice(date, notices) or defaults.published,
        url=_string_from(data, "url", notices) or defaults.url,
        language=_string_from(data, "language", notices) or defaults.language,
        notices=tuple(notices),
    )


def _bounded_lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Each line; None for one over LIMIT, which is read past in small pieces."""
    mark = codecs.BOM_UTF8
    while line := stream.readline(LIMIT + 1):
        if len(line) <= LIMIT or line.endswith(b"\n"):
            yield line.removeprefix(mark)
            mark = b""
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(CHUNK)
        yield None


def _object_from(line: bytes) -> dict[str, Any]:
    try:
        data = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UndecodableInput(
            f"at byte {error.start} of the line {error.reason}", "UTF-8", "Save the file as UTF-8"
        ) from error
    except (ValueError, RecursionError) as error:
        raise MalformedLine(
            f"{line[:40].decode('utf-8', 'replace').strip()!r} ({error})",
            "one JSON object on the line",
            "Write each article on a line of its own",
        ) from error
    if not isinstance(data, dict):
        raise MalformedLine(f"a JSON {type(data).__name__}", "a JSON object", 'Write {"text": "…"}')
    return data


def _by_field(data: dict[str, Any], defaults: Defaults) -> dict[str, Any]:
    """With the keys that the user named, or that stand for "text" where that is missing, under the names of fields."""
    if "text" in data and not defaults.columns:
        return data
    try:
        columns = Columns.of(data, defaults.columns)
    except MalformedFile:
        if defaults.columns:
            raise
        return data
    return data | {field: data[name] for field, name in columns.names.items()}


def _keys(data: dict[str, Any]) -> str:
    return ", ".join(sorted(map(repr, data))[:8]) or "none"


def _id_from(data: dict[str, Any], notices: list[str]) -> str:
    if type(number := data.get("id")) is int:
        notices.append(f"the id {number} was a number and is kept as a string")
        return str(number)
    return _string_from(data, "id", notices) or ""


def _string_from(data: dict[str, Any], key: str, notices: list[str]) -> str | None:
    value = data.get(key)
    if value is None or isinstance(value, str):
        return value
    notices.append(f'"{key}" is left out: wanted a string, saw {type(value).__name__}')
    return None
