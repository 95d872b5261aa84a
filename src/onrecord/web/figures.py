"""Figures of the whole archive: on millions of rows counting takes seconds, so it is done beside the answers.

A figure is at most FRESH_SECONDS old when it is asked for often; an old one is given at once while the new one is being
counted. Only who asks for one that was never counted waits, and no longer than PATIENCE.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, TypeVar

from onrecord.answers.listing import Glance, glance
from onrecord.archive.correcting.reviewing import progress
from onrecord.archive.listing.outlets import Outlet, list_outlets
from onrecord.archive.listing.people import Person, list_people
from onrecord.archive.store.archive import Archive
from onrecord.web.archives import opened
from onrecord.web.settings import Settings

FRESH_SECONDS = 60.0
PATIENCE = 1.5
MOST_PEOPLE = 60
Counted = TypeVar("Counted")


class Figures:
    """Counts in a thread of its own, with a connection of its own."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._worker = ThreadPoolExecutor(1, "onrecord-figures")
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[float, Any]] = {}
        self._coming: dict[str, Future[None]] = {}

    def glance(self) -> Glance | None:
        """How much there is of everything; None where that is still being counted."""
        return self._of("glance", glance, None)

    def speakers(self, n: int = MOST_PEOPLE) -> tuple[Person, ...]:
        """Who speaks most; nobody where that is still being counted."""
        nobody: tuple[Person, ...] = ()
        return self._of("speakers", _speakers, nobody)[:n]

    def outlets(self) -> tuple[Outlet, ...]:
        """All outlets; none where they are still being counted."""
        none: tuple[Outlet, ...] = ()
        return self._of("outlets", list_outlets, none)

    def statements(self) -> int:
        """How many statements there are in current readings; 0 while they are being counted."""
        return self._of("statements", _statements, 0)

    def warm(self) -> None:
        """Begin to count everything."""
        self._begin("glance", glance)
        self._begin("speakers", _speakers)
        self._begin("statements", _statements)
        self._begin("outlets", list_outlets)

    def close(self) -> None:
        """Count no more."""
        self._worker.shutdown(wait=False, cancel_futures=True)

    def _of(self, name: str, count: Callable[[Archive], Counted], otherwise: Counted) -> Counted:
        at, value = self._kept.get(name, (None, otherwise))
        if at is None or time.monotonic() - at > FRESH_SECONDS:
            coming = self._begin(name, count)
            if at is None:
                wait([coming], PATIENCE)
                value = self._kept.get(name, (0.0, otherwise))[1]
        found: Counted = value
        return found

    def _begin(self, name: str, count: Callable[[Archive], object]) -> Future[None]:
        with self._lock:
            coming = self._coming.get(name)
            if coming is None or coming.done():
                coming = self._coming[name] = self._worker.submit(self._count, name, count)
            return coming

    def _count(self, name: str, count: Callable[[Archive], object]) -> None:
        with opened(self._settings) as archive:
            self._kept[name] = time.monotonic(), count(archive)


def _speakers(archive: Archive) -> tuple[Person, ...]:
    return list_people(archive, limit=MOST_PEOPLE)


def _statements(archive: Archive) -> int:
    return progress(archive)[1]
