"""Form: direct, indirect or mixed, by the quotation marks around a content's own words.

Words without marks are direct where they are set out as speech: behind a speaker's label, or behind a colon, if they
begin as a sentence of their own or speak of an I or a you (``She answered: not on my watch``), or where the speaker's
own I comes before the cue (``I wear no hat, he protested``).
"""

from __future__ import annotations

import re

from onrecord.finding.pack import pattern
from onrecord.finding.quoting.quotations import Quotations
from onrecord.finding.tagging.drafts import Draft, Spans
from onrecord.records import Form
from onrecord.spans import merge

WORD = re.compile(r"\w+(?:['’]\w+)*")


def form_of(draft: Draft, text: str, quotations: Quotations) -> tuple[Form, str]:
    """The form of a draft and why. Marks that also enclose the draft's cue or source are those of somebody else."""
    if draft.is_turn:
        return "direct", "set out as speech"
    quoted, total = _quoted_words(draft, text, quotations)
    if quoted == total:
        return "direct", "marks"
    if _after_colon(draft, text, in_marks=quoted > 0):
        return "direct", "colon"
    if quoted:
        return "mixed", "marks"
    if _before_cue(draft, text):
        return "direct", "first person"
    return "indirect", "no marks"


def _quoted_words(draft: Draft, text: str, quotations: Quotations) -> tuple[int, int]:
    """How many words of the content stand in marks of its own, and how many there are."""
    around = draft.cue + draft.source
    quoted = total = 0
    for piece in draft.content:
        near = (q.inner for q in quotations.near(piece) if not any(q.inner.contains(s) for s in around))
        inners = iter(merge(near))
        inner = next(inners, None)
        for m in WORD.finditer(text, piece.start, piece.end):
            total += 1
            while inner is not None and inner.end < m.end():
                inner = next(inners, None)
            quoted += inner is not None and inner.start <= m.start()
    return quoted, total


def _after_colon(draft: Draft, text: str, *, in_marks: bool) -> bool:
    """Whether words without marks are set out as speech behind a colon that ends the cue. Words some of which stand
    ``in_marks`` must also begin with a capital."""
    first = draft.content[0]
    before = text[max(0, first.start - 3) : first.start].rstrip()
    if not before.endswith(":") or not any(s.end <= first.start for s in draft.cue):
        return False
    if text[first.start].isupper():
        return True
    return not in_marks and _speaks(pattern("first_or_second"), draft.content, text)


def _before_cue(draft: Draft, text: str) -> bool:
    """Whether the content comes before its cue and has an I or a we that is not the writer's."""
    if not draft.cue or draft.content[0].start > draft.cue[0].start:
        return False
    return _speaks(pattern("first_person"), draft.content, text) and not _speaks(
        pattern("first_person"), draft.source, text
    )


def _speaks(person: re.Pattern[str], spans: Spans, text: str) -> bool:
    return any(person.search(text, s.start, s.end) for s in spans)
