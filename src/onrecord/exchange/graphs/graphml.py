"""GraphML with every attribute declared by name and type, which Gephi, visone, igraph and networkx all read.

Nodes have `label`, `variable` (whose value they are) and `mode` (1 or 2), ties `weight` and `sign` and, where a sample
was checked, `low` and `high`. visone's and yFiles' own keys, which have no types, are not written.
"""

from __future__ import annotations

from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from onrecord.exchange.registry import Format
from onrecord.exchange.xml_text import clean
from onrecord.networks.building.network import Network

NODE_KEYS = (("label", "string"), ("variable", "string"), ("mode", "int"))
EDGE_KEYS = (("weight", "double"), ("sign", "int"), ("low", "double"), ("high", "double"))


def write(network: Network, out: TextIO, _: object = None) -> int:
    """The network as an undirected graph; how many ties."""
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns"')
    out.write(
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns'
        ' http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
    )
    for of, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
        for name, kind in keys:
            out.write(f'<key id="{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>\n')
    out.write(f'<graph id="{network.settings.mode}" edgedefault="undirected">\n')
    modes = [("r", network.rows, network.settings.variable1, 1)]
    modes += [] if network.one_mode else [("c", network.columns, network.settings.variable2, 2)]
    for letter, names, variable, mode in modes:
        for at, name in enumerate(names):
            out.write(f'<node id="{letter}{at}">{_data(label=name, variable=variable, mode=mode)}</node>\n')
    row_of, column_of = ({name: at for at, name in enumerate(names)} for names in (network.rows, network.columns))
    other = "r" if network.one_mode else "c"
    n = 0
    for edge in network.edges():
        n += 1
        data = {"weight": edge.weight, "sign": (edge.weight > 0) - (edge.weight < 0)}
        data |= {} if edge.low is None or edge.high is None else {"low": edge.low, "high": edge.high}
        ends = f'source="r{row_of[edge.row]}" target="{other}{column_of[edge.column]}"'
        out.write(f"<edge {ends}>{_data(**data)}</edge>\n")
    out.write("</graph>\n</graphml>\n")
    return n


def _data(**values: str | float) -> str:
    return "".join(
        f"<data key={quoteattr(key)}>{escape(clean(value)) if isinstance(value, str) else f'{value:.15g}'}</data>"
        for key, value in values.items()
    )


FORMAT = Format(
    name="graphml",
    holds="network",
    suffix=".graphml",
    media_type="application/graphml+xml",
    told="for visone, Gephi, igraph and others, every attribute with its type",
    extra="networks",
    write=write,
)
