"""What is kept in the archives of these tests, and the archive opened once more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from conftest import NOON
from full import full_record
from onrecord.archive.store.opening import Archive, open_archive
from onrecord.records import Record


@pytest.fixture
def again(where: str) -> Callable[[], Archive]:
    """Opens the archive of the test once more, as another program would."""
    return lambda: open_archive(where, clock=lambda: NOON, seconds=0.2)


@pytest.fixture
def record() -> Record:
    """One record with something in every field."""
    return full_record()


@pytest.fixture
def records() -> tuple[Record, ...]:
    """Three records: the full one, the same told at another url by another outlet, and one without statements."""
    full = full_record()
    at = replace(full.article, id="", url="https://quay.example/a", outlet="Quay Herald", title="Ito was wrong")
    other = replace(full.article, id="", url="https://tide.example/b", outlet="Tide Gazette", title="He was")
    empty = replace(full.article, id="empty", text="Nothing was said at the harbour today.", outlet="Quay Herald")
    return (
        replace(full, article=at),
        replace(full, article=other),
        Record(empty, (), full.provenance),
    )
