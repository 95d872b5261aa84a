"""Which paragraphs of a page are its article.

1. trafilatura (Barbaresi 2021, "Trafilatura: A Web Scraping Library", ACL demo) names the main text, and JSON-LD may
   hold it; a block is voted for when its letters are in either.
2. The article is where the votes are: the smallest element with nearly all of the voted words, and from the first to
   the last of them also what trafilatura lost, if it is prose or stands in the row of the others.
3. Out go captions, pull quotes, the headline, and what stands around articles (`furniture`), voted for or not.

Votes choose; the words come from the page.
"""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from onrecord.errors import MissingExtra
from onrecord.reading.pages.apart import (
    HEADINGS,
    LINKED,
    MUCH,
    PROSE_WORDS,
    Apart,
    prose,
    row,
    setting,
    usual_settings,
    weights,
)
from onrecord.reading.pages.blocks import NEVER_SHOWN, Block, letters_of, lines_of
from onrecord.reading.pages.furniture import is_about_the_author, is_deck, is_end
from onrecord.reading.pages.markup import VOID, Node, Words
from onrecord.reading.pages.metadata import Metadata

LONGEST = 2_000_000
MOST_NODES = 40_000
"""Characters and elements of a page that trafilatura is shown; on a larger one density alone votes."""
NEARLY_ALL = 0.85
FEWEST_LETTERS = 24
"""Fewer could be in a text by chance."""
SHINGLE = 4
SHINGLES_SHARED = 0.6
TAG = re.compile(r"<[^<>]{1,200}>")
PULLED_WORDS = 60
CREDIT_WORDS = 15
MOST_PULLED = 300
"""So many candidates are compared with all the rest, no more: a page may be made to be slow."""
UNNAMED_DECKS = 3
FEWEST_PULLED_LETTERS = 16
KEPT_ATTRIBUTES = ("class", "id", "role", "itemprop", "href", "rel")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The blocks of the article in order, and how many captions, pull quotes and foreign blocks there were."""

    blocks: tuple[Block, ...]
    captions: int = 0
    pulled: int = 0
    others: int = 0


def choose(page: str, root: Node, blocks: Sequence[Block], metadata: Metadata) -> Chosen:
    """The article among `blocks`. Raises MissingExtra without trafilatura."""
    if not blocks:
        return Chosen(())
    title = letters_of(metadata.title or "")
    blocks = [line for block in blocks for line in _parted(block, title)]
    voted = votes(page, root, blocks, metadata.bodies)
    if not voted:
        return Chosen(())
    apart = Apart(root, blocks, voted, title, metadata.authors)
    kinds = {block: apart.kind(block) for block in blocks} | dict.fromkeys(_after_the_end(blocks, voted), "around")
    kept_votes = {block for block in voted if kinds[block] == ""}
    container = _container(root, weights(kept_votes))
    inside = [block for block in blocks if block.node is container or container in block.node.ancestors()]
    first_article = _without_a_second_article(inside, kept_votes, None if metadata.live else apart.is_headline)
    region = _region(first_article, kept_votes, kinds)
    decks = [block for block in _decks(blocks, region, kinds) if not is_about_the_author(block, metadata.authors)]
    region = decks + _without_headings_of_boxes(region, blocks)
    repeated, names = _repeated(region)
    body = _without_bare_headings([block for block in region if block not in repeated | names])
    while body and (
        (is_about_the_author(body[-1], metadata.authors) and len(body) > 2) or body[-1].node.tag in HEADINGS
    ):
        body.pop()
    runs = [kind for kind, _ in groupby(kinds[block] for block in inside)]
    captions = sum(kinds[block] == "caption" for block in inside)
    foreign = len(inside) - len(first_article)
    return Chosen(tuple(body), captions, runs.count("pulled") + len(repeated), foreign)


def _parted(block: Block, title: str) -> list[Block]:
    """The block by its lines, where the first is the headline."""
    if "\n" not in block.text or not title:
        return [block]
    lines = lines_of(block)
    return lines if lines[0].letters == title else [block]


def votes(page: str, root: Node, blocks: Iterable[Block], bodies: Iterable[str] = ()) -> set[Block]:
    """The blocks that trafilatura, or one of `bodies`, holds; where neither has any, long unlinked ones."""
    chosen: set[Block] = set()
    for text in (_main_text(page, root), *(TAG.sub(" ", html.unescape(body)) for body in bodies)):
        if not text:
            continue
        lines = {letters_of(line) for line in text.splitlines()}
        whole, shingles = letters_of(text), set(_shingles(text))
        for block in blocks:
            if block not in chosen and block.letters and _held(block, lines, whole, shingles):
                chosen.add(block)
        chosen |= _held_tables(blocks, whole)
    for least in (2 * PROSE_WORDS, PROSE_WORDS):
        if not chosen:
            chosen = {block for block in blocks if block.size >= least and block.link_share < LINKED and prose(block)}
    return chosen


def _held(block: Block, lines: set[str], whole: str, shingles: set[tuple[str, ...]]) -> bool:
    if block.letters in lines or (len(block.letters) >= FEWEST_LETTERS and block.letters in whole):
        return True
    own = _shingles(block.text)
    return len(own) >= SHINGLE and sum(shingle in shingles for shingle in own) >= SHINGLES_SHARED * len(own)


def _held_tables(blocks: Iterable[Block], whole: str) -> set[Block]:
    """The cells of tables that are in the main text as a whole: most cells are too short to be known by themselves."""
    cells: dict[Node, list[Block]] = {}
    for block in blocks:
        table = next((node for node in block.node.ancestors() if node.tag == "table"), None)
        if table is not None:
            cells.setdefault(table, []).append(block)
    held = set()
    for inside in cells.values():
        letters = "".join(block.letters for block in inside)
        if len(letters) >= FEWEST_LETTERS and letters in whole:
            held.update(inside)
    return held


def _shingles(text: str) -> list[tuple[str, ...]]:
    words = text.casefold().split()
    return [tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)]


def _main_text(page: str, root: Node) -> str:
    if len(page) > LONGEST or next(islice(root.walk(), MOST_NODES, None), None) is not None:
        return ""
    try:
        import trafilatura
    except ModuleNotFoundError:
        raise MissingExtra.named("pages", "trafilatura") from None
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        text = trafilatura.extract(_rendered(page, root), include_comments=False, include_tables=True)
    except Exception:  # a parser of strangers' pages: whatever it stumbles over, the density of the text votes
        return ""
    return str(text or "")


def _rendered(page: str, root: Node) -> str:
    """The tree as HTML again, less what is never shown, with every tag closed: what trafilatura sees is what we see."""
    parts: list[str] = ["<!DOCTYPE html>"]
    stack: list[Node | Words | str] = [root]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
        elif isinstance(item, Words):
            parts.append(html.escape(html.unescape(page[item.start : item.end]), quote=False))
        elif item.tag not in NEVER_SHOWN:
            if item.tag:
                given = "".join(
                    f' {name}="{html.escape(item.get(name))}"' for name in KEPT_ATTRIBUTES if name in item.attributes
                )
                parts.append(f"<{item.tag}{given}>")
                if item.tag not in VOID:
                    stack.append(f"</{item.tag}>")
            stack.extend(reversed(item.children))
    return "".join(parts)


def _container(root: Node, weight: dict[Node, int]) -> Node:
    """The smallest element with nearly all of the words."""
    node, least = root, NEARLY_ALL * weight.get(root, 0)
    while True:
        heavy = [child for child in node.children if isinstance(child, Node) and weight.get(child, 0) >= max(1, least)]
        if not heavy:
            return node
        node = heavy[0]


def _without_a_second_article(
    blocks: list[Block], voted: set[Block], is_headline: Callable[[Block], bool] | None
) -> list[Block]:
    """`blocks` up to another article of the page: one after a headline of its own (None: headlines do not tell), or in
    an element of its own."""
    start = next((at for at, block in enumerate(blocks) if block in voted), 0)
    headed = is_headline is not None and any(map(is_headline, blocks[:start]))
    own = _article_element(blocks[start]) if blocks else None
    own_is_whole = own is not None and any(node.tag == "h1" for node in own.walk())
    kept = []
    for at, block in enumerate(blocks):
        if at > start and headed and is_headline is not None and is_headline(block):
            break
        if (
            at > start
            and own_is_whole
            and _article_element(block) is not None
            and own not in set(block.node.ancestors())
        ):
            continue
        kept.append(block)
    return kept


def _article_element(block: Block) -> Node | None:
    return next((node for node in block.node.ancestors() if node.tag == "article"), None)


def _region(blocks: Sequence[Block], voted: set[Block], kinds: dict[Block, str]) -> list[Block]:
    """From the first to the last vote, and as far beyond as the same row goes on in prose."""
    places = [at for at, block in enumerate(blocks) if block in voted and block.node.tag not in HEADINGS]
    if not places:
        return []
    rows = {row(blocks[at]) for at in places}
    first, last = places[0], places[-1]
    while first > 0 and not kinds[blocks[first - 1]] and row(blocks[first - 1]) in rows and prose(blocks[first - 1]):
        first -= 1
    while last + 1 < len(blocks) and _goes_on(blocks[last + 1], kinds, rows):
        last += 1
    while first > 0 and blocks[first - 1] in voted:
        first -= 1
    return [
        block
        for block in blocks[first : last + 1]
        if not kinds[block]
        and (
            block in voted or prose(block) or row(block) in rows or block.node.tag in HEADINGS or block.node.tag == "li"
        )
    ]


def _goes_on(block: Block, kinds: dict[Block, str], rows: set[tuple[str, str, Node | None]]) -> bool:
    return bool(kinds[block]) or (row(block) in rows and prose(block))


def _decks(blocks: Sequence[Block], region: Sequence[Block], kinds: dict[Block, str]) -> list[Block]:
    """Lines under the headline that stand before the region: so named, or the one or two that are long enough."""
    if not region:
        return []
    before = list(blocks[: blocks.index(region[0])])
    headline = next((at for at in reversed(range(len(before))) if kinds[before[at]] == "title"), None)
    after = set() if headline is None else {block for block in before[headline + 1 :] if not kinds[block]}
    if len(after) > UNNAMED_DECKS:
        after = set()
    return [
        block
        for block in before
        if block.size >= PROSE_WORDS and (block in after or (is_deck(block) and kinds[block] in ("", "around")))
    ]


def _after_the_end(blocks: Sequence[Block], voted: set[Block]) -> set[Block]:
    """What stands under headings such as "Sources", up to the next heading of that rank or the end of the element they
    are in; nothing where much of the article would be that."""
    found: set[Block] = set()
    under: list[Block] = []
    much = MUCH * sum(block.size for block in voted)
    for block in blocks:
        heading = block.node.tag in HEADINGS
        if under:
            within = under[0].node.parent in set(block.node.ancestors())
            if within and not (heading and block.node.tag <= under[0].node.tag):
                under.append(block)
                continue
            found |= _if_little(under, voted, much)
        under = [block] if heading and is_end(block) else []
    return found | _if_little(under, voted, much)


def _if_little(under: Sequence[Block], voted: set[Block], much: float) -> set[Block]:
    return set(under) if sum(block.size for block in under if block in voted) <= much else set()


def _repeated(region: Sequence[Block]) -> tuple[set[Block], set[Block]]:
    """Pull quotes that no name gives away: short, set apart from the row of the body, and said again in a longer block;
    and the names that stand under them."""
    found: set[Block] = set()
    names: set[Block] = set()
    asked = 0
    usual = usual_settings(region)
    for block in region:
        if block.size > PULLED_WORDS or len(block.letters) < FEWEST_PULLED_LETTERS:
            continue
        apart = setting(block) not in usual or any(
            node.tag in ("blockquote", "aside", "figure") or "-" in node.tag for node in block.node.ancestors()
        )
        if not apart:
            continue
        asked += 1
        if asked > MOST_PULLED:
            break
        if any(_says_again(other, block) for other in region if other is not block):
            found.add(block)
            names |= _credits(block, region)
    return found, names - found


def _credits(block: Block, region: Sequence[Block]) -> set[Block]:
    """The few other words in the largest element around a pull quote that holds only few others."""
    others: set[Block] = set()
    for node in block.node.ancestors():
        inside = {other for other in region if other is not block and node in other.node.ancestors()}
        if sum(other.size for other in inside) > CREDIT_WORDS:
            break
        others = inside
    return others


def _says_again(longer: Block, block: Block) -> bool:
    return len(longer.letters) > len(block.letters) and block.letters in longer.letters


def _without_headings_of_boxes(region: Sequence[Block], blocks: Sequence[Block]) -> list[Block]:
    """Less the headings whose element holds more, and nothing of that is kept: a box of links, of which it is left."""
    kept, all_words = weights(region), weights(blocks)

    def left_over(block: Block) -> bool:
        box = block.node.parent
        return box is not None and kept[box] == block.size < all_words[box]

    return [block for block in region if block.node.tag not in HEADINGS or not left_over(block)]


def _without_bare_headings(blocks: Sequence[Block]) -> list[Block]:
    """Less the headings with nothing under them before the next of their rank."""
    kept: list[Block] = []
    for block in blocks:
        while (
            kept
            and kept[-1].node.tag in HEADINGS
            and block.node.tag in HEADINGS
            and block.node.tag <= kept[-1].node.tag
        ):
            kept.pop()
        kept.append(block)
    return kept
