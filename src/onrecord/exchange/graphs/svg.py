"""A network as a picture: see `onrecord.networks.drawing.picture`."""

from __future__ import annotations

from typing import TextIO

from onrecord.exchange.registry import Format
from onrecord.networks.building.network import Network
from onrecord.networks.drawing.picture import svg


def write(network: Network, out: TextIO, _: object = None) -> int:
    """The picture; how many nodes are in it."""
    settings = network.settings
    out.write(svg(network, f"{settings.mode} network of {settings.variable1} and {settings.variable2}"))
    return len(network.rows) + (0 if network.one_mode else len(network.columns))


FORMAT = Format(
    name="svg",
    holds="network",
    suffix=".svg",
    media_type="image/svg+xml",
    told="a picture",
    drops="intervals",
    extra="networks",
    write=write,
)
