"""Files that appear whole or not at all: written beside their place, put there at the end.

A program that is killed leaves what it had written so far under a name that begins with `.onrecord-`. Whoever next
writes into the same folder takes it away: a lock, which ends with the program that holds it, tells it from a file that
is being written.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from onrecord.errors import ArchiveError

try:
    import fcntl
except ImportError:  # Windows, where an open file cannot be taken away, and a lock would be in the way of its writer
    fcntl = None  # type: ignore[assignment]


@contextmanager
def put_in_place(path: Path) -> Iterator[Path]:
    """An empty file beside `path` to write; put there, whole, when no error came. An older file is replaced only then.

    Raises ArchiveError where it cannot be written.
    """
    try:
        with part_beside(path) as part:
            yield part
            with part.open("rb") as stream:
                os.fsync(stream.fileno())
            move(part, path)
    except OSError as error:
        raise ArchiveError(
            f"{path}, which cannot be written ({error.strerror or error})", "room and permission", "Choose another file"
        ) from error


@contextmanager
def part_beside(path: Path) -> Iterator[Path]:
    """An empty file in the folder of `path`, which is gone in the end unless it was moved. Raises OSError."""
    _sweep(path.parent)
    part, lock = _new(path)
    try:
        yield part
    finally:
        if lock is not None:
            os.close(lock)
        part.unlink(missing_ok=True)


def move(part: Path, path: Path) -> None:
    """Put the file at `path`, with the permissions of the one that is there."""
    if path.exists():
        shutil.copymode(path, part)
    part.replace(path)


def _new(path: Path) -> tuple[Path, int | None]:
    """A new part, and the descriptor that holds its lock."""
    while True:
        part = path.with_name(f".onrecord-{secrets.token_hex(6)}.part")
        descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666)
        if fcntl is None:
            os.close(descriptor)
            return part, None
        with suppress(OSError):  # a disk without locks: the file is written all the same
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if part.exists():  # nobody swept it up before it was locked
            return part, descriptor
        os.close(descriptor)


def _sweep(folder: Path) -> None:
    """Take away what programs left there that were killed."""
    if fcntl is None:
        return
    for part in folder.glob(".onrecord-*.part"):
        with suppress(OSError), part.open("rb") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for left in (part, *folder.glob(f"{part.name}-*")):
                left.unlink(missing_ok=True)
