"""One connection to a database, the same for SQLite and PostgreSQL: SQL with `?` for each parameter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Literal, Protocol

Dialect = Literal["sqlite", "postgres"]
AT_ONCE = 500  # parameters of one IN list; both databases take far more


class Database(Protocol):
    """One connection, for one thread at a time. Every failure comes out as an ArchiveError."""

    @property
    def dialect(self) -> Dialect:
        """Which of the two it is, for the few statements that differ."""

    @property
    def read_only(self) -> bool:
        """Whether `writing` is refused."""

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""

    def row(self, sql: str, parameters: Sequence[object] = ()) -> tuple[Any, ...] | None:
        """The first row of a query, or None."""

    def each(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a query that is too long to hold; inside `reading` or `writing` only."""

    def run(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """Do it, and tell how many rows it touched."""

    def many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Do it once for each of `rows`."""

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Insert `rows` the fastest way there is."""

    def script(self, sql: str) -> None:
        """Several statements, without parameters."""

    def writing(self) -> AbstractContextManager[None]:
        """One write transaction, alone among writers; joins one that is open; undone by any exception."""

    def reading(self) -> AbstractContextManager[None]:
        """One snapshot for all queries inside; joins a transaction that is open."""

    def close(self) -> None:
        """Let go of the connection."""


def one(database: Database, sql: str, parameters: Sequence[object] = ()) -> Any:
    """The first value of the first row, or None where there is no row."""
    row = database.row(sql, parameters)
    return None if row is None else row[0]


def rows_in(database: Database, sql: str, values: Iterable[object]) -> Iterator[tuple[Any, ...]]:
    """The rows of `sql`, which holds one `{in}` where the list of `values` goes; asked in pieces."""
    given = list(values)
    for at in range(0, len(given), AT_ONCE):
        piece = given[at : at + AT_ONCE]
        yield from database.rows(sql.replace("{in}", marks(len(piece))), piece)


def run_in(database: Database, sql: str, values: Iterable[object]) -> int:
    """`rows_in` for what gives no rows: how many were touched."""
    given = list(values)
    pieces = [given[at : at + AT_ONCE] for at in range(0, len(given), AT_ONCE)]
    return sum(database.run(sql.replace("{in}", marks(len(piece))), piece) for piece in pieces)


def marks(n: int) -> str:
    """`(?, ?, …)` with n parameters."""
    return f"({', '.join('?' * n)})"


def allocate(database: Database, table: str, n: int = 1) -> int:
    """The first of `n` new ids of `table`, inside `writing`. An id is never given twice, even when its row is gone.

    `table` is a name of the schema, never user input.
    """
    last = one(database, "SELECT last FROM numbers WHERE name = ?", (table,)) or 0
    first = max(last, one(database, f"SELECT MAX(id) FROM {table}") or 0) + 1
    database.run(
        "INSERT INTO numbers (name, last) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET last = excluded.last",
        (table, first + n - 1),
    )
    return first
