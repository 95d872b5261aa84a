"""Exporting at the command line: whole files, no text unless asked for, and nothing overwritten by accident."""

from __future__ import annotations

import gc
import io
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from full import full_record
from onrecord.archive.correcting.corrections import confirm
from onrecord.archive.correcting.runs import start_run
from onrecord.archive.store.keeping import keep
from onrecord.archive.store.opening import open_archive
from onrecord.cli import main
from onrecord.records import Record


@pytest.fixture
def where(tmp_path: Path) -> str:
    """An archive with the full record at two urls; the statement of the second is confirmed."""
    name = str(tmp_path / "held.db")
    record = full_record()
    with open_archive(name) as archive:
        run = start_run(archive, "", record.provenance)
        for letter in "ab":
            article = replace(record.article, id="", url=f"https://quay.example/{letter}", title=f"={letter}")
            keep(archive, replace(record, article=article), run)
        confirm(archive, 2, who="Anna")
    return name


def test_json_lines_hold_no_text_unless_asked_for(where: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--archive", where]) == 0
    out, told = capsys.readouterr()
    assert [json.loads(line)["url"][-1] for line in out.splitlines()] == ["a", "b"]
    assert "He was" not in out
    assert "2 statements" in told
    assert main(["export", "--archive", where, "--with-text", "--quiet"]) == 0
    out, told = capsys.readouterr()
    assert json.loads(out.splitlines()[0])["text"] == full_record().article.text
    assert told == ""


def test_a_query_chooses(where: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--archive", where, "--query", "wrong"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
    assert main(["export", "--archive", where, "--query", "nowhere"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("shape", ["csv", "parquet", "datasette"])
def test_files_come_out_whole_and_the_same_twice(where: str, shape: str, tmp_path: Path) -> None:
    if shape == "parquet":
        pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    path = tmp_path / f"said.{shape}"
    assert main(["export", "--archive", where, "--format", shape, "-o", str(path)]) == 0
    first = path.read_bytes()
    assert main(["export", "--archive", where, "--format", shape, "-o", str(path)]) == 0
    assert path.read_bytes() == first
    left = {file.name for file in tmp_path.iterdir() if not file.name.startswith("held.db")}
    assert left == {path.name} | ({"said.metadata.json"} if shape == "datasette" else set())
    if shape == "csv":
        assert "'=a" in path.read_text("utf-8")
    if shape == "datasette":
        with closing(sqlite3.connect(path)) as database:
            assert database.execute("SELECT COUNT(*) FROM statements").fetchone() == (2,)


def test_records_can_be_read_back(where: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--archive", where, "--format", "records", "--with-text"]) == 0
    records = [Record.from_dict(json.loads(line)) for line in capsys.readouterr().out.splitlines()]
    assert [replace(record, article=full_record().article) for record in records] == [full_record()] * 2


def test_training_takes_what_persons_looked_at(where: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--archive", where, "--training"]) == 0
    (line,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (line["url"], line["reviews"]) == ("https://quay.example/b", {"1": "confirmed"})


@pytest.mark.parametrize("given", [[], ["--format", "csv"], ["--format", "records", "--with-text"]])
def test_a_reader_who_goes_away_leaves_no_mess(
    where: str, given: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Gone(io.StringIO):
        def write(self, words: str) -> int:
            raise BrokenPipeError

    messes: list[object] = []
    monkeypatch.setattr("sys.unraisablehook", messes.append)
    monkeypatch.setattr("sys.stdout", Gone())
    assert main(["export", "--archive", where, *given]) == 141
    gc.collect()
    assert messes == []
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--format", "pdf"], "one of jsonl, brat, csv"),
        (["--format", "parquet"], "--output FILE"),
        (["--format", "records"], "--with-text"),
        (["--training", "--format", "csv"], "JSON lines"),
        (["--query", "x", "--run", "1"], "one of them"),
        (["--run", "0"], "whole number"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    where: str, given: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "--archive", where, *given]) == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("shape", ["jsonl", "datasette"])
def test_the_archive_is_never_the_file_to_write(where: str, shape: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--archive", where, "--format", shape, "--output", where]) == 2
    assert "one of the files to read" in capsys.readouterr().err
    with open_archive(where) as archive:
        assert archive.database.row("SELECT COUNT(*) FROM statements") == (2,)
