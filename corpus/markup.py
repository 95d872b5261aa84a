"""Read a marked article: tags in the text, labels in a JSON block -> text, spans, labels.

    python corpus/markup.py FILE… > gold.jsonl

A marked article has three parts, parted by lines of three dashes:

    id: courts-01-stolen-hives                      the header: one "key: value" a line
    title: …
    ---
    <src a="1" e="kehoe">He</src> <cue a="1">said</cue> <con a="1">he was asleep</con>.
    ---
    {"entities": {"kehoe": {…}}, "statements": {"1": {…}}, "asserted": ["…"]}

What is left when the tags are taken out is the article's text; every span is a half-open pair of Unicode
code points into it. `GUIDELINES.md` says what the tags and labels mean. Standard library only.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

Span = tuple[int, int]
"""Start and end, end exclusive, in Unicode code points of the text without tags."""

ROLE_OF_TAG: Final[Mapping[str, str]] = MappingProxyType({"src": "source", "cue": "cue", "con": "content"})
MENTION_TAG: Final = "m"

_TAG = re.compile(r'<(?P<close>/?)(?P<name>src|cue|con|m)(?P<attributes>(?:\s+[ae]="[^"]*")*)\s*>')
_ATTRIBUTE = re.compile(r'([ae])="([^"]*)"')
_STRAY_TAG = re.compile(r"</?(?:src|cue|con|m)\b[^>]*>?")
_RULE = re.compile(r"^---\n", re.MULTILINE)


class MarkupError(ValueError):
    """A marked article breaks the rules of the markup; the message names the file and the place."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attributed statement: where it stands in the text, and the labels set by hand."""

    number: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    labels: Mapping[str, Any]

    def as_dict(self) -> dict[str, Any]:
        """The attribution as it stands in a gold line."""
        spans = {"source": self.source, "cue": self.cue, "content": self.content}
        return {
            "id": self.number,
            **{role: [list(span) for span in at] for role, at in spans.items()},
            **self.labels,
        }


@dataclass(frozen=True, slots=True)
class MarkedMention:
    """A stretch of text that names an entity: a source with `e`, or an `m`."""

    entity: str
    span: Span


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """An article with its attributions, as its annotator left it."""

    header: Mapping[str, str]
    text: str
    attributions: tuple[Attribution, ...]
    mentions: tuple[MarkedMention, ...]
    entities: Mapping[str, Mapping[str, Any]]
    asserted: tuple[Span, ...]

    @property
    def id(self) -> str:
        """The name by which the whole corpus knows the article."""
        return self.header["id"]

    def as_dict(self) -> dict[str, Any]:
        """The neutral gold line that training and scoring read."""
        return {
            **self.header,
            "text": self.text,
            "attributions": [attribution.as_dict() for attribution in self.attributions],
            "mentions": [{"entity": mention.entity, "span": list(mention.span)} for mention in self.mentions],
            "entities": dict(self.entities),
            "asserted": [list(span) for span in self.asserted],
        }


@dataclass(frozen=True, slots=True)
class _Element:
    """A tag with the stretch of text it encloses."""

    name: str
    attributes: Mapping[str, str]
    span: Span


def read_marked(path: Path) -> MarkedArticle:
    """The marked article in a file."""
    return parse_marked(path.read_text(encoding="utf-8"), name=str(path))


def parse_marked(marked: str, *, name: str = "<string>") -> MarkedArticle:
    """The marked article in a string; `name` stands in the messages of errors."""
    parts = _RULE.split(marked, maxsplit=2)
    if len(parts) != 3:
        raise MarkupError(f"{name}: {len(parts)} parts; wanted 3: header, text and labels, with lines --- between")
    header = _header(parts[0], name)
    text, elements = _untagged(parts[1].rstrip("\n"), name)
    try:
        block = json.loads(parts[2])
    except json.JSONDecodeError as error:
        raise MarkupError(f"{name}: the label block is no JSON: {error}") from error
    entities: dict[str, dict[str, Any]] = block.get("entities", {})
    return MarkedArticle(
        header=MappingProxyType(header),
        text=text,
        attributions=_attributions(elements, block.get("statements", {}), entities, name),
        mentions=_mentions(elements, entities, name),
        entities=MappingProxyType(entities),
        asserted=tuple(_located(phrase, text, name) for phrase in block.get("asserted", [])),
    )


def _header(lines: str, name: str) -> dict[str, str]:
    header: dict[str, str] = {}
    for line in lines.strip().splitlines():
        key, colon, value = line.partition(": ")
        if not colon or key in header:
            raise MarkupError(f"{name}: header line {line!r}; wanted 'key: value', each key once")
        header[key] = value
    if "id" not in header:
        raise MarkupError(f"{name}: the header has no id")
    return header


def _untagged(marked: str, name: str) -> tuple[str, list[_Element]]:
    """The text without its tags, and the elements in the order in which they close."""
    pieces: list[str] = []
    elements: list[_Element] = []
    open_tags: list[tuple[str, Mapping[str, str], int]] = []
    length = copied = 0
    for tag in _TAG.finditer(marked):
        piece = marked[copied : tag.start()]
        pieces.append(piece)
        length += len(piece)
        copied = tag.end()
        if not tag["close"]:
            open_tags.append((tag["name"], dict(_ATTRIBUTE.findall(tag["attributes"])), length))
            continue
        if not open_tags or open_tags[-1][0] != tag["name"]:
            wanted = f"</{open_tags[-1][0]}>" if open_tags else "no closing tag"
            raise MarkupError(f"{name}: </{tag['name']}> at text offset {length}; wanted {wanted}")
        opened, attributes, start = open_tags.pop()
        elements.append(_Element(opened, attributes, (start, length)))
    if open_tags:
        raise MarkupError(f"{name}: <{open_tags[-1][0]}> at text offset {open_tags[-1][2]} is never closed")
    pieces.append(marked[copied:])
    text = "".join(pieces)
    if stray := _STRAY_TAG.search(text):
        raise MarkupError(f"{name}: malformed tag {stray[0]!r} at text offset {stray.start()}")
    return text, elements


def _attributions(
    elements: Sequence[_Element],
    statements: Mapping[str, Mapping[str, Any]],
    entities: Mapping[str, Any],
    name: str,
) -> tuple[Attribution, ...]:
    spans: dict[str, dict[str, list[Span]]] = {}
    for element in elements:
        if element.name == MENTION_TAG:
            continue
        if not element.attributes.get("a"):
            raise MarkupError(f"{name}: <{element.name}> at text offset {element.span[0]} has no a")
        for number in element.attributes["a"].split(","):
            roles = spans.setdefault(number, {role: [] for role in ROLE_OF_TAG.values()})
            roles[ROLE_OF_TAG[element.name]].append(element.span)
    if odd := spans.keys() ^ statements.keys():
        raise MarkupError(f"{name}: tags and statements differ at {sorted(odd)}")
    for number, labels in statements.items():
        if not spans[number]["content"]:
            raise MarkupError(f"{name}: statement {number} has no content")
        if labels.get("speaker") not in {None, *entities}:
            raise MarkupError(f"{name}: statement {number} is spoken by {labels['speaker']!r}, who is no entity")
        if labels.get("carried_from") is not None and str(labels["carried_from"]) not in statements:
            raise MarkupError(
                f"{name}: statement {number} is carried from {labels['carried_from']}, which is not there"
            )
    return tuple(
        Attribution(number, tuple(at["source"]), tuple(at["cue"]), tuple(at["content"]), statements[number])
        for number, at in sorted(spans.items(), key=lambda item: int(item[0]))
    )


def _mentions(elements: Sequence[_Element], entities: Mapping[str, Any], name: str) -> tuple[MarkedMention, ...]:
    mentions = tuple(MarkedMention(each.attributes["e"], each.span) for each in elements if "e" in each.attributes)
    for mention in mentions:
        if mention.entity not in entities:
            raise MarkupError(f"{name}: e={mention.entity!r} at text offset {mention.span[0]} is no entity")
    return mentions


def _located(phrase: str, text: str, name: str) -> Span:
    start = text.find(phrase)
    if start < 0:
        raise MarkupError(f"{name}: asserted phrase is not in the text: {phrase!r}")
    return start, start + len(phrase)


def main(arguments: Sequence[str]) -> int:
    """Print a gold line for each file named; exit code 2 where none is named or one breaks the rules."""
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        for argument in arguments:
            print(json.dumps(read_marked(Path(argument)).as_dict(), ensure_ascii=False))
    except (MarkupError, OSError) as error:
        print(f"markup: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
