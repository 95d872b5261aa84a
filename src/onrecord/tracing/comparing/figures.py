"""Numbers and their units: not said, taken back by the speaker, exchanged, in another unit.

Rounded and reckoned numbers are fair: *nearly 1,200* for 1,187, *1,600 more* for 9,600 and 11,200, *a third* for 33 %.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from onrecord.tracing.comparing.comparison import Comparison
from onrecord.tracing.comparing.lexicon import find
from onrecord.tracing.edits import Edit
from onrecord.tracing.placing import original_words
from onrecord.tracing.values import Original
from onrecord.tracing.wording.normal import Token, words_of
from onrecord.tracing.wording.quantities import Quantity, measures_of, quantities, same, unsaid

ROUND, ABOUT = 0.06, 0.15
"""By how much a number may be rounded; and where *about*, *nearly* or *over* says so."""
NEAR = 3
BEFORE, BEHIND = 12, 3
"""Words before and behind *sorry* in which a number is taken back and given anew."""
UNIT = 0.05


def figures(case: Comparison, originals: Sequence[Original]) -> Iterator[Edit]:
    """What is wrong with the numbers of a report. A number that was said elsewhere on the occasion is left alone: the
    report may go back to two places."""
    original = case.original
    there = original_words(original.text, original.language)
    theirs = _said(original)
    mine = quantities(case.carried.text, case.words)
    missing = [*unsaid(mine, theirs, case.all_spoken)]
    for one in missing:
        if _rounded(case, one, theirs) or _reckoned(one, theirs) or _a_unit(one, case.all_spoken):
            continue
        if not _elsewhere(one, originals):
            yield case.edit("number_not_said", "hard", f"{one.shown} was not said", [case.words[one.at]])
    taken_back = _retracted(there, original.language)
    for one in mine:
        word = case.words[one.at]
        if word.key in taken_back and not taken_back[word.key] & {w.key for w in case.words}:
            yield case.edit("number_retracted", "hard", f"the speaker took {one.shown} back", [word])
        elif one not in missing and not case.across and (told := _unit_changed(one, theirs)):
            yield case.edit("unit_changed", "hard", told, [word])
    if not case.across:
        yield from _exchanged(case, there)


@lru_cache(maxsize=4096)
def _said(original: Original) -> tuple[Quantity, ...]:
    """The quantities of an original and of the question that it answers."""
    there = original_words(original.text, original.language)
    asked = words_of(original.after, language=original.language)
    return (*quantities(original.text, there), *quantities(original.after, asked))


def _elsewhere(one: Quantity, originals: Sequence[Original]) -> bool:
    return any(same(one, other) for original in originals for other in _said(original))


def _a_unit(one: Quantity, words: Sequence[Token]) -> bool:
    """Whether *a year* was said for the twelve months of the report."""
    return any(
        measure.dimension == dimension and measure.unit != amount and abs(measure.amount - amount) <= UNIT * amount
        for word in words
        for dimension, amount in measures_of(word.key)
        for measure in one.measures
    )


def _rounded(case: Comparison, one: Quantity, theirs: Sequence[Quantity]) -> bool:
    loosened = bool(find(case.words[max(0, one.at - NEAR) : one.at], case.language, "about"))
    allowed = ABOUT if loosened else ROUND
    for other in theirs:
        for a in one.values:
            for b in other.values:
                if b and a != b and abs(a - b) <= allowed * abs(b) and (loosened or _rounder(a, b)):
                    return True
    return False


def _rounder(a: float, b: float) -> bool:
    """Whether a number has fewer figures than another."""
    return len(f"{a:g}".rstrip("0").replace(".", "")) < len(f"{b:g}".rstrip("0").replace(".", "")) and abs(b) >= 10


def _reckoned(one: Quantity, theirs: Sequence[Quantity]) -> bool:
    """Whether a number is the sum, difference, share or rest of two that were said, or one plus or less one."""
    said = sorted({value for other in theirs for value in other.values})
    for value in one.values:
        for a, b in combinations(said, 2):
            if value in (a + b, b - a) or ((value == 100 - a or value == 100 - b) and value > 1):
                return True
            if a and 0.97 <= value * a / b <= 1.03 and value > 1 and a > 1:
                return True
            if b and 0.98 <= value / (100 * a / b) <= 1.02:
                return True
    return False


def _retracted(words: Sequence[Token], language: str | None) -> dict[str, set[str]]:
    """The numbers that the speaker took back, *five point one; sorry, four point one*, each with what it became."""
    gone: dict[str, set[str]] = {}
    for found in find(words, language, "retracts"):
        behind = [w.key for w in words[found.stop : found.stop + BEHIND] if w.key.startswith("#")]
        before = [w.key for w in words[max(0, found.first - BEFORE) : found.first] if w.key.startswith("#")]
        again = any(word.key == before[-1] for word in words[found.stop :]) if before else True
        if behind and not again:
            gone[before[-1]] = {behind[0]}
    return gone


def _unit_changed(one: Quantity, theirs: Sequence[Quantity]) -> str:
    """How a number that was said has another currency or another unit, in words; "" where it has not."""
    others = [other for other in theirs if one.values & other.values]
    if not others:
        return ""
    if one.currency and all(other.currency and other.currency != one.currency for other in others):
        return f"{one.shown} was said in another currency"
    here = _dimension(one)
    there = {_dimension(other) for other in others}
    if here and "" not in there and here not in there:
        return f"{one.shown} was said of another unit: {', '.join(sorted(there))}"
    return ""


def _dimension(one: Quantity) -> str:
    """The unit in which a number is told: of a measure the word's amount, percent, points or money."""
    if one.currency:
        return "money"
    shares = [m for m in one.measures if m.dimension == "share"]
    measures = shares or [m for m in one.measures if m.dimension != "clock"]
    told = sorted({f"{m.dimension}:{m.unit:g}" for m in measures})
    return told[0] if len(told) == 1 else ""


def _exchanged(case: Comparison, there: Sequence[Token]) -> Iterator[Edit]:
    """Two numbers, each of which stands with the noun of the other."""
    mine, theirs = _counted(case.words), _counted(there)
    for (one, noun), (other, second) in combinations(mine.items(), 2):
        if noun != second and theirs.get(one) == second and theirs.get(other) == noun:
            words = [w for w in case.words if w.key in (one, other)]
            told = f"{one[1:]} and {other[1:]} have changed places"
            yield case.edit("numbers_exchanged", "hard", told, words)
            return


def _counted(words: Sequence[Token]) -> dict[str, str]:
    """Each number with the next content word, those that stand once."""
    found: dict[str, str] = {}
    for at, word in enumerate(words):
        if word.key.startswith("#") and at + 1 < len(words) and not words[at + 1].key.startswith("#"):
            found[word.key] = "" if word.key in found else words[at + 1].key
    return {number: noun for number, noun in found.items() if noun}
