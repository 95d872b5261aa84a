"""Word processors' files, DOCX and RTF, and HTML: an export of a press database, or else one article.

DOCX is read with the standard library, its XML without entities and document types; RTF with striprtf.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import IO, BinaryIO
from xml.parsers import expat

from onrecord.errors import EmptyInput, InputError, MalformedFile, MissingExtra, UnsafeInput
from onrecord.reading.press import factiva, nexis
from onrecord.reading.press.exports import Exported, articles_of
from onrecord.reading.source import DAMAGED, LIMIT, LIMIT_OF_A_FILE, Defaults, read_all
from onrecord.records import Article, Origin, Skipped

WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
NOT_SHOWN = frozenset((f"{WORDS}del", f"{WORDS}moveFrom", f"{WORDS}instrText", FALLBACK))
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
CHUNK = 1 << 16
LIMIT_OF_RTF = 4 * LIMIT  # striprtf looks at every sign in Python
FIELD_CODE = re.compile(r"\{\\\*\\fldinst(?:[^{}]|\{[^{}]*\})*\}")
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read_docx(stream: BinaryIO, name: str, defaults: Defaults) -> Iterator[Article | Skipped]:
    """The articles of a Word document."""
    try:
        data = read_all(stream, LIMIT_OF_A_FILE)
        yield from _articles(_docx_lines(data), data, DOCX_TYPE, name, defaults)
    except InputError as error:
        yield Skipped.because(name, error)


def read_rtf(stream: BinaryIO, name: str, defaults: Defaults) -> Iterator[Article | Skipped]:
    """The articles of a document in Rich Text Format."""
    try:
        data = read_all(stream, LIMIT_OF_RTF)
        yield from _articles(_rtf_lines(data), data, "text/rtf", name, defaults)
    except InputError as error:
        yield Skipped.because(name, error)


def read_markup(stream: BinaryIO, name: str, defaults: Defaults) -> Iterator[Article | Skipped]:
    """The articles of an export in HTML, or the one of a page."""
    from onrecord.reading.pages.page import decode_page, read_page

    try:
        data = read_all(stream, LIMIT_OF_A_FILE)
        if nexis.HINT.search(data) or factiva.HINT.search(data):
            from onrecord.reading.pages.fragments import lines_of

            lines = lines_of(decode_page(data).text)
            if (exported := _exported(lines)) is not None:
                yield from articles_of(exported, name, defaults, Origin.of(data, media_type="text/html", name=name))
                return
    except InputError as error:
        yield Skipped.because(name, error)
        return
    yield from read_page(io.BytesIO(data), name, defaults)


def _articles(
    lines: Sequence[str], data: bytes, media_type: str, name: str, defaults: Defaults
) -> Iterator[Article | Skipped]:
    origin = Origin.of(data, media_type=media_type, name=name)
    exported = _exported(lines)
    if exported is None:
        if not any(map(str.strip, lines)):
            raise EmptyInput("a document without a word", "the text of an article", "Check that it was saved")
        one = Exported(paragraphs=[line.strip() for line in lines])
        exported = iter((one,))
    yield from articles_of(exported, name, defaults, origin)


def _exported(lines: Sequence[str]) -> Iterator[Exported] | None:
    if nexis.is_export(lines):
        return nexis.documents(lines)
    return factiva.documents(lines) if factiva.is_export(lines) else None


def _docx_lines(data: bytes) -> list[str]:
    """The paragraphs of the document's body, in order. Raises InputError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            member = archive.getinfo("word/document.xml")
            if member.file_size > LIMIT_OF_A_FILE:
                raise UnsafeInput(
                    f"a document that unpacks to {member.file_size:,} bytes", f"at most {LIMIT_OF_A_FILE:,}", "Split it"
                )
            with archive.open(member) as stream:
                return _Paragraphs().of(stream)
    except KeyError as error:
        raise MalformedFile("no word/document.xml in it", "a Word document", "Save it again as .docx") from error
    except expat.ExpatError as error:
        raise MalformedFile(f"XML that is not well-formed ({error})", "a Word document", "Save it again") from error
    except DAMAGED as error:
        raise MalformedFile(f"a damaged document ({error})"[:200], "an intact one", "Save it again") from error


class _Paragraphs:
    """Gathers what a reader of the document sees: no deletions, codes of fields, or hidden runs."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._open: list[list[str]] = []
        self._unseen = 0
        self._in_text = False
        self._hidden_run = False
        self._in_run = False

    def of(self, stream: IO[bytes]) -> list[str]:
        """The paragraphs of the XML in `stream`. Raises UnsafeInput or expat.ExpatError."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.buffer_text = True
        while chunk := stream.read(CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
        return [line for paragraph in self._done for line in paragraph.split("\n")]

    def _doctype(self, *_: object) -> None:
        raise UnsafeInput("XML with a document type, which may declare entities", "a Word document", "Save it again")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name in NOT_SHOWN:
            self._unseen += 1
        tag = name.removeprefix(WORDS)
        if tag == "p":
            self._open.append([])
        elif tag == "r":
            self._in_run, self._hidden_run = True, False
        elif tag == "vanish" and self._in_run:
            self._hidden_run = attributes.get(f"{WORDS}val", "1") not in ("0", "false", "off")
        elif tag == "t":
            self._in_text = True
        elif tag in SIGNS and self._in_run:
            self._characters(SIGNS[tag], sign=True)

    def _end(self, name: str) -> None:
        if name in NOT_SHOWN:
            self._unseen -= 1
        tag = name.removeprefix(WORDS)
        if tag == "p" and self._open:
            self._done.append("".join(self._open.pop()))
        elif tag == "r":
            self._in_run = self._hidden_run = False
        elif tag == "t":
            self._in_text = False

    def _characters(self, text: str, sign: bool = False) -> None:
        if (self._in_text or sign) and self._open and not self._unseen and not self._hidden_run:
            self._open[-1].append(text)


def _rtf_lines(data: bytes) -> list[str]:
    """The paragraphs of the document. Raises InputError."""
    try:
        from striprtf.striprtf import rtf_to_text
    except ModuleNotFoundError as error:
        raise MissingExtra.named("rtf", "striprtf") from error
    # Without its code a field is read as the words it shows; with it, striprtf would add the address of a link.
    source = FIELD_CODE.sub("", data.decode("latin-1"))
    try:
        text = str(rtf_to_text(source, errors="replace"))  # type: ignore[no-untyped-call]
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # it leaves pairs of surrogates
    except Exception as error:  # it has no error of its own
        raise MalformedFile(f"RTF that cannot be read ({error})"[:200], "an intact one", "Save it again") from error
    return text.split("\n")
