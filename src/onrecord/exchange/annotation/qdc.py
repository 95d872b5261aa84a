"""REFI-QDA codebooks (.qdc, version 1.0): a tree of codes, for MAXQDA, NVivo, ATLAS.ti and QualCoder, and from them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from onrecord.errors import MalformedFile, UnsafeInput
from onrecord.exchange.annotation.files import bytes_of
from onrecord.exchange.xml_text import clean

NAMESPACE = "urn:QDA-XML:codebook:1.0"
OURS = uuid.UUID("6f6e7265-636f-5264-8000-000000000001")
"""The space of the GUIDs that onrecord gives: the same thing has the same one in every file."""


@dataclass(frozen=True, slots=True)
class CodeNode:
    """A code with those below it. `guid` left out is made of its name."""

    name: str
    description: str = ""
    below: tuple[CodeNode, ...] = ()
    guid: str = ""
    codable: bool = True


def guid_of(*parts: object) -> str:
    """The GUID of what these parts name."""
    return str(uuid.uuid5(OURS, "\x1f".join(map(str, parts))))


def write(codes: Iterable[CodeNode], out: TextIO) -> int:
    """The codebook; how many codes stand at its top."""
    each = tuple(codes)
    told = "".join(code_element(code) for code in each)
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    out.write(f'<CodeBook xmlns="{NAMESPACE}" origin="onrecord"><Codes>{told}</Codes></CodeBook>\n')
    return len(each)


def code_element(code: CodeNode) -> str:
    """A code and those below it, as codebooks and projects have it."""
    guid = code.guid or guid_of("code", code.name)
    within = f"<Description>{escape(clean(code.description))}</Description>" if code.description else ""
    within += "".join(code_element(each) for each in code.below)
    codable = str(code.codable).casefold()
    return f'<Code guid="{guid}" name={quoteattr(clean(code.name))} isCodable="{codable}">{within}</Code>'


def read(path: str | Path) -> tuple[CodeNode, ...]:
    """The codes of a file. Raises InputError."""
    return codes_in(parsed(bytes_of(Path(path)), str(path)))


def codes_in(root: ElementTree.Element) -> tuple[CodeNode, ...]:
    """The codes of a codebook or of a project."""
    (*_, codes) = (None, *root.iterfind(".//{*}Codes"))
    return () if codes is None else tuple(_code(each) for each in codes.iterfind("{*}Code"))


def _code(element: ElementTree.Element) -> CodeNode:
    return CodeNode(
        name=element.get("name") or "",
        description=element.findtext("{*}Description") or "",
        below=tuple(_code(each) for each in element.iterfind("{*}Code")),
        guid=(element.get("guid") or "").strip("{}").casefold(),
        codable=element.get("isCodable") in ("true", "1"),
    )


def parsed(data: bytes, where: str) -> ElementTree.Element:
    """XML without a document type. Raises UnsafeInput and MalformedFile."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise UnsafeInput(f"a document type in {where}", "XML without one", "Export it anew")
    try:
        return ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise MalformedFile(f"{where}: {error}", "XML", "Export it anew") from error
