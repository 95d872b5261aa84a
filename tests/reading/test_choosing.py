from __future__ import annotations

import sys

import pytest

from onrecord.errors import MissingExtra
from onrecord.reading.pages import choosing
from onrecord.reading.pages.blocks import blocks_of
from onrecord.reading.pages.choosing import Chosen, choose, votes
from onrecord.reading.pages.markup import parse
from onrecord.reading.pages.metadata import Metadata, metadata_of

A = "The main valve of the sea gate stood open through three winter storms, an inquiry said on Monday."
B = "“We were not asked, we were not told,” said Rena Holt, who has kept the harbour of Port Ellery since 2011."
C = "The council will vote next week on whether to replace the valve or the whole of the gate, its chair said."
OTHER = "A seal was seen in the marina on Tuesday and again on Wednesday, the harbour office reported in the evening."


def chosen(body: str, title: str = "Valve open", head: str = "") -> Chosen:
    page = f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    root = parse(page)
    return choose(page, root, blocks_of(page, root), metadata_of(page, root))


def texts(body: str, **given: str) -> list[str]:
    return [block.text for block in chosen(body, **given).blocks]


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (f"<nav><a href=1>News</a></nav><h1>Valve open</h1><p>{A}<p>{B}<p>{C}<footer>Quay Herald</footer>", [A, B, C]),
        (f"<h1>Valve open</h1><p>{A}<p>Yes.<p>{B}<p>{C}", [A, "Yes.", B, C]),
        (f"<p>{A}<h2>The vote</h2><p>{B}<p>{C}", [A, "The vote", B, C]),
        (f"<p>{A}<p>{B}<p>{C}<h2>Related stories</h2><p>{OTHER}", [A, B, C]),
        (f"<p>{A}<h2>Empty</h2><h2>The vote</h2><p>{B}<p>{C}", [A, "The vote", B, C]),
        (f"<p>{A}<p>Read more: The gate<p>{B}<p>{C}", [A, B, C]),
        (
            f"<p>{A}<blockquote>Nobody asked, and nobody proposed to act.</blockquote><p>{B}<p>{C}",
            [A, "Nobody asked, and nobody proposed to act.", B, C],
        ),
        (f"<p>{A}<ul><li>one letter<li>two calls</ul><p>{B}<p>{C}", [A, "one letter", "two calls", B, C]),
        (f"<p>{A}<ul><li><a href=1>Seal seen</a><li><a href=2>Roof mended</a></ul><p>{B}<p>{C}", [A, B, C]),
        (f"<p>{A}<p>{B}<p>{C}<p>Ola Dunn is a reporter at the Herald.", [A, B, C]),
        (f"<div class=widget><div class=widget><p>{A}</div><div class=widget><p>{B}<p>{C}</div></div>", [A, B, C]),
    ],
)
def test_the_article_is_told_from_what_stands_around_it(body: str, kept: list[str]) -> None:
    assert texts(body) == kept


@pytest.mark.parametrize(
    "pulled",
    [
        "<aside class=pullquote><p>We were not asked, we were not told</aside>",
        "<div class=x><span>“We were not asked, we were not told”</span></div>",
        "<h3>We were not asked, we were not told</h3>",
        "<figure><blockquote>We were not asked, we were not told<footer>Rena Holt</footer></blockquote></figure>",
        "<table><tr><td>“<td>We were not asked, we were not told<td>”<tr><td>Rena Holt</table>",
    ],
)
def test_a_pull_quote_is_not_counted_twice(pulled: str) -> None:
    found = chosen(f"<h1>Valve open</h1><p>{A}{pulled}<p>{B}<p>{C}")
    assert [block.text for block in found.blocks] == [A, B, C]
    assert found.pulled >= 1


def test_a_line_said_twice_in_the_body_stays() -> None:
    short = "We were not asked."
    assert texts(f"<p>{A}<p>{short}<p>{B}<p>{short}<p>{C}") == [A, short, B, short, C]


@pytest.mark.parametrize(
    "picture",
    [
        "<figure><img><figcaption>The gate in winter.</figcaption></figure>",
        "<div class=media><img><p class=text>The gate in winter.</div>",
        "<table align=right><tr><td><img><tr><td class=small>The gate in winter.</table>",
    ],
)
def test_a_caption_is_left_out_and_counted(picture: str) -> None:
    found = chosen(f"<h1>Valve open</h1><p>{A}{picture}<p>{B}<p>{C}")
    assert [block.text for block in found.blocks] == [A, B, C]
    assert found.captions == 1


def test_the_line_under_the_headline_belongs_to_the_article_and_the_byline_does_not() -> None:
    deck = "Warnings were filed and read by nobody at all"
    body = f"<h1>Valve open</h1><div>{deck}</div><div>By Ola Dunn</div><div><p>{A}<p>{B}<p>{C}</div>"
    assert texts(body, head="<meta name=author content='Ola Dunn'>") == [deck, A, B, C]


def test_a_second_article_on_the_page_is_left_out_and_counted() -> None:
    one = f"<article><h1>Valve open</h1><p>{A}<p>{B}<p>{C}</article>"
    two = f"<article><h1>Seal seen</h1><p>{OTHER}<p>{OTHER}<p>{OTHER}</article>"
    found = chosen(f"<div>{one}{two}</div>")
    assert [block.text for block in found.blocks] == [A, B, C]
    assert found.others == 4


def test_posts_of_a_live_page_are_one_article() -> None:
    posts = "".join(
        f"<article class=post><time>1{at}.20</time><p>{text}</article>" for at, text in enumerate((C, B, A))
    )
    assert texts(f"<h1>Valve open</h1><div>{posts}</div>") == [C, B, A]


@pytest.mark.parametrize("tag", ["<h1>", "<figure>", "<div class=caption>", "<div class=pullquote>"])
def test_an_element_left_unclosed_takes_nothing_away(tag: str) -> None:
    assert texts(f"<h1>Valve open</h1><p>{A}{tag}<p>{B}<p>{C}") == [A, B, C]


def test_a_page_in_a_script_without_spaces_or_in_another_alphabet_is_read_alike() -> None:
    ja = "港の水門の弁は冬の三つの嵐のあいだ開いたままだったと、調査委員会は月曜日に述べた。"
    ru = "Главный затвор порта оставался открытым во время трёх зимних бурь, сообщила в понедельник комиссия."
    for text in (ja, ru):
        around = f"<nav><a href=1>{text[:4]}</a></nav><h1>Valve open</h1>"
        body = f"{around}<p>{text}<p>{text[5:]}<p>{text[9:]}<footer>{text[:6]}</footer>"
        assert texts(body) == [text, text[5:].strip(), text[9:].strip()]


@pytest.mark.parametrize("text", [A, "The gate is shut and will stay shut."])
def test_a_page_of_one_short_paragraph_is_read(text: str) -> None:
    assert texts(f"<p>{text}") == [text]


def test_json_ld_votes_too() -> None:
    page = "<div>Yes, he said.</div><div>No.</div>"
    root = parse(page)
    blocks = blocks_of(page, root)
    assert votes(page, root, blocks, ["<p>Yes, he said.</p><p>No.</p>"]) == set(blocks)


def test_without_votes_long_unlinked_sentences_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "LONGEST", 0)
    assert texts(f"<a href=1>News</a><p>{A}<p>{B}<p>Menu") == [A, B]


def test_what_trafilatura_stumbles_over_is_still_read(monkeypatch: pytest.MonkeyPatch) -> None:
    import trafilatura

    def stumble(*_: object, **__: object) -> str:
        raise RuntimeError

    monkeypatch.setattr(trafilatura, "extract", stumble)
    assert texts(f"<p>{A}<p>{B}") == [A, B]


@pytest.mark.parametrize("body", ["", "<p>", "<nav><a href=1>News</a></nav>", "<h1>Valve open</h1>"])
def test_a_page_without_an_article_gives_no_blocks(body: str) -> None:
    assert texts(body) == []


def test_without_trafilatura_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    page = f"<p>{A}"
    with pytest.raises(MissingExtra, match=r"onrecord\[pages\]"):
        choose(page, root := parse(page), blocks_of(page, root), Metadata())
