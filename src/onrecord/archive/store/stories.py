"""What the versions of a story share."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from onrecord.records import Article

TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id", re.ASCII)


def story_key(article: Article) -> str:
    """What the versions of a story share: its url; without one, the outlet and the id it was given; else its text."""
    if article.url:
        return f"url:{plain_url(article.url)}"
    if article.id != article.sha256[:12]:
        return f"id:{article.outlet or ''}:{article.id}"
    return f"text:{article.sha256}"


def plain_url(url: str) -> str:
    """A url without fragment and tracking, host in lower case: equal where the page is one."""
    try:
        parts = urlsplit(url.strip())
        query = parts.query
        if query and TRACKING.search(query):
            query = urlencode([(k, v) for k, v in parse_qsl(query, True) if not TRACKING.fullmatch(k)])
        return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path, query, ""))
    except ValueError:
        return url
