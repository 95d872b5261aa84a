from __future__ import annotations

import datetime
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import EmptyInput
from onrecord.reading.pages.page import article_of, decode_page, read_page
from onrecord.reading.source import LIMIT, Defaults
from onrecord.records import Article, Skipped
from onrecord.spans import Span

BODY = (
    "<h1>Valve open</h1><p>The main valve of the sea gate stood open, an inquiry said&nbsp;on <b>Monday</b>.</p>"
    "<p>&ldquo;We were not asked,&rdquo; said Rena Holt, who is the harbour master of Port Ellery.</p>"
    "<p>The café on the quay will stay closed until the valve has been mended, she added.</p>"
)
PAGE = f"<html lang=en><head><title>Valve open | Quay Herald</title></head><body>{BODY}</body></html>"
TEXT = (
    "The main valve of the sea gate stood open, an inquiry said\xa0on Monday.\n\n"
    "“We were not asked,” said Rena Holt, who is the harbour master of Port Ellery.\n\n"
    "The café on the quay will stay closed until the valve has been mended, she added."
)
SPACE = re.compile(r"[\t\n\f\r\0]")
DECLARED = "<meta charset={}>"


def read(data: bytes, defaults: Defaults | None = None) -> Article | Skipped:
    (item,) = read_page(io.BytesIO(data), "valve.html", defaults or Defaults())
    return item


def article(data: bytes, defaults: Defaults | None = None) -> Article:
    item = read(data, defaults)
    assert isinstance(item, Article), item
    return item


def test_a_page_becomes_an_article_with_its_words_unaltered() -> None:
    found = article(PAGE.encode())
    assert found.text == TEXT
    assert (found.title, found.outlet, found.language) == ("Valve open", "Quay Herald", "en")


def test_the_bytes_stay_with_it_and_each_span_is_found_in_them() -> None:
    raw = PAGE.encode()
    found = article(raw)
    assert found.origin is not None
    assert (found.origin.raw, found.origin.media_type, found.origin.name) == (raw, "text/html", "valve.html")
    assert found.origin.map is not None
    start = TEXT.index("said\xa0on Monday")
    places = found.origin.map.to_source(Span(start, start + len("said\xa0on Monday")))
    assert places is not None
    assert [place.slice(found.origin.decoded()) for place in places] == ["said&nbsp;on ", "Monday"]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (PAGE.encode(), "utf-8"),
        (PAGE.encode("utf-8-sig"), "utf-8-sig"),
        (PAGE.encode("utf-16"), "utf-16"),
        (PAGE.encode("utf-16-le"), "utf-16-le"),
        (PAGE.replace("<head>", "<head>" + DECLARED.format("iso-8859-1")).encode("latin-1"), "cp1252"),
        (PAGE.replace("<head>", "<head>" + DECLARED.format("windows-1250")).encode("cp1250"), "cp1250"),
        (PAGE.replace("<head>", "<head>" + DECLARED.format("iso-8859-1")).encode(), "utf-8"),  # what it is, not says
        (PAGE.replace("<head>", "<head>" + DECLARED.format("no-such")).encode("cp1252"), "cp1252"),
        (b'<?xml version="1.0" encoding="iso-8859-2"?>' + PAGE.encode("iso-8859-2"), "iso8859-2"),
        (PAGE.replace("Rena", "Re\0na").encode(), "utf-8"),
    ],
)
def test_it_is_decoded_as_browsers_do_and_the_map_counts_in_that(data: bytes, encoding: str) -> None:
    found = article(data)
    assert found.text.replace("Re na", "Rena") == TEXT
    assert found.origin is not None
    assert found.origin.encoding == encoding
    assert found.origin.map is not None
    page = found.origin.decoded()
    start = found.text.index("café")
    places = found.origin.map.to_source(Span(start, start + 4))
    assert places is not None
    assert [place.slice(page) for place in places] == ["café"]


def test_the_header_that_came_with_it_is_asked_first() -> None:
    raw = PAGE.replace("<head>", "<head>" + DECLARED.format("iso-8859-1")).encode("cp1250")
    assert decode_page(raw, "text/html; charset=windows-1250").encoding == "cp1250"


def test_broken_bytes_are_shown_and_told() -> None:
    found = article((PAGE + "<p>“So”, it … was “said” – and “done”").encode().replace(b"Rena", b"Re\xffna"))
    assert "Re\ufffdna" in found.text
    assert any("U+FFFD" in notice for notice in found.notices)


def test_what_the_page_does_not_say_comes_from_the_caller() -> None:
    known = Defaults("T", "Tide", datetime.date(2024, 2, 6), "https://quay.example/1", "auto")
    found = article(BODY.replace("h1", "div").encode(), known)
    assert (found.outlet, found.published, found.url) == ("Tide", known.published, known.url)
    assert found.language == "auto"
    assert article(PAGE.encode(), known).language == "auto"  # many pages say English that are not: the text is asked
    assert article(PAGE.replace("lang=en", "lang=de").encode(), known).language == "de"


def test_a_page_does_not_speak_for_another_site() -> None:
    fetched = Defaults(url="https://www.quay.example/1?utm=x")
    canonical = "<link rel=canonical href=https://{}/1>"
    own = article(PAGE.replace("<head>", "<head>" + canonical.format("quay.example")).encode(), fetched)
    assert own.url == "https://quay.example/1"
    other = article(PAGE.replace("<head>", "<head>" + canonical.format("bank.example.org")).encode(), fetched)
    assert other.url == fetched.url
    assert any("another site" in notice for notice in other.notices)


def test_a_saved_page_has_the_address_it_was_saved_from() -> None:
    page = "<!-- saved from url=(0023)https://quay.example/1 -->" + PAGE
    assert article(page.encode()).url == "https://quay.example/1"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:alert(1)", "java&#10;script:alert(1)"]
)
def test_no_address_is_kept_that_would_run(url: str) -> None:
    head = f'<link rel=canonical href="{url}"><meta property=og:url content="{url}">'
    assert article(PAGE.replace("<head>", "<head>" + head).encode()).url is None


def test_what_was_left_out_is_told() -> None:
    page = PAGE.replace("<p>The café", "<figure><figcaption>The gate</figcaption></figure><p>The café")
    assert "left out: 1 caption(s)" in article(page.encode()).notices


def test_entities_that_a_page_declares_are_not_expanded() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    assert article((bomb + PAGE.replace("Rena", "&b;&x;")).encode()).text == TEXT.replace("Rena", "&b;&x;").join(
        ("", "")
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "nothing, 0 bytes"),
        (b" \n", "without a word"),
        (b"<html><body></body></html>", "no article"),
        (b"<nav><a href=1>News</a></nav><script>var text = 'not this'</script>", "no article"),
        (b"<p>...</p>", "no article"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "as in a picture"),
        (b"<br>" * 150_001, "more than 150,000 tags"),
        (b"<p>" + b"a" * LIMIT, "bytes; wanted at most"),
    ],
)
def test_what_holds_no_article_is_skipped_with_a_reason(data: bytes, reason: str) -> None:
    item = read(data)
    assert isinstance(item, Skipped)
    assert reason in item.reason
    assert item.name == "valve.html"


def test_a_gigabyte_is_refused_by_its_size_unread() -> None:
    class Huge(io.BytesIO):
        def seek(self, at: int, whence: int = 0) -> int:
            return 1 << 30 if whence == io.SEEK_END else super().seek(at, whence)

        def read(self, size: int | None = -1) -> bytes:
            raise AssertionError("read")

    (item,) = read_page(Huge(b"x"), "huge.html", Defaults())
    assert isinstance(item, Skipped)
    assert "1,073,741,824 bytes" in item.reason


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 5_000 + BODY,
        "<b>" * 5_000 + BODY,
        BODY + "<table><tr><td>" * 1_000,
        "<p " + "x='" * 5_000 + "'>" + BODY,
        f'<script type="application/ld+json">{"[" * 50_000}</script>' + BODY,
        BODY + "&#" * 20_000 + "&" * 20_000,
    ],
    ids=["deep blocks", "deep formatting", "deep tables", "odd attributes", "deep JSON", "half entities"],
)
def test_a_page_made_to_break_readers_is_read(page: str) -> None:
    assert "Rena Holt, who is the harbour master" in article(page.encode()).text


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_damage_to_a_page_gives_an_article_or_a_reason(data: st.DataObject) -> None:
    raw = bytearray(PAGE.encode())
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 6))] = data.draw(st.binary(max_size=4))
    item = read(bytes(raw))
    if isinstance(item, Article) and item.origin and item.origin.map:
        page = item.origin.decoded()
        for stretch in item.origin.map.stretches:
            if len(stretch.text) == len(stretch.source) > 1:
                assert stretch.text.slice(item.text) == SPACE.sub(" ", stretch.source.slice(page))


def test_a_page_without_an_article_is_an_error_to_who_asks_directly() -> None:
    with pytest.raises(EmptyInput, match="0 words and no article"):
        article_of(b"<html></html>", "x", Defaults())
