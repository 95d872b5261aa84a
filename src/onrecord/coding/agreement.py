"""How far coders agree beyond chance: Krippendorff's alpha.

1 - observed / expected disagreement (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability"). 1 is full
agreement, 0 what chance gives, below 0 is worse. None where there is nothing to compare or nothing that varies.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, Literal

from onrecord.coding.decisions import GivenCode, by_coder

Level = Literal["nominal", "ordinal", "interval"]


def alpha(units: Iterable[Sequence[Hashable]], level: Level = "nominal") -> float | None:
    """Alpha of values by unit; a unit has the values that coders gave it, a missing one is left out, and a unit with
    fewer than two values tells nothing. Ordinal and interval values are numbers."""
    # the coincidence matrix: ordered pairs of values of one unit
    pairs: defaultdict[tuple[Any, Any], float] = defaultdict(float)
    for values in units:
        if len(values) < 2:
            continue
        counts = Counter(values)
        for a, n in counts.items():
            for b, m in counts.items():
                pairs[a, b] += n * (m - (a == b)) / (len(values) - 1)
    totals: defaultdict[Any, float] = defaultdict(float)
    for (a, _), count in pairs.items():
        totals[a] += count
    paired = sum(totals.values())
    apart = _distance(totals, level)
    expected = sum(totals[a] * totals[b] * apart(a, b) for a in totals for b in totals if a != b)
    if not expected:
        return None
    observed = sum(count * apart(a, b) for (a, b), count in pairs.items() if a != b)
    return float(1 - (paired - 1) * observed / expected)


def _distance(totals: Mapping[Any, float], level: Level) -> Any:
    """The squared difference of two values."""
    if level == "nominal":
        return lambda a, b: 1.0
    if level == "interval":
        return lambda a, b: float(a - b) ** 2
    order, below, at = sorted(totals), dict[Any, float](), 0.0
    for value in order:
        below[value] = at + totals[value] / 2  # so many values lie below its middle
        at += totals[value]
    return lambda a, b: (below[a] - below[b]) ** 2


def alphas(decisions: Iterable[GivenCode]) -> Mapping[str, float | None]:
    """Alpha of each variable among persons: which concepts (a set is one value), and which side where one concept was
    given by both; beside it each concept alone, given or not."""
    of = by_coder(one for one in decisions if one.coder.machine is None and not one.adjudicated)
    given: dict[Hashable, list[frozenset[tuple[str | None, bool | None]]]] = defaultdict(list)
    for coded in of.values():
        for key, said in coded.items():
            given[key].append(said)
    concepts = {key: [frozenset(name for name, _ in said) for said in every] for key, every in given.items()}
    names = sorted({name for every in concepts.values() for one in every for name in one if name is not None})
    sides = [
        [side for said in every for concept, side in said if concept == name]
        for every in given.values()
        for name in names
    ]
    ranked = [[1 if side is None else 2 * side for side in values] for values in sides]
    found = {"concept": alpha(concepts.values()), "agreement": alpha(ranked, "ordinal")}
    for name in names:
        found[f"concept {name}"] = alpha([name in one for one in every] for every in concepts.values())
    return found
