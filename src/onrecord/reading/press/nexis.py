"""Exports of Nexis Uni, and of LexisNexis before it: documents one after the other, from headline to end mark.

Frost closes valve                        title
The Quay Herald (Ayr)                     outlet
January 4, 2019 Friday                    date
Copyright 2019 …
Section: NEWS; Pg. 4
Length: 512 words
Byline: By Mara Venn
Body                                      BODY:           in the older layout, where all labels are capitals
The valve was closed by frost …           text
Classification
Language: ENGLISH
Load-Date: January 4, 2019
End of Document                           1 of 20 DOCUMENTS, at the start

"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.errors import MalformedFile
from onrecord.reading.dates import date_from
from onrecord.reading.press.exports import Exported, authors_in, is_date_line, words_in

HINT = re.compile(rb"End of Document|\d+ of \d+ DOCUMENTS")
END = re.compile(r"End of Document$")
START = re.compile(r"(?:Document )?\d+ of \d+(?: DOCUMENTS)?$")
BODY = re.compile(r"(?:Body|BODY:)\s*(?P<rest>.*)$")
LABEL = re.compile(
    r"(?P<name>Section|Length|Byline|Dateline|Highlight|Headline|Language|Load-Date|Publication-Type|Journal-Code"
    r"|Subject|Series|Copyright)\s*:\s*(?P<value>.*)$",
    re.IGNORECASE,
)
AFTER_BODY = re.compile(r"(?:Classification|LOAD-DATE:.*|Load-Date:.*|LANGUAGE:.*|PUBLICATION-TYPE:.*)$")
GRAPHIC = re.compile(r"(?:Graphic|GRAPHIC:.*)$")
GRAPHIC_AT_MOST = 6  # lines that the captions of a document's pictures fill, at its end


def is_export(lines: Sequence[str]) -> bool:
    """Whether the lines of a file are such an export."""
    marks = sum(1 for line in lines if END.match(line.strip()) or START.match(line.strip()))
    return marks > 0 and any(BODY.match(line.strip()) for line in lines)


def documents(lines: Sequence[str]) -> Iterator[Exported]:
    """The documents in the order of the file."""
    for document in _parted(lines):
        if document:
            yield _exported(document)


def _parted(lines: Sequence[str]) -> Iterator[list[str]]:
    """The lines of each document, blank ones left out. What stands before the first start mark is the cover."""
    document: list[str] = []
    cover = any(START.match(line.strip()) for line in lines)
    for raw in lines:
        line = raw.strip()
        if END.match(line):
            yield document
            document = []
        elif START.match(line):
            if not cover or _has_body(document):
                yield document
            document, cover = [], False
        elif line:
            document.append(line)
    if len(document) > 1 or _has_body(document):
        yield document  # of a file cut off, or of the older layout, which has no end marks


def _has_body(document: Sequence[str]) -> bool:
    return any(map(BODY.match, document))


def _exported(document: list[str]) -> Exported:
    body = next((at for at, line in enumerate(document) if BODY.match(line)), None)
    if body is None:
        refused = MalformedFile(
            f"a document without the line Body (it begins {document[0][:40]!r})",
            "its full text",
            "Export it with the full text",
        )
        return Exported(refused=refused)
    head, rest = document[:body], document[body + 1 :]
    end = _end_of(rest)
    first = BODY.match(document[body])
    paragraphs = [first["rest"]] if first and first["rest"] else []
    labels = {
        match["name"].lower(): match["value"].strip() for match in map(LABEL.match, (*rest[end:], *head)) if match
    }
    dated = max((at for at, line in enumerate(head) if is_date_line(line)), default=None)
    before = [] if dated is None else [line for line in head[:dated] if not LABEL.match(line)]
    headline = labels.get("headline")
    return Exported(
        paragraphs=(*paragraphs, *rest[:end]),
        title=headline or (before[-2] if len(before) > 1 else None),
        outlet=before[-1] if len(before) > 1 or (before and headline) else None,
        published=None if dated is None else date_from(head[dated]),
        authors=authors_in(labels.get("byline", "")),
        language=labels.get("language", "").split(";")[0] or None,
        words=words_in(labels.get("length", "")),
    )


def _end_of(lines: Sequence[str]) -> int:
    """Where the text ends and what the database adds begins. The last mark counts: a text may have such a line too."""
    marks = [at for at, line in enumerate(lines) if AFTER_BODY.match(line)]
    headings = [at for at in marks if lines[at] == "Classification"]
    end = (
        headings[-1]
        if headings
        else min((at for at in marks if at >= len(lines) - len(marks) - 12), default=len(lines))
    )
    for at in range(end - 1, max(-1, end - 1 - GRAPHIC_AT_MOST), -1):
        if GRAPHIC.match(lines[at]):
            return at
    return end
