"""Tables for data frames: the columns of the Parquet file, from records and from an archive."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.archive.correcting.runs import start_run
from onrecord.archive.store.keeping import keep
from onrecord.archive.store.opening import Archive
from onrecord.errors import MissingExtra
from onrecord.exchange import frames
from onrecord.exchange.frames import to_arrow, to_pandas, to_polars
from onrecord.records import Record


def test_records_and_archives_become_arrow_tables(archive: Archive, record: Record) -> None:
    pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    keep(archive, record, start_run(archive, "", record.provenance))
    one, many, kept = to_arrow(record), to_arrow([record, record]), to_arrow(archive)
    assert (one.num_rows, many.num_rows, kept.num_rows) == (1, 2, 1)
    assert one.schema == kept.schema
    assert one.column("content").to_pylist() == kept.column("content").to_pylist() == [record.quote("1")]


@pytest.mark.parametrize(
    ("make", "library"),
    [
        pytest.param(to_pandas, "pandas", marks=pytest.mark.extra("pandas")),
        pytest.param(to_polars, "polars", marks=pytest.mark.extra("polars")),
    ],
)
def test_other_tables_hold_the_same(make: Any, library: str, record: Record) -> None:
    made = make([record, record])
    assert type(made).__module__.startswith(library)
    assert list(made.columns) == to_arrow(record).column_names
    assert list(made["speaker"]) == ["Rena Holt"] * 2


@pytest.mark.parametrize(("make", "library"), [(to_pandas, "pandas"), (to_polars, "polars")])
def test_what_is_missing_is_told_with_the_line_that_installs_it(
    make: Any, library: str, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(frames, "import_module", gone)
    with pytest.raises(MissingExtra, match=rf'pip install "onrecord\[{library}\]"'):
        make(record)
