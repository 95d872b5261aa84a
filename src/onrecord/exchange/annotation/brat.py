"""brat standoff: a folder with NAME.txt and NAME.ann for each article, and the configuration that brat wants.

    T1	Content 0 8	“Never,”
    T2	Source 14 23	Rena Holt
    T3	Statement 9 13	said
    E1	Statement:T3 Source:T2 Content:T1
    A1	Form E1 Direct
    #1	AnnotatorNotes E1	{"id": "1", "confidence": 0.98, …}

The cue triggers the event; a statement without a cue has a relation `SourceOf` instead, or stands alone. Offsets count
code points. brat lets no span cross a line end: such a span is cut there, and the line ends within it are lost, so that
`read` joins pieces with nothing but line ends between them. A statement that is nothing but line ends is left out.
`articles.json`, which brat does not look at, says what article each file is of.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from onrecord.errors import EmptyInput, MalformedFile
from onrecord.exchange.annotation.annotations import (
    DROPS,
    REJECTED,
    Annotation,
    Reviewed,
    annotated,
    annotations_of,
    of_article,
)
from onrecord.exchange.annotation.cutting import Cutter
from onrecord.exchange.annotation.files import article_from, bytes_of, json_of, provenance_from, text_of
from onrecord.exchange.registry import Format
from onrecord.records import ROLES, Record, Role
from onrecord.spans import Span

TYPES: dict[Role, str] = {"source": "Source", "cue": "Statement", "content": "Content"}
ROLE_OF = {kind: role for role, kind in TYPES.items()}
ARTICLES = "articles.json"
CONFIG = """\
[entities]
Source
Content
[relations]
SourceOf\tArg1:Source, Arg2:Content
[events]
Statement\tSource*:Source, Content+:Content
[attributes]
Form\tArg:Statement|Content, Value:Direct|Indirect|Mixed
Status\tArg:Statement|Content, Value:Said|Denied|Negated|Hypothetical|Future|Question
Rejected\tArg:Statement|Content
"""
VISUAL = """\
[labels]
Source | Source | Src
Content | Content | Cont
Statement | Statement | Cue
[drawing]
Source\tbgColor:#f5d6a0
Content\tbgColor:#b8dcf0
Statement\tbgColor:#c9e4b4
Rejected\tglyph:✗
"""
NOT_IN_NAMES = re.compile(r"[^\w-]+")
LONGEST_NAME = 80
ARGUMENT = re.compile(r"(Source|Content)\d*:(T\d+)")


def write(records: Iterable[Reviewed], folder: Path, _: object = None) -> int:
    """Fill a folder, which is made if need be; how many articles. Raises SpanError, OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    told: dict[str, Any] = {}
    for n, (record, reviews) in enumerate(records, 1):
        name = f"{n:04}-{NOT_IN_NAMES.sub('_', record.article.id)[:LONGEST_NAME]}"
        told[name] = of_article(record)
        (folder / f"{name}.txt").write_bytes(record.article.text.encode("utf-8", "replace"))
        lines = _lines(record, annotations_of(record, reviews))
        (folder / f"{name}.ann").write_bytes("".join(f"{line}\n" for line in lines).encode("utf-8", "replace"))
    for name, words in (("annotation.conf", CONFIG), ("visual.conf", VISUAL), (ARTICLES, json.dumps(told, indent=1))):
        (folder / name).write_text(words, "utf-8")
    return len(told)


def _lines(record: Record, found: Iterable[Annotation]) -> Iterator[str]:
    text, cutter = record.article.text, Cutter(record.article.text)
    bounds = events = relations = attributes = notes = 0
    for one in found:
        key: dict[Role, str] = {}
        for role in ROLES:
            pieces = [piece for span in one.spans[role] for piece in _in_lines(text, span)]
            if not pieces or (role != "content" and not any(_in_lines(text, span) for span in one.spans["content"])):
                continue
            bounds += 1
            key[role] = f"T{bounds}"
            words = " ".join(piece.slice(text) for piece in pieces)
            cutter.check(pieces[0].start, pieces[0].end, words[: len(pieces[0])])
            yield f"{key[role]}\t{TYPES[role]} {';'.join(f'{p.start} {p.end}' for p in pieces)}\t{words}"
        if "content" not in key:
            continue
        on = key["content"]
        if "cue" in key:
            events += 1
            on = f"E{events}"
            source = f" Source:{key['source']}" if "source" in key else ""
            yield f"{on}\tStatement:{key['cue']}{source} Content:{key['content']}"
        elif "source" in key:
            relations += 1
            yield f"R{relations}\tSourceOf Arg1:{key['source']} Arg2:{on}"
        for name in ("form", "status"):
            attributes += 1
            yield f"A{attributes}\t{name.capitalize()} {on} {one.facts[name].capitalize()}"
        if one.facts.get("review") == REJECTED:
            attributes += 1
            yield f"A{attributes}\tRejected {on}"
        notes += 1
        yield f"#{notes}\tAnnotatorNotes {on}\t{json.dumps({'id': one.id, **one.facts}, ensure_ascii=False)}"


def _in_lines(text: str, span: Span) -> list[Span]:
    """The pieces of a span that stand in a line each."""
    found = re.finditer(r"[^\n]+", span.slice(text))
    return [Span(span.start + m.start(), span.start + m.end()) for m in found]


def read(folder: str | Path) -> Iterator[Record]:
    """The records of a folder that `write` filled, as people left it. What they rejected is left out.

    Raises InputError.
    """
    folder = Path(folder)
    told = json_of(folder / ARTICLES) if (folder / ARTICLES).exists() else {}
    paths = sorted(folder.glob("*.ann"))
    if not paths:
        raise EmptyInput(f"no .ann file in {folder}", "a folder that brat works in", "Name that folder")
    for path in paths:
        try:
            text = bytes_of(path.with_suffix(".txt")).decode("utf-8")
        except UnicodeDecodeError as error:
            raise MalformedFile(f"{path.with_suffix('.txt')}: {error}", "UTF-8", "Save it as such") from error
        of = told.get(path.stem, {"id": path.stem, "language": "en"})
        yield annotated(article_from(of, text), _found(text, text_of(path), str(path)), provenance_from(of))


def _found(text: str, lines: str, path: str) -> list[Annotation]:
    places: dict[str, tuple[Role, tuple[Span, ...]]] = {}
    members: dict[str, list[str]] = {}
    facts: dict[str, dict[str, Any]] = {}
    cutter = Cutter(text)
    for number, line in enumerate(lines.split("\n"), 1):
        where = f"{path}, line {number}"
        try:
            key, _, rest = line.partition("\t")
            match key[:1]:
                case "T":
                    kind, _, offsets = rest.partition("\t")[0].partition(" ")
                    if kind in ROLE_OF:
                        pairs = [tuple(map(int, pair.split())) for pair in offsets.split(";")]
                        spans = [cutter.span(start, end, where=where) for start, end in pairs]
                        _check_words(text, spans, rest.partition("\t")[2], where)
                        places[key] = ROLE_OF[kind], _joined(text, spans)
                case "E" if rest.startswith("Statement:"):
                    members[key] = [rest.split()[0].partition(":")[2], *(m[2] for m in ARGUMENT.finditer(rest))]
                case "R" if rest.startswith("SourceOf "):
                    source, content = (part.partition(":")[2] for part in rest.split()[1:3])
                    members.setdefault(content, [content]).append(source)
                case "A" | "M":
                    name, on, *value = rest.split()
                    facts.setdefault(on, {})[name.casefold()] = value[0].casefold() if value else True
                case "#" if rest.startswith("AnnotatorNotes ") and "\t{" in rest:
                    on, _, note = rest.removeprefix("AnnotatorNotes ").partition("\t")
                    facts[on] = {**json.loads(note), **facts.get(on, {})}
        except (ValueError, IndexError) as error:
            raise MalformedFile(f"{where}: {line[:80]!r} ({error})", "brat standoff", "Mend the line") from error
    taken = {place for each in members.values() for place in each}
    for key, (role, _) in places.items():
        if role == "content" and key not in taken:
            members[key] = [key]
    return [_annotation(key, each, places, facts.get(key, {})) for key, each in members.items() if _is_in(key, facts)]


def _is_in(key: str, facts: dict[str, dict[str, Any]]) -> bool:
    return not facts.get(key, {}).get(REJECTED)


def _annotation(
    key: str, members: list[str], places: dict[str, tuple[Role, tuple[Span, ...]]], facts: dict[str, Any]
) -> Annotation:
    spans: dict[Role, tuple[Span, ...]] = {}
    for member in members:
        if member in places:
            role, found = places[member]
            spans[role] = (*spans.get(role, ()), *found)
    return Annotation(id=str(facts.get("id", f"new-{key}")), spans=spans, facts=facts)


def _joined(text: str, spans: list[Span]) -> tuple[Span, ...]:
    """Spans with nothing but line ends between them as one."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and not text[out[-1].end : span.start].strip("\n"):
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def _check_words(text: str, spans: list[Span], words: str, where: str) -> None:
    found = " ".join(span.slice(text) for span in spans)
    if found != words:
        raise MalformedFile(f"{where}: {found[:60]!r} in the text", f"{words[:60]!r}, as it says", "Restore NAME.txt")


FORMAT = Format(
    name="brat",
    holds="records",
    suffix="",
    media_type="application/x-brat",
    told="a folder for brat: .txt, .ann and the configuration",
    drops=f"{DROPS}; line ends within a span",
    write=write,
    in_file=True,
)
