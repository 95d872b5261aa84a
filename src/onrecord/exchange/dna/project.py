"""What a .dna file holds, as values; and the tables that a new one begins with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from onrecord.records.coded import STATEMENT_TYPE, Coded, CodedDocument

Row = tuple[Any, ...]
Tables = Mapping[str, tuple[Row, ...]]

KEPT = (
    *("SETTINGS", "CODERS", "CODERRELATIONS", "STATEMENTTYPES", "VARIABLES", "VARIABLELINKS", "REGEXES", "ENTITIES"),
    *("ATTRIBUTEVARIABLES", "ATTRIBUTEVALUES"),
)
"""Tables that are kept row by row, so that colours, aliases and rights come back as they were."""

LONGEST = 190  # characters of a short text, a title, a name
SIDELESS = "DNA Statement without a side"
"""The type of statements that are neither for nor against, which DNA's yes or no cannot say."""

OWN_ID, CONFIDENCE = "statement id", "confidence"
NOTES = {"id": "onrecord id: ", "title": "onrecord title: ", "url": "onrecord url: "}
"""Lines of a document's notes that hold what DNA has no column, or no room for."""

GREY, YELLOW, BLUE = (211, 211, 211), (239, 208, 51), (51, 153, 255)
ADMIN = "Admin"
RIGHTS = 16


@dataclass(frozen=True, slots=True)
class DnaProject:
    """The statements and documents of a file, and its other `tables` as they stand in it; none in what is new."""

    statements: tuple[Coded, ...]
    documents: tuple[CodedDocument, ...] = ()
    tables: Tables = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<DnaProject: {len(self.statements)} statements in {len(self.documents)} documents>"


def coder_row(number: int, name: str, password: str, colour: tuple[int, int, int]) -> Row:
    """A coder who may do everything."""
    return (number, name, *colour, 0, 14, password, 300, 0, 0, 1, *([1] * RIGHTS))


def beginnings(password: str) -> dict[str, list[Row]]:
    """The tables of a new file: the Admin, and the statement type with its four variables, as DNA makes them."""
    variables = ((1, "person"), (2, "organization"), (3, "concept"))
    return {
        **{name: [] for name in KEPT},
        "SETTINGS": [("version", "3.0.7"), ("date", "2022-06-10")],
        "CODERS": [coder_row(1, ADMIN, password, (255, 255, 0))],
        "STATEMENTTYPES": [(1, STATEMENT_TYPE, *YELLOW)],
        "VARIABLES": [*((at, name, "short text", 1) for at, name in variables), (4, "agreement", "boolean", 1)],
        "ENTITIES": [(at, at, "", 0, 0, 0, None) for at, _ in variables],
        "ATTRIBUTEVARIABLES": [
            (3 * place + at, at, name) for place, name in enumerate(("Type", "Alias", "Notes")) for at, _ in variables
        ],
        "ATTRIBUTEVALUES": [(3 * place + at, at, 3 * place + at, "") for place in range(3) for at, _ in variables],
    }
