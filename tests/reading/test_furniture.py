from __future__ import annotations

import pytest

from onrecord.reading.pages.blocks import Block, blocks_of
from onrecord.reading.pages.furniture import (
    is_about_the_author,
    is_byline,
    is_caption,
    is_end,
    is_pulled,
    is_stock,
    signs,
)
from onrecord.reading.pages.markup import Node, parse


def element(tag: str) -> Node:
    (node,) = parse(tag).children
    assert isinstance(node, Node)
    return node


def block(page: str) -> Block:
    return blocks_of(page, parse(page))[-1]


@pytest.mark.parametrize(
    "tag",
    [
        *(
            "<nav>",
            "<aside>",
            "<footer>",
            "<div role=dialog>",
            "<div class='ShareBar_root__3f'>",
            "<div id=jp-relatedposts>",
        ),
        *("<div class='article-read-more'>", "<section class='most-read'>", "<div class=AdSlot>", "<inline-promo>"),
        *("<div data-component=related-links>", "<div class=authorBio>", "<ul class='post__tags'>"),
    ],
)
def test_what_stands_around_is_known_by_its_names(tag: str) -> None:
    assert signs(element(tag))


@pytest.mark.parametrize(
    "tag",
    [
        "<div class=article-body>",
        "<p class=lead>",
        "<div id=adventure>",
        "<div class='shared-header'>",
        "<main>",
        "<x-y>",
    ],
)
def test_other_names_mean_nothing(tag: str) -> None:
    assert not signs(element(tag))


@pytest.mark.parametrize(
    "tag", ["<div class=pullquote>", "<figure class='wp-block-pull-quote'>", "<b class='c-pq'>", "<story-pullquote>"]
)
def test_a_pull_quote_is_known_by_its_names(tag: str) -> None:
    assert is_pulled(element(tag))


def test_a_block_quote_is_no_pull_quote() -> None:
    assert not is_pulled(element("<blockquote class=quote>"))


@pytest.mark.parametrize(
    ("page", "is_one"),
    [
        ("<figure><img><figcaption>The gate", True),
        ("<figure><img><p>The gate", True),
        ("<div class='wp-caption-text'>The gate", True),
        ("<media-caption>The gate", True),
        ("<figure><blockquote>We were not asked", False),
        ("<figure><table><tr><td>12", False),
        ("<p>The caption read “No”", False),
    ],
)
def test_a_caption_is_told_from_a_quotation_in_a_figure(page: str, is_one: bool) -> None:
    assert is_caption(block(page)) is is_one


@pytest.mark.parametrize(
    "line",
    [
        *(
            "Advertisement",
            "ADVERTISEMENT",
            "Read more: The gate that would not shut",
            "READ ALSO Gate shut",
            "Related: A gate",
        ),
        *(
            "Sign up for our newsletter.",
            "Subscribe to Quay Herald for 4 crowns",
            "Share this article",
            "Share",
            "Follow us on Chirper",
        ),
        *(
            "© 2024 Quay Herald",
            "Copyright 2024 Quay Herald. All rights reserved.",
            "By Ola Dunn",
            "By Ola Dunn and Ito Farran",
        ),
        *(
            "Photo: Ann Sorel",
            "Photograph by Ann Sorel",
            "Published 6 February 2024",
            "Updated on Monday",
            "5 min read",
            "3 comments",
        ),
        *(
            "Tags: harbour, storms",
            "6 February 2024, 10.30",
            "Mon., Feb. 6, 2024 at 9:40 p.m. EST",
            "2 hours ago",
            "We use cookies to measure",
        ),
        *("Recommended for you", "Loading", "Previous", "Most read"),
    ],
)
def test_a_stock_line_is_known_by_how_it_opens(line: str) -> None:
    assert is_stock(block(f"<p>{line}"))


@pytest.mark.parametrize(
    "line",
    [
        *(
            "Share prices fell on Monday, the bank said.",
            "Published figures show a loss, he said.",
            "By then the road was closed.",
        ),
        *(
            "By yesterday evening nobody had rung",
            "Recommended changes were not made, the report says.",
            "Updated rules are due in May.",
        ),
        *(
            "Sponsored by two members, the bill failed.",
            "Follow him and you will see, she said.",
            "Loading docks stood empty.",
        ),
        *(
            "Copyright law is to change, the minister said.",
            "May was dry.",
            "“Read the letter,” he said.",
            "Photographs were taken away.",
        ),
        *(
            "Subscribers left in droves, he said.",
            "Continued rain is expected.",
            "Sources said no.",
            "Support our cause, he cried.",
        ),
    ],
)
def test_a_sentence_that_opens_alike_is_none(line: str) -> None:
    assert not is_stock(block(f"<p>{line}"))


def test_a_long_paragraph_is_no_stock_line() -> None:
    assert not is_stock(block("<p>Read more: " + "and so it went on " * 10))


@pytest.mark.parametrize(
    "line", ["dec " * 25 + "x", "1" * 4000 + "x", "mon." * 3000 + "x", "by and " * 14 + "Ola x", "(" * 4000 + "x"]
)
def test_no_line_takes_long_to_be_looked_at(line: str) -> None:
    assert not is_stock(block(f"<p>{line}"))
    assert not is_byline(block(f"<p>{line}"), ("Ola",))


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Ola Dunn", True),
        ("Ola Dunn, 14 September 2023", True),
        ("Words: Ola Dunn", True),
        ("Posted on 6 Feb by Ola Dunn", True),
        ("Ola Dunn said no", False),
        ("14 September 2023", False),  # a day alone is a stock line
    ],
)
def test_a_byline_has_nothing_beside_the_name_but_a_day(line: str, is_one: bool) -> None:
    assert is_byline(block(f"<p>{line}"), ("Ola Dunn",)) is is_one


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Ola Dunn is a reporter at the Quay Herald.", True),
        ("Milo Perrin is the paper's chief political correspondent.", True),
        ("Additional reporting by Ito Farran", True),
        ("Ola Dunn lives in Port Ellery with two cats.", True),
        ("Vera Noll lives in Port Ellery.", False),
        ("“Holt is a writer,” the mayor said.", False),
        ("He said that she had been a reporter.", False),
    ],
)
def test_a_last_line_about_the_author_is_known(line: str, is_one: bool) -> None:
    assert is_about_the_author(block(f"<p>{line}"), ("Ola Dunn",)) is is_one


@pytest.mark.parametrize(
    ("heading", "is_one"), [("Sources", True), ("See also:", True), ("Sources of the Ellery", False)]
)
def test_a_heading_that_ends_the_article_is_known(heading: str, is_one: bool) -> None:
    assert is_end(block(f"<h2>{heading}</h2>")) is is_one
