"""What the words around a statement tell of its occasion: kind, medium, addressee and date.

They are looked for in the frame: the sentence around the statement, less what anybody is quoted for. Which words tell
which kind stands in ``kinds.toml`` of the language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.finding.pack import Pack, current
from onrecord.records import OccasionKind
from onrecord.spans import Span


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of an occasion. `by_medium`: its kind is concluded from the medium alone."""

    kind: OccasionKind | None = None
    event: str | None = None
    medium: str | None = None
    addressee: str | None = None
    date: str | None = None
    when: str | None = None
    evidence: tuple[Span, ...] = ()
    by_medium: bool = False


def kind_in(words: str) -> tuple[OccasionKind, re.Match[str]] | None:
    """The kind that words tell, and by which of them."""
    for kind, pattern, _ in table("kind"):
        if match := pattern.search(words):
            return kind, match
    return None


def table(name: str) -> tuple[tuple[OccasionKind, re.Pattern[str], int], ...]:
    """Rows of kinds.toml: a kind, its words, and how often they must be there. "kind": of one statement; "event": of an
    article as a whole."""
    return _table(current(), name)


@cache
def _table(pack: Pack, name: str) -> tuple[tuple[OccasionKind, re.Pattern[str], int], ...]:
    rows = pack.table("kinds")[name]
    return tuple((row["name"], re.compile("|".join(row["words"])), row.get("least", 1)) for row in rows)
