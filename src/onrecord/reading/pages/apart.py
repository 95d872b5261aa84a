"""What on a page is set apart from the body of its article: the headline, captions, pull quotes, what stands around."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import islice

from onrecord.reading.pages.blocks import Block
from onrecord.reading.pages.furniture import is_byline, is_caption, is_deck, is_pulled, is_stock, signs
from onrecord.reading.pages.markup import Node

MUCH = 0.4
"""An element, or a sign, with more of the voted words than this is no mere surrounding."""
USUAL = 1 / 3
LINKED = 0.6
BOX_WORDS = 40
BOX_LETTERS = 7 * BOX_WORDS
PROSE_WORDS = 8
PROSE_END = re.compile(r"[.!?…:;。！？][\"'”’»)\]」』]*$|[\"”»」』]$")
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
TYPED_INTO = frozenset(("", "email", "text", "search"))
WHOLE = frozenset(("html", "body", "main", "article", ""))

Row = tuple[str, str, Node | None]
"""Where a block stands: its tag and class, and the very element it is in."""
Setting = tuple[tuple[str, str, str], ...]
"""How a block looks: tag, class and style of its element and of those around that."""


def row(block: Block) -> Row:
    """Where the block stands."""
    return block.node.tag, block.node.get("class"), block.node.parent


def usual_settings(blocks: Collection[Block]) -> set[Setting]:
    """The way in which most words of `blocks` are set, and any with a third as many: all else is set apart."""
    sizes: Counter[Setting] = Counter()
    for block in blocks:
        sizes[setting(block)] += block.size
    most = max(sizes.values(), default=0)
    return {way for way, words in sizes.items() if words >= USUAL * most}


def setting(block: Block) -> Setting:
    """How a block is set, by itself and by the two elements around it."""
    return tuple((node.tag, node.get("class"), node.get("style")) for node in islice(block.node.ancestors(), 3))


def prose(block: Block) -> bool:
    """Whether it is long enough for a sentence, and ends as one."""
    return block.size >= PROSE_WORDS and PROSE_END.search(block.text) is not None


def weights(blocks: Iterable[Block]) -> Counter[Node]:
    """The words of `blocks` in each element."""
    weight: Counter[Node] = Counter()
    for block in blocks:
        for node in block.node.ancestors():
            weight[node] += block.size
    return weight


class Apart:
    """Tells what a block is, other than a part of the body: "caption", "pulled", "title", "around"; "" is the body.

    `voted` are the blocks that are likely the article. A sign of surroundings that much of their text bears means
    nothing on this page: a page builder may call everything a widget.
    """

    def __init__(
        self, root: Node, blocks: Sequence[Block], voted: Collection[Block], title: str, authors: Sequence[str]
    ) -> None:
        self._weight = weights(voted)
        self._much = MUCH * sum(block.size for block in voted)
        self._title = title
        self._authors = authors
        self._usual = usual_settings(voted)
        self._known: dict[Node, str] = {}
        self._letters: Counter[Node] = Counter()
        for block in blocks:
            for node in block.node.ancestors():
                self._letters[node] += len(block.text)
        self._pictured: dict[Node, int] = {}
        self._typed_into: set[Node] = set()
        for node in root.walk():
            if node.tag in ("img", "picture", "amp-img"):
                for holder in node.ancestors():
                    self._pictured.setdefault(holder, node.start)
            elif node.tag == "input" and node.get("type").lower() in TYPED_INTO:
                self._typed_into.update(node.ancestors())
        borne: Counter[str] = Counter()
        for block in voted:
            for sign in {sign for node in block.node.ancestors() for sign in signs(node)}:
                borne[sign] += block.size
        self._void = {sign for sign, words in borne.items() if words > self._much}

    def kind(self, block: Block) -> str:
        """What it is."""
        if not block.letters:
            return "around"  # a rule drawn with signs
        if self._is_title(block):
            return "title"
        if is_caption(block, self._is_much):
            return "caption"
        for node in block.node.ancestors():
            if kind := self._of(node):
                return kind
        if self.is_headline(block):
            return "title"
        if self._under_a_picture(block):
            return "caption"
        linked = block.link_share > LINKED and not (block.size >= 2 * PROSE_WORDS and prose(block))
        return "around" if linked or is_stock(block) or is_byline(block, self._authors) else ""

    def _is_title(self, block: Block) -> bool:
        """Whether it is the headline, as a heading perhaps with a word or two about its kind."""
        if block.node.tag in HEADINGS and self._title and self._title in block.letters:
            return len(block.letters) <= 2 * len(self._title)
        return block.letters == self._title

    def is_headline(self, block: Block) -> bool:
        """Whether it is set as one."""
        return any(node.tag == "h1" and not self._is_much(node) for node in block.node.ancestors())

    def _is_much(self, node: Node) -> bool:
        return self._weight[node] > self._much

    def _of(self, node: Node) -> str:
        if node not in self._known:
            if node.tag in WHOLE or self._is_much(node):
                self._known[node] = ""
            elif is_pulled(node):
                self._known[node] = "pulled"
            else:
                box_to_type = node in self._typed_into and self._is_box(node)
                around = signs(node) - self._void or _is_list_of_links(node) or box_to_type
                self._known[node] = "around" if around else ""
        return self._known[node]

    def _under_a_picture(self, block: Block) -> bool:
        """Whether the block, not set as the body is, comes after the picture of a small element."""
        if block.size > BOX_WORDS or block.node.tag in HEADINGS or is_deck(block) or setting(block) in self._usual:
            return False
        box = next((node for node in block.node.ancestors() if node in self._pictured), None)
        if box is None or box.tag in ("p", "li") or not self._is_box(box):
            return False
        return self._pictured[box] < block.pieces[0][1]

    def _is_box(self, node: Node) -> bool:
        return self._letters[node] <= BOX_LETTERS


def _is_list_of_links(node: Node) -> bool:
    """Whether each item of the list holds a link and little else; told by the tree alone."""
    if node.tag not in ("ul", "ol"):
        return False
    items = [child for child in node.children if isinstance(child, Node) and child.tag == "li"]
    return bool(items) and all(_is_one_link(item) for item in items)


def _is_one_link(item: Node) -> bool:
    linked = sum(words.end - words.start for node in item.walk() if node.tag == "a" for words in node.words())
    whole = sum(words.end - words.start for words in item.words())
    return linked > LINKED * whole
