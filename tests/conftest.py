"""Tests get the markers of the fixtures that they use, and are skipped where what they need is not here."""

from __future__ import annotations

import pytest

from needs import MARKER_OF, unmet


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for name in getattr(item, "fixturenames", ()):
            if name in MARKER_OF:
                item.add_marker(MARKER_OF[name])
        if told := unmet(item.iter_markers()):
            item.add_marker(pytest.mark.skip(reason=told))
