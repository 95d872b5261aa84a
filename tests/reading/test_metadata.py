from __future__ import annotations

import datetime
import json
from typing import Any

import pytest

from onrecord.reading.pages.markup import parse
from onrecord.reading.pages.metadata import Metadata, metadata_of, web_address

DAY = datetime.date(2024, 2, 6)


def read(page: str, base: str | None = None) -> Metadata:
    return metadata_of(page, parse(page), base)


def ld(*items: Any) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(item)}</script>' for item in items)


ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Gate &amp; valve",
    "datePublished": "2024-02-06T23:30:00-05:00",
    "author": [{"@type": "Person", "name": "By Ola Dunn"}, "Ito Farran"],
    "publisher": {"name": "Quay Herald"},
    "mainEntityOfPage": {"@id": "https://quay.example/1"},
    "inLanguage": "en-GB",
    "articleBody": "The gate is shut.",
}
WHOLE = Metadata(
    title="Gate & valve",
    outlet="Quay Herald",
    authors=("Ola Dunn", "Ito Farran"),
    published=DAY,
    url="https://quay.example/1",
    language="en",
    bodies=("The gate is shut.",),
)


@pytest.mark.parametrize(
    "page",
    [
        ld(ARTICLE),
        ld({"@graph": [{"@type": "WebSite", "name": "x"}, ARTICLE]}),
        ld([{"@type": "BreadcrumbList"}, ARTICLE]),
        ld({"@type": "WebPage", "mainEntity": ARTICLE}),
        ld({"@type": ["Thing", "https://schema.org/NewsArticle"]} | {k: v for k, v in ARTICLE.items() if k != "@type"}),
        f'<script type="application/ld+json">{{broken</script>{ld(ARTICLE)}',
        ld(ARTICLE).replace(">{", ">//<![CDATA[\n{").replace("}</script>", "}\n//]]></script>"),
        f'{ld(ARTICLE)}<meta property="og:title" content="Other"><meta name="date" content="2020-01-01"><h1>Third</h1>',
        ld({"@type": "ItemList", "itemListElement": [{"@type": "Article", "headline": "Not this"}]}, ARTICLE),
    ],
    ids=[
        "alone",
        "graph",
        "list",
        "main entity",
        "two types",
        "after a broken one",
        "dressed",
        "first",
        "not a list's",
    ],
)
def test_json_ld_of_the_article_is_asked_first(page: str) -> None:
    assert read(page) == WHOLE


def test_a_live_page_is_known_with_the_texts_of_its_posts() -> None:
    live = {
        "@type": "LiveBlogPosting",
        "headline": "Dam",
        "liveBlogUpdate": [{"articleBody": "a"}, {"articleBody": "b"}],
    }
    found = read(ld(ARTICLE, live))
    assert (found.title, found.live, found.bodies) == ("Dam", True, ("a", "b"))


@pytest.mark.parametrize(
    ("page", "field", "value"),
    [
        ('<meta property="og:title" content=" A  gate ">', "title", "A gate"),
        ("<title>x</title><h1>The <b>gate</b></h1>", "title", "The gate"),
        ("<h1>Quay</h1><h2 itemprop=headline>The gate</h2>", "title", "The gate"),
        ("<title>The gate is shut | Quay Herald</title>", "title", "The gate is shut"),
        ("<title>The gate is shut</title>", "title", "The gate is shut"),
        ("<h1>\u200fThe gate\u200e</h1>", "title", "The gate"),
        ('<title>The gate - Quay</title><meta property="og:title" content="The gate">', "outlet", "Quay"),
        ('<title>Quay: The gate</title><meta property="og:title" content="The gate">', "outlet", "Quay"),
        ('<title>The gate - Quay</title><meta property="og:title" content="Another">', "outlet", None),
        (
            '<meta property="og:title" content="The gate | Quay"><meta property="og:site_name" content="Quay">',
            "title",
            "The gate",
        ),
        ('<meta name="dc.publisher" content="Quay Herald">', "outlet", "Quay Herald"),
        ('<meta property="og:site_name" content="https://quay.example">', "outlet", None),
        ('<meta name="author" content="Ola Dunn; Ito Farran">', "authors", ("Ola Dunn", "Ito Farran")),
        ('<meta property="article:author" content="https://social.example/ola">', "authors", ()),
        ("<p>by <a rel=author href=/o>Ola Dunn</a>", "authors", ("Ola Dunn",)),
        ('<meta property="article:published_time" content="2024-02-06T08:00Z">', "published", DAY),
        ('<meta name="DC.date.issued" content="6 February 2024">', "published", DAY),
        ("<time itemprop=datePublished datetime=2024-02-06>yesterday</time>", "published", DAY),
        ("<time datetime=2024-02-06>yesterday</time>", "published", None),  # of what, it does not say
        ('<meta name="date" content="soon">', "published", None),
        ("<link rel=canonical href=https://quay.example/1>", "url", "https://quay.example/1"),
        ('<meta property="og:url" content="https://quay.example/1">', "url", "https://quay.example/1"),
        ("<link rel=canonical href='javascript:alert(1)'>", "url", None),
        (
            "<link rel=canonical href='data:text/html,x'><meta property=og:url content=https://q.example/2>",
            "url",
            "https://q.example/2",
        ),
        ("<link rel=canonical href='/1'>", "url", None),
        ("<html lang=en-GB>", "language", "en"),
        ("<html lang=''><meta property=og:locale content=de_AT>", "language", "de"),
        ("<html lang=mul>", "language", None),
        (f'<meta property="og:title" content="{"x" * 500}">', "title", None),
        (ld({"@type": "Article", "headline": 7, "author": {"name": ["a", {"b": 1}]}, "publisher": 3}), "title", None),
        ("", "title", None),
    ],
)
def test_what_the_page_says_elsewhere_is_asked_next(page: str, field: str, value: object) -> None:
    assert getattr(read(page), field) == value


def test_an_address_is_made_whole_by_that_of_the_page() -> None:
    page = "<link rel=canonical href='/1'>"
    assert read(page, "https://quay.example/2?x").url == "https://quay.example/1"


@pytest.mark.parametrize(
    "value",
    [
        *(
            "javascript:alert(1)",
            "java\tscript:alert(1)",
            " data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "ftp://x.example",
        ),
        *("http://", "//", "x", "", "http://a b.example/", "http://[1::", "https:///x"),
    ],
)
def test_an_address_that_a_link_must_not_have_is_none(value: str) -> None:
    assert web_address(value) is None


@pytest.mark.parametrize("depth", [3000, 100_000])
def test_json_ld_nested_too_deep_is_passed_over(depth: int) -> None:
    page = f'<script type="application/ld+json">{"[" * depth}{"]" * depth}</script><h1>The gate</h1>'
    assert read(page).title == "The gate"
