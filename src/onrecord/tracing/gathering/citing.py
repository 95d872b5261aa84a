"""Who had the words from whom: the outlet that a carrier names as its source, and changes that two carriers share.

Nothing is inferred from dates or likeness alone: two outlets may both have been there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from onrecord.tracing.gathering.boilerplate import FUNCTION_WORDS
from onrecord.tracing.gathering.carriers import Carrier, in_time
from onrecord.tracing.gathering.shingles import plain_words
from onrecord.tracing.tables import table
from onrecord.tracing.values import WordChange

How = Literal["cites", "wording"]

LEAST_CONTENT_OF_A_CHANGE = 1


@dataclass(frozen=True, slots=True)
class Copied:
    """Where a carrier has its words from: the `carrier` (its id, None for an outlet that is not among those traced),
    the `outlet`, how that shows, and the words that show it."""

    outlet: str | None
    carrier: str | None
    how: How
    why: str


def cited_outlet(carrier: Carrier, outlets: Iterable[str]) -> tuple[str, str] | None:
    """The outlet, of those given, that a carrier names as the source of its words, and in which words.

    Its own name is not a source: *told the Herald*, in the Herald, says that the Herald was there.
    """
    for outlet in sorted(set(outlets) - {carrier.outlet or ""}, key=lambda name: (-len(name), name)):
        if found := _naming(outlet, carrier.language).search(carrier.around):
            return outlet, found.group()
        for entity in (carrier.via, carrier.medium):
            if entity and _bare(entity) == _bare(outlet):
                return outlet, entity
    return None


def copied_from(
    carrier: Carrier, changes: Sequence[WordChange], others: Sequence[tuple[Carrier, Sequence[WordChange]]]
) -> Copied | None:
    """Whom a carrier has its words from, where that shows.

    `others` are the further carriers of the utterance, each with its changes against the original; `changes` are those
    of this one. A citation goes before wording. Wording shows it where both made the same change to the original.
    """
    known = {other.outlet for other, _ in others if other.outlet}
    earlier = [(other, made) for other, made in others if _before(other, carrier) and other.outlet != carrier.outlet]
    if named := cited_outlet(carrier, {*known, *filter(None, [carrier.medium, carrier.via])}):
        outlet, words = named
        source = next((other for other, _ in earlier if other.outlet and _bare(other.outlet) == _bare(outlet)), None)
        return Copied(outlet, None if source is None else source.id, "cites", f"“{words}”")
    if carrier.credit and not _is_called(carrier.credit, carrier.outlet):
        credited = next((other for other, _ in earlier if _is_called(carrier.credit, other.outlet)), None)
        name, id = (credited.outlet, credited.id) if credited else (carrier.credit, None)
        return Copied(name, id, "cites", f"“{carrier.credit}”")
    own = _marks(changes)
    for other, made in sorted(earlier, key=lambda pair: in_time(pair[0])):
        if common := own & _marks(made):
            return Copied(other.outlet, other.id, "wording", "; ".join(sorted(common)))
    return None


def _marks(changes: Sequence[WordChange]) -> set[str]:
    """The changes that two hands would hardly make alike: other words put in, or in place of the original's."""
    marks = set()
    for change in changes:
        if change.op in ("changed", "added") and _content(change.carried) >= LEAST_CONTENT_OF_A_CHANGE:
            original = " ".join(plain_words(change.original)) or "nothing"
            marks.add(f"“{' '.join(plain_words(change.carried))}” for {original}")
    return marks


def _content(words: str) -> int:
    return sum(word not in FUNCTION_WORDS for word in plain_words(words))


def _before(other: Carrier, carrier: Carrier) -> bool:
    """Whether it was printed before, or on the same day."""
    return other.published is not None and carrier.published is not None and other.published <= carrier.published


def _bare(name: str) -> str:
    return re.sub(r"^the\s+|[^\w]+", "", name.casefold())


def _is_called(credit: str, outlet: str | None) -> bool:
    """Whether a line of credit names an outlet, in full or by its first words: *Coastline* for *Coastline Press*."""
    one, two = (re.findall(r"\w+", re.sub(r"^the\s+", "", name.casefold())) for name in (credit, outlet or ""))
    return bool(one and two) and one[: len(two)] == two[: len(one)]


@lru_cache(maxsize=4096)
def _naming(outlet: str, language: str | None) -> re.Pattern[str]:
    """The words with which an outlet is named as a source, in English and in the language of who cites it."""
    lists = [table("citing")[code] for code in dict.fromkeys(("en", language or "en")) if code in table("citing")]
    before = "|".join(str(one["before"]).replace("\n", "") for one in lists)
    behind = "|".join(str(one["behind"]).replace("\n", "") for one in lists)
    name = r"(?:\w{1,4} )?" + re.escape(outlet.removeprefix("The ").removeprefix("the "))
    return re.compile(
        rf"\b(?:{before}) {name}\b|(?<!\w){name}(?: (?:{behind})\b|(?:’s|'s) (?:report|interview)\b)", re.I
    )
