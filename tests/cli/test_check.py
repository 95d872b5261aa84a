"""`onrecord check`: an article against what was said, with the stand-in for the engine."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cli.test_trace import in_archive, record
from onrecord.cli import main
from onrecord.records import Record

pytestmark = pytest.mark.usefixtures("engine")

HEARING = (
    "Transcript of the hearing, 5 February 2024.\n\n"
    "RENA HOLT, harbour master: We knew the pump was old. We did not know that it could burst.\n\n"
    "KENJI ITO, mayor: The budget was mine. I would do it again if the rain were the same.\n"
)
FAIR = "“We knew the pump was old,” said Rena Holt."
ALTERED = "“We did know that it could burst,” said Rena Holt. “The budget was mine,” said Kenji Ito."
HOSTILE = "“We <b>did</b> know that it could burst & \x1b[31mmore,” said Rena Holt."


@pytest.fixture
def place(tmp_path: Path) -> Path:
    for name, text in {
        "hearing.txt": HEARING,
        "fair.txt": FAIR,
        "altered.txt": ALTERED,
        "hostile.txt": HOSTILE,
    }.items():
        (tmp_path / name).write_bytes(text.encode())
    return tmp_path


def run(place: Path, *given: str) -> int:
    names = [str(place / name) if (place / name).is_file() else name for name in given]
    return main(["check", *names, "--words-only"])


def test_the_exit_code_tells_whether_anything_is_wrong(place: Path) -> None:
    assert run(place, "fair.txt", "--against", "hearing.txt") == 0
    assert run(place, "altered.txt", "--against", "hearing.txt") == 1


def test_the_text_shows_the_words_that_were_spoken(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(place, "altered.txt", "--against", "hearing.txt", "--title", "The pump")
    out = capsys.readouterr().out
    assert out.startswith("The pump")
    assert "2 statements: 1 altered, 1 verbatim · 1 alarm" in out
    assert "ALTERED #1  Rena Holt · said" in out
    assert "We did [not] know that it could burst" in out
    assert "left out: “not”" in out


def test_a_line_of_json_holds_all_of_it(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(place, "altered.txt", "--against", "hearing.txt", "--format", "jsonl")
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["verdict"], second["verdict"]) == ("altered", "verbatim")
    assert [ALTERED[s:e] for s, e in first["content"]] == ["“We did know that it could burst,”"]
    assert [HEARING[s:e] for s, e in first["utterance"]] == ["We did", "know that it could burst"]
    assert first["original"] == "We did … know that it could burst"
    assert {"op": "cut", "original": "not", "carried": None}.items() <= first["alignment"][1].items()
    assert first["reasons"][0]["code"] == "negation_lost"
    assert 0 <= first["confidence"] <= 1
    assert first["true_speaker"] is None


def test_the_page_stands_alone_and_shows_without_colour(place: Path) -> None:
    page = place / "page.html"
    given = ("altered.txt", "hostile.txt", "--against", "hearing.txt", "--format", "html", "--output", str(page))
    assert run(place, *given) == 1
    html = page.read_text("utf-8")
    assert html.startswith("<!doctype html>")
    assert "default-src 'none'" in html
    assert "<script" not in html
    assert "http://" not in html
    assert '<del><span class="unseen">left out: </span>not</del>' in html
    assert "≠ altered" in html
    assert "<b>" not in html
    assert "&lt;b&gt;did" in html
    assert "\x1b" not in html
    assert "What was said" in html


def test_subtitles_and_other_articles_can_be_what_was_said(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "hearing.srt").write_text(
        "1\n00:00:01,000 --> 00:00:04,000\nRENA HOLT: We knew the pump was old.\n\n"
        "2\n00:00:04,000 --> 00:00:06,000\nKENJI ITO: The budget was mine.\n"
    )
    assert run(place, "fair.txt", "--against", "hearing.srt") == 0
    (place / "other.txt").write_text("“We knew the pump was old and slow,” said Rena Holt.", "utf-8")
    assert run(place, "fair.txt", "--against", "other.txt", "--format", "jsonl") == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["verdict"] == "trimmed"


def test_the_user_says_what_a_transcript_does_not(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "bare.txt").write_text("We knew the pump was old.\n\nIt was slow.\n", "utf-8")
    (place / "none.txt").write_text("“We never saw a single drop of water in that cellar,” said Rena Holt.", "utf-8")

    def verdict(*given: str) -> tuple[str, set[str]]:
        run(place, *given, "--format", "jsonl")
        (line,) = map(json.loads, capsys.readouterr().out.splitlines())
        return line["verdict"], {reason["code"] for reason in line["reasons"]}

    kind, codes = verdict("fair.txt", "--against", "bare.txt", "--occasion", "hearing")
    assert (kind, "speaker_not_confirmed" in codes) == ("verbatim", True)
    kind, codes = verdict("fair.txt", "--against", "bare.txt", "--speaker", "Rena Holt")
    assert (kind, "speaker_not_confirmed" in codes) == ("verbatim", False)
    assert verdict("none.txt", "--against", "hearing.txt")[0] == "unfounded"
    assert verdict("none.txt", "--against", "hearing.txt", "--incomplete") == ("elsewhere", {"incomplete"})


def test_of_several_transcripts_the_one_that_has_the_words_counts(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "other.txt").write_text("OLA FERN: Nothing of it.\n\nRENA HOLT: Not at all.\n", "utf-8")
    assert run(place, "fair.txt", "--against", "other.txt", "hearing.txt", "--format", "jsonl") == 0
    (line,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (line["verdict"], line["original"]) == ("verbatim", "We knew the pump was old")


def test_records_read_before_are_checked_as_they_are(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = place / "kept.jsonl"
    assert main(["read", str(place / "altered.txt"), "--format", "jsonl", "--output", str(kept)]) == 0
    assert run(place, "kept.jsonl", "--against", "hearing.txt") == 1
    assert "ALTERED" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("given", "code", "told"),
    [
        (["fair.txt"], 2, "no --against"),
        (["--against", "hearing.txt"], 2, "no FILE"),
        (["fair.txt", "--against", "missing.txt"], 1, "no such file"),
        (["missing.txt", "--against", "hearing.txt"], 1, "no such file"),
        (["fair.txt", "--against", "hearing.txt", "--format", "pdf"], 2, "--format pdf"),
        (["fair.txt", "--against", "hearing.txt", "--held", "May"], 2, "--held May"),
    ],
)
def test_what_cannot_be_done_is_said(
    given: list[str], code: int, told: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(place, *given) == code
    assert told in capsys.readouterr().err


PRINTED = (
    (
        "quay",
        "Quay Herald",
        "2031-05-06",
        "“The pump was old, and the council did not order a new valve before the storm,” said Rena Holt.",
    ),
    ("coast", "Coast Echo", "2031-05-07", "“The council did order a new valve before the storm,” said Rena Holt."),
    ("hill", "Hill Radio", "2031-05-08", "“The ferry sails again on Thursday if the wind lets it,” said Kenji Ito."),
)


@pytest.fixture
def archive(place: Path) -> str:
    return in_archive(place, *(record(*one, "Kenji Ito" if one[0] == "hill" else "Rena Holt") for one in PRINTED))


def checked(
    place: Path, archive: str, text: str, capsys: pytest.CaptureFixture[str], *more: str
) -> list[dict[str, Any]]:
    (place / "draft.txt").write_text(text, "utf-8")
    run(place, "draft.txt", "--against-archive", "--archive", archive, "--format", "jsonl", *more)
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_archive_is_what_a_draft_is_held_against(
    place: Path, archive: str, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = (
        "“The council did order a new valve before the storm,” said Rena Holt."
        " “Herons nest by the mill in spring,” said Kenji Ito."
        " “The ferry sails again on Thursday if the wind lets it,” said Rena Holt."
    )
    altered, nothing, stolen = checked(place, archive, draft, capsys, "--date", "2031-05-08")
    assert altered["verdict"] == "altered"  # though the Coast Echo has the very words: it is not the original
    assert altered["reasons"][0]["code"] == "negation_lost"
    printed = altered["printed"]
    assert (printed["outlet"], printed["published"]) == ("Quay Herald", "2031-05-06")
    assert printed["words"] == PRINTED[0][3][: PRINTED[0][3].index("”") + 1]
    assert [printed["words"][s:e] for s, e in altered["utterance"]] == [
        "the council did",
        "order a new valve before the storm",
    ]
    assert (nothing["verdict"], nothing["printed"]) == ("elsewhere", None)
    assert nothing["why"] == "the archive holds nothing like it"
    assert (stolen["verdict"], stolen["true_speaker"]) == ("misattributed", "Kenji Ito")


def test_an_article_is_not_held_against_itself(place: Path, archive: str, capsys: pytest.CaptureFixture[str]) -> None:
    (line,) = checked(place, archive, PRINTED[2][3], capsys)
    assert line["verdict"] == "elsewhere"
    (line,) = checked(place, archive, PRINTED[1][3], capsys)
    assert (line["verdict"], line["printed"]["outlet"]) == ("altered", "Quay Herald")


def test_text_and_page_tell_where_the_words_were_printed(
    place: Path, archive: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "draft.txt").write_text("“The council did order a new valve before the storm,” said Rena Holt.", "utf-8")
    given = ("draft.txt", "--against-archive", "--archive", archive, "--outlet", "Late Wire")
    assert run(place, *given) == 1
    out = capsys.readouterr().out
    assert f"against {archive}\n" in out
    assert "    printed in     Quay Herald · 2031-05-06\n" in out
    assert run(place, *given, "--format", "html") == 1
    html = capsys.readouterr().out
    assert "What was said: Quay Herald · 2031-05-06" in html
    assert '<p class="label">printed in</p><p>Quay Herald · 2031-05-06</p>' in html


@pytest.mark.parametrize(
    ("given", "code", "told"),
    [
        (["--against-archive", "--against", "hearing.txt"], 2, "--against with --against-archive"),
        (["--against-archive", "--archive", "nowhere.db"], 1, "no archive at nowhere.db"),
    ],
)
def test_an_archive_that_cannot_be_asked_is_said(
    given: list[str], code: int, told: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(place, "fair.txt", *given) == code
    assert told in capsys.readouterr().err


def without_occasion(made: Record) -> Record:
    return replace(made, statements=tuple(replace(s, occasion=None) for s in made.statements), occasions=())


def test_words_that_others_spoke_are_shown_as_theirs(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = "“The gates will open again by Sunday,”"
    spoken = [
        without_occasion(record(f"a{n}", "Old Echo", f"201{n}-05-06", f"{words} said Kenji Ito.", "Kenji Ito"))
        for n in range(4)
    ]
    (line,) = checked(place, in_archive(place, *spoken), f"{words} said Rena Holt.", capsys, "--date", "2031-05-08")
    assert line["verdict"] == "elsewhere"  # perhaps she says it too: nobody is accused
    assert line["why"] == "the archive has these words 4 times, spoken by Kenji Ito: perhaps another occasion"
    assert line["printed"]["published"] == "2010-05-06"
