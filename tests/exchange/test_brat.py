"""brat: what it takes, and what people make of it there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from exchange.drawn import records
from full import full_record
from marked import parse
from onrecord.errors import EmptyInput, MalformedFile
from onrecord.exchange.annotation import brat
from onrecord.exchange.annotation.annotations import Reviews
from onrecord.records import Article, Provenance, Record, Statement
from onrecord.spans import Span


def filled(folder: Path, record: Record, reviews: Reviews | None = None) -> Path:
    assert brat.write([(record, reviews or {})], folder) == 1
    (path,) = folder.glob("*.ann")
    return path


def shown(record: Record) -> dict[str, dict[str, set[int]]]:
    """Which characters, line ends apart, stand in each role."""
    text = record.article.text
    return {
        s.id: {
            role: {at for span in spans for at in range(span.start, span.end) if text[at] != "\n"}
            for role, spans in (("source", s.source), ("cue", s.cue), ("content", s.content))
        }
        for s in record.statements
    }


@given(record=records())
def test_what_is_written_is_read_back_but_for_line_ends(
    record: Record, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("brat")
    filled(folder, record)
    (back,) = brat.read(folder)
    assert back.article == record.article
    before = {id: roles for id, roles in shown(record).items() if roles["content"]}
    assert shown(back) == before
    kept = {s.id: (s.form, s.status, s.confidence) for s in record.statements if s.id in before}
    assert {s.id: (s.form, s.status, s.confidence) for s in back.statements} == kept


@given(record=records())
def test_every_fragment_cuts_its_words_and_none_crosses_a_line_end(
    record: Record, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = filled(tmp_path_factory.mktemp("brat"), record)
    text = path.with_suffix(".txt").read_bytes().decode("utf-8")
    for line in path.read_bytes().decode("utf-8").split("\n"):
        if line.startswith("T"):
            _, kind, words = line.split("\t", 2)
            pairs = [tuple(map(int, pair.split())) for pair in kind.split(" ", 1)[1].split(";")]
            assert " ".join(text[start:end] for start, end in pairs) == words
            assert "\n" not in words


def test_a_cue_is_an_event_and_without_one_there_is_a_relation(tmp_path: Path) -> None:
    gold = parse("[c1 “Never,”] [k1 said] [s1 Rena Holt]. [s2 Ito]: [c2 no].")
    statements = tuple(
        Statement(
            id=each["id"],
            source=tuple(Span(*pair) for pair in each["source"]),
            cue=tuple(Span(*pair) for pair in each["cue"]),
            content=tuple(Span(*pair) for pair in each["content"]),
            form="direct",
            confidence=0.9,
        )
        for each in gold.attributions
    )
    lines = filled(tmp_path, Record(Article(gold.text), statements, Provenance("0"))).read_text("utf-8").splitlines()
    assert "T2\tStatement 9 13\tsaid" in lines
    assert "E1\tStatement:T2 Source:T1 Content:T3" in lines
    assert "R1\tSourceOf Arg1:T4 Arg2:T5" in lines
    assert "A1\tForm E1 Direct" in lines


def test_what_a_person_draws_anew_becomes_a_statement_and_what_they_reject_is_gone(tmp_path: Path) -> None:
    path = filled(tmp_path, full_record())
    path.write_bytes(path.read_bytes() + b"T9\tContent 46 53\tHe was.\nA9\tRejected E1\n")
    (back,) = brat.read(tmp_path)
    (new,) = back.statements
    assert (new.id, back.quote(new.id), new.form, new.confidence) == ("new-T9", "He was.", "indirect", 1.0)


def test_a_persons_rejection_is_an_attribute_of_the_statement(tmp_path: Path) -> None:
    assert "\tRejected E1\n" in filled(tmp_path, full_record(), {"1": "rejected"}).read_text("utf-8")


def test_a_name_that_would_lead_out_of_the_folder_stays_in_it(tmp_path: Path) -> None:
    record = Record(Article("a", "../../etc/passwd"), (), Provenance("0"))
    assert filled(tmp_path / "in", record).name == "0001-_etc_passwd.ann"


def test_a_changed_text_is_refused(tmp_path: Path) -> None:
    path = filled(tmp_path, full_record()).with_suffix(".txt")
    path.write_text("X" + path.read_text("utf-8"), "utf-8")
    with pytest.raises(MalformedFile, match="with another text"):
        list(brat.read(tmp_path))


@pytest.mark.parametrize(
    "line", ["T9\tContent 1\tx", "T9\tContent 0 99\tx", "T9\tContent 0 4\tHolt", "#9\tAnnotatorNotes T1\t{"]
)
def test_a_broken_line_is_named(line: str, tmp_path: Path) -> None:
    path = filled(tmp_path, full_record())
    path.write_bytes(line.encode() + b"\n" + path.read_bytes())
    with pytest.raises(MalformedFile, match="line 1"):
        list(brat.read(tmp_path))


def test_a_folder_without_annotations_is_none(tmp_path: Path) -> None:
    with pytest.raises(EmptyInput):
        list(brat.read(tmp_path))
