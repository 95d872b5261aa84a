"""Where a content begins and ends: the tagger's borders corrected by quotation marks, paragraphs and punctuation."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from onrecord.finding.pack import listed, pattern
from onrecord.finding.quoting.quotations import Quotation, Quotations
from onrecord.finding.tagging.drafts import Draft, Spans, without
from onrecord.spans import Span, merge

WORD = re.compile(r"\w")
LEADING = re.compile(r"[\s,;:.!?…–—-]+")
TRAILING = re.compile(r"[\s,;:.…–—-]+$")
LAST_WORD = re.compile(r"[\w’'-]+(?=\W*\Z)")
CLAUSE = re.compile(r"(?: [\w’'-]+){1,12}")
ELLIPSIS = re.compile(r"…|\.\s?\.\s?\.")


def settle(draft: Draft, text: str, paragraphs: Sequence[Span], quotations: Quotations) -> Draft | None:
    """``draft`` with its content fitted to the marks; None where nothing is left of it."""
    content = draft.content
    notes = draft.notes
    fitted = _fit_marks(content, draft, quotations)
    if fitted != content:
        notes = (*notes, "marks")
    longer = _carry_on(fitted, quotations)
    if longer != fitted:
        notes = (*notes, "reopened marks")
    pieces = without(merge(longer), draft.cue + draft.source)
    if not pieces:
        return None
    within = _whole_phrase(_without_hearer(pieces, draft, text), draft, text)
    if within != pieces:
        pieces, notes = within, (*notes, "words")
    unbroken = _up_to_ellipsis(pieces, draft, text, quotations)
    if unbroken != pieces:
        notes = (*notes, "ellipsis")
    unglossed = _up_to_gloss(unbroken, draft, text, quotations)
    if unglossed != unbroken:
        notes = (*notes, "gloss")
    split = [part for piece in unglossed for part in _by_paragraph(piece, paragraphs)]
    tidy = tuple(t for t in (_tidy(s, text, quotations, draft.is_turn) for s in split) if t is not None)
    if not tidy:
        return None
    return replace(draft, content=_joined(tidy, text), notes=notes)


def _fit_marks(content: Spans, draft: Draft, quotations: Quotations) -> Spans:
    """A quotation of which the content has most is taken whole, if the draft's own cue and source stand outside it.

    Marks that touch a border come along; a border just inside a mark moves onto it."""
    out = []
    for piece in content:
        start, end = piece.start, piece.end
        for q in quotations.reaching(piece.start):
            if q.span.start >= end + 1:
                break
            if any(q.span.overlaps(s) for s in draft.cue + draft.source):
                continue
            have = min(end, q.inner.end) - max(start, q.inner.start)
            begun = start in (q.span.start, q.inner.start)
            if q.closed and q.depth == 0 and (begun or have * 2 > len(q.inner)):
                start, end = min(start, q.span.start), max(end, q.span.end)
            elif q.inner.start == start and have > 0 and end >= q.inner.end:
                start = q.span.start
        out.append(Span(start, end))
    return merge(out)


def _carry_on(content: Spans, quotations: Quotations) -> Spans:
    """A quotation left open at the end of its paragraph brings along those that carry it on."""
    carriers = (q.span for piece in content for q in quotations.carried_on(piece.start, piece.end + 2))
    return merge((*content, *carriers))


def without_strays(content: Spans, text: str) -> Spans:
    """A content without the pieces that are but a small word: the *that* of another's report."""
    return tuple(piece for piece in content if piece.slice(text).lower() not in listed("never_a_piece")) or content


def _without_hearer(pieces: Spans, draft: Draft, text: str) -> Spans:
    """A content without the hearer it begins with: *told | 61,000 people | to stop*."""
    first = pieces[0]
    if not draft.cue or draft.cue[-1].end > first.start or text[draft.cue[-1].end : first.start].strip():
        return pieces
    cue = LAST_WORD.search(text, draft.cue[-1].start, draft.cue[-1].end)
    if cue is None or cue[0].lower() not in listed("addressing"):
        return pieces
    hearer = pattern("addressed").match(text, first.start, first.end)
    return (Span(hearer.end(), first.end), *pieces[1:]) if hearer else pieces


def _whole_phrase(pieces: Spans, draft: Draft, text: str) -> Spans:
    """A content that breaks off at a preposition or determiner, up to the end of that clause."""
    last = LAST_WORD.search(text, pieces[-1].start, pieces[-1].end)
    if last is None or last.end() != pieces[-1].end or last[0].lower() not in listed("never_last"):
        return pieces
    behind = CLAUSE.match(text, pieces[-1].end)
    if behind is None:
        return pieces
    span = Span(pieces[-1].start, behind.end())
    return pieces if any(span.overlaps(s) for s in draft.cue + draft.source) else (*pieces[:-1], span)


def _up_to_ellipsis(pieces: Spans, draft: Draft, text: str, quotations: Quotations) -> Spans:
    """Outside of quotation marks an ellipsis is the writer's own break: of a content behind its cue, what follows the
    ellipsis is left out."""
    if not draft.cue or pieces[0].start < draft.cue[-1].end:
        return pieces
    for m in ELLIPSIS.finditer(text, pieces[0].start, pieces[-1].end):
        if m.start() > pieces[0].start and not any(quotations.near(Span(m.start(), m.start() + 1))):
            return without(pieces, (Span(m.start(), pieces[-1].end),))
    return pieces


def _up_to_gloss(pieces: Spans, draft: Draft, text: str, quotations: Quotations) -> Spans:
    """An apposition that explains a name behind its abbreviation, up to the end of a content behind its cue, is the
    writer's: *…with the Port Relief Board (PRB), a body of nine towns*. Within quotation marks it is the speaker's."""
    if not draft.cue or pieces[0].start < draft.cue[-1].end:
        return pieces
    glosses = (
        Span(*m.span("gloss")) for piece in pieces if (m := pattern("gloss").search(text, piece.start, piece.end))
    )
    return without(pieces, [g for g in glosses if not any(quotations.near(g))])


def _by_paragraph(span: Span, paragraphs: Sequence[Span]) -> list[Span]:
    out = []
    at = bisect_right(paragraphs, span.start, key=lambda p: p.end)
    while at < len(paragraphs) and paragraphs[at].start < span.end:
        out.append(Span(max(span.start, paragraphs[at].start), min(span.end, paragraphs[at].end)))
        at += 1
    return out


def _tidy(span: Span, text: str, quotations: Quotations, whole: bool) -> Span | None:
    """``span`` without loose punctuation at its ends. A mark without its fellow inside is left out. The full stop stays
    where the content is ``whole`` sentences, or a quotation that its paragraph leaves open."""
    start, end = span.start, span.end
    lead = LEADING.match(text, start, end)
    if lead and not text.startswith("...", start, end):
        start = lead.end()
    cut = (*quotations.around(start), *quotations.around(end))
    halves = {p for q in cut for p in _cut_marks(q, start, end)}
    while start < end and (start in halves or text[start].isspace()):
        start += 1
    while end > start and (end - 1 in halves or text[end - 1].isspace()):
        end -= 1
    tail = TRAILING.search(text, start, end)
    left_open = end in quotations.open_ends
    if tail and not (whole or left_open or pattern("dotted").search(text[start:end])):
        end = tail.start()
    if start >= end or not WORD.search(text, start, end):
        return None
    return Span(start, end)


def _cut_marks(q: Quotation, start: int, end: int) -> list[int]:
    """The marks of ``q`` at a border of ``start:end`` whose fellow stands outside."""
    out: list[int] = []
    if not q.closed:
        return out
    opening, closing = range(q.span.start, q.inner.start), range(q.inner.end, q.span.end)
    if start <= q.span.start < end < q.span.end and end <= q.inner.start + 1:
        out += opening
    if q.span.start < start < q.span.end <= end and start >= q.inner.end - 1:
        out += closing
    return out


def _joined(spans: Spans, text: str) -> Spans:
    """Pieces of one paragraph with nothing but a blank between them become one."""
    out: list[Span] = []
    for s in spans:
        if out and not text[out[-1].end : s.start].strip(" ") and s.start - out[-1].end <= 1:
            out[-1] = Span(out[-1].start, s.end)
        else:
            out.append(s)
    return tuple(out)
