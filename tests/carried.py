"""Carriers for tests, written in a line: who, where, when, and the words."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Sequence
from typing import Any

from onrecord.spans import Span
from onrecord.tracing.gathering.carriers import Carrier

NUMBERS = itertools.count(1)


def carrier(words: str, outlet: str = "Quay Herald", day: str | None = "2031-05-06", **known: Any) -> Carrier:
    """A direct statement of Rena Holt in an article of its own, where nothing else is said."""
    number = next(NUMBERS)
    known = {"speaker": "Rena Holt", "form": "direct", "language": "en", **known}
    article = known.pop("article", f"a{number}")
    start = known.pop("start", 0)
    return Carrier(
        id=known.pop("id", f"{article}#s{number}"),
        article=article,
        statement=f"s{number}",
        words=words,
        spans=(Span(start, start + max(1, len(words))),),
        outlet=outlet,
        published=None if day is None else datetime.date.fromisoformat(day),
        **known,
    )


class Kept:
    """Which texts hold a fingerprint, by their numbers."""

    def __init__(self, texts: Iterable[Sequence[int]]) -> None:
        self.texts = [frozenset(text) for text in texts]

    def holders(self, fingerprint: int, limit: int) -> list[int]:
        return [number for number, held in enumerate(self.texts) if fingerprint in held][:limit]
