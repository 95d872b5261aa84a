"""Quotations whose words were not found: translated, altered in translation, stitched, or nobody's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from onrecord.tracing.comparing.polarity import Side, as_said, version_turned
from onrecord.tracing.edits import Edit, Reason, told_once
from onrecord.tracing.paraphrase import Support, support
from onrecord.tracing.placing import original_words
from onrecord.tracing.values import Carried, Likeness, Original, Verdict, VerdictClass
from onrecord.tracing.wording.normal import Token, hull
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
    words: Sequence[Token],
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
        return going_back_to("unfounded", whole, [reason])
    if in_another(language, original.language) and not carried.translated:
        reason = Reason("other_language", f"spoken in {original.language}, quoted in {language}")
    else:
        reason = Reason("other_wording", "both are translations")
    near = [*_near(carried, language, original, best, likeness)]
    if wrong := [*disagreements(Side(carried.text, words, language), original, near, likeness)]:
        return going_back_to("altered", whole, [*wrong, reason], [(original, best)])
    used = [part for part, like in zip(parts, likes, strict=True) if part and like >= TRANSLATED_LEAST]
    if len({part.window.which for part in used}) > 1:
        others = [part for part in parts if part and part.window.which != best.window.which]
        told = Reason("two_utterances", "words of two utterances stand as one quotation")
        used_here = [(originals[one.window.which], one) for one in (best, *others)]
        return going_back_to("stitched", whole, [told, reason], used_here)
    return going_back_to("translated", whole, [reason], [(original, best)])


def disagreements(
    version: Side, original: Original, stretches: Sequence[Sequence[Token]], likeness: Likeness | None
) -> Iterator[Edit]:
    """What tells that a version is no faithful one: it denies or affirms against each of the `stretches` of the
    original that it may go back to, or has a number that is no reading of any number there."""
    sides = [Side(original.text, stretch, original.language) for stretch in stretches if stretch]
    found = {version_turned(version, side, likeness) for side in sides}
    if found in ({1}, {-1}):
        told = f"it is {'affirmed' if found == {1} else 'denied'} there: “{as_said(original.text, sides[0].words)}”"
        there = hull(sides[0].words).shift(original.start)
        yield Edit("polarity", told, "hard", hull(version.words), there)
    yield from unsaid_numbers(version.text, version.words, original)


def _reworded(quoted: Side, best: Support, original: Original, likeness: Likeness | None) -> Verdict:
    """A quotation in the speaker's language, in other words: another translation where it means the same."""
    points = best.like if best.like is not None else best.cover
    if points < REWORDED_LEAST:
        words = "these words were not said, nor anything like them"
        return going_back_to("unfounded", 1 - points, [Edit("quote_not_said", words, "hard", hull(quoted.words))])
    stretch = original_words(original.text, original.language)[best.window.first : best.window.last + 1]
    wrong = tuple(disagreements(quoted, original, [stretch], likeness))
    another = (best.like or 0.0) >= SAME_SENSE and not wrong
    told: Reason = OTHER_WORDING if another else Reason("other_words", "other words stand in the quotation marks")
    kind: VerdictClass = "translated" if another else "altered"
    return going_back_to(kind, points, (told, *wrong), [(original, best)])


def _near(
    carried: Carried, language: str | None, original: Original, best: Support, likeness: Likeness | None
) -> Iterator[Sequence[Token]]:
    """The words of the windows of the best original that fit nearly as well as the best."""
    words = original_words(original.text, original.language)
    yield words[best.window.first : best.window.last + 1]
    least = best.points - NEAR_BEST - (PREFERRED if best.preferred else 0.0)
    for found in support(carried.words, language, [original], (), likeness, every=True):
        if found.points >= least:
            yield words[found.window.first : found.window.last + 1]


def sentences(text: str, words: Sequence[Token]) -> list[str]:
    """The sentences of words in a text."""
    groups: list[list[Token]] = []
    for word in words:
        if not groups or groups[-1][-1].sentence != word.sentence:
            groups.append([])
        groups[-1].append(word)
    return [hull(group).slice(text) for group in groups]


def going_back_to(
    kind: VerdictClass,
    score: float,
    reasons: Iterable[Reason],
    supports: Sequence[tuple[Original, Support]] = (),
) -> Verdict:
    """The verdict on what goes back to windows of originals, or to nothing."""
    return Verdict(
        kind=kind,
        score=round(min(1.0, max(0.0, score)), 4),
        reasons=told_once(reasons),
        utterance=tuple(dict.fromkeys(original.id for original, _ in supports)),
        spans=tuple(sorted({one.window.span.shift(original.start) for original, one in supports})),
    )
