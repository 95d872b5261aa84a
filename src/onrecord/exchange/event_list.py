"""DNA's event list: one coded statement a line, semicolons between, every cell in quotation marks.

    "statement_id";"time";"person";…;"start_position";"stop_position";"text";"coder";"document_id";"document_title";…

It is written as DNA 3.1 writes it: a semicolon within a cell becomes a comma, a quotation mark an apostrophe, a line
break a space; yes is 1 and no is 0, and neither is empty. Positions count UTF-16 units where the document's text is
known. Whether a machine coded it says its coder's name. What DNA has no column for is lost: confidence, the
document's text.

Any table with a header is read, with semicolons, commas or tabs, or JSON lines: `concept` and an actor are needed.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from onrecord.archive.listing.tables import neutral_cell, plain_cell
from onrecord.errors import EmptyInput, MalformedFile, MissingInput
from onrecord.exchange.coders import is_machine, shown_coder
from onrecord.exchange.offsets import Utf16
from onrecord.records.coded import STATEMENT_TYPE, VARIABLES, Coded, CodedDocument, Scalar

DOCUMENT = {
    "document_title": "title",
    "document_author": "author",
    "document_source": "source",
    "document_section": "section",
    "document_type": "type",
}
OWN = ("statement_id", "time", "start_position", "stop_position", "text", "coder", "document_id", *DOCUMENT)
OTHER_NAMES = {
    "id": "statement_id",
    "date": "time",
    "when": "time",
    "organisation": "organization",
    "org": "organization",
    "actor": "organization",
    "name": "person",
    "category": "concept",
    "claim": "concept",
    "stance": "agreement",
    "outlet": "document_source",
    "document": "document_id",
    "title": "document_title",
}
TRUTHS: dict[str, bool | None] = {
    **dict.fromkeys(("1", "yes", "true", "for", "pro", "agree", "+"), True),
    **dict.fromkeys(("0", "no", "false", "against", "contra", "disagree", "-", "-1"), False),
    **dict.fromkeys(("", "neither", "none", "na", "null"), None),
}
NO_TIME = datetime.datetime(1970, 1, 1)


def write(statements: Iterable[Coded], out: TextIO) -> int:
    """The list in order of time; how many lines."""
    every = sorted(statements, key=lambda coded: coded.when)
    extra = list(dict.fromkeys(name for coded in every for name, _ in coded.extra))
    units: dict[str, Utf16] = {}
    _row(out, ["statement_id", "time", *VARIABLES, *extra, *OWN[2:]])
    for coded in every:
        document, start, stop = coded.document, "", ""
        if coded.span is not None:
            of = units.setdefault(document.id, Utf16(document.text))
            start, stop = str(of.of_point(coded.span.start)), str(of.of_point(coded.span.end))
        held = dict(coded.extra)
        values = [coded.get(name) for name in VARIABLES] + [held.get(name, "") for name in extra]
        who = [getattr(document, name) for name in DOCUMENT.values()]
        time = f"{coded.when:%Y-%m-%d %H:%M:%S}"
        _row(out, [coded.id, time, *values, start, stop, coded.words, shown_coder(coded), document.id, *who])
    return len(every)


def _row(out: TextIO, cells: Sequence[Scalar]) -> None:
    out.write(";".join(f'"{_cell(cell)}"' for cell in cells) + "\n")


def _cell(value: Scalar) -> str:
    if value is None or isinstance(value, bool):
        return "" if value is None else str(int(value))
    text = " ".join(str(neutral_cell(str(value))).splitlines())
    return text.replace(";", ",").replace('"', "'")


def read(path: str | Path, *, by_machine: bool = False) -> list[Coded]:
    """The coded statements of a table or of JSON lines. Raises InputError where something is amiss."""
    rows = list(rows_of(Path(path)))
    if not rows:
        raise EmptyInput(f"no statement in {path}", "a header and at least one line", "Choose another file")
    documents: dict[str, CodedDocument] = {}
    return [_coded(row, number, str(path), documents, by_machine) for number, row in enumerate(rows, 1)]


def rows_of(path: Path) -> Iterator[Mapping[str, Any]]:
    """The lines of a table with a header, or of JSON lines, columns by DNA's names. Raises InputError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise MissingInput(f"{path} ({error})", "a UTF-8 file that can be read", "Check the name") from error
    if text.lstrip().startswith("{"):
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                yield _renamed(_object(line, path, number))
        return
    head = text.partition("\n")[0]
    delimiter = max(";,\t", key=head.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            yield _renamed({key: plain_cell(value) for key, value in row.items() if key and value is not None})
    except csv.Error as error:
        raise MalformedFile(
            f"{path}, line {reader.line_num} ({error})", "a table", "Check its quotation marks"
        ) from error


def _object(line: str, path: Path, number: int) -> Mapping[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise MalformedFile(f"{path}, line {number}: no JSON object", "one coded statement a line", "Check the line")
    return found


def _renamed(row: Mapping[str, Any]) -> dict[str, Any]:
    """Columns by DNA's names; a usual other name is taken where DNA's is not there."""
    found: dict[str, Any] = {}
    for key, value in row.items():
        name = key.strip().lower()
        found[name if name in VARIABLES or name in OWN else OTHER_NAMES.get(name, key.strip())] = value
    return found


def _coded(
    row: Mapping[str, Any], number: int, path: str, documents: dict[str, CodedDocument], by_machine: bool
) -> Coded:
    where = f"{path}, statement {number}"
    if not any(row.get(name) for name in ("person", "organization")) and "concept" not in row:
        raise MalformedFile(
            f"{where}: the columns {', '.join(map(str, row))}",
            "person or organization, and concept",
            "Rename the columns",
        )
    when = _time(row.get("time"), where)
    id_ = str(row.get("document_id") or "")
    document = documents.setdefault(
        id_, CodedDocument(id=id_, when=when, **{ours: str(row.get(name) or "") for name, ours in DOCUMENT.items()})
    )
    held = {*VARIABLES, *OWN, "by_machine", "confidence"}
    confidence, coder = row.get("confidence"), str(row.get("coder") or "")
    return Coded(
        id=str(row.get("statement_id") or number),
        document=document,
        **{name: str(row.get(name) or "") for name in VARIABLES[:3]},  # type: ignore[arg-type]
        agreement=truth(row.get("agreement"), where),
        when=when,
        words=str(row.get("text") or ""),
        coder=coder,
        by_machine=by_machine or is_machine(coder) or row.get("by_machine") in (True, 1, "1", "true", "yes"),
        confidence=float(confidence) if confidence not in (None, "") else None,
        kind=STATEMENT_TYPE,
        extra=tuple((str(key), _scalar(value)) for key, value in row.items() if key not in held),
    )


def _scalar(value: object) -> Scalar:
    return value if isinstance(value, bool | int) else str(value or "")


def truth(value: object, where: str) -> bool | None:
    """Yes, no or neither, however tables write it. Raises MalformedFile."""
    if value is None or isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word not in TRUTHS:
        raise MalformedFile(f"{where}: agreement {value!r}", "1 or 0, yes or no, or nothing", "Correct that cell")
    return TRUTHS[word]


def _time(value: object, where: str) -> datetime.datetime:
    if not value:
        return NO_TIME
    try:
        return datetime.datetime.fromisoformat(str(value).strip()).replace(tzinfo=None)
    except ValueError:
        raise MalformedFile(f"{where}: the time {value!r}", "a time like 2024-02-06 14:30:00", "Correct it") from None
