"""Cells and lines: nothing a spreadsheet would run, nothing that cannot be read back."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.archive.correcting.runs import start_run
from onrecord.archive.listing.exporting import export_rows
from onrecord.archive.listing.tables import Choice, flat_columns, neutral_cell, plain_cell
from onrecord.archive.store.keeping import keep
from onrecord.archive.store.opening import Archive
from onrecord.exchange.csv_table import write as write_csv
from onrecord.records import Record

EVERYTHING = Choice(with_text=True, with_times=True, with_ids=True, with_rejected=True)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@A1", "\tx", "\rx", "\nx", "'=1", "''+", "＝1"])
def test_a_formula_becomes_a_text(cell: str) -> None:
    assert neutral_cell(cell) == "'" + cell
    assert plain_cell("'" + cell) == cell


@pytest.mark.parametrize("cell", ["", "said", "'tis", "'", "1-1", "“-”", None, 0.5])
def test_other_cells_stay(cell: object) -> None:
    assert neutral_cell(cell) == cell


@given(st.text(st.sampled_from("'=+-@\t\r\nab＝,\""), max_size=8))
def test_every_cell_comes_back(cell: str) -> None:
    assert plain_cell(str(neutral_cell(cell))) == cell


def test_csv_can_be_read_back_and_holds_no_formula(archive: Archive, record: Record) -> None:
    title = '=HYPERLINK("https://bad.example","click")'
    evil = replace(record, article=replace(record.article, id="=cmd", title=title, outlet="@sum\r\n", url="-1"))
    keep(archive, evil, start_run(archive, "", record.provenance))
    out = io.StringIO(newline="")
    assert write_csv(export_rows(archive, EVERYTHING), out, EVERYTHING) == 1
    head, row = csv.reader(io.StringIO(out.getvalue(), newline=""))
    assert tuple(head) == flat_columns(EVERYTHING)
    cells = dict(zip(head, row, strict=True))
    assert (cells["title"], cells["outlet"], cells["url"], cells["article"]) == (
        "'" + title,
        "'@sum\r\n",
        "'-1",
        "'=cmd",
    )
    assert plain_cell(cells["title"]) == title
    assert not [cell for cell in row if cell[:1] in "=+-@\t\r" and cell]
    assert json.loads(cells["content_spans"]) == [[26, 44]]
    assert cells["occasion_medium"] == "Quay Radio"
