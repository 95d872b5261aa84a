"""A text pasted or uploaded: read at once, shown, and kept only where somebody asks for it.

Nothing of it stays on the server in between: the form that keeps it brings the text along, and it is read anew.
"""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import Response

from onrecord.archive.correcting import runs
from onrecord.archive.store import keeping
from onrecord.archive.store.keeping import Kept
from onrecord.errors import EmptyInput, InputError, MissingExtra
from onrecord.records import Article, Record, Skipped
from onrecord.web.frames import go, show
from onrecord.web.guarding.guards import Coder, Form, Reader
from onrecord.web.pages.article import article_page
from onrecord.web.pages.words import in_a_line
from onrecord.web.readers import longest_text, read_now
from onrecord.web.routes.reading import archive_of

router = APIRouter(include_in_schema=False)
LONGEST_FIELD = 500
SUFFIXES = frozenset({".txt", ".text", ".md", ".html", ".htm", ".jsonl", ".ndjson", ".json", ".eml"})


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
    return show(request, "paste.html", PastePage("", "", "", "", "", "", longest_text(request)), here="paste")


@router.post("/paste")
async def pasted(request: Request, _: Reader, form: Form) -> Response:
    """Read it, and show its record."""
    try:
        record = await read_now(request, await run_in_threadpool(_article, form))
    except InputError as error:
        wrong = f"Saw {error.seen}; wanted {error.wanted}. {error.todo.rstrip('.')}."
        given = (_field(form, "title"), _field(form, "outlet"), _field(form, "date"), _field(form, "url"))
        longest = longest_text(request)
        page = PastePage(str(form.get("text", ""))[:longest], *given, wrong=wrong, longest=longest)
        return show(request, "paste.html", page, here="paste", status=422)
    return await run_in_threadpool(lambda: show(request, "article.html", article_page(record, {}), here="paste"))


@router.post("/paste/keep")
async def kept(request: Request, who: Coder, form: Form) -> Response:
    """Read it again, and put it into the archive."""
    record = await read_now(request, await run_in_threadpool(_article, form))
    made = await run_in_threadpool(keep_now, request, who.name, record)
    told = "It was in the archive already." if made.state == "known" else "It is kept."
    return go(request, f"/articles/{made.article}", told)


def keep_now(request: Request, name: str, record: Record) -> Kept:
    """Put a record into the archive, as a run of the one with that name."""
    archive = archive_of(request)
    run = runs.start_run(archive, f"reading room, {name}", record.provenance)
    made = keeping.keep(archive, record, run)
    runs.finish_run(archive, run)
    return made


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
    return item


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
