"""A *not* too many or too few, and opposite wording.

The sign is taken clause by clause, and a word that may stand for the negator on the other side (*lacks*, *refused*,
*unable*) explains it away, as does an opposite (*did not fall*: *rose*). Where vectors are at hand they are asked as
well: if the report comes closer to what was said once the negator is taken out of the side that has one more, the *not*
is what sets the two apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.tracing.comparing.clauses import Clause, Pairing
from onrecord.tracing.comparing.comparison import Comparison
from onrecord.tracing.comparing.lexicon import has, opposed
from onrecord.tracing.edits import Edit
from onrecord.tracing.placing import original_words
from onrecord.tracing.tables import words as listed
from onrecord.tracing.values import Likeness
from onrecord.tracing.wording.negation import contrary
from onrecord.tracing.wording.normal import Token
from onrecord.tracing.wording.versions import denials, turned

SURE_GAIN = 0.012
"""By so much two texts come closer without a negator that only one of them should have (cosine; on NTREX, lines of even
number, one in twenty of the faithful translations of a negated line does)."""
SHORT_REACH = 4
"""Words within which a *not* stands before the verb that it denies."""
LEAST_GAIN = 0.0
"""The same where no word on the other side can stand for the negator."""


@dataclass(frozen=True, slots=True)
class Side:
    """Words of one text, in its language."""

    text: str
    words: Sequence[Token]
    language: str | None


def polarity(case: Comparison) -> Iterator[Edit]:
    """Clauses that deny what was affirmed, or affirm what was denied."""
    if case.carried.denied or case.carried.question:
        return
    signs = []
    for match in case.matches:
        if not match.near or match.theirs.asked or match.theirs.question:
            continue
        sign = _sign(case, match.mine.words, match.theirs.words)
        signs.append((sign if match.tight else 0, match))
        if sign and not _otherwise(case, match, sign):
            yield _turned(case, match, sign)
        elif not sign:
            yield from _opposite(case, match)
    yield from _moved(case, signs)


def _moved(case: Comparison, signs: Sequence[tuple[int, Pairing]]) -> Iterator[Edit]:
    """A *not* that stands in another clause than it was said in, or with another verb of the same clause."""
    put = next((match for sign, match in signs if sign > 0), None)
    lost = next((match for sign, match in signs if sign < 0), None)
    if put and lost and put.theirs != lost.theirs:
        told = f"the not is moved: it was said of “{case.said(lost.theirs.words)}”"
        yield case.edit("negation_moved", "hard", told, put.mine.words, lost.theirs.words)
    for _, match in signs:
        if match.tight and not case.across and (word := _other_verb(case, match)):
            told = f"the not is moved: it was said of “{case.said([word])}”"
            yield case.edit("negation_moved", "hard", told, match.mine.words, [word])


def _other_verb(case: Comparison, match: Pairing) -> Token | None:
    """The word that the only *not* of a clause stood before, where it now stands behind; those that a *not* may leave
    without turning them (*I do not think he left*, *I think he did not*) apart."""
    mine, theirs = match.mine.words, match.theirs.words
    here, there = denials(mine, case.language), denials(theirs, case.language)
    straight = [*pairwise(match.shared)]
    if len(here.negators) != 1 or len(there.negators) != 1 or any(a[1] > b[1] for a, b in straight):
        return None
    for at, said in match.shared:
        if 0 < said - there.negators[0] <= SHORT_REACH:
            denied = theirs[there.negators[0] + 1 : said + 1]
            moved = 0 < here.negators[0] - at <= SHORT_REACH and not has(denied, case.language, "raising")
            return theirs[said] if moved else None
    return None


def contradiction(case: Comparison) -> Iterator[Edit]:
    """The speaker went on to say the contrary in the same words, and the report leaves that out."""
    words = original_words(case.original.text, case.original.language)
    if not case.spoken:
        return
    if places := contrary(words, case.spoken[-1].sentence, case.original.language):
        told = "the next sentence, left out, says the contrary in the same words"
        yield case.edit("contradiction_cut", "hard", told, theirs=[words[k] for k in places])


def _sign(case: Comparison, mine: Sequence[Token], theirs: Sequence[Token]) -> int:
    """1 where the report denies, -1 where the original does, 0 if neither or both; words that both have say nothing."""
    if not case.across:
        negators = listed(case.language, "negators")
        both = {word.key for word in mine} & {word.key for word in theirs} - negators
        mine, theirs = ([word for word in side if word.key not in both] for side in (mine, theirs))
    return turned(denials(mine, case.language), denials(theirs, case.original.language))


def _otherwise(case: Comparison, match: Pairing, sign: int) -> bool:
    """Whether the difference in sign is explained: by opposite words, by the sentence as a whole, in which the *not*
    stands in another clause, or by another clause as near with the sign of the report."""
    if case.language == case.original.language and any(opposed(match.mine.words, match.theirs.words, case.language)):
        return True
    if not _sign(case, case.words, case.sentence_of(match.theirs)):
        return True
    return not match.tight and any(not _sign(case, match.mine.words, rival.words) for rival in match.rivals)


def _turned(case: Comparison, match: Pairing, sign: int) -> Edit:
    mine, theirs = match.mine, match.theirs
    gain = None
    if case.likeness is not None:
        gain = closer_without(case, mine, theirs, sign)
    sure = (match.tight and not case.across) if gain is None else gain >= SURE_GAIN
    what = "it is denied there" if sign < 0 else "it is affirmed there"
    told = f"{what}: “{case.said(theirs.words)}”"
    return case.edit("polarity", "hard" if sure and match.close else "soft", told, mine.words, theirs.words)


def closer_without(case: Comparison, mine: Clause, theirs: Clause, sign: int) -> float:
    """How much closer two clauses come when the side with one negator more loses it."""
    here = Side(case.carried.text, mine.words, case.language)
    there = Side(case.original.text, theirs.words, case.original.language)
    return _gain(here, there, sign, case.likeness)


def version_turned(mine: Side, theirs: Side, likeness: Likeness | None) -> int:
    """1 where a translation denies what was affirmed, -1 the other way round, 0 where nothing shows it.

    Where one side has more plain negators than the other, the vectors tell whether that sets them apart; words that may
    stand for a negator (`versions`) ask for less than no such word.
    """
    here, there = denials(mine.words, mine.language), denials(theirs.words, theirs.language)
    sign = (len(here.negators) > len(there.negators)) - (len(here.negators) < len(there.negators))
    surely = turned(here, there)
    if likeness is None or not sign:
        return surely
    gain = _gain(mine, theirs, sign, likeness)
    return sign if gain >= (LEAST_GAIN if surely == sign else SURE_GAIN) else 0


def _gain(mine: Side, theirs: Side, sign: int, likeness: Likeness | None) -> float:
    fuller, still = (mine, theirs) if sign > 0 else (theirs, mine)
    before, after = as_said(fuller.text, fuller.words), without_negators(fuller.text, fuller.words, fuller.language)
    if likeness is None or before == after:
        return 0.0
    row = likeness.between([as_said(still.text, still.words)], [before, after])[0]
    return row[1] - row[0]


def as_said(text: str, words: Sequence[Token]) -> str:
    """Words as they stand in the text."""
    return " ".join(_tokens(text, words, frozenset()))


def without_negators(text: str, words: Sequence[Token], language: str | None) -> str:
    """Words as they stand in the text, without those that negate."""
    found = denials(words, language).negators
    paired = listed(language, "paired")
    gone = {*found, *(at for at, word in enumerate(words) if found and word.key in paired)}
    return " ".join(_tokens(text, words, frozenset(gone)))


def _tokens(text: str, words: Sequence[Token], gone: frozenset[int]) -> Iterator[str]:
    for at, word in enumerate(words):
        if at in gone:
            continue
        twin_before = at and words[at - 1].span == word.span
        twin_after = at + 1 < len(words) and words[at + 1].span == word.span
        if (twin_before and at - 1 in gone) or (twin_after and at + 1 in gone):
            yield word.key
        elif not twin_before:
            yield word.span.slice(text)


def _opposite(case: Comparison, match: Pairing) -> Iterator[Edit]:
    """A word in place of its opposite, the sign of the clause being the same."""
    if case.language != case.original.language or len(match.shared) < 2 or has(case.cue, case.language, "asks"):
        return
    mine, theirs = match.mine.words, match.theirs.words
    if len(denials(mine, case.language).negators) != len(denials(theirs, case.language).negators):
        return
    yield from _turned_word(case, mine, theirs)


def opposites_in_place(case: Comparison) -> Iterator[Edit]:
    """A word in place of its opposite, where all around it is as it was."""
    for mine, theirs in case.gaps:
        if not denials(mine, case.language).negators and not denials(theirs, case.language).negators:
            yield from _turned_word(case, mine, theirs)


def _turned_word(case: Comparison, mine: Sequence[Token], theirs: Sequence[Token]) -> Iterator[Edit]:
    for here, there in opposed(mine, theirs, case.language):
        told = f"“{case.said([theirs[there]])}” became “{case.printed([mine[here]])}”"
        yield case.edit("opposite", "hard", told, [mine[here]], [theirs[there]])
        return
