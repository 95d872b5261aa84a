from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.cli import main

GOOD = "“We were not asked,” said Rena Holt.\n“Nor was I,” said Kenji Ito."
pytestmark = pytest.mark.usefixtures("engine")


@pytest.fixture
def good(tmp_path: Path) -> str:
    path = tmp_path / "good.txt"
    path.write_bytes(GOOD.encode())
    return str(path)


def test_an_outlet_is_measured_from_its_articles(good: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["profile", good, "--outlet", "Quay Herald"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Quay Herald\n1 article · 13 words · 2 statements\n")
    assert "everyone" in out


def test_records_read_before_are_measured_as_they_are(
    good: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept.jsonl"
    assert main(["read", good, "--format", "jsonl", "--outlet", "Quay Herald", "--output", str(kept)]) == 0
    with kept.open("a") as stream:
        stream.write("{not a record}\n\n")
    assert main(["profile", str(kept), "--format", "json"]) == 1
    shown = capsys.readouterr()
    (profile,) = json.loads(shown.out)
    assert (profile["outlet"], profile["everyone"]["statements"]) == ("Quay Herald", 2)
    assert "kept.jsonl:2" in shown.err
    assert "1 read, 1 skipped" in shown.err


def test_a_picture_is_of_one_outlet(good: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = tmp_path / "quay.svg"
    assert main(["profile", good, "--format", "svg", "--output", str(picture)]) == 0
    assert picture.read_text("utf-8").startswith("<svg ")
    both = tmp_path / "both.jsonl"
    both.write_text('{"text": "“A,” said Rena Holt.", "outlet": "A"}\n{"text": "“B,” said Ana Ito.", "outlet": "B"}\n')
    assert main(["profile", str(both), "--format", "svg"]) == 2
    assert "2 outlets (A, B)" in capsys.readouterr().err


@pytest.mark.parametrize("given", [["--top", "0"], ["--top", "x"], ["--format", "pdf"], []])
def test_what_cannot_be_meant_is_refused(given: list[str], good: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["profile", *([good] if given else []), *given]) == 2
    assert "Saw" in capsys.readouterr().err


def test_the_articles_of_one_outlet_are_measured_and_too_few_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    both = tmp_path / "both.jsonl"
    both.write_text('{"text": "“A,” said Rena Holt.", "outlet": "A"}\n{"text": "“B,” said Ana Ito.", "outlet": "B"}\n')
    assert main(["profile", str(both), "--outlet", "a"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("A\n1 article")
    assert "Ana Ito" not in out
    assert "(too few)" in out
    assert "0% to 100%" not in out
    assert main(["profile", str(both), "--outlet", "C"]) == 2
    assert "wanted one of A, B" in capsys.readouterr().err
