from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.cli import main


def test_an_office_is_answered_with_person_term_source_and_certainty(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["who", "Russian foreign minister", "--on", "2017-05-08"]) == 0
    out = capsys.readouterr().out
    assert "Sergey Lavrov (Q58217)  certain  Minister of Foreign Affairs, 2004-03-09 to at least" in out


def test_a_person_is_answered_with_the_offices_of_the_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["who", "Sergei Lavrov", "--on", "2017-05-08"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(
        "Sergey Lavrov (Q58217)  full name; Sergei for Sergey\n  certain: Minister of Foreign Affairs"
    )


def test_a_country_is_answered_with_those_who_lead_it_and_where_it_belongs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["who", "Russia", "--on", "2017-05-08"]) == 0
    out = capsys.readouterr().out
    for part in ("Russia (Q159)", "head of state: Vladimir Putin", "head of government: Dmitry Medvedev", "CSTO"):
        assert part in out


def test_json_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["who", "NATO chief", "--on", "2017-05-08", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["role"], found["of"]["id"], found["certainty"]) == ("secretary general", "NATO", "certain")
    assert found["holders"][0]["name"] == "Jens Stoltenberg"
    assert found["holders"][0]["term"]["source"]


def test_what_is_not_known_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["who", "German Chancellor", "--on", "2035"]) == 0
    assert "unknown after" in capsys.readouterr().out
    assert main(["who", "quay fools"]) == 0
    assert "neither an office, a person nor a body" in capsys.readouterr().out
    assert main(["who", "minister"]) == 0
    assert "for which country or body?" in capsys.readouterr().out


def test_capitals_need_not_be_typed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["who", "russian foreign minister", "--on", "2017-05-08"]) == 0
    assert "Sergey Lavrov" in capsys.readouterr().out


def test_ones_own_file_comes_on_top(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("name,kind,role,of,start,as_of\nQuayport,place,,,,\nRena Holt,,mayor,Quayport,2019,2024\n", "utf-8")
    assert main(["who", "mayor of Quayport", "--on", "2020-02-02", "--directory", str(path)]) == 0
    out = capsys.readouterr().out
    assert "Rena Holt  certain" in out
    assert "mine.csv:3" in out


@pytest.mark.parametrize("given", [["Russia", "--on", "soon"], ["Russia", "--format", "pdf"], [" "], []])
def test_what_cannot_be_meant_is_refused(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["who", *given]) == 2
    assert "Saw" in capsys.readouterr().err
