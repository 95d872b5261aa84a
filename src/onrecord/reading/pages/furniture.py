"""What stands around an article on its page: known by the names its elements bear, and by stock phrases.

Names are those that content systems and their themes give (`class`, `id`, `role`); a name alone
decides nothing about an element that holds much of the article: see `apart`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from onrecord.reading.pages.blocks import Block
from onrecord.reading.pages.markup import Node

NAMING = (
    "class",
    "id",
    "data-component",
    "data-component-name",
    "data-testid",
    "data-area",
    "data-module",
    "data-type",
)
NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
SURROUNDINGS = frozenset(
    "share shares sharing sharebar sharedaddy social related relatedposts recirc recirculation recommended "
    "recommendations recommend recs newsletter newsletters subscribe subscription signup promo promos promobox "
    "promotion ad ads advert adverts advertisement advertising adslot adunit sponsored sponsor cookie cookies "
    "consent gdpr breadcrumb breadcrumbs nav navigation navbar menu footer sidebar rail comments comment "
    "commentlist disqus bio byline authorbox author authors contributor contributors timestamp pagination pager "
    "popular trending teaser teasers outbrain taboola paywall regwall login widget poll quiz gallery carousel "
    "slideshow modal popup popover overlay toast donate donation taglist tags keywords toolbar tools masthead "
    "copyright tooltip interstitial navbox toc hatnote jumplinks cta ticker rating ratings reactions claps meta "
    "postmeta metadata published postdate readtime skip mostread onward upsell banner eyebrow kicker rubric "
    "factbox infobox sidebox contentbox disclaimer".split()
)
SURROUNDING_PAIRS = re.compile(
    r"(?:^| )(?:read (?:more|next|also|on)|most (?:read|viewed|shared|popular)|more (?:on|from|stories|news|"
    r"coverage|like)|see also|sign up|you (?:may|might)|up next|also (?:read|like)|sr only|visually hidden|"
    r"screen reader|author (?:bio|box|info)|article (?:info|date|author|tools|footer|tags|topics)|post (?:info|date|"
    r"author|tags|footer|meta)|reading time|table of contents|next article|next story|post nav|"
    r"about (?:the )?author|view count"
    r"|(?:bottom|end|foot) of (?:article|story|post)|(?:article|story|post) (?:bottom|end|foot))(?: |$)"
)
SURROUNDING_TAGS = frozenset(("nav", "footer", "aside", "menu", "address", "amp-ad", "amp-sidebar", "amp-consent"))
SURROUNDING_ROLES = frozenset(
    "navigation complementary contentinfo search dialog alertdialog menu toolbar banner tooltip".split()
)
PULLED = re.compile(
    r"(?:^| )(?:pull(?:ed)? ?quotes?|pq|quote ?callout|callout ?quote|display ?quote|big ?quote|pull)(?: |$)"
)
CAPTIONS = frozenset("caption captions figcaption thumbcaption credit credits photocredit imagecaption cutline".split())
DECKS = frozenset("standfirst deck dek subtitle subhead subheadline subheading summary excerpt strapline lede".split())
NOT_A_CAPTION = frozenset(("blockquote", "table", "pre"))

STOCK = re.compile(
    r"advert(?:isement|orial)?s?$|(?:story|article) continues below|continue reading\b"
    r"|read (?:more|next|also|on|the full (?:story|article))\b"
    r"|(?:see|watch|read|listen|more|related) ?(?:also|more|stories|articles|coverage|now)?\s*[:»>]"
    r"|related (?:stories|articles|topics|links|content)\b|sign up (?:for|to|here|now|and)\b"
    r"|subscribe (?:to|now|for|here)\b"
    r"|already a (?:subscriber|member)|get (?:the|our) .{0,40}newsletter|share (?:this|on|via)\b"
    r"|follow us\b|like us on|click (?:here|to)\b|tap (?:here|to)\b|©|\(c\) |copyright (?:©|\d)|all rights reserved"
    r"|\(?(?:photo|photograph|image|picture|video|credit)s?(?: by (?-i:[A-Z])|\s?[:/])"
    r"|by (?-i:[A-Z])[\w.'’-]+(?: (?:and )?(?-i:[A-Z])[\w.'’-]+){0,5}$|\d+ ?min(?:ute)?s? read\b"
    r"|leave a (?:comment|reply)|(?:load|show|view|hide) (?:more|all|comments)\b"
    r"|(?:tags|topics|filed under|categories|posted in|labels|keywords)\s?:|(?:skip|jump) to (?:main|content|nav)"
    r"|back to top$|listen to this (?:story|article)|(?:print|e-?mail|save|report) this (?:story|article|page|post)"
    r"|(?:we|this site) uses? cookies|(?:next|previous|prev)(?: (?:post|article|story|page))?\s*[:»›→]?$"
    r"|have a (?:news )?tip\b|you (?:may|might) also (?:like|be interested)|don[’']t miss:|play video$|image source"
    r"|(?:editor[’']s note: )?a version of this (?:article|story|piece) (?:first |originally )?appear|you can share\b"
    r"|see (?:the )?full (?:web )?(?:article|story|version)|our (?:standards|principles|methods):"
    r"|.{0,200}\bunsubscribe\b"
    r"|you(?: are|[’']re)? (?:get|got|receiv)\w* this (?:letter|newsletter|e-?mail)"
    r"|(?:design|maps?|graphics?|illustrations?|translation|produced|producer)(?: by)?:",
    re.IGNORECASE,
)
"""How a line opens that is none of the article's, whatever follows."""
LABEL = re.compile(
    r"(?:sponsored|subscribe|share|log in|sign in|join our|follow (?:me|him|her|them|@)|recommended|trending|loading"
    r"|most (?:read|popular|viewed)|support (?:us|our|independent)|(?:first |last )?(?:published|posted"
    r"|updated|modified)"
    r"|\d+ (?:comments?|shares?|likes?|views?|claps?)|\d+ (?:minutes?|hours?|days?) ago|download (?:the"
    r"|our) app|source(?=:))\b",
    re.IGNORECASE,
)
"""How a line opens that is none of the article's unless it is a sentence."""
AFTER_THE_ARTICLE = re.compile(
    r"(?:sources?|references|external links|see also|notes|footnotes|further reading|related (?:news|stories|"
    r"articles|links|topics)|sister links|bibliography|comments?(?: \(\d+\))?|discussion|more (?:on this|from|"
    r"stories|news)\b.*|(?:keep|continue) reading|what(?:'|’)s next|about the author)\s*:?",
    re.IGNORECASE,
)
"""A heading that opens what is no more the article."""
STOCK_WORDS = 30
"""A stock phrase opens a line that is no part of the article only where the line is this short."""
SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
DAY_WORDS = (
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}"
    r"|\d{1,4}(?:st|nd|rd|th|[ap]m|h)?|[ap]\.?m|gmt|utc|bst|[ecmp][sd]?t|at|on|ago|updated"
)
SIGNS = r"[\s.,:/|·•–—&()'‘’-]"
ONLY_TIME = re.compile(rf"(?:\b(?:{DAY_WORDS})\b|{SIGNS})+", re.IGNORECASE)
BY_WORDS = "by|from|in|and|with|for|words?|text|story|written|reporting|interview|posted|published"
ONLY_BYLINE = re.compile(rf"(?:\b(?:{DAY_WORDS}|{BY_WORDS})\b|{SIGNS})*", re.IGNORECASE)
ABOUT_THE_AUTHOR = re.compile(
    r"(?:[A-Z][\w.’'-]* ){1,4}(?:is|was) (?:an? |the |our )(?:[\w'’-]+,? ){0,5}"
    r"(?:reporter|correspondent|writer|journalist|editor|columnist|freelancer|author)\b"
)
CREDITS = re.compile(
    r"(?:follow (?:him|her|them|@)|(?:additional )?reporting by|(?:this|the) (?:article|story) was edited by"
    r"|(?:this|the) (?:article|story|piece) (?:first|originally|was (?:first|originally)) (?:appeared|published)"
    r"|(?:first|originally) (?:appeared|published) (?:in|on|by)|edit(?:ed|ing) by"
    r"|.{0,80}\b(?:contributed (?:to this|reporting)|can be reached at))",
    re.IGNORECASE,
)
QUOTED = re.compile('[“”„«»"]')


@lru_cache(maxsize=4096)
def names_in(written: str) -> tuple[str, ...]:
    """The words of a class or id, in small: "ArticleShare_wrap__3f" gives article, share, wrap, f."""
    return tuple(word.lower() for word in NAME.findall(written))


def names_of(node: Node) -> tuple[str, ...]:
    """The words of its class, id and kindred attributes, and of its tag where a page made that up."""
    own = node.tag if "-" in node.tag else ""
    written = " ".join(filter(None, (own, *(node.get(name) for name in NAMING))))
    return names_in(written[:400]) if written else ()


def signs(node: Node) -> frozenset[str]:
    """By what an element is known as something that stands around articles: its tag, its role, words of its names."""
    names = names_of(node)
    found = {name for name in names if name in SURROUNDINGS}
    found |= {match[0].strip() for match in SURROUNDING_PAIRS.finditer(" ".join(names))}
    if node.tag in SURROUNDING_TAGS:
        found.add(f"<{node.tag}>")
    if node.get("role").lower() in SURROUNDING_ROLES:
        found.add(f"role {node.get('role').lower()}")
    return frozenset(found)


def is_pulled(node: Node) -> bool:
    """Whether it is by its names a pull quote: words of the article set again, large."""
    names = names_of(node)
    return bool(names) and bool(PULLED.search(" ".join(names)))


def is_caption(block: Block, but: Callable[[Node], bool] = lambda node: False) -> bool:
    """Whether the block tells of a picture: a figure holds it, unless as a quotation or a table, or names say so.

    Elements of which `but` holds say nothing: those left unclosed hold half the page.
    """
    for node in block.node.ancestors():
        if node.tag in NOT_A_CAPTION:
            return False
        if (node.tag in ("figcaption", "figure", "amp-img") or _bears_caption(node)) and not but(node):
            return True
    return False


def _bears_caption(node: Node) -> bool:
    return any(name in CAPTIONS or name.endswith("caption") for name in names_of(node))


def is_deck(block: Block) -> bool:
    """Whether the block is by its names the line under the headline."""
    return any(not DECKS.isdisjoint(names_of(node)) for node in list(block.node.ancestors())[:2])


def is_end(heading: Block) -> bool:
    """Whether the heading opens what comes after an article."""
    return AFTER_THE_ARTICLE.fullmatch(heading.text.strip()) is not None


def is_stock(block: Block) -> bool:
    """Whether the block is a line of the page and not of the article, by how it opens."""
    if block.size > STOCK_WORDS:
        return False
    if STOCK.match(block.text) or ONLY_TIME.fullmatch(block.text):
        return True
    return LABEL.match(block.text) is not None and SENTENCE_END.search(block.text) is None


def is_byline(block: Block, authors: Sequence[str]) -> bool:
    """Whether nothing is left of the block but a day and words like "by" once the authors' names are taken out."""
    rest = block.text
    for author in authors:
        rest = rest.replace(author, " ")
    return rest != block.text and ONLY_BYLINE.fullmatch(rest) is not None


def is_about_the_author(block: Block, authors: Sequence[str]) -> bool:
    """Whether the block tells who wrote the article; asked only of the last ones."""
    if block.size > 60 or QUOTED.search(block.text):
        return False
    if CREDITS.match(block.text) or ABOUT_THE_AUTHOR.match(block.text):
        return True
    return block.text.startswith(tuple(authors)) if authors else False
