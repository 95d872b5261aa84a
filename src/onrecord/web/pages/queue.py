"""The queue: statements that nobody looked at yet, the least certain first, each with the words around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.archive.store.loading import StoredStatement
from onrecord.marking import Mark, marked, tag
from onrecord.records import ROLES
from onrecord.spans import Span
from onrecord.web.marks import shown
from onrecord.web.pages.words import Link, day, framing_words, in_a_line

AROUND = 220
"""Characters of the text shown on each side of a statement."""

LONGEST = 3_000


@dataclass(frozen=True, slots=True)
class Card:
    """One statement to look at; `html` are its words among those around it, escaped."""

    id: int
    href: str
    html: str
    speaker: str
    form: str
    framing: tuple[str, ...]
    confidence: float
    article: Link
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """The next cards, and how far the work has come; `more` leads on, "" at the end."""

    cards: tuple[Card, ...]
    reviewed: int
    total: int
    more: str

    @property
    def share(self) -> float:
        """How much is done, 0 to 1."""
        return self.reviewed / self.total if self.total else 0.0


def queue_page(
    statements: Sequence[StoredStatement],
    around: Mapping[int, tuple[int, str]],
    seen: Mapping[int, int],
    reviewed: int,
    total: int,
    more: str,
) -> QueuePage:
    """The page; `around` has for each statement where its piece of the text begins, and the piece;
    `seen` the last correction of those that have one."""
    return QueuePage(
        cards=tuple(_card(one, *around[one.id], seen.get(one.id, 0)) for one in statements),
        reviewed=reviewed,
        total=total,
        more=more,
    )


def reach(one: StoredStatement) -> tuple[int, int]:
    """The first character of the text to show, and how many."""
    start = max(0, one.statement.extent.start - AROUND)
    return start, min(one.statement.extent.end + AROUND - start, LONGEST)


def _whole_words(extent: Span, start: int, text: str) -> tuple[int, str]:
    """The piece of the text without the words that are cut at its ends, where those are not of the statement."""
    blank = text.find(" ", 0, max(0, extent.start - start)) if start else -1
    start, text = start + blank + 1, text[blank + 1 :]
    end = text.rfind(" ", max(0, extent.end - start))
    return start, text[:end] if end > 0 else text


def _card(one: StoredStatement, start: int, text: str, seen: int) -> Card:
    s = one.statement
    start, text = _whole_words(s.extent, start, text)
    names = {"content": f"c {s.form} v1", "source": "src v1", "cue": f"cue {s.cue_class or 'none'} v1"}
    marks = [
        Mark(Span(span.start - start, min(span.end - start, len(text))), role, s.id)
        for role in ROLES
        for span in s.spans(role)
        if span.start - start < len(text)
    ]
    html = marked(shown(text), marks, lambda mark: f'<{tag(mark)} class="{names[mark.role]}">')
    where = " · ".join(part for part in (in_a_line(one.article.outlet or ""), day(one.article.published)) if part)
    return Card(
        id=one.id,
        href=f"/articles/{one.article.id}#s{s.id}",
        html=f"{'… ' if start else ''}{html} …",
        speaker=in_a_line(one.speaker or ""),
        form=s.form,
        framing=framing_words(s),
        confidence=s.confidence,
        article=Link(in_a_line(one.article.title or one.article.name, 110), f"/articles/{one.article.id}", where),
        seen=seen,
    )
