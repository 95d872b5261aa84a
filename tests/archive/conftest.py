"""The archive of a test opened once more."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conftest import NOON
from onrecord.archive.store.opening import Archive, open_archive


@pytest.fixture
def again(where: str) -> Callable[[], Archive]:
    """Opens the archive of the test once more, as another program would."""
    return lambda: open_archive(where, clock=lambda: NOON, seconds=0.2)
