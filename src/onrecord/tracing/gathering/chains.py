"""Chains: the carriers of an utterance in the order of printing, and what each did to the words.

2024-02-06  Quay Herald    the original   “It is an old valve, and we had asked for a new one.”
2024-02-07  Coast Echo     trimmed        “It is an old valve.”                                   cites the Quay Herald
2024-02-08  Inland Post    altered        “It is a cold valve.”
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from onrecord.spans import Span
from onrecord.tracing.edits import Edit, Reason
from onrecord.tracing.gathering.carriers import Carrier, in_article, in_time, words_at
from onrecord.tracing.gathering.citing import Copied, copied_from
from onrecord.tracing.gathering.shingles import plain_words
from onrecord.tracing.gathering.ties import Tie, tie
from onrecord.tracing.gathering.utterances import FORMS, Utterance
from onrecord.tracing.telling import verdict_json
from onrecord.tracing.values import Carried, Likeness, Original, Verdict
from onrecord.tracing.verdicts import judge
from onrecord.tracing.wording.tongues import in_another, tongue_of

NEARLY_ALL = 0.9
TOO_LITTLE = Reason("nothing_alike", "what the first print has of it is too little to compare with")
"""No print has all that was said, so that nothing is unfounded by it."""
Judge = Callable[[Carried, Sequence[Original], Likeness | None], Verdict]


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One carrier in its chain. `verdict` and `tie` are None for the original; `copied` is None where nothing shows
    whom it has the words from."""

    carrier: Carrier
    verdict: Verdict | None
    tie: Tie | None
    copied: Copied | None


@dataclass(frozen=True, slots=True)
class Chain:
    """An utterance, the carrier taken for its `original`, and all carriers as `links` in the order of printing.

    There is no original where the transcript of the event has nothing that answers to the carrier.
    """

    utterance: Utterance
    original: Carrier | None
    links: tuple[ChainLink, ...]

    def told(self, link: ChainLink) -> dict[str, Any]:
        """What was made of the words, as programs are told it."""
        transcript = self.utterance.transcript if link.carrier.id in self.utterance.judged else None
        if link.verdict is None or (transcript is None and self.original is None):
            return verdict_json(link.verdict, None, None)
        if transcript is not None:
            words = [span.slice(transcript.text) for span in link.verdict.spans]
            return verdict_json(link.verdict, transcript.id, " … ".join(words))
        original = cast(Carrier, self.original)
        words = [words_at(original, span) for span in link.verdict.spans]
        return verdict_json(link.verdict, original.article, " … ".join(words))

    @property
    def verdicts(self) -> Counter[str]:
        """How many carriers did what."""
        return Counter(link.verdict.kind for link in self.links if link.verdict is not None)

    @property
    def alarming(self) -> bool:
        """Whether a carrier altered the words or worse."""
        return any(link.verdict is not None and link.verdict.alarming for link in self.links)


def chain(utterance: Utterance, likeness: Likeness | None = None, judging: Judge = judge) -> Chain:
    """The chain of an utterance: each carrier judged against its original by `judging`, unless its event's transcript
    did so already.

    Who is not named, or only described, is taken for the speaker of the utterance: that they carry it was decided.
    """
    original = original_of(utterance)
    verdicts = dict(utterance.judged)
    if original is not None:
        left = [carrier for carrier in utterance.carriers if carrier.id not in {original.id, *verdicts}]
        verdicts |= _verdicts(utterance, original, left, likeness, judging)
    made = {carrier.id: verdicts[carrier.id].diff if carrier.id in verdicts else () for carrier in utterance.carriers}
    links = []
    for carrier in utterance.carriers:
        others = [(other, made[other.id]) for other in utterance.carriers if other.id != carrier.id]
        bond = None
        if original is not None and carrier.id != original.id:
            bond = _tie(carrier, original) or utterance.ties.get(carrier.id) or utterance.ties.get(original.id)
        links.append(ChainLink(carrier, verdicts.get(carrier.id), bond, copied_from(carrier, made[carrier.id], others)))
    return Chain(utterance, original, tuple(links))


def _verdicts(
    utterance: Utterance, original: Carrier, left: Sequence[Carrier], likeness: Likeness | None, judging: Judge
) -> dict[str, Verdict]:
    """The verdicts on carriers that no transcript judged, in the offsets of the articles."""
    names = _names(original) or ((utterance.speaker,) if utterance.speaker else ())
    source = Original(text=original.words, id=original.id, names=names, language=_tongue(original))
    foreign = utterance.spoken is None and any(in_another(_tongue(one), _tongue(original)) for one in left)
    verdicts = {}
    for carrier in left:
        told = carried(carrier, names)
        verdict = judging(told, (source,), likeness)
        across = in_another(told.language, source.language)
        if verdict.alarming and foreign and not across:
            verdict = judging(replace(told, translated=True), (source,), likeness)
        if verdict.alarming and across and utterance.spoken is None:
            verdict = _as_longer(verdict, carrier, original, names, likeness, judging)
        if verdict.kind == "unfounded" and utterance.spoken is None:
            verdict = Verdict(kind="elsewhere", score=0.0, reasons=(TOO_LITTLE,))
        verdicts[carrier.id] = _in_articles(verdict, carrier, original)
    return verdicts


def _as_longer(
    verdict: Verdict,
    carrier: Carrier,
    original: Carrier,
    names: tuple[str, ...],
    likeness: Likeness | None,
    judging: Judge,
) -> Verdict:
    """The verdict on a translation of more than the first print has: as that would be on the print against it."""
    whole = Original(text=carrier.words, id=carrier.id, names=names, language=_tongue(carrier))
    back = judging(carried(original, names), (whole,), likeness)
    if back.alarming or back.kind == "elsewhere":
        return verdict
    span = Span(0, len(original.words))
    return Verdict(kind="translated", score=back.score, reasons=back.reasons, utterance=(original.id,), spans=(span,))


def _in_articles(verdict: Verdict, carrier: Carrier, original: Carrier) -> Verdict:
    """A verdict on words alone with its spans where they stand in the two articles."""

    def there(span: Span | None) -> Span | None:
        return span and in_article(original, span)

    def here(span: Span | None) -> Span | None:
        return span and in_article(carrier, span)

    return replace(
        verdict,
        diff=tuple(
            replace(one, original_span=there(one.original_span), carried_span=here(one.carried_span))
            for one in verdict.diff
        ),
        reasons=tuple(
            replace(one, original=there(one.original), carried=here(one.carried)) if isinstance(one, Edit) else one
            for one in verdict.reasons
        ),
        spans=tuple(in_article(original, span) for span in verdict.spans),
    )


def chains(found: Iterable[Utterance], likeness: Likeness | None = None) -> Iterator[Chain]:
    """The chains of utterances with more than one carrier."""
    return (chain(utterance, likeness) for utterance in found if len(utterance.carriers) > 1)


def original_of(utterance: Utterance) -> Carrier | None:
    """The carrier that stands for what was said: the turn of a transcript; else of those that quote, in the language
    of the first of them, the first that has nearly all the words. None where a transcript has nothing of it.

    Nearly all, since who puts in a word is not for that the original.
    """
    if utterance.transcript is not None:
        return utterance.spoken
    form = min(FORMS.index(carrier.form) for carrier in utterance.carriers)
    quoting = [carrier for carrier in utterance.carriers if FORMS.index(carrier.form) == form]
    language = _tongue(min(quoting, key=in_time))
    quoting = [carrier for carrier in quoting if not in_another(_tongue(carrier), language)]
    sizes = {carrier.id: len(plain_words(carrier.words)) for carrier in quoting}
    full = NEARLY_ALL * max(sizes.values())
    return min((carrier for carrier in quoting if sizes[carrier.id] >= full), key=in_time)


def _tongue(carrier: Carrier) -> str | None:
    """The language of the words: that of the article, else as the words tell."""
    return carrier.language or tongue_of(carrier.words)


def carried(carrier: Carrier, otherwise: tuple[str, ...] = ()) -> Carried:
    """A carrier as the verdict takes it, said by `otherwise` where it names nobody."""
    return Carried(
        text=carrier.words,
        id=carrier.id,
        form=carrier.form,
        names=_names(carrier) or otherwise,
        denied=carrier.status in ("denied", "negated"),
        question=carrier.status == "question",
        language=_tongue(carrier),
    )


def _tie(carrier: Carrier, original: Carrier) -> Tie | None:
    return tie(carrier, tuple(plain_words(carrier.words)), original, tuple(plain_words(original.words)))


def _names(carrier: Carrier) -> tuple[str, ...]:
    return (carrier.speaker,) if carrier.speaker and not carrier.described else ()
