"""Exports of Factiva, with codes before each field, or as they are shown:

HD   Frost closes valve                   Frost closes valve
BY   By Mara Venn                         By Mara Venn
WC   512 words                            512 words
PD   4 January 2019                       4 January 2019
SN   The Quay Herald                      The Quay Herald
SC   QUAYHD                               QUAYHD
LA   English                              English
CY   Copyright 2019 …                     Copyright 2019 …
LP   The valve was closed by frost …      The valve was closed by frost …
TD   It is an old valve …                 It is an old valve …
AN   Document QUAYHD0020190104ef140001    Document QUAYHD0020190104ef140001
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.errors import MalformedFile
from onrecord.reading.dates import date_from
from onrecord.reading.language import NAMES
from onrecord.reading.press.exports import Exported, authors_in, is_date_line, words_in

HINT = re.compile(rb"Document [A-Z]{3,10}\d{8,}")
CODES = "SE HD CR BY WC PD ET SN SC ED PG VOL LA CY CX LP TD ART CT RF CO IN NS RE IPC IPD PUB AN CLM".split()
CODE = re.compile(rf"(?P<code>{'|'.join(CODES)})(?:\s*[|\t]\s*|\s{{2,}}|$)(?P<value>.*)$")
DOCUMENT = re.compile(r"(?:AN\s*[|\t ]\s*)?Document (?P<id>[A-Z]{3,10}\d{8,}\w*)$")
LENGTH = re.compile(r"\d[\d,.]* words?$", re.IGNORECASE)
COPYRIGHT = re.compile(r"copyright\b|\(c\)|©", re.IGNORECASE)
TIME = re.compile(r"\d{1,2}:\d{2}")


def is_export(lines: Sequence[str]) -> bool:
    """Whether the lines of a file are such an export."""
    return any(map(_document, lines)) and any(_is_length(line) for line in lines)


def documents(lines: Sequence[str]) -> Iterator[Exported]:
    """The documents in the order of the file; each ends with its number."""
    document: list[str] = []
    for raw in lines:
        line = raw.strip(" |\t\r")
        if match := _document(line):
            coded = any((found := CODE.match(one)) and found["code"] == "HD" for one in document)
            yield (_by_codes if coded else _as_shown)(document, match["id"])
            document = []
        elif line and line != "AN":
            document.append(line)
    if any(map(_is_length, document)):
        cut_off = MalformedFile(
            "a document without its number, as in a file cut off", "whole documents", "Export it again"
        )
        yield Exported(refused=cut_off)


def _document(line: str) -> re.Match[str] | None:
    return DOCUMENT.match(line.strip(" |\t\r"))


def _is_length(line: str) -> bool:
    line = line.strip(" |\t\r")
    code = CODE.match(line)
    return LENGTH.match(code["value"] if code and code["code"] == "WC" else line) is not None


def _by_codes(document: Sequence[str], id: str) -> Exported:
    fields: dict[str, list[str]] = {}
    current: list[str] = []  # what stands before the first code is of no document
    for line in document:
        value: str = line
        if match := CODE.match(line):
            current = fields.setdefault(match["code"], [])
            value = match["value"].strip()
        if value:
            current.append(value)
    one = {code: " ".join(values) for code, values in fields.items()}
    paragraphs = (*fields.get("LP", ()), *fields.get("TD", ()))
    return Exported(
        paragraphs=paragraphs,
        title=one.get("HD"),
        outlet=one.get("SN"),
        published=date_from(one.get("PD", "")),
        authors=authors_in(one.get("BY", "")),
        language=one.get("LA"),
        id=id,
        words=words_in(one.get("WC", "")),
    )


def _as_shown(document: Sequence[str], id: str) -> Exported:
    length = next((at for at, line in enumerate(document) if LENGTH.match(line)), None)
    if length is None:
        return _refused(document, id, "its number of words")
    head = list(document[:length])
    title = max(head, key=len, default=None)
    dated = next((at for at in range(length + 1, min(length + 4, len(document))) if is_date_line(document[at])), None)
    if dated is None:
        return _refused(document, id, "its date")
    told = list(document[dated + 1 : dated + 12])
    last = next((at for at, line in enumerate(told) if COPYRIGHT.match(line)), None)
    language = next((at for at, line in enumerate(told) if line.lower() in NAMES), None)
    if last is None and (last := language) is None:
        return _refused(document, id, "its language or copyright")
    outlet = next((line for line in told[:last] if not TIME.match(line)), None)
    byline = head[head.index(title) + 1 :] if title else []
    return Exported(
        paragraphs=document[dated + 2 + last :],
        title=title,
        outlet=outlet,
        published=date_from(document[dated]),
        authors=authors_in(byline[0]) if byline else (),
        language=None if language is None else told[language],
        id=id,
        words=words_in(document[length]),
    )


def _refused(document: Sequence[str], id: str, what: str) -> Exported:
    return Exported(
        id=id,
        refused=MalformedFile(
            f"the document {id} without {what}", "an export in the full format", "Export it with its details"
        ),
    )
