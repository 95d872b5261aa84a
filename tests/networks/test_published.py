"""The figures that DNA's own package is tested with, on its sample; and DebateNet against plain sums."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.random import default_rng

from conftest import NOON
from needs import SHARED
from networks.test_weights import ONE, TWO, Plain, compared
from onrecord.archive.correcting.runs import start_run
from onrecord.archive.listing.exporting import export_rows
from onrecord.archive.listing.tables import Choice
from onrecord.archive.store.keeping import keep_many
from onrecord.archive.store.opening import open_archive
from onrecord.exchange import codes, dna
from onrecord.exchange.dna.records import records
from onrecord.networks.building.choosing import chosen
from onrecord.networks.building.counting import count
from onrecord.networks.building.network import network
from onrecord.networks.building.settings import Exclusion, NetworkSettings
from onrecord.networks.building.windows import TimeWindow, windows
from onrecord.networks.measuring.backbone import fixed_backbone, nested_backbone
from onrecord.networks.measuring.polarisation import dna_polarisation
from onrecord.records.coded import Coded, CodedDocument

SAMPLE = "data/dna-sample/sample.dna"
DEBATENET = "data/debatenet/DebateNet-migr15v2.jsonl"
RULES = "There should be legislation to regulate emissions."
WITHOUT = (
    Exclusion(variable="concept", values=frozenset({RULES})),
    Exclusion(variable="organization", values=frozenset({"Senate", "Sierra Club"})),
)


def from_file() -> list[Coded]:
    return list(dna.read(SHARED / SAMPLE).statements)


def from_archive(tmp_path: Path) -> list[Coded]:
    """The sample kept in an archive, its codes beside."""
    project = dna.read(SHARED / SAMPLE)
    with open_archive(str(tmp_path / "a.db"), clock=lambda: NOON) as archive:
        kept = list(records(project))
        run = start_run(archive, "dna", kept[0].provenance)
        assert len(list(keep_many(archive, kept, run))) == 7
        table = [
            {
                "article": f"dna:{coded.document.id}",
                "statement": coded.id,
                "concept": coded.concept,
                "agreement": coded.agreement,
            }
            for coded in project.statements
            if coded.concept
        ]
        path = tmp_path / "codes.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in table), "utf-8")
        return list(codes.coded(export_rows(archive, Choice(with_ids=True)), codes.read(path)))


@pytest.mark.shared(SAMPLE)
@pytest.mark.parametrize("through", ["file", "archive"])
def test_the_sample_has_the_published_figures(through: str, tmp_path: Path) -> None:
    statements = from_file() if through == "file" else from_archive(tmp_path)

    def total(mode: Any, aggregation: Any, normalisation: Any = "no", **more: Any) -> tuple[tuple[int, int], Any]:
        made = network(
            statements, NetworkSettings(mode=mode, aggregation=aggregation, normalisation=normalisation, **more)
        )
        return (len(made.rows), len(made.columns)), float(made.weights.sum())

    assert total("two-mode", "ignore") == ((7, 6), 40)
    assert total("one-mode", "ignore") == ((7, 7), 276)
    assert total("one-mode", "congruence", "average") == ((7, 7), pytest.approx(25.8024, abs=5e-5))
    assert total("one-mode", "congruence", "average", exclusions=WITHOUT) == ((5, 5), pytest.approx(9.8095, abs=5e-5))
    assert total("one-mode", "conflict")[1] == 116
    assert total("one-mode", "congruence")[1] == 160
    assert total("one-mode", "subtract")[1] == 44


@pytest.mark.shared(SAMPLE)
def test_dna_s_polarisation_of_the_sample_is_the_published_one() -> None:
    average = NetworkSettings(mode="one-mode", aggregation="congruence", normalisation="average")
    congruence, conflict = (
        network(from_file(), replace(average, aggregation=of)).dense for of in ("congruence", "conflict")
    )
    for seed in range(5):
        assert dna_polarisation(congruence, conflict, default_rng(seed)).score == pytest.approx(0.5342493, abs=1e-6)
    greedy = [dna_polarisation(congruence, conflict, default_rng(n), algorithm="greedy").score for n in range(5)]
    assert max(greedy) == pytest.approx(0.5342493, abs=0.1)


@pytest.mark.shared(SAMPLE)
def test_backbones_of_the_sample_have_the_published_shape() -> None:
    settings = NetworkSettings(mode="one-mode", aggregation="subtract", normalisation="average")
    counts = count(chosen(from_file(), settings), settings)
    fixed = fixed_backbone(counts, settings, default_rng(1), size=4, iterations=500)
    assert (len(fixed.concepts), len(fixed.redundant)) == (4, 2)
    assert fixed.loss > 0 < fixed.redundant_loss
    assert len(nested_backbone(counts, settings)) == 6


@pytest.mark.shared(SAMPLE)
def test_the_sample_has_as_many_kernel_windows_as_published() -> None:
    settings = NetworkSettings(mode="one-mode", aggregation="subtract", normalisation="average")
    assert len(list(windows(from_file(), settings, TimeWindow(8, "days", "gaussian")))) == 22


def claims() -> list[Coded]:
    """DebateNet as actor, concept (the first main category), side."""
    found = []
    for n, line in enumerate((SHARED / DEBATENET).read_text("utf-8").splitlines()):
        claim = json.loads(line)
        when = datetime.datetime.fromisoformat(claim["cdate"])
        document = CodedDocument(id=str(claim["doc_id"]), when=when)
        main = min((value[0] for value in claim["claimvalues"]), default="0")
        found.append(
            Coded(
                id=str(n),
                document=document,
                organization=claim["name"] or "",
                concept=f"{main}00",
                agreement=claim["cpos"] == "1",
                when=when,
            )
        )
    return found


@pytest.fixture(scope="module")
def debatenet() -> tuple[list[Coded], Plain]:
    often = {body for body in {c.organization for c in claims()} if body}
    counted = dict.fromkeys(often, 0)
    for coded in claims():
        if coded.organization:
            counted[coded.organization] += 1
    kept = [coded for coded in claims() if counted.get(coded.organization, 0) >= 8]
    return kept, Plain(kept, "agreement", [False, True])


@pytest.mark.shared(DEBATENET)
@pytest.mark.parametrize(
    ("mode", "aggregation", "normalisation"), [("two-mode", *of) for of in TWO] + [("one-mode", *of) for of in ONE]
)
def test_debatenet_s_networks_equal_plain_sums(
    debatenet: tuple[list[Coded], Plain], mode: Any, aggregation: Any, normalisation: Any
) -> None:
    statements, plain = debatenet
    assert len(statements) > 1000
    compared(statements, NetworkSettings(mode=mode, aggregation=aggregation, normalisation=normalisation), plain)


@pytest.mark.shared(DEBATENET)
def test_all_of_debatenet_is_in_its_network() -> None:
    made = network(claims(), NetworkSettings())
    assert made.statements == made.dense.sum() == sum(1 for coded in claims() if coded.organization)
    assert np.count_nonzero(made.dense) == made.weights.nnz
