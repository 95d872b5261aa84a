from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import SpanError
from onrecord.marking import Mark, marked, panel
from onrecord.spans import Span

TAG = re.compile(r"<(/?)(mark|span)[^>]*>")


@st.composite
def texts_with_marks(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(st.text(st.sampled_from("ab <>&\"'\n“é🦡\ud800"), min_size=1, max_size=20))
    places = st.integers(0, len(text) - 1)
    spans = st.tuples(places, places).map(lambda pair: Span(min(pair), max(pair) + 1))
    roles = st.sampled_from(["source", "cue", "content", "other"])
    return text, draw(st.lists(st.builds(Mark, spans, roles, st.sampled_from(["1", "2"])), max_size=6))


def bare(page: str) -> str:
    return html.unescape(TAG.sub("", page))


@given(texts_with_marks())
def test_taking_the_tags_out_gives_back_the_text(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    assert bare(marked(text, marks)) == text


@given(texts_with_marks())
def test_tags_nest_and_each_closes_what_was_opened_last(case: tuple[str, list[Mark]]) -> None:
    stack: list[str] = []
    for tag in TAG.finditer(marked(*case)):
        if tag[1]:
            assert stack.pop() == tag[2]
        else:
            stack.append(tag[2])
    assert stack == []


@given(texts_with_marks())
def test_each_mark_covers_exactly_its_own_characters(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    covered: dict[tuple[str, str], set[int]] = {}
    at = 0
    stack: list[tuple[str, str]] = []
    for part in re.split(r"(<[^>]*>)", marked(text, marks)):
        if opened := re.match(r'<\w+ class="onrecord-(\w+)" data-statement="(\w+)"', part):
            stack.append((opened[1], opened[2]))
        elif part.startswith("</"):
            stack.pop()
        else:
            width = len(html.unescape(part))
            for key in stack:
                covered.setdefault(key, set()).update(range(at, at + width))
            at += width
    wanted: dict[tuple[str, str], set[int]] = {}
    for mark in marks:
        wanted.setdefault((mark.role, mark.statement), set()).update(range(mark.span.start, mark.span.end))
    assert covered == wanted


def test_crossing_marks_are_split_where_they_cross() -> None:
    page = marked("abcde", [Mark(Span(0, 3), "content", "1"), Mark(Span(2, 5), "source", "2")])
    assert re.sub(r"(<\w+)[^>]*>", r"\1>", page) == "<mark>ab<span>c</span></mark><span>de</span>"


def test_a_mark_past_the_text_is_refused() -> None:
    with pytest.raises(SpanError):
        marked("ab", [Mark(Span(1, 3), "cue", "1")])


def test_text_ids_and_headings_are_escaped() -> None:
    page = panel("<script>", [Mark(Span(0, 8), "cue", '"><script>')], "<script>")
    assert "<script" not in page


def test_a_panel_can_be_saved_even_with_a_lone_surrogate() -> None:
    assert "a?b" in panel("a\ud800b", [], "t").encode("utf-8").decode("utf-8")
