"""Backbones, polarisation, communities, centralities, changes, profiles: small debates whose answer is plain."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from numpy.random import default_rng

from debate import DEBATE, FERRY, LINE, PIER, PORT, TOLL, UNION, many, said
from onrecord.errors import UsageError
from onrecord.networks.building.choosing import chosen
from onrecord.networks.building.counting import Counts, count
from onrecord.networks.building.network import network
from onrecord.networks.building.settings import NetworkSettings
from onrecord.networks.building.windows import TimeWindow, windows
from onrecord.networks.drawing.picture import svg
from onrecord.networks.measuring.backbone import (
    Spectra,
    disparity,
    fixed_backbone,
    loss_of,
    nested_backbone,
    penalty_backbone,
)
from onrecord.networks.measuring.changes import changes
from onrecord.networks.measuring.communities import communities
from onrecord.networks.measuring.graphs import centralities, places
from onrecord.networks.measuring.polarisation import dna_polarisation, polarisation
from onrecord.networks.measuring.profiles import actor_profiles, concept_profiles

CONGRUENCE = NetworkSettings(mode="one-mode", aggregation="congruence")
CONFLICT = replace(CONGRUENCE, aggregation="conflict")
SUBTRACT = NetworkSettings(mode="one-mode", aggregation="subtract", normalisation="average")
CAMPS = [
    said(n, body, concept, (body in (UNION, LINE)) is (concept == PIER))
    for n, (body, concept) in enumerate(itertools.product((UNION, LINE, PORT, "Town Hall"), (PIER, TOLL)))
]


def two_networks(statements: list) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    return network(statements, CONGRUENCE).dense, network(statements, CONFLICT).dense


def test_two_camps_of_one_mind_are_wholly_polarised() -> None:
    found = polarisation(*two_networks(CAMPS), default_rng(1))
    assert found.score == pytest.approx(1)
    rows = network(CAMPS, CONGRUENCE).rows
    assert {name for name, bloc in zip(rows, found.blocs, strict=True) if bloc == found.blocs[rows.index(UNION)]} == {
        UNION,
        LINE,
    }


def test_where_all_agree_nobody_is_polarised() -> None:
    together = [said(n, body, PIER) for n, body in enumerate((UNION, LINE, PORT))]
    assert polarisation(*two_networks(together), default_rng(1)).score == 0


@pytest.mark.parametrize("seed", range(5))
def test_the_division_found_is_the_best_of_all(seed: int) -> None:
    congruence, conflict = two_networks(many(120, 8, 4, default_rng(seed)))
    pull = congruence / congruence.sum() - conflict / conflict.sum()
    best = max(
        float(pull[np.equal.outer(np.array(side), np.array(side))].sum())
        for side in itertools.product((0, 1), repeat=8)
    )
    assert polarisation(congruence, conflict, default_rng(seed)).score == pytest.approx(best)


@pytest.mark.parametrize("seed", range(3))
def test_dna_s_genetic_algorithm_finds_its_greatest_distance_among_equal_blocs(seed: int) -> None:
    average = [
        network(many(120, 8, 4, default_rng(seed)), replace(of, normalisation="average")).dense
        for of in (CONGRUENCE, CONFLICT)
    ]
    genetic = dna_polarisation(average[0], average[1], default_rng(1))
    greedy = dna_polarisation(average[0], average[1], default_rng(1), algorithm="greedy")
    assert sorted(np.bincount(genetic.blocs)) == [4, 4]
    scores = []
    for half in itertools.combinations(range(8), 4):
        bloc = np.isin(np.arange(8), half)
        same, off = np.equal.outer(bloc, bloc), ~np.eye(8, dtype=bool)
        ideal_within = average[0].sum() / (2 * 12) / 2  # half of the within-bloc pairs are of one bloc; DNA's factor
        ideal_between = 16 / 32 * average[1].sum() / 32
        inside = np.abs(average[0] - ideal_within) + average[1]
        outside = average[0] + np.abs(average[1] - ideal_between)
        scores.append((inside[same & off].sum() + outside[~same].sum()) / 2 / (average[0].sum() + average[1].sum()))
    assert genetic.score == pytest.approx(max(scores))
    assert min(scores) <= greedy.score <= max(scores) + 1e-12


def counts_of(statements: list, settings: NetworkSettings = SUBTRACT) -> Counts:  # type: ignore[type-arg]
    return count(chosen(statements, settings), settings)


def test_a_backbone_is_the_set_of_least_loss_among_all() -> None:
    counts = counts_of(many(200, 6, 6, default_rng(4)))
    spectra = Spectra(counts, SUBTRACT)
    sets = [frozenset(part) for part in itertools.combinations(range(6), 3)]
    found = fixed_backbone(counts, SUBTRACT, default_rng(1), size=3, iterations=800)
    assert found.loss == pytest.approx(min(spectra.loss(part) for part in sets))
    assert loss_of(counts, SUBTRACT, found.concepts) == found
    assert len(found.concepts) == len(found.redundant) == 3


def test_a_greater_penalty_makes_no_larger_backbone() -> None:
    counts = counts_of(many(200, 6, 6, default_rng(4)))
    sizes = [
        len(penalty_backbone(counts, SUBTRACT, default_rng(1), penalty=penalty, iterations=1500).concepts)
        for penalty in (0.1, 3.0, 50.0)
    ]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] == 1


def test_a_nested_backbone_names_every_concept_once_and_begins_with_the_least_missed() -> None:
    counts = counts_of(many(200, 6, 5, default_rng(5)))
    steps = nested_backbone(counts, SUBTRACT)
    assert sorted(step.concept for step in steps) == list(counts.columns)
    assert steps[-1].statements == 0
    spectra = Spectra(counts, SUBTRACT)
    every = frozenset(range(5))
    assert steps[0].loss == min(spectra.loss(every - {at}) for at in every)


def test_backbones_are_the_same_for_the_same_seed_and_want_two_concepts() -> None:
    counts = counts_of(many(200, 6, 6, default_rng(4)))
    assert penalty_backbone(counts, SUBTRACT, default_rng(3)) == penalty_backbone(counts, SUBTRACT, default_rng(3))
    with pytest.raises(UsageError):
        penalty_backbone(counts_of([said(1, UNION, PIER)]), SUBTRACT, default_rng(1))


def test_the_disparity_filter_keeps_what_one_end_would_not_have_by_chance() -> None:
    star = [said(n, UNION, f"Cause {n}") for n in range(10)] + [said(99 + n, UNION, PIER) for n in range(60)]
    kept = list(disparity(network(star, NetworkSettings()), alpha=0.05).edges())
    assert [edge.column for edge in kept] == [PIER]


def test_communities_are_the_camps() -> None:
    found = communities(network(CAMPS, CONGRUENCE), seed=1)
    assert {frozenset(group) for group in found.groups} == {frozenset((UNION, LINE)), frozenset((PORT, "Town Hall"))}
    assert found == communities(network(CAMPS, CONGRUENCE), seed=1)
    assert communities(network([said(1, UNION, PIER)], CONGRUENCE), seed=1).groups == ()


def test_a_value_that_is_actor_and_concept_is_two_nodes() -> None:
    made = network([said(1, PORT, PORT), said(2, PORT, PIER)], NetworkSettings())
    assert len(places(made)) == 3
    assert sum(len(group) for group in communities(made, seed=1).groups) == 3


def test_who_is_tied_to_all_is_the_most_central() -> None:
    middle = [said(1, UNION, PIER), said(2, UNION, TOLL), said(3, PORT, PIER), said(4, LINE, TOLL)]
    first = centralities(network(middle, CONGRUENCE))[0]
    assert (first.name, first.degree, first.strength, first.betweenness) == (UNION, 2, 2, 1)


def test_a_debate_that_turns_over_changes_where_it_turns() -> None:
    turning = [
        said(n, UNION if n % 2 else PORT, PIER if day < 100 else TOLL, day=day) for n, day in enumerate(range(200))
    ]
    many_windows = list(windows(turning, NetworkSettings(isolates=True), TimeWindow(9, "days", step=9)))
    (found,) = changes(many_windows, default_rng(1))
    assert found.when is not None
    assert abs((found.when - turning[100].when).days) <= 9
    steady = [said(n, UNION if n % 2 else PORT, PIER, day=n) for n in range(200)]
    assert (
        changes(list(windows(steady, NetworkSettings(isolates=True), TimeWindow(9, "days", step=9))), default_rng(1))
        == []
    )


def test_profiles_tell_both_sides_and_leave_out_who_takes_none() -> None:
    first = concept_profiles(DEBATE, NetworkSettings())[0]
    assert (first.name, first.statements, first.agree, first.disagree, first.others) == (PIER, 4, 2, 2, 3)
    assert dict(first.leading) == {UNION: -2, PORT: 1, LINE: 1}
    ferry = next(one for one in concept_profiles(DEBATE, NetworkSettings()) if one.name == FERRY)
    assert ferry.agreeing is None
    assert [one.name for one in actor_profiles(DEBATE, NetworkSettings())] == [UNION, PORT, LINE]


def test_a_picture_is_the_same_each_time_and_escapes_names() -> None:
    debate = [*DEBATE, said(99, "<b>Loud & Co</b>", PIER)]
    drawn = svg(network(debate, NetworkSettings(aggregation="subtract")), "Who stands <where>")
    assert drawn == svg(network(debate, NetworkSettings(aggregation="subtract")), "Who stands <where>")
    assert "<b>" not in drawn
    assert "&lt;b&gt;Loud &amp; Co&lt;/b&gt;" in drawn
    assert "stroke-dasharray" in drawn
