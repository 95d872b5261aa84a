"""Parquet tables: one row is one article. Read batch by batch, only the columns that are wanted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from onrecord.errors import EmptyInput, InputError, MalformedFile, MissingExtra
from onrecord.reading.columns import Columns
from onrecord.reading.source import LIMIT_OF_A_FILE, Defaults, read_all, too_large
from onrecord.records import Article, Skipped

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

MAGIC = b"PAR1"
ROWS = 64  # a batch
LIMIT_OF_A_GROUP = 2 << 30
"""Bytes of one row group when unpacked, as its own header tells."""


def read_parquet(stream: BinaryIO, name: str, defaults: Defaults) -> Iterator[Article | Skipped]:
    """The articles of the rows in order, a Skipped for each bad one, named FILE:ROW, the first row being 1."""
    number = 0
    try:
        table, columns = _opened(stream, defaults)
        for row in _rows(table, columns):
            number += 1
            try:
                yield columns.article(row, defaults)
            except InputError as error:
                yield Skipped.because(f"{name}:{number}", error)
        if not number:
            raise EmptyInput("a table without rows", "one row an article", "Check that the file was saved")
    except InputError as error:
        yield Skipped.because(f"{name}, after row {number}" if number else name, error)


def _opened(stream: BinaryIO, defaults: Defaults) -> tuple[ParquetFile, Columns]:
    try:
        import pyarrow
        from pyarrow.parquet import ParquetFile
    except ModuleNotFoundError as error:
        raise MissingExtra.named("parquet", "pyarrow") from error
    source = stream if stream.seekable() else pyarrow.BufferReader(read_all(stream, LIMIT_OF_A_FILE))
    try:
        names = ParquetFile(source).schema_arrow.names
        columns = Columns.of(names, defaults.columns)
        # A text that a thousand rows share stays one text in memory.
        return ParquetFile(source, read_dictionary=[columns.names["text"]]), columns
    except InputError:
        raise
    except Exception as error:  # pyarrow raises what its C++ parts please: ArrowInvalid, OSError, OverflowError …
        raise _damaged(error) from error


def _rows(table: ParquetFile, columns: Columns) -> Iterator[dict[str, Any]]:
    wanted = list(columns.names.values())
    try:
        for group in range(table.num_row_groups):
            if (size := table.metadata.row_group(group).total_byte_size) > LIMIT_OF_A_GROUP:
                raise too_large(f"a row group of {size:,} bytes", LIMIT_OF_A_GROUP)
            for batch in table.iter_batches(ROWS, row_groups=[group], columns=wanted):
                for row in range(len(batch)):
                    yield batch.slice(row, 1).to_pylist()[0]
    except InputError:
        raise
    except Exception as error:
        raise _damaged(error) from error


def _damaged(error: Exception) -> MalformedFile:
    first = (str(error).strip().splitlines() or [type(error).__name__])[0]
    return MalformedFile(f"a damaged Parquet file ({first[:120]})", "an intact one", "Write or fetch the file again")
