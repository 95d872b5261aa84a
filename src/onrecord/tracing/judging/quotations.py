"""Quotations whose words were not found: translated, altered in translation, stitched, or nobody's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.spans import Span
from onrecord.tracing.comparing.polarity import Side, as_said, version_turned
from onrecord.tracing.paraphrase import Support, support
from onrecord.tracing.placing import original_words
from onrecord.tracing.values import Carried, Likeness, Original, Reason, Verdict, VerdictClass
from onrecord.tracing.wording.normal import Word
from onrecord.tracing.wording.tongues import in_another
from onrecord.tracing.wording.versions import unsaid_numbers

TRANSLATED_LEAST = 0.42
"""Likeness below which nothing said is what a translation goes back to."""
REWORDED_LEAST = 0.5
"""The same for a quotation in the speaker's language, with vectors their likeness, else the share of words."""
NEAR_BEST, PREFERRED = 0.06, 0.12
"""Support by which other windows of the utterance may be meant as well."""


SAME_SENSE = 0.7
"""Likeness from which other words are another translation; chosen on five quotations of the development events."""
OTHER_WORDING = Reason("other_wording", "other words throughout, as in another translation")


def judge_quotation(
    carried: Carried,
    words: Sequence[Word],
    language: str | None,
    originals: Sequence[Original],
    ranked: Sequence[Support],
    likeness: Likeness | None,
) -> Verdict:
    """The class of quoted words that were not found as they stand."""
    best = ranked[0]
    original = originals[best.window.which]
    if not (in_another(language, original.language) or carried.translated):
        return _reworded(Side(carried.text, words, language), best, original, likeness)
    mine = {one.window.which for one in ranked}
    parts = []
    for part in sentences(carried.text, words):
        found = [one for one in support(part, language, originals, (), likeness) if one.window.which in mine]
        parts.append(found[0] if found else None)
    likes = [(part.like or 0.0) if part else 0.0 for part in parts]
    whole = best.like or 0.0
    if max(whole, min(likes, default=0.0)) < TRANSLATED_LEAST:
        reason = Reason("nothing_alike", "nothing said comes close to it")
        return Verdict(kind="unfounded", score=_score(whole), reasons=(reason,))
    if in_another(language, original.language) and not carried.translated:
        reason = Reason("other_language", f"spoken in {original.language}, quoted in {language}")
    else:
        reason = Reason("other_wording", "both are translations")
    near = [*_near(carried, language, original, best, likeness)]
    if wrong := [*disagreements(Side(carried.text, words, language), original, near, likeness)]:
        return _verdict("altered", whole, [*wrong, reason], originals, [best])
    used = [part for part, like in zip(parts, likes, strict=True) if part and like >= TRANSLATED_LEAST]
    if len({part.window.which for part in used}) > 1:
        others = [part for part in parts if part and part.window.which != best.window.which]
        told = Reason("two_utterances", "words of two utterances stand as one quotation")
        return _verdict("stitched", whole, [told, reason], originals, [best, *others])
    return _verdict("translated", whole, [reason], originals, [best])


def disagreements(
    version: Side, original: Original, stretches: Sequence[Sequence[Word]], likeness: Likeness | None
) -> Iterator[Reason]:
    """What tells that a version is no faithful one: it denies or affirms against each of the `stretches` of the
    original that it may go back to, or has a number that is no reading of any number there."""
    sides = [Side(original.text, stretch, original.language) for stretch in stretches if stretch]
    found = {version_turned(version, side, likeness) for side in sides}
    if found in ({1}, {-1}):
        shown = as_said(original.text, sides[0].words)
        yield Reason("polarity", f"it is {'affirmed' if found == {1} else 'denied'} there: “{shown}”")
    yield from unsaid_numbers(version.text, version.words, original)


def _reworded(quoted: Side, best: Support, original: Original, likeness: Likeness | None) -> Verdict:
    """A quotation in the speaker's language, in other words: another translation where it means the same."""
    points = best.like if best.like is not None else best.cover
    if points < REWORDED_LEAST:
        reason = Reason("quote_not_said", "these words were not said, nor anything like them")
        return Verdict(kind="unfounded", score=_score(1 - points), reasons=(reason,))
    stretch = original_words(original.text, original.language)[best.window.first : best.window.last + 1]
    wrong = tuple(disagreements(quoted, original, [stretch], likeness))
    another = (best.like or 0.0) >= SAME_SENSE and not wrong
    told = OTHER_WORDING if another else Reason("other_words", "other words stand in the quotation marks")
    return Verdict(
        kind="translated" if another else "altered",
        score=_score(points),
        reasons=(told, *wrong),
        utterance=(original.id,),
        spans=(best.window.span.shift(original.start),),
    )


def _near(
    carried: Carried, language: str | None, original: Original, best: Support, likeness: Likeness | None
) -> Iterator[Sequence[Word]]:
    """The words of the windows of the best original that fit nearly as well as the best."""
    words = original_words(original.text, original.language)
    yield words[best.window.first : best.window.last + 1]
    least = best.points - NEAR_BEST - (PREFERRED if best.preferred else 0.0)
    for found in support(carried.words, language, [original], (), likeness, every=True):
        if found.points >= least:
            yield words[found.window.first : found.window.last + 1]


def sentences(text: str, words: Sequence[Word]) -> list[str]:
    """The sentences of words in a text."""
    groups: list[list[Word]] = []
    for word in words:
        if not groups or groups[-1][-1].sentence != word.sentence:
            groups.append([])
        groups[-1].append(word)
    return [Span(group[0].span.start, max(w.span.end for w in group)).slice(text) for group in groups]


def _verdict(
    kind: VerdictClass,
    score: float,
    reasons: Sequence[Reason],
    originals: Sequence[Original],
    supports: Sequence[Support],
) -> Verdict:
    spans = sorted({one.window.span.shift(originals[one.window.which].start) for one in supports})
    return Verdict(
        kind=kind,
        score=_score(score),
        reasons=tuple(dict.fromkeys(reasons)),
        utterance=tuple(dict.fromkeys(originals[one.window.which].id for one in supports)),
        spans=tuple(spans),
    )


def _score(points: float) -> float:
    return round(min(1.0, max(0.0, points)), 4)
