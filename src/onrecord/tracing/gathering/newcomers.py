"""One statement traced against all that is kept, however much that is, without gathering it anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from onrecord.tracing.gathering.boilerplate import is_no_utterance
from onrecord.tracing.gathering.candidates import MANY, Lookup, candidates
from onrecord.tracing.gathering.carriers import Carrier, in_time
from onrecord.tracing.gathering.shingles import fingerprints_of, plain_words
from onrecord.tracing.gathering.ties import Tie, Words, tie
from onrecord.tracing.gathering.utterances import FORMS, Utterance

Fetch = Callable[[Sequence[int]], Sequence[Carrier]]


def trace(carrier: Carrier, lookup: Lookup, fetch: Fetch, most: int = MANY) -> Utterance:
    """The utterance that a carrier carries, made of the kept carriers; itself alone where none carries it.

    `lookup` knows which kept carriers, by number, hold a fingerprint, and `fetch` gives the carriers of such numbers.
    First those tied to the carrier are found, then those tied to the fullest quotation among them, which becomes the
    anchor: two pieces of one sentence need not share a word. No more than `most` are looked at each time. Boilerplate
    is tied to nothing.
    """
    words = _words(carrier)
    if is_no_utterance(carrier, words):
        return Utterance(carrier, (carrier,), {})
    tied = _tied(carrier, words, lookup, fetch, most)
    anchor = min([carrier, *(other for other, _ in tied)], key=_fullest)
    if anchor is not carrier:
        around = _tied(anchor, _words(anchor), lookup, fetch, most)
        known = {carrier.id, *(other.id for other, _ in around)}
        own = next(bond for other, bond in tied if other is anchor)
        tied = [(carrier, own), *around, *(pair for pair in tied if pair[0].id not in known | {anchor.id})]
        tied = [pair for n, pair in enumerate(tied) if n == 0 or pair[0].id != carrier.id]
    carriers = tuple(sorted((anchor, *(other for other, _ in tied)), key=in_time))
    return Utterance(anchor, carriers, {other.id: bond for other, bond in tied})


def _tied(carrier: Carrier, words: Words, lookup: Lookup, fetch: Fetch, most: int) -> list[tuple[Carrier, Tie]]:
    found = candidates(fingerprints_of(words), lookup, most)
    tied = []
    for other in fetch([candidate.number for candidate in found]):
        if other.id != carrier.id and (bond := tie(carrier, words, other, _words(other))) is not None:
            tied.append((other, bond))
    return tied


def _words(carrier: Carrier) -> Words:
    return tuple(plain_words(carrier.words))


def _fullest(carrier: Carrier) -> tuple[int, int]:
    return FORMS.index(carrier.form), -len(plain_words(carrier.words))
