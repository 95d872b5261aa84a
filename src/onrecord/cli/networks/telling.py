"""Measures of a network as tables of text: what `onrecord network --tell` and `--windows` print."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.cli.archive.options import table
from onrecord.errors import UsageError
from onrecord.networks.building.choosing import chosen
from onrecord.networks.building.counting import count
from onrecord.networks.building.network import Network, network
from onrecord.networks.building.settings import Aggregation, NetworkSettings
from onrecord.networks.building.windows import TimeWindow, windows
from onrecord.networks.chance import Chance, chance
from onrecord.networks.checking.estimates import measured, shares
from onrecord.networks.checking.validity import validity
from onrecord.networks.measuring.backbone import nested_backbone, penalty_backbone
from onrecord.networks.measuring.changes import changes
from onrecord.networks.measuring.communities import communities
from onrecord.networks.measuring.graphs import centralities
from onrecord.networks.measuring.polarisation import Polarisation, dna_polarisation, polarisation
from onrecord.networks.measuring.profiles import Standing, actor_profiles, concept_profiles

if TYPE_CHECKING:
    from onrecord.records.coded import Coded

Checked = Mapping[str, "Coded"] | None
SIDES: tuple[Aggregation, ...] = ("congruence", "conflict")


def told(arguments: argparse.Namespace, settings: NetworkSettings, statements: list[Coded], checked: Checked) -> str:
    """The table that is wanted."""
    if arguments.windows:
        return _validity(arguments, settings, statements, checked)
    rng = chance(arguments.seed)
    match arguments.tell:
        case "shares":
            return _shares(settings, statements, checked)
        case "polarisation":
            return _polarisation(settings, statements, checked, rng)
        case "dna-3.1":
            return _dna_polarisation(settings, statements, rng)
        case "communities":
            found = communities(network(statements, settings), arguments.seed)
            rows = [(at, len(group), "; ".join(group)) for at, group in enumerate(found.groups, 1)]
            return f"modularity {found.modularity:.4f}\n{table(('community', 'nodes', 'who'), rows)}"
        case "centrality":
            return _centrality(network(statements, settings))
        case "backbone":
            return _backbone(settings, statements, rng)
        case "changes":
            return _changes(arguments, settings, statements, rng)
    return _profiles(settings, statements)


def _shares(settings: NetworkSettings, statements: list[Coded], checked: Checked) -> str:
    variable = settings.variable2
    if checked is None:
        raise UsageError("--tell shares without a sample", "--checked FILE", "Check a random hundred statements")
    rows = [
        (one.value, f"{one.machine:.1%}", f"{one.corrected.value:.1%}", _ends(one.corrected.low, one.corrected.high))
        for one in shares(statements, checked, variable, settings)
    ]
    return table((variable, "as coded", "corrected", "95 % interval"), rows)


def _ends(low: float, high: float) -> str:
    return f"{low:.1%} to {high:.1%}"


def _polarisation(settings: NetworkSettings, statements: list[Coded], checked: Checked, rng: Chance) -> str:
    one_mode = replace(
        settings,
        mode="one-mode",
        aggregation="congruence",
        normalisation=settings.normalisation if settings.mode == "one-mode" else "no",
    )
    actors, found = _both(one_mode, statements, polarisation, rng)
    told = _blocs(actors, found)
    if checked is None:
        return told
    interval = measured(
        statements, checked, one_mode, lambda true: _both(one_mode, list(true), polarisation, rng)[1].score, rng
    )
    return told + f"corrected {interval.value:.4f}, 95 % interval {interval.low:.4f} to {interval.high:.4f}\n"


def _dna_polarisation(settings: NetworkSettings, statements: list[Coded], rng: Chance) -> str:
    average = replace(settings, mode="one-mode", aggregation="congruence", normalisation="average")
    return _blocs(*_both(average, statements, dna_polarisation, rng))


def _both(
    settings: NetworkSettings, statements: list[Coded], search: Callable[..., Polarisation], rng: Chance
) -> tuple[tuple[str, ...], Polarisation]:
    """What the search finds in the congruence and the conflict network, and whom it divided."""
    congruence, conflict = (network(statements, replace(settings, aggregation=aggregation)) for aggregation in SIDES)
    return congruence.rows, search(congruence.dense, conflict.dense, rng)


def _blocs(actors: tuple[str, ...], found: Polarisation) -> str:
    lines = [f"score {found.score:.4f}", f"agreement {found.agreement:.6g}, disagreement {found.disagreement:.6g}"]
    for bloc in sorted(set(found.blocs)):
        who = sorted(name for name, of in zip(actors, found.blocs, strict=True) if of == bloc)
        lines.append(f"bloc {bloc + 1}: {'; '.join(who)}")
    return "\n".join(lines) + "\n"


def _centrality(made: Network) -> str:
    rows = [
        (
            *(one.name, one.variable, one.degree, f"{one.strength:.6g}"),
            *(f"{value:.3f}" for value in (one.betweenness, one.closeness, one.eigenvector)),
        )
        for one in centralities(made)
    ]
    return table(("name", "variable", "degree", "strength", "betweenness", "closeness", "eigenvector"), rows)


def _backbone(settings: NetworkSettings, statements: list[Coded], rng: Chance) -> str:
    aggregation = settings.aggregation if settings.mode == "one-mode" else "subtract"
    normalisation = settings.normalisation if settings.mode == "one-mode" else "average"
    one_mode = replace(settings, mode="one-mode", aggregation=aggregation, normalisation=normalisation)
    counts = count(chosen(statements, one_mode), one_mode)
    found = penalty_backbone(counts, one_mode, rng)
    steps = [
        (at, step.concept, f"{step.loss:.4f}", f"{step.redundant_loss:.4f}", step.statements)
        for at, step in enumerate(nested_backbone(counts, one_mode), 1)
    ]
    return (
        f"backbone: {'; '.join(found.concepts)}\nredundant: {'; '.join(found.redundant)}\n"
        f"loss {found.loss:.4f}, of the redundant {found.redundant_loss:.4f}\n\n"
        + table(("step", "without", "loss", "loss of those left out", "statements"), steps)
    )


def _changes(arguments: argparse.Namespace, settings: NetworkSettings, statements: list[Coded], rng: Chance) -> str:
    if not arguments.window:
        raise UsageError("--tell changes without windows", "--window", "Try --window 30d")
    parsed = TimeWindow.parse(arguments.window)
    apart = replace(parsed, step=parsed.size + 1 - parsed.size % 2)  # a window of 4 reaches as far as one of 5
    many = list(windows(statements, replace(settings, isolates=True), apart))
    rows = [(f"{one.when:%Y-%m-%d}" if one.when else "", f"{one.chance:.3f}") for one in changes(many, rng)]
    return f"{len(many):,} windows\n" + (table(("changed", "chance"), rows) or "no change\n")


def _profiles(settings: NetworkSettings, statements: list[Coded]) -> str:
    parts = ((settings.variable2, concept_profiles), (settings.variable1, actor_profiles))
    return "\n".join(_listed(name, of(statements, settings)) for name, of in parts)


def _listed(variable: str, profiles: list[Standing]) -> str:
    rows = [
        (
            *(one.name, one.statements, one.others, one.agree, one.disagree),
            f"{one.agreeing.value:.0%}, {one.agreeing.low:.0%} to {one.agreeing.high:.0%}" if one.agreeing else "",
            "; ".join(f"{name} {side:+d}" for name, side in one.leading[:3]),
        )
        for one in profiles
    ]
    return table((variable, "statements", "others", "for", "against", "for, with interval", "with"), rows)


def _validity(
    arguments: argparse.Namespace, settings: NetworkSettings, statements: list[Coded], checked: Checked
) -> str:
    if checked is None:
        raise UsageError("--windows without human codes", "--checked FILE", "Give a file that persons coded")
    widths = [TimeWindow.parse(words) for words in arguments.windows.split(",")]
    both = [coded for coded in statements if coded.id in checked] or statements  # other ids: coded apart, all count
    rows = [
        (
            f"{one.window.size} {one.window.unit}",
            one.windows,
            one.empty,
            *("" if value is None else f"{value:.3f}" for value in (one.ties, one.concepts)),
        )
        for one in validity(both, list(checked.values()), settings, widths)
    ]
    return table(("width", "windows", "empty", "ties, r", f"{settings.variable2} shares, r"), rows)
