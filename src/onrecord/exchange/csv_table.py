"""CSV, as RFC 4180 has it: a header, and a statement a line; no cell is one that a spreadsheet would reckon."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TextIO

from onrecord.archive.listing.tables import Choice, Row, flat, flat_columns, neutral_cell
from onrecord.exchange.registry import Format


def write(rows: Iterable[Row], out: TextIO, choice: Choice) -> int:
    """Write the rows, their occasion in columns of its own, lists and objects as JSON; how many. None is empty."""
    writer = csv.writer(out, lineterminator="\r\n")
    columns = flat_columns(choice)
    writer.writerow(columns)
    n = 0
    for row in rows:
        n += 1
        cells = flat(row)
        writer.writerow([neutral_cell(cells[name]) for name in columns])
    return n


FORMAT = Format(
    name="csv",
    holds="statements",
    suffix=".csv",
    media_type="text/csv",
    told="the same as a table; a cell that a spreadsheet would take for a formula begins with '",
    drops="which cells were empty and which held no words",
    write=write,
)
