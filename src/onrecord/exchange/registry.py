"""The formats that onrecord writes for other programs. A file of this folder that has a FORMAT is one of them; those of
networks stand in `graphs`, since they need an extra.

    FORMAT = Format(
        name="jsonl", holds="statements", suffix=".jsonl", media_type="application/x-ndjson",
        told="one statement a line", write=write,
    )

`write` gets what the format holds, where to put it, and the Choice of what was asked for; it returns how much it wrote:

    statements   rows, as `rows_of` and `export_rows` make them, in the columns of `columns(choice)`
    records      pairs of a Record and what persons said of its statements, as `export_records` makes them
    archive      the Archive
    network      a Network
    coded        coded statements

A further format is one file here, and its test.
"""

from __future__ import annotations

import io
import pkgutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from onrecord import exchange
from onrecord.errors import UsageError

Holds = Literal["statements", "records", "archive", "network", "coded"]
FOLDERS: dict[Holds, str] = {"network": "graphs", "records": "annotation"}
"""Where the formats of one kind stand, looked into only where that kind is asked for."""

FIRST = "jsonl"
"""The format that is meant where none is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """What other programs can read: its name, what it holds, how its files are called, and what writes it.

    `told` describes it in a line, `drops` says what of our values it has no room for, `extra` is the optional part of
    onrecord that it needs. `write` puts text into a stream; where `in_file`, bytes into a file at a path, and
    something `beside` it under its name with that ending.
    """

    name: str
    holds: Holds
    suffix: str
    media_type: str
    told: str
    write: Callable[[Any, Any, Any], int]
    drops: str = ""
    extra: str | None = None
    in_file: bool = False
    beside: str | None = None

    def files(self, path: Path) -> tuple[Path, ...]:
        """The files that are written for one at `path`: it, and what stands `beside` it."""
        return (path,) if self.beside is None else (path, path.with_name(path.stem + self.beside))

    def to_bytes(self, given: Any, choice: Any) -> bytes:
        """All of it at once, for a download: what is written at the path, not what stands beside it."""
        if not self.in_file:
            out = io.StringIO(newline="")
            self.write(given, out, choice)
            return out.getvalue().encode("utf-8", "replace")
        with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
            path = Path(folder) / f"onrecord{self.suffix}"
            self.write(given, path, choice)
            return path.read_bytes()


@cache
def formats(*holds: Holds) -> tuple[Format, ...]:
    """The formats that hold one of these, or all: the first, then the others by name."""
    further = [name for held, name in FOLDERS.items() if held in holds]
    folders = [exchange, *(import_module(f"{exchange.__name__}.{name}") for name in further)]
    places = [(folder.__name__, found.name) for folder in folders for found in pkgutil.iter_modules(folder.__path__)]
    every = (import_module(f"{folder}.{name}") for folder, name in places)
    known = [each.FORMAT for each in every if hasattr(each, "FORMAT")]
    chosen = [each for each in known if not holds or each.holds in holds]
    return tuple(sorted(chosen, key=lambda each: (each.name != FIRST, each.name)))


def names(*holds: Holds) -> tuple[str, ...]:
    """What they are called."""
    return tuple(each.name for each in formats(*holds))


def format_named(name: str, *holds: Holds) -> Format:
    """The format of that name. Raises UsageError where none that holds one of these is called so."""
    for each in formats(*holds):
        if each.name == name:
            return each
    raise UsageError(f"the format {name!r}", f"one of {', '.join(names(*holds))}", f"Try {FIRST}")


def table(*holds: Holds) -> str:
    """A line a format, for the help of a verb."""
    widest = max(map(len, names(*holds)))
    return "\n".join(
        f"  {each.name:{widest}}  {line}" if at == 0 else f"  {'':{widest}}  {line}"
        for each in formats(*holds)
        for at, line in enumerate(each.told.split("\n"))
    )
