"""What networkx works out: how central nodes are, and where they stand in a picture, the same each time.

Places are a spring layout of Fruchterman and Reingold (1991) from a fixed beginning.

Centralities have their definitions in the manual of networkx, which only this file knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import networkx as nx

from onrecord.networks.building.network import Network

Node = tuple[str, str]
"""The variable that a node is a value of, and the value: two variables may have a value alike."""

SEED = 7  # any number does; it is fixed so that a picture can be drawn again
ROUNDS = 60  # of the layout, in which each node moves once; half of them for a network that is not small
SMALL = 500  # nodes; of more, betweenness is estimated from so many


@dataclass(frozen=True, slots=True)
class Centrality:
    """`strength` is the sum of absolute ties, `degree` their number; for paths a tie is 1 / weight long."""

    name: str
    variable: str
    degree: int
    strength: float
    betweenness: float
    closeness: float
    eigenvector: float


def nodes(network: Network) -> list[Node]:
    """The nodes in order: rows, then columns where they are others."""
    rows = [(network.settings.variable1, name) for name in network.rows]
    return rows if network.one_mode else rows + [(network.settings.variable2, name) for name in network.columns]


def places(network: Network) -> dict[Node, tuple[float, float]]:
    """A place in [-1, 1] x [-1, 1] for each node; strong ties pull together, whatever their sign."""
    graph = _graph(network)
    if not graph:
        return {}
    rounds = ROUNDS if len(graph) <= SMALL else ROUNDS // 2
    found = nx.spring_layout(graph, seed=SEED, iterations=rounds, weight="weight")
    return {node: (float(x), float(y)) for node, (x, y) in found.items()}


def centralities(network: Network) -> list[Centrality]:
    """The centralities of all nodes, the strongest first. Eigenvector centrality is 0 where it does not converge."""
    graph = _graph(network)
    for _, _, data in graph.edges(data=True):
        data["length"] = 1 / data["weight"]
    sample = None if len(graph) <= SMALL else SMALL
    betweenness = nx.betweenness_centrality(graph, k=sample, weight="length", seed=SEED)
    closeness = nx.closeness_centrality(graph, distance="length")
    try:
        eigenvector = nx.eigenvector_centrality(graph, max_iter=1000, weight="weight") if graph.size() else {}
    except nx.PowerIterationFailedConvergence:
        eigenvector = {}
    found = [
        Centrality(
            name,
            variable,
            graph.degree((variable, name)),
            float(graph.degree((variable, name), weight="weight")),
            betweenness[variable, name],
            closeness[variable, name],
            eigenvector.get((variable, name), 0.0),
        )
        for variable, name in graph
    ]
    return sorted(found, key=lambda one: (-one.strength, one.name))


def _graph(network: Network) -> Any:
    graph = nx.Graph()
    graph.add_nodes_from(nodes(network))
    other = network.settings.variable1 if network.one_mode else network.settings.variable2
    for edge in network.edges():
        if edge.weight:
            graph.add_edge((network.settings.variable1, edge.row), (other, edge.column), weight=abs(edge.weight))
    return graph
