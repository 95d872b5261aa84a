"""Ties as a table: a line each, of one network or of many in time, with the window and the interval if there is any."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TextIO

from onrecord.archive.listing.tables import neutral_cell
from onrecord.exchange.registry import Format
from onrecord.networks.building.network import Network

HEADS = ("start", "middle", "stop", "source", "target", "weight", "low", "high")


def write(network: Network, out: TextIO, _: object = None) -> int:
    """The ties of one network; how many."""
    return write_windows([network], out)


def write_windows(networks: Iterable[Network], out: TextIO) -> int:
    """The ties of networks in time; how many."""
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADS)
    n = 0
    for network in networks:
        when = [t.isoformat(sep=" ") if t else "" for t in (network.start, network.middle, network.stop)]
        for edge in network.edges():
            n += 1
            ends = ["" if end is None else f"{end:.15g}" for end in (edge.low, edge.high)]
            writer.writerow([*when, neutral_cell(edge.row), neutral_cell(edge.column), f"{edge.weight:.15g}", *ends])
    return n


FORMAT = Format(
    name="edges",
    holds="network",
    suffix=".csv",
    media_type="text/csv",
    told="a line a tie, with windows and intervals",
    extra="networks",
    write=write,
)
