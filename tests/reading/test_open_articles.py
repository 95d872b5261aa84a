from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from onrecord.reading import open_articles
from onrecord.records import Article, Skipped


def skipped(path: str, stdin: bytes = b"") -> Skipped:
    (item,) = open_articles([path], stdin=io.BytesIO(stdin))
    assert isinstance(item, Skipped)
    return item


@pytest.mark.parametrize(
    ("name", "data", "article"),
    [
        ("a.txt", b"No.", Article("No.")),
        ("a.txt", b'{"text": "No."}', Article('{"text": "No."}')),
        ("a.TXT", b"No.", Article("No.")),
        ("a.jsonl", b'{"text": "No."}', Article("No.")),
        ("a", b"No.", Article("No.")),
        ("a", b'\xef\xbb\xbf {"text": "No."}', Article("No.")),
        ("a.md", b"{Reuters} No.", Article("{Reuters} No.")),
    ],
)
def test_the_suffix_chooses_the_reader_and_else_the_first_bytes(
    tmp_path: Path, name: str, data: bytes, article: Article
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert list(open_articles([str(path)])) == [article]


def test_articles_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A.")
    (tmp_path / "b.jsonl").write_text('{"text": "B."}\n{"text": "C."}')
    paths = [str(tmp_path / "b.jsonl"), str(tmp_path / "gone.txt"), str(tmp_path / "a.txt")]
    items = list(open_articles(paths))
    assert [item.text for item in items if isinstance(item, Article)] == ["B.", "C.", "A."]
    assert [item.name for item in items if isinstance(item, Skipped)] == [paths[1]]


@pytest.mark.parametrize(("data", "text"), [(b"No.", "No."), (b'{"text": "A."}', "A.")])
def test_a_dash_is_standard_input_of_either_kind(data: bytes, text: str) -> None:
    (item,) = open_articles(["-"], stdin=io.BytesIO(data), outlet="The Ayr Gazette")
    assert item == Article(text, outlet="The Ayr Gazette")


def test_a_pipe_is_peeked_into_and_loses_nothing() -> None:
    reading, writing = os.pipe()
    os.write(writing, b'{"text": "A."}\n{"text": "B."}')
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        assert list(open_articles(["-"], stdin=pipe)) == [Article("A."), Article("B.")]


def test_what_is_not_there_is_skipped_with_a_reason(tmp_path: Path) -> None:
    assert "no such file" in skipped(str(tmp_path / "gone.txt")).reason
    assert "a directory" in skipped(str(tmp_path)).reason
    assert "NUL" in skipped("a\0b").reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_forbidden_file_is_skipped_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A.")
    (tmp_path / "a.txt").chmod(0)
    assert "may not be read" in skipped(str(tmp_path / "a.txt")).reason


def test_a_name_that_is_not_utf8_can_still_be_printed(tmp_path: Path) -> None:
    assert skipped(str(tmp_path / "\udcff.txt")).name.endswith("\ufffd.txt")


def test_files_are_read_only_when_asked_for(tmp_path: Path) -> None:
    articles = open_articles([str(tmp_path / "a.txt")])
    (tmp_path / "a.txt").write_text("A.")
    assert list(articles) == [Article("A.")]
