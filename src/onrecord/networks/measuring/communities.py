"""Communities: groups of nodes more tied among themselves than by chance, by the Leiden algorithm.

Traag, Waltman and van Eck (2019, Scientific Reports 9) for modularity, negative ties left out.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import graspologic_native

from onrecord.networks.building.network import Network

TRIALS = 10


@dataclass(frozen=True, slots=True)
class Communities:
    """`groups` of node names, the largest first; nodes without a tie are in none. `modularity` in [-1/2, 1]."""

    groups: tuple[tuple[str, ...], ...]
    modularity: float

    def of(self, name: str) -> int | None:
        """The number of the group of a node, from 0."""
        return next((at for at, group in enumerate(self.groups) if name in group), None)


def communities(network: Network, seed: int, *, resolution: float = 1.0) -> Communities:
    """The best of TRIALS divisions; the same for the same seed. Of two modes both are grouped."""
    rows = [f"row:{name}" for name in network.rows]
    columns = rows if network.one_mode else [f"column:{name}" for name in network.columns]
    row_at, column_at = ({name: at for at, name in enumerate(names)} for names in (network.rows, network.columns))
    edges = [
        (rows[row_at[edge.row]], columns[column_at[edge.column]], edge.weight)
        for edge in network.edges()
        if edge.weight > 0
    ]
    if not edges:
        return Communities((), 0.0)
    modularity, found = graspologic_native.leiden(edges, resolution=resolution, seed=seed, trials=TRIALS)
    groups: dict[int, list[str]] = defaultdict(list)
    for node in sorted(found):
        groups[found[node]].append(node.partition(":")[2])
    ordered = sorted(groups.values(), key=lambda group: (-len(group), group))
    return Communities(tuple(tuple(group) for group in ordered), modularity)
