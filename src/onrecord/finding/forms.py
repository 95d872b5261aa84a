"""Form: direct, indirect or mixed, by the quotation marks around a content's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.finding.drafts import Draft, Spans
from onrecord.finding.quotations import Quotation
from onrecord.records import Form
from onrecord.spans import Span

WORD = re.compile(r"\w+(?:['’]\w+)*")
AS_SPEECH = frozenset(("label", "turn"))


def form_of(draft: Draft, text: str, quotations: Sequence[Quotation]) -> tuple[Form, str]:
    """The form of a draft and why. Marks that also enclose the draft's cue or source belong to somebody else's words."""
    if draft.rule in AS_SPEECH:
        return "direct", "set out as speech"
    quoted, total = _quoted_words(draft.content, _own(draft, quotations), text)
    if quoted == total:
        return "direct", "marks"
    if quoted:
        return "mixed", "marks"
    if _after_colon(draft, text):
        return "direct", "colon"
    return "indirect", "no marks"


def _own(draft: Draft, quotations: Sequence[Quotation]) -> list[Span]:
    around = draft.cue + draft.source
    return [q.inner for q in quotations if not any(q.inner.contains(s) for s in around)]


def _quoted_words(content: Spans, inners: Sequence[Span], text: str) -> tuple[int, int]:
    quoted = total = 0
    for piece in content:
        near = [s for s in inners if s.overlaps(piece)]
        for m in WORD.finditer(text, piece.start, piece.end):
            total += 1
            quoted += any(s.start <= m.start() and m.end() <= s.end for s in near)
    return quoted, total


def _after_colon(draft: Draft, text: str) -> bool:
    """Words set out behind a colon that ends the cue, without marks: ``She answered: not today.``"""
    first = draft.content[0]
    before = text[max(0, first.start - 3) : first.start].rstrip()
    return bool(draft.cue) and before.endswith(":") and any(s.end <= first.start for s in draft.cue)
