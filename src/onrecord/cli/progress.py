"""How far the work is: one line on standard error, redrawn while it lasts, and only on a terminal.

7 articles · 4,310 words · 980 words/s · 0:04
"""

from __future__ import annotations

import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from onrecord.cli.streams import is_terminal, tell

EVERY = 0.5  # seconds; work that ends before the first has passed shows nothing


class Progress:
    """Counts articles and words while a thread redraws the line; `quiet` leaves it out."""

    def __init__(self, *, quiet: bool = False, clock: Callable[[], float] = time.monotonic) -> None:
        self.articles = 0
        self.words = 0
        self._clock = clock
        self._began = clock()
        self._width = 0
        self._lock = threading.RLock()
        self._ended = threading.Event()
        shown = not quiet and is_terminal(sys.stderr)
        self._thread = threading.Thread(target=self._redraw, daemon=True) if shown else None

    def __enter__(self) -> Self:
        if self._thread:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        if self._thread:
            self._thread.join()
        self._erase()

    def done(self, text: str) -> None:
        """One article with that text is finished."""
        self.articles += 1
        self.words += len(text.split())

    def tell(self, line: str) -> None:
        """A line to standard error that the progress line does not run into."""
        with self.aside():
            tell(line)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """While something else is printed: the line is away and stays away."""
        with self._lock:
            self._erase()
            yield

    def line(self) -> str:
        """Articles, words, speed and time."""
        gone = self._clock() - self._began
        speed = self.words / gone if gone else 0.0
        articles = f"{self.articles:,} article{'' if self.articles == 1 else 's'}"
        minutes, seconds = divmod(int(gone), 60)
        return f"{articles} · {self.words:,} words · {speed:,.0f} words/s · {minutes}:{seconds:02}"

    def _redraw(self) -> None:
        while not self._ended.wait(EVERY):
            with self._lock:
                self._erase()
                line = self.line()[: shutil.get_terminal_size().columns - 1]
                self._width = len(line)
                print(line, end="", file=sys.stderr, flush=True)

    def _erase(self) -> None:
        if self._width:
            print("\r" + " " * self._width + "\r", end="", file=sys.stderr, flush=True)
            self._width = 0
