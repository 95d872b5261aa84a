from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.cli import main
from onrecord.records import Article, Record

pytestmark = pytest.mark.usefixtures("engine")
GERMAN = "Das Ventil war vom Frost verschlossen, sagte der Hafenmeister, und niemand habe bis Montag davon gewusst."


def articles(capsys: pytest.CaptureFixture[str], *arguments: object) -> list[Article]:
    main(["read", "--format", "jsonl", *map(str, arguments)])
    return [Record.from_dict(json.loads(line)).article for line in capsys.readouterr().out.splitlines()]


def test_a_folder_and_the_tables_in_it_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.csv").write_text("text,title\nA.,One\nB.,Two\n")
    (tmp_path / "b.txt").write_text("C.")
    found = articles(capsys, tmp_path)
    assert [(article.text, article.title) for article in found] == [("A.", "One"), ("B.", "Two"), ("C.", None)]


def test_columns_may_be_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.csv").write_text("x,y\nA.,The Quay Herald\n")
    (article,) = articles(capsys, tmp_path / "a.csv", "--column", "text=x", "--column", "outlet=y")
    assert (article.text, article.outlet) == ("A.", "The Quay Herald")


@pytest.mark.parametrize("value", ["text", "text=", "body=x", "=x"])
def test_a_column_that_cannot_be_meant_is_a_usage_error(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "a.csv", "--column", value]) == 2
    assert "FIELD=NAME" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "language"), [([], "de"), (["--language", "auto"], "de"), (["--language", "fr"], "fr")]
)
def test_the_language_is_found_out_unless_it_is_given(
    given: list[str], language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(GERMAN)
    (article,) = articles(capsys, tmp_path / "a.txt", *given)
    assert article.language == language
    assert main(["read", str(tmp_path / "a.txt"), *given]) == 0
    assert f"its language is {language}, which no model reads" in capsys.readouterr().err


def test_a_language_that_is_none_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "a.txt", "--language", "german"]) == 2
    assert "unknown or auto" in capsys.readouterr().err
