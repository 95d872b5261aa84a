"""The text of an article as paragraphs of HTML, each statement, cue, source and own word of the outlet an element.

    text      "It is a precaution," Mayor Helena Dravic told a news conference.
    content   ├──────────────────┤  <mark class="c direct v1" data-s="2"><a class="n">2</a>…</mark>
    source                         ├─────────────────┤  <span class="src v1" data-s="2">…</span>

Taking the tags and the numbers (`a.n`) out of a paragraph and unescaping gives the text from its `start` on, code point
by code point, so that a place on the page can be counted back to an offset. Characters that a page cannot hold, and
those that would turn the direction of what follows, are shown as U+FFFD, one for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from onrecord.marking import Mark, marked, tag
from onrecord.records import ROLES, Record, Statement
from onrecord.spans import Span

NOT_SHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
BETWEEN_PARAGRAPHS = re.compile(r"[^\S\n]*\n(?:[^\S\n]*\n)+")
TINTS = 8
"""How many colours speakers have; a ninth speaker has the first one again."""

OWN = "own"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: where it starts in the text, in code points, and its HTML."""

    start: int
    html: str


@dataclass(frozen=True, slots=True)
class Look:
    """How a statement stands in the text: the colour of its speaker (0 where nobody is known), the address of its own
    page, and what a person said of it."""

    tint: int
    href: str
    review: str | None = None


def shown(text: str) -> str:
    """`text` with U+FFFD for each character that no page can hold or that would turn its neighbours round."""
    return NOT_SHOWN.sub("\ufffd", text)


def tints(record: Record) -> dict[str, int]:
    """The colour of each speaker, 1 to TINTS, by entity id, in the order in which they first speak."""
    speakers = dict.fromkeys(statement.speaker for statement in record.statements if statement.speaker)
    return {speaker: place % TINTS + 1 for place, speaker in enumerate(speakers)}


def paragraphs(record: Record, looks: Mapping[str, Look]) -> tuple[Paragraph, ...]:
    """The marked text. `looks` has a Look for every statement id."""
    text = record.article.text
    marks = sorted(_marks(record), key=lambda mark: mark.span)
    by_id = {statement.id: statement for statement in record.statements}
    relations = {(a.span, a.statement or ""): a.relation for a in record.asserted}
    numbered: set[str] = set()

    def opening_of(mark: Mark) -> str:
        if mark.role == OWN:
            relation = relations[_whole[mark], mark.statement]
            return f'<span class="own {relation}" title="the outlet\'s own voice: {relation}">'
        statement, look = by_id[mark.statement], looks[mark.statement]
        number = ""
        if mark.role == "content" and statement.id not in numbered:
            numbered.add(statement.id)
            number = _number(statement, look)
        anchor = f' id="s{escape(statement.id)}"' if number else ""
        return (
            f'<{tag(mark)}{anchor} class="{_classes(mark, statement, look)}" data-s="{escape(statement.id)}">{number}'
        )

    made, _whole = [], {}
    live: list[Mark] = []
    coming = iter(marks)
    following = next(coming, None)
    for span in _spans_of_paragraphs(text):
        while following is not None and following.span.start < span.end:
            live.append(following)
            following = next(coming, None)
        live = [mark for mark in live if mark.span.end > span.start]
        inside = []
        for mark in live:
            part = Span(max(mark.span.start, span.start), min(mark.span.end, span.end)).shift(-span.start)
            piece = Mark(part, mark.role, mark.statement)
            _whole[piece] = mark.span
            inside.append(piece)
        made.append(Paragraph(span.start, marked(shown(span.slice(text)), inside, opening_of)))
        _whole.clear()
    return tuple(made)


def _marks(record: Record) -> Iterator[Mark]:
    for statement in record.statements:
        for role in ROLES:
            yield from (Mark(span, role, statement.id) for span in statement.spans(role))
    for asserted in record.asserted:
        yield Mark(asserted.span, OWN, asserted.statement or "")


def _spans_of_paragraphs(text: str) -> Iterator[Span]:
    start = 0
    for gap in BETWEEN_PARAGRAPHS.finditer(text):
        if gap.start() > start:
            yield Span(start, gap.start())
        start = gap.end()
    if start < len(text):
        yield Span(start, len(text))


def _classes(mark: Mark, statement: Statement, look: Look) -> str:
    names = {"content": "c", "source": "src", "cue": "cue"}
    kind = statement.form if mark.role == "content" else statement.cue_class or "none" if mark.role == "cue" else ""
    review = look.review if mark.role == "content" and look.review else ""
    return " ".join(part for part in (names[mark.role], kind, f"v{look.tint}", review) if part)


def _number(statement: Statement, look: Look) -> str:
    id = escape(statement.id)
    said = "" if statement.status == "said" else f" {statement.status}"
    status = f'<span class="st">{said}</span>' if said else ""
    return (
        f'<a class="n" href="{escape(look.href)}" aria-label="statement {id}{said}, {statement.form}">{id}{status}</a>'
    )
