from __future__ import annotations

import pytest

from onrecord.directory import Directory


@pytest.fixture(scope="session")
def directory() -> Directory:
    return Directory.load()
