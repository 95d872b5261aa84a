"""A piece of HTML that is an article, as feeds and mails carry it, with no page around it."""

from __future__ import annotations

from onrecord.reading.pages.blocks import blocks_of, compose
from onrecord.reading.pages.furniture import is_caption, is_pulled, is_stock
from onrecord.reading.pages.markup import parse
from onrecord.records import OffsetMap


def fragment_text(html: str) -> tuple[str, OffsetMap]:
    """The text of its paragraphs and the way back into `html`; captions, pull quotes and stock lines are left out.

    Raises MalformedFile for more tags than an article has.
    """
    blocks = [
        block
        for block in blocks_of(html, parse(html))
        if not (is_caption(block) or is_stock(block) or any(map(is_pulled, block.node.ancestors())))
    ]
    return compose(blocks)


def lines_of(html: str) -> list[str]:
    """All paragraphs, cells and lines that a browser would show."""
    blocks = blocks_of(html, parse(html))
    return [line for block in blocks for line in block.text.split("\n")]
