"""The same article with other quotation marks, so that the tagger does not lean on one house style.

Marks are exchanged one character for one, so that every gold offset stays true.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.finding.quoting.quotations import find_quotations
from onrecord.finding.segments import paragraphs

STYLES = {
    "curly": {"double": "“”", "single": "‘’"},
    "straight": {"double": '""', "single": "''"},
    "british": {"double": "‘’", "single": "“”"},
    "guillemet": {"double": "«»", "single": "“”"},
}


def restyle(doc: Mapping[str, Any], style: str) -> dict[str, Any]:
    """``doc`` with the marks of every closed quotation in another style; ``straight`` flattens apostrophes too."""
    text: str = doc["text"]
    chars = list(text)
    marks = STYLES[style]
    for q in find_quotations(text, paragraphs(text)):
        pair = marks.get(q.family)
        if pair is None or q.inner.start - q.span.start != 1:
            continue
        chars[q.span.start] = pair[0]
        if q.closed and q.span.end - q.inner.end == 1:
            chars[q.inner.end] = pair[1]
    if style == "straight":
        chars = [{"’": "'", "‘": "'", "“": '"', "”": '"'}.get(ch, ch) for ch in chars]
    return {**doc, "text": "".join(chars)}
