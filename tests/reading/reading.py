"""What tests of readers share: bytes in, articles and refusals out."""

from __future__ import annotations

import io
from collections.abc import Iterable

from onrecord.reading import open_articles
from onrecord.reading.kinds import READERS, kind_of, reader_for
from onrecord.reading.source import Defaults
from onrecord.records import Article, Skipped

__all__ = ["READERS", "articles_in", "kind_of", "read", "refusal", "texts"]


def read(data: bytes, name: str = "a", defaults: Defaults | None = None) -> list[Article | Skipped]:
    """What the reader that `name` and the first bytes call for makes of `data`."""
    return list(reader_for(name, data[:4096])(io.BytesIO(data), name, defaults or Defaults()))


def articles_in(data: bytes, name: str = "a", defaults: Defaults | None = None) -> list[Article]:
    """The articles, where nothing is refused."""
    items = read(data, name, defaults)
    assert [item for item in items if isinstance(item, Skipped)] == []
    return [item for item in items if isinstance(item, Article)]


def refusal(data: bytes, name: str = "a", defaults: Defaults | None = None) -> Skipped:
    """The one refusal, where nothing is read."""
    (item,) = read(data, name, defaults)
    assert isinstance(item, Skipped)
    return item


def texts(items: Iterable[Article | Skipped]) -> list[str]:
    """The texts of the articles among them."""
    return [item.text for item in items if isinstance(item, Article)]


def from_paths(*paths: object) -> list[Article | Skipped]:
    """What `open_articles` makes of them."""
    return list(open_articles(map(str, paths)))
