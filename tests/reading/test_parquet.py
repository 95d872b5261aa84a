from __future__ import annotations

import datetime
import io
from typing import Any

import pytest

from evals import samples
from onrecord.records import Article, Skipped
from reading.reading import articles_in, read, refusal, texts

pyarrow = pytest.importorskip("pyarrow", reason="needs onrecord[parquet]")


def table(**columns: list[Any]) -> bytes:
    import pyarrow.parquet

    target = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), target)
    return target.getvalue()


def test_every_row_is_an_article_over_all_row_groups() -> None:
    articles = articles_in(samples.parquet_table())
    assert [(one.text, one.title, one.published) for one in articles] == [
        (story.text, story.title, story.published) for story in samples.STORIES
    ]


def test_dates_times_and_numbers_are_taken_as_what_they_are() -> None:
    data = table(body=["No."], pubdate=[datetime.datetime(2024, 2, 6, 23, 30)], id=[7], lang=["en-GB"])
    assert articles_in(data) == [Article("No.", id="7", published=datetime.date(2024, 2, 6))]


def test_a_row_without_a_text_is_one_skipped() -> None:
    first, bad, last = read(table(text=["A.", None, "B."]), "a.parquet")
    assert texts((first, last)) == ["A.", "B."]
    assert isinstance(bad, Skipped)
    assert bad.name == "a.parquet:2"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (table(text=[1, 2])[:-9], "a damaged Parquet file"),
        (b"PAR1", "a damaged Parquet file"),
        (table(number=[1]), "the columns 'number'"),
        (table(text=[1]), "a int in the column 'text'"),
        (table(text=pyarrow.array([], pyarrow.string())), "a table without rows"),
    ],
    ids=["cut off", "only the magic", "no text", "numbers", "no rows"],
)
def test_what_is_no_table_of_articles_is_refused(data: bytes, reason: str) -> None:
    assert reason in refusal(data, "a.parquet").reason
