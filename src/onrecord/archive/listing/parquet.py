"""Exported rows as one Parquet file with typed columns. The only file of the archive that imports pyarrow."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from onrecord.archive.listing.tables import ABOUT, LICENCE, OCCASION, Choice, Row, columns
from onrecord.archive.store.placing import put_in_place
from onrecord.errors import MissingExtra

ROWS_AT_ONCE = 10_000
"""Rows of a row group, and the most that are held."""


def write_parquet(rows: Iterable[Row], path: Path, choice: Choice) -> int:
    """Write the rows; how many. The same rows give the same bytes.

    Raises MissingExtra without pyarrow.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise MissingExtra.named("parquet", "pyarrow") from None
    schema = _schema(pa, choice)
    n, rows = 0, iter(rows)
    with put_in_place(path) as part, parquet.ParquetWriter(part, schema, compression="zstd") as writer:
        while group := [_typed(row) for row in islice(rows, ROWS_AT_ONCE)]:
            writer.write_table(pa.Table.from_pylist(group, schema=schema))
            n += len(group)
    return n


def _schema(pa: Any, choice: Choice) -> Any:
    text = pa.string()
    spans = pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32())]))
    target = [(part, spans if part == "words" else text) for part in ABOUT]
    kinds = {
        "statement_id": pa.int64(),
        "article_id": pa.int64(),
        "person_id": pa.int64(),
        "version": pa.int32(),
        "published": pa.date32(),
        "content_spans": spans,
        "source_spans": spans,
        "cue_spans": spans,
        "confidence": pa.float64(),
        "occasion": pa.struct([(part, text) for part in OCCASION]),
        "about": pa.list_(pa.struct(target)),
        "decided_by": pa.map_(text, text),
    }
    return pa.schema(
        [(name, kinds.get(name, text)) for name in columns(choice)],
        metadata={"generator": "onrecord", "licence": LICENCE},
    )


def _typed(row: Row) -> Row:
    return {
        **row,
        "published": None if row["published"] is None else date.fromisoformat(row["published"]),
        **{f"{role}_spans": _spans(row[f"{role}_spans"]) for role in ("content", "source", "cue")},
        "about": [{**target, "words": _spans(target["words"])} for target in row["about"]],
        "decided_by": list(row["decided_by"].items()),
    }


def _spans(pairs: list[list[int]]) -> list[dict[str, int]]:
    return [{"start": start, "end": end} for start, end in pairs]
