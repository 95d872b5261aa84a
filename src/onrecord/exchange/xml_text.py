"""Text as XML 1.0 may hold it."""

from __future__ import annotations

import re

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """The text, with the replacement character for each one that XML cannot hold."""
    return FORBIDDEN.sub("\ufffd", text)
