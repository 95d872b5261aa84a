"""Tables as text: CSV, with commas, semicolons or bars, and TSV. One row is one article, under a line of names.

    url,date,title,text
    https://quay.example/1,2024-02-06,Frost,"The valve was closed, Rena Holt said."

Rows are read one by one, however long the table. A cell is text, whatever it looks like: =1+1 is four signs.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import BinaryIO

from onrecord.errors import EmptyInput, InputError, MalformedFile
from onrecord.reading.columns import Columns
from onrecord.reading.encodings import MARKS, decode_start
from onrecord.reading.source import LIMIT, Defaults, too_large
from onrecord.records import Article, Skipped

SAMPLE = 1 << 20  # bytes by which the encoding is judged
DELIMITERS = ",\t;|"
LONGEST = 2 * LIMIT  # characters of a line or a cell; up to this a text that is too long costs its own row only


def read_table(stream: BinaryIO, name: str, defaults: Defaults) -> Iterator[Article | Skipped]:
    """The articles of the rows in order, a Skipped for each bad one, named FILE:LINE."""
    line = 1
    try:
        rows = _Rows(stream, defaults)
        read = 0
        for line, cells, notices in rows:
            read += 1
            try:
                article = rows.columns.article(rows.named(cells), defaults)
                yield replace(article, notices=notices + article.notices)
            except InputError as error:
                yield Skipped.because(f"{name}:{line}", error)
        if not read:
            raise EmptyInput("a line of names and no row", "one row an article", "Check that the file was saved")
    except InputError as error:
        yield Skipped.because(name if line == 1 else f"{name}, after line {line}", error)


class _Rows:
    """The rows under the line of names, each with its line number, its cells, and what there is to tell of it.

    Raises InputError when the names, or the rest of the table, cannot be read.
    """

    def __init__(self, stream: BinaryIO, defaults: Defaults) -> None:
        csv.field_size_limit(LONGEST)
        text, self._notices = _decoded(stream)
        self._lines = _bounded_lines(text)
        self._quotes = 0
        self._broken = False
        first = next(self._lines, "")
        if not first.strip():
            raise EmptyInput("no line of names", "the names of the columns in the first line", "Check the file")
        self._reader = csv.reader(self._watched(first), delimiter=_delimiter(first, defaults))
        self._header = self._next() or []
        self.columns = Columns.of(self._header, defaults.columns)

    def __iter__(self) -> Iterator[tuple[int, list[str], tuple[str, ...]]]:
        while True:
            line = self._reader.line_num + 1
            self._quotes, self._broken = 0, False
            if (cells := self._next()) is None:
                return
            if any(cells):
                yield line, cells, self._told(len(cells))

    def named(self, cells: list[str]) -> dict[str, str]:
        """The cells by the names of their columns; the first of two columns of one name. Raises MalformedFile."""
        if any(cells[len(self._header) :]):
            raise MalformedFile(
                f"{len(cells)} cells under {len(self._header)} names",
                "as many cells as names",
                "Put cells that hold the delimiter in quotation marks",
            )
        return dict(reversed(list(zip(self._header, cells, strict=False))))

    def _watched(self, first: str) -> Iterator[str]:
        """All lines; what is odd in those of a row is noted."""
        for line in chain((first,), self._lines):
            self._quotes += line.count('"')
            self._broken = self._broken or "\ufffd" in line
            yield line

    def _told(self, cells: int) -> tuple[str, ...]:
        told, self._notices = list(self._notices), ()  # those of the table with its first row
        if cells < len(self._header):
            told.append(f"a row of {cells} cells under {len(self._header)} names; it may be cut off")
        elif self._quotes % 2:
            told.append("a row with a quotation mark that is not closed; it may be cut off")
        if self._broken:
            told.append("broken bytes are shown as U+FFFD")
        return tuple(told)

    def _next(self) -> list[str] | None:
        try:
            return next(self._reader, None)
        except csv.Error as error:
            raise MalformedFile(
                f"{error} in the row that ends near line {self._reader.line_num}",
                "a table with every quotation mark closed",
                "Look for a lone quotation mark there; the rows after it were not read",
            ) from error


def _decoded(stream: BinaryIO) -> tuple[io.TextIOWrapper, tuple[str, ...]]:
    """The stream as text, and what there is to tell about its encoding."""
    sample = _sample(stream)
    decoded = decode_start(sample)
    for mark, _ in MARKS:
        sample = sample.removeprefix(mark)
    whole = io.BufferedReader(_Rejoined(sample, stream))
    return io.TextIOWrapper(whole, decoded.encoding, errors="replace", newline=""), decoded.notices


def _sample(stream: BinaryIO) -> bytes:
    """The first SAMPLE bytes, or those before damage, which is met again when the rows before it are read."""
    read = getattr(stream, "read1", stream.read)
    sample = bytearray()
    try:
        while len(sample) < SAMPLE and (data := read(SAMPLE - len(sample))):
            sample += data
    except InputError:
        if not sample:
            raise
    return bytes(sample)


class _Rejoined(io.RawIOBase):
    """What was read of a stream for a look at it, and then the rest."""

    def __init__(self, start: bytes, rest: BinaryIO) -> None:
        self._start = io.BytesIO(start)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._start.read(len(buffer)) or self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _bounded_lines(text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(LONGEST + 1):
        if len(line) > LONGEST:
            raise too_large(f"a line of more than {LONGEST:,} characters")
        yield line


def _delimiter(first: str, defaults: Defaults) -> str:
    """The sign that parts the line of names so that a text is among them; else the one most often there."""

    def fits(delimiter: str) -> tuple[bool, int]:
        header = next(csv.reader([first], delimiter=delimiter), [])
        try:
            Columns.of(header, defaults.columns)
        except InputError:
            return False, len(header)
        return True, len(header)

    return max(DELIMITERS, key=fits)
