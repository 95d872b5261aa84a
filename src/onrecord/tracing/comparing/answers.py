"""Reports of what was asked: which question an answer answers, and whether it was a yes or a no.

question   Will you resign?
answer     No.
carried    She ruled out resigning.        nothing
carried    She said she would resign.      polarity (hard): the answer was no
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from onrecord.tracing.comparing.clauses import Clause, Pairing
from onrecord.tracing.comparing.comparison import Comparison
from onrecord.tracing.comparing.lexicon import find, has
from onrecord.tracing.edits import Edit, Severity
from onrecord.tracing.placing import original_words
from onrecord.tracing.values import Original
from onrecord.tracing.wording.normal import Token
from onrecord.tracing.wording.versions import denials

Stance = Literal["yes", "no", "open", ""]
LEAST = 2
"""Content words of the question that a report takes up at least."""
SHORT = 8
"""Words up to which a first sentence that denies is a no: *I do not expect it to*, *Not this year*."""


def answers(case: Comparison) -> Iterator[Edit]:
    """Clauses that take up the question, against the answer that was given."""
    if case.carried.question or case.carried.asks or has(case.cue, case.language, "asks"):
        return
    if has(case.words, case.language, "whether"):
        return
    for match in case.matches:
        if (
            match.theirs.asked
            and match.near
            and len(match.shared) >= LEAST
            and not any(not rival.asked for rival in match.rivals)
        ):
            yield from _answered(case, match)
            return


def _answered(case: Comparison, match: Pairing) -> Iterator[Edit]:
    given = stance(case.original)
    denies = bool(denials(match.mine.words, case.language).negators) != case.carried.denied
    mine = match.mine.words
    severity: Severity = "hard" if match.close else "soft"
    if given == "no" and not denies and not _denies(match.theirs, case.original.language):
        yield case.edit("polarity", severity, "the answer was no", mine, _first(case.original))
    elif given == "yes" and denies:
        yield case.edit("polarity", severity, "the answer was yes", mine, _first(case.original))
    elif given in ("open", "") and not denies and not case.carried.denied:
        yield case.edit("question_as_claim", "soft", "it was asked, and neither affirmed nor denied", mine)


def stance(original: Original) -> Stance:
    """Whether an answer begins with a yes or a no, or leaves it open; "" where nothing shows it."""
    words, language = _first(original), original.language
    if not original.after or not words:
        return ""
    opening = words[: SHORT // 2]
    if any(found.first == 0 for found in find(opening, language, "open")) or has(words[:SHORT], language, "likely"):
        return "open"
    if any(found.first == 0 for found in find(opening, language, "yes")):
        return "yes"
    if any(found.first == 0 for found in find(opening, language, "no")):
        return "no"
    return "no" if len(words) <= SHORT and denials(words, language).negators else ""


def _first(original: Original) -> Sequence[Token]:
    return [word for word in original_words(original.text, original.language) if word.sentence == 0]


def _denies(clause: Clause, language: str | None) -> bool:
    return bool(denials(clause.words, language).negators)
