"""What a transcript tells of its occasion, and where an article places a statement against that."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from onrecord.records import Article, Entity, Occasion, Provenance, Record, Statement
from onrecord.spans import Span
from onrecord.tracing.judging.scene import (
    ANYWHERE,
    Stage,
    day_in,
    is_what_was_said,
    kinds_of,
    language_in,
    scene_of,
    weekdays_in,
)
from onrecord.tracing.judging.setting import Placing, met, place_of
from onrecord.tracing.values import Original

DAY = datetime.date(2025, 6, 5)  # a Thursday
INTERVIEW = Article(
    "Интервью министра И.А.Савельева телеканалу «Рубеж», 5 июня 2025 года\n\nВопрос: Почему?\n\nСавельев: Потому.\n"
)


def test_the_heading_tells_day_kind_and_names() -> None:
    scene = scene_of(INTERVIEW)
    assert scene.day == DAY
    assert {"interview", "broadcast"} <= scene.kinds
    assert scene.names("Igor Savelyev")
    assert scene.names("Rubezh")
    assert not scene.names("Pavel Ptitsyn")
    assert not scene.translated


@pytest.mark.parametrize(
    ("heading", "day"),
    [
        ("Held on 8 April 2025", datetime.date(2025, 4, 8)),
        ("April 8th, 2025", datetime.date(2025, 4, 8)),
        ("8. März 2025", datetime.date(2025, 3, 8)),
        ("le 1er août 2025", datetime.date(2025, 8, 1)),
        ("8 de abril de 2025", datetime.date(2025, 4, 8)),
        ("5 июня 2025 года", DAY),
        ("2025-06-05", DAY),
        ("31 February 2025", None),
        ("in spring", None),
    ],
)
def test_the_day_is_read_in_several_languages(heading: str, day: datetime.date | None) -> None:
    assert day_in(heading) == day


@pytest.mark.parametrize("heading", ["Unofficial translation", "Nichtamtliche Übersetzung", "Неофициальный перевод"])
def test_a_transcript_tells_that_it_is_a_translation(heading: str) -> None:
    assert scene_of(Article(f"{heading}\n\nQ: Why?\n\nHOLT: It was old.\n")).translated


def test_kinds_languages_and_weekdays_are_told_by_words() -> None:
    assert kinds_of("a note to clients") == {"document"}
    assert "call" in kinds_of("Second-quarter results call")
    assert kinds_of("the harbour") == frozenset()
    assert [language_in(words) for words in ("auf Englisch", "in French", "smiling")] == ["en", "fr", None]
    assert weekdays_in("am Sonntagabend") == {6}
    assert weekdays_in("May") == frozenset()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Q: Why?\n\nA: It was old.", True),
        ("Statement by the harbour master\n\nIt was old. We had asked for a new one.", True),
        ("Заявление министра\n\nОн был старый.", True),
        ("The valve was old, the harbour master said on Tuesday. “We had asked for a new one.”", False),
    ],
)
def test_a_statement_without_labels_is_itself_what_was_said(text: str, said: bool) -> None:
    assert is_what_was_said(Article(text)) == said


def test_turns_of_one_who_asks_and_one_who_answers_are_an_interview() -> None:
    assert scene_of(Article("Q: Why?\n\nHOLT: It was old.\n\nQ: Who knew?\n\nHOLT: All.")).kinds == {"interview"}
    assert scene_of(Article("ITO: Why?\n\nHOLT: It was old.")).kinds == frozenset()


def test_a_body_is_meant_where_the_transcript_is_its_own() -> None:
    scene = Stage(outlet="Reserve Bank of Estmark (transcript)")
    assert scene.is_by("the Reserve Bank")
    assert not scene.is_by("Estmark Post")
    assert not ANYWHERE.is_by("the bank")


def placed(scene: Stage, cue: str = "said", content: str = "it was old", **occasion: Any) -> Placing:
    text = f"Holt {cue} {content} on Sunday."
    start = text.index(content)
    statement = Statement(
        id="1",
        content=(Span(start, start + len(content)),),
        source=(Span(0, 4),),
        cue=(Span(5, 5 + len(cue)),),
        form="indirect",
        confidence=1.0,
        occasion="o" if occasion else None,
    )
    mir = Entity(id="mir", name="the Rubezh channel", kind="outlet")
    occasions = (Occasion(id="o", **occasion),) if occasion else ()
    article = Article(text, published=DAY)
    return place_of(Record(article, (statement,), Provenance("0"), (mir,), occasions), statement, scene)


TALK = Stage(day=DAY, kinds=frozenset(("interview", "broadcast")), heading="интервью телеканалу «Рубеж»")
BRIEFING = Stage(day=DAY, kinds=frozenset(("press_conference",)))


@pytest.mark.parametrize(
    ("scene", "occasion", "place"),
    [
        (TALK, {"kind": "interview"}, Placing()),  # the transcript is that very interview
        (TALK, {"kind": "interview", "medium": "mir"}, Placing()),
        (Stage(kinds=frozenset(("interview",))), {"kind": "interview", "medium": "mir"}, "doubtful"),
        (TALK, {"kind": "document"}, "foreign"),
        (BRIEFING, {"kind": "interview"}, "foreign"),
        (BRIEFING, {"kind": "press_conference"}, Placing()),
        (BRIEFING, {"kind": "statement"}, Placing()),  # handed out at the door
        (BRIEFING, {"event": "note"}, "foreign"),
        (ANYWHERE, {"kind": "interview"}, "doubtful"),
        (Stage(day=DAY, meant=True), {"kind": "interview"}, Placing()),  # somebody says so
        (BRIEFING, {"date": "on Sunday"}, "foreign"),
        (BRIEFING, {"date": "on Thursday"}, Placing()),
        (BRIEFING, {"date": "2022"}, "foreign"),
    ],
)
def test_an_occasion_is_this_one_or_may_be_or_is_another(scene: Stage, occasion: dict[str, Any], place: Any) -> None:
    found = placed(scene, **occasion)
    told = "foreign" if found.foreign else "doubtful" if found.doubtful else found
    assert told == place


def test_a_date_that_is_only_spoken_of_places_nothing() -> None:
    text = "Holt said that it would open on April 22."
    start = text.index("that")
    statement = Statement(
        id="1",
        content=(Span(start, len(text) - 1),),
        form="indirect",
        confidence=1.0,
        occasion="o",
        source=(Span(0, 4),),
    )
    occasion = Occasion(id="o", date="April 22", when="2025-04-22")
    record = Record(Article(text, published=DAY), (statement,), Provenance("0"), (), (occasion,))
    assert place_of(record, statement, BRIEFING) == Placing()


def test_what_is_written_may_be_from_elsewhere_unless_the_transcript_has_writings() -> None:
    assert placed(BRIEFING, cue="wrote").doubtful == "wrote"
    assert placed(Stage(kinds=frozenset(("press_conference", "statement"))), cue="wrote") == Placing()
    assert placed(ANYWHERE, cue="wrote") == Placing()


def test_an_occasion_from_which_words_are_found_is_this_one() -> None:
    text = "“We had asked for a new valve in March,” she told the paper in an interview."
    statement = Statement(id="1", content=(Span(0, 41),), form="direct", confidence=1.0, occasion="o")
    occasion = Occasion(id="o", kind="interview")
    record = Record(Article(text), (statement,), Provenance("0"), (), (occasion,))
    found = met(record, [Original(text="Yes. We had asked for a new valve in March, twice.")])
    assert place_of(record, statement, Stage(kinds=frozenset(("hearing",)), met=found)) == Placing()
    assert met(record, [Original(text="We had asked for an old valve.")]) == frozenset()
