from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import onrecord
from cli.standin import put_in_place
from onrecord.cli import VERBS, main
from onrecord.errors import ModelError
from onrecord.records import Article, Record

HEAVY = ("numpy", "onnxruntime", "tokenizers", "rich", "charset_normalizer")


def raising(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def read_many(articles: Iterable[Article]) -> Iterator[Record]:
        raise error

    put_in_place(monkeypatch, read_many)


@pytest.fixture
def article(tmp_path: Path, engine: None) -> str:
    path = tmp_path / "a.txt"
    path.write_text("“No,” said Rena Holt.", "utf-8")
    return str(path)


def test_help_names_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    told = capsys.readouterr().out
    assert all(f"\n  {verb} " in told for verb in VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([verb, "--help"]) == 0
    assert f"usage: onrecord {verb} " in capsys.readouterr().out


def test_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"onrecord {onrecord.__version__}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["read", "--help"], ["evaluate", "--help"]])
def test_telling_what_there_is_loads_nothing_heavy(arguments: list[str]) -> None:
    program = (
        f"import sys, onrecord.cli; onrecord.cli.main({arguments}); print([m for m in {HEAVY} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("arguments", "seen", "todo"),
    [
        (["raed"], "the verb 'raed'", "Try onrecord read"),
        (["--loud"], "--loud", "Type onrecord --help"),
        (["--verson"], "--verson", "Try --version"),
        (["read"], "no FILE", "Type onrecord read article.txt"),
        (["read", "a.txt", "--format", "pdf"], "--format pdf", "Try --format jsonl"),
        (["read", "a.txt", "--formt", "text"], "--formt text", "Try --format"),
        (["read", "a.txt", "--forma", "text"], "--forma text", "Try --format"),
        (["read", "a.txt", "--title"], "--title", "Type onrecord read --help"),
        (["read", "a.txt", "--date", "May"], "--date May", "Try --date 2024-02-06"),
        (["read", "a.txt", "--language", "English"], "--language English", "Try --language en"),
        (["evaluate"], "no GOLD", "Type onrecord evaluate GOLD.jsonl"),
        (["evaluate", "a", "b"], "2 files of gold", "Type onrecord evaluate GOLD.jsonl"),
        (["evaluate", "a", "--format", "html"], "--format html", "Try --format json"),
    ],
)
def test_a_command_that_cannot_be_meant_exits_2_and_says_what_to_type(
    arguments: list[str], seen: str, todo: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert seen in told.err
    assert todo in told.err


def test_without_a_verb_the_help_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "read" in told.err


def test_a_file_in_place_of_a_verb_is_met_with_the_verb(article: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([article]) == 2
    assert f"type onrecord read {article}" in capsys.readouterr().err


def test_what_onrecord_refuses_is_one_line_and_exit_1(
    article: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    raising(monkeypatch, ModelError("no model", "one", "Install onrecord again"))
    assert main(["read", article]) == 1
    assert capsys.readouterr().err == "onrecord: Saw no model; wanted one. Install onrecord again.\n"


@pytest.mark.parametrize("error", [ZeroDivisionError("oh\n\x1b[31m"), MemoryError(), OSError(28, "No space left")])
def test_no_fault_shows_a_traceback(
    error: Exception, article: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    raising(monkeypatch, error)
    assert main(["read", article]) == 1
    told = capsys.readouterr().err
    assert told.startswith("onrecord: Saw ")
    assert told.count("\n") == 1
    assert "\x1b" not in told


def test_a_traceback_can_be_asked_for(article: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raising(monkeypatch, ZeroDivisionError())
    monkeypatch.setenv("ONRECORD_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        main(["read", article])


def test_a_reader_that_stops_reading_is_no_failure_to_tell_of(article: str) -> None:
    program = (
        "import sys; from standin import *; sys.modules['onrecord.engine'] = sys.modules['standin'];"
        "from onrecord.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, "read", "--format", "jsonl", *[article] * 2000],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parent,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 141


def test_python_m_onrecord_is_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "onrecord", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"onrecord {onrecord.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["correct", "--sepaker", "Holt", "12"], "Try --speaker"),
        (["correct", "12", "--confrim"], "Try --confirm"),
        (["search", "--outlte", "Quay"], "Try --outlet"),
    ],
)
def test_a_misspelt_option_gets_its_hint_before_what_follows_from_it(
    arguments: list[str], hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    told = capsys.readouterr().err
    assert hint in told
    assert "whole number" not in told


@pytest.mark.parametrize("arguments", [["--help"], ["read", "--help"], ["--version"]])
def test_help_into_a_closed_pipe_ends_with_141(arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run([sys.executable, "-m", "onrecord", *arguments], stdout=closed, stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (141, b"")
