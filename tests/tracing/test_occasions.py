"""One event in several outlets is one occasion, with all that was said there and what only one outlet has."""

from __future__ import annotations

from carried import carrier
from onrecord.tracing.gathering.occasions import JoinedOccasion, occasions
from onrecord.tracing.gathering.utterances import utterances

VALVE = "“It is an old valve, and we had asked the council for a new one.”"
FERRY = "“The ferry will sail again on Thursday if the wind lets us leave the inner basin.”"
WALL = "“The outer wall was built by my grandfather and it will outlast the mayor.”"
TALK = {"kind": "interview", "medium": "Quay Radio", "said": "2031-05-04"}


def joined(*carriers: object) -> tuple[JoinedOccasion, ...]:
    return occasions(utterances(carriers))  # type: ignore[arg-type]


def test_one_speaker_on_one_day_is_one_occasion() -> None:
    (found,) = joined(
        carrier(VALVE, "Quay Herald", **TALK),
        carrier(VALVE, "Coast Echo", said="2031-05-04"),
        carrier(FERRY, "Coast Echo", said="2031-05-04", medium="the Quay Radio"),
    )
    assert (found.speaker, found.kind, found.medium, found.when) == (
        "Rena Holt",
        "interview",
        "Quay Radio",
        "2031-05-04",
    )
    assert found.outlets == ("Coast Echo", "Quay Herald")
    assert [said.outlets for said in found.said] == [("Quay Herald", "Coast Echo"), ("Coast Echo",)]
    assert {outlet: len(alone) for outlet, alone in found.only.items()} == {"Coast Echo": 1}
    assert len(found.articles) == 3


def test_what_is_known_to_differ_parts_them() -> None:
    assert len(joined(carrier(VALVE, **TALK), carrier(FERRY, **{**TALK, "said": "2031-05-05"}))) == 2
    assert len(joined(carrier(VALVE, **TALK), carrier(FERRY, **{**TALK, "medium": "Hill Radio"}))) == 2
    assert len(joined(carrier(VALVE, **TALK), carrier(FERRY, **{**TALK, "kind": "speech"}))) == 2
    assert len(joined(carrier(VALVE, **TALK), carrier(FERRY, **TALK, speaker="Kenji Ito"))) == 2


def test_one_utterance_joins_what_tells_no_day() -> None:
    (found,) = joined(carrier(VALVE, "Quay Herald", **TALK), carrier(VALVE, "Coast Echo", kind="interview"))
    assert found.outlets == ("Coast Echo", "Quay Herald")


def test_a_month_is_no_day() -> None:
    assert (
        len(joined(carrier(VALVE, kind="speech", said="2031-05"), carrier(FERRY, kind="speech", said="2031-05"))) == 2
    )


def test_where_one_outlet_alone_was_there_nothing_is_its_own() -> None:
    (found,) = joined(carrier(VALVE, **TALK), carrier(WALL, **TALK))
    assert found.only == {}
    assert len(found.said) == 2


def test_without_a_speaker_or_anything_known_there_is_none() -> None:
    assert joined(carrier(VALVE), carrier(FERRY, **TALK, speaker=None)) == ()
    assert joined(carrier(FERRY, **TALK, speaker="an official", described=True)) == ()


def test_one_utterance_of_one_day_is_one_occasion_whatever_each_outlet_calls_it() -> None:
    (found,) = joined(
        carrier(VALVE, "Quay Herald", **TALK),
        carrier(VALVE, "Coast Echo", kind="statement", said="2031-05-04"),
        carrier(VALVE, "Inland Post", article="inland", kind="press_conference"),
        carrier(FERRY, "Inland Post", article="inland", kind="press_conference", said="2031-05-04", start=200),
    )
    assert found.outlets == ("Coast Echo", "Inland Post", "Quay Herald")
    assert len(found.said) == 2
