from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import RecordError
from onrecord.records import Article, OffsetMap, Origin, Provenance, Record, Stretch
from onrecord.spans import Span

PAGE = "<p>Rena&nbsp;Holt said <b>no</b>."
TEXT = "Rena\xa0Holt said no."
MAP = OffsetMap(
    (
        Stretch(Span(0, 4), Span(3, 7)),
        Stretch(Span(4, 5), Span(7, 13)),
        Stretch(Span(5, 15), Span(13, 23)),
        Stretch(Span(15, 17), Span(26, 28)),
        Stretch(Span(17, 18), Span(32, 33)),
    )
)


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("Rena", ["Rena"]),
        ("Rena\xa0Holt", ["Rena&nbsp;Holt"]),
        ("a\xa0H", ["a&nbsp;H"]),
        ("\xa0", ["&nbsp;"]),
        ("said no", ["said ", "no"]),
        (TEXT, ["Rena&nbsp;Holt said ", "no", "."]),
    ],
)
def test_a_span_of_the_text_is_found_on_the_page(words: str, places: list[str]) -> None:
    start = TEXT.index(words)
    found = MAP.to_source(Span(start, start + len(words)))
    assert found is not None
    assert [span.slice(PAGE) for span in found] == places


def test_what_the_page_does_not_hold_has_no_place_on_it() -> None:
    two = OffsetMap((Stretch(Span(0, 3), Span(3, 6)), Stretch(Span(5, 8), Span(13, 16))))
    assert two.to_source(Span(3, 5)) is None  # the break between two paragraphs
    assert two.to_source(Span(2, 6)) == (Span(5, 6), Span(13, 14))
    assert two.to_source(Span(8, 99)) is None
    assert OffsetMap().to_source(Span(0, 1)) is None


def test_stretches_out_of_order_are_refused() -> None:
    with pytest.raises(RecordError, match=r"\[0, 4\] after \[4, 5\]"):
        OffsetMap((MAP.stretches[1], MAP.stretches[0]))


@given(st.lists(st.tuples(*[st.integers(0, 30)] * 2, *[st.integers(1, 30)] * 2), max_size=8))
def test_a_map_survives_as_a_list_of_numbers(steps: list[tuple[int, int, int, int]]) -> None:
    stretches, text, source = [], 0, 0
    for over, source_over, length, source_length in steps:
        stretches.append(
            Stretch(
                Span(text + over, text + over + length),
                Span(source + source_over, source + source_over + source_length),
            )
        )
        text, source = stretches[-1].text.end, stretches[-1].source.end
    made = OffsetMap(tuple(stretches))
    assert OffsetMap.from_list(json.loads(json.dumps(made.as_list()))) == made


def test_a_list_that_is_no_map_is_refused() -> None:
    with pytest.raises(RecordError, match="5 numbers"):
        OffsetMap.from_list([1, 2, 3, 4, 5])


def test_an_origin_decodes_its_own_bytes_and_no_others() -> None:
    raw = "café".encode("cp1252")
    origin = Origin.of(raw, media_type="text/html", name="a.html", encoding="cp1252")
    assert origin.decoded() == "café"
    kept = Origin.from_dict(origin.to_dict())
    assert kept == origin
    assert kept.raw is None
    assert kept.decoded(raw) == "café"
    for refused in (None, b"cafe"):
        with pytest.raises(RecordError):
            kept.decoded(refused)
    with pytest.raises(RecordError, match="without an encoding"):
        replace(origin, encoding=None).decoded()


def test_a_record_keeps_the_origin_of_its_article_and_equality_does_not_look_at_it() -> None:
    origin = Origin.of(
        PAGE.encode(), media_type="text/html", name="a.html", encoding="utf-8", authors=["Ola Dunn"], map=MAP
    )
    article = Article(TEXT, origin=origin)
    assert article == Article(TEXT)
    record = Record(article, (), Provenance("0"))
    assert Record.from_dict(json.loads(record.to_json())).article.origin == origin
    assert "origin" not in Record(Article(TEXT), (), Provenance("0")).to_dict()
