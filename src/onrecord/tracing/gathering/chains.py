"""Chains: the carriers of an utterance in the order of printing, and what each did to the words.

2024-02-06  Quay Herald    the original   “It is an old valve, and we had asked for a new one.”
2024-02-07  Coast Echo     trimmed        “It is an old valve.”                                   cites the Quay Herald
2024-02-08  Inland Post    altered        “It is a cold valve.”
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.tracing.gathering.carriers import Carrier, in_time
from onrecord.tracing.gathering.citing import Copied, copied_from
from onrecord.tracing.gathering.shingles import plain_words
from onrecord.tracing.gathering.ties import Tie, tie
from onrecord.tracing.gathering.utterances import FORMS, Utterance
from onrecord.tracing.values import Carried, Likeness, Original, Verdict
from onrecord.tracing.verdicts import judge

NEARLY_ALL = 0.9
Judge = Callable[[Carried, Sequence[Original], Likeness | None], Verdict]


@dataclass(frozen=True, slots=True)
class Link:
    """One carrier in its chain. `verdict` and `tie` are None for the original; `copied` is None where nothing shows
    whom it has the words from."""

    carrier: Carrier
    verdict: Verdict | None
    tie: Tie | None
    copied: Copied | None


@dataclass(frozen=True, slots=True)
class Chain:
    """An utterance, the carrier taken for its `original`, and all carriers as `links` in the order of printing."""

    utterance: Utterance
    original: Carrier
    links: tuple[Link, ...]

    @property
    def verdicts(self) -> Counter[str]:
        """How many carriers did what."""
        return Counter(link.verdict.kind for link in self.links if link.verdict is not None)

    @property
    def alarming(self) -> bool:
        """Whether a carrier altered the words or worse."""
        return any(link.verdict is not None and link.verdict.alarming for link in self.links)


def chain(utterance: Utterance, likeness: Likeness | None = None, judging: Judge = judge) -> Chain:
    """The chain of an utterance: each carrier judged against its original by `judging`.

    Who is not named, or only described, is taken for the speaker of the utterance: that they carry it was decided.
    """
    original = original_of(utterance)
    names = _names(original) or ((utterance.speaker,) if utterance.speaker else ())
    source = Original(text=original.words, id=original.id, names=names, language=original.language)
    verdicts = {
        carrier.id: judging(carried(carrier, names), (source,), likeness)
        for carrier in utterance.carriers
        if carrier.id != original.id
    }
    made = {carrier.id: verdicts[carrier.id].diff if carrier.id in verdicts else () for carrier in utterance.carriers}
    links = []
    for carrier in utterance.carriers:
        others = [(other, made[other.id]) for other in utterance.carriers if other.id != carrier.id]
        bond = _tie(carrier, original) or utterance.ties.get(carrier.id) or utterance.ties.get(original.id)
        links.append(
            Link(
                carrier,
                verdicts.get(carrier.id),
                None if carrier.id == original.id else bond,
                copied_from(carrier, made[carrier.id], others),
            )
        )
    return Chain(utterance, original, tuple(links))


def chains(found: Iterable[Utterance], likeness: Likeness | None = None) -> Iterator[Chain]:
    """The chains of utterances with more than one carrier."""
    return (chain(utterance, likeness) for utterance in found if len(utterance.carriers) > 1)


def original_of(utterance: Utterance) -> Carrier:
    """The carrier that stands for what was said: of those that quote, the first that has nearly all the words.

    Nearly all, since who puts in a word is not for that the original.
    """
    form = min(FORMS.index(carrier.form) for carrier in utterance.carriers)
    quoting = [carrier for carrier in utterance.carriers if FORMS.index(carrier.form) == form]
    sizes = {carrier.id: len(plain_words(carrier.words)) for carrier in quoting}
    full = NEARLY_ALL * max(sizes.values())
    return min((carrier for carrier in quoting if sizes[carrier.id] >= full), key=in_time)


def carried(carrier: Carrier, otherwise: tuple[str, ...] = ()) -> Carried:
    """A carrier as the verdict takes it, said by `otherwise` where it names nobody."""
    return Carried(
        text=carrier.words,
        id=carrier.id,
        form=carrier.form,
        names=_names(carrier) or otherwise,
        denied=carrier.status in ("denied", "negated"),
        question=carrier.status == "question",
        language=carrier.language,
    )


def _tie(carrier: Carrier, original: Carrier) -> Tie | None:
    return tie(carrier, tuple(plain_words(carrier.words)), original, tuple(plain_words(original.words)))


def _names(carrier: Carrier) -> tuple[str, ...]:
    return (carrier.speaker,) if carrier.speaker and not carrier.described else ()
