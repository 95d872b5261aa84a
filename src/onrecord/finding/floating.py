"""Quotations that no cue ascribes: whose speaker goes on from the statement before.

A floating quotation is a whole sentence or more in marks: a paragraph of its own, the opening of one, or what follows the
end of another sentence. Titles, slogans and scare quotes are none: they stand inside somebody's sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.finding.drafts import Draft, shared
from onrecord.finding.quotations import Quotation
from onrecord.spans import Span, hull

ENDS = re.compile(r"[.!?…,][”\"’'»)\]]*$")
SENTENCE_BEFORE = re.compile(r"[.!?…:][”\"’'»)\]]*\s*$")
STARTS = re.compile(r"[\s\[(…“‘\"'.]*[^\W_a-z]")


def floating_quotes(
    text: str, paragraphs: Sequence[Span], quotations: Sequence[Quotation], drafts: Sequence[Draft]
) -> tuple[Draft, ...]:
    """Drafts for the quotations that ``drafts`` leave over. Quotations of one paragraph with only blanks between are
    one; so is a chain of reopened paragraphs."""
    taken = [s for d in drafts for s in d.content + d.source + d.cue]
    out: list[Draft] = []
    pieces: dict[int, int] = {}  # quotation -> draft that holds it
    for number, q in enumerate(quotations):
        if q.follows in pieces:
            at = pieces[q.follows]
            out[at] = replace(out[at], content=(*out[at].content, q.span))
            pieces[number] = at
            continue
        if q.depth or shared((q.inner,), taken) * 4 > len(q.inner):
            continue
        paragraph = next((p for p in paragraphs if p.contains(q.span)), None)
        if paragraph is None or not _is_speech(text, paragraph, q):
            continue
        if out and paragraph.contains(out[-1].content[-1]) and not text[out[-1].content[-1].end : q.span.start].strip():
            out[-1] = replace(out[-1], content=(*out[-1].content[:-1], hull((out[-1].content[-1], q.span))))
            pieces[number] = len(out) - 1
            continue
        pieces[number] = len(out)
        out.append(Draft("floating", (q.span,), deciders={"statement": "floating quotation"}))
    return tuple(out)


def _is_speech(text: str, paragraph: Span, q: Quotation) -> bool:
    before = text[paragraph.start : q.span.start]
    inner = text[q.inner.start : q.inner.end].rstrip()
    if not STARTS.match(inner):
        return False
    whole = bool(ENDS.search(inner)) or not q.closed
    if not before.strip():
        return whole
    return whole and not inner.endswith(",") and bool(SENTENCE_BEFORE.search(before))


def split_off(drafts: Sequence[Draft], text: str, quotations: Sequence[Quotation]) -> tuple[Draft, ...]:
    """Drafts whose later quotation is a statement of its own: after a closed quotation in a paragraph before, or after
    a finished sentence that holds the cue. ``“A,” she said. “B.”`` stays one."""
    out: list[Draft] = []
    reopened = {q.span.start for q in quotations if q.follows is not None}
    opens = {q.span.start: q for q in quotations if q.depth == 0}
    for d in drafts:
        keep, loose = [d.content[0]], []
        for before, piece in zip(d.content, d.content[1:], strict=False):
            q = opens.get(piece.start)
            gap = text[before.end : piece.start]
            own = q is not None and q.span.end >= piece.end - 1 and piece.start not in reopened and d.cue != ()
            cue_between = any(before.end <= c.start < piece.start for c in d.cue)
            new_paragraph = "\n" in gap or "\r" in gap
            after_sentence = bool(SENTENCE_BEFORE.search(text[max(0, before.end - 2) : piece.start]))
            if loose or (own and not cue_between and (new_paragraph or after_sentence)):
                loose.append(piece)
            else:
                keep.append(piece)
        out.append(replace(d, content=tuple(keep)))
        out += [
            Draft("floating", (s,), scores=d.scores, deciders={"statement": "floating quotation"}) for s in loose
        ]
    return tuple(out)


def carried_from(drafts: Sequence[Draft], text: str) -> tuple[Draft, ...]:
    """Floating drafts tied to the draft whose speaker goes on; ``drafts`` in reading order.

    An answer to a quoted question is by somebody else: then the speaker before the asker goes on, if there is one.
    """
    out = list(drafts)
    for i, d in enumerate(out):
        if d.rule != "floating":
            continue
        before = [j for j in range(i) if not out[j].inner and out[j].extent.end <= d.content[0].start]
        if not before:
            continue
        last = _root(out, before[-1])
        if _asks(out[before[-1]], text) and "\n" in text[out[before[-1]].extent.end : d.content[0].start]:
            others = [r for r in (_root(out, j) for j in before) if r != last]
            last = others[-1] if others else -1
        if last >= 0:
            out[i] = replace(d, follows=last)
    return tuple(out)


def _root(drafts: Sequence[Draft], index: int) -> int:
    follows = drafts[index].follows
    return index if follows is None else _root(drafts, follows)


def _asks(draft: Draft, text: str) -> bool:
    return text[draft.content[-1].start : draft.content[-1].end].rstrip("”\"’'») ").endswith("?")
