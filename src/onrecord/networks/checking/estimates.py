"""Edges and measures of a network with intervals, from statements of which a sample was checked by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from onrecord.errors import UsageError
from onrecord.intervals import Interval
from onrecord.networks.building.choosing import chosen
from onrecord.networks.building.counting import levels_of
from onrecord.networks.building.network import Network, frame, network_of
from onrecord.networks.building.settings import NetworkSettings
from onrecord.networks.chance import Chance
from onrecord.networks.checking.correcting import ENDS, Code, Model, share
from onrecord.records.coded import Coded, Scalar

Measure = Callable[[Sequence[Coded]], float]


@dataclass(frozen=True, slots=True)
class CheckedShare:
    """A value of a variable: its share by the machine's word, and corrected, with the 95 % interval."""

    value: str
    machine: float
    corrected: Interval


def shares(
    statements: Sequence[Coded], checked: Mapping[str, Coded], variable: str, settings: NetworkSettings
) -> list[CheckedShare]:
    """The share of each value of a variable, the largest first. `checked` are true codes by the statement's id."""
    kept = chosen(statements, settings)
    truth = _truth(kept, checked)
    given = [_shown(coded.get(variable)) for coded in kept]
    true = {at: _shown(coded.get(variable)) for at, coded in truth.items()}
    found = [
        CheckedShare(
            value,
            given.count(value) / len(given),
            share([one == value for one in given], {at: one == value for at, one in true.items()}),
        )
        for value in sorted({*given, *true.values()})
    ]
    return sorted(found, key=lambda one: (-one.corrected.value, one.value))


def corrected(
    statements: Sequence[Coded], checked: Mapping[str, Coded], settings: NetworkSettings, rng: Chance
) -> Network:
    """The network with every weight corrected, and a 95 % interval for it: the median and percentiles of the draws."""
    networks = list(_networks(statements, checked, settings, rng))
    stack = np.array([one.dense for one in networks])
    low, middle, high = np.percentile(stack, (ENDS[0], 50, ENDS[1]), axis=0, method="nearest")
    return networks[0].with_weights(csr_array(middle), csr_array(low), csr_array(high))


def measured(
    statements: Sequence[Coded],
    checked: Mapping[str, Coded],
    settings: NetworkSettings,
    measure: Measure,
    rng: Chance,
) -> Interval:
    """Any measure of coded statements, corrected, with its 95 % interval."""
    values = [measure(true) for true in drawn(statements, checked, settings, rng)]
    low, middle, high = np.percentile(values, (ENDS[0], 50, ENDS[1]))
    return Interval(float(middle), float(low), float(high))


def drawn(
    statements: Sequence[Coded], checked: Mapping[str, Coded], settings: NetworkSettings, rng: Chance
) -> Iterator[list[Coded]]:
    """The statements chosen as they may truly be: what was checked is true in all, the rest is drawn.

    Codes are the second variable and the qualifier; whom the statement is of is taken as it stands.
    """
    kept = chosen(statements, settings)
    model = Model(
        [str(coded.get(settings.variable1)) for coded in kept],
        [_code(coded, settings) for coded in kept],
        {at: _code(true, settings) for at, true in _truth(kept, checked).items()},
    )
    for places in model.draws_of_codes(rng):
        yield [_coded_as(coded, model.codes[at], settings) for coded, at in zip(kept, places, strict=True)]


def _networks(
    statements: Sequence[Coded], checked: Mapping[str, Coded], settings: NetworkSettings, rng: Chance
) -> Iterator[Network]:
    """A network of each draw; all have the same nodes."""
    kept = chosen(statements, settings)
    every = [*kept, *_truth(kept, checked).values()]
    rows, columns = frame(kept, settings)[0], frame(every, settings)[1]
    levels = levels_of(every, settings)
    for true in drawn(statements, checked, settings, rng):
        yield network_of(true, settings, rows, columns, levels=levels)


def _truth(kept: Sequence[Coded], checked: Mapping[str, Coded]) -> dict[int, Coded]:
    found = {at: checked[coded.id] for at, coded in enumerate(kept) if coded.id in checked}
    if not found:
        raise UsageError(
            f"{len(checked)} checked statements, none of them among the {len(kept)} chosen",
            "checked statements with the ids of these",
            "Check a random hundred of the same file",
        )
    return found


def _code(coded: Coded, settings: NetworkSettings) -> Code:
    return (coded.get(settings.variable2), coded.get(settings.qualifier) if settings.qualifier else None)


def _coded_as(coded: Coded, code: Code, settings: NetworkSettings) -> Coded:
    if _code(coded, settings) == code:
        return coded
    values: dict[str, Scalar] = {settings.variable2: code[0]}
    return coded.with_values(values | ({settings.qualifier: code[1]} if settings.qualifier else {}))


def _shown(value: Any) -> str:
    return {True: "yes", False: "no", None: "neither"}.get(value, str(value)) if not isinstance(value, str) else value
