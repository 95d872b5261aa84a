"""What the docs show is what happens."""

import doctest
import re
from pathlib import Path

import pytest

from onrecord import wiring
from onrecord.cli import main

ROOT = Path(__file__).resolve().parents[1]


def test_the_example_of_read_gives_what_its_docstring_says() -> None:
    (example,) = doctest.DocTestFinder().find(wiring.read, "read", globs={})
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
