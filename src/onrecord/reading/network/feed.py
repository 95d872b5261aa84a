"""RSS and Atom: every item is an article.

Its text is the content the item carries; without that, the file it links to, where that lies beside the feed; without
that, its summary. Nothing is fetched, and no entity that the feed declares is resolved.
"""

from __future__ import annotations

import datetime
import io
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from time import struct_time
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

from onrecord.errors import EmptyInput, InputError, MalformedFile, MissingExtra, UnsafeInput
from onrecord.reading.dates import date_or_notice
from onrecord.reading.kinds import LOOKED_AT, kind_of, reader_for
from onrecord.reading.language import code_of
from onrecord.reading.pages.fragments import fragment_text
from onrecord.reading.source import LIMIT_OF_A_FILE, Defaults, read_all
from onrecord.records import Article, Origin, Skipped

ENTITY = re.compile(rb"<!\s*ENTITY", re.IGNORECASE)
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
MARKUP = re.compile(r"<[a-zA-Z!/]|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]{2,8});")
SHORT = "only a summary was in the feed"


@dataclass(frozen=True, slots=True)
class Item:
    """What an item of a feed says of its article; `html` is its own content, `summary` what may stand for it."""

    html: str
    summary: str
    link: str
    title: str | None
    authors: tuple[str, ...]
    published: datetime.date | None
    language: str | None
    id: str
    notices: tuple[str, ...]


def read_feed(stream: BinaryIO, name: str, defaults: Defaults) -> Iterator[Article | Skipped]:
    """The articles of the items in the order of the feed, a Skipped for each bad one, named FEED:NUMBER."""
    try:
        data = read_all(stream, LIMIT_OF_A_FILE)
        feed, entries, notices = _parsed(data)
    except InputError as error:
        yield Skipped.because(name, error)
        return
    folder = _folder_of(stream)
    outlet = _words(feed.get("title")) or defaults.outlet
    known = replace(defaults, outlet=outlet, language=code_of(_words(feed.get("language"))) or defaults.language)
    for number, entry in enumerate(entries, start=1):
        try:
            article = _article(_item(entry), f"{name}:{number}", known, folder)
            yield replace(article, notices=notices + article.notices)
        except InputError as error:
            yield Skipped.because(f"{name}:{number}", error)
        notices = ()


def _parsed(data: bytes) -> tuple[dict[str, Any], list[dict[str, Any]], tuple[str, ...]]:
    """The feed, its entries, and what there is to tell. Raises InputError."""
    start = data.decode("utf-16", "ignore").encode() if data.startswith(WIDE_MARKS) else data
    if ENTITY.search(start):
        raise UnsafeInput("a feed that declares XML entities", "one that does without", "Remove its <!DOCTYPE …>")
    try:
        import feedparser
    except ModuleNotFoundError as error:
        raise MissingExtra.named("pages", "feedparser") from error
    try:
        # Bytes in a stream: feedparser takes a string for an address, and would fetch it.
        parsed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
        entries = list(parsed.entries)
    except Exception as error:  # it has no error of its own, and lets through what its parsers raise
        raise MalformedFile(
            f"a feed that cannot be parsed ({type(error).__name__})", "RSS or Atom", "Fetch it again"
        ) from error
    if not entries and not parsed.get("version"):
        raise MalformedFile("XML that is neither RSS nor Atom", "a feed with items", "Save the articles as pages")
    if not entries:
        raise EmptyInput("a feed without items", "at least one", "Fetch it again, or leave it out")
    notices = ("the feed is not well-formed XML; what could be read of it was",) if _is_broken(parsed) else ()
    return parsed.feed, entries, notices


def _is_broken(parsed: dict[str, Any]) -> bool:
    """Whether it was read by the lenient parser; a wrong encoding alone is told by name only."""
    return bool(parsed.get("bozo")) and "Encoding" not in type(parsed.get("bozo_exception")).__name__


def _item(entry: dict[str, Any]) -> Item:
    notices: list[str] = []
    contents = [one.get("value") or "" for one in entry.get("content") or () if isinstance(one, Mapping)]
    authors = (_words(author.get("name")) for author in entry.get("authors") or () if isinstance(author, Mapping))
    return Item(
        html=max(contents, key=len, default=""),
        summary=str(entry.get("summary") or ""),
        link=_words(entry.get("link")) or "",
        title=_plain(_words(entry.get("title"))),
        authors=tuple(dict.fromkeys(filter(None, authors))),
        published=_day(entry, notices),
        language=code_of(next((one.get("language") for one in entry.get("content") or ()), None)),
        id=_words(entry.get("id")) or "",
        notices=tuple(notices),
    )


def _article(item: Item, name: str, feed: Defaults, folder: Path | None) -> Article:
    """The article of an item. Raises InputError."""
    known = replace(
        feed,
        title=item.title or feed.title,
        published=item.published or feed.published,
        url=item.link or feed.url,
        language=item.language or feed.language,
    )
    article = None if item.html.strip() else _linked(item.link, known, folder)
    if article is None:
        article = _carried(item, name, known)
    authors = item.authors or (article.origin.authors if article.origin else ())
    origin = replace(article.origin, authors=authors) if article.origin else None
    return replace(article, id=item.id, origin=origin, notices=item.notices + article.notices)


def _carried(item: Item, name: str, known: Defaults) -> Article:
    """The article made of what the feed itself holds."""
    html = item.html if item.html.strip() else item.summary
    text, offsets = fragment_text(html) if MARKUP.search(html) else (html.strip(), None)
    if not text.strip():
        raise EmptyInput("an item without a text", "its content, or a summary", "Save the page it links to")
    return Article(
        text=text,
        title=known.title,
        outlet=known.outlet,
        published=known.published,
        url=known.url,
        language=known.language,
        notices=() if item.html.strip() else (SHORT,),
        origin=Origin.of(
            html.encode("utf-8", "replace"), media_type="text/html", name=name, encoding="utf-8", map=offsets
        ),
    )


def _linked(link: str, known: Defaults, folder: Path | None) -> Article | None:
    """The one article of the file that an item links to, where it lies in the folder of the feed or below."""
    if folder is None or not link:
        return None
    try:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            return None
        path = Path(os.path.realpath(folder / unquote(parts.path).lstrip("/")))
        if not path.is_relative_to(os.path.realpath(folder)) or not path.is_file():
            return None
        with path.open("rb") as stream:
            start = stream.peek(LOOKED_AT)
            if kind_of(path.name, start) not in ("markup", "plain"):
                return None
            found = list(reader_for(path.name, start)(stream, str(path), replace(known, url=None)))
    except (OSError, ValueError):
        return None
    return found[0] if len(found) == 1 and isinstance(found[0], Article) else None


def _day(entry: dict[str, Any], notices: list[str]) -> datetime.date | None:
    """The day it was published, as written in its own time zone; else when it was updated."""
    for key in ("published", "updated"):
        # not entry.get, which gives one for the other
        if written := _words(dict.get(entry, key)):
            told: list[str] = []
            if date := date_or_notice(written, told):
                return date
            parsed = dict.get(entry, f"{key}_parsed")
            if isinstance(parsed, struct_time):
                return datetime.date(parsed.tm_year, parsed.tm_mon, parsed.tm_mday)
            notices[:] = told
    return None


def _folder_of(stream: BinaryIO) -> Path | None:
    name = getattr(stream, "name", None)
    return Path(name).parent if isinstance(name, str) else None


def _plain(title: str | None) -> str | None:
    """A title is often HTML."""
    if title is None or not MARKUP.search(title):
        return title
    return " ".join(fragment_text(title)[0].split()) or None


def _words(value: Any) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None
