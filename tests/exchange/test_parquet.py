"""Parquet: typed columns, the same rows, the same bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from onrecord.archive.correcting.runs import start_run
from onrecord.archive.listing.exporting import export_rows
from onrecord.archive.listing.tables import Choice
from onrecord.archive.store.keeping import keep, keep_many
from onrecord.archive.store.opening import Archive
from onrecord.exchange.parquet import write as write_parquet
from onrecord.records import Record

PLAIN = Choice()
EVERYTHING = Choice(with_text=True, with_times=True, with_ids=True, with_rejected=True)


@pytest.fixture
def kept(archive: Archive, records: tuple[Record, ...]) -> Archive:
    list(keep_many(archive, records, start_run(archive, "", records[0].provenance)))
    return archive


def test_parquet_has_types_and_the_same_rows(kept: Archive, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra parquet is not installed")
    path = tmp_path / "said.parquet"
    assert write_parquet(export_rows(kept, EVERYTHING), path, EVERYTHING) == 2
    first = path.read_bytes()
    write_parquet(export_rows(kept, EVERYTHING), path, EVERYTHING)
    assert path.read_bytes() == first
    table = parquet.read_table(path)
    schema = {field.name: str(field.type) for field in table.schema}
    assert schema["content_spans"] == "list<element: struct<start: int32, end: int32>>"
    assert (schema["published"], schema["confidence"], schema["version"]) == ("date32[day]", "double", "int32")
    back = table.to_pylist(maps_as_pydicts="strict")
    for row, held in zip(export_rows(kept, EVERYTHING), back, strict=True):
        held |= {
            f"{r}_spans": [[s["start"], s["end"]] for s in held[f"{r}_spans"]] for r in ("content", "source", "cue")
        }
        for target in held["about"]:
            target["words"] = [[span["start"], span["end"]] for span in target["words"]]
        held["published"] = held["published"] and held["published"].isoformat()
        assert held == row


def test_published_is_a_day_in_parquet(archive: Archive, record: Record, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra parquet is not installed")
    dated = replace(record, article=replace(record.article, published=date(2031, 5, 4)))
    keep(archive, dated, start_run(archive, "", record.provenance))
    write_parquet(export_rows(archive, PLAIN), tmp_path / "said.parquet", PLAIN)
    assert parquet.read_table(tmp_path / "said.parquet").column("published").to_pylist() == [date(2031, 5, 4)]
