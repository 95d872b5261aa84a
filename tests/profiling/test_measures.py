"""What a profile promises: words counted once, shares with intervals, speakers known again across articles."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from typing import Any

import pytest

from marked import parse
from onrecord.intervals import wilson
from onrecord.profiling import Profile, picture, profiles
from onrecord.profiling.measures import UNKNOWN, UNNAMED
from onrecord.records import Article, Asserted, Entity, Provenance, Record, Statement
from onrecord.spans import Span

PARTY = Entity(id="party", name="Tide Party", kind="organisation")
HOLT = Entity(id="holt", name="Rena Holt", kind="person", of="party", wikidata="Q1")
ITO = Entity(id="ito", name="Kenji Itō", kind="person")
TWO = Entity(id="two", name="two officials", kind="group", named=False, count=2)


def record(
    marked: str, *speakers: str | None, outlet: str | None = "Quay Herald", own: str = "", **more: Any
) -> Record:
    gold = parse(marked)
    statements = tuple(
        Statement(
            id=item["id"],
            content=tuple(Span(*pair) for pair in item["content"]),
            form="direct" if "“" in gold.text else "indirect",
            confidence=0.9,
            speaker=speaker,
            cue_class=more.get("cue_class", "neutral"),
        )
        for item, speaker in zip(gold.attributions, speakers, strict=True)
    )
    at = gold.text.find(own) if own else 0
    asserted = (Asserted(Span(at, at + len(own))),) if own else ()
    entities = (PARTY, HOLT, ITO, TWO)
    return Record(Article(gold.text, outlet=outlet), statements, Provenance("0"), entities, (), asserted)


def only(*records: Record) -> Profile:
    (profile,) = profiles(records)
    return profile


def test_every_word_is_counted_once_for_the_voice_that_says_it() -> None:
    profile = only(record("It rained. [c1 “We were not asked,”] Holt said.", "holt", own="It rained."))
    voices = {share.name: share.hits for share in profile.voices}
    assert voices == {"quoted": 4, "reported": 0, "own voice": 2, "other": 2}
    assert profile.words == 8


def test_a_speaker_is_known_again_by_wikidata_or_by_a_name_without_its_accents() -> None:
    other = Entity(id="h2", name="R. Holt", kind="person", wikidata="Q1")
    plain = Entity(id="i2", name="Kenji Ito", kind="person")
    first = record("[c1 Prices fell], one said, and [c2 they rose], another.", "holt", "ito")
    again = record("[c1 Prices fell], one said, and [c2 they rose], another.", None, None)
    second = Record(
        again.article,
        tuple(
            Statement(id=s.id, content=s.content, form="mixed", confidence=0.5, speaker=id)
            for s, id in zip(again.statements, ("h2", "i2"), strict=True)
        ),
        again.provenance,
        (other, plain),
    )
    assert [(row.name, row.statements) for row in only(first, second).speakers] == [("Kenji Itō", 2), ("Rena Holt", 2)]


def test_unnamed_and_unknown_speakers_have_a_row_each_and_bodies_gather_those_who_speak_for_them() -> None:
    profile = only(record("[c1 A], [c2 b] and [c3 c].", "two", None, "holt"))
    assert {row.name for row in profile.speakers} == {"Rena Holt", UNNAMED, UNKNOWN}
    assert next(row for row in profile.bodies if row.name == "Tide Party").statements == 1


def test_stances_are_counted_where_the_cue_was_judged() -> None:
    profile = only(record("[c1 A] and [c2 b].", "holt", "ito", cue_class="distancing"), record("[c1 D].", "ito"))
    shares = {share.name: (share.hits, share.total) for share in profile.everyone.stances}
    assert shares["distancing"] == (2, 3)
    assert shares["neutral"] == (1, 3)


def test_outlets_are_told_apart() -> None:
    found = profiles([record("[c1 A].", "ito", outlet="B"), record("[c1 A].", "ito", outlet="A")])
    assert [profile.outlet for profile in found] == ["A", "B"]


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    # Computed with statsmodels.stats.proportion.proportion_confint(method="wilson").
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (81, 263, 0.2553, 0.3662), (0, 0, 0.0, 1.0)],
)
def test_the_interval_of_a_share_is_wilsons(hits: int, total: int, low: float, high: float) -> None:
    assert wilson(hits, total) == pytest.approx((low, high), abs=5e-4)


def test_the_picture_is_xml_whatever_the_names_hold() -> None:
    nasty = record("[c1 A].", "ito", outlet='<script>"&\x00\ud800')
    tree = ElementTree.fromstring(picture(only(nasty)))
    assert tree.tag.endswith("svg")
    assert not list(tree.iter("{http://www.w3.org/2000/svg}script"))
    assert "of 1" in "".join(tree.itertext())
