"""A million coded statements: ``python benchmarks/networks.py [N]``. Time and memory of networks and of a picture.

Invented statements, 2,000 actors of unequal voice and 120 concepts over ten years, are made first and not counted; each
figure is the CPU time of one step in the same process, and the memory is the most that the process ever had.
"""

from __future__ import annotations

import datetime
import platform
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.random import default_rng

from onrecord.networks.building.network import Network, network
from onrecord.networks.building.settings import NetworkSettings
from onrecord.networks.drawing.picture import svg
from onrecord.records.coded import Coded, CodedDocument

ACTORS, CONCEPTS, DAYS, DOCUMENTS, TIES = 2000, 120, 3650, 50_000, 20_000
FIRST = datetime.datetime(2015, 1, 1)


def invented(n: int) -> list[Coded]:
    """`n` statements; the same each time."""
    rng = default_rng(1)
    voice, topic = rng.pareto(1.2, ACTORS) + 0.1, rng.pareto(1.5, CONCEPTS) + 0.1
    actors = rng.choice(ACTORS, n, p=voice / voice.sum()).tolist()
    concepts = rng.choice(CONCEPTS, n, p=topic / topic.sum()).tolist()
    sides, documents = (rng.random(n) < 0.6).tolist(), rng.integers(DOCUMENTS, size=n).tolist()
    bodies, causes = [f"Body {at:04}" for at in range(ACTORS)], [f"Cause {at:03}" for at in range(CONCEPTS)]
    days = [FIRST + datetime.timedelta(days=at % DAYS) for at in range(DOCUMENTS)]
    papers = [CodedDocument(id=str(at), when=day) for at, day in enumerate(days)]
    return [
        Coded(
            id=str(at),
            document=papers[paper],
            organization=bodies[a],
            concept=causes[c],
            agreement=side,
            when=days[paper],
        )
        for at, (a, c, side, paper) in enumerate(zip(actors, concepts, sides, documents, strict=True))
    ]


def timed(what: str, step: Callable[[], Any]) -> Any:
    """Do it, and print the CPU time and the most memory so far."""
    began = time.process_time()
    found = step()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"{what:36} {time.process_time() - began:7.1f} s  {most:5.2f} GB  {found if isinstance(found, Network) else ''}"
    )
    return found


def main(n: int) -> None:
    """Print the figures."""
    print(f"Python {platform.python_version()}, {platform.machine()}; {n:,} statements")
    statements = timed("made", lambda: invented(n))
    timed("two-mode, subtract", lambda: network(statements, NetworkSettings(aggregation="subtract")))
    one_mode = NetworkSettings(mode="one-mode", aggregation="congruence", normalisation="average")
    congruence = timed("one-mode, congruence, average", lambda: network(statements, one_mode))
    once = NetworkSettings(mode="one-mode", aggregation="conflict", normalisation="jaccard", duplicates="month")
    timed("one-mode, conflict, jaccard, by month", lambda: network(statements, once))
    least = np.sort(congruence.weights.data)[-2 * TIES]
    sparse = congruence.with_weights(congruence.weights.multiply(congruence.weights >= least).tocsr())
    timed(f"a picture of {len(sparse.rows):,} nodes, {TIES:,} ties", lambda: svg(sparse, "A picture"))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
