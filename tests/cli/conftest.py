from __future__ import annotations

import pytest

from cli.standin import put_in_place, read_many


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stand-in is where the engine would be."""
    put_in_place(monkeypatch, read_many)
