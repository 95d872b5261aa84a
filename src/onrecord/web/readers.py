"""Texts read outside the server, in processes that can be ended: when the time is up, or whoever asked has left.

    server    read(article) ──► a free reader, started if need be ──► its record
              the time is up, the reader of the page has left   ──► that process is killed; the next read starts another

A reader is a Python process of its own (`reader_process`), which loads the model once and is spoken to by its standard
input and output. Two are enough for two cores; more texts wait for a while, not too many at once, and not more of one
visitor.
"""

from __future__ import annotations

import asyncio
import contextlib
import pickle
import sys
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from fastapi import Request

from onrecord.errors import OnrecordError, TooLarge
from onrecord.records import Article, Record
from onrecord.web.guarding.guards import Refused, visitor_of
from onrecord.web.reader_process import WIDTH

PROCESSES = 2
WAITING = 8
"""Texts that may wait for a free reader."""

OF_ONE = 2
"""Texts of one visitor that may be read or wait at a time."""

PATIENCE = 4.0
"""Seconds that a text waits."""

A_SECOND = 3_000
"""Characters that are read in a second with room to spare: ``benchmarks/growth.py`` tells how many are."""


class Readers:
    """The readers of one server, none of them started before a text comes. `directory` is what `load_directory` takes
    beside the shipped one."""

    def __init__(self, directory: Sequence[str] = (), seconds: float = 30.0) -> None:
        self.longest = int(A_SECOND * seconds)
        self._directory = tuple(directory)
        self._idle: list[_Reader] = []
        self._all: set[_Reader] = set()
        self._free = asyncio.Semaphore(PROCESSES)
        self._waiting = 0
        self._of_visitor: Counter[str] = Counter()

    async def read(self, article: Article, visitor: str) -> Record:
        """The record of an article. Cancelled, it ends the process that reads it.

        Raises TooLarge, Refused while too many others are read, and what reading raises.
        """
        self.check(article.text)
        if self._of_visitor[visitor] >= OF_ONE:
            raise Refused(429, f"{OF_ONE} texts of yours that are being read", "Wait for them")
        self._of_visitor[visitor] += 1
        try:
            async with self._reader() as reader:
                return await reader.read(article)
        finally:
            self._of_visitor[visitor] -= 1
            if not self._of_visitor[visitor]:
                del self._of_visitor[visitor]

    def check(self, text: str) -> None:
        """Raises TooLarge where a text is longer than what can be read within the time of an answer."""
        if len(text) > self.longest:
            raise TooLarge(f"{len(text):,} characters", f"{self.longest:,} at most", "Use onrecord add for a long one")

    async def close(self) -> None:
        """End all processes."""
        await asyncio.gather(*(reader.end() for reader in list(self._all)))
        self._all.clear()
        self._idle.clear()

    @asynccontextmanager
    async def _reader(self) -> AsyncIterator[_Reader]:
        """A free reader; one that did not answer is ended."""
        if self._waiting >= WAITING:
            raise Refused(503, "other texts being read", "Try again in a minute")
        self._waiting += 1
        try:
            async with asyncio.timeout(PATIENCE):
                await self._free.acquire()
        except TimeoutError:
            raise Refused(503, "other texts being read", "Try again in a minute") from None
        finally:
            self._waiting -= 1
        try:
            reader = self._idle.pop() if self._idle else await self._started()
            try:
                yield reader
            finally:
                if reader.answered:
                    self._idle.append(reader)
                else:
                    self._all.discard(reader)
                    await reader.end()
        finally:
            self._free.release()

    async def _started(self) -> _Reader:
        reader = await _Reader.start(self._directory)
        self._all.add(reader)
        return reader


class _Reader:
    """One process; `answered` while no text is with it. What is given up while it still loads leaves it in peace."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._loaded = False
        self.answered = True

    @classmethod
    async def start(cls, directory: Sequence[str]) -> _Reader:
        command = (sys.executable, "-m", "onrecord.web.reader_process", *directory)
        pipe = asyncio.subprocess.PIPE
        return cls(await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe))

    async def read(self, article: Article) -> Record:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        sent = pickle.dumps(article)
        try:
            if not self._loaded:
                await self._process.stdout.readexactly(WIDTH)  # an answer of no length
                self._loaded = True
            self.answered = False
            self._process.stdin.write(len(sent).to_bytes(WIDTH) + sent)
            await self._process.stdin.drain()
            length = int.from_bytes(await self._process.stdout.readexactly(WIDTH))
            answer = pickle.loads(await self._process.stdout.readexactly(length))  # our own process
        except (asyncio.IncompleteReadError, OSError):
            self.answered = False
            raise Refused(503, "a reader that ended before it had read the text", "Try again") from None
        self.answered = True
        if isinstance(answer, OnrecordError):
            raise answer
        record: Record = answer
        return record

    async def end(self) -> None:
        """Kill the process, and wait until the system has let go of it."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await asyncio.shield(self._process.wait())


async def read_now(request: Request, article: Article) -> Record:
    """The record of an article that a request brings; given up where whoever asked leaves. Raises as `Readers.read`."""
    readers: Readers = request.app.state.readers
    visitor = f"{visitor_of(request).name} {request.client.host if request.client else ''}"
    reading = asyncio.ensure_future(readers.read(article, visitor))
    leaving = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait((reading, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not reading.done():
            raise Refused(503, "nobody there any more", "Send the text again")
        return reading.result()
    finally:
        for task in (reading, leaving):
            task.cancel()
        await asyncio.gather(reading, leaving, return_exceptions=True)


def longest_text(request: Request) -> int:
    """How many characters a text may have."""
    readers: Readers = request.app.state.readers
    return readers.longest


async def _left(request: Request) -> None:
    """Wait until the one who asked has left."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
