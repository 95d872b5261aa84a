"""UCINET's DL, full matrix with labels: what DNA writes for UCINET, NetDraw and R's network packages.

Labels stand in quotation marks, one a line; a mark inside is written as an apostrophe, which is what is lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from onrecord.exchange.registry import Format
from onrecord.networks.building.network import Network


def write(network: Network, out: TextIO, _: object = None) -> int:
    """The matrix in DL, one-mode as n, two-mode as nr and nc; how many rows."""
    if network.one_mode:
        out.write(f"dl n = {len(network.rows)}, format = fullmatrix\nlabels:\n{_labels(network.rows)}")
    else:
        out.write(f"dl nr = {len(network.rows)}, nc = {len(network.columns)}, format = fullmatrix\n")
        out.write(f"row labels:\n{_labels(network.rows)}column labels:\n{_labels(network.columns)}")
    out.write("data:\n")
    for at in range(len(network.rows)):
        out.write(" ".join(f"{weight:.15g}" for weight in network.weights[[at], :].toarray()[0]) + "\n")
    return len(network.rows)


def _labels(names: Iterable[str]) -> str:
    return "".join(f'"{" ".join(name.split()).replace(chr(34), chr(39))}"\n' for name in names)


FORMAT = Format(
    name="ucinet",
    holds="network",
    suffix=".dl",
    media_type="text/plain",
    told="for UCINET and NetDraw: DL, full matrix",
    drops="intervals; quotation marks in names become apostrophes",
    extra="networks",
    write=write,
)
