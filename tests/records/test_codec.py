"""The codec writes every field of a value, also one that it has never heard of, and reads what older versions wrote."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Literal

import pytest

from full import full_record
from onrecord.records import Entity, Occasion, Statement
from onrecord.records.codec import (
    choices,
    from_cells,
    from_json,
    from_patch,
    named,
    parts,
    to_cells,
    to_json,
    to_patch,
)
from onrecord.spans import Span

RECORD = full_record()
VALUES = [*RECORD.statements, *RECORD.entities, *RECORD.occasions]


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A value that the program does not know."""

    who: str
    words: tuple[Span, ...] = field(default=(), metadata=named(column="words_spans"))
    weight: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Mooded(Statement):
    """A statement of a later version."""

    mood: Literal["calm", "angry"] | None = None
    sure: bool = True
    day: datetime.date | None = field(default=None, metadata=named(json="on"))
    wishes: tuple[Wish, ...] = ()


MOODED = Mooded(
    id="7",
    content=(Span(3, 9), Span(12, 15)),
    form="direct",
    confidence=0.5,
    mood="angry",
    sure=False,
    day=datetime.date(2031, 5, 4),
    wishes=(Wish(who="holt", words=(Span(1, 2),), weight=1.0),),
    decided_by={"mood": "person:Anna"},
)


@pytest.mark.parametrize("value", [*VALUES, MOODED], ids=lambda value: f"{type(value).__name__} {value.id}")
@pytest.mark.parametrize(("there", "back"), [(to_json, from_json), (to_patch, from_patch), (to_cells, from_cells)])
def test_what_is_written_is_read_back(value: object, there, back) -> None:  # type: ignore[no-untyped-def]
    assert back(type(value), there(value)) == value


def test_a_field_that_is_new_is_written_everywhere_under_its_name_there() -> None:
    assert to_json(MOODED)["mood"] == "angry"
    assert to_json(MOODED)["on"] == "2031-05-04"
    assert to_json(MOODED)["wishes"] == [{"who": "holt", "words": [[1, 2]], "weight": 1.0}]
    assert to_patch(MOODED)["wishes"] == [["holt", [[1, 2]], 1.0]]
    cells = to_cells(MOODED)
    assert (cells["local"], cells["mood"], cells["sure"], cells["day"]) == ("7", "angry", 0, "2031-05-04")
    assert cells["wishes"] == '[["holt",[[1,2]],1.0]]'
    assert cells["content_spans"] == "[[3,9],[12,15]]"


def test_what_an_older_version_wrote_lacks_the_new_fields_and_is_read() -> None:
    new = {"mood", "sure", "on", "day", "wishes"}
    for there, back in ((to_json, from_json), (to_patch, from_patch), (to_cells, from_cells)):
        old = {name: value for name, value in there(MOODED).items() if name not in new}
        assert back(Mooded, old).mood is None
    emptied = {**to_cells(MOODED), "mood": None, "sure": None, "day": None, "wishes": None}
    assert from_cells(Mooded, emptied).wishes == ()


def test_a_key_that_must_be_there_is_asked_for_by_name() -> None:
    with pytest.raises(KeyError, match="content"):
        from_json(Statement, {"id": "1", "form": "direct", "confidence": 1.0})


def test_the_few_words_that_a_field_takes_are_told() -> None:
    assert choices(Mooded)["mood"] == (None, "calm", "angry")
    assert set(choices(Statement)) == {"form", "cue_class", "status", "voice"}


def test_no_two_fields_of_a_value_share_a_name_outside() -> None:
    for kind in (Statement, Entity, Occasion):
        for names in ([each.json for each in parts(kind)], [each.column for each in parts(kind)]):
            assert len(set(names)) == len(names)
