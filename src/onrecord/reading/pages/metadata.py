"""What a page says about itself: title, outlet, authors, day, address, language.

Asked in this order, the first that answers wins: JSON-LD of an article (schema.org), the `meta` elements (OpenGraph,
Dublin Core and those of content systems), the markup itself. The day is last looked for by `page_dates`.
"""

from __future__ import annotations

import datetime
import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from onrecord.reading.dates import date_from
from onrecord.reading.pages.markup import Node, text_of
from onrecord.reading.source import is_web_address

TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "parsely-title", "title")
OUTLETS = (
    "og:site_name",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "application-name",
    "cre",
    "twitter:app:name",
)
AUTHORS = (
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "parsely-author",
    "byl",
    "mediator_author",
)
DATES = (
    *("article:published_time", "og:article:published_time", "datepublished", "citation_publication_date"),
    *("parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dcterms.date"),
    *("dc.date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "article.published"),
    *("date", "cxenseparse:recs:publishtime", "bt:pubdate"),
)
LANGUAGES = ("content-language", "og:locale", "dc.language", "dcterms.language", "language")
ARTICLE_TYPE = re.compile(r"(?:\w*Article|\w*Posting|Report|Review|QAPage|Interview)$")
SPACE = re.compile(r"\s+")
SUFFIX = re.compile(r"\s+(?:[|·•»–—:/-]|::|\|\|)\s+")
BY = re.compile(r"^(?:written\s+)?by:?\s+", re.IGNORECASE)
LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_].*)?$")
CLOTHES = re.compile(r"^\s*(?://\s*)?(?:<!\[CDATA\[|<!--)|(?://\s*)?(?:\]\]>|-->)\s*$")
DIRECTION = (
    "\u200b\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"  # marks around a name are not the name's
)
AROUND = " |·•»–—:/-\t"
OBJECTS = 2_000
MOST_AUTHORS = 60
LONGEST_OUTLET = 60
LONGEST = 400
FEWEST_LETTERS_OF_A_TITLE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What was found; None, or empty, where the page does not say. `bodies` are texts of the article that JSON-LD
    holds, good for telling it from its surroundings, never for its words; `live` is a page of dated posts."""

    title: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published: datetime.date | None = None
    url: str | None = None
    language: str | None = None
    bodies: tuple[str, ...] = ()
    live: bool = False


def metadata_of(page: str, root: Node, base: str | None = None) -> Metadata:
    """The metadata of a parsed page; addresses are made absolute by `base`, and all but http and https left out."""
    nodes = list(root.walk())
    meta = _metas(nodes)
    article = _article_of(page, nodes)
    written = _headline(page, nodes)
    whole = _clean(next((text_of(page, node) for node in nodes if node.tag == "title"), ""))
    title = _clean(unescape(_text(article.get("headline") or article.get("name")))) or _first(meta, TITLES) or written
    outlet = _publisher(article) or _outlet(meta)
    if whole and (title is None or outlet is None):
        first, suffix = _parted(whole, title)
        title, outlet = title or first, outlet or suffix
    if title and outlet:
        title = _without_outlet(title, outlet)
    return Metadata(
        title=title,
        outlet=outlet,
        authors=_authors(article.get("author"))
        or _authors([_each(meta, name) for name in AUTHORS])
        or _bylined(page, nodes),
        published=_day(page, article, meta, nodes),
        url=_address(article, meta, nodes, base),
        language=_language(article, meta, nodes),
        bodies=tuple(_bodies(article)),
        live="LiveBlogPosting" in _types(article),
    )


def web_address(value: str, base: str | None = None) -> str | None:
    """The address, made absolute by `base`; None where it is not one of http or https with a host."""
    try:
        url = urljoin(base or "", value.strip())
        parts = urlsplit(url)
    except ValueError:
        return None
    good = is_web_address(url) and parts.scheme.lower() in ("http", "https") and parts.hostname
    return url if good and not any(sign.isspace() for sign in url) else None


def _metas(nodes: Iterable[Node]) -> dict[str, list[str]]:
    """The contents of each `meta`, by name, property, itemprop or http-equiv in small."""
    meta: dict[str, list[str]] = {}
    for node in nodes:
        if node.tag == "meta" and (content := _clean(node.get("content"))):
            for kind in ("name", "property", "itemprop", "http-equiv"):
                if name := node.get(kind).strip().lower():
                    meta.setdefault(name, []).append(content)
    return meta


def _article_of(page: str, nodes: Iterable[Node]) -> Mapping[str, Any]:
    """The first object of JSON-LD that is an article; a live page before all else."""
    found: list[Mapping[str, Any]] = []
    for node in nodes:
        if node.tag == "script" and "ld+json" in node.get("type").lower():
            try:
                data = json.loads(CLOTHES.sub("", text_of(page, node)), strict=False)
            except (ValueError, RecursionError):
                continue  # a page with broken JSON-LD still has its metas
            found += (item for item in _objects(data) if any(ARTICLE_TYPE.match(name) for name in _types(item)))
    live = [item for item in found if "LiveBlogPosting" in _types(item)]
    return (live or found or [{}])[0]


def _objects(data: Any) -> Iterator[Mapping[str, Any]]:
    """The objects that stand for the page itself, breadth first; lists of other pages are not looked into."""
    waiting = deque([data])
    for _ in range(OBJECTS):
        if not waiting:
            return
        item = waiting.popleft()
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            yield item
            waiting.extend(item[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in item)


def _types(item: Mapping[str, Any]) -> list[str]:
    given = item.get("@type", "")
    return [str(name).rsplit("/", 1)[-1] for name in (given if isinstance(given, list) else [given])]


def _bodies(article: Mapping[str, Any]) -> Iterator[str]:
    posts = article.get("liveBlogUpdate")
    for item in [article, *(posts if isinstance(posts, list) else [])][:OBJECTS]:
        if isinstance(item, dict):
            for key in ("articleBody", "text"):
                if isinstance(body := item.get(key), str):
                    yield body


def _publisher(article: Mapping[str, Any]) -> str | None:
    for key in ("publisher", "sourceOrganization", "isPartOf"):
        item = article.get(key)
        for one in item if isinstance(item, list) else [item]:
            name = _clean(unescape(_text(one.get("name") if isinstance(one, dict) else one)))
            if name and not web_address(name):
                return name
    return None


def _outlet(meta: Mapping[str, list[str]]) -> str | None:
    return next((name for key in OUTLETS for name in meta.get(key, ()) if not web_address(name)), None)


def _authors(given: Any) -> tuple[str, ...]:
    """The names in what may be a name, an object with one, or a list of either; in order, each once."""
    names: list[str] = []
    waiting = [given]
    for _ in range(MOST_AUTHORS):
        if not waiting:
            break
        item = waiting.pop()
        if isinstance(item, list):
            waiting.extend(reversed(item[:MOST_AUTHORS]))
        elif isinstance(item, dict):
            waiting.append(item.get("name"))
        else:
            name = BY.sub("", _clean(unescape(_text(item))) or "")
            if name and not web_address(name) and name not in names:
                names.append(name)
    return tuple(names)


def _bylined(page: str, nodes: Iterable[Node]) -> tuple[str, ...]:
    """Whom `rel=author` or `itemprop=author` names."""
    marked = [node for node in nodes if "author" in node.get("rel").split() or node.get("itemprop") == "author"]
    return _authors([text_of(page, node) for node in marked])


def _headline(page: str, nodes: Iterable[Node]) -> str | None:
    """The first h1 with words of a title, one marked as the headline before all else."""
    best = None
    for node in nodes:
        marked = node.get("itemprop") == "headline" and node.tag != "meta"
        if marked or (node.tag == "h1" and best is None):
            words = _clean(text_of(page, node))
            if words and len(words) >= FEWEST_LETTERS_OF_A_TITLE:
                if marked:
                    return words
                best = words
    return best


def _parted(whole: str, title: str | None) -> tuple[str, str | None]:
    """The `title` element as headline and outlet: what is left of it beside a known headline, or its longest part."""
    if title is not None:
        before, found, after = whole.partition(title)
        parts = [part for side in (after, before) for part in SUFFIX.split(side.strip(AROUND)) if part]
        return title, parts[-1] if found and parts and len(parts[-1]) <= LONGEST_OUTLET else None
    return max(SUFFIX.split(whole), key=len), None


def _without_outlet(title: str, outlet: str) -> str:
    parts = SUFFIX.split(title)
    if len(parts) > 1 and parts[-1].casefold() == outlet.casefold():
        return title[: len(title) - len(parts[-1])].rstrip(AROUND)
    return title


def _day(
    page: str, article: Mapping[str, Any], meta: Mapping[str, list[str]], nodes: Iterable[Node]
) -> datetime.date | None:
    said = [_text(article.get("datePublished")), *(value for name in DATES for value in meta.get(name, ()))]
    said += [
        node.get("datetime") or node.get("content") or text_of(page, node)
        for node in nodes
        if node.get("itemprop") == "datePublished" or (node.tag == "time" and "pubdate" in node.attributes)
    ]
    return next((day for value in said if value and (day := date_from(value))), None)


def _address(
    article: Mapping[str, Any], meta: Mapping[str, list[str]], nodes: Iterable[Node], base: str | None
) -> str | None:
    canonical = [node.get("href") for node in nodes if node.tag == "link" and "canonical" in node.get("rel").lower()]
    page = article.get("mainEntityOfPage")
    named = [article.get("url"), page.get("@id") if isinstance(page, dict) else page]
    said = [*canonical, *meta.get("og:url", ()), *(value for value in named if isinstance(value, str))]
    return next((url for value in said if value and (url := web_address(value, base))), None)


def _language(article: Mapping[str, Any], meta: Mapping[str, list[str]], nodes: Iterable[Node]) -> str | None:
    said = [node.get("lang") or node.get("xml:lang") for node in nodes if node.tag in ("html", "body")]
    said += [_text(article.get("inLanguage")), *(value for name in LANGUAGES for value in meta.get(name, ()))]
    return next((match[1].lower() for value in said if (match := LANGUAGE.match(value.strip()))), None)


def _first(meta: Mapping[str, list[str]], names: Iterable[str]) -> str | None:
    return next((value for name in names for value in meta.get(name, ())), None)


def _each(meta: Mapping[str, list[str]], name: str) -> list[str]:
    return [part for value in meta.get(name, ()) for part in ([value] if web_address(value) else value.split(";"))]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _clean(text: str) -> str | None:
    """White space collapsed; None where nothing is left or it is no name or title by its length."""
    text = SPACE.sub(" ", text.replace("\0", "")).strip().strip(DIRECTION).strip()
    return text if 0 < len(text) <= LONGEST else None
