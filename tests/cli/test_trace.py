"""`onrecord trace` prints who carried an utterance, and what each did to the words."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from onrecord.archive.correcting.runs import start_run
from onrecord.archive.indexing.fingerprints import waiting
from onrecord.archive.store import loading
from onrecord.archive.store.keeping import keep
from onrecord.archive.store.opening import open_archive
from onrecord.cli import main
from onrecord.cli.texts import trace
from onrecord.embedding import Vectors, english
from onrecord.records import Article, Entity, Occasion, Provenance, Record, Statement
from onrecord.spans import Span

OLD = "It is an old valve, and we had asked the council for a new one"
HOLT, ITO = "Rena Holt", "Kenji Ito"
NOT_ASKED = OLD.replace("had asked", "had not asked")
ASKED = "“We had asked the council for a new one,” Rena Holt told the Quay Herald."
ARTICLES = (
    ("quay", "Quay Herald", "2031-05-06", f"“{OLD},” said Rena Holt.", HOLT),
    ("coast", "Coast Echo", "2031-05-07", ASKED, HOLT),
    ("inland", "Inland <Post>", "2031-05-08", f"“{NOT_ASKED},” said Rena Holt.", HOLT),
    ("hill", "Hill Radio", "2031-05-09", "“The ferry sails again on Thursday,” said Kenji Ito.", ITO),
)


def record(name: str, outlet: str, day: str, text: str, speaker: str) -> Record:
    end = text.index("”") + 1
    source = text.index(speaker)
    article = Article(text, name, None, outlet, datetime.date.fromisoformat(day))
    who = Entity(id="e", name=speaker, kind="person", mentions=(Span(source, source + len(speaker)),))
    said = Statement(
        id="s1", content=(Span(0, end),), source=who.mentions, form="direct", confidence=0.9, speaker="e", occasion="o"
    )
    talk = Occasion(id="o", kind="interview", when="2031-05-05")
    return Record(article, (said,), Provenance("0.1.0"), (who,), (talk,))


@pytest.fixture
def kept(tmp_path: Path) -> str:
    path = tmp_path / "kept.jsonl"
    path.write_text("".join(record(*one).to_json() + "\n" for one in ARTICLES), "utf-8")
    return str(path)


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_an_altered_word_is_an_alarm_in_text_and_exit_code(kept: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", kept, "--quiet"]) == 1
    out = capsys.readouterr().out
    assert out.startswith(f"Rena Holt: “{OLD},”\n  3 carriers in 3 outlets, first 2031-05-06 Quay Herald\n")
    assert "  2031-05-06 Quay Herald: the original (direct)  quay#s1\n" in out
    assert "\n! 2031-05-08 Inland <Post>: altered" in out
    assert "{+not+}" in out
    assert "has it from Quay Herald: “told the Quay Herald”" in out
    assert "ferry" not in out


def test_json_lines_hold_the_whole_chain(kept: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", kept, "--quiet", "--format", "jsonl"]) == 1
    (chain,) = lines(capsys)
    assert (chain["original"], chain["first"], chain["alarming"]) == ("quay#s1", "quay#s1", True)
    carriers = chain["carriers"]
    assert isinstance(carriers, list)
    assert [(c["article"]["outlet"], c["verdict"]) for c in carriers] == [
        ("Quay Herald", None),
        ("Coast Echo", "trimmed"),
        ("Inland <Post>", "altered"),
    ]
    coast = carriers[1]
    assert coast["copied"] == {
        "outlet": "Quay Herald",
        "carrier": "quay#s1",
        "how": "cites",
        "why": "“told the Quay Herald”",
    }
    (piece,) = coast["content"]
    assert ARTICLES[1][3][piece["start"] : piece["end"]] == piece["text"]
    assert coast["tie"]["kind"] == "part"


def test_the_page_stands_alone_and_shows_what_was_put_in(kept: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert main(["trace", kept, "--quiet", "--format", "html", "--output", str(page)]) == 1
    text = page.read_text("utf-8")
    HTMLParser().feed(text)
    assert "default-src 'none'" in text
    assert "<script" not in text
    assert "Inland &lt;Post&gt;" in text
    assert "<ins>not</ins>" in text
    assert text.count("<li ") == 3


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (["--query", "asked council"], ["quay#s1"]),
        (["--query", "ferry"], []),
        (["--query", "ferry", "--least", "1"], ["hill#s1"]),
        (["--statement", "inland#s1"], ["quay#s1"]),
        (["--statement", "nowhere#s1"], []),
        (["--least", "4"], []),
    ],
)
def test_only_what_was_asked_for(
    kept: str, asked: list[str], found: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["trace", kept, "--quiet", "--format", "jsonl", *asked])
    assert [chain["original"] for chain in lines(capsys)] == found


def test_an_occasion_has_all_that_was_said_there(kept: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", kept, "--quiet", "--occasions", "--format", "jsonl"]) == 0
    holt, ito = sorted(lines(capsys), key=lambda one: str(one["speaker"]), reverse=True)
    assert (holt["speaker"], holt["kind"], holt["when"]) == ("Rena Holt", "interview", "2031-05-05")
    assert holt["outlets"] == ["Coast Echo", "Inland <Post>", "Quay Herald"]
    assert ito["outlets"] == ["Hill Radio"]
    assert main(["trace", kept, "--quiet", "--occasions"]) == 0
    assert "2031-05-05  Rena Holt (interview)" in capsys.readouterr().out
    assert main(["trace", kept, "--quiet", "--occasions", "--format", "html"]) == 2


def test_an_archive_is_traced_and_files_are_traced_through_it(
    kept: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = str(tmp_path / "archive.db")
    with open_archive(where) as archive:
        run = start_run(archive, "test", Provenance("0.1.0"))
        for one in ARTICLES[:3]:
            keep(archive, record(*one), run)
    assert main(["trace", "--archive", where, "--quiet", "--format", "jsonl"]) == 1
    assert [chain["original"] for chain in lines(capsys)] == ["quay#s1"]
    new = tmp_path / "new.jsonl"
    new.write_text(record("late", "Late Wire", "2031-06-01", f"“{OLD},” said Rena Holt.", "Rena Holt").to_json() + "\n")
    assert main(["trace", str(new), "--archive", where, "--quiet", "--format", "jsonl"]) == 1
    (chain,) = lines(capsys)
    assert chain["outlets"] == ["Quay Herald", "Coast Echo", "Inland <Post>", "Late Wire"]
    other = tmp_path / "other.jsonl"
    other.write_text(record(*ARTICLES[3]).to_json() + "\n")
    assert main(["trace", str(other), "--archive", where, "--quiet", "--format", "jsonl"]) == 0
    assert lines(capsys) == []


def in_archive(tmp_path: Path, *given: Record) -> str:
    where = str(tmp_path / "archive.db")
    with open_archive(where) as archive:
        run = start_run(archive, "test", Provenance("0.1.0"))
        for one in given:
            keep(archive, one, run)
    return where


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (["--statement", "s2"], ["quay#s1"]),
        (["--statement", "inland#s1"], ["quay#s1"]),
        (["--statement", "hill#s1"], []),
        (["--statement", "hill#s1", "--least", "1"], ["hill#s1"]),
        (["--query", "asked council"], ["quay#s1"]),
        (["--query", "speaker:Holt"], ["quay#s1"]),
        (["--query", "valve OR ferry", "--least", "1"], ["quay#s1", "hill#s1"]),
        (["--query", "heron"], []),
        (["--query", "valve", "--meaning"], ["quay#s1"]),
    ],
)
def test_one_statement_or_what_a_search_finds_is_traced_in_the_archive(
    asked: list[str],
    found: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(english, "load", Alike)
    where = in_archive(tmp_path, *(record(*one) for one in ARTICLES))
    main(["trace", "--archive", where, "--quiet", "--format", "jsonl", *asked])
    assert sorted(str(chain["original"]) for chain in lines(capsys)) == sorted(found)


@pytest.mark.parametrize(
    ("asked", "code", "told"),
    [
        (["--statement", "s99"], 1, "statement 99"),
        (["--statement", "nowhere#s1"], 1, "nowhere"),
        (["--statement", "quay#s7"], 1, "no statement 's7'"),
        (["--query", "(valve"], 2, "a ( that is not closed"),
        (["--query", "valve", "--statement", "s1"], 2, "--statement with --query"),
    ],
)
def test_what_the_archive_does_not_hold_is_said(
    asked: list[str], code: int, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = in_archive(tmp_path, *(record(*one) for one in ARTICLES))
    assert main(["trace", "--archive", where, "--quiet", *asked]) == code
    assert told in capsys.readouterr().err


def test_files_are_traced_without_loading_the_archive(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    where = in_archive(tmp_path, *(record(*one) for one in ARTICLES))
    monkeypatch.setattr(loading, "load_records", lambda *given: 1 / 0)
    new = tmp_path / "new.jsonl"
    own = record("quay", "Quay Herald", "2031-05-06", f"“{OLD}!” said Rena Holt.", HOLT)
    other = record("late", "Late Wire", "2031-06-01", f"“{OLD},” said Rena Holt.", HOLT)
    new.write_text(own.to_json() + "\n" + other.to_json() + "\n", "utf-8")
    assert main(["trace", str(new), "--archive", where, "--quiet", "--format", "jsonl"]) == 1
    (chain,) = lines(capsys)
    assert chain["outlets"] == ["Quay Herald", "Coast Echo", "Inland <Post>", "Late Wire"]
    with open_archive(where) as archive:
        assert waiting(archive, 1) == ()


def test_where_nothing_can_be_indexed_that_is_said_and_full_text_proposes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    where = in_archive(tmp_path, *(record(*one) for one in ARTICLES))
    monkeypatch.setattr("onrecord.answers.archive_tracing.FEW", 1)
    monkeypatch.setattr(trace, "to_read", lambda arguments: open_archive(arguments.archive, read_only=True))
    main(["trace", "--archive", where, "--statement", "coast#s1", "--format", "jsonl"])
    told = capsys.readouterr()
    assert "full text search proposes" in told.err
    assert [json.loads(line)["original"] for line in told.out.splitlines()] == ["quay#s1"]


class Alike:
    """A stand-in for a model: what speaks of a valve is alike."""

    name, dimensions, crosslingual = "alike", 2, False

    def encode(self, texts: Sequence[str]) -> Vectors:
        return np.array([[1, 0] if "valve" in text else [0, 1] for text in texts], np.float32)


def test_by_meaning_a_paraphrase_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(english, "load", Alike)
    path = tmp_path / "two.jsonl"
    asked = "“The council was asked for a new valve in the winter,” said Rena Holt."
    wanted = "“In the winter she wanted the council to buy a new valve,” said Rena Holt."
    both = record("a", "A", "2031-05-06", asked, HOLT), record("b", "B", "2031-05-06", wanted, HOLT)
    path.write_text("".join(one.to_json() + "\n" for one in both), "utf-8")
    assert main(["trace", str(path), "--quiet", "--format", "jsonl"]) == 0
    assert lines(capsys) == []
    main(["trace", str(path), "--quiet", "--format", "jsonl", "--meaning"])
    (chain,) = lines(capsys)
    assert chain["outlets"] == ["A", "B"]


def test_what_cannot_be_read_is_counted(kept: str, capsys: pytest.CaptureFixture[str]) -> None:
    with Path(kept).open("a") as stream:
        stream.write("{not a record}\n")
    assert main(["trace", kept, "--query", "ferry"]) == 1
    assert "4 read, 1 skipped" in capsys.readouterr().err


def test_without_files_or_an_archive_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("ONRECORD_ARCHIVE", raising=False)
    monkeypatch.chdir(tmp_path)
    assert main(["trace"]) == 1
    assert "onrecord add" in capsys.readouterr().err
