"""A coded statement: who stands where on what, as a coder or a machine has put it down.

    text       We will not pay for the new pier, said Rena Holt of the Harbour Union.
    variables  person Rena Holt, organization Harbour Union, concept New pier, agreement no

It is what networks are made of, wherever it was coded: in an archive, in a file of DNA, in a table. Names of
variables are DNA's (Leifeld 2017): person, organization, concept, agreement; others stand in `extra`.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from onrecord.errors import RecordError
from onrecord.spans import Span

Scalar = str | int | bool | None
STATEMENT_TYPE = "DNA Statement"
VARIABLES = ("person", "organization", "concept", "agreement")
"""Those of every statement; agreement is True, False, or None for neither."""

OF_DOCUMENT = ("author", "source", "section", "type", "document", "title")
"""Variables that a statement has from its document; `document` is the document's id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedDocument:
    """What was coded: an article, a speech, a hearing. `source` is the outlet in a press archive."""

    id: str
    title: str = ""
    text: str = ""
    author: str = ""
    source: str = ""
    section: str = ""
    type: str = ""
    notes: str = ""
    url: str = ""
    when: datetime.datetime
    coder: str = ""

    def __repr__(self) -> str:
        return f"<CodedDocument {self.id!r}: {self.title!r}, {self.when:%Y-%m-%d}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A statement with its codes. `span` counts code points of the document's text; `words` are the statement's own.

    `coder` made the codes, and `by_machine` says whether that is a program: what a machine proposed is never shown,
    counted or written as a person's. `confidence` is of the machine, in [0, 1].
    """

    id: str
    document: CodedDocument
    person: str = ""
    organization: str = ""
    concept: str = ""
    agreement: bool | None = None
    when: datetime.datetime
    span: Span | None = None
    words: str = ""
    coder: str = ""
    by_machine: bool = False
    confidence: float | None = None
    kind: str = STATEMENT_TYPE
    extra: tuple[tuple[str, Scalar], ...] = ()

    def __post_init__(self) -> None:
        if self.when.tzinfo is not None:
            raise RecordError(
                f"a time with a zone in coded statement {self.id!r}", "a local time", "Take the zone off first"
            )
        if self.confidence is not None and not 0 <= self.confidence <= 1:
            raise RecordError(
                f"confidence {self.confidence!r} in coded statement {self.id!r}", "a number from 0 to 1", "Scale it"
            )

    def __repr__(self) -> str:
        who = " of ".join(part for part in (self.person, self.organization) if part)
        stance = {True: "for", False: "against", None: "on"}[self.agreement]
        return f"<Coded {self.id!r}: {who or 'nobody'} {stance} {self.concept!r}, {self.when:%Y-%m-%d}>"

    def get(self, variable: str) -> Scalar:
        """The value of a variable of the statement, else of its document. Raises KeyError where neither has it."""
        if variable in VARIABLES:
            value: Scalar = getattr(self, variable)
            return value
        for name, held in self.extra:
            if name == variable:
                return held
        if variable in OF_DOCUMENT:
            found: str = getattr(self.document, "id" if variable == "document" else variable)
            return found
        raise KeyError(variable)

    def with_values(self, values: Mapping[str, Scalar]) -> Self:
        """The statement with some variables of its own put otherwise."""
        fields = {name: value for name, value in values.items() if name in VARIABLES}
        others = {name: value for name, value in values.items() if name not in VARIABLES}
        extra = tuple({**dict(self.extra), **others}.items())
        return replace(self, **fields, extra=extra)  # type: ignore[arg-type]
