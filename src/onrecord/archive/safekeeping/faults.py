"""What a check of an archive tells."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from onrecord.errors import OnrecordError

DAMAGE = (
    *(OnrecordError, zlib.error, ValueError, KeyError, TypeError, IndexError, AttributeError),
    *(AssertionError, ArithmeticError, RecursionError, StopIteration, RuntimeError),
)
"""What reading rows may raise that somebody changed by hand, or a failing disk."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it should be: the table, the id of the row, and what is wrong.

    `derived` is what onrecord works out from the rest, and makes anew where it is asked to repair.
    """

    table: str
    id: int | str
    what: str
    derived: bool = False

    def __str__(self) -> str:
        return f"{self.table} {self.id}: {self.what}"
