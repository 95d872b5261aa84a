"""Where the words of a text stand in an edited text: by themselves, and by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from onrecord.records import ROLES, Entity, Occasion, Statement
from onrecord.spans import Span

AROUND = 300  # characters on either side by which one of several places is told from the others
NEAR = 40  # characters that an edit may have put between source, cue and content
PLAIN = str.maketrans({**dict.fromkeys("“”„«»″", '"'), **dict.fromkeys("‘’‚‹›′", "'"), "\u00a0": " "})
"""Signs that an edit may change without changing a word; one for one, so that offsets stay."""

ENDING = re.compile(r'"|[.!?]\s')
"""Where another voice or another sentence begins."""


class Relocated:
    """An old text laid beside a new one.

    >>> moved = Relocated("It is shut. He said: It is shut.", "News. It is shut. He said: It is shut.")
    >>> moved.span(Span(21, 32))
    Span(start=27, end=38)
    """

    def __init__(self, old: str, new: str) -> None:
        self._old = old.translate(PLAIN)
        self._new = new.translate(PLAIN)

    def span(self, span: Span) -> Span | None:
        """Where the words of `span` stand in the new text; None where they do not, or one cannot tell which it is."""
        places = _places(self._old[span.start : span.end], self._new)
        if len(places) < 2:
            return places[0] if places else None
        likeness = [self._alike(span, place) for place in places]
        best = max(likeness)
        if likeness.count(best) == 1:
            return places[likeness.index(best)]
        before = _places(self._old[span.start : span.end], self._old)
        return places[before.index(span)] if len(before) == len(places) and span in before else None

    def spans(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """Where these stand, those left out that do not."""
        return tuple(sorted({place for span in spans if (place := self.span(span)) is not None}))

    def content(self, statement: Statement) -> bool:
        """Whether what was said stands in the new text, whoever is now said to have said it."""
        return all(self.span(span) is not None for span in statement.content)

    def statement(self, statement: Statement) -> Statement | None:
        """The statement with its spans in the new text; None unless content, source and cue all stand there."""
        extent = statement.extent
        if (whole := self.span(extent)) is not None and len(whole) == len(extent):
            by = whole.start - extent.start
            moved = {span: span.shift(by) for role in ROLES for span in statement.spans(role)}
        else:
            found = self._piecewise(statement)
            if found is None:
                return None
            moved = found
        roles = {role: tuple(moved[span] for span in statement.spans(role)) for role in ROLES}
        about = tuple(replace(target, words=self.spans(target.words)) for target in statement.about)
        return replace(statement, about=about, **roles)  # type: ignore[arg-type]

    def entity(self, entity: Entity) -> Entity:
        """The entity with those of its mentions that stand in the new text."""
        return replace(entity, mentions=self.spans(entity.mentions))

    def occasion(self, occasion: Occasion) -> Occasion:
        """The occasion with what of its evidence stands in the new text."""
        return replace(occasion, evidence=self.spans(occasion.evidence))

    def _piecewise(self, statement: Statement) -> dict[Span, Span] | None:
        """The longest piece of content by what is around it, the others from there outwards, in their order and with
        no more between them than a few words."""
        anchor = max(statement.content, key=len)
        if (fixed := self.span(anchor)) is None:
            return None
        pieces = sorted({span for role in ROLES for span in statement.spans(role)})
        at = pieces.index(anchor)
        moved = {anchor: fixed}
        for before, span in zip(pieces[at:], pieces[at + 1 :], strict=False):
            places = [p for p in self._near(span) if self._follows(before, span, moved[before], p)]
            if not places:
                return None
            moved[span] = places[0]
        for after, span in zip(pieces[at::-1], pieces[:at][::-1], strict=False):
            places = [p for p in self._near(span) if self._follows(span, after, p, moved[after])]
            if not places:
                return None
            moved[span] = places[-1]
        return moved

    def _near(self, span: Span) -> list[Span]:
        return _places(self._old[span.start : span.end], self._new)

    def _follows(self, a: Span, b: Span, new_a: Span, new_b: Span) -> bool:
        """Whether the second follows the first in the new text as it does in the old, but for a few words."""
        if a.overlaps(b):
            return new_b.start - new_a.start == b.start - a.start
        between, now = self._old[a.end : b.start], self._new[new_a.end : new_b.start]
        if new_b.start < new_a.end or len(now) > len(between) + NEAR:
            return False
        return not ENDING.search(now) or ENDING.search(between) is not None

    def _alike(self, old: Span, new: Span) -> int:
        """How many characters before and after it are the same in both texts."""
        before = zip(reversed(self._old[max(0, old.start - AROUND) : old.start]), self._before(new), strict=False)
        after = zip(self._old[old.end : old.end + AROUND], self._new[new.end : new.end + AROUND], strict=False)
        return _run(before) + _run(after)

    def _before(self, span: Span) -> Iterable[str]:
        return reversed(self._new[max(0, span.start - AROUND) : span.start])


def _places(words: str, text: str) -> list[Span]:
    """Where `words` stand in `text` as whole words, however their lines are broken."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    if not pattern:
        return []
    first = r"(?<!\w)" if words.lstrip()[:1].isalnum() else ""
    last = r"(?!\w)" if words.rstrip()[-1:].isalnum() else ""
    return [Span(*found.span()) for found in re.finditer(f"{first}{pattern}{last}", text)]


def _run(pairs: Iterable[tuple[str, str]]) -> int:
    n = 0
    for a, b in pairs:
        if a != b:
            break
        n += 1
    return n
