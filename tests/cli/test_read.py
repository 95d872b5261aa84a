from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from cli.standin import find, put_in_place
from onrecord.archive.listing.tables import Choice, flat_columns
from onrecord.cli import main
from onrecord.records import Article, Record

GOOD = "“We were not asked,” said Rena Holt."
pytestmark = pytest.mark.usefixtures("engine")


@pytest.fixture
def good(tmp_path: Path) -> str:
    path = tmp_path / "good.txt"
    path.write_bytes(GOOD.encode())
    return str(path)


def lines_of(capsys: pytest.CaptureFixture[str]) -> list[Record]:
    return [Record.from_dict(json.loads(line)) for line in capsys.readouterr().out.splitlines()]


def type_in(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data), isatty=lambda: False))


def test_json_lines_can_be_read_back_as_the_records_they_are(good: str, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--title", "Wall", "--outlet", "Quay Herald", "--date", "2024-02-06", "--url", "https://q.example/1"]
    assert main(["read", good, "--format", "jsonl", *given, "--language", "unknown"]) == 0
    (record,) = lines_of(capsys)
    article = record.article
    assert record == find(article)
    assert (article.text, article.title, article.outlet) == (GOOD, "Wall", "Quay Herald")
    assert (str(article.published), article.url, article.language) == ("2024-02-06", "https://q.example/1", None)


def test_a_file_named_twice_is_read_twice(good: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", good, "--format", "jsonl", good]) == 0
    assert len(lines_of(capsys)) == 2


def test_after_two_dashes_all_are_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("--quiet").write_text(GOOD, "utf-8")
    assert main(["read", "--format", "jsonl", "--", "--quiet"]) == 0
    assert len(lines_of(capsys)) == 1


def test_a_dash_reads_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    type_in(monkeypatch, GOOD.encode())
    assert main(["read", "-"]) == 0
    assert capsys.readouterr().out.startswith("standard input\n1 statement: 1 direct\n")


def test_each_line_is_out_before_the_next_article_is_read(
    good: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[int] = []

    def read_many(articles: Iterable[Article]) -> Iterator[Record]:
        for article in articles:
            seen.append(capsys.readouterr().out.count("\n"))
            yield find(article)

    put_in_place(monkeypatch, read_many)
    assert main(["read", "--format", "jsonl", good, good, good]) == 0
    assert seen == [0, 1, 1]


BAD = {
    "gone.txt": (None, "no such file"),
    "empty.txt": (b"", "0 bytes"),
    "blank.txt": (b" \n\t\n", "without a word"),
    "nul.txt": (b"No.\0 Yes." * 9, "control characters"),
    "picture.txt": (bytes(range(256)) * 40, "control characters"),
    "paper.txt": (b"%PDF-1.7\n\0\1\2\3" * 9, "a PDF"),
    "broken.jsonl": (b'{"text": "a"', "wanted one JSON object on the line"),
    "other.jsonl": (b'["a"]', "wanted a JSON object"),
    "textless.jsonl": (b'{"title": "a"}', "'title'"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_told_counted_and_does_not_stop_the_rest(
    name: str, good: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, reason = BAD[name]
    bad = tmp_path / name
    if data is not None:
        bad.write_bytes(data)
    assert main(["read", good, str(bad), good, "--format", "jsonl"]) == 1
    told = capsys.readouterr()
    assert told.out.count("\n") == 2
    first, last = told.err.splitlines()
    assert first.startswith(f"onrecord: skipped {bad}")
    assert reason in first
    assert last == "onrecord: 2 read, 1 skipped"


@pytest.mark.parametrize("name", ["huge.txt", "huge.jsonl"])
def test_a_hundred_megabytes_on_one_line_are_refused(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    with path.open("wb") as stream:
        stream.truncate(100_000_000)
    assert main(["read", str(path)]) == 1
    assert "at most 8,388,608 bytes an article" in capsys.readouterr().err


def test_a_lone_surrogate_comes_through_as_valid_utf8(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "\\ud83e “No,” said Rena Holt."}')
    for form in ("jsonl", "text", "html"):
        assert main(["read", str(path), "--format", form]) == 0
        out = capsysbinary.readouterr().out.decode("utf-8")
        if form == "jsonl":
            record = Record.from_dict(json.loads(out))
            assert record.article.text.startswith("\ud83e")
            assert record.quote("1") == "“No,”"


@pytest.mark.parametrize("form", ["text", "jsonl", "html"])
def test_a_terminal_that_knows_only_ascii_breaks_nothing(form: str, good: str, monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding="ascii"))
    assert main(["read", good, "--format", form]) == 0
    assert "We were not asked" in out.getvalue().decode("utf-8")


def test_output_is_a_file_in_utf8_and_nothing_is_printed(
    good: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "out.txt"
    assert main(["read", good, "--output", str(output)]) == 0
    assert "“We were not asked,”" in output.read_text("utf-8")
    assert capsys.readouterr().out == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["good.txt", "out.txt"]


def test_an_older_output_is_replaced_with_its_permissions_and_through_its_link(good: str, tmp_path: Path) -> None:
    output, link = tmp_path / "out.txt", tmp_path / "link.txt"
    output.write_text("old")
    output.chmod(0o640)
    link.symlink_to(output)
    assert main(["read", good, "--output", str(link)]) == 0
    assert link.is_symlink()
    assert "Rena Holt" in output.read_text("utf-8")
    assert output.stat().st_mode & 0o777 == 0o640


def test_an_older_output_stays_when_nothing_was_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "out.html"
    output.write_text("old")
    assert main(["read", str(tmp_path / "gone.txt"), "--format", "html", "--output", str(output)]) == 1
    assert output.read_text() == "old"
    assert f"nothing was written to {output}" in capsys.readouterr().err


@pytest.mark.parametrize("output", ["good.txt", ".", "no/such/directory/out.txt", "a\0b", ""])
def test_an_output_that_cannot_be_is_refused_before_anything_is_read(
    output: str, good: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["read", good, "gone.txt", "--output", output]) == 2
    assert "--output" in capsys.readouterr().err
    assert Path(good).read_text("utf-8") == GOOD
    assert [path.name for path in tmp_path.iterdir()] == ["good.txt"]


def test_a_device_is_written_to_and_not_replaced(good: str) -> None:
    assert main(["read", good, "--output", os.devnull]) == 0
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("form", ["text", "jsonl", "html"])
def test_ctrl_c_says_how_far_it_got_and_leaves_no_half_file(
    form: str, good: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def read_many(articles: Iterable[Article]) -> Iterator[Record]:
        yield find(next(iter(articles)))
        raise KeyboardInterrupt

    put_in_place(monkeypatch, read_many)
    output = tmp_path / "out"
    assert main(["read", good, good, "--format", form, "--output", str(output)]) == 130
    told = capsys.readouterr().err
    assert told.startswith("onrecord: stopped after 1 article · 7 words")
    assert told.endswith(f"nothing was written to {output}\n")
    assert [path.name for path in tmp_path.iterdir()] == ["good.txt"]


def test_what_reading_had_to_guess_is_told_unless_quiet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes(GOOD.encode("cp1252"))
    assert main(["read", str(path)]) == 0
    assert capsys.readouterr().err == f"onrecord: {path}: decoded as cp1252, for it is not UTF-8\n"
    assert main(["read", str(path), "--quiet"]) == 0
    assert capsys.readouterr().err == ""


def test_a_notice_about_every_line_does_not_flood(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("".join(f'{{"id": {n}, "text": "No."}}\n' for n in range(100)))
    assert main(["read", str(path)]) == 0
    *shown, last = capsys.readouterr().err.splitlines()
    assert len(shown) == 3
    assert last == "onrecord: 97 more notices like these"


def test_a_name_with_control_characters_is_told_without_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "\x1b]0;owned\x07\x1b[31m.txt"]) == 1
    assert "\x1b" not in (told := capsys.readouterr().err)
    assert "\x07" not in told


def test_tables_of_statements_have_the_columns_of_an_export(
    good: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", good, "--format", "csv"]) == 0
    head, *rows = csv.reader(io.StringIO(capsys.readouterr().out, newline=""))
    assert tuple(head) == flat_columns(Choice())
    assert rows
    assert {len(row) for row in rows} == {len(head)}
    assert main(["read", good, "--format", "datasette"]) == 2
    assert "--output FILE" in capsys.readouterr().err
    assert main(["read", good, "--format", "datasette", "--output", str(tmp_path / "said.db")]) == 0
    assert (tmp_path / "said.metadata.json").exists()
