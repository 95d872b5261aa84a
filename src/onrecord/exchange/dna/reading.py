"""A .dna file, read into coded statements; nothing of it is changed."""

from __future__ import annotations

import datetime
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from onrecord.errors import MalformedFile, MissingInput
from onrecord.exchange.coders import is_machine
from onrecord.exchange.dna.project import CONFIDENCE, KEPT, NOTES, OWN_ID, SIDELESS, DnaProject
from onrecord.exchange.offsets import Utf16
from onrecord.records.coded import STATEMENT_TYPE, VARIABLES, Coded, CodedDocument, Scalar
from onrecord.spans import Span

EPOCH = datetime.datetime(1970, 1, 1)
VALUES = """
SELECT d.StatementId, v.Variable, d.Value, v.DataType FROM DATABOOLEAN d JOIN VARIABLES v ON v.ID = d.VariableId
UNION ALL
SELECT d.StatementId, v.Variable, d.Value, v.DataType FROM DATAINTEGER d JOIN VARIABLES v ON v.ID = d.VariableId
UNION ALL
SELECT d.StatementId, v.Variable, d.Value, v.DataType FROM DATALONGTEXT d JOIN VARIABLES v ON v.ID = d.VariableId
UNION ALL
SELECT d.StatementId, v.Variable, e.Value, v.DataType
FROM DATASHORTTEXT d JOIN VARIABLES v ON v.ID = d.VariableId JOIN ENTITIES e ON e.ID = d.Entity
"""


def read(path: str | Path) -> DnaProject:
    """All that a file of DNA 3 holds. Raises InputError where it is none, or of another version."""
    path = Path(path)
    if not path.is_file():
        raise MissingInput(f"no file {path}", "a file of DNA", "Check the name")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            return _project(database, path)
    except sqlite3.Error as error:
        raise MalformedFile(
            f"{path} ({error})", "a .dna file of Discourse Network Analyzer 3", "Open it in DNA 3 and save it"
        ) from error


def _project(database: sqlite3.Connection, path: Path) -> DnaProject:
    settings = dict(database.execute("SELECT Property, Value FROM SETTINGS"))
    if not str(settings.get("version", "")).startswith("3"):
        raise MalformedFile(
            f"{path} of DNA {settings.get('version', 'without a version')}", "DNA 3", "Import it into DNA 3 first"
        )
    tables = {name: tuple(database.execute(f"SELECT * FROM {name} ORDER BY rowid")) for name in KEPT}
    coders = dict(database.execute("SELECT ID, Name FROM CODERS"))
    documents = {row[0]: _document(row, coders) for row in database.execute("SELECT * FROM DOCUMENTS ORDER BY ID")}
    values: dict[int, dict[str, Scalar]] = defaultdict(dict)
    for statement, variable, value, kind in database.execute(VALUES):
        values[statement][variable] = bool(value) if kind == "boolean" else value
    order: dict[int, list[str]] = defaultdict(list)
    for kind, variable in database.execute("SELECT StatementTypeId, Variable FROM VARIABLES ORDER BY ID"):
        order[kind].append(variable)
    labels = dict(database.execute("SELECT ID, Label FROM STATEMENTTYPES"))
    units = {number: Utf16(document.text) for number, document in documents.items()}
    statements = []
    rows = database.execute("SELECT ID, StatementTypeId, DocumentId, Start, Stop, Coder FROM STATEMENTS ORDER BY ID")
    for number, kind, at, start, stop, coder in rows:
        document = documents[at]
        end = min(units[at].to_point(stop), len(document.text))
        begin = units[at].to_point(start)
        span = Span(begin, end) if begin < end else None
        name = coders.get(coder, "")
        given = {variable: values[number][variable] for variable in order[kind] if variable in values[number]}
        statements.append(_coded(number, labels[kind], document, span, name, given))
    return DnaProject(tuple(statements), tuple(documents.values()), tables)


def _document(row: Iterable[Any], coders: dict[int, str]) -> CodedDocument:
    number, title, text, coder, author, source, section, notes, type_, date = row
    ours = dict.fromkeys(NOTES, "")
    others = []
    for line in notes.split("\n"):
        name = next((name for name, beginning in NOTES.items() if line.startswith(beginning)), None)
        if name is None:
            others.append(line)
        else:
            ours[name] = line.removeprefix(NOTES[name])
    return CodedDocument(
        id=ours["id"] or str(number),
        title=ours["title"] or title,
        text=text,
        author=author,
        source=source,
        section=section,
        type=type_,
        notes="\n".join(others),
        url=ours["url"],
        when=EPOCH + datetime.timedelta(seconds=date),
        coder=coders.get(coder, ""),
    )


def _coded(
    number: int, kind: str, document: CodedDocument, span: Span | None, coder: str, given: dict[str, Scalar]
) -> Coded:
    by_machine = is_machine(coder)
    own = given.pop(OWN_ID, "")
    confidence = given.pop(CONFIDENCE, None) if isinstance(given.get(CONFIDENCE), int) else None
    agreement = given.get("agreement")
    return Coded(
        id=str(own or number),
        document=document,
        **{name: str(given.get(name) or "") for name in VARIABLES[:3]},
        agreement=agreement if isinstance(agreement, bool) else None,
        when=document.when,
        span=span,
        words=span.slice(document.text) if span else "",
        coder=coder,
        by_machine=by_machine,
        confidence=int(confidence) / 100 if confidence is not None and 0 <= int(confidence) <= 100 else None,
        kind=STATEMENT_TYPE if kind == SIDELESS else kind,
        extra=tuple((name, value) for name, value in given.items() if name not in VARIABLES),
    )
