"""A picture of a network as SVG: circles for actors, squares for what they speak of, lines for ties.

Colours are those of Okabe and Ito, which the colour-blind tell apart: positive ties blue, negative ones vermilion and
dashed, so that they differ in print too. The table of ties stands in the description for who cannot see it.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from onrecord.networks.building.network import Network
from onrecord.networks.measuring.graphs import Node, nodes, places

SIZE, MARGIN = 960, 110  # units of the picture
POSITIVE, NEGATIVE, ACTOR, CONCEPT = "#0072B2", "#D55E00", "#E69F00", "#56B4E9"
THICKEST, SMALLEST, LARGEST = 9.0, 5.0, 20.0
NAMED = 60  # nodes whose names are written, the strongest first
LONGEST_NAME = 42
TOLD = 40  # ties in the description


def svg(network: Network, title: str) -> str:
    """The picture; the same for the same network."""
    at = {node: _point(place) for node, place in places(network).items()}
    edges = [edge for edge in network.edges() if edge.weight]
    most = max((abs(edge.weight) for edge in edges), default=1.0)
    other = network.settings.variable1 if network.one_mode else network.settings.variable2
    strength = dict.fromkeys(nodes(network), 0.0)
    lines = []
    for edge in sorted(edges, key=lambda edge: abs(edge.weight)):
        ends = (network.settings.variable1, edge.row), (other, edge.column)
        for end in ends:
            strength[end] += abs(edge.weight)
        lines.append(_line(at[ends[0]], at[ends[1]], edge.weight, most, f"{edge.row} – {edge.column}: {edge.weight:g}"))
    told = "; ".join(f"{edge.row} – {edge.column} {edge.weight:g}" for edge in _strongest(edges)[:TOLD])
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" role="img" aria-labelledby="t d"'
            ' font-family="sans-serif" font-size="13">',
            f'<title id="t">{escape(title)}</title>',
            f'<desc id="d">{escape(told)}</desc>',
            f'<rect width="{SIZE}" height="{SIZE}" fill="#ffffff"/>',
            *lines,
            *_marks(strength, at, network.settings.variable1),
            "</svg>\n",
        ]
    )


def _strongest(edges: list) -> list:  # type: ignore[type-arg]
    return sorted(edges, key=lambda edge: (-abs(edge.weight), edge.row, edge.column))


def _point(place: tuple[float, float]) -> tuple[float, float]:
    half = SIZE / 2 - MARGIN
    return SIZE / 2 + place[0] * half, SIZE / 2 + place[1] * half


def _line(a: tuple[float, float], b: tuple[float, float], weight: float, most: float, told: str) -> str:
    width = max(0.4, THICKEST * abs(weight) / most)
    dashes = ' stroke-dasharray="6 4"' if weight < 0 else ""
    return (
        f'<line x1="{a[0]:.1f}" y1="{a[1]:.1f}" x2="{b[0]:.1f}" y2="{b[1]:.1f}" stroke-width="{width:.2f}"'
        f' stroke="{POSITIVE if weight > 0 else NEGATIVE}" stroke-opacity="0.55"{dashes}>'
        f"<title>{escape(told)}</title></line>"
    )


def _marks(strength: Mapping[Node, float], at: Mapping[Node, tuple[float, float]], actors: str) -> list[str]:
    most = max(strength.values(), default=0.0) or 1.0
    named = set(sorted(strength, key=lambda node: (-strength[node], node))[:NAMED])
    marks, names = [], []
    for node, weight in strength.items():
        (variable, name), (x, y) = node, at[node]
        r = SMALLEST + (LARGEST - SMALLEST) * (weight / most) ** 0.5
        shape = (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{ACTOR}"'
            if variable == actors
            else f'<rect x="{x - r:.1f}" y="{y - r:.1f}" width="{2 * r:.1f}" height="{2 * r:.1f}" fill="{CONCEPT}"'
        )
        ending = "circle" if variable == actors else "rect"
        marks.append(f'{shape} stroke="#000000" stroke-width="0.8"><title>{escape(name)}</title></{ending}>')
        if node in named:
            cut = name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
            names.append(
                f'<text x="{x:.1f}" y="{y + r + 13:.1f}" text-anchor="middle" fill="#000000" stroke="#ffffff"'
                f' stroke-width="3" paint-order="stroke">{escape(cut)}</text>'
            )
    return marks + names
