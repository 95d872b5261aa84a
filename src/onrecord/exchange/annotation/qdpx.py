"""REFI-QDA projects (.qdpx, version 1.0): project.qde and the texts in a zip file, for MAXQDA, NVivo, ATLAS.ti.

    <TextSource guid name plainTextPath="internal://GUID.txt">
      <PlainTextSelection guid name="1 content" startPosition="0" endPosition="8">
        <Coding><CodeRef targetGUID="…content"/></Coding> <Coding>…direct</Coding> <NoteRef targetGUID="…facts"/>

Positions count code points. A selection is one piece of one role, and its name says of which statement; the facts of
the statement are a note on the first piece of the content. What a person rejected has the code `rejected`. All is made
by a user `onrecord VERSION`, so that no machine's coding looks like a person's.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from onrecord.errors import MalformedFile, TooLarge
from onrecord.exchange.annotation.annotations import (
    DROPS,
    REJECTED,
    Annotation,
    Reviewed,
    annotated,
    annotations_of,
    maker,
    of_article,
)
from onrecord.exchange.annotation.cutting import Cutter
from onrecord.exchange.annotation.files import LIMIT, article_from, bytes_of, provenance_from
from onrecord.exchange.annotation.qdc import CodeNode, code_element, codes_in, guid_of, parsed
from onrecord.exchange.registry import Format
from onrecord.exchange.xml_text import clean
from onrecord.reading.source import DAMAGED
from onrecord.records import ROLES, Record, Role
from onrecord.spans import Span

NAMESPACE, PROJECT, SOURCES = "urn:QDA-XML:project:1.0", "project.qde", "Sources"
FORMS = ("direct", "indirect", "mixed")
CODES = CodeNode("onrecord", "", tuple(CodeNode(name) for name in (*ROLES, *FORMS, REJECTED)), codable=False)
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The same records give the same bytes."""


def write(records: Iterable[Reviewed], path: Path, _: object = None) -> int:
    """A project; how many articles. Raises SpanError."""
    users: dict[str, str] = {}
    sources, notes = [], []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for n, (record, reviews) in enumerate(records, 1):
            me, source = users.setdefault(maker(record), guid_of("user", maker(record))), guid_of("source", n)
            found = annotations_of(record, reviews)
            text = record.article.text.encode("utf-8", "replace")
            file.writestr(zipfile.ZipInfo(f"{SOURCES}/{source}.txt", EPOCH), text, zipfile.ZIP_DEFLATED)
            sources.append(_source(record, found, source, me))
            notes.append(_note(guid_of(source, "article"), me, "article", of_article(record)))
            notes += [_note(guid_of(source, one.id), me, f"statement {one.id}", one.facts) for one in found]
        file.writestr(zipfile.ZipInfo(PROJECT, EPOCH), _project(users, sources, notes), zipfile.ZIP_DEFLATED)
    return len(sources)


def _project(users: dict[str, str], sources: list[str], notes: list[str]) -> bytes:
    people = "".join(f'<User guid="{guid}" name={quoteattr(clean(name))}/>' for name, guid in users.items())
    told = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Project xmlns="{NAMESPACE}" name="Who said what" origin="onrecord">'
        + (f"<Users>{people}</Users>" if people else "")
        + f"<CodeBook><Codes>{code_element(CODES)}</Codes></CodeBook>"
        + (f"<Sources>{''.join(sources)}</Sources><Notes>{''.join(notes)}</Notes>" if sources else "")
        + "</Project>\n"
    )
    return told.encode("utf-8", "replace")


def _source(record: Record, found: Iterable[Annotation], guid: str, me: str) -> str:
    name = quoteattr(clean(record.article.title or record.article.id))
    selections = "".join(part for one in found for part in _selections(record, one, guid, me))
    about = f'<NoteRef targetGUID="{guid_of(guid, "article")}"/>'
    path = f'plainTextPath="internal://{guid}.txt" creatingUser="{me}"'
    return f'<TextSource guid="{guid}" name={name} {path}>{selections}{about}</TextSource>'


def _selections(record: Record, one: Annotation, source: str, me: str) -> Iterator[str]:
    text, cutter = record.article.text, Cutter(record.article.text)
    for role, n, span in one.pieces():
        cutter.check(span.start, span.end, span.slice(text))
        first = role == "content" and n == 0
        rejected = one.facts.get("review") == REJECTED
        codes = [role, *((one.facts["form"],) if first else ()), *((REJECTED,) if first and rejected else ())]
        guid = guid_of(source, one.id, role, n)
        coded = "".join(
            f'<Coding guid="{guid_of(guid, code)}" creatingUser="{me}"><CodeRef targetGUID="{guid_of("code", code)}"/>'
            "</Coding>"
            for code in codes
        )
        note = f'<NoteRef targetGUID="{guid_of(source, one.id)}"/>' if first else ""
        name = quoteattr(clean(f"{one.id} {role}"))
        place = f'startPosition="{span.start}" endPosition="{span.end}" creatingUser="{me}"'
        yield f'<PlainTextSelection guid="{guid}" name={name} {place}>{coded}{note}</PlainTextSelection>'


def _note(guid: str, me: str, name: str, facts: object) -> str:
    words = f"<PlainTextContent>{escape(clean(json.dumps(facts)))}</PlainTextContent>"
    return f'<Note guid="{guid}" name={quoteattr(clean(name))} creatingUser="{me}">{words}</Note>'


def read(path: str | Path) -> Iterator[Record]:
    """The records of a project that `write` wrote, as MAXQDA or NVivo left it; what was rejected is left out.

    A selection that a person coded with `content` is a statement of its own. Raises InputError.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(bytes_of(Path(path)))) as file:
            if (size := sum(part.file_size for part in file.infolist())) > LIMIT:
                raise TooLarge(f"{path} with {size:,} bytes in it", f"{LIMIT:,} at most", "Export it in parts")
            files = {part.filename: file.read(part) for part in file.infolist() if not part.is_dir()}
    except DAMAGED as error:
        raise MalformedFile(f"{path}: {error}", "a .qdpx file", "Export it anew") from error
    if PROJECT not in files:
        raise MalformedFile(f"no {PROJECT} in {path}", "a .qdpx file", "Export it anew")
    root = parsed(files[PROJECT], f"{PROJECT} in {path}")
    codes = {code.guid: code.name for top in codes_in(root) for code in (top, *top.below)}
    notes = {_guid(note): note.findtext("{*}PlainTextContent") or "" for note in root.iterfind("{*}Notes/{*}Note")}
    for source in root.iterfind("{*}Sources/{*}TextSource"):
        where = f"source {source.get('name')!r} in {path}"
        try:
            inner = (source.get("plainTextPath") or "").removeprefix("internal://")
            plain = source.findtext("{*}PlainTextContent")
            text = files[f"{SOURCES}/{inner}"].decode("utf-8") if plain is None else plain
            told = next(
                (t for t in _told(source, notes) if "sha256" in t), {"id": source.get("name"), "language": "en"}
            )
            yield annotated(article_from(told, text), _found(source, text, codes, notes, where), provenance_from(told))
        except (KeyError, ValueError) as error:
            raise MalformedFile(f"{where}: {error!r}", "a text source", "Export it anew") from error


def _guid(element: ElementTree.Element, name: str = "guid") -> str:
    return (element.get(name) or "").strip("{}").casefold()


def _told(element: ElementTree.Element, notes: dict[str, str]) -> Iterator[dict[str, Any]]:
    """The facts in the notes of an element; a person's own notes are none."""
    for ref in element.iterfind("{*}NoteRef"):
        if (note := notes.get(_guid(ref, "targetGUID"), "")).startswith("{"):
            yield json.loads(note)


def _found(
    source: ElementTree.Element, text: str, codes: dict[str, str], notes: dict[str, str], where: str
) -> list[Annotation]:
    cutter = Cutter(text)
    spans: dict[str, dict[Role, list[Span]]] = {}
    facts: dict[str, dict[str, Any]] = {}
    rejected = set()
    for selection in source.iterfind("{*}PlainTextSelection"):
        coded = {codes.get(_guid(ref, "targetGUID")) for ref in selection.iterfind("{*}Coding/{*}CodeRef")}
        place = cutter.span(int(selection.get("startPosition", -1)), int(selection.get("endPosition", -1)), where=where)
        for role in ROLES:
            if role in coded:
                id, _, was = (selection.get("name") or "").rpartition(" ")
                id = id if was in ROLES and id else f"new-{_guid(selection)}"
                spans.setdefault(id, {}).setdefault(role, []).append(place)
                for told in _told(selection, notes) if role == "content" else ():
                    facts.setdefault(id, {}).update(told)
                if role == "content" and (form := next((form for form in FORMS if form in coded), None)):
                    facts.setdefault(id, {})["form"] = form
                rejected |= {id} if REJECTED in coded else set()
    return [
        Annotation(id=id, spans={role: tuple(each) for role, each in roles.items()}, facts=facts.get(id, {}))
        for id, roles in spans.items()
        if id not in rejected
    ]


FORMAT = Format(
    name="qdpx",
    holds="records",
    suffix=".qdpx",
    media_type="application/zip",
    told="a REFI-QDA project for MAXQDA, NVivo, ATLAS.ti, QualCoder",
    drops=DROPS,
    write=write,
    in_file=True,
)
