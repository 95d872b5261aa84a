"""The outlet's own voice: what an article asserts with nobody quoted for it, and how that stands to what is quoted.

    text        Holt said the valve held, which it did not. In fact it had burst in May.
    statement   └s─┘ └c─┘ └────content─┘
    own voice                             ├──────────────┤ ├────────────────────────┤
    relation                              inserted         corrects

A sentence without a statement counts whole. Of a sentence with one, what source, cue and content leave over counts
where it is a clause or an apposition of its own, not where it is the frame of the report ("in a letter", "when asked on
Monday"). Questions, headings, bylines, datelines and captions assert nothing. Of a statement whose wording is the
outlet's (its ``voice``) the loaded words count too.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.finding.framing.loaded import loaded_words
from onrecord.finding.framing.rebuttals import bearing
from onrecord.finding.pack import pattern
from onrecord.finding.quoting.quotations import Quotation, find_quotations
from onrecord.finding.segments import paragraphs, sentences
from onrecord.finding.tagging.drafts import without
from onrecord.records import Asserted, Record, Statement
from onrecord.spans import Overlaps, Span, merge

REACH = 2
"""So many sentences behind a statement may bear on it."""

MANY = 20
"""So many statements in a sentence are no sentence's: of more, only those NEARBY are looked at."""

NEARBY = 2_000
"""Characters."""

HEADING = 18
"""So many words a line may have and still be a heading or a caption, where no full stop ends it."""

WORD = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*")
LABEL = re.compile(
    r"[A-ZÀ-Þ][^\n.!?“\"]{2,60}?(?:\.\s)?\s?(?:--|[—–])\s+(?=[A-ZÀ-Þ])"
    r"|\d{1,2}[.:]\d\d\s+[—–-]\s+"
    r"|[\W_]*[A-Z][\w'’ ]{0,24}:(?:\*\*)?\s"
)
"""A dateline, a time or a rubric before the first sentence of a paragraph."""

FULL_STOP = re.compile(r"[.!…;:][\"”’'»)\]*]*$")
QUESTION = re.compile(r"\?[\"”’'»)\]*]*$")
CUT = re.compile(r"\s*(?:;|…|\.\.\.|\s[—–-]{1,2}\s|—|\(|\))\s*")
EDGES = " \t\n,;:.…—–()[]*•●-"
MARKS = "“”\"‘’'«»„`"

SIGN = re.compile(r"[,;:–—)\]”\"’»]")


def own_voice(record: Record) -> Record:
    """The record with what its outlet says in its own voice, in place of what `asserted` held before."""
    text = record.article.text
    blocks = paragraphs(text)
    quoted = _Quoted(find_quotations(text, blocks))
    found: list[Asserted] = []
    last: Statement | None = None
    since = 0
    every = [sentence for block in blocks for sentence in _sentences(text, block)]
    for sentence, here in zip(every, _by_sentence(record, every), strict=True):
        if here:
            found += _beside(record, sentence, here, quoted)
            last, since = here[-1], 0
            continue
        since += 1
        if _asserts(text, sentence, quoted):
            found.append(_apart(sentence, record, last if since <= REACH else None))
    found += (a for s in record.statements if s.voice == "outlet" for a in _loaded(text, s, quoted))
    return replace(record, asserted=tuple(found))


class _Quoted:
    """What stands in quotation marks."""

    def __init__(self, quotations: Iterable[Quotation]) -> None:
        self._spans = merge(q.span for q in quotations)

    def holds(self, span: Span) -> bool:
        """Whether all of a span does."""
        at = bisect_left(self._spans, span.end, key=_end)
        return at < len(self._spans) and self._spans[at].contains(span)

    def touches(self, span: Span) -> bool:
        """Whether a character of it does."""
        at = bisect_right(self._spans, span.start, key=_end)
        return at < len(self._spans) and self._spans[at].overlaps(span)


def _end(span: Span) -> int:
    return span.end


def _by_sentence(record: Record, every: Sequence[Span]) -> Sequence[Sequence[Statement]]:
    """Of each sentence the statements whose content or cue has words in it, in order."""
    found: list[list[Statement]] = [[] for _ in every]
    for statement in record.statements:
        for span in statement.content + statement.cue:
            first = bisect_right(every, span.start, key=lambda sentence: sentence.end)
            for place in range(first, bisect_left(every, span.end, key=lambda sentence: sentence.start)):
                if statement not in found[place][-1:]:
                    found[place].append(statement)
    return found


def _loaded(text: str, statement: Statement, quoted: _Quoted) -> Iterator[Asserted]:
    """The loaded words of a report whose wording is the outlet's."""
    for span in (found for piece in statement.content for found in loaded_words(text, piece)):
        if not quoted.touches(span):
            yield Asserted(span, "loaded", statement.id, "a loaded word in a report of the outlet's wording")


def _sentences(text: str, block: Span) -> Iterator[Span]:
    """The sentences of a paragraph; none of a heading, byline or caption. A dateline or rubric is left out."""
    line = block.slice(text).strip()
    short = len(WORD.findall(line)) <= HEADING
    if (short and not FULL_STOP.search(line) and not QUESTION.search(line)) or pattern("byline").fullmatch(line):
        return
    label = LABEL.match(text, block.start, block.end)
    start = label.end() if label else block.start
    if start < block.end:
        yield from sentences(text, Span(start, block.end))


def _asserts(text: str, sentence: Span, quoted: _Quoted) -> bool:
    """Whether a sentence that nobody is quoted for is declarative, and in the outlet's own words."""
    words = sentence.slice(text)
    if QUESTION.search(words) or pattern("address_reader").match(words) or quoted.holds(sentence):
        return False
    size = len(WORD.findall(words))
    return size >= 3 or (size >= 2 and pattern("finite").search(words) is not None)


def _apart(sentence: Span, record: Record, last: Statement | None) -> Asserted:
    """A sentence without a statement, and how it bears on the ``last`` one before it."""
    bears = bearing(sentence.slice(record.article.text), record.words(last)) if last else None
    if last is None or bears is None:
        return Asserted(sentence, why="nobody is quoted for it")
    return Asserted(sentence, bears[0], last.id, bears[1])


def _beside(record: Record, sentence: Span, here: Sequence[Statement], quoted: _Quoted) -> Iterator[Asserted]:
    """What a sentence asserts besides the statements in it."""
    text = record.article.text
    taken = merge(span for s in here for span in (*s.source, *s.cue, *s.content))
    extents = Overlaps([s.extent for s in here])
    for gap in without((sentence,), taken):
        beside = here
        if len(here) > MANY:
            reach = Span(max(0, gap.start - NEARBY), gap.end + NEARBY)
            beside = [here[place] for place in extents.of(reach)] or here[:1]
        holder = next((s for s in beside if _runs_on(text, s, gap)), None)
        near = holder or min(beside, key=lambda s: max(s.extent.start - gap.end, gap.start - s.extent.end))
        for rest in _rests(text, gap, sentence):
            if quoted.holds(rest.span):
                continue
            follows = near.content[0].start < gap.start
            if follows and (bears := bearing(rest.words, record.words(near))):
                yield Asserted(rest.span, bears[0], near.id, bears[1])
            elif why := _kind(rest):
                yield Asserted(rest.span, "inserted" if holder else "plain", near.id, why)


@dataclass(frozen=True, slots=True)
class _Rest:
    """A stretch that the statements of a sentence leave over: whether it `opens` the sentence, whether signs or joining
    words part it from what stands around it, and whether a joining word `goes_on` to the next statement."""

    span: Span
    words: str
    opens: bool
    parted: bool
    goes_on: bool


def _rests(text: str, gap: Span, sentence: Span) -> Iterator[_Rest]:
    cuts = [match.span() for match in CUT.finditer(text, gap.start, gap.end)]
    for start, end in zip((gap.start, *(b for _, b in cuts)), (*(a for a, _ in cuts), gap.end), strict=True):
        kept = pattern("hanging_words").sub("", text[start:end].rstrip(EDGES)).rstrip(EDGES)
        words = kept.lstrip(EDGES)
        if pattern("report_frame").match(words) and (inner := pattern("inner_clause").search(words)):
            words = words[inner.end() :]
        if not words:
            continue
        span = Span(start + len(kept) - len(words), start + len(kept))
        before, after = text[max(0, start - 1) : span.start], text[span.end : end]
        parted_before = start in (sentence.start, *(b for _, b in cuts)) or SIGN.search(before) is not None
        parted_after = end in (sentence.end, *(a for a, _ in cuts)) or after.strip() != ""
        opens = span.start == sentence.start
        yield _Rest(span, words, opens, parted_before and parted_after, pattern("goes_on").search(after) is not None)


def _kind(rest: _Rest) -> str | None:
    """What kind of assertion the words are; None where they are the frame of a report, or no clause."""
    words, size = rest.words, len(WORD.findall(rest.words))
    finite = pattern("finite").search(words) is not None
    if pattern("relative_clause").match(words):
        return "relative clause" if size >= 3 else None
    if pattern("condition_opens").match(words):
        return None
    if join := pattern("clause_join").match(words):
        sure = pattern("always_clause").match(words) or pattern("finite").search(words, join.end())
        return "clause" if size >= 4 and sure else None
    if not rest.parted:
        return None
    if pattern("report_frame").match(words):
        return "clause" if finite and rest.opens and rest.goes_on else None
    if pattern("apposition_opens").match(words) and not rest.opens:
        return None if size < 3 or pattern("time_phrase").fullmatch(words) else "apposition"
    return "clause" if finite and size >= 2 else None


def _runs_on(text: str, statement: Statement, gap: Span) -> bool:
    """Whether a statement's own words end or begin at the gap, and no quotation mark shows it."""
    if statement.form == "direct":
        return False
    return any(
        (span.end == gap.start and text[span.end - 1] not in MARKS)
        or (span.start == gap.end and text[span.start] not in MARKS)
        for span in statement.content
    )
