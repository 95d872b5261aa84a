from __future__ import annotations

import datetime
import json
import pickle
from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from full import full_record
from marked import parse
from onrecord.errors import MissingInput, OnrecordError, RecordError
from onrecord.records import (
    Article,
    Asserted,
    Candidate,
    Decisions,
    Entity,
    Provenance,
    Record,
    Skipped,
    Statement,
    merge_entities,
)
from onrecord.records.record import HALVES
from onrecord.spans import Span

PROVENANCE = Provenance("0.1.0", "small", "ab" * 32)
NESTED = "[s1 Rena Holt] [k1 said] [c1 [s2 Ito] [k2 had told] her [c2 “all was well”]].\r\n\r\n[c3 “It was not.”]"


def statement(**changes: Any) -> Statement:
    given: dict[str, Any] = {"id": "1", "content": (Span(0, 2),), "form": "direct", "confidence": 0.5}
    return Statement(**(given | changes))


def record_of(marked: str, **article: Any) -> Record:
    gold = parse(marked)
    statements = tuple(
        statement(
            id=item["id"],
            **{role: tuple(Span(*pair) for pair in item[role]) for role in ("source", "cue", "content")},
            within="1" if item["id"] == "2" else None,
            carried_from="1" if item["id"] == "3" else None,
            decided_by={"form": "marks", "cue": "tagger"},
        )
        for item in gold.attributions
    )
    return Record(Article(gold.text, **article), statements, PROVENANCE)


def test_an_article_without_an_id_is_named_by_its_digest() -> None:
    article = Article("No.")
    assert article.sha256 == "38178a20b470cfd18299fb1593dd4ba706f1a83321dac051d01086efd8b7a96f"
    assert article.id == "38178a20b470"
    assert Article("No.", id="mine").id == "mine"


def test_notices_take_no_part_in_equality() -> None:
    assert Article("No.", notices=("decoded as cp1252",)) == Article("No.")


@pytest.mark.parametrize(
    "fields",
    [{"text": b"No."}, {"text": "No.", "published": datetime.datetime(2031, 5, 8)}],
    ids=["bytes", "a date with a time"],
)
def test_an_article_of_the_wrong_kind_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(RecordError):
        Article(**fields)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"content": ()}, "no content in statement '1'"),
        ({"content": [Span(0, 1)]}, "wanted a tuple of Span"),
        ({"cue": ((0, 1),)}, "wanted a tuple of Span"),
        ({"source": (Span(4, 6), Span(0, 2))}, r"source \[0, 2\] after \[4, 6\]"),
        ({"source": (Span(0, 5), Span(4, 6))}, r"source \[4, 6\] after \[0, 5\]"),
        ({"form": "quoted"}, "wanted one of direct, indirect, mixed"),
        ({"confidence": 1.01}, "confidence 1.01"),
        ({"confidence": float("nan")}, "confidence nan"),
    ],
)
def test_a_statement_that_cannot_be_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(RecordError, match=message):
        statement(**changes)


def test_a_statement_is_frozen_and_hashable_and_travels() -> None:
    one = statement(decided_by={"form": "marks", "cue": "tagger"})
    assert one == statement(decided_by={"cue": "tagger", "form": "marks"})
    assert hash(one) == hash(statement(decided_by={"cue": "tagger", "form": "marks"}))
    assert pickle.loads(pickle.dumps(one)) == one
    assert one.decided_by["cue"] == "tagger"
    with pytest.raises(FrozenInstanceError):
        one.form = "mixed"  # type: ignore[misc]


def test_decisions_are_a_mapping_in_the_order_of_their_keys() -> None:
    decisions = Decisions.of({"b": "2", "a": "1"})
    assert dict(decisions) == {"a": "1", "b": "2"}
    assert list(decisions) == ["a", "b"]
    with pytest.raises(KeyError):
        decisions["c"]


def test_statements_stand_in_reading_order_the_longer_first() -> None:
    record = record_of(NESTED)
    backwards = replace(record, statements=record.statements[::-1])
    assert [s.id for s in backwards.statements] == ["1", "2", "3"]
    assert backwards == record


@pytest.mark.parametrize(
    ("statements", "message"),
    [
        ((statement(), statement()), "id '1' more than once"),
        ((statement(content=(Span(0, 99),)),), "up to 99 in a text of length 3"),
        ((statement(within="7"),), "within '7'"),
        ((statement(carried_from="7"),), "carried_from '7'"),
        ((statement(within="1"),), "within of statement '1' going round"),
        (
            (statement(carried_from="2"), statement(id="2", carried_from="1")),
            "carried_from of .* going round",
        ),
    ],
)
def test_a_record_that_contradicts_itself_is_refused(statements: tuple[Statement, ...], message: str) -> None:
    with pytest.raises(RecordError, match=message):
        Record(Article("No."), statements, PROVENANCE)


def test_words_are_the_articles_own_and_pieces_are_told_apart() -> None:
    record = record_of("[c1 “A,”] [k1 said] [s1 Holt]. [c1 “B.”]")
    assert record.quote("1") == "“A,” … “B.”"
    assert record.words(record.statement("1"), "source") == "Holt"
    with pytest.raises(RecordError, match=r"statement id '9'.*an id of this record \(1\)"):
        record.quote("9")


def test_the_dictionary_has_the_published_keys_in_order() -> None:
    data = record_of(NESTED, title="T", published=datetime.date(2031, 5, 8)).to_dict()
    article = "format id title outlet date url language text sha256 engine".split()
    assert list(data) == [*article, "attributions", "entities", "occasions", "asserted", "own_voice"]
    assert list(data["engine"]) == ["version", "model", "model_sha256"]
    assert data["date"] == "2031-05-08"
    assert data["attributions"][1] == {
        "id": "2",
        "source": [[15, 18]],
        "cue": [[19, 27]],
        "content": [[32, 46]],
        "form": "direct",
        "confidence": 0.5,
        "carried_from": None,
        "within": "1",
        "speaker": None,
        "candidates": [],
        "reason": None,
        "cue_class": None,
        "status": None,
        "question": False,
        "voice": "speaker",
        "occasion": None,
        "relayed_by": None,
        "about": {},
        "about_words": {},
        "decided_by": {"cue": "tagger", "form": "marks"},
    }


def test_a_record_from_before_formats_were_numbered_is_read_and_a_later_one_refused() -> None:
    data = full_record().to_dict()
    assert data.pop("format") == 1
    assert Record.from_dict(data) == full_record()
    with pytest.raises(RecordError, match=r"format 99.*format 1 or older.*Update"):
        Record.from_dict({**data, "format": 99})


def test_all_that_a_record_holds_survives_the_dictionary() -> None:
    record = full_record()
    data = json.loads(record.to_json())
    assert Record.from_dict(data) == record
    assert data["attributions"][0]["occasion"] == data["occasions"]["o1"]
    assert data["attributions"][0]["about"] == {"ito": "-"}


def test_a_question_has_no_status_in_the_published_format_but_a_key_of_its_own() -> None:
    asked = replace(full_record(), statements=(replace(full_record().statements[0], status="question"),))
    (data,) = asked.to_dict()["attributions"]
    assert (data["status"], data["question"]) == (None, True)
    assert Record.from_dict(asked.to_dict()) == asked


def test_what_a_younger_version_added_may_be_missing() -> None:
    data = record_of(NESTED).to_dict()
    for key in ("entities", "occasions", "asserted", "own_voice"):
        del data[key]
    for statement in data["attributions"]:
        for key in ("speaker", "candidates", "cue_class", "status", "voice", "occasion", "about", "about_words"):
            del statement[key]
    assert Record.from_dict(data) == record_of(NESTED)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"entities": ()}, "entity 'rena-holt' in statement '1'"),
        ({"occasions": ()}, "occasion 'o1' in statement '1'"),
        ({"entities": full_record().entities * 2}, "entity id 'rena-holt' more than once"),
        ({"asserted": (Asserted(Span(0, 99)),)}, "up to 99 in a text"),
        ({"asserted": (Asserted(Span(0, 2), statement="7"),)}, "statement '7' in asserted"),
    ],
)
def test_a_record_that_points_to_nothing_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(RecordError, match=message):
        replace(full_record(), **changes)


ANY_TEXT = st.text(st.characters(), min_size=1).filter(lambda text: not HALVES.search(text))


@given(ANY_TEXT, st.floats(0, 1), st.dates() | st.none())
def test_a_record_written_and_read_back_is_equal(text: str, confidence: float, published: datetime.date | None) -> None:
    found = statement(content=(Span(0, 1),), confidence=confidence, decided_by={"form": "marks"})
    record = Record(Article(text, published=published, language=None), (found,), PROVENANCE)
    line = record.to_json()
    assert "\n" not in line
    assert Record.from_dict(json.loads(line.encode("utf-8"))) == record
    assert line == Record.from_dict(json.loads(line)).to_json()


def test_a_lone_surrogate_is_kept_and_written_as_an_escape() -> None:
    record = Record(Article("no\ud800 é"), (), PROVENANCE)
    assert "\\ud800" in record.to_json()
    assert "é" in Record(Article("é"), (), PROVENANCE).to_json()


@pytest.mark.parametrize(
    "changes",
    [
        {"attributions": None},
        {"engine": {}},
        {"date": "8 May"},
        {"text": "altered"},
        {"attributions": [{"id": "1"}]},
        {"attributions": ["1"]},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_is_not_a_record_is_refused_in_our_own_words(changes: dict[str, Any]) -> None:
    with pytest.raises(OnrecordError):
        Record.from_dict(record_of(NESTED).to_dict() | changes)


def test_a_notebook_shows_the_marked_text() -> None:
    page = record_of(NESTED, title="<T>")._repr_html_()
    assert "&lt;T&gt;" in page
    assert page.count('data-statement="2"') == 3


def test_a_skipped_input_says_why_and_what_to_do() -> None:
    error = MissingInput("no such file", "a readable file", "Check the path")
    assert Skipped.because("a.txt", error) == Skipped("a.txt", "no such file; wanted a readable file", "Check the path")


def test_entities_that_are_one_are_merged_and_all_that_points_to_them_with_them() -> None:
    record = full_record()
    record = replace(record, statements=(replace(record.statements[0], speaker="ito"),))
    merged = merge_entities(record, {"ito": "rena-holt"})
    assert [entity.id for entity in merged.entities] == ["rena-holt", "quay"]
    (holt, _), (said,) = merged.entities, merged.statements
    assert holt.aka == ("Holt", "Ito")
    assert holt.mentions == (Span(0, 9), Span(31, 34))
    assert (said.speaker, [target.entity for target in said.about]) == ("rena-holt", ["rena-holt"])
    assert said.candidates == (Candidate("rena-holt", 1.0),)


def test_a_named_part_gives_its_name_to_an_unnamed_whole() -> None:
    record = full_record()
    two = Entity(id="two", name="the harbour master", kind="person", named=False)
    merged = merge_entities(replace(record, entities=(*record.entities, two)), {"rena-holt": "two"}).entity("two")
    assert (merged.name, merged.named, merged.aka) == ("Rena Holt", True, ("the harbour master", "Holt"))


def test_merging_leaves_no_body_part_of_itself() -> None:
    record = full_record()
    office = Entity(id="office", name="the office", kind="organisation", of="rena-holt")
    merged = merge_entities(replace(record, entities=(*record.entities, office)), {"quay": "office"})
    assert {entity.id: entity.of for entity in merged.entities} == {
        "rena-holt": None,
        "ito": None,
        "office": "rena-holt",
    }


@pytest.mark.parametrize("data", [{}, [], "a record", None, {"engine": "0.1.0"}, {"engine": 1, "attributions": 3}])
def test_what_is_no_record_is_told_in_our_words(data: object) -> None:
    with pytest.raises(RecordError, match=r"Record\.to_dict") as raised:
        Record.from_dict(data)  # type: ignore[arg-type]
    assert "Error" not in str(raised.value)


def test_words_of_what_is_no_statement_or_no_role_are_refused_in_our_words() -> None:
    record = full_record()
    with pytest.raises(RecordError, match=r"'1' instead of a statement.*record\.statement"):
        record.words("1")  # type: ignore[arg-type]
    with pytest.raises(RecordError, match="the role 'speaker'"):
        record.words(record.statements[0], "speaker")  # type: ignore[arg-type]


def test_values_show_themselves_shortly() -> None:
    record = full_record()
    for value in (record, record.statements[0], record.article):
        assert len(repr(value)) < 160
        assert "Span(" not in repr(value)
        assert record.article.text not in repr(value)
