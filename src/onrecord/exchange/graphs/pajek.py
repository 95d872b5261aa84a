"""Pajek's .net: vertices with quoted labels, edges with weights; `*Vertices n n1` for two modes.

The file begins with a byte order mark, without which Pajek takes other scripts for Latin. A quotation mark within a
label is written as an apostrophe.
"""

from __future__ import annotations

from typing import TextIO

from onrecord.exchange.registry import Format
from onrecord.networks.building.network import Network

MARK = "\ufeff"


def write(network: Network, out: TextIO, _: object = None) -> int:
    """The network, rows the first vertices; how many ties."""
    names = list(network.rows) if network.one_mode else [*network.rows, *network.columns]
    first = len(network.rows)
    out.write(f"{MARK}*Vertices {len(names)}{'' if network.one_mode else f' {first}'}\n")
    for number, name in enumerate(names, 1):
        out.write(f'{number} "{" ".join(name.split()).replace(chr(34), chr(39))}"\n')
    out.write("*Edges\n")
    row_of = {name: number for number, name in enumerate(network.rows, 1)}
    column_of = row_of if network.one_mode else {name: first + n for n, name in enumerate(network.columns, 1)}
    n = 0
    for edge in network.edges():
        n += 1
        out.write(f"{row_of[edge.row]} {column_of[edge.column]} {edge.weight:.15g}\n")
    return n


FORMAT = Format(
    name="pajek",
    holds="network",
    suffix=".net",
    media_type="text/plain",
    told="for Pajek",
    drops="intervals; quotation marks in names become apostrophes",
    extra="networks",
    write=write,
)
