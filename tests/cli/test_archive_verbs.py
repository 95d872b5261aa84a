"""The verbs on an archive, as typed: what is kept is shown, listed, compared, checked and forgotten."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from full import full_record
from onrecord.cli import main
from onrecord.records import Provenance, Record

Run = Callable[..., tuple[int, str, str]]
HOLT = full_record()
EDITED = replace(HOLT.article, text="Rena Holt told Quay Radio that Ito was wrong. She was.")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on an archive of the test's own: exit code, standard output, standard error."""
    monkeypatch.setenv("ONRECORD_ARCHIVE", str(tmp_path / "archive.db"))

    def command(*given: str) -> tuple[int, str, str]:
        code = main(given)
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return command


@pytest.fixture
def printed(tmp_path: Path) -> Callable[..., str]:
    """Writes records as `onrecord read --format jsonl` does; the name of the file."""

    def write(*records: Record, name: str = "records.jsonl") -> str:
        path = tmp_path / name
        path.write_text("".join(record.to_json() + "\n" for record in records), "utf-8")
        return str(path)

    return write


@pytest.fixture
def filled(run: Run, printed: Callable[..., str]) -> Run:
    """`run`, on an archive that holds one record with something in every field."""
    article = replace(HOLT.article, title="Ito was wrong", outlet="Quay Herald", url="https://quay.example/a")
    assert run("add", printed(replace(HOLT, article=article)), "--quiet")[0] == 0
    return run


def test_records_are_kept_once(run: Run, printed: Callable[..., str]) -> None:
    file = printed(HOLT)
    assert run("add", file)[:2] == (0, f"1 new: 1 statement kept in {os.environ['ONRECORD_ARCHIVE']}\n")
    assert run("add", file)[1].startswith("1 known: 0 statements kept")
    edited = printed(replace(HOLT, article=EDITED, statements=(), asserted=(), occasions=(), entities=()))
    assert run("add", edited)[1].startswith("1 version: 0 statements kept")
    newer = printed(replace(HOLT, provenance=Provenance("0.2.0")))
    assert run("add", newer, "--format", "jsonl")[0] == 0
    assert [json.loads(line)["engine"] for line in run("runs", "--format", "jsonl")[1].splitlines()] == [
        "0.1.0",
        "0.1.0",
        "0.2.0",
    ]


def test_a_run_broken_off_after_its_last_article_is_finished_by_the_next_call(
    run: Run, printed: Callable[..., str], tmp_path: Path
) -> None:
    file = printed(HOLT)
    run("add", file)
    with sqlite3.connect(tmp_path / "archive.db") as archive:
        archive.execute("UPDATE runs SET finished = NULL")
    archive.close()
    assert "not finished" in run("runs")[1]
    assert run("add", file)[1].startswith("1 known")
    assert "not finished" not in run("runs")[1]
    assert len(run("runs", "--format", "jsonl")[1].splitlines()) == 1


def test_what_cannot_be_kept_is_told_and_counted(run: Run, printed: Callable[..., str], tmp_path: Path) -> None:
    bad = replace(HOLT, article=replace(HOLT.article, id="bad", title="a\0b"))
    file = printed(HOLT, bad)
    with Path(file).open("a") as stream:
        stream.write("{not a record}\n")
    code, out, err = run("add", file)
    assert (code, out.split(":")[0]) == (1, "1 new, 2 skipped")
    assert "skipped bad: saw the character NUL" in err
    assert "records.jsonl:3" in err
    assert run("verify")[0] == 0


@pytest.mark.usefixtures("engine")
def test_articles_are_read_and_kept_and_known_again(run: Run, tmp_path: Path) -> None:
    article = tmp_path / "quay.txt"
    article.write_text("“We were not asked,” said Rena Holt.\n“Nor was I,” said Kenji Ito.", "utf-8")
    assert run("add", str(article), "--outlet", "Quay Herald")[1].startswith("1 new: 2 statements kept")
    assert run("add", str(article), "--outlet", "Quay Herald")[1].startswith("1 known")
    assert "“We were not asked,”" in run("show", "1")[1]


def test_an_article_is_shown_as_it_is_read(filled: Run) -> None:
    code, out, _ = filled("show", "https://quay.example/a")
    assert code == 0
    assert "Ito was wrong\nQuay Herald · article 1\n" in out
    assert "that Ito was wrong" in out
    assert "version 1 of 1" in out
    told = json.loads(filled("show", "1", "--format", "jsonl")[1])
    assert (told["article"], "text" in told) == (1, False)
    assert json.loads(filled("show", "1", "--format", "jsonl", "--with-text")[1])["text"] == HOLT.article.text


def test_a_statement_is_shown_with_all_that_is_known_of_it(filled: Run) -> None:
    code, out, _ = filled("show", "s1")
    assert (code, out.splitlines()[0]) == (0, "Rena Holt: that Ito was wrong")
    assert "onrecord 0.1.0, model small abababababab, run 1" in out
    told = json.loads(filled("show", "s1", "--format", "jsonl")[1])
    assert told["spans"] == {"content": [[26, 44]], "source": [[0, 9]], "cue": [[10, 14]]}


def test_speakers_and_outlets_are_listed(filled: Run) -> None:
    assert filled("speakers")[1].splitlines()[1].split() == ["1", "Rena", "Holt", "person", "Q1", "1", "1", "0"]
    assert filled("speakers", "Rena Holt")[1].startswith("Rena Holt · person · Q1 · id 1\n1 statement in 1 article")
    assert json.loads(filled("speakers", "--format", "jsonl")[1])["name"] == "Rena Holt"
    assert filled("outlets")[1].splitlines()[1].split() == ["1", "Quay", "Herald", "1", "1"]
    assert json.loads(filled("outlets", "--format", "jsonl")[1])["articles"] == 1


def test_runs_are_compared_and_promoted(run: Run, printed: Callable[..., str]) -> None:
    run("add", printed(HOLT), "--label", "first")
    newer = replace(HOLT, provenance=Provenance("0.2.0"), statements=(replace(HOLT.statements[0], form="direct"),))
    run("add", printed(newer), "--label", "second")
    out = run("diff", "1", "2")[1]
    assert "0 statements the same, 1 changed, 0 added, 0 gone\nchanged: form 1\n" in out
    assert "form: indirect -> direct" in out
    assert json.loads(run("diff", "1", "2", "--format", "jsonl")[1])["fields"] == {"form": ["indirect", "direct"]}
    code, out, err = run("runs", "--promote", "2", "--who", "Ana Ito")
    assert (code, "run 2 is shown now; 1 article changed" in err) == (0, True)
    assert [line.split()[:2] for line in out.splitlines()[1:]] == [["1", "first"], ["2", "second"]]
    assert '"form": "direct"' in run("show", "1", "--format", "jsonl")[1]


def test_an_archive_is_verified(filled: Run, tmp_path: Path) -> None:
    assert filled("verify")[:2] == (0, f"no fault in 1 article of {tmp_path / 'archive.db'}\n")
    with sqlite3.connect(tmp_path / "archive.db") as file:
        file.execute("UPDATE statements SET content = 'Ito was right'")
    file.close()
    code, out, _ = filled("verify", "--quiet")
    assert (code, "statements 1: content 'Ito was right' is not what stands at its spans" in out) == (1, True)


def test_what_can_be_made_anew_is_repaired_and_the_rest_is_told(filled: Run, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "archive.db") as file:
        file.execute("INSERT INTO found (found) VALUES ('delete-all')")
    file.close()
    assert filled("verify", "--quiet")[0] == 1
    code, out, _ = filled("verify", "--quiet", "--repair")
    assert (code, "repaired: found" in out, "1 fault repaired, none left" in out) == (0, True, True)
    with sqlite3.connect(tmp_path / "archive.db") as file:
        file.execute("UPDATE statements SET decided_by = '{}'")
        file.execute("DELETE FROM tallies")
    file.close()
    code, out, _ = filled("verify", "--quiet", "--repair", "--format", "jsonl")
    told = [json.loads(line) for line in out.splitlines()]
    assert (code, {fault["table"] for fault in told if fault.get("repaired")}) == (1, {"tallies"})
    assert [(fault["table"], fault["id"]) for fault in told if not fault.get("repaired")] == [("articles", 1)]


@pytest.mark.parametrize("at", range(0, 60, 7))
def test_a_torn_file_is_told_in_words(filled: Run, tmp_path: Path, at: int) -> None:
    path = tmp_path / "archive.db"
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size * at // 60 // 8192 * 8192)
        file.write(b"\xff" * 8192)
    code, out, err = filled("verify", "--quiet")
    assert code == 1
    assert "fault" in out or err.startswith("onrecord: Saw")
    assert "fault in onrecord itself" not in err


def test_an_article_and_a_person_are_forgotten_with_a_receipt(filled: Run) -> None:
    code, _, err = filled("forget", "1")
    assert (code, "--yes" in err) == (2, True)
    code, out, _ = filled("forget", "--person", "Rena Holt", "--yes", "--who", "Ana Ito")
    assert (code, "statements: 1\n" in out, "Holt" in out) == (0, True, False)
    assert filled("speakers")[1] == "nobody yet\n"
    receipt = json.loads(filled("forget", "1", "--yes", "--format", "jsonl")[1])
    assert (receipt["articles"], receipt["statements"]) == (1, 0)
    assert filled("outlets")[1] == "no articles yet\n"
    assert filled("verify")[0] == 0


@pytest.mark.parametrize(
    "given",
    [
        ["show", "99"],
        ["show", "s99"],
        ["speakers", "Nobody Known"],
        ["diff", "1", "9"],
        ["forget", "99", "--yes"],
        ["runs", "--promote", "9"],
    ],
)
def test_what_is_not_there_is_one_line(filled: Run, given: list[str]) -> None:
    code, out, err = filled(*given)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith("onrecord: Saw ")


@pytest.mark.parametrize(
    "given",
    [
        ["show", "1", "--format", "pdf"],
        ["show", "s1", "--run", "1"],
        ["diff", "1", "x"],
        ["speakers", "--kind", "fish"],
        ["forget"],
        ["forget", "1", "--person", "Rena Holt"],
        ["add"],
    ],
)
def test_what_cannot_be_meant_is_refused(filled: Run, given: list[str]) -> None:
    code, _, err = filled(*given)
    assert (code, err.startswith("onrecord: Saw ")) == (2, True)


@pytest.mark.parametrize("verb", ["show", "speakers", "outlets", "runs", "verify"])
def test_an_archive_that_is_not_there_is_not_made(run: Run, tmp_path: Path, verb: str) -> None:
    code, _, err = run(verb, *(["1"] if verb == "show" else []))
    assert (code, "no archive at" in err) == (1, True)
    assert not (tmp_path / "archive.db").exists()


def test_stopped_by_ctrl_c_it_goes_on_to_the_same_archive(tmp_path: Path) -> None:
    """Stopped somewhere in the middle, nothing is half there, and the second call ends as if undisturbed."""
    text = HOLT.article.text
    lines = []
    for n in range(1_200):
        article = replace(HOLT.article, id=f"a{n}", text=f"{text} {n}")
        lines.append(replace(HOLT, article=article).to_json())
    file = tmp_path / "many.jsonl"
    file.write_text("\n".join(lines), "utf-8")
    command = [sys.executable, "-m", "onrecord", "add", str(file), "--quiet", "--archive"]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
    whole, broken = tmp_path / "whole.db", tmp_path / "broken.db"
    subprocess.run([*command, str(whole)], check=True, capture_output=True, env=environment)
    with subprocess.Popen([*command, str(broken)], stderr=subprocess.PIPE, text=True, env=environment) as process:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and not _articles(broken):
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert process.returncode in (0, 130)
    if process.returncode == 130:
        assert "The same command goes on from here" in told
    assert main(["verify", "--quiet", "--archive", str(broken)]) == 0
    subprocess.run([*command, str(broken)], check=True, capture_output=True, env=environment)
    assert _dump(broken) == _dump(whole)


def _articles(path: Path) -> int:
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as file:
            return int(file.execute("SELECT COUNT(*) FROM articles").fetchone()[0])
    except sqlite3.Error:
        return 0


def _dump(path: Path) -> list[tuple[object, ...]]:
    tables = "articles readings entities occasions statements abouts asserted people stories copies sketches runs"
    with sqlite3.connect(path) as file:
        return [row for table in tables.split() for row in file.execute(f"SELECT * FROM {table} ORDER BY 1, 2")]
