"""A network as a matrix in CSV, as DNA and its users have it: names in the first row and in the first column.

What a spreadsheet would take for a formula gets an apostrophe in front, as in every table that onrecord writes.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TextIO

from onrecord.archive.listing.tables import neutral_cell
from onrecord.networks.building.network import Network


def write(network: Network, out: TextIO) -> None:
    """The matrix; whole numbers without a point."""
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["", *map(neutral_cell, network.columns)])
    for at, name in enumerate(network.rows):
        row = network.weights[[at], :].toarray()[0]
        writer.writerow([neutral_cell(name), *(f"{weight:.15g}" for weight in row)])


def write_edges(networks: Iterable[Network], out: TextIO) -> None:
    """The ties of one network, or of many in time, a line each, with the window and the interval if there is any."""
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["start", "middle", "stop", "source", "target", "weight", "low", "high"])
    for network in networks:
        when = [t.isoformat(sep=" ") if t else "" for t in (network.start, network.middle, network.stop)]
        for edge in network.edges():
            ends = ["" if end is None else f"{end:.15g}" for end in (edge.low, edge.high)]
            writer.writerow([*when, neutral_cell(edge.row), neutral_cell(edge.column), f"{edge.weight:.15g}", *ends])
