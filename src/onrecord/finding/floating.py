"""Quotations that no cue ascribes: whose speaker goes on from a statement before.

A floating quotation is a whole sentence or more in marks: a paragraph of its own, the opening of one, or what follows
the end of another sentence. Titles, slogans and scare quotes are none: they stand inside somebody's sentence, under a
rubric, or in the capitals of a headline. Nor is a pull quote, whose words the article has elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from onrecord.finding.drafts import Draft, shared
from onrecord.finding.layout import DASH_NAME, stands_elsewhere
from onrecord.finding.quotations import Quotation
from onrecord.finding.segments import BREAK, sentences
from onrecord.spans import Span, hull

ENDS = re.compile(r"[.!?…,][”\"’'»)\]]*$")
SENTENCE_BEFORE = re.compile(r"[.!?…:][”\"’'»)\]]*\s*[(\[]?$")
STARTS = re.compile(r"[\s\[(…“‘\"'.]*[^\W_a-z]")
RUBRIC_BEFORE = re.compile(
    r"(?:^|[.!?…])\s*(?:(?!(?:then|now|later|again|is|was|are|were|has|had|went|came|ran|reads)\b)[^\s:]+\s?){1,4}:\s*$",
    re.I,
)
GOES_ON_BEHIND = re.compile(r"\s+[^\W\d_A-Z]")
PARAGRAPHS = re.compile(rf"(?:{BREAK.pattern})\s*")
SMALL = frozenset("a an the of in on at to by for from with and or but as is".split())
FIRST_PERSON = frozenset(("i", "we"))
PRONOUNS = FIRST_PERSON | {"he", "she", "it", "they"}
CAPITALIZED = re.compile(r"\b[^\W\d_a-z]\w+")
DETERMINERS = frozenset("The An His Her Its Their Our My One Another Some This That".split())
SHORT = 10  # words of an average turn in a quick exchange


def floating_quotes(
    text: str, paragraphs: Sequence[Span], quotations: Sequence[Quotation], drafts: Sequence[Draft]
) -> tuple[Draft, ...]:
    """Drafts for the quotations that ``drafts`` leave over. Quotations of one paragraph with only blanks between are
    one; so is a chain of reopened paragraphs."""
    out: list[Draft] = []
    pieces: dict[int, int] = {}  # quotation -> draft that holds it
    starts = [p.start for p in paragraphs]
    extents = [(d.extent, d) for d in drafts]
    for number, q in enumerate(quotations):
        if q.follows in pieces:
            at = pieces[q.follows]
            out[at] = replace(out[at], content=(*out[at].content, q.span))
            pieces[number] = at
            continue
        if q.depth or q.follows is not None or _is_taken(q, [d for extent, d in extents if extent.overlaps(q.span)]):
            continue
        paragraph = paragraphs[max(0, bisect_right(starts, q.span.start) - 1)]
        if not _is_speech(text, paragraph, q):
            continue
        if out and paragraph.contains(out[-1].content[-1]) and not text[out[-1].content[-1].end : q.span.start].strip():
            out[-1] = replace(out[-1], content=(*out[-1].content[:-1], hull((out[-1].content[-1], q.span))))
            pieces[number] = len(out) - 1
            continue
        pieces[number] = len(out)
        out.append(Draft("floating", (q.span,), deciders={"statement": "floating quotation"}))
    return tuple(out)


def _is_taken(q: Quotation, drafts: Sequence[Draft]) -> bool:
    """Whether drafts have the quotation already. What it reports itself, by a cue of its own, does not count."""
    outer = (d for d in drafts if not any(q.inner.contains(s) for s in d.cue))
    return 4 * shared((q.inner,), [s for d in outer for s in d.content + d.source + d.cue]) > len(q.inner)


def _is_speech(text: str, paragraph: Span, q: Quotation) -> bool:
    before = text[paragraph.start : q.span.start]
    inner = text[q.inner.start : q.inner.end].rstrip()
    if not STARTS.match(inner) or not (ENDS.search(inner) or not q.closed):
        return False
    behind = text[q.span.end : paragraph.end]
    alone = not before.strip() and (not behind.strip() or DASH_NAME.match(behind) is not None)
    if alone and (_is_headline(inner) or stands_elsewhere(text, q.inner)):
        return False
    if not before.strip(" ([\t"):
        return not (inner.endswith(",") and GOES_ON_BEHIND.match(behind))  # a cue that nobody found
    if inner.endswith(",") or not SENTENCE_BEFORE.search(before) or RUBRIC_BEFORE.search(before):
        return False
    return not GOES_ON_BEHIND.match(behind)  # “Re-exam!” was painted on a bedsheet


def _is_headline(words: str) -> bool:
    """Whether a line has the capitals of a headline: three or more, on all but the small words, and no stop within."""
    if re.search(r"[.!?]\W", words):
        return False
    long = [w for w in re.findall(r"[^\W\d_][\w'’]*", words) if w not in SMALL]
    return len(long) > 2 and all(w[0].isupper() for w in long)


def split_off(drafts: Sequence[Draft], text: str, quotations: Sequence[Quotation]) -> tuple[Draft, ...]:
    """Drafts whose later quotation is a statement of its own: in a paragraph below a closed quotation, or after a
    finished sentence that does not hold the cue. ``“A,” she said. “B.”`` stays one; with *He sat down.* between, it
    does not."""
    out: list[Draft] = []
    opens = {q.span.start: q for q in quotations if q.depth == 0 and q.follows is None}
    for d in drafts:
        keep, loose = [d.content[0]], list[Span]()
        for before, piece in zip(d.content, d.content[1:], strict=False):
            q = opens.get(piece.start)
            own = q is not None and q.span.end >= piece.end - 1 and d.cue != ()
            if loose or (own and _is_cut_off(d, before, piece, text)):
                loose.append(piece)
            else:
                keep.append(piece)
        out.append(replace(d, content=tuple(keep)))
        out += [Draft("floating", (s,), scores=d.scores, deciders={"statement": "floating quotation"}) for s in loose]
    return tuple(out)


def _is_cut_off(draft: Draft, before: Span, piece: Span, text: str) -> bool:
    """Whether a later quotation of a draft stands too far from its cue, and from the ``before`` piece, to be its."""
    gap = text[before.end : piece.start]
    cue_between = [c.end for c in draft.cue if before.end <= c.start < piece.start]
    if not cue_between:
        return bool(BREAK.search(gap) or SENTENCE_BEFORE.search(text[max(0, before.end - 2) : piece.start]))
    leading_in = gap.rstrip().endswith((":", ","))
    new_paragraph = BREAK.search(text, max(cue_between), piece.start) is not None
    return not leading_in and (new_paragraph or len(sentences(text, Span(before.end, piece.start))) > 1)


def carried_from(drafts: Sequence[Draft], text: str) -> tuple[Draft, ...]:
    """Drafts without source and cue tied to the draft whose speaker goes on; ``drafts`` in reading order.

    Commonly that is the statement before. In an exchange, where quotations without a cue stand in paragraphs directly
    below one another, two speakers alternate: the first answers the statement above it, and each of the others goes on
    from the last but one. A draft whose speaker has said nothing yet follows none.
    """
    out = list(drafts)
    outer = [i for i, d in enumerate(out) if not d.inner]
    for run in _runs(out, outer, text):
        opening = out[run[0]]
        before = [j for j in outer if j not in run and out[j].extent.end <= opening.extent.start]
        head = max(before, key=lambda j: out[j].extent.end, default=None)
        above = None if head is None else _root(out, head)
        exchange = _is_exchange(out, run, text)
        speaker, other = above, None
        if head is not None and _next_line(out[head], opening, text):
            first_person = _speaker(out, head, text).lower() in FIRST_PERSON
            if exchange or first_person or _asks(out[head], text):
                speaker, other = _other_speaker(out, before, head, _asks(opening, text), text), above
        for i in run:
            out[i] = replace(out[i], follows=speaker)
            if exchange:
                speaker, other = other, i
    return tuple(out)


def _runs(drafts: Sequence[Draft], outer: Sequence[int], text: str) -> list[list[int]]:
    """The drafts without source and cue, those together that stand in paragraphs directly below one another."""
    runs: list[list[int]] = []
    for i in outer:
        if drafts[i].source or drafts[i].cue:
            continue
        if runs and _next_line(drafts[runs[-1][-1]], drafts[i], text):
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


def _next_line(above: Draft, below: Draft, text: str) -> bool:
    """Whether a draft begins directly below the paragraph that another ends."""
    gap = text[above.extent.end : below.extent.start]
    return BREAK.search(gap) is not None and not re.search(r"\w", gap)


def _is_exchange(drafts: Sequence[Draft], run: Sequence[int], text: str) -> bool:
    """Whether quotations below one another are two people's: one of them asks, or all are short."""
    words = sum(len(re.findall(r"\w+", s.slice(text))) for i in run for s in drafts[i].content)
    return len(run) > 1 and (words <= SHORT * len(run) or any(_asks(drafts[i], text) for i in run))


def _other_speaker(drafts: Sequence[Draft], before: Sequence[int], head: int, asking: bool, text: str) -> int | None:
    """The last draft that is somebody else's, not more than a paragraph above ``head`` unless it is the writer's own.
    A question without a cue is commonly the writer's: then only an I will do, unless the writer has just spoken."""
    own = _speaker(drafts, head, text)
    for j in sorted(before, reverse=True):
        theirs = _speaker(drafts, j, text)
        gap = text[drafts[j].extent.end : drafts[head].extent.start]
        if theirs.lower() not in FIRST_PERSON and len(PARAGRAPHS.findall(gap)) > 1:
            continue
        if asking and not FIRST_PERSON & {own.lower(), theirs.lower()}:
            continue
        if _differ(theirs, own):
            return _root(drafts, j)
    return None


def _speaker(drafts: Sequence[Draft], index: int, text: str) -> str:
    """The words of a draft's source, or of the one from which it is carried."""
    return " ".join(s.slice(text) for s in drafts[_root(drafts, index)].source)


def _differ(earlier: str, later: str) -> bool:
    """Whether two sources, as far as their words tell, are two people."""
    a, b = earlier.lower(), later.lower()
    if not a or not b or a == b:
        return False
    if a in FIRST_PERSON or b in FIRST_PERSON or (a in PRONOUNS and b in PRONOUNS):
        return True
    names, others = ({w for w in CAPITALIZED.findall(s) if w not in DETERMINERS} for s in (earlier, later))
    if b in PRONOUNS:
        return False
    if a in PRONOUNS:
        return len(others) > 1  # a full name is new
    if bool(names) != bool(others):
        return False  # a name, and what may describe its bearer
    return not names & others if names else a.split()[-1] != b.split()[-1]


def _root(drafts: Sequence[Draft], index: int) -> int:
    while (follows := drafts[index].follows) is not None:
        index = follows
    return index


def _asks(draft: Draft, text: str) -> bool:
    return text[draft.content[-1].start : draft.content[-1].end].rstrip("”\"’'») ").endswith("?")
