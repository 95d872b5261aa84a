"""Charts say in words what they show, and let nothing out of their text."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from onrecord.web import charts


def rects(drawing: str) -> list[ElementTree.Element]:
    return [one for one in ElementTree.fromstring(drawing).iter() if one.tag == "rect"]


def test_months_without_anything_stand_in_the_timeline_too() -> None:
    drawing = charts.timeline([("2024-11", 2), ("2025-02", 4)], "Statements", "/search?published={month}")
    tree = ElementTree.fromstring(drawing)
    assert [one.get("href") for one in tree.iter("a")] == ["/search?published=2024-11", "/search?published=2025-02"]
    heights = [float(one.get("height") or 0) for one in rects(drawing)]
    assert heights[1] == pytest.approx(2 * heights[0], abs=0.1)


def test_a_long_time_is_shown_by_years() -> None:
    drawing = charts.timeline([("1950-01", 1), ("1950-06", 2), ("2024-05", 9)], "Statements")
    assert "1950: 3" in drawing
    assert "2024: 9" in drawing


def test_nothing_gives_nothing() -> None:
    assert charts.timeline([], "Statements") == ""


def test_signs_differ_by_more_than_colour() -> None:
    drawing = charts.signs({"+": 4, "-": 6, "0": 2}, 12, "Ito: 4 well")
    assert [one.get("class") for one in rects(drawing)] == ["plus", "even", "minus"]
    assert ">+<" in drawing
    assert ">−<" in drawing
    widths = [float(one.get("width") or 0) for one in rects(drawing)]
    assert sum(widths) == pytest.approx(200, abs=0.5)


def test_names_are_escaped() -> None:
    drawing = charts.shares([("f-direct", "<b>", 3)], '"><script>')
    assert "<script" not in drawing
    assert ElementTree.fromstring(drawing).get("aria-label") == '"><script>'
