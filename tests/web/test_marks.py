"""The text of an article on a page: nothing is lost, nothing is taken for markup, every mark is where it belongs."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from full import full_record
from onrecord.records import Article, Asserted, Provenance, Record, Statement
from onrecord.spans import Span
from onrecord.web.marks import Look, paragraphs, shown, tints

NUMBER = re.compile(r'<a class="n".*?</a>')
TAG = re.compile("<[^>]*>")


def plain(marked: str) -> str:
    """What a reader of the page would copy."""
    return html.unescape(TAG.sub("", NUMBER.sub("", marked)))


def record_of(text: str, *statements: Statement, asserted: tuple[Asserted, ...] = ()) -> Record:
    return Record(Article(text), statements, Provenance("0"), asserted=asserted)


def said(id: str, *content: Span) -> Statement:
    return Statement(id=id, content=content, form="direct", confidence=0.5)


def looks(record: Record) -> dict[str, Look]:
    return {s.id: Look(1, f"/statements/{s.id}") for s in record.statements}


def test_every_paragraph_tells_where_it_starts_and_holds_the_text_from_there() -> None:
    text = "One.\n\nTwo two,\nstill two.\n \n\nThree."
    record = record_of(text, said("1", Span(6, 9)))
    made = paragraphs(record, looks(record))
    assert [(p.start, plain(p.html)) for p in made] == [(0, "One."), (6, "Two two,\nstill two."), (29, "Three.")]


def test_a_statement_over_two_paragraphs_is_marked_in_both_and_numbered_once() -> None:
    record = record_of("“One.\n\nTwo.”", said("1", Span(0, 12)))
    first, second = paragraphs(record, looks(record))
    assert first.html.count('class="n"') == 1
    assert 'id="s1"' in first.html
    assert '<mark class="c direct v1" data-s="1">Two.”</mark>' in second.html
    assert 'class="n"' not in second.html


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&lt;b&gt;", "a'b"])
def test_no_text_is_taken_for_markup(hostile: str) -> None:
    record = record_of(f"{hostile} said Holt.", said("1", Span(0, len(hostile))))
    (paragraph,) = paragraphs(record, looks(record))
    assert plain(paragraph.html) == record.article.text
    assert set(TAG.findall(NUMBER.sub("", paragraph.html))) <= {
        '<mark id="s1" class="c direct v1" data-s="1">',
        "</mark>",
    }


def test_no_id_is_taken_for_markup() -> None:
    record = record_of("Yes, he said.", said('"><script>', Span(0, 3)))
    (paragraph,) = paragraphs(record, {'"><script>': Look(1, "/x")})
    assert "<script" not in paragraph.html


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x85", "\u202e", "\u2066", "\ud800"])
def test_what_a_page_cannot_hold_or_turns_it_round_is_shown_as_one_sign(sign: str) -> None:
    assert shown(f"a{sign}b") == "a\ufffdb"


def test_the_outlets_own_voice_is_told_apart() -> None:
    asserted = (Asserted(Span(4, 9), "inserted", "1"),)
    record = record_of("Yes, sadly, he said.", said("1", Span(0, 3)), asserted=asserted)
    (paragraph,) = paragraphs(record, looks(record))
    assert '<span class="own inserted"' in paragraph.html


def test_form_stance_status_and_review_are_told_without_colour() -> None:
    record = full_record()
    given = {s.id: Look(1, "/x", "confirmed") for s in record.statements}
    made = "".join(p.html for p in paragraphs(record, given))
    for statement in record.statements:
        assert f"c {statement.form} v1 confirmed" in made
        assert f"cue {statement.cue_class or 'none'}" in made


def test_speakers_get_colours_in_the_order_they_speak() -> None:
    record = full_record()
    assert list(tints(record).values()) == list(range(1, len(tints(record)) + 1))


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 40)), min_size=1, max_size=8)


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60), SPANS)
def test_whatever_nests_or_crosses_the_text_comes_out_whole(text: str, places: list[tuple[int, int]]) -> None:
    statements = []
    for number, (start, length) in enumerate(places):
        start, end = min(start, len(text) - 1), min(start + length, len(text))
        statements.append(said(str(number), Span(start, max(end, start + 1))))
    record = record_of(text, *statements)
    for paragraph in paragraphs(record, looks(record)):
        words = plain(paragraph.html)
        assert shown(text)[paragraph.start : paragraph.start + len(words)] == words
