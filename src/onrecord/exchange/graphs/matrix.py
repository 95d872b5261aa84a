"""A network as a matrix in CSV, as DNA and its users have it: names in the first row and in the first column.

What a spreadsheet would take for a formula gets an apostrophe in front, as in every table that onrecord writes.
"""

from __future__ import annotations

import csv
from typing import TextIO

from onrecord.archive.listing.tables import neutral_cell
from onrecord.exchange.registry import Format
from onrecord.networks.building.network import Network


def write(network: Network, out: TextIO, _: object = None) -> int:
    """The matrix, whole numbers without a point; how many rows."""
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["", *map(neutral_cell, network.columns)])
    for at, name in enumerate(network.rows):
        row = network.weights[[at], :].toarray()[0]
        writer.writerow([neutral_cell(name), *(f"{weight:.15g}" for weight in row)])
    return len(network.rows)


FORMAT = Format(
    name="csv",
    holds="network",
    suffix=".csv",
    media_type="text/csv",
    told="the matrix, names in the first row and column",
    drops="intervals",
    extra="networks",
    write=write,
)
