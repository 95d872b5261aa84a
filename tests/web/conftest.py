"""One archive of the examples for all tests of the reading room, and what drives a browser."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

pytest.importorskip("fastapi", reason='the reading room is not installed: pip install "onrecord[web]"')

from needs import axe_file
from onrecord.web.settings import Settings
from web.browser import Browser
from web.room import build, copied, served


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The archive of the examples, built once for all processes of the tests; to be copied, not changed."""
    folder = tmp_path_factory.getbasetemp()
    path = (folder if worker_id == "master" else folder.parent) / "examples.db"
    with FileLock(f"{path}.lock"):
        if not path.exists():
            build(path)
    return path


@pytest.fixture(scope="module")
def archive_file(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the archive for one module."""
    return copied(examples, tmp_path_factory.mktemp("room"))


@pytest.fixture(scope="module")
def room(archive_file: Path) -> Iterator[str]:
    """The address of a server that trusts this machine."""
    with served(Settings(archive=str(archive_file), reader="Ada")) as address:
        yield address


@pytest.fixture(scope="session")
def screenshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures go: ONRECORD_SCREENSHOTS, or a folder that is forgotten."""
    given = os.environ.get("ONRECORD_SCREENSHOTS")
    folder = Path(given) if given else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def browsers(screenshots: Path) -> Iterator[Callable[..., Browser]]:
    """Opens browsers, each with a profile of its own, and closes them."""
    opened: list[Browser] = []

    def open_one(**options: Any) -> Browser:
        browser = Browser(screenshots, **options)
        opened.append(browser)
        return browser

    yield open_one
    for browser in opened:
        browser.close()


@pytest.fixture(scope="session")
def main_browser(browsers: Callable[..., Browser]) -> Browser:
    """The browser that most flows share."""
    return browsers()


@pytest.fixture
def browser(main_browser: Browser) -> Browser:
    """The shared browser as a new reader finds it: no cookies, a wide window, light."""
    main_browser.fresh()
    return main_browser


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    path = axe_file()
    assert path is not None
    return path.read_text("utf-8")
