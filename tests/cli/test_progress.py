from __future__ import annotations

import io
import sys
import time

import pytest

from onrecord.cli import progress
from onrecord.cli.progress import Progress


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def watched(monkeypatch: pytest.MonkeyPatch) -> Screen:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(progress, "EVERY", 0.01)
    monkeypatch.setenv("TERM", "xterm")
    return screen


def wait_for(screen: Screen, words: str) -> None:
    """Until they are drawn, however busy the machine is."""
    until = time.monotonic() + 30
    while words not in screen.getvalue():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_the_line_counts_articles_words_speed_and_time() -> None:
    times = iter([0.0, 64.0])
    one = Progress(clock=lambda: next(times))
    one.done("a b " * 3200)
    assert one.line() == "1 article · 6,400 words · 100 words/s · 1:04"


def test_no_time_gone_is_no_division_by_zero() -> None:
    assert Progress(clock=lambda: 0.0).line() == "0 articles · 0 words · 0 words/s · 0:00"


def test_on_a_terminal_the_line_is_drawn_and_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = watched(monkeypatch)
    with Progress() as one:
        one.done("No.")
        wait_for(screen, "1 article · 1 words")
    assert screen.getvalue().endswith(" \r")


def test_what_is_told_meanwhile_stands_on_a_line_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = watched(monkeypatch)
    with Progress() as one:
        wait_for(screen, "0 articles")
        one.tell("skipped a.txt")
    assert "\ronrecord: skipped a.txt\n" in screen.getvalue()


@pytest.mark.parametrize("why", ["quiet", "a pipe", "a dumb terminal"])
def test_else_nothing_is_drawn(why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = watched(monkeypatch)
    if why == "a pipe":
        monkeypatch.setattr(screen, "isatty", lambda: False)
    if why == "a dumb terminal":
        monkeypatch.setenv("TERM", "dumb")
    with Progress(quiet=why == "quiet"):
        time.sleep(0.05)
    assert screen.getvalue() == ""
