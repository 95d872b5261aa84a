"""The paragraphs of a page, and an article's text made of some of them with the way back to the page.

Nothing is altered but white space, which a browser collapses too; entities are resolved; one <br> is a line break, more
of them part paragraphs. What a browser does not show (scripts, forms' fields, `hidden`) is in no paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from onrecord.reading.pages.markup import INLINE, Node, Words, resolved
from onrecord.records import OffsetMap, Stretch
from onrecord.spans import Span

NEVER_SHOWN = frozenset(
    "head script style template noscript svg math iframe object embed video audio canvas map select option textarea "
    "button dialog datalist rp rt xmp noembed noframes title".split()
)
HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
FOR_NO_EYE = re.compile(
    r"(?:^|[\s_-])(?:editsection|noprint|headerlink|visually-?hidden|sr-only|screen-reader-text)(?:$|[\s_-])"
)
"""Classes of what is there for screen readers, editors, or not for print."""
SPACE = re.compile(r"[ \t\n\r\f\0]+")
NOTE_MARK = re.compile(r"\s*[\[(]?\s*(?:\d{1,3}|[a-z]|note \d+|citation needed)\s*[\])]?\s*")
BREAK = "\n\n"
LETTERS_OF_A_WORD = 8
"""More than a word has, in the mean, where words are parted, so that it counts only where they are not."""

Piece = tuple[str, int, int]
"""Characters, and from where to where on the page they are written."""


@dataclass(eq=False)
class Block:
    """One paragraph, heading, list item or cell: its nearest block element, its pieces, how much of it is linked."""

    node: Node
    pieces: list[Piece] = field(default_factory=list)
    linked: int = 0

    @cached_property
    def text(self) -> str:
        """As it will stand in the article."""
        return "".join(piece[0] for piece in self.pieces)

    @cached_property
    def letters(self) -> str:
        """Its letters and digits alone, in small, to compare by."""
        return letters_of(self.text)

    @cached_property
    def size(self) -> int:
        """Its words, as white space parts them; in scripts that do not, one for LETTERS_OF_A_WORD."""
        return max(len(self.text.split()), len(self.text) // LETTERS_OF_A_WORD)

    @property
    def link_share(self) -> float:
        """How much of it is linked, by characters, 0 to 1."""
        return self.linked / max(1, len(self.text))


def lines_of(block: Block) -> list[Block]:
    """The block's lines, parted by <br>, as blocks of their own."""
    lines = [Block(block.node)]
    for piece in block.pieces:
        if piece[0] == "\n":
            lines.append(Block(block.node))
        else:
            lines[-1].pieces.append(piece)
    for line in lines:
        line.linked = round(block.link_share * len(line.text))
    return lines


def letters_of(text: str) -> str:
    """The letters and digits of `text`, in small."""
    return "".join(filter(str.isalnum, text.casefold()))


def blocks_of(page: str, root: Node) -> list[Block]:
    """All paragraphs that a browser would show, in the order of the page."""
    maker = _Maker(page)
    maker.run(root)
    return [block for block in maker.blocks if block.text.strip()]


def compose(blocks: Iterable[Block]) -> tuple[str, OffsetMap]:
    """The text of an article made of `blocks`, a blank line between two, and its map."""
    parts: list[str] = []
    stretches: list[Stretch] = []
    length = 0
    for block in blocks:
        if parts:
            parts.append(BREAK)
            length += len(BREAK)
        for text, start, end in block.pieces:
            parts.append(text)
            _append(stretches, Stretch(Span(length, length + len(text)), Span(start, end)))
            length += len(text)
    return "".join(parts), OffsetMap(tuple(stretches))


def _append(stretches: list[Stretch], stretch: Stretch) -> None:
    """Add it, joined to the last one where both run on character by character."""
    if stretches:
        last = stretches[-1]
        alike = len(last.text) == len(last.source) and len(stretch.text) == len(stretch.source)
        if alike and last.text.touches(stretch.text) and last.source.end == stretch.source.start:
            stretches[-1] = Stretch(
                Span(last.text.start, stretch.text.end), Span(last.source.start, stretch.source.end)
            )
            return
    stretches.append(stretch)


class _Maker:
    """Walks the tree once; a block ends where a block element starts or ends."""

    def __init__(self, page: str) -> None:
        self.blocks: list[Block] = []
        self._page = page
        self._block: Block | None = None
        self._breaks: list[Piece] = []
        self._space: Piece | None = None

    def run(self, root: Node) -> None:
        """Iteratively: a page may be nested as deep as the parser lets it be."""
        stack: list[tuple[Node | Words | None, Node, bool]] = [(root, root, False)]
        while stack:
            item, block_node, linked = stack.pop()
            if item is None:
                self._end()
            elif isinstance(item, Words):
                self._words(item, block_node, linked)
            elif item.tag == "br":
                self._breaks.append(("\n", item.start, item.end))
            elif not _shown(item) or _is_note_mark(self._page, item):
                continue
            else:
                inline = _runs_on(self._page, item)
                if not inline:
                    self._end()
                    block_node = item
                    stack.append((None, item, False))
                linked = linked or item.tag == "a"
                stack.extend((child, block_node, linked) for child in reversed(item.children))
        self._end()

    def _words(self, words: Words, node: Node, linked: bool) -> None:
        for text, start, end in resolved(self._page, words):
            if end - start != len(text):  # an entity
                if SPACE.fullmatch(text):
                    self._space = self._space or (" ", start, end)
                else:
                    self._add((text, start, end), node, linked)
                continue
            at = 0
            for match in SPACE.finditer(text):
                if at < match.start():
                    self._add((text[at : match.start()], start + at, start + match.start()), node, linked)
                at = match.end()
                self._space = self._space or (" ", start + match.start(), start + at)
            if at < len(text):
                self._add((text[at:], start + at, end), node, linked)

    def _add(self, piece: Piece, node: Node, linked: bool) -> None:
        if len(self._breaks) > 1:
            self._end()
        if self._block is None:
            self._block = Block(node)
        elif self._breaks:
            self._block.pieces += self._breaks
        elif self._space:
            self._block.pieces.append(self._space)
        self._breaks, self._space = [], None
        self._block.pieces.append(piece)
        if linked:
            self._block.linked += len(piece[0])

    def _end(self) -> None:
        if self._block is not None:
            self._block.pieces = _trimmed(self._block.pieces)
            self.blocks.append(self._block)
        self._block, self._breaks, self._space = None, [], None


def _trimmed(pieces: Sequence[Piece]) -> list[Piece]:
    """Without the spaces at both ends that HTML does not count as such (no-break ones, mostly)."""
    kept = list(pieces)
    while kept and not kept[0][0].strip():
        del kept[0]
    while kept and not kept[-1][0].strip():
        del kept[-1]
    return kept


def _shown(node: Node) -> bool:
    if node.tag in NEVER_SHOWN or "hidden" in node.attributes or node.get("aria-hidden") == "true":
        return False
    if node.get("class") and FOR_NO_EYE.search(node.get("class")):
        return False
    return not (node.get("style") and HIDDEN.search(node.get("style")))


def _is_note_mark(page: str, node: Node) -> bool:
    """A footnote's number: linked and raised."""
    if node.tag != "sup" or not any(inner.tag == "a" for inner in node.walk()):
        return False
    written = "".join(text for words in node.words() for text, _, _ in resolved(page, words))
    return NOTE_MARK.fullmatch(written) is not None


def _runs_on(page: str, node: Node) -> bool:
    """Whether the element is part of the line it stands in; an unknown one is where its parent has words beside it."""
    if node.tag in INLINE:
        return True
    if "-" not in node.tag or node.tag.startswith("amp-") or node.parent is None:
        return False
    beside: Iterator[Words] = (child for child in node.parent.children if isinstance(child, Words))
    return any(page[words.start : words.end].strip() for words in beside)
