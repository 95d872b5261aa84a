"""Label Studio: predictions out, annotations in."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given

from exchange.drawn import places, records, without_lost
from full import full_record
from onrecord.errors import MalformedFile
from onrecord.exchange.annotation import label_studio
from onrecord.records import Record


def task(record: Record, review: str | None = None) -> dict[str, Any]:
    out = io.StringIO()
    reviews = {s.id: review for s in record.statements} if review else {}
    assert label_studio.write([(record, reviews)], out) == 1
    (only,) = json.loads(out.getvalue())
    found: dict[str, Any] = only
    return found


def read_back(tasks: Any, folder: Path) -> Record:
    (folder / "tasks.json").write_text(json.dumps(tasks), "utf-8")
    (record,) = label_studio.read(folder / "tasks.json")
    return record


def annotated(task: dict[str, Any], *more: dict[str, Any], without: str = "") -> dict[str, Any]:
    """The task as an export has it after somebody took over the prediction, added to it and deleted from it."""
    result = [one for one in task["predictions"][0]["result"] if without not in (one.get("id"), one.get("from_id"))]
    return {**task, "annotations": [{"id": 7, "completed_by": 1, "was_cancelled": False, "result": [*result, *more]}]}


@given(record=records())
def test_what_is_written_is_read_back(record: Record, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert read_back([task(record)], tmp_path_factory.mktemp("ls")) == without_lost(record)


@given(record=records())
def test_every_region_cuts_its_words(record: Record) -> None:
    labels = [one for one in task(record)["predictions"][0]["result"] if one["type"] == "labels"]
    assert len(labels) == sum(len(spans) for roles in places(record).values() for spans in roles.values())
    for one in labels:
        assert record.article.text[one["value"]["start"] : one["value"]["end"]] == one["value"]["text"]


def test_every_name_that_a_result_uses_is_in_the_configuration() -> None:
    config = ElementTree.fromstring(label_studio.CONFIG)
    names = {element.get("name") for element in config.iter()}
    labels = {element.get("value") for element in config.iter() if element.tag in ("Label", "Relation", "Choice")}
    for one in task(full_record())["predictions"][0]["result"]:
        assert {one.get("from_name"), one.get("to_name")} - {None} <= names
        assert set(one.get("labels", one.get("value", {}).get("labels", ()))) <= labels


def test_a_machines_statements_are_predictions_and_rejected_ones_are_apart() -> None:
    assert "annotations" not in task(full_record())
    first, second = task(full_record(), "rejected")["predictions"]
    assert (first["result"], second["model_version"]) == ([], "onrecord 0.1.0 (rejected by a person)")


def test_what_a_person_draws_deletes_and_chooses_comes_back(tmp_path: Path) -> None:
    value = {"start": 46, "end": 53, "text": "He was."}
    new = {
        "id": "xYz",
        "type": "labels",
        "from_name": "role",
        "to_name": "text",
        "value": {**value, "labels": ["content"]},
    }
    form = {"id": "xYz", "type": "choices", "from_name": "form", "value": {**value, "choices": ["mixed"]}}
    back = read_back([annotated(task(full_record()), new, form, without="1-cue-0")], tmp_path)
    old, drawn = back.statements
    assert (old.id, old.cue, back.words(old, "source")) == ("1", (), "Rena Holt")
    assert (drawn.id, back.quote(drawn.id), drawn.form, drawn.speaker) == ("new-xYz", "He was.", "mixed", None)


def test_offsets_of_an_older_label_studio_in_utf16_units_are_understood(tmp_path: Path) -> None:
    value = {"start": 3, "end": 8, "text": "Never", "labels": ["content"]}
    region = {"id": "a", "type": "labels", "value": value}
    old = {"data": {"text": "\U0001f642 Never."}, "annotations": [{"result": [region]}]}
    assert read_back([old], tmp_path).quote("new-a") == "Never"


@pytest.mark.parametrize("tasks", [[{}], [{"data": {"text": "a"}, "predictions": [{}]}], 3, ["a"]])
def test_a_file_of_something_else_is_refused(tasks: object, tmp_path: Path) -> None:
    with pytest.raises(MalformedFile):
        read_back(tasks, tmp_path)
