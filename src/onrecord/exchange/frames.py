"""Statements of records, or of an archive, as a table of Arrow, pandas or polars, with the columns of the Parquet file.

from onrecord.exchange.frames import to_pandas
to_pandas(onrecord.read(text))
to_pandas(archive)
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Any

from onrecord.archive.listing.exporting import export_rows
from onrecord.archive.listing.tables import Choice, Row
from onrecord.archive.store.opening import Archive
from onrecord.errors import MissingExtra
from onrecord.exchange.parquet import arrow, schema, typed
from onrecord.exchange.rows import PLAIN, rows_of
from onrecord.records import Record

Source = Record | Iterable[Record] | Archive


def to_arrow(source: Source, choice: Choice = PLAIN) -> Any:
    """A pyarrow.Table, a row a statement. Raises MissingExtra without pyarrow."""
    pa = arrow()
    if isinstance(source, Archive):
        rows: Iterable[Row] = export_rows(source, choice)
    else:
        rows = rows_of([source] if isinstance(source, Record) else source, choice)
    return pa.Table.from_pylist([typed(row) for row in rows], schema=schema(pa, choice))


def to_pandas(source: Source, choice: Choice = PLAIN) -> Any:
    """A pandas.DataFrame, a row a statement. Raises MissingExtra without pandas or pyarrow."""
    _library("pandas")
    return to_arrow(source, choice).to_pandas()


def to_polars(source: Source, choice: Choice = PLAIN) -> Any:
    """A polars.DataFrame, a row a statement. Raises MissingExtra without polars or pyarrow."""
    return _library("polars").from_arrow(to_arrow(source, choice))


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise MissingExtra.named(name, name) from None
