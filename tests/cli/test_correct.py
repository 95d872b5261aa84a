"""Correcting at the command line: by number, with words of the article, all of it or nothing, every step in the log."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from full import full_record
from onrecord.archive.correcting.runs import start_run
from onrecord.archive.searching.query import Query
from onrecord.archive.searching.search import search
from onrecord.archive.store.keeping import keep
from onrecord.archive.store.loading import load_record, statement
from onrecord.archive.store.opening import Archive, open_archive
from onrecord.cli import main
from onrecord.records import Record
from onrecord.spans import Span

Correct = Callable[..., int]


@pytest.fixture
def held(tmp_path: Path) -> Archive:
    """An archive with the full record as article 1, in which statement 1 is the only one."""
    archive = open_archive(tmp_path / "held.db", clock=lambda: datetime(2031, 5, 4, tzinfo=UTC))
    record = full_record()
    keep(archive, record, start_run(archive, "", record.provenance))
    return archive


@pytest.fixture
def correct(held: Archive) -> Correct:
    return lambda *given: main(["correct", *given, "--archive", held.where, "--who", "Anna"])


def test_a_statement_is_confirmed_and_the_log_says_so(
    held: Archive, correct: Correct, capsys: pytest.CaptureFixture[str]
) -> None:
    assert correct("s1", "--confirm", "--why", "heard it") == 0
    assert statement(held, 1).review == "confirmed"
    assert correct("1", "--history") == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("statement 1: 1: Anna confirmed it, ")
    assert correct("--history", "--format", "jsonl") == 0
    entry = json.loads(capsys.readouterr().out)
    assert (entry["who"], entry["action"], entry["why"]) == ("Anna", "confirm", "heard it")


def test_several_changes_are_made_at_once_and_words_are_found(held: Archive, correct: Correct) -> None:
    changes = ["--speaker", "Ito", "--form", "mixed", "--status", "said", "--cue-class", "emotive"]
    spans = ["--content", "Ito was … He was", "--source", "0:4", "--cue", ""]
    assert correct("1", *changes, *spans, "--about", "Holt=+", "--occasion", "call", "--said-on", "2031-05") == 0
    found = statement(held, 1)
    s = found.statement
    assert (found.speaker, s.form, s.status, s.cue_class) == ("Ito", "mixed", "said", "emotive")
    assert (s.content, s.source, s.cue) == ((Span(31, 38), Span(46, 52)), (Span(0, 4),), ())
    assert [(t.entity, t.sign) for t in s.about] == [("rena-holt", "+")]
    occasion = load_record(held, 1).occasion(s.occasion or "")
    assert (occasion.kind, occasion.when, occasion.medium) == ("call", "2031-05", "quay")


def test_one_bad_change_leaves_all_undone(held: Archive, correct: Correct) -> None:
    before = statement(held, 1)
    assert correct("1", "--source", "0:4", "--speaker", "Nobody Known") == 1
    assert statement(held, 1) == before


def test_a_wikidata_number_brings_its_name(held: Archive, correct: Correct) -> None:
    assert correct("1", "--speaker", "Q58217") == 0
    assert statement(held, 1).speaker == "Sergey Lavrov"
    assert correct("1", "--speaker", "nobody") == 0
    assert statement(held, 1).speaker is None


def test_a_missed_statement_is_added_undone_and_brought_back(held: Archive, correct: Correct) -> None:
    assert correct("--add", "1", "--content", "He was.", "--speaker", "Quay Radio", "--form", "indirect") == 0
    record = load_record(held, 1)
    assert [(record.words(s), s.speaker) for s in record.statements][1] == ("He was.", "quay")
    assert correct("--undo", "2") == 0
    assert correct("--undo", "1") == 0
    assert load_record(held, 1) == full_record()
    assert correct("--undo", "4") == 0
    assert len(load_record(held, 1).statements) == 2


def test_people_are_merged_and_split(held: Archive, correct: Correct, capsys: pytest.CaptureFixture[str]) -> None:
    assert correct("--split", "Q1", "--format", "jsonl") == 0
    mention = json.loads(capsys.readouterr().out)
    assert (mention["name"], mention["article"]) == ("Rena Holt", 1)
    assert correct("--split", "Q1", "--mentions", str(mention["mention"]), "--name", "Rena Holt (pilot)") == 0
    split = statement(held, 1).person
    assert correct("--merge", "Q1", "Rena Holt (pilot)") == 0
    assert statement(held, 1).person not in (None, split)


def test_a_change_made_in_ignorance_of_another_is_refused(correct: Correct, capsys: pytest.CaptureFixture[str]) -> None:
    assert correct("1", "--form", "mixed", "--seen", "0") == 0
    assert correct("1", "--form", "direct", "--seen", "0") == 1
    assert "Anna changed the form (form indirect -> mixed)" in capsys.readouterr().err
    assert correct("1", "--form", "direct", "--status", "said", "--seen", "1") == 0
    assert correct("--undo", "1") == 1
    assert correct("--undo", "1", "--over") == 0


@pytest.mark.parametrize(
    ("given", "code", "told"),
    [
        (["1"], 2, "nothing to do"),
        (["--confirm"], 2, "of no statement"),
        (["1", "--confirm", "--reject"], 2, "--confirm and --reject"),
        (["1", "--content", "wa"], 2, "2 times in the text, at 35:37, 49:51"),
        (["1", "--content", "never printed"], 2, "the text does not have"),
        (["1", "--content", "50:900"], 1, "in a text of length 53"),
        (["1", "--about", "Nobody=+"], 2, "about Nobody=+"),
        (["1", "--status", "shouted"], 2, "one of said, denied"),
        (["x", "--confirm"], 2, "whole number"),
        (["9", "--confirm"], 1, "statement 9"),
        (["--add", "1"], 2, "--add without words"),
        (["--split", "Q1", "--mentions", "1"], 2, "--name"),
        (["--undo", "7"], 1, "correction 7"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    held: Archive, correct: Correct, capsys: pytest.CaptureFixture[str], given: list[str], code: int, told: str
) -> None:
    assert correct(*given) == code
    assert told in capsys.readouterr().err
    assert load_record(held, 1) == full_record()


@pytest.mark.parametrize(
    ("name", "near"), [("Rena Hollt", "(Rena Holt?)"), ("Quay Raido", "(Quay Radio?)"), ("Nobody Known", "holds, or")]
)
def test_a_slip_makes_nobody_and_near_names_are_offered(
    held: Archive, correct: Correct, capsys: pytest.CaptureFixture[str], name: str, near: str
) -> None:
    before = held.database.rows("SELECT * FROM people")
    assert correct("1", "--speaker", name) == 1
    told = capsys.readouterr().err
    assert near in told
    assert "Add --new" in told
    assert (held.database.rows("SELECT * FROM people"), statement(held, 1).review) == (before, None)
    assert correct("1", "--speaker", name, "--new") == 0
    assert statement(held, 1).speaker == name


def test_an_added_statement_with_a_speaker_is_found_as_added(held: Archive, correct: Correct) -> None:
    assert correct("--add", "1", "--content", "He was.", "--speaker", "Quay Radio", "--occasion", "call") == 0
    assert [hit.statement for hit in search(held, Query(reviewed="added")).hits] == [2]
    assert correct("2", "--status", "denied") == 0
    assert statement(held, 2).review == "added"
    assert correct("2", "--reject") == 0
    assert statement(held, 2).review == "rejected"


def test_what_could_not_be_carried_on_is_listed_and_decided(
    held: Archive, correct: Correct, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert correct("1", "--confirm") == 0
    record = full_record()
    edited = tmp_path / "edited.jsonl"
    whole = Record(replace(record.article, text="All of it was taken back.", origin=None), (), record.provenance)
    edited.write_text(whole.to_json() + "\n", "utf-8")
    capsys.readouterr()
    assert main(["add", str(edited), "--archive", held.where]) == 0
    out = capsys.readouterr()
    assert "1 version" in out.out
    assert "1 correction of older versions could not be carried on" in out.err
    assert main(["review", "--versions", "--archive", held.where]) == 0
    out = capsys.readouterr()
    assert out.out.startswith("s1  confirmed, but its words are ")
    assert "1 to decide" in out.err
    assert correct("1", "--status", "said") == 1
    assert "older version" in capsys.readouterr().err
    assert correct("1", "--let-go") == 0
    capsys.readouterr()
    assert main(["review", "--versions", "--format", "jsonl", "--archive", held.where]) == 0
    assert capsys.readouterr().out == ""
