"""A text that the reading room reads: the record is the same, and no work is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from onrecord.engine import read
from onrecord.web import readers
from onrecord.web.readers import Readers
from onrecord.web.settings import Settings
from web.room import served

SHORT = "“It is an old valve,” Rena Holt said on Monday. The harbour board denied that it had been warned."
TURN = "“Not before the tide turns, and not with those ropes,” said {}.\n"
LONG = "".join(TURN.format("Ana Ruiz" if n % 2 else "Tom Brandt") for n in range(9_000))


@contextmanager
def room(path: Path, seconds: float) -> Iterator[tuple[httpx.Client, Readers]]:
    """A reading room over a new archive, and its readers."""
    found: list[Readers] = []
    settings = Settings(archive=str(path / "new.db"), seconds=seconds)
    with (
        served(settings, change=lambda app: found.append(app.state.readers)) as address,
        httpx.Client(base_url=address, timeout=120) as client,
    ):
        yield client, found[0]


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts of any length are tried, so that the time is up before they are read."""
    monkeypatch.setattr(readers, "A_SECOND", 10**9)


def processes(of: Readers) -> list[int]:
    return [reader._process.pid for reader in of._all]


def is_there(pid: int) -> bool:
    """Whether the system knows the process, be it that it has ended and nobody asked for its end."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def until(holds: Callable[[], bool], seconds: float = 120) -> bool:
    end = time.monotonic() + seconds
    while not (held := holds()) and time.monotonic() < end:
        time.sleep(0.02)
    return held


def test_the_record_is_the_one_that_reading_here_gives(tmp_path: Path) -> None:
    with room(tmp_path, 60) as (client, of):
        given = client.post("/api/read", json={"text": SHORT, "outlet": "Quay Herald", "published": "2024-02-06"})
        assert len(processes(of)) == 1
        again = client.post("/api/read", json={"text": SHORT, "outlet": "Quay Herald", "published": "2024-02-06"})
        assert len(processes(of)) == 1
    assert given.json() == read(SHORT, outlet="Quay Herald", published="2024-02-06").to_dict()
    assert again.content == given.content


def test_no_reader_is_started_before_a_text_comes_and_none_is_left_when_the_room_closes(tmp_path: Path) -> None:
    with room(tmp_path, 60) as (client, of):
        assert client.get("/api/articles").status_code == 200
        assert processes(of) == []
        client.post("/api/read", json={"text": SHORT})
        (pid,) = processes(of)
        assert is_there(pid)
    assert not is_there(pid)


@pytest.mark.usefixtures("patient")
def test_when_the_time_is_up_the_work_is_too_and_the_next_text_is_read(tmp_path: Path) -> None:
    with room(tmp_path, 8) as (client, of):
        assert until(lambda: client.post("/api/read", json={"text": SHORT}).status_code == 200)
        (pid,) = processes(of)
        assert client.post("/api/read", json={"text": LONG}).status_code == 503
        assert until(lambda: not is_there(pid), 5)
        assert until(lambda: client.post("/api/read", json={"text": SHORT}).status_code == 200)
        assert processes(of) != [pid]


@pytest.mark.usefixtures("patient")
def test_when_the_one_who_asked_leaves_the_work_stops(tmp_path: Path) -> None:
    with room(tmp_path, 600) as (client, of):
        assert client.post("/api/read", json={"text": SHORT}).status_code == 200
        with pytest.raises(httpx.ReadTimeout):
            client.post("/api/read", json={"text": LONG}, timeout=2)
        assert until(lambda: processes(of) == [])


@pytest.mark.usefixtures("patient")
def test_of_one_visitor_only_so_many_texts_are_taken_at_a_time(tmp_path: Path) -> None:
    with room(tmp_path, 600) as (client, of):
        for _ in range(readers.OF_ONE):
            asking = threading.Thread(target=lambda: post_quietly(client), daemon=True)
            asking.start()
        assert until(lambda: sum(of._of_visitor.values()) == readers.OF_ONE)
        refused = client.post("/api/read", json={"text": SHORT})
        assert refused.status_code == 429
        assert "that are being read" in refused.json()["detail"]


def post_quietly(client: httpx.Client) -> None:
    try:
        client.post("/api/read", json={"text": LONG})
    except httpx.HTTPError:
        return


@pytest.mark.parametrize("path", ["/api/read", "/api/articles"])
def test_a_text_that_does_not_fit_the_time_is_refused_with_the_limit_that_does(tmp_path: Path, path: str) -> None:
    with room(tmp_path, 20) as (client, of):
        answer = client.post(path, json={"text": LONG})
        assert answer.status_code == 413
        assert f"{20 * readers.A_SECOND:,}" in answer.text
        assert processes(of) == []


def test_a_reader_that_dies_is_told_and_replaced(tmp_path: Path) -> None:
    with room(tmp_path, 60) as (client, of):
        client.post("/api/read", json={"text": SHORT})
        os.kill(processes(of)[0], signal.SIGKILL)
        assert client.post("/api/read", json={"text": SHORT}).status_code == 503
        assert client.post("/api/read", json={"text": SHORT}).status_code == 200


def test_a_reader_ends_with_the_server_in_the_middle_of_a_text() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "onrecord.web.reader_process"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write((4).to_bytes(8))  # a text of four bytes, of which none comes
    process.stdin.close()
    assert process.wait(30) == 0
    process.stdout.close()
