"""Networks in other programs' formats, read again by their own libraries or by their published form."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import TextIO

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debate import DEBATE, PIER, said
from onrecord.archive.listing.tables import plain_cell
from onrecord.exchange.graphs import edges, gexf, graphml, matrix, pajek, ucinet
from onrecord.exchange.registry import formats, names
from onrecord.networks.building.network import Network, network
from onrecord.networks.building.settings import NetworkSettings
from onrecord.networks.building.windows import TimeWindow, windows

ODD = '=Ü 🙂 "Q" & <b>\'s"'
TWO = NetworkSettings(aggregation="subtract")
ONE = NetworkSettings(mode="one-mode", aggregation="subtract", normalisation="average")
MADE = [network([*DEBATE, said(9, ODD, PIER)], of) for of in (TWO, ONE)]


def written(write: Callable[[Network, TextIO], object], one: Network) -> str:
    out = io.StringIO()
    write(one, out)
    return out.getvalue()


def test_a_matrix_has_names_in_its_first_row_and_column_and_no_formulas() -> None:
    for one in MADE:
        rows = list(csv.reader(io.StringIO(written(matrix.write, one), newline="")))
        assert [plain_cell(name) for name in rows[0][1:]] == list(one.columns)
        assert [plain_cell(row[0]) for row in rows[1:]] == list(one.rows)
        np.testing.assert_allclose(np.array([row[1:] for row in rows[1:]], dtype=float), one.dense)
        assert not any(cell.startswith("=") for row in rows for cell in row)


def test_graphml_is_read_by_networkx_with_its_types() -> None:
    for one in MADE:
        graph = nx.parse_graphml(written(graphml.write, one))
        labels = nx.get_node_attributes(graph, "label")
        assert sorted(labels.values()) == sorted(one.rows if one.one_mode else (*one.rows, *one.columns))
        found = {frozenset((labels[a], labels[b])): data["weight"] for a, b, data in graph.edges(data=True)}
        assert found == {frozenset((edge.row, edge.column)): pytest.approx(edge.weight) for edge in one.edges()}
        assert all(data["sign"] in (-1, 1) for _, _, data in graph.edges(data=True))


def test_every_attribute_of_graphml_is_declared_with_a_type() -> None:
    root = ET.fromstring(written(graphml.write, MADE[0]))
    space = "{http://graphml.graphdrawing.org/xmlns}"
    declared = {key.get("id") for key in root.iter(f"{space}key") if key.get("attr.type") and key.get("attr.name")}
    assert {data.get("key") for data in root.iter(f"{space}data")} <= declared


def test_gexf_has_what_its_head_declares() -> None:
    for one in MADE:
        text = written(gexf.write, one)
        root = ET.fromstring(text)
        space = "{http://gexf.net/1.3}"
        assert root.get("version") == "1.3"
        assert len(list(root.iter(f"{space}node"))) == len(one.rows) + (0 if one.one_mode else len(one.columns))
        assert len(list(root.iter(f"{space}edge"))) == len(list(one.edges()))
        declared = {a.get("id") for group in root.iter(f"{space}attributes") for a in group}
        assert {value.get("for") for value in root.iter(f"{space}attvalue")} <= declared


def test_gexf_is_read_by_networkx_with_its_types() -> None:
    for one in MADE:
        graph = nx.read_gexf(io.BytesIO(written(gexf.write, one).encode()), version="1.3")
        found = sum(data["signed_weight"] for _, _, data in graph.edges(data=True))
        assert found == pytest.approx(sum(edge.weight for edge in one.edges()))
        assert {data["mode"] for _, data in graph.nodes(data=True)} == ({1} if one.one_mode else {1, 2})


def test_windows_are_spells_in_gexf() -> None:
    many = list(
        windows(
            [coded for coded in DEBATE if coded.when.year == 2024], NetworkSettings(), TimeWindow(3, "days", step=3)
        )
    )
    out = io.StringIO()
    gexf.write_windows(many, out)
    root = ET.fromstring(out.getvalue())
    space = "{http://gexf.net/1.3}"
    (graph,) = root.iter(f"{space}graph")
    assert graph.get("mode") == "dynamic"
    assert nx.read_gexf(io.BytesIO(out.getvalue().encode()), version="1.3").number_of_edges() > 0
    assert len(list(root.iter(f"{space}spell"))) == sum(len(list(one.edges())) for one in many)


def test_pajek_is_read_by_networkx_and_says_how_many_are_of_the_first_mode() -> None:
    two, one = MADE
    assert (
        written(pajek.write, two).splitlines()[0]
        == f"\ufeff*Vertices {len(two.rows) + len(two.columns)} {len(two.rows)}"
    )
    graph = nx.parse_pajek(written(pajek.write, one).removeprefix("\ufeff"))
    assert sorted(graph.nodes) == sorted(name.replace('"', "'") for name in one.rows)
    assert sum(data["weight"] for _, _, data in graph.edges(data=True)) == pytest.approx(
        sum(edge.weight for edge in one.edges())
    )


def test_ucinet_s_matrix_has_as_many_labels_and_numbers_as_it_says() -> None:
    two, one = (written(ucinet.write, made).splitlines() for made in MADE)
    assert two[0] == f"dl nr = {len(MADE[0].rows)}, nc = {len(MADE[0].columns)}, format = fullmatrix"
    data = [[float(number) for number in line.split()] for line in two[two.index("data:") + 1 :]]
    np.testing.assert_allclose(data, MADE[0].dense)
    assert one[1] == "labels:"
    assert len(one[2 : one.index("data:")]) == len(MADE[1].rows)


def test_edges_carry_their_window_and_interval() -> None:
    made = MADE[0]
    out = io.StringIO()
    edges.write_windows(
        [made.with_weights(made.weights, made.weights - abs(made.weights), made.weights + abs(made.weights))], out
    )
    rows = list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))
    assert rows[0].keys() == {"start", "middle", "stop", "source", "target", "weight", "low", "high"}
    assert all(float(row["low"]) <= float(row["weight"]) <= float(row["high"]) for row in rows)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.text(min_size=1), st.text(min_size=1)), min_size=1, max_size=5))
def test_any_name_can_stand_in_every_format(names: list[tuple[str, str]]) -> None:
    made = network([said(n, a, b) for n, (a, b) in enumerate(names)], NetworkSettings())
    for write in (graphml.write, gexf.write):
        ET.fromstring(written(write, made))
    for plain in (pajek.write, ucinet.write):
        assert written(plain, made)
    rows = list(csv.reader(io.StringIO(written(matrix.write, made), newline="")))
    assert {len(row) for row in rows} == {len(made.columns) + 1}


def test_every_format_of_networks_is_in_the_registry_and_no_other_needs_their_extra() -> None:
    assert set(names("network")) == {"csv", "edges", "gexf", "graphml", "pajek", "svg", "ucinet"}
    for each in formats("network"):
        out = io.StringIO()
        assert each.write(MADE[0], out, None) > 0
        assert out.getvalue()
    assert not any(each.extra == "networks" for each in formats("statements", "records", "archive"))
