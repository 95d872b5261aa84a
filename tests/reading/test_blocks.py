from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.pages.blocks import blocks_of, compose, lines_of
from onrecord.reading.pages.markup import parse
from onrecord.spans import Span


def paragraphs(page: str) -> list[str]:
    return [block.text for block in blocks_of(page, parse(page))]


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        ("<p>Rena\n   Holt <b>said</b> <i> no</i>.</p>", ["Rena Holt said no."]),
        ("<p>a<p>b<div>c<p>d</div>e", ["a", "b", "c", "d", "e"]),
        ("<p>a<br>b", ["a\nb"]),
        ("a<br><br>b<br/> \n <br>c<br>", ["a", "b", "c"]),
        ("<p>&nbsp; &nbsp;a&nbsp;b&nbsp;</p><p>&nbsp;</p>", ["a\xa0b"]),
        ("<p>a &#32;&#10; b", ["a b"]),
        ("<p>\u200fRena\u200e \u00adHolt", ["\u200fRena\u200e \u00adHolt"]),  # marks are signs, and stay
        ("<p>one<!-- two --> three", ["one three"]),
        ("<p>a<script>b</script><style>c</style><noscript>d</noscript>e<template>f</template>", ["ae"]),
        ("<p hidden>a<p style='color:red; display : none'>b<p aria-hidden=true>c<p>d", ["d"]),
        ("<h2>Log<span class='mw-editsection'>[edit]</span></h2>", ["Log"]),
        ("<p>So<sup><a href=#1>[1]</a></sup> it is, 10<sup>2</sup>", ["So it is, 102"]),
        ("<ruby>漢<rt>kan</rt></ruby>", ["漢"]),
        ("<p>He <x-name>Rena</x-name> said</p><x-box><p>a</p></x-box>", ["He Rena said", "a"]),
        ("<ul><li>a<li>b<ol><li>c</ol></ul>", ["a", "b", "c"]),
        ("<p>a\0b", ["a b"]),
        ("<button>x</button><select><option>y</select><input value=z><textarea>w</textarea>v", ["v"]),
    ],
)
def test_a_block_is_what_a_browser_shows_as_one(page: str, texts: list[str]) -> None:
    assert paragraphs(page) == texts


def test_how_much_is_linked_is_told() -> None:
    (block,) = blocks_of(page := "<p><a href=1>abc</a> def", parse(page))
    assert block.link_share == pytest.approx(3 / 7)


def test_a_block_comes_apart_by_its_lines() -> None:
    (block,) = blocks_of(page := "<p>The <b>gate</b><br>is shut", parse(page))
    assert [line.text for line in lines_of(block)] == ["The gate", "is shut"]


def test_a_text_is_made_of_blocks_and_each_span_of_it_is_on_the_page() -> None:
    page = "<p>A&amp;B <b>said</b>\n no.</p>\n<p>C<br>D"
    text, offsets = compose(blocks_of(page, parse(page)))
    assert text == "A&B said no.\n\nC\nD"
    found = offsets.to_source(Span(0, len(text)))
    assert found is not None
    assert [span.slice(page) for span in found] == ["A&amp;B ", "said", "\n no.", "C<br>D"]


@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<b>", "</b>", "<br>", "a", "&amp;", " ", "\n", "&nbsp;", "ß“", "<i>", "&lt;"])
    )
)
def test_every_character_but_breaks_is_on_the_page_where_the_map_says(parts: list[str]) -> None:
    page = "".join(parts)
    text, offsets = compose(blocks_of(page, parse(page)))
    for at, sign in enumerate(text):
        places = offsets.to_source(Span(at, at + 1))
        if places is None:
            assert sign == "\n"
            continue
        written = html.unescape(re.sub(r"<br>", "\n", "".join(place.slice(page) for place in places)))
        assert written == sign or (sign == " " and written.isspace())
