"""UIMA CAS as XMI or JSON, which INCEpTION reads and writes: the one file that imports `dkpro-cassis`.

    webanno.custom.OnrecordContent   statement, form, status, confidence, review, speaker, facts (JSON)
    webanno.custom.OnrecordSource    statement
    webanno.custom.OnrecordCue       statement

Every piece of a role is an annotation of its layer, and those of one statement have its id in `statement`. Offsets in
the file count UTF-16 units, as Java does: the library turns them, and what it wrote is checked.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from onrecord.errors import EmptyInput, MalformedFile, MissingExtra
from onrecord.exchange.annotation.annotations import (
    DROPS,
    Annotation,
    Reviewed,
    annotated,
    annotations_of,
    of_article,
)
from onrecord.exchange.annotation.cutting import Cutter
from onrecord.exchange.annotation.files import article_from, bytes_of, provenance_from
from onrecord.exchange.registry import Format
from onrecord.records import ROLES, Record, Role
from onrecord.spans import Span

LAYERS: dict[Role, str] = {role: f"webanno.custom.Onrecord{role.capitalize()}" for role in ROLES}
TOLD = ("form", "status", "confidence", "review")
STRING, ANNOTATION = "uima.cas.String", "uima.tcas.Annotation"
ARTICLE = "onrecord.Article"
SUFFIX = ".json"


def library() -> Any:
    """dkpro-cassis. Raises MissingExtra."""
    try:
        import cassis
    except ImportError:
        raise MissingExtra.named("inception", "cassis") from None
    return cassis


def write(records: Iterable[Reviewed], path: Path, _: object = None) -> int:
    """A zip file with a self-contained CAS in JSON for each article; how many. Raises SpanError, MissingExtra."""
    n = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for n, (record, reviews) in enumerate(records, 1):
            cas = cas_of(record, annotations_of(record, reviews))
            told = cas.to_json()
            _check(record, json.loads(told)["%FEATURE_STRUCTURES"])
            file.writestr(f"{n:04}{SUFFIX}", told)
    return n


def cas_of(record: Record, found: Iterable[Annotation]) -> Any:
    """The CAS of an article."""
    cassis = library()
    types = cassis.TypeSystem()
    kinds = {role: types.create_type(name, ANNOTATION) for role, name in LAYERS.items()}
    for role, kind in kinds.items():
        for name in ("statement", *(("speaker", "facts", *TOLD) if role == "content" else ())):
            types.create_feature(kind, name, STRING)
    about = types.create_type(ARTICLE, "uima.cas.TOP")
    types.create_feature(about, "facts", STRING)
    cas = cassis.Cas(types)
    cas.sofa_string, cas.sofa_mime = record.article.text, "text/plain"
    cas.add(about(facts=json.dumps(of_article(record))))
    for one in found:
        for role, n, span in one.pieces():
            told: dict[str, Any] = {"statement": one.id}
            if role == "content" and n == 0:
                told |= {name: str(one.facts[name]) for name in TOLD if name in one.facts}
                told |= {"facts": json.dumps(one.facts), "speaker": one.facts.get("speaker", {}).get("name")}
            cas.add(kinds[role](begin=span.start, end=span.end, **told))
    return cas


def _check(record: Record, structures: Iterable[dict[str, Any]]) -> None:
    cutter = Cutter(record.article.text, "UTF-16 units")
    pieces = {s.id: {role: iter(s.spans(role)) for role in ROLES} for s in record.statements}
    role_of = {name: role for role, name in LAYERS.items()}
    for one in structures:
        if (role := role_of.get(one["%TYPE"])) is not None:
            span = next(pieces[one["statement"]][role])
            cutter.check(one["begin"], one["end"], span.slice(record.article.text))


def read(path: str | Path) -> Iterator[Record]:
    """The records of a file that `write` wrote, whatever people changed in it. Raises InputError, MissingExtra."""
    cassis = library()
    try:
        with zipfile.ZipFile(io.BytesIO(bytes_of(Path(path)))) as file:
            names = sorted(name for name in file.namelist() if name.endswith(SUFFIX))
            parts = [file.read(name).decode("utf-8") for name in names]
    except (zipfile.BadZipFile, UnicodeDecodeError, RuntimeError) as error:
        raise MalformedFile(f"{path}: {error}", "a zip file of UIMA CAS JSON", "Export it anew") from error
    if not parts:
        raise EmptyInput(f"no {SUFFIX} file in {path}", "a zip file of UIMA CAS JSON", "Export it anew")
    for name, part in zip(names, parts, strict=True):
        try:
            cas = cassis.load_cas_from_json(part)
            told = json.loads(next(iter(cas.select(ARTICLE))).facts)
            article = article_from(told, cas.sofa_string)
            yield annotated(article, _found(cas, article.text), provenance_from(told))
        except (ValueError, KeyError, TypeError, AttributeError, StopIteration) as error:
            raise MalformedFile(
                f"{name} in {path}: {error!r}", "a CAS of onrecord's layers", "Export it anew"
            ) from error


def _found(cas: Any, text: str) -> list[Annotation]:
    spans: dict[str, dict[Role, list[Span]]] = {}
    facts: dict[str, dict[str, Any]] = {}
    cutter = Cutter(text)
    for role, layer in LAYERS.items():
        for n, one in enumerate(cas.select(layer)):
            id = one.statement or f"new-{n}"
            spans.setdefault(id, {}).setdefault(role, []).append(cutter.span(one.begin, one.end, where=id))
            if role == "content" and one.facts:
                facts[id] = json.loads(one.facts)
    return [
        Annotation(id=id, spans={role: tuple(each) for role, each in roles.items()}, facts=facts.get(id, {}))
        for id, roles in spans.items()
    ]


FORMAT = Format(
    name="uima-cas",
    holds="records",
    suffix=".zip",
    media_type="application/zip",
    told="UIMA CAS as JSON for INCEpTION, a file an article in a zip file",
    drops=DROPS,
    write=write,
    extra="inception",
    in_file=True,
)
