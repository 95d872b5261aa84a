from __future__ import annotations

import pytest

from onrecord.reading.network.robots import Robots, parse_robots


def asked(rules: str, path: str) -> bool:
    return parse_robots(f"User-agent: *\n{rules}", "onrecord").allows(f"https://x.example{path}")


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("", "/a", True),
        ("Disallow:", "/a", True),
        ("Disallow: /", "/a", False),
        ("Disallow: /", "/robots.txt", True),
        ("Disallow: /news", "/newsroom", False),
        ("Disallow: /news/", "/news", True),
        ("Disallow: /\nAllow: /news", "/news/1", True),  # the longer rule, wherever it stands
        ("Allow: /\nDisallow: /private", "/private/1", False),
        ("Allow: /a\nDisallow: /a", "/a", True),  # as long: the one that allows
        ("Disallow: /*.pdf$", "/x/y.pdf", False),
        ("Disallow: /*.pdf$", "/x/y.pdf?z", True),
        ("Disallow: /*?print=", "/story?id=1&print=1", True),
        ("Disallow: /*print=", "/story?id=1&print=1", False),
        ("Disallow: /a*b*c", "/a1b2", True),
        ("Disallow: /a*b*c", "/a1b2c3", False),
        ("Disallow: /caf%C3%A9", "/caf%c3%a9/1", False),
        ("disallow : /a # not yet", "/a", False),
    ],
)
def test_the_longest_rule_that_fits_decides(rules: str, path: str, allowed: bool) -> None:
    assert asked(rules, path) is allowed


def test_a_group_that_names_us_stands_in_place_of_that_for_all() -> None:
    text = (
        "User-agent: *\nDisallow: /\n\nUser-Agent: OtherBot\nUser-agent: OnRecord/2\nDisallow: /own\nCrawl-delay: 4\n"
    )
    robots = parse_robots(text, "onrecord")
    assert robots.allows("https://x.example/news")
    assert not robots.allows("https://x.example/own")
    assert robots.delay == 4


@pytest.mark.parametrize("text", ["", "<!doctype html><p>Not found", "Disallow: /", "Crawl-delay: never\n:::\n\x00"])
def test_what_cannot_be_understood_forbids_nothing(text: str) -> None:
    assert parse_robots(text, "onrecord") == Robots()


def test_a_pattern_made_to_be_slow_is_not() -> None:
    assert (
        not parse_robots("User-agent: *\nDisallow: /" + "a*" * 2000 + "b", "onrecord").rules[0].fits("/" + "a" * 5000)
    )
