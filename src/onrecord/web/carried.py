"""Who else in the archive carried these words, and what was said on one occasion, gathered for one page at a time.

Articles are called by their numbers in the archive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.archive.store import loading
from onrecord.archive.store.opening import Archive
from onrecord.archive_tracing import Kept, carriers
from onrecord.errors import MissingExtra
from onrecord.tracing.gathering.chains import Chain, chain
from onrecord.tracing.gathering.occasions import JoinedOccasion, occasions
from onrecord.tracing.gathering.utterances import Utterance
from onrecord.web import shelf

if TYPE_CHECKING:
    from onrecord.embedding import Meanings


@dataclass(frozen=True, slots=True)
class Near:
    """The occasion that was asked for, None where it cannot be joined; all that were gathered with it; and the numbers
    in the archive of the statements that carry them."""

    occasion: JoinedOccasion | None
    occasions: tuple[JoinedOccasion, ...]
    numbers: Mapping[str, int]


def vectors() -> Meanings | None:
    """The sentence vectors that are installed, if any: the room then says what `onrecord check` says."""
    from onrecord.embedding import installed

    try:
        return installed()
    except MissingExtra:
        return None


def judged(utterance: Utterance) -> Chain:
    """The chain of an utterance, by vectors where it is carried in several languages."""
    several = len({carrier.language for carrier in utterance.carriers} - {None}) > 1
    return chain(utterance, vectors() if several else None)


def traced(archive: Archive, statement: int) -> tuple[Chain | None, Mapping[str, int]]:
    """The chain of what a statement carries, and the numbers of its carriers. None where it carries none, as
    boilerplate does, or is not shown. Raises NoSuchEntry."""
    with archive.database.reading():
        loading.statement(archive, statement)
        own = carriers(archive, [statement], numbered=True)
        if not own:
            return None, {}
        ((_, carrier),) = own
        kept = Kept(archive, numbered=True, likeness=vectors)
        found = kept.trace(carrier)
    return (judged(found) if found else None), {**kept.numbers, carrier.id: statement}


def near(archive: Archive, occasion: int) -> Near:
    """The occasion as all articles near it together have it, and what else was said then."""
    with archive.database.reading():
        own = shelf.said_on(archive, [occasion])
        kept = Kept(archive, numbered=True, likeness=vectors)
        found = occasions(kept.near(list(dict.fromkeys(said.article for _, said in own))))
    wanted = {said.id for _, said in own}
    joined = [
        one
        for one in found
        if any(kept.numbers.get(carrier.id) in wanted for said in one.said for carrier in said.carriers)
    ]
    joined.sort(key=lambda one: one.transcript is None)
    return Near(joined[0] if joined else None, found, kept.numbers)
