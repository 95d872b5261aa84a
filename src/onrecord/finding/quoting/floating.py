"""Quotations that no cue ascribes: whose speaker goes on from a statement before.

A floating quotation is a whole sentence or more in marks: a paragraph of its own, the opening of one, or what follows
the end of another sentence. Titles, slogans and scare quotes are none: they stand inside somebody's sentence, under a
rubric, or in the capitals of a headline. Nor is a pull quote, whose words the article has elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from onrecord.finding.pack import listed, pattern
from onrecord.finding.quoting.layout import DASH_NAME
from onrecord.finding.quoting.quotations import Quotation
from onrecord.finding.quoting.repeats import Repeats
from onrecord.finding.segments import BREAK, sentences
from onrecord.finding.tagging.drafts import Draft, shared
from onrecord.spans import Overlaps, Span, hull

ENDS = re.compile(r"[.!?…,][”\"’'»)\]]*$")
SENTENCE_BEFORE = re.compile(r"[.!?…:][”\"’'»)\]]*\s*[(\[]?$")
STARTS = re.compile(r"[\s\[(…“‘\"'.]*[^\W_a-z]")
BEFORE = 400
"""Code points before a quotation that tell what it stands behind."""

EARLIER = 60_000
"""Code points back in which the other speaker of an exchange is looked for: a long article."""

OPENING = re.compile(r"[ (\[\t]*")
BLANK = re.compile(r"\s*")
GOES_ON_BEHIND = re.compile(r"\s+[^\W\d_A-Z]")
PARAGRAPHS = re.compile(rf"(?:{BREAK.pattern})\s*")
CAPITALIZED = re.compile(r"\b[^\W\d_a-z]\w+")
SHORT = 10  # words of an average turn in a quick exchange


def floating_quotes(
    text: str, paragraphs: Sequence[Span], quotations: Sequence[Quotation], drafts: Sequence[Draft]
) -> tuple[Draft, ...]:
    """Drafts for the quotations that ``drafts`` leave over. Quotations of one paragraph with only blanks between are
    one; so is a chain of reopened paragraphs."""
    found: list[list[Span]] = []
    holders: dict[int, list[Span]] = {}  # quotation -> the content that holds it
    starts = [p.start for p in paragraphs]
    extents = Overlaps([d.extent for d in drafts])
    repeats = Repeats(text)
    for number, q in enumerate(quotations):
        if q.follows in holders:
            holders[number] = holders[q.follows]
            holders[number].append(q.span)
            continue
        if q.depth or q.follows is not None or _is_taken(q, [drafts[i] for i in extents.of(q.span)]):
            continue
        paragraph = paragraphs[max(0, bisect_right(starts, q.span.start) - 1)]
        if not _is_speech(text, paragraph, q, repeats):
            continue
        last = found[-1][-1] if found else None
        if last and paragraph.contains(last) and BLANK.fullmatch(text, last.end, q.span.start):
            found[-1][-1] = hull((last, q.span))
        else:
            found.append([q.span])
        holders[number] = found[-1]
    return tuple(Draft("floating", tuple(c), deciders={"statement": "floating quotation"}) for c in found)


def _is_taken(q: Quotation, drafts: Sequence[Draft]) -> bool:
    """Whether drafts have the quotation already. What it reports itself, by a cue of its own, does not count."""
    outer = (d for d in drafts if not any(q.inner.contains(s) for s in d.cue))
    return 4 * sum(shared((q.inner,), part) for d in outer for part in (d.content, d.source, d.cue)) > len(q.inner)


def _is_speech(text: str, paragraph: Span, q: Quotation, repeats: Repeats) -> bool:
    inner = text[q.inner.start : q.inner.end].rstrip()
    if not STARTS.match(inner) or not (ENDS.search(inner) or not q.closed):
        return False
    behind = q.span.end, paragraph.end
    alone = BLANK.fullmatch(text, paragraph.start, q.span.start) and (
        BLANK.fullmatch(text, *behind) or DASH_NAME.match(text, *behind)
    )
    if alone and (_is_headline(inner) or repeats.stands_elsewhere(q.inner)):
        return False
    if OPENING.fullmatch(text, paragraph.start, q.span.start):
        return not (inner.endswith(",") and GOES_ON_BEHIND.match(text, *behind))  # a cue that nobody found
    before = text[max(paragraph.start, q.span.start - BEFORE) : q.span.start]
    if inner.endswith(",") or not SENTENCE_BEFORE.search(before) or pattern("rubric_before").search(before):
        return False
    return not GOES_ON_BEHIND.match(text, *behind)  # “Re-exam!” was painted on a bedsheet


def _is_headline(words: str) -> bool:
    """Whether a line has the capitals of a headline: three or more, on all but the small words, and no stop within."""
    if re.search(r"[.!?]\W", words):
        return False
    long = [w for w in re.findall(r"[^\W\d_][\w'’]*", words) if w not in listed("small_words")]
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
    outer = [i for i, d in enumerate(drafts) if not d.inner]
    voices = _Voices(drafts, text)
    ended = sorted(outer, key=lambda i: (drafts[i].extent.end, -i))
    ends = [drafts[i].extent.end for i in ended]
    for run in _runs(drafts, outer, text):
        opening = drafts[run[0]]
        before = bisect_right(ends, opening.extent.start)
        head = ended[before - 1] if before else None
        above = None if head is None else voices.root(head)
        exchange = _is_exchange(drafts, run, text)
        speaker, other = above, None
        if head is not None and _next_line(drafts[head], opening, text):
            first_person = voices.speaker(head).lower() in listed("first_persons")
            if exchange or first_person or _asks(drafts[head], text):
                speaker, other = _other_speaker(voices, outer, head, opening), above
        for i in run:
            voices.follow(i, speaker)
            if exchange:
                speaker, other = other, i
    return voices.drafts()


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


class _Voices:
    """Whose words drafts are, as they are tied to one another."""

    def __init__(self, drafts: Sequence[Draft], text: str) -> None:
        self.text = text
        self._drafts = list(drafts)
        self._roots = list(range(len(drafts)))
        self._sources = [" ".join(s.slice(text) for s in d.source) for d in drafts]

    def follow(self, index: int, speaker: int | None) -> None:
        """Tie a draft to the one whose speaker goes on."""
        self._drafts[index] = replace(self._drafts[index], follows=speaker)
        self._roots[index] = index if speaker is None else self._roots[speaker]

    def root(self, index: int) -> int:
        """The draft from which this one is carried in the end, or itself."""
        return self._roots[index]

    def speaker(self, index: int) -> str:
        """The words of the source of that draft."""
        return self._sources[self._roots[index]]

    def drafts(self) -> tuple[Draft, ...]:
        return tuple(self._drafts)

    def extent(self, index: int) -> Span:
        return self._drafts[index].extent


def _other_speaker(voices: _Voices, outer: Sequence[int], head: int, opening: Draft) -> int | None:
    """The last draft before ``opening`` that is somebody else's, not more than a paragraph above ``head`` unless it is
    the writer's own. A question without a cue is commonly the writer's: then only an I will do, unless the writer has
    just spoken."""
    own, above = voices.speaker(head), voices.extent(head).start
    start, asking = opening.extent.start, _asks(opening, voices.text)
    far = -1  # what ends here or before stands more than a paragraph above
    for place in range(bisect_left(outer, start, key=lambda j: voices.extent(j).start) - 1, -1, -1):
        extent = voices.extent(j := outer[place])
        if extent.start < start - EARLIER:
            break
        theirs = voices.speaker(j)
        if extent.end > start or (asking and not listed("first_persons") & {own.lower(), theirs.lower()}):
            continue
        if theirs.lower() not in listed("first_persons"):
            if extent.end > far and len(PARAGRAPHS.findall(voices.text[extent.end : above])) > 1:
                far = extent.end
            if extent.end <= far:
                continue
        if _differ(theirs, own):
            return voices.root(j)
    return None


def _differ(earlier: str, later: str) -> bool:
    """Whether two sources, as far as their words tell, are two people."""
    a, b = earlier.lower(), later.lower()
    if not a or not b or a == b:
        return False
    if (
        a in listed("first_persons")
        or b in listed("first_persons")
        or (a in listed("speaker_pronouns") and b in listed("speaker_pronouns"))
    ):
        return True
    names, others = (
        {w for w in CAPITALIZED.findall(s) if w not in listed("capital_determiners")} for s in (earlier, later)
    )
    if b in listed("speaker_pronouns"):
        return False
    if a in listed("speaker_pronouns"):
        return len(others) > 1  # a full name is new
    if bool(names) != bool(others):
        return False  # a name, and what may describe its bearer
    return not names & others if names else a.split()[-1] != b.split()[-1]


def _asks(draft: Draft, text: str) -> bool:
    return text[draft.content[-1].start : draft.content[-1].end].rstrip("”\"’'») ").endswith("?")
