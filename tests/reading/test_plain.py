from __future__ import annotations

import datetime
import io

from onrecord.reading import source
from onrecord.reading.plain import read_plain
from onrecord.reading.source import Defaults
from onrecord.records import Article, Skipped


class Pipe(io.BytesIO):
    """A stream of unknown length, as standard input may be."""

    def seekable(self) -> bool:
        return False


class Unread(io.BytesIO):
    """A stream that must not be read."""

    def read(self, size: int | None = -1, /) -> bytes:
        raise AssertionError(f"{size} bytes were read")


def read(data: bytes, defaults: Defaults = Defaults()) -> Article | Skipped:  # noqa: B008
    (item,) = read_plain(io.BytesIO(data), "a.txt", defaults)
    return item


def test_a_plain_text_is_one_article_exactly_as_it_was() -> None:
    assert read("“No,”\r\n said Holt.\r".encode()) == Article("“No,”\r\n said Holt.\r")


def test_what_the_caller_knows_is_written_on_the_article() -> None:
    known = Defaults("T", "The Ayr Gazette", datetime.date(2031, 5, 8), "https://ayr.example/1", "sco")
    assert read(b"No.", known) == Article(
        "No.",
        title="T",
        outlet="The Ayr Gazette",
        published=datetime.date(2031, 5, 8),
        url="https://ayr.example/1",
        language="sco",
    )


def test_an_empty_file_is_skipped_by_name() -> None:
    item = read(b" \n")
    assert isinstance(item, Skipped)
    assert (item.name, item.reason) == ("a.txt", "2 bytes without a word; wanted the text of an article")


def test_a_file_over_the_limit_is_refused_unread() -> None:
    (item,) = read_plain(Unread(b"a" * (source.LIMIT + 1)), "a.txt", Defaults())
    assert isinstance(item, Skipped)
    assert "8,388,609 bytes" in item.reason


def test_a_pipe_is_read_no_further_than_the_limit() -> None:
    pipe = Pipe(b"a" * (source.LIMIT + 50))
    (item,) = read_plain(pipe, "standard input", Defaults())
    assert isinstance(item, Skipped)
    assert pipe.tell() == source.LIMIT + 1


def test_a_page_read_as_plain_text_is_told() -> None:
    item = read(b"\n<!DOCTYPE html><p>No.")
    assert isinstance(item, Article)
    assert "HTML" in item.notices[0]
