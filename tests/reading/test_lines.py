from __future__ import annotations

import datetime
import io
import json
from typing import Any

import pytest

from onrecord.reading.lines import read_lines
from onrecord.reading.source import LIMIT, Defaults
from onrecord.records import Article, Skipped


def read(data: bytes, defaults: Defaults = Defaults()) -> list[Article | Skipped]:  # noqa: B008
    return list(read_lines(io.BytesIO(data), "a.jsonl", defaults))


def one(data: dict[str, Any], defaults: Defaults = Defaults()) -> Article:  # noqa: B008
    (item,) = read(json.dumps(data).encode(), defaults)
    assert isinstance(item, Article)
    return item


def test_each_line_is_an_article_with_what_it_says_of_itself() -> None:
    given = {"id": "a1", "text": "“No.”\r\n", "title": "T", "outlet": "The Ayr Gazette", "date": "2031-05-08"}
    assert one(given | {"url": "https://ayr.example/1", "language": "sco", "colour": "red"}) == Article(
        "“No.”\r\n",
        id="a1",
        title="T",
        outlet="The Ayr Gazette",
        published=datetime.date(2031, 5, 8),
        url="https://ayr.example/1",
        language="sco",
    )


def test_defaults_fill_in_what_a_line_leaves_out() -> None:
    article = one({"text": "No.", "title": "Mine"}, Defaults(title="Yours", outlet="Ayr Gazette"))
    assert (article.title, article.outlet, article.language) == ("Mine", "Ayr Gazette", "en")


def test_an_exported_record_is_an_article_again() -> None:
    assert one({"id": "a", "text": "No.", "sha256": "0", "engine": {}, "attributions": []}) == Article("No.", "a")


@pytest.mark.parametrize(
    ("key", "value", "kept", "told"),
    [
        ("date", "2031-05-08T23:30:00-08:00", datetime.date(2031, 5, 8), None),
        ("date", "8 May", None, "saw '8 May'"),
        ("date", 20310508, None, "saw int"),
        ("title", ["T"], None, "saw list"),
        ("id", 17, "17", "was a number"),
    ],
)
def test_a_field_that_is_odd_is_told_and_does_not_cost_the_article(
    key: str, value: object, kept: object, told: str | None
) -> None:
    article = one({"text": "No.", key: value})
    assert getattr(article, "published" if key == "date" else key) == kept
    assert [told in notice for notice in article.notices] == [True] if told else article.notices == ()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "one JSON object on the line"),
        (b"[" * 100_000, "one JSON object on the line"),
        (b"[1]", "a JSON list"),
        (b'{"words": "No."}', "an object with keys 'words'"),
        (b'{"text": 5}', '"text" of type int'),
        (b'{"text": " "}', "without a word"),
        (b'{"text": "\xff"}', "at byte 10 of the line"),
        (b'{"text": "' + b"a" * LIMIT + b'"}', "more than 8,388,608 bytes"),
    ],
    ids=["cut off", "too deep", "a list", "no text", "a number", "blank", "not UTF-8", "too long"],
)
def test_a_bad_line_is_one_skipped_and_the_others_go_on(line: bytes, reason: str) -> None:
    before, bad, after = read(b'{"text": "A."}\n' + line + b'\n{"text": "B."}')
    assert (before, after) == (Article("A."), Article("B."))
    assert isinstance(bad, Skipped)
    assert bad.name == "a.jsonl:2"
    assert reason in bad.reason


def test_a_line_of_exactly_the_limit_is_read() -> None:
    line = b'{"text": "' + b"a" * (LIMIT - 12) + b'"}'
    assert len(line) == LIMIT
    assert [type(item) for item in read(line + b"\n" + line)] == [Article, Article]


def test_a_leading_mark_and_blank_lines_are_passed_over_but_counted() -> None:
    article, bad = read(b'\xef\xbb\xbf{"text": "A."}\r\n\r\n \nno')
    assert article == Article("A.")
    assert isinstance(bad, Skipped)
    assert bad.name == "a.jsonl:4"


def test_a_lone_surrogate_is_kept() -> None:
    assert read(b'{"text": "a\\ud800b"}') == [Article("a\ud800b")]


def test_a_file_without_lines_is_skipped() -> None:
    (item,) = read(b"\n")
    assert isinstance(item, Skipped)
    assert "no lines" in item.reason
