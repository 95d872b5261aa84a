"""Web archives (WARC, ISO 28500): every HTML page that a server answered with is an article.

Requests, revisits, pictures and answers other than 200 are passed over. The record's address and the day it was
crawled hold where the page names none. Damage in a record does not hide those after it.
"""

from __future__ import annotations

import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from onrecord.errors import EmptyInput, InputError, MalformedFile, MissingExtra
from onrecord.reading.pages.page import article_of
from onrecord.reading.source import LIMIT, Defaults, too_large
from onrecord.records import Article, Skipped

if TYPE_CHECKING:
    from fastwarc.warc import ArchiveIterator, WarcRecord

PAGE_TYPES = ("text/html", "application/xhtml+xml")
HEADER = re.compile(rb"^WARC-Type:[ \t]*(?:response|resource)[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)
LONGEST_LINE = 64  # bytes; of HEADER
NEXT_RECORD = re.compile(rb"\r\nWARC/1\.\d\r\n")
CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[^\r\n]{0,200}\r\n")
CRAWLED = "it names no date: the day it was crawled is taken"


def read_warc(stream: BinaryIO, name: str, defaults: Defaults) -> Iterator[Article | Skipped]:
    """The articles of the pages in the order of the archive, a Skipped for each bad one, named FILE:RECORD."""
    source = _Source(stream)
    number = 0
    found = False
    passed: Counter[str] = Counter()
    try:
        for record in _records(source):
            number += 1
            try:
                kind = _kind_of(record)
                if kind not in PAGE_TYPES:
                    passed[kind] += 1
                    continue
                found = True
                yield _article(record, f"{name}:{number}", defaults)
            except InputError as error:
                yield Skipped.because(f"{name}:{number}", error)
        if source.failure is not None:
            raise source.failure
        if lost := source.headers - number:
            raise MalformedFile(f"{lost} record(s) with a damaged header", "records that are whole", "Fetch it again")
        if not found:
            told = ", ".join(f"{count} {kind}" for kind, count in passed.most_common(5))
            raise EmptyInput(
                f"an archive without a page ({told or 'no record'})", "answers of the type text/html", "Leave it out"
            )
    except InputError as error:
        yield Skipped.because(f"{name}, after record {number}" if number else name, error)


class _Source:
    """What fastwarc reads from: a failure ends the stream and is kept, for an exception there would end the process.

    `headers` counts the responses announced in what was read.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.failure: InputError | None = None
        self.headers = 0
        self._read = getattr(stream, "read1", stream.read)  # what stands before damage is not lost with it
        self._at = 0
        self._tail = b""

    def read(self, size: int = -1) -> bytes:
        try:
            data = b"" if self.failure else self._read(size)
        except InputError as error:
            self.failure, data = error, b""
        except (OSError, ValueError) as error:
            self.failure, data = MalformedFile(f"a failure to read ({error})", "an intact file", "Fetch it again"), b""
        self._at += len(data)
        seen = self._tail + data
        last = seen.rfind(b"\n") + 1  # a line that goes on is looked at when it is whole
        self.headers += len(HEADER.findall(seen[:last]))
        self._tail = seen[max(last, len(seen) - LONGEST_LINE) :]
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        raise io.UnsupportedOperation("seek")

    def tell(self) -> int:
        return self._at

    def close(self) -> None: ...


def _records(source: _Source) -> Iterator[WarcRecord]:
    """The responses and resources, in order. Raises MalformedFile."""
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ModuleNotFoundError as error:
        raise MissingExtra.named("warc", "fastwarc") from error
    try:
        wanted = WarcRecordType.response | WarcRecordType.resource
        records: ArchiveIterator = ArchiveIterator(source, record_types=wanted, quirks_mode=True)
        yield from records
    except InputError:
        raise
    except Exception as error:
        raise MalformedFile(f"a damaged archive ({error})"[:200], "WARC records", "Fetch it again") from error


def _kind_of(record: WarcRecord) -> str:
    """The media type of an answer 200, or of a resource; else what it is instead. Raises MalformedFile."""
    headers = record.http_headers
    kind = (headers or record.headers).get("Content-Type") or "no type"
    kind = kind.split(";")[0].strip().lower()
    if kind == "application/http" if headers is None else headers.status_code is None:
        raise MalformedFile("a response without an answer in it", "one over HTTP", "Fetch it again")
    return kind if headers is None or headers.status_code == 200 else f"status {headers.status_code}"


def _article(record: WarcRecord, name: str, defaults: Defaults) -> Article:
    """The article of the page in a record. Raises InputError."""
    payload = record.reader.read(LIMIT + 1)
    if len(payload) > LIMIT:
        raise too_large(f"a page of more than {LIMIT:,} bytes")
    if NEXT_RECORD.search(payload):
        raise MalformedFile("a record with another in it", "the Content-Length it has", "Fetch it again")
    headers = record.http_headers
    encodings = [headers.get(key) or "" for key in ("Transfer-Encoding", "Content-Encoding")] if headers else ["", ""]
    if "chunked" in encodings[0].lower():
        payload = _dechunked(payload)
    payload = _decompressed(payload, encodings[1].strip().lower())
    url = record.headers.get("WARC-Target-URI")
    known = replace(defaults, url=(url or "").strip("<> ") or defaults.url, published=None)
    content_type = headers.get("Content-Type") if headers else record.headers.get("Content-Type")
    article = article_of(payload, name, known, content_type or "")
    if article.published is not None:
        return article
    if defaults.published is not None:
        return replace(article, published=defaults.published)
    try:
        crawled = record.record_date.date()
    except (AttributeError, ValueError, OverflowError):  # a date that is none comes as None
        return article
    return replace(article, published=crawled, notices=(*article.notices, CRAWLED))


def _dechunked(payload: bytes) -> bytes:
    """Without the lengths of its chunks (RFC 9112, 7.1); as it is where there are none, for many archives drop them."""
    chunks = []
    at = 0
    while match := CHUNK.match(payload, at):
        size = int(match[1], 16)
        chunks.append(payload[match.end() : match.end() + size])
        at = match.end() + size + 2
        if size == 0:
            break
    return b"".join(chunks) if chunks else payload


def _decompressed(payload: bytes, encoding: str) -> bytes:
    """Unpacked up to LIMIT; as it is where it is not packed, whatever the header says. Raises InputError."""
    if encoding in ("", "identity", "none") or payload.lstrip()[:1] == b"<":
        return payload
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise MalformedFile(f"a page packed with {encoding[:20]}", "gzip, deflate or none", "Crawl it without")
    for bits in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):  # gzip or zlib, and the bare stream some servers send
        unpacker = zlib.decompressobj(bits)
        try:
            data = unpacker.decompress(payload, LIMIT + 1)
        except zlib.error:
            continue
        if len(data) > LIMIT:
            raise too_large(f"a page that unpacks to more than {LIMIT:,} bytes")
        return data
    raise MalformedFile(f"a page that is not {encoding}, as it says", "an intact one", "Fetch it again")
