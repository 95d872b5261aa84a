"""W3C Web Annotation: what the Recommendation demands, and back again."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from exchange.drawn import places, records, without_lost
from full import full_record
from onrecord.errors import InputError, MalformedFile
from onrecord.exchange.annotation import web_annotation
from onrecord.exchange.annotation.annotations import reviewed
from onrecord.records import Record


def written(record: Record) -> str:
    out = io.StringIO()
    assert web_annotation.write([(record, {})], out) == 1
    return out.getvalue()


def read_back(text: str, tmp: Path) -> Record:
    (tmp / "said.jsonl").write_text(text, "utf-8")
    (record,) = web_annotation.read(tmp / "said.jsonl")
    return record


@given(record=records())
def test_each_annotation_has_one_quote_and_one_position_that_cut_the_same_words(record: Record) -> None:
    collection = json.loads(written(record))
    text = record.article.text
    targets: list[dict[str, Any]] = []
    for item in collection["first"]["items"]:
        targets += item["target"]["items"] if item["target"].get("type") == "Composite" else [item["target"]]
    assert len(targets) == sum(len(spans) for roles in places(record).values() for spans in roles.values())
    for target in targets:
        quote, place = target["selector"]
        assert (quote["type"], place["type"]) == ("TextQuoteSelector", "TextPositionSelector")
        assert text[place["start"] : place["end"]] == quote["exact"]
        assert text[: place["start"]].endswith(quote["prefix"])
        assert text[place["end"] :].startswith(quote["suffix"])
        assert target["state"]["sourceDate"] == "2031-05-04T00:00:00Z"


@given(record=records())
def test_what_is_written_is_read_back(record: Record, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert read_back(written(record), tmp_path_factory.mktemp("wa")) == without_lost(record)


def test_what_no_annotation_has_room_for_is_what_is_lost(tmp_path: Path) -> None:
    record = full_record()
    (after,) = read_back(written(record), tmp_path).statements
    (before,) = record.statements
    assert after.candidates == ()
    assert [(target.entity, target.sign, target.words) for target in after.about] == [("ito", "-", ())]
    for name in ("source", "cue", "content", "form", "status", "confidence", "speaker", "relayed_by", "occasion"):
        assert getattr(after, name) == getattr(before, name)


def test_an_offset_that_cuts_other_words_is_refused_with_its_line(tmp_path: Path) -> None:
    text = written(full_record()).replace('"start": 26', '"start": 27')
    with pytest.raises(MalformedFile, match=r"line 1: 'hat Ito was wrong' from 27 to 44"):
        read_back(text, tmp_path)


@pytest.mark.parametrize("text", ["", "{}", "[1]", "{", '{"onrecord:article": {"text": 1}}'])
def test_a_file_of_something_else_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_back(text, tmp_path)


def test_records_that_nobody_has_looked_at_have_no_reviews() -> None:
    assert list(reviewed([full_record()])) == [(full_record(), {})]
