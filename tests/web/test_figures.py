"""Counting goes on beside the answers: nobody waits for long, and an old figure is better than none."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from onrecord.archive.store.opening import Archive
from onrecord.web import figures
from onrecord.web.figures import Figures
from onrecord.web.settings import Settings


@pytest.fixture
def counting(examples: Path) -> Figures:
    return Figures(Settings(archive=str(examples)))


def test_a_first_figure_is_waited_for(counting: Figures) -> None:
    glance = counting.glance()
    assert glance is not None
    assert glance.articles >= 5
    assert counting.statements() == glance.statements
    assert counting.speakers(3)[0].statements >= counting.speakers(3)[-1].statements
    counting.close()


def test_nobody_waits_for_a_slow_count(counting: Figures, monkeypatch: pytest.MonkeyPatch) -> None:
    done = threading.Event()
    monkeypatch.setattr(figures, "PATIENCE", 0.01)
    monkeypatch.setattr(figures, "progress", lambda _: (done.wait(5), 42))
    assert counting.statements() == 0
    done.set()
    until = time.monotonic() + 5
    while counting.statements() == 0:
        assert time.monotonic() < until
        time.sleep(0.01)
    assert counting.statements() == 42
    counting.close()


def test_an_old_figure_is_given_while_the_new_one_is_counted(
    counting: Figures, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = iter([(0, 1), (0, 2)])
    monkeypatch.setattr(figures, "progress", lambda _: next(counts))
    monkeypatch.setattr(figures, "FRESH_SECONDS", 0.0)
    assert counting.statements() == 1
    until = time.monotonic() + 5
    while counting.statements() == 1:
        assert time.monotonic() < until
        time.sleep(0.01)
    counting.close()


def test_a_count_that_fails_breaks_no_page(counting: Figures, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(archive: Archive) -> tuple[int, int]:
        raise RuntimeError("no such table")

    monkeypatch.setattr(figures, "progress", broken)
    assert counting.statements() == 0
    counting.close()
