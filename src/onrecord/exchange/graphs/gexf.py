"""GEXF 1.3 for Gephi: one network, or a row of windows, in which each tie has the spells of time where it is.

Attributes are declared with their types. In a row of windows a tie's weight is its greatest, and `weights` holds that
of each window in order of time.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import TextIO
from xml.sax.saxutils import quoteattr

from onrecord.exchange.registry import Format
from onrecord.exchange.xml_text import clean
from onrecord.networks.building.network import Edge, Network

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<gexf xmlns="http://gexf.net/1.3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">\n'
)
EDGE_KEYS = (("sign", "integer"), ("signed_weight", "double"), ("low", "double"), ("high", "double"))


def write(network: Network, out: TextIO, _: object = None) -> int:
    """One network, without time; how many ties."""
    return _write([network], out, dynamic=False)


def write_windows(networks: Sequence[Network], out: TextIO) -> int:
    """Networks of windows of time, as spells; how many ties."""
    return _write(networks, out, dynamic=True)


def _write(networks: Sequence[Network], out: TextIO, *, dynamic: bool) -> int:
    unit = "date" if _by_day(networks) else "dateTime"
    mode = f'mode="dynamic" timeformat="{unit}" timerepresentation="interval"' if dynamic else 'mode="static"'
    out.write(f'{HEAD}<meta><creator>onrecord</creator></meta>\n<graph defaultedgetype="undirected" {mode}>\n')
    out.write('<attributes class="node"><attribute id="0" title="variable" type="string"/>')
    out.write('<attribute id="1" title="mode" type="integer"/></attributes>\n<attributes class="edge">')
    keys = [*EDGE_KEYS, ("weights", "liststring")] if dynamic else list(EDGE_KEYS)
    out.writelines(f'<attribute id="{at}" title="{name}" type="{kind}"/>' for at, (name, kind) in enumerate(keys))
    out.write("</attributes>\n<nodes>\n")
    for name in sorted({name for one in networks for name in one.rows}):
        out.write(_node("r", name, networks[0].settings.variable1, 1))
    if networks and not networks[0].one_mode:
        for name in sorted({name for one in networks for name in one.columns}):
            out.write(_node("c", name, networks[0].settings.variable2, 2))
    out.write("</nodes>\n<edges>\n")
    ties: dict[tuple[str, str], list[tuple[Network, Edge]]] = {}
    for one in networks:
        for edge in one.edges():
            ties.setdefault((edge.row, edge.column), []).append((one, edge))
    other = "r" if networks and networks[0].one_mode else "c"
    for number, ((row, column), found) in enumerate(ties.items()):
        out.write(f'<edge id="{number}" source={_id("r", row)} target={_id(other, column)}')
        out.write(_tie(found, dynamic=dynamic, by_day=unit == "date"))
    out.write("</edges>\n</graph>\n</gexf>\n")
    return len(ties)


def _tie(found: Sequence[tuple[Network, Edge]], *, dynamic: bool, by_day: bool) -> str:
    strongest = max((edge for _, edge in found), key=lambda edge: abs(edge.weight))
    values: list[object] = [
        (strongest.weight > 0) - (strongest.weight < 0),
        f"{strongest.weight:.15g}",
        *("" if end is None else f"{end:.15g}" for end in (strongest.low, strongest.high)),
    ]
    values += ["[" + ", ".join(f"{edge.weight:.15g}" for _, edge in found) + "]"] if dynamic else []
    data = "".join(f'<attvalue for="{at}" value="{value}"/>' for at, value in enumerate(values) if value != "")
    spells = "".join(
        f'<spell start="{_time(one.start, by_day)}" end="{_time(one.stop, by_day)}"/>'
        for one, _ in found
        if dynamic and one.start and one.stop
    )
    within = f"<attvalues>{data}</attvalues>{f'<spells>{spells}</spells>' if spells else ''}"
    return f' weight="{abs(strongest.weight):.15g}">{within}</edge>\n'


def _by_day(networks: Iterable[Network]) -> bool:
    bounds = (bound for one in networks for bound in (one.start, one.stop) if bound)
    return all(bound.time() == datetime.time.min for bound in bounds)


def _time(when: datetime.datetime, by_day: bool) -> str:
    return when.date().isoformat() if by_day else when.isoformat()


def _node(letter: str, name: str, variable: str, mode: int) -> str:
    data = f'<attvalue for="0" value={quoteattr(clean(variable))}/><attvalue for="1" value="{mode}"/>'
    return f"<node id={_id(letter, name)} label={_quoted(name)}><attvalues>{data}</attvalues></node>\n"


def _id(letter: str, name: str) -> str:
    return _quoted(f"{letter}:{name}")


def _quoted(text: str) -> str:
    return quoteattr(clean(text), {"\n": "&#10;", "\t": "&#9;"})


FORMAT = Format(
    name="gexf",
    holds="network",
    suffix=".gexf",
    media_type="application/gexf+xml",
    told="for Gephi, GEXF 1.3; of windows in time with spells",
    extra="networks",
    write=write,
)
