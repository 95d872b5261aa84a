"""JSON lines: one statement a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TextIO

from onrecord.archive.listing.tables import Choice, Row
from onrecord.exchange.registry import Format


def write(rows: Iterable[Row], out: TextIO, choice: Choice) -> int:
    """Write the rows; how many."""
    n, encode = 0, json.JSONEncoder(ensure_ascii=False).encode
    for row in rows:
        n += 1
        out.write(encode(row) + "\n")
    return n


FORMAT = Format(
    name="jsonl",
    holds="statements",
    suffix=".jsonl",
    media_type="application/x-ndjson",
    told="one statement a line (default)",
    write=write,
)
