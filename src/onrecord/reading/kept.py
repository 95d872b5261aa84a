"""Records read before: what `onrecord read --format jsonl` printed, read back without the engine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from onrecord.errors import InputError, MalformedLine, RecordError
from onrecord.records import Record, Skipped

SUFFIXES = (".jsonl", ".ndjson", ".json")


def holds_records(path: str) -> bool:
    """Whether the first line of that file is a record, and not an article yet to be read."""
    if not path.lower().endswith(SUFFIXES):
        return False
    try:
        with Path(path).open("rb") as stream:
            first = json.loads(stream.readline())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(first, dict) and {"text", "engine", "attributions"} <= first.keys()


def kept_records(path: str) -> Iterator[Record | Skipped]:
    """The records of the file in order, a Skipped for each bad line; blank lines are passed over."""
    with Path(path).open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            if line.strip():
                yield _record(line, f"{path}:{number}")


def _record(line: bytes, name: str) -> Record | Skipped:
    try:
        data = json.loads(line)
        if not isinstance(data, dict):
            raise MalformedLine(f"a JSON {type(data).__name__}", "a record as a JSON object", "Print it again")
        return Record.from_dict(data)
    except (ValueError, RecursionError, InputError) as error:
        if isinstance(error, (RecordError, InputError)):
            refusal = MalformedLine(error.seen, error.wanted, error.todo)
        else:
            refusal = MalformedLine(str(error), "one JSON object on the line", "Print the records again")
        return Skipped.because(name, refusal)
