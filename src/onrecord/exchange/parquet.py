"""Parquet, and Arrow tables: statements in typed columns. Only this folder and the reader of Parquet import pyarrow."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, get_origin

from onrecord.archive.listing.tables import ABOUT, LATER, LICENCE, OCCASION, OWN, Choice, Row, columns
from onrecord.archive.store.placing import put_in_place
from onrecord.errors import MissingExtra
from onrecord.exchange.registry import Format
from onrecord.records import ROLES
from onrecord.records.codec import Part, dump
from onrecord.spans import Span

SPANS = tuple[Span, ...]
ROWS_AT_ONCE = 10_000
"""Rows of a row group, and the most that are held."""


def write(rows: Iterable[Row], path: Path, choice: Choice) -> int:
    """Write the rows; how many. The same rows give the same bytes. Raises MissingExtra without pyarrow."""
    pa = arrow()
    from pyarrow import parquet

    columns_ = schema(pa, choice)
    n, rows = 0, iter(rows)
    with put_in_place(path) as part, parquet.ParquetWriter(part, columns_, compression="zstd") as writer:
        while group := [typed(row) for row in islice(rows, ROWS_AT_ONCE)]:
            writer.write_table(pa.Table.from_pylist(group, schema=columns_))
            n += len(group)
    return n


def arrow() -> Any:
    """The library. Raises MissingExtra."""
    try:
        import pyarrow
    except ImportError:
        raise MissingExtra.named("parquet", "pyarrow") from None
    return pyarrow


def schema(pa: Any, choice: Choice) -> Any:
    """The types of the columns."""
    text = pa.string()
    spans = pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32())]))
    kinds = {
        "statement_id": pa.int64(),
        "article_id": pa.int64(),
        "person_id": pa.int64(),
        "version": pa.int32(),
        "published": pa.date32(),
        **{f"{role}_spans": spans for role in ROLES},
        **{each.name: _type(pa, each, spans) for each in OWN},
        "occasion": pa.struct([(part, text) for part in OCCASION]),
        "about": pa.list_(pa.struct([(part, spans if part == "words" else text) for part in ABOUT])),
    }
    return pa.schema(
        [(name, kinds.get(name, text)) for name in columns(choice)],
        metadata={"generator": "onrecord", "licence": LICENCE},
    )


def _type(pa: Any, part: Part, spans: Any) -> Any:
    """The type of a column that holds that field; what has none of its own is JSON."""
    if part.hint == SPANS:
        return spans
    if isinstance(origin := get_origin(part.hint), type) and issubclass(origin, Mapping):
        return pa.map_(pa.string(), pa.string())
    return {float: pa.float64(), bool: pa.bool_(), int: pa.int64(), datetime.date: pa.date32()}.get(
        part.hint, pa.string()
    )


def typed(row: Row) -> Row:
    """A row as its columns want it."""
    row = {
        **row,
        "published": None if row["published"] is None else datetime.date.fromisoformat(row["published"]),
        **{f"{role}_spans": _spans(row[f"{role}_spans"]) for role in ROLES},
        "about": [{**target, "words": _spans(target["words"])} for target in row["about"]],
        "decided_by": list(row["decided_by"].items()),
    }
    for name in LATER:
        if isinstance(value := row[name], list):
            row[name] = _spans(value) if SPANS in (part.hint for part in OWN if part.name == name) else dump(value)
    return row


def _spans(pairs: list[list[int]]) -> list[dict[str, int]]:
    return [{"start": start, "end": end} for start, end in pairs]


FORMAT = Format(
    name="parquet",
    holds="statements",
    suffix=".parquet",
    media_type="application/vnd.apache.parquet",
    told="the same with typed columns",
    write=write,
    extra="parquet",
    in_file=True,
)
