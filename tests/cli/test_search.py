"""`onrecord search` and `onrecord likeness` as they are typed."""

from __future__ import annotations

import csv
import json
import re
import shlex
from pathlib import Path

import pytest

from onrecord.archive.correcting.runs import start_run
from onrecord.archive.searching.filters import EXAMPLES, FILTERS
from onrecord.archive.searching.grammar import parse
from onrecord.archive.store.keeping import keep
from onrecord.archive.store.opening import open_archive
from onrecord.cli import DONE, FAILED, USAGE, main
from onrecord.cli.archive import search
from spoken import MADE_BY, Line, talk

DOCS = (Path(__file__).resolve().parents[2] / "docs" / "search.md").read_text(encoding="utf-8")


@pytest.fixture
def archive(tmp_path: Path) -> str:
    where = tmp_path / "a.db"
    lines = [
        Line("Rena Holt", "the old valve froze", more=(("status", "denied"),)),
        Line("Ito", "\x1b[31mthe valves\x1b[0m were never shut"),
        Line("=HYPERLINK(1)", "=SUM(A1) valve"),
    ]
    with open_archive(where) as opened:
        run = start_run(opened, "a", MADE_BY)
        keep(opened, talk("one", lines, title="Frost"), run)
        keep(opened, talk("two", [Line("Ito", "the ferry was late")], outlet="Tide Gazette"), run)
    return str(where)


def test_hits_are_printed_with_what_was_looked_for_marked(archive: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "old", "valve", "--archive", archive]) == DONE
    assert capsys.readouterr().out.splitlines() == [
        "s1  Rena Holt  Quay Herald  2031-05-04  indirect  denied",
        "    the *old* *valve* froze",
        "",
        "1 found, 1 shown",
        "  speakers  Rena Holt 1",
        "  outlets   Quay Herald 1",
    ]


def test_filters_are_options_too(archive: str, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--speaker", "Holt", "--speaker", "Ito", "--said", "2040..", "--archive", archive]
    assert main(["search", *given]) == DONE
    assert capsys.readouterr().out == "\nnothing found\n"


def test_pages_are_turned_with_the_cursor(archive: str, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["search", "valve", "--archive", archive, "--top", "2", "--format", "jsonl"]
    assert main(given) == DONE
    first = capsys.readouterr()
    assert "more: add --cursor " in first.err
    assert main([*given, "--cursor", first.err.split()[-1]]) == DONE
    second = capsys.readouterr()
    assert second.err == ""
    ids = [json.loads(line)["statement"] for line in (first.out + second.out).splitlines()]
    assert sorted(ids) == [1, 2, 3]


def test_nothing_of_an_article_is_obeyed_by_a_terminal_or_a_spreadsheet(
    archive: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "valve", "--archive", archive]) == DONE
    assert "\x1b" not in capsys.readouterr().out
    assert main(["search", "sum", "--archive", archive, "--format", "csv"]) == DONE
    (row,) = csv.DictReader(capsys.readouterr().out.splitlines())
    assert row["words"] == "'=SUM(A1) valve"
    assert row["speaker"] == "'=HYPERLINK(1)"


def test_json_gives_offsets_never_markup(archive: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "froze", "--archive", archive, "--format", "jsonl"]) == DONE
    told = json.loads(capsys.readouterr().out)
    assert told["snippet"] == {"words": "the old valve froze", "start": 0, "matches": [[14, 19]]}
    assert told["score"]["total"] > 0


def test_articles_are_searched_on_request(archive: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "ferry", "--articles", "--archive", archive]) == DONE
    assert capsys.readouterr().out.startswith("article 2  Tide Gazette  2031-05-04\n")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (['"valve'], "quotation mark that is not closed"),
        (["spaeker:Holt"], "Try speaker:"),
        (["--said", "soon"], "the date 'soon'"),
        (["--form", "verbatim"], "one of direct, indirect, mixed"),
        (["--sort", "best"], "Try --sort newest"),
        (["--top", "100000"], "limit 100000"),
        (["--cursor", "x"], "the cursor 'x'"),
        (["valve", "--like", "1"], "one of the two"),
        (["--format", "xml"], "--format xml"),
    ],
)
def test_a_mistake_is_one_line(archive: str, given: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", *given, "--archive", archive]) == USAGE
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1


def test_likeness_wants_something_to_look_for(archive: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["likeness", "--archive", archive]) == USAGE
    assert "nothing to look for" in capsys.readouterr().err


@pytest.mark.extra("semantic")
def test_likeness_says_how_to_make_vectors_makes_them_and_finds(
    archive: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "--like", "the boat came too late", "--archive", archive]) == FAILED
    assert "onrecord likeness --build" in capsys.readouterr().err
    assert main(["likeness", "--build", "--archive", archive]) == DONE
    assert "4 of 4 statements" in capsys.readouterr().err
    assert main(["search", "--like", "the boat came too late", "--archive", archive, "--top", "1"]) == DONE
    assert "the ferry was late" in capsys.readouterr().out
    assert main(["likeness", "1", "--top", "1", "--archive", archive, "--format", "jsonl"]) == DONE
    assert json.loads(capsys.readouterr().out)["statement"] in (2, 3)


def test_the_docs_tell_of_every_filter_and_every_example_can_be_asked() -> None:
    assert set(FILTERS) == set(EXAMPLES) == set(search.FILTERS)
    assert [name for name in FILTERS if f"`{name}`" not in DOCS] == []
    assert all(parse(f"{name}:{example}") for name, example in EXAMPLES.items())


def test_every_search_of_the_docs_can_be_asked(archive: str, capsys: pytest.CaptureFixture[str]) -> None:
    commands = re.findall(r"^\$ onrecord search (.*)$", DOCS, re.MULTILINE)
    assert len(commands) == 11
    for command in commands:
        code = main(["search", *shlex.split(command), "--archive", archive])
        shown = capsys.readouterr()
        assert code == (USAGE if "spaeker" in command else DONE), command
        if code == USAGE:
            assert shown.err in DOCS  # word for word
