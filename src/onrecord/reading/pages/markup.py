"""HTML as a tree that remembers where on the page each word stands. Tolerant as browsers are: any string is read.

The tree is a plain one: what the HTML standard rebuilds (misnested formatting, text astray in tables) stays where it
was written, for only its order and its nearest block matter here. Tags nested deeper than DEPTH become siblings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.entities import html5

from onrecord.errors import MalformedFile

DEPTH = 128
NODES = 150_000
"""More tags and texts than this are no article: the longest pages of news sites have some 20,000."""

OPENING = re.compile(r"<(?:!--|(/?)([a-zA-Z][^\s/>]*)|[!?/])")
ATTRIBUTE = re.compile(r"""[\s/]*(?:(>)|([^\s/>][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?)""")
COMMENT_END = re.compile(r"--!?>")
REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[a-zA-Z][a-zA-Z0-9]{1,31};?)")
RAW_END = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
}
LITERAL = frozenset(("script", "style", "xmp", "iframe", "noembed", "noframes"))

VOID = frozenset("area base br col embed frame hr img input link meta param source track wbr".split())
INLINE = frozenset(
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark nobr q rb rp rt ruby s "
    "samp small span strike strong sub sup time tt u var wbr".split()
)
CLOSES_P = frozenset(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hgroup hr main menu nav ol p pre section summary table ul".split()
)
CLOSED_BY: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset(("li",)), frozenset(("ul", "ol", "menu", "dir"))),
    "dt": (frozenset(("dt", "dd")), frozenset(("dl",))),
    "dd": (frozenset(("dt", "dd")), frozenset(("dl",))),
    "td": (frozenset(("td", "th")), frozenset(("tr", "table"))),
    "th": (frozenset(("td", "th")), frozenset(("tr", "table"))),
    "tr": (frozenset(("tr",)), frozenset(("table",))),
    "tbody": (frozenset(("tbody", "thead", "tfoot")), frozenset(("table",))),
    "tfoot": (frozenset(("tbody", "thead")), frozenset(("table",))),
    "option": (frozenset(("option",)), frozenset(("select",))),
    "a": (frozenset(("a",)), frozenset(("td", "th", "table"))),
    "body": (frozenset(("head",)), frozenset()),
}
"""Start tag: the open elements it closes, and those it does not look beyond."""


@dataclass(frozen=True, slots=True)
class Words:
    """Character data as written on the page, from `start` to `end`, entities unresolved."""

    start: int
    end: int


@dataclass(slots=True, eq=False)
class Node:
    """An element: its tag in lower case, its attributes, what is in it, and where its start tag stands."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: Node | None = None
    children: list[Node | Words] = field(default_factory=list)
    start: int = 0
    end: int = 0

    def get(self, name: str) -> str:
        """The attribute, "" where there is none."""
        return self.attributes.get(name, "")

    def ancestors(self) -> Iterator[Node]:
        """This element and those it stands in, from within."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent

    def walk(self) -> Iterator[Node]:
        """This element and all in it, in the order of the page."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(child for child in reversed(node.children) if isinstance(child, Node))

    def words(self) -> Iterator[Words]:
        """All character data in it, in order."""
        stack: list[Node | Words] = [self]
        while stack:
            item = stack.pop()
            if isinstance(item, Words):
                yield item
            else:
                stack.extend(reversed(item.children))


def parse(page: str) -> Node:
    """The tree of a page, under a root without a tag. Raises MalformedFile for more than NODES tags and texts."""
    builder = _Builder()
    at = 0
    while match := OPENING.search(page, at):
        builder.text(at, match.start())
        name = match[2]
        if name is None:
            at = _past_comment(page, match)
            continue
        tag = name.lower()
        attributes, at = _attributes(page, match.end())
        if match[1]:
            builder.close(tag)
            continue
        held = builder.open(Node(tag, attributes, start=match.start(), end=at))
        if tag in RAW_END:
            found = RAW_END[tag].search(page, at)
            stop = found.start() if found else len(page)
            if held:
                builder.text(at, stop)
            builder.close(tag)
            at = stop
    builder.text(at, len(page))
    return builder.root


def resolved(page: str, words: Words) -> Iterator[tuple[str, int, int]]:
    """The characters that `words` stand for, piece by piece with the place of each; an entity is a piece of its own."""
    at = words.start
    for match in REFERENCE.finditer(page, words.start, words.end):
        character, end = _reference(match)
        if end > match.start():
            if match.start() > at:
                yield page[at : match.start()], at, match.start()
            if character:
                yield character, match.start(), end
            at = end
    if at < words.end:
        yield page[at : words.end], at, words.end


def text_of(page: str, node: Node) -> str:
    """All character data in the element, entities resolved save in scripts."""
    if node.tag in LITERAL:
        return "".join(page[words.start : words.end] for words in node.words())
    return "".join(unescape(page[words.start : words.end]) for words in node.words())


def _reference(match: re.Match[str]) -> tuple[str, int]:
    """What a character reference stands for and where it ends; its start where it is none."""
    written = match[0]
    if written[1] == "#":
        return unescape(written), match.end()
    for length in range(len(written), 2, -1):
        if (character := html5.get(written[1:length])) is not None:
            return character, match.start() + length
    return "", match.start()


def _past_comment(page: str, match: re.Match[str]) -> int:
    if not match[0].endswith("--"):
        end = page.find(">", match.end())
        return len(page) if end < 0 else end + 1
    if page.startswith((">", "->"), match.end()):
        return page.index(">", match.end()) + 1
    found = COMMENT_END.search(page, match.end())
    return found.end() if found else len(page)


def _attributes(page: str, at: int) -> tuple[dict[str, str], int]:
    attributes: dict[str, str] = {}
    while match := ATTRIBUTE.match(page, at):
        at = match.end()
        if match[1]:
            return attributes, at
        value = match[3] or match[4] or match[5] or ""
        attributes.setdefault(match[2].lower(), unescape(value) if "&" in value else value)
    return attributes, len(page)


class _Builder:
    """Puts start tags, end tags and texts together."""

    def __init__(self) -> None:
        self.root = Node("")
        self._open = [self.root]
        self._names: dict[str, int] = {}
        self._too_deep = 0
        self._count = 0

    def text(self, start: int, end: int) -> None:
        if start < end:
            self._one_more()
            self._open[-1].children.append(Words(start, end))

    def open(self, node: Node) -> bool:
        """Put it in its place; whether what follows may stand in it."""
        self._one_more()
        if node.tag in CLOSES_P and self._names.get("p"):
            self._close_first(frozenset(("p",)), frozenset(("button", "td", "th", "table", "object")))
        if node.tag in CLOSED_BY:
            self._close_first(*CLOSED_BY[node.tag])
        node.parent = self._open[-1]
        node.parent.children.append(node)
        if node.tag in VOID:
            return False
        if len(self._open) >= DEPTH:
            self._too_deep += 1
            return False
        self._open.append(node)
        self._names[node.tag] = self._names.get(node.tag, 0) + 1
        return True

    def close(self, tag: str) -> None:
        if self._too_deep and tag not in VOID:
            self._too_deep -= 1
            return
        if not self._names.get(tag):
            return
        for at in range(len(self._open) - 1, 0, -1):
            name = self._open[at].tag
            if name == tag:
                self._cut(at)
                return
            if tag in INLINE and name not in INLINE:
                return  # formatting is not closed across the border of a block
            if name == "table":
                return

    def _close_first(self, names: frozenset[str], borders: frozenset[str]) -> None:
        for at in range(len(self._open) - 1, 0, -1):
            name = self._open[at].tag
            if name in names:
                self._cut(at)
                return
            if name in borders:
                return

    def _cut(self, at: int) -> None:
        for node in self._open[at:]:
            self._names[node.tag] -= 1
        del self._open[at:]

    def _one_more(self) -> None:
        self._count += 1
        if self._count > NODES:
            raise MalformedFile(f"more than {NODES:,} tags and texts", "one article", "Save the article alone")
