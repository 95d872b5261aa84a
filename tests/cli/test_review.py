"""Reviewing: a list where nobody sits, one question after the other where somebody does."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from full import full_record
from onrecord.archive.correcting.reviewing import progress
from onrecord.archive.correcting.runs import start_run
from onrecord.archive.store.keeping import keep
from onrecord.archive.store.opening import open_archive
from onrecord.cli import main
from onrecord.cli.archive import review
from onrecord.spans import Span


@pytest.fixture
def where(tmp_path: Path) -> str:
    """An archive with one article and statements 1 to 3, the last the least certain."""
    record = full_record()
    (said,) = record.statements
    three = [replace(said, id=str(n), content=(Span(26 + n, 44),), confidence=0.9 - n / 10) for n in range(3)]
    name = str(tmp_path / "held.db")
    with open_archive(name) as archive:
        keep(archive, replace(record, statements=tuple(three), asserted=()), start_run(archive, "", record.provenance))
    return name


def reviews(where: str) -> list[str | None]:
    with open_archive(where) as archive:
        return [review for (review,) in archive.database.rows("SELECT review FROM statements ORDER BY id")]


def test_a_list_goes_on_where_it_ended(where: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "--archive", where, "--n", "2", "--format", "jsonl"]) == 0
    out, told = capsys.readouterr()
    assert [json.loads(line)["statement"] for line in out.splitlines()] == [3, 2]
    assert "0 of 3 reviewed; go on with --after 0.8:2" in told
    assert main(["review", "--archive", where, "--after", "0.8:2", "--list"]) == 0
    out, told = capsys.readouterr()
    assert out.startswith("s1  0.90  a\n  [Rena Holt told Quay Radio that Ito was wrong]. He was.\n")
    assert "--after" not in told


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("y\nn\nq\n", [None, "rejected", "confirmed"]),
        ("s\nyes\n", [None, "confirmed", None]),
        ("what?\nn\nu\ny\n", [None, None, "confirmed"]),
        ("u\ny\ny\ny\n", ["confirmed", "confirmed", "confirmed"]),
    ],
)
def test_each_is_asked_for_and_answers_are_kept(
    where: str,
    typed: str,
    left: list[str | None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(review, "is_terminal", lambda stream: True)
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    assert main(["review", "--archive", where, "--who", "Anna"]) == 0
    assert reviews(where) == left
    assert "0 of 3 reviewed" in capsys.readouterr().out
    with open_archive(where) as archive:
        assert progress(archive) == (3 - left.count(None), 3)
