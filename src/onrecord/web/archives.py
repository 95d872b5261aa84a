"""The archive as the threads of a server use it: one connection a thread, opened when first needed."""

from __future__ import annotations

import threading
from pathlib import Path

from onrecord.archive.store.opening import Archive, open_archive
from onrecord.errors import ReadOnlyArchive
from onrecord.web.settings import Settings

BUSY_SECONDS = 5.0
"""How long to wait for another writer before the reader is told."""


class Archives:
    """Gives each thread its own connection; closes them all at the end."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._of_thread = threading.local()
        self._open: list[Archive] = []
        self._opening = threading.Lock()

    def here(self) -> Archive:
        """The archive, for this thread. Raises the kinds of ArchiveError."""
        archive: Archive | None = getattr(self._of_thread, "archive", None)
        if archive is None:
            archive = opened(self._settings)
            self._of_thread.archive = archive
            with self._opening:
                self._open.append(archive)
        return archive

    def close(self) -> None:
        """Close every connection; each thread opens a new one when it asks again."""
        with self._opening:
            for archive in self._open:
                archive.close()
            self._open.clear()
        self._of_thread = threading.local()


def opened(settings: Settings) -> Archive:
    """A connection to the archive; one that can only be read where it may not be changed."""
    where = settings.archive if "://" in settings.archive else Path(settings.archive)
    try:
        return open_archive(where, seconds=BUSY_SECONDS)
    except ReadOnlyArchive:
        return open_archive(where, read_only=True)
