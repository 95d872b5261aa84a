"""Coded statements written as a .dna file that DNA 3 opens.

What DNA cannot hold is written so that it comes back: titles and names over 190 characters are cut (the whole title
stands in the notes, a cut name is told), a statement that is neither for nor against is of a type of its own, and what
a program coded stands under a coder `onrecord …` with its confidence. A statement without a text gets a document of the
words that are known.
"""

from __future__ import annotations

import datetime
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from importlib import resources
from pathlib import Path

from onrecord.archive.store.placing import put_in_place
from onrecord.errors import RecordError
from onrecord.exchange.coders import is_machine, shown_coder
from onrecord.exchange.dna.passwords import hashed
from onrecord.exchange.dna.project import (
    ADMIN,
    BLUE,
    CONFIDENCE,
    GREY,
    KEPT,
    LONGEST,
    NOTES,
    OWN_ID,
    SIDELESS,
    DnaProject,
    Row,
    beginnings,
    coder_row,
)
from onrecord.exchange.dna.reading import EPOCH
from onrecord.exchange.offsets import Utf16
from onrecord.records.coded import STATEMENT_TYPE, VARIABLES, Coded, CodedDocument, Scalar
from onrecord.spans import Span

PASSWORD = "onrecord"
NO_WORDS = "(words not given)"
TABLE_OF = {
    "boolean": "DATABOOLEAN",
    "integer": "DATAINTEGER",
    "long text": "DATALONGTEXT",
    "short text": "DATASHORTTEXT",
}


def write(project: DnaProject | Iterable[Coded], path: str | Path, *, password: str = PASSWORD) -> tuple[str, ...]:
    """Write the file, whole or not at all; what had to be cut or changed, a line each.

    `password` is that of coders that are new: DNA asks for it. Raises RecordError where the words of a statement are
    not what its span cuts from the text.
    """
    if not isinstance(project, DnaProject):
        statements = tuple(project)
        project = DnaProject(statements, tuple({coded.document.id: coded.document for coded in statements}.values()))
    file = _File(project, hashed(password))
    file.fill(project)
    schema = resources.files("onrecord").joinpath("data/exchange/dna.sql").read_text("utf-8")
    with put_in_place(Path(path)) as part, closing(sqlite3.connect(part)) as database:
        database.executescript(schema)
        database.execute("PRAGMA foreign_keys = ON")
        with database:
            for table, rows in file.rows.items():
                if rows:
                    marks = ", ".join("?" * len(rows[0]))
                    database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
    return tuple(file.told)


class _File:
    """The rows of a file in the making."""

    def __init__(self, project: DnaProject, password: str) -> None:
        begun = {name: list(rows) for name, rows in project.tables.items()} or beginnings(password)
        order = [*KEPT[:7], "DOCUMENTS", "STATEMENTS", *KEPT[7:], *TABLE_OF.values()]
        self.rows: dict[str, list[Row]] = {name: begun.get(name, []) for name in order}
        self.told: list[str] = []
        self._password = password
        self._coders = {row[1]: row[0] for row in self.rows["CODERS"]}
        self._types = {row[1]: row[0] for row in self.rows["STATEMENTTYPES"]}
        self._variables = {(row[3], row[1]): (row[0], row[2]) for row in self.rows["VARIABLES"]}
        self._entities = {(row[1], row[2]): row[0] for row in self.rows["ENTITIES"]}
        self._attributes = defaultdict(list)
        for number, variable, _ in self.rows["ATTRIBUTEVARIABLES"]:
            self._attributes[variable].append(number)
        self._kinds: dict[tuple[str, str], str] = {}

    def fill(self, project: DnaProject) -> None:
        """All documents and statements."""
        said: dict[tuple[str, datetime.datetime], list[Coded]] = defaultdict(list)
        for coded in project.statements:
            said[coded.document.id, coded.when].append(coded)
            for name, value in coded.extra:
                self._kinds[coded.kind, name] = _kind(value, self._kinds.get((coded.kind, name)))
        spoken = {id for id, _ in said}
        pairs = [(replace(statements[0].document, when=when), statements) for (_, when), statements in said.items()]
        pairs += [(document, []) for document in project.documents if document.id not in spoken]
        numbers = _numbers([document.id for document, _ in pairs])
        ids = iter(_numbers([coded.id for _, statements in pairs for coded in statements]))
        for number, (document, statements) in sorted(zip(numbers, pairs, strict=True), key=lambda pair: pair[0]):
            whole, spans = self._document(number, document, statements)
            units = Utf16(whole)
            for coded, span in zip(statements, spans, strict=True):
                self._statement(next(ids), number, coded, span, units)

    def _document(self, number: int, document: CodedDocument, statements: Sequence[Coded]) -> tuple[str, list[Span]]:
        text, spans = document.text, []
        for coded in statements:
            span = coded.span
            if span is None:
                words = coded.words or NO_WORDS
                at = text.find(words) if document.text else -1
                text, at = (text, at) if at >= 0 else (f"{text}\n\n{words}".lstrip("\n"), -1)
                at = len(text) - len(words) if at < 0 else at
                span = Span(at, at + len(words))
            elif coded.words and span.slice(document.text) != coded.words:
                raise RecordError(
                    f"statement {coded.id!r}, whose span cuts {span.slice(document.text)[:60]!r}",
                    f"its words, {coded.words[:60]!r}",
                    "Use the text that the statement was made for",
                )
            spans.append(span)
        if text != document.text and document.text:
            self.told.append(f"document {document.id}: words that it does not hold were added at its end")
        title = self._short(document.title or document.id or "untitled", f"title of document {document.id}")
        kept = {"id": "" if document.id == str(number) else document.id, "url": document.url}
        kept["title"] = document.title if title != document.title and document.title else ""
        notes = [document.notes, *(NOTES[name] + " ".join(value.split()) for name, value in kept.items() if value)]
        others = [self._short(value, "a field of a document") for value in (document.author, document.source)]
        ends = [self._short(value, "a field of a document") for value in (document.section, document.type)]
        date = int((document.when - EPOCH).total_seconds())
        coder = self._coder(document.coder or ADMIN)
        note = "\n".join(part for part in notes if part)
        self.rows["DOCUMENTS"].append((number, title, text, coder, *others, ends[0], note, ends[1], date))
        return text, spans

    def _statement(self, number: int, document: int, coded: Coded, span: Span, units: Utf16) -> None:
        kind = coded.kind if coded.agreement is not None or coded.kind != STATEMENT_TYPE else SIDELESS
        type_ = self._type(kind)
        values: dict[str, Scalar] = {name: coded.get(name) for name in VARIABLES if (type_, name) in self._variables}
        values |= dict(coded.extra)
        if coded.id != str(number):
            values[OWN_ID] = coded.id
        if coded.confidence is not None:
            values[CONFIDENCE] = round(100 * coded.confidence)
        name = shown_coder(coded, nobody=ADMIN)
        start, stop = units.of_point(span.start), units.of_point(span.end)
        self.rows["STATEMENTS"].append((number, type_, document, start, stop, self._coder(name)))
        for variable, value in values.items():
            id_, data = self._variable(type_, variable, self._kinds.get((coded.kind, variable)) or _kind(value))
            self._value(number, id_, data, value, variable)
        for (of, variable), (id_, data) in list(self._variables.items()):
            if of == type_ and variable not in values:  # DNA wants every variable of the type
                self._value(number, id_, data, "" if "text" in data else 0, variable)

    def _value(self, statement: int, variable: int, data: str, value: Scalar, name: str) -> None:
        rows = self.rows[TABLE_OF[data]]
        if data == "short text":
            held: object = self._entity(variable, self._short(str(value or ""), name))
        else:
            held = str(value if value is not None else "") if data == "long text" else int(value or 0)
        rows.append((len(rows) + 1, statement, variable, held))

    def _coder(self, name: str) -> int:
        name = self._short(name, "coder")
        if name not in self._coders:
            number = self._coders[name] = max(self._coders.values(), default=0) + 1
            self.rows["CODERS"].append(coder_row(number, name, self._password, GREY if is_machine(name) else BLUE))
            relations = self.rows["CODERRELATIONS"]
            for other in [known for known in self._coders.values() if known != number]:
                for pair in ((number, other), (other, number)):
                    relations.append((max((row[0] for row in relations), default=0) + 1, *pair, 1, 1, 1, 1))
        return int(self._coders[name])

    def _type(self, label: str) -> int:
        if label not in self._types:
            number = self._types[label] = max(self._types.values(), default=0) + 1
            self.rows["STATEMENTTYPES"].append((number, label, *GREY))
            for name in VARIABLES[:3]:
                self._variable(number, name, "short text")
        return int(self._types[label])

    def _variable(self, type_: int, name: str, data: str) -> tuple[int, str]:
        if (type_, name) not in self._variables:
            number = max((row[0] for row in self.rows["VARIABLES"]), default=0) + 1
            self._variables[type_, name] = (number, data)
            self.rows["VARIABLES"].append((number, name, data, type_))
            if data == "short text":
                attributes = self.rows["ATTRIBUTEVARIABLES"]
                for attribute in ("Type", "Alias", "Notes"):
                    attributes.append((max((row[0] for row in attributes), default=0) + 1, number, attribute))
                    self._attributes[number].append(attributes[-1][0])
                self._entity(number, "")
        return self._variables[type_, name]

    def _entity(self, variable: int, value: str) -> int:
        if (variable, value) not in self._entities:
            number = self._entities[variable, value] = max(self._entities.values(), default=0) + 1
            self.rows["ENTITIES"].append((number, variable, value, 0, 0, 0, None))
            values = self.rows["ATTRIBUTEVALUES"]
            first = max((row[0] for row in values), default=0) + 1 if len(values) < 2 else values[-1][0] + 1
            values.extend((first + at, number, of, "") for at, of in enumerate(self._attributes[variable]))
        return int(self._entities[variable, value])

    def _short(self, text: str, what: str) -> str:
        if len(text) <= LONGEST:
            return text
        self.told.append(f"{what}: cut to {LONGEST} characters: {text[:60]}…")
        return text[: LONGEST - 1] + "…"


def _kind(value: Scalar, before: str | None = None) -> str:
    """The type of a variable with this value, among others that it has."""
    if isinstance(value, bool) and before in (None, "boolean"):
        return "boolean"
    if isinstance(value, int) and before in (None, "integer"):
        return "integer"
    long = before == "long text" or len(str(value or "")) > LONGEST or "\n" in str(value or "")
    return "long text" if long else "short text"


def _numbers(ids: Sequence[str]) -> list[int]:
    """The ids where all are different whole numbers from 1, else numbers in order."""
    plain = all(id.isascii() and id.isdigit() and 0 < int(id) < 2**31 for id in ids)
    return [int(id) for id in ids] if plain and len(set(ids)) == len(ids) else list(range(1, len(ids) + 1))
