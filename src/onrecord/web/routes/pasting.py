"""A text pasted or uploaded: read at once, shown, and kept only where somebody asks for it.

Nothing of it stays on the server in between: the form that keeps it brings the text along, and it is read anew.
"""

from __future__ import annotations

import datetime
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile
from starlette.responses import Response

from onrecord.archive import keeping, runs
from onrecord.errors import EmptyInput, InputError, MissingExtra, TooLarge
from onrecord.records import Article, Record, Skipped
from onrecord.web.frames import go, show
from onrecord.web.guards import Coder, Form, Reader, Refused
from onrecord.web.pages.article import article_page
from onrecord.web.pages.words import in_a_line
from onrecord.web.routes.people import directory_of
from onrecord.web.routes.reading import archive_of

router = APIRouter(include_in_schema=False)
LONGEST_TEXT = 400_000
"""In characters: about 60,000 words, what this machine reads within the time of an answer."""

LONGEST_FIELD = 500
SUFFIXES = frozenset({".txt", ".text", ".md", ".html", ".htm", ".jsonl", ".ndjson", ".json", ".eml"})
PATIENCE = 4.0
_reading = threading.Semaphore(2)


@dataclass(frozen=True, slots=True)
class PastePage:
    """The form for a text, with what was given so far."""

    text: str
    title: str
    outlet: str
    date: str
    url: str
    wrong: str
    longest: int


@router.get("/paste")
def paste(request: Request, _: Reader) -> Response:
    """The form."""
    return show(request, "paste.html", PastePage("", "", "", "", "", "", LONGEST_TEXT), here="paste")


@router.post("/paste")
def pasted(request: Request, _: Reader, form: Form) -> Response:
    """Read it, and show its record."""
    try:
        article = _article(form)
        record = read_now(request, article)
    except InputError as error:
        wrong = f"Saw {error.seen}; wanted {error.wanted}. {error.todo.rstrip('.')}."
        given = (_field(form, "title"), _field(form, "outlet"), _field(form, "date"), _field(form, "url"))
        text = str(form.get("text", ""))[:LONGEST_TEXT]
        page = PastePage(text, *given, wrong=wrong, longest=LONGEST_TEXT)
        return show(request, "paste.html", page, here="paste", status=422)
    return show(request, "article.html", article_page(record, {}), here="paste")


@router.post("/paste/keep")
def kept(request: Request, who: Coder, form: Form) -> Response:
    """Read it again, and put it into the archive."""
    archive = archive_of(request)
    record = read_now(request, _article(form))
    run = runs.start_run(archive, f"reading room, {who.name}", record.provenance)
    made = keeping.keep(archive, record, run)
    runs.finish_run(archive, run)
    told = "It was in the archive already." if made.state == "known" else "It is kept."
    return go(request, f"/articles/{made.article}", told)


def read_now(request: Request, article: Article) -> Record:
    """The record of an article. Raises Refused while too many others are being read."""
    from onrecord.wiring import read_many

    if not _reading.acquire(timeout=PATIENCE):
        raise Refused(503, "other texts being read", "Try again in a minute")
    try:
        return next(read_many((article,), directory_of(request)))
    finally:
        _reading.release()


def _article(form: Mapping[str, Any]) -> Article:
    """The article that a form brings, pasted or as a file. Raises the kinds of InputError."""
    known: dict[str, Any] = {name: _field(form, name) or None for name in ("title", "outlet", "url")}
    known["published"] = _date(_field(form, "date"))
    upload = form.get("file")
    if isinstance(upload, UploadFile) and upload.filename:
        return _uploaded(upload, known)
    text = str(form.get("text", "")).replace("\r\n", "\n")
    if not text.strip():
        raise EmptyInput("no text", "an article", "Paste it, or choose a file")
    _check_length(text)
    return Article(text, **known, language=language_of(text))


def _uploaded(upload: UploadFile, known: Mapping[str, Any]) -> Article:
    from onrecord.reading import open_articles

    suffix = Path(upload.filename or "").suffix.casefold()
    with tempfile.TemporaryDirectory(prefix="onrecord-") as room:
        path = Path(room) / f"upload{suffix if suffix in SUFFIXES else '.txt'}"
        path.write_bytes(upload.file.read())
        item = next(iter(open_articles([str(path)], **known)), None)
    if item is None:
        raise EmptyInput("no article in the file", "one", "Choose another file")
    if isinstance(item, Skipped):
        raise InputError(
            item.reason.replace(str(path), in_a_line(upload.filename or "", 80)), "a readable article", item.todo
        )
    _check_length(item.text)
    return item


def _check_length(text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise TooLarge(f"{len(text):,} characters", f"{LONGEST_TEXT:,} at most", "Use onrecord add for a long one")


def language_of(text: str) -> str | None:
    """The language of a pasted text; English where the part that tells is not installed."""
    from onrecord.reading.language import identify

    try:
        return identify(text)
    except MissingExtra:
        return "en"


def _field(form: Mapping[str, Any], name: str) -> str:
    value = form.get(name, "")
    return in_a_line(value, LONGEST_FIELD) if isinstance(value, str) else ""


def _date(value: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(value) if value else None
    except ValueError:
        raise InputError(f"the date {value[:40]!r}", "YYYY-MM-DD", "Write it as 2024-02-06") from None
