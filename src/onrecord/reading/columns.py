"""Rows become articles: which column holds what, by what the user says or by the names that tables commonly bear."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.errors import EmptyInput, MalformedFile
from onrecord.reading.dates import date_or_notice
from onrecord.reading.language import code_of
from onrecord.reading.source import FIELDS, LIMIT, Defaults, too_large
from onrecord.records import Article

USUAL = {  # the first that is there is taken
    "text": (
        *("text", "body", "content", "article_text", "full_text", "fulltext", "maintext", "main_text", "body_text"),
        *("text_body", "plain_text", "plaintext", "article_body", "articlebody", "article_content", "article", "story"),
    ),
    "title": ("title", "headline", "head", "heading", "article_title", "hd"),
    "outlet": (
        *("outlet", "publication", "publisher", "newspaper", "source_name", "source", "media", "medium", "media_name"),
        *("site", "source_domain", "domain", "sn"),
    ),
    "date": (
        *("date", "published", "pubdate", "pub_date", "publish_date", "published_date", "date_published", "pd"),
        *("date_publish", "publication_date", "published_at", "publishedat", "article_date", "datetime"),
    ),
    "url": ("url", "link", "article_url", "web_url", "uri", "href", "permalink"),
    "id": ("id", "article_id", "doc_id", "document_id", "guid", "uid", "uuid", "an"),
    "language": ("language", "lang"),
}
NOT_WORD = re.compile(r"\W+")
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Columns:
    """The name, in the table, of the column of each of FIELDS that it has."""

    names: Mapping[str, str]

    @classmethod
    def of(cls, header: Iterable[str], given: Mapping[str, str]) -> Columns:
        """The columns of a table with that `header`: as `given`, else guessed.

        Raises MalformedFile where a given one is not there, or none can be the text.
        """
        header = list(header)
        plain = {NOT_WORD.sub("_", name.strip().lower()): name for name in reversed(header)}
        names: dict[str, str] = {}
        for field in FIELDS:
            if field in given:
                if given[field] not in header:
                    raise _no_column(f"no column {given[field]!r} among {_listed(header)}")
                names[field] = given[field]
            elif usual := next((name for name in USUAL[field] if name in plain), None):
                names[field] = plain[usual]
        if "text" not in names:
            raise _no_column(f"the columns {_listed(header)}, none named as texts are")
        return cls(names)

    def article(self, row: Mapping[str, Any], defaults: Defaults) -> Article:
        """The article of one row; its values may be strings, numbers, dates or None.

        Raises MalformedFile, EmptyInput or TooLarge.
        """
        cells = {field: row.get(name) for field, name in self.names.items()}
        text = cells["text"]
        if text is not None and not isinstance(text, str):
            raise MalformedFile(
                f"a {type(text).__name__} in the column {self.names['text']!r}",
                "the text of an article",
                "Name the column of the texts with --column text=NAME",
            )
        if not text or not text.strip():
            raise EmptyInput(
                f"no word in the column {self.names['text']!r}", "the text of an article", "Leave the row out"
            )
        if len(text) > LIMIT or len(text.encode("utf-8", "surrogatepass")) > LIMIT:
            raise too_large(f"a text of {len(text):,} characters")
        notices: list[str] = []
        return Article(
            text=text,
            id=_words(cells.get("id")) or "",
            title=_words(cells.get("title")) or defaults.title,
            outlet=_words(cells.get("outlet")) or defaults.outlet,
            published=_date(cells.get("date"), notices) or defaults.published,
            url=_words(cells.get("url")) or defaults.url,
            language=code_of(_words(cells.get("language"))) or defaults.language,
            notices=tuple(notices),
        )


def _words(value: Any) -> str | None:
    return None if value is None else str(value).strip() or None


def _date(value: Any, notices: list[str]) -> datetime.date | None:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    return date_or_notice(_words(value), notices)


def _listed(header: list[str]) -> str:
    shown = ", ".join(repr(name[:40]) for name in header[:SHOWN]) or "none"
    return shown + (f" and {len(header) - SHOWN} more" if len(header) > SHOWN else "")


def _no_column(seen: str) -> MalformedFile:
    return MalformedFile(seen, "a column with the text of the articles", "Name it with --column text=NAME")
