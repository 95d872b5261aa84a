"""A reading room for a test: a real server on a free port of this machine, over a real archive of the examples."""

from __future__ import annotations

import datetime
import importlib
import json
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from fastapi import FastAPI

from onrecord.archive.correcting import runs
from onrecord.archive.store import keeping
from onrecord.archive.store.opening import open_archive
from onrecord.engine import read_many
from onrecord.records import Article
from onrecord.web.app import make_app
from onrecord.web.settings import Settings

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "event.jsonl"
CORPUS = ROOT / "corpus" / "gold" / "train.jsonl"
OTHERS = ("courts-02-kayak-inquest", "parliament-01-ferry-subsidy", "world-17-prisoner-exchange")


def build(path: Path) -> None:
    """Put the event of the examples, and the OTHERS of the corpus, into a new archive."""
    from onrecord.reading import open_articles

    articles = [one for one in open_articles([str(EXAMPLES)]) if isinstance(one, Article)]
    for line in map(json.loads, CORPUS.read_text("utf-8").splitlines()):
        if line["id"] in OTHERS:
            day = datetime.date.fromisoformat(line["date"])
            articles.append(Article(line["text"], line["id"], line["title"], line["outlet"], day))
    records = list(read_many(articles))
    with open_archive(path) as archive:
        run = runs.start_run(archive, "examples", records[0].provenance)
        for _ in keeping.keep_many(archive, records, run):
            pass
        runs.finish_run(archive, run)


def copied(archive: Path, to: Path) -> Path:
    """A copy of an archive for one module of tests to change."""
    return Path(shutil.copy(archive, to / "room.db"))


@contextmanager
def served(settings: Settings, change: Callable[[FastAPI], None] = lambda app: None) -> Iterator[str]:
    """A server for these settings; its address, without a slash at the end. `change` may add to the application."""
    uvicorn = importlib.import_module("uvicorn")
    with socket.socket() as listener:
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # asyncio does it only for sockets it made
        listener.bind(("127.0.0.1", 0))
        app = make_app(settings)
        change(app)
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False, server_header=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        until = time.monotonic() + 10
        while not server.started:
            assert time.monotonic() < until, "the server did not start"
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(5)
