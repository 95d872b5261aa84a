"""Statements in other words or another language: paraphrased or translated, distorted or altered, or unfounded.

A report is compared, edit by edit, with each utterance that supports it nearly as well as the best; the fairest
reading counts. A hard edit decides, whatever the likeness. Without one the head weighs the soft ones and the support;
where it is not sure enough to accuse, the report stays `paraphrased`, with the reason `cannot_tell`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.tracing.comparing.comparison import Comparison
from onrecord.tracing.edits import Edit, Reason
from onrecord.tracing.judging.features import edits_of, features
from onrecord.tracing.judging.head import ALARM, Chances, chances_of
from onrecord.tracing.judging.quotations import going_back_to, judge_quotation
from onrecord.tracing.paraphrase import Support, plain, support
from onrecord.tracing.values import Carried, Likeness, Original, Verdict
from onrecord.tracing.wording.normal import Token, words_of
from onrecord.tracing.wording.tongues import in_another

NEAR_BEST, READINGS = 0.06, 3
"""Support by which another utterance may be meant as well, and how many are read at most."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A report read as going back to one utterance: the edits it would have made, and the chance of each class."""

    case: Comparison
    edits: tuple[Edit, ...]
    chances: Chances

    @property
    def hard(self) -> bool:
        """Whether an edit decides."""
        return any(edit.severity == "hard" for edit in self.edits)


def judge_account(
    carried: Carried,
    words: Sequence[Token],
    language: str | None,
    originals: Sequence[Original],
    ranked: Sequence[Support],
    likeness: Likeness | None,
) -> Verdict:
    """The class of a statement whose supports are `ranked`, in the words of the one named where that one spoke."""
    best = ranked[0]
    if best.like is None and in_another(language, originals[best.window.which].language):
        reason = Reason("no_vectors", "it is in another language, and there are no vectors to compare it by")
        return going_back_to("unfounded", 0.0, [reason])
    if carried.form == "direct":
        return judge_quotation(carried, words, language, originals, ranked, likeness)
    near = [one for one in ranked[:READINGS] if one.points >= best.points - NEAR_BEST]
    readings = [read(carried, words, language, originals, one, likeness) for one in near]
    return _verdict(max(readings, key=lambda reading: (not reading.hard, reading.chances.faithful)))


def read(
    carried: Carried,
    words: Sequence[Token],
    language: str | None,
    originals: Sequence[Original],
    support: Support,
    likeness: Likeness | None,
) -> Reading:
    """A report as going back to the utterance of one support."""
    case = compared(carried, words, language, originals, support, likeness)
    edits = edits_of(case, originals)
    return Reading(case, edits, chances_of(features(case, edits), vectors=case.support.like is not None))


def compared(
    carried: Carried,
    words: Sequence[Token],
    language: str | None,
    originals: Sequence[Original],
    best: Support,
    likeness: Likeness | None,
) -> Comparison:
    """A report beside one utterance; what is too bare to be compared, *to do so*, is read in its sentence."""
    original = originals[best.window.which]
    keys = [word.key for word in words_of(plain(carried.words), language=language)]
    bare = "so" in keys[:2] or (len(keys) <= 5 and keys[:1] in (["it"], ["that"], ["this"]))
    if bare and best.like is not None and carried.context:
        around = support(carried.context, language, [original], (), likeness)
        if around and (around[0].like or 0.0) > best.like:
            window = around[0].window
            moved = type(window)(best.window.which, window.span, window.first, window.last, window.shown)
            best = Support(moved, around[0].like, around[0].cover, best.points, best.preferred)
    return Comparison(carried, words, language, original, best, likeness)


def _verdict(reading: Reading) -> Verdict:
    case, chances = reading.case, reading.chances
    support = [(case.original, case.support)]
    if not (reading.hard or chances.alarm):
        lead = Reason("cannot_tell", "it may not be faithful, but that is not sure") if chances.open else None
        lead = lead or Reason("supported", _shown(case.support))
        return going_back_to("paraphrased", chances.faithful, (lead, *reading.edits), support)
    reasons = reading.edits or (Reason("little_support", _shown(case.support)),)
    score = max(1 - chances.faithful, ALARM) if reading.hard else 1 - chances.faithful
    if chances.unfounded > chances.distorted:
        return going_back_to("unfounded", score, reasons)
    return going_back_to("distorted", score, reasons, support)


def _shown(best: Support) -> str:
    like = "" if best.like is None else f"likeness {best.like:.2f}, "
    return f"{like}{best.cover:.0%} of its content words: “{best.window.shown}”"
