"""Entity tags (RFC 9110, 8.8.3): whether the client has an answer already."""

from __future__ import annotations

import hashlib
import re

TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')


def tag_of(body: bytes) -> str:
    """The strong tag of a body: the same bytes, the same tag."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def holds(if_none_match: str, tag: str) -> bool:
    """Whether an If-None-Match header names `tag`, compared weakly, or is `*`."""
    return if_none_match.strip() == "*" or tag in TAG.findall(if_none_match)
