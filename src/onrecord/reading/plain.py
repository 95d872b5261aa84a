"""A plain text: all of the stream is one article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from onrecord.errors import InputError
from onrecord.reading.encodings import decode
from onrecord.reading.source import Defaults, read_all
from onrecord.records import Article, Skipped

PAGE_STARTS = ("<!doctype html", "<html")


def read_plain(stream: BinaryIO, name: str, defaults: Defaults) -> Iterator[Article | Skipped]:
    """The one article of `stream`, or why not. A file over LIMIT is refused by its size, unread."""
    try:
        yield article_from(read_all(stream), defaults)
    except InputError as error:
        yield Skipped.because(name, error)


def article_from(data: bytes, defaults: Defaults) -> Article:
    """The article whose text is `data`, decoded. Raises EmptyInput, BinaryInput or UndecodableInput."""
    decoded = decode(data)
    notices = decoded.notices
    if decoded.text.lstrip()[:20].lower().startswith(PAGE_STARTS):
        notices += ("looks like an HTML page; it was read as plain text, tags and all",)
    return Article(
        text=decoded.text,
        title=defaults.title,
        outlet=defaults.outlet,
        published=defaults.published,
        url=defaults.url,
        language=defaults.language,
        notices=notices,
    )
