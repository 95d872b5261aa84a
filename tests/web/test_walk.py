"""A newcomer's walk: from an empty folder to a corrected statement, by the commands of the README and two clicks."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from onrecord.archive.correcting.corrections import history
from onrecord.archive.store.opening import open_archive
from web.browser import Browser
from web.room import EXAMPLES


@pytest.mark.skipif(os.name != "posix", reason="stops the server as Ctrl-C does")
def test_from_nothing_to_a_corrected_statement(tmp_path: Path, browser: Browser) -> None:
    onrecord = [sys.executable, "-m", "onrecord"]
    subprocess.run([*onrecord, "add", str(EXAMPLES), "--quiet"], cwd=tmp_path, check=True, timeout=120)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([*onrecord, "serve", "--port", str(port), "--who", "Ada", "--quiet"], cwd=tmp_path)
    try:
        wait_for(f"http://127.0.0.1:{port}/about")
        browser.open(f"http://127.0.0.1:{port}/")
        browser.click(".halves a.title")
        browser.shot("walk-1-article")
        browser.click("#text mark.c[data-s='2']")
        browser.one("#panel .actions")
        browser.keys("c")
        browser.one("#panel .review.confirmed")
        browser.shot("walk-2-corrected")
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(20)
    with open_archive(tmp_path / "onrecord.db") as archive:
        (entry,) = history(archive)
    assert (entry.who, entry.action) == ("Ada", "confirm")


def wait_for(address: str) -> None:
    """Until a server answers there."""
    until = time.monotonic() + 30
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.1)
