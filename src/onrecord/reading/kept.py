"""Records read before: what `onrecord read --format jsonl` or `onrecord export --format records` printed, read back
without the engine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from onrecord.errors import InputError, MalformedLine, RecordError
from onrecord.records import Record, Skipped

SUFFIXES = (".jsonl", ".ndjson", ".json")


def holds_records(path: str) -> bool:
    """Whether that file holds records, and not articles yet to be read."""
    return holds_backup(path) or {"text", "engine", "attributions"} <= _first(path).keys()


def holds_backup(path: str) -> bool:
    """Whether that file is a backup of an archive."""
    return isinstance(_first(path).get("archive"), dict)


def kept_records(path: str) -> Iterator[Record | Skipped]:
    """The records of the file in order, a Skipped for each bad line; blank lines are passed over, and older versions
    of a story in a backup."""
    with Path(path).open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            if line.strip() and (found := _record(line, f"{path}:{number}")) is not None:
                yield found


def _record(line: bytes, name: str) -> Record | Skipped | None:
    try:
        data = json.loads(line)
        if not isinstance(data, dict):
            raise MalformedLine(f"a JSON {type(data).__name__}", "a record as a JSON object", "Print it again")
        if data.get("newest") is False or ("archive" in data and "text" not in data):
            return None
        return Record.from_dict(data)
    except (ValueError, RecursionError, InputError) as error:
        if isinstance(error, (RecordError, InputError)):
            refusal = MalformedLine(error.seen, error.wanted, error.todo)
        else:
            refusal = MalformedLine(str(error), "one JSON object on the line", "Print the records again")
        return Skipped.because(name, refusal)


def _first(path: str) -> dict[str, object]:
    """The first line of that file; empty where it is no JSON object."""
    if not path.lower().endswith(SUFFIXES):
        return {}
    try:
        with Path(path).open("rb") as stream:
            first = json.loads(stream.readline())
    except (OSError, ValueError, RecursionError):
        return {}
    return first if isinstance(first, dict) else {}
