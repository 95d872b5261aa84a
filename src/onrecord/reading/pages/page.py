"""An HTML page: its article, in the page's own words, with the way back to each of them.

The text is made of the page's paragraphs (`blocks`), those that are the article (`choosing`), under what the page says
of itself (`metadata`). The bytes stay with the Article, in its Origin.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from onrecord.errors import BinaryInput, EmptyInput, InputError
from onrecord.reading.encodings import Decoded, decode
from onrecord.reading.language import AUTO
from onrecord.reading.pages.blocks import blocks_of, compose
from onrecord.reading.pages.choosing import Chosen, choose
from onrecord.reading.pages.markup import parse
from onrecord.reading.pages.metadata import Metadata, metadata_of
from onrecord.reading.pages.page_dates import find_day
from onrecord.reading.pages.saved import address_in
from onrecord.reading.source import Defaults, read_all
from onrecord.records import Article, Origin, Skipped

MEDIA_TYPE = "text/html"
MARKED = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    *((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig")),
    *((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")),
)
"""Byte order marks, and the codecs that drop them."""
DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.I,
)
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
HEAD = 4096
AS_BROWSERS_DO = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
}
NOT_FOR_PAGES = frozenset(("utf-7", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"))


def read_page(stream: BinaryIO, name: str, defaults: Defaults) -> Iterator[Article | Skipped]:
    """The one article of the page, or why there is none."""
    try:
        yield article_of(read_all(stream), name, defaults)
    except InputError as refusal:
        yield Skipped.because(name, refusal)


def article_of(raw: bytes, name: str, defaults: Defaults, content_type: str = "") -> Article:
    """The article of the page whose bytes are `raw`; `content_type` is the header it came with, if any.

    Raises EmptyInput (no article in it), BinaryInput, UndecodableInput, MalformedFile, or MissingExtra.
    """
    decoded = decode_page(raw, content_type)
    page = decoded.text
    root = parse(page)
    blocks = blocks_of(page, root)
    metadata = metadata_of(page, root, defaults.url or address_in(page))
    chosen = choose(page, root, blocks, metadata)
    text, offsets = compose(chosen.blocks)
    if not any(map(str.isalpha, text)):
        raise EmptyInput(
            f"a page with {sum(block.size for block in blocks)} words and no article among them",
            "the page of an article",
            "Open it in a browser: the text may be loaded by a script, so save the page from there",
        )
    url, notices = _address(metadata, defaults)
    url = url or address_in(page)
    return Article(
        text=text,
        title=metadata.title or defaults.title,
        outlet=metadata.outlet or defaults.outlet,
        published=metadata.published or defaults.published or find_day(page, url),
        url=url,
        language=_language(metadata.language, defaults.language),
        notices=(*decoded.notices, *notices, *_left_out(chosen)),
        origin=Origin.of(
            raw, media_type=MEDIA_TYPE, name=name, encoding=decoded.encoding, authors=metadata.authors, map=offsets
        ),
    )


def decode_page(raw: bytes, content_type: str = "") -> Decoded:
    """The page as text: by its byte order mark, the header, what it declares of itself if that fits, or as any text.

    Stray NUL bytes, which browsers pass over, do not make it binary.
    """
    declared = [match[1] for match in (CHARSET.search(content_type),) if match]
    if match := DECLARED.search(raw[:HEAD]):
        declared.append((match[1] or match[2]).decode("ascii", "replace"))
    for mark, codec in MARKED:
        if raw.startswith(mark):
            return replace(decode(raw), encoding=codec)
    for label in declared:
        if text := _decoded_as(raw, label):
            return text
    try:
        return decode(raw)
    except BinaryInput:
        if b"<" not in raw or raw.count(b"\0") > len(raw) // 100:
            raise
        return decode(raw.replace(b"\0", b" "))


def _decoded_as(raw: bytes, label: str) -> Decoded | None:
    try:
        codec = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    codec = AS_BROWSERS_DO.get(codec, codec)
    if codec in NOT_FOR_PAGES or codec == "utf-8" or b"\0" in raw:
        return None  # UTF-8 has its own way of bearing broken bytes
    if _is_utf8(raw) and not codec.startswith("iso2022"):
        return None  # whatever it says
    try:
        text = raw.decode(codec)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None
    return Decoded(text, (f"decoded as {codec}, as the page says",), codec) if text.strip() else None


def _language(said: str | None, default: str | None) -> str | None:
    """The language a page says it is in; many say English that are not, so there the text is asked if it may be."""
    return default if said is None or (said == "en" and default == AUTO) else said


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _address(metadata: Metadata, defaults: Defaults) -> tuple[str | None, tuple[str, ...]]:
    """The page's own address, unless it was fetched from elsewhere: a page may not speak for another's site."""
    if metadata.url is None or defaults.url is None or _site(metadata.url) == _site(defaults.url):
        return metadata.url or defaults.url, ()
    return defaults.url, (f"says its address is {metadata.url[:200]}, which is another site",)


def _site(url: str) -> str:
    host = re.sub(r"^[a-z]+://(?:[^/@]*@)?|[:/?#].*$", "", url.lower())
    return ".".join(host.split(".")[-2:])


def _left_out(chosen: Chosen) -> tuple[str, ...]:
    counted = (
        (chosen.captions, "caption(s)"),
        (chosen.pulled, "pull quote(s)"),
        (chosen.others, "block(s) of a second article"),
    )
    told = ", ".join(f"{number} {what}" for number, what in counted if number)
    return (f"left out: {told}",) if told else ()
