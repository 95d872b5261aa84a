"""What verbs on an archive share: which archive, in which format, and at whose word."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from onrecord.cli.streams import displayable, is_terminal
from onrecord.errors import ReadOnlyArchive, UsageError

if TYPE_CHECKING:
    from onrecord.archive.store.archive import Archive

ENVIRONMENT = "ONRECORD_ARCHIVE"
DEFAULT = "onrecord.db"
FORMATS = ("text", "jsonl")
LARGEST = 10**18
VERSIONS = "of a story that its outlet edited: the newest version (default), or all"
WIDEST = 60  # characters of a cell of a table


def declare_archive(parser: argparse.ArgumentParser, formats: Sequence[str] = FORMATS) -> None:
    """Which archive, and how to print; the first of `formats` is the default."""
    parser.add_argument(
        "--archive",
        metavar="FILE|URL",
        default=os.environ.get(ENVIRONMENT) or DEFAULT,
        help=f"a file, or postgresql://…; {ENVIRONMENT} where it is left out, or {DEFAULT}",
    )

    def known(value: str) -> str:
        if value not in formats:
            raise UsageError(f"--format {value}", f"one of {', '.join(formats)}", f"Try --format {formats[0]}")
        return value

    parser.add_argument(
        "--format", type=known, default=formats[0], metavar="|".join(formats), help=f"{formats[0]} where it is left out"
    )


def declare_who(parser: argparse.ArgumentParser) -> None:
    """Who does it, and why: what the log keeps."""
    parser.add_argument("--who", metavar="NAME", default=_user(), help="your name, for the log (your login)")
    parser.add_argument("--why", metavar="TEXT", default="", help="a reason, for the log")


def versions(value: str) -> str:
    """The type of --versions."""
    if value not in ("newest", "all"):
        raise UsageError(f"--versions {value}", "newest or all", "Try --versions all")
    return value


def to_read(arguments: argparse.Namespace) -> Archive:
    """The archive, which must be there; opened to be read where it may not be changed."""
    from onrecord.archive.store.opening import open_archive

    try:
        return open_archive(arguments.archive, create=False)
    except ReadOnlyArchive:
        return open_archive(arguments.archive, read_only=True)


def to_change(arguments: argparse.Namespace, *, create: bool = False) -> Archive:
    """The archive, opened to be changed; made where it is not there and `create` says so."""
    from onrecord.archive.store.opening import open_archive

    return open_archive(arguments.archive, create=create)


def told(done: int, of: int | None = None) -> None:
    """How many articles are done, redrawn on standard error where that is a terminal."""
    if is_terminal(sys.stderr):
        end = "\n" if done == of else ""
        print(f"\r{done:,}{f' of {of:,}' if of else ''} articles", end=end, file=sys.stderr, flush=True)


def whole_number(value: str) -> int:
    """The type of arguments that are ids or counts, from 1."""
    if not value.isascii() or not value.isdigit() or not 0 < int(value) < LARGEST:
        raise UsageError(repr(value), "a whole number from 1", "Give the number that onrecord printed")
    return int(value)


def counted(n: int, noun: str) -> str:
    """`n` with its noun: 1 statement, 2,000 statements."""
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def json_line(value: Mapping[str, Any]) -> str:
    """One line of JSON."""
    return json.dumps(value, ensure_ascii=False, default=str) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows under their heads, numbers to the right, long cells cut."""
    cells = [[_cell(value) for value in row] for row in rows]
    if not cells:
        return ""
    numeric = [all(row[at].replace(",", "").isdigit() or not row[at] for row in cells) for at in range(len(heads))]
    widths = [max(len(head), *(len(row[at]) for row in cells)) for at, head in enumerate(heads)]
    lines = []
    for row in [list(heads), *cells]:
        parts = [
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        ]
        lines.append("  ".join(parts).rstrip())
    return "\n".join(lines) + "\n"


def _cell(value: object) -> str:
    words = f"{value:,}" if isinstance(value, int) else "" if value is None else str(value)
    words = " ".join(displayable(words).split())
    return words if len(words) <= WIDEST else words[: WIDEST - 1] + "…"


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container without a user of that number
        return "unknown"
