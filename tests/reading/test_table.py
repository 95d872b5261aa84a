from __future__ import annotations

import csv
import datetime
import io

import pytest

from evals import samples
from needs import SHARED
from onrecord.errors import MalformedFile
from onrecord.reading.columns import Columns
from onrecord.reading.source import LIMIT, Defaults
from onrecord.records import Article, Skipped
from reading.reading import articles_in, from_paths, read, refusal, texts

WIKINEWS = SHARED / "data" / "wikinews-en" / "data"


def test_every_row_is_an_article_by_the_usual_names_of_columns() -> None:
    articles = articles_in(samples.csv_table(), "a.csv")
    assert [article.text for article in articles] == [story.text for story in samples.STORIES]
    first = articles[0]
    assert (first.title, first.published, first.url) == (
        samples.FROST.title,
        datetime.date(2024, 2, 6),
        "https://quay.example/1",
    )


def test_a_cell_that_is_a_formula_to_spreadsheets_is_text() -> None:
    articles = articles_in(b'text,title\n"=1+1",@SUM(A1)\n', "a.csv")
    assert articles == [Article("=1+1", title="@SUM(A1)")]


@pytest.mark.parametrize(
    "data",
    [
        b"title\tbody\nT\tNo, she said.\n",
        b"title;body\nT;No, she said.\n",
        b"title|body\r\nT|No, she said.\r\n",
        b'\xef\xbb\xbftitle,body\nT,"No, she said."\n',
        'title,body\nT,"No, she said."\n'.encode("utf-16"),
        b'ID,Title,Body,\n,T,"No, she said.",,\n',
    ],
    ids=["tabs", "semicolons", "bars", "a mark", "UTF-16", "empty cells at the end"],
)
def test_delimiter_and_encoding_are_found_out(data: bytes) -> None:
    assert articles_in(data, "a.csv") == [Article("No, she said.", title="T")]


def test_an_old_encoding_is_told_with_the_first_row() -> None:
    first, second = articles_in("text\n“Nein”\n“Ja”\n".encode("cp1252"), "a.csv")
    assert (first.text, second.text) == ("“Nein”", "“Ja”")
    assert ["cp1252" in notice for notice in first.notices + second.notices] == [True]


def test_columns_are_those_that_the_user_names() -> None:
    data = b"a,b,body\nNo.,The Quay Herald,Not this.\n"
    defaults = Defaults(columns={"text": "a", "outlet": "b"})
    assert articles_in(data, "a.csv", defaults) == [Article("No.", outlet="The Quay Herald")]
    with pytest.raises(MalformedFile, match=r"no column 'c' among 'a', 'b'"):
        Columns.of(["a", "b"], {"text": "c"})
    assert "--column text=NAME" in refusal(b"a,b\n1,2\n", "a.csv").todo


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b",T\n", "no word in the column 'text'"),
        (b"No, she said.,T\n", "3 cells under 2 names"),
        (b'"' + b"a" * (LIMIT - 1) + "é".encode() + b'",T\n', "a text of 8,388,608 characters"),
    ],
    ids=["empty", "too many cells", "too long"],
)
def test_a_bad_row_is_one_skipped_by_its_line(row: bytes, reason: str) -> None:
    before, bad, after = read(b"text,title\nA.,T\n" + row + b"B.,T\n", "a.csv")
    assert texts((before, after)) == ["A.", "B."]
    assert isinstance(bad, Skipped)
    assert bad.name == "a.csv:3"
    assert reason in bad.reason


def test_a_quotation_mark_that_is_never_closed_keeps_the_rows_before_it() -> None:
    before, last = articles_in(b'text,title\nA.,T\n"B.\nC.\n', "a.csv")
    assert before == Article("A.", title="T")
    assert "cut off" in last.notices[0]
    first, rest = read(b'text\nA.\n"' + (b"b" * 999 + b"\n") * (LIMIT // 400), "a.csv")
    assert texts((first,)) == ["A."]
    assert isinstance(rest, Skipped)
    assert "lone quotation mark" in rest.todo


@pytest.mark.parametrize("data", [b"", b"text,title\n", b"\n"])
def test_a_table_without_rows_is_told(data: bytes) -> None:
    assert refusal(data, "a.csv").name == "a.csv"


def test_a_line_without_end_is_not_loaded() -> None:
    assert "a line of more than" in refusal(b"text " + b"a" * 2 * LIMIT, "a.csv").reason


@pytest.mark.shared("data/wikinews-en")
def test_the_tables_of_wikinews_are_read_as_they_are() -> None:
    paths = sorted(WIKINEWS.glob("*.csv"))
    articles = [item for item in from_paths(*paths) if isinstance(item, Article)]
    csv.field_size_limit(LIMIT)
    rows = [row for path in paths for row in csv.DictReader(io.StringIO(path.read_bytes().decode(), newline=""))]
    assert [(a.text, a.title, a.url, str(a.published)) for a in articles] == [
        (row["text"], row["title"], row["url"], row["date"]) for row in rows
    ]
    assert {article.language for article in articles} == {"en"}
