"""A process that reads texts for the reading room: ``python -m onrecord.web.reader_process DIRECTORY…``.

An article comes by standard input, its length before it, and its record, or what reading raised, goes back by standard
output; before the first an answer of no length, when all is loaded. The process ends with the one that started it, also
in the middle of a text: a thread of its own waits for the end of the input. It gives way to the pages of the server.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from queue import SimpleQueue
from typing import BinaryIO

from onrecord.errors import OnrecordError
from onrecord.records import Article

NICE = 5
"""By so much the process gives way to the pages, once it has loaded what it reads with."""

WIDTH = 8
"""Bytes before an article and before an answer that tell their length."""


def main(directory: Sequence[str]) -> None:
    """Read what comes, until nothing more does."""
    from onrecord.engine import load_directory, read_many

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's; this process ends with it
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing that is printed mixes with the answers
    given: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_take, args=(sys.stdin.buffer, given), daemon=True).start()
    known = load_directory(*map(Path, directory))
    next(read_many((Article("“It is cold,” said Rena Holt."),), known))  # loads the model and the lists of words
    os.nice(NICE)
    answers.write((0).to_bytes(WIDTH))
    answers.flush()
    while True:
        try:
            answer: object = next(read_many((pickle.loads(given.get()),), known))  # from our own server
        except OnrecordError as error:
            answer = error
        told = pickle.dumps(answer)
        answers.write(len(told).to_bytes(WIDTH) + told)
        answers.flush()


def _take(stream: BinaryIO, given: SimpleQueue[bytes]) -> None:
    """Pass on what comes; at its end, end the process."""
    while head := stream.read(WIDTH):
        given.put(stream.read(int.from_bytes(head)))
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
