"""What the docs show is what happens."""

from __future__ import annotations

import contextlib
import doctest
import io
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord import engine
from onrecord.cli import main

ROOT = Path(__file__).resolve().parents[1]
SESSION = re.compile(r"^```console\n(.*?)^```", re.M | re.S)
PAGES = [page.name for page in sorted((ROOT / "docs").glob("*.md")) if SESSION.search(page.read_text("utf-8"))]


def test_the_example_of_read_gives_what_its_docstring_says() -> None:
    (example,) = doctest.DocTestFinder().find(engine.read, "read", globs={})
    assert doctest.DocTestRunner().run(example).failed == 0


def without_confidence(shown: str) -> str:
    """Another processor may round the last digit otherwise."""
    return re.sub(r"\s*[█░]+ \d\.\d\d", "", shown).strip()


def test_the_readme_shows_the_true_output(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"<!-- output of: onrecord read (\S+) .*?-->\n```text\n(.*?)```", readme, re.S)
    assert block is not None
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["read", str(ROOT / block[1])]) == 0
    assert without_confidence(block[2]) in without_confidence(capsys.readouterr().out)


def commands(page: str) -> Iterator[tuple[list[str], str]]:
    """The commands of all sessions of a page, in order, each with what it prints."""
    for session in SESSION.findall((ROOT / "docs" / page).read_text("utf-8")):
        for part in re.split(r"^\$ ", session, flags=re.M)[1:]:
            command, _, printed = part.partition("\n")
            program, *arguments = shlex.split(command)
            assert program == "onrecord"
            yield arguments, printed


def pattern(printed: str) -> re.Pattern[str]:
    """What is printed, with `…` for anything, a line of its own for any lines, and any confidence."""
    lines = "".join(".*" if line == "…\n" else re.escape(line) for line in printed.splitlines(keepends=True))
    return re.compile(re.sub(r"0\\\.\d\d", r"0\\.\\d\\d", lines).replace("…", "[^\n]*"), re.S)


@pytest.mark.parametrize("page", PAGES)
def test_a_session_in_the_docs_prints_what_it_shows(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    monkeypatch.delenv("ONRECORD_ARCHIVE", raising=False)
    for arguments, wanted in commands(page):
        shown = io.StringIO()
        with contextlib.redirect_stdout(shown), contextlib.redirect_stderr(shown):
            main(arguments)
        assert pattern(wanted).fullmatch(shown.getvalue()), f"onrecord {shlex.join(arguments)}:\n{shown.getvalue()}"
