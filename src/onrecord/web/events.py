"""An occasion with all who spoke there: the news conference of the mayor is also that of her health chief.

`gathering.occasions` joins what one speaker said; here those of several speakers come together where one transcript
has them; or where they are of one kind, one article tells of both, and nothing that is known of them (day, medium,
place) differs.
"""

from __future__ import annotations

from collections.abc import Mapping

from onrecord.archive.listing.printed import numbers_of
from onrecord.archive.store.opening import Archive
from onrecord.archive_tracing import Kept, carriers
from onrecord.tracing.gathering.occasions import JoinedOccasion
from onrecord.web.carried import near, vectors

MOST_TRACED = 80
KNOWN = ("when", "medium", "place")


def gathered(archive: Archive, occasion: int) -> tuple[tuple[JoinedOccasion, ...], Mapping[str, int]]:
    """The occasion of an article as all articles near it have it, one JoinedOccasion a speaker, the first the one that
    is asked for; and the numbers of the carriers. Nothing where it cannot be joined. Raises NoSuchEntry."""
    found = near(archive, occasion)
    return (together(found.occasion, found.occasions) if found.occasion else ()), found.numbers


def carried_by(archive: Archive, article: int, n: int = MOST_TRACED) -> dict[int, int]:
    """How many other articles carry each of the first `n` statements of an article, where any does, by their numbers.

    Nothing where the index of fingerprints lags behind: tracing a whole article would take too long for a page.
    """
    with archive.database.reading():
        kept = Kept(archive, numbered=True, likeness=vectors)
        if kept.proposing != "fingerprints":
            return {}
        found = {}
        for number, carrier in carriers(archive, numbers_of(archive, [article])[:n], numbered=True):
            if (utterance := kept.trace(carrier)) is not None:
                others = {other.article for other in utterance.carriers} - {carrier.article}
                found[number] = len(others)
    return {number: others for number, others in found.items() if others}


def together(first: JoinedOccasion, found: tuple[JoinedOccasion, ...]) -> tuple[JoinedOccasion, ...]:
    """`first`, and which of those found are of one event with it, directly or by another of them."""
    event = [first]
    if first.transcript is not None:
        event += [other for other in found if other.transcript == first.transcript and other.id != first.id]
    left = [other for other in found if other.id not in {one.id for one in event}] if first.kind else []
    while new := next((other for other in left if _is_one(event, other)), None):
        left.remove(new)
        event.append(new)
    return tuple(event)


def _is_one(event: list[JoinedOccasion], other: JoinedOccasion) -> bool:
    for name in KNOWN:
        known = {getattr(one, name) for one in event} - {None}
        if known and getattr(other, name) not in (None, *known):
            return False
    return other.kind == event[0].kind and any(set(one.articles) & set(other.articles) for one in event)
