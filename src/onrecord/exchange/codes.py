"""Codes of an archive's statements: a table or JSON lines that say by statement what concept it is of, and which side.

    statement_id,concept,agreement        the archive's own number, as search and show print it (#21)
    article,statement,concept,agreement   or the article's id and the number in it, which an export has too

`organization` and `person` may stand there too, and then are taken instead of the speaker; so may any other variable.
A statement of several concepts has a line for each.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from onrecord.errors import MalformedFile
from onrecord.exchange.event_list import NO_TIME, rows_of, truth
from onrecord.records.coded import Coded, CodedDocument, Scalar
from onrecord.spans import Span, hull

KEYS = ("statement_id", "article", "statement")
HELD = {*KEYS, "document_id", "concept", "agreement", "person", "organization", "coder", "by_machine", "confidence"}
Codes = Mapping[Hashable, list[Mapping[str, Any]]]


def read(path: str | Path) -> Codes:
    """The codes by statement: by its number, or by the ids of article and statement. Raises InputError."""
    found: dict[Hashable, list[Mapping[str, Any]]] = defaultdict(list)
    for number, row in enumerate(rows_of(Path(path)), 1):
        article = row.get("article") or row.get("document_id")
        if row.get("statement_id"):
            key: Hashable = str(row["statement_id"]).lstrip("#")
        elif article and row.get("statement"):
            key = (str(article), str(row["statement"]))
        else:
            raise MalformedFile(
                f"{path}, line {number}: no statement named", "statement_id, or article and statement", "Name it"
            )
        found[key].append(row)
    return found


def coded(rows: Iterable[Mapping[str, Any]], codes: Codes) -> Iterator[Coded]:
    """The archive's statements that have codes; `rows` as an export with ids gives them."""
    documents: dict[str, CodedDocument] = {}
    for row in rows:
        found = codes.get(str(row["statement_id"])) or codes.get((str(row["article"]), str(row["statement"]))) or ()
        for number, code in enumerate(found):
            document = documents.setdefault(row["article"], _document(row))
            yield _coded(row, code, document, "" if number == 0 else f".{number + 1}")


def _document(row: Mapping[str, Any]) -> CodedDocument:
    published = row["published"]
    when = datetime.datetime.fromisoformat(published) if published else NO_TIME
    return CodedDocument(
        id=row["article"],
        title=row["title"] or "",
        text=row.get("text") or "",
        source=row["outlet"] or "",
        url=row["url"] or "",
        when=when,
    )


def _coded(row: Mapping[str, Any], code: Mapping[str, Any], document: CodedDocument, ending: str) -> Coded:
    name = row["person_name"] or row["speaker"] or ""
    is_person = row["person_kind"] == "person"
    by_machine = code.get("by_machine") in (True, "1", "true", "yes")
    confidence = code.get("confidence")
    spans = [Span(*pair) for pair in row["content_spans"]]
    extra: dict[str, Scalar] = {key: str(value or "") for key, value in code.items() if key not in HELD}
    return Coded(
        id=f"{row['statement_id']}{ending}",
        document=document,
        person=str(code.get("person") or (name if is_person else "")),
        organization=str(code.get("organization") or (row["speaker_of"] if is_person else name) or ""),
        concept=str(code.get("concept") or ""),
        agreement=truth(code.get("agreement"), f"the codes of statement {row['statement_id']}"),
        when=document.when,
        span=hull(spans),
        words=hull(spans).slice(document.text) if document.text else row["content"],
        coder=str(code.get("coder") or ""),
        by_machine=by_machine,
        confidence=float(confidence) if confidence not in (None, "") else None,
        extra=tuple(extra.items()),
    )
