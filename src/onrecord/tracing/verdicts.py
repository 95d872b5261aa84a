"""The verdict on a carried statement: what a carrier did to the words that were spoken.

Quoted words that are found in the speaker's language are judged word by word (`wording`); what is in other words or in
another language by what it goes back to and what speaks against it (`accounts`). Before that it is asked whether the
statement is claimed for the occasion at all, and whether the words are those of the one who is named.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from onrecord.spans import Span
from onrecord.tracing.alignment import NOWHERE
from onrecord.tracing.difference import changes, spans_of
from onrecord.tracing.judging.accounts import judge_account
from onrecord.tracing.meaning import PREFERRED, Support, support
from onrecord.tracing.normal import Word, words_of
from onrecord.tracing.placing import Placement, original_words, place
from onrecord.tracing.speakers import same_person
from onrecord.tracing.tables import words as listed
from onrecord.tracing.tongues import in_another, tongue_of
from onrecord.tracing.values import Carried, Change, Likeness, Original, Reason, Verdict, VerdictClass
from onrecord.tracing.versions import disagreements
from onrecord.tracing.wording import Case, Wording, judge_wording

__all__ = ["Carried", "Change", "Likeness", "Original", "Reason", "Verdict", "VerdictClass", "judge"]

WHOLE = re.compile(r"[“\"«‘](?=[A-ZÀ-Þ])[^”\"»“]{12,}[.!?…,][”\"»’]")
"""One or more whole sentences in quotation marks."""

FOUND = 0.6
"""The share of quoted words that must stand in the original for them to be judged word by word."""

FOUND_SHORT, FOUND_IN_A_ROW = 0.8, 0.5
SHORT = 5
"""Of fewer words more must stand there, unless they stand in a row, with one of them changed."""

SURELY = 0.9
SEVERAL = 4
"""Share and number of words in a row that nobody says by chance: theirs, whoever is named."""

ALIKE = 0.62
"""Likeness and cover from which words are somebody's even where another is named, or nobody."""

LIKE_ENOUGH = 0.42
"""The same for a statement of somebody who is only described, or of nobody, to be taken as made there."""

SURELY_ALIKE = 0.85
"""The likeness of a translation that can be of nothing else."""

AHEAD = 0.3
"""How much better another speaker's words must fit for the statement to be given to the wrong one."""


def judge(carried: Carried, originals: Sequence[Original], likeness: Likeness | None = None) -> Verdict:
    """The verdict on `carried` against all that was said on the occasion, `originals` in the order spoken.

    `likeness` compares meanings, for statements in other words or another language; without it only words count, and
    translations are not recognised.

    >>> judge(Carried(text="We did know it could stick"), [Original(text="We did not know it could stick.")]).kind
    'altered'
    """
    carried = _sentences_alone(carried)
    case = _open(carried, originals)
    if not case.words:
        return Verdict(kind="elsewhere", score=0.0, reasons=(Reason("no_words", "there are no words to compare"),))
    if not originals:
        return Verdict(
            kind="elsewhere", score=0.0, reasons=(Reason("no_original", "there is nothing to compare with"),)
        )
    found = _found(case)
    if found is not None and (verdict := _by_words(case, found)) is not None:
        return verdict
    ranked = support(carried.words, case.language, originals, case.mine, likeness)
    if (verdict := _not_from_here(case, ranked)) is not None:
        return verdict
    if (verdict := _of_another(case, ranked)) is not None:
        return verdict
    return judge_account(carried, case.words, case.language, originals, _own(ranked), likeness)


def _sentences_alone(carried: Carried) -> Carried:
    """A mixed statement that holds whole quoted sentences is judged by them: *what she said was “I never left.”*"""
    if carried.form != "mixed":
        return carried
    whole = [
        Span(piece.start + match.start(), piece.start + match.end())
        for piece in carried.pieces
        for match in WHOLE.finditer(piece.slice(carried.text))
    ]
    return replace(carried, form="direct", pieces=tuple(whole)) if whole else carried


def _not_from_here(case: _Case, ranked: Sequence[Support]) -> Verdict | None:
    """The verdict `elsewhere`, where the statement is not claimed for the occasion or nothing shows that it is."""
    carried = case.carried
    if not ranked:
        return _elsewhere("nothing_alike", "nothing of it was said", 0.3)
    best = ranked[0]
    if carried.foreign and best.points < ALIKE + PREFERRED:
        return _elsewhere("another_occasion", f"the article places it elsewhere: {carried.foreign}", 0.8)
    direct, like = carried.form == "direct", best.like or 0.0
    if carried.names and not case.mine and not carried.described and not (direct and like > SURELY_ALIKE):
        return _elsewhere("not_a_speaker", f"{carried.names[0]} did not speak", 0.7)
    if case.mine or (carried.names and not carried.described):
        return None
    across = in_another(case.language, case.originals[best.window.which].language)
    if direct and carried.names and not across:
        return _elsewhere("words_not_found", f"nobody said it, and {carried.names[0]} may be anybody", 0.5)
    if best.points < LIKE_ENOUGH:
        return _elsewhere("nobody_named", "no speaker is named, and nothing like it was said", 0.5)
    return None


@dataclass(frozen=True, slots=True)
class _Case:
    carried: Carried
    originals: Sequence[Original]
    words: Sequence[Word]
    pieces: Sequence[int]
    language: str | None
    mine: Collection[int]
    spoken: Sequence[Sequence[Word]]


def _open(carried: Carried, originals: Sequence[Original]) -> _Case:
    language = carried.language or tongue_of(carried.words)
    words: list[Word] = list(words_of(carried.text, carried.pieces, language))
    pieces = [next((n for n, p in enumerate(carried.pieces) if w.span.start < p.end), 0) for w in words]
    mine = [n for n, original in enumerate(originals) if same_person(carried.names, original.names)]
    spoken = [original_words(original.text, original.language) for original in originals]
    return _Case(carried, originals, words, pieces, language, frozenset(mine), spoken)


def _found(case: _Case) -> Placement | None:
    """Where the words stand, if enough of them stand anywhere."""
    language = case.language
    found = place(case.words, case.spoken, case.mine, language)
    if found.chief == NOWHERE or in_another(language, case.originals[found.chief].language):
        return None
    in_a_row = all(b == a + 1 for a, b in pairwise(found.places)) and len(set(found.which)) == 1
    least = FOUND if len(case.words) >= SHORT else FOUND_IN_A_ROW if in_a_row else FOUND_SHORT
    common = listed(language, "common")
    content = any(word.key not in common for word, same in zip(case.words, found.same, strict=True) if same)
    return found if found.share >= least and (content or found.share == 1) else None


def _by_words(case: _Case, found: Placement) -> Verdict | None:
    """The verdict on quoted words that were found, or None where they are not quoted or not claimed to be from here."""
    carried = case.carried
    if carried.form != "direct":
        return None
    surely = found.share >= SURELY and len(case.words) >= SEVERAL
    if carried.foreign and not surely:
        return None
    wording = judge_wording(
        Case(case.words, case.pieces, found, case.spoken, [o.text for o in case.originals], case.language)
    )
    if carried.translated and wording.reasons:
        wording = _as_version(case, found, wording)
    verdict = Verdict(
        kind=wording.kind,
        score=round(min(1.0, found.share), 4),
        reasons=wording.reasons or (Reason("word_for_word", "word for word, whole sentences"),),
        diff=changes(carried.text, case.words, found, case.originals, case.spoken),
        utterance=_ids(case, found),
        spans=spans_of(found, case.originals, case.spoken),
        out_of_context=wording.out_of_context,
    )
    speaker = case.originals[found.chief].names
    if not carried.names or carried.described or not speaker or found.chief in case.mine:
        return verdict
    if same_person(carried.others, speaker):
        return replace(verdict, reasons=(*verdict.reasons, Reason("speaker_open", f"taken to be {_short(speaker)}")))
    if not case.mine and not surely:
        return None
    own = sum(which in case.mine and same for which, same in zip(found.which, found.same, strict=True))
    if own >= SEVERAL:
        reason = Reason("other_speaker_too", f"some of the words are those of {_short(speaker)}")
        return replace(verdict, reasons=(reason, *verdict.reasons))
    return _misattributed(verdict, carried, speaker)


def _short(names: Sequence[str]) -> str:
    """A speaker's name without what stands behind the comma."""
    return names[0].split(",")[0]


def _as_version(case: _Case, found: Placement, wording: Wording) -> Wording:
    """The wording of one of two translations: other words, another order and less of it are no fault there."""
    if any(reason.code == "two_utterances" for reason in wording.reasons):
        return wording
    words, original = case.spoken[found.chief], case.originals[found.chief]
    at = [words[k].sentence for which, k in zip(found.which, found.places, strict=True) if which == found.chief]
    stretch = [word for word in words if min(at) <= word.sentence <= max(at)]
    wrong = tuple(disagreements(case.carried.text, case.words, case.language, original, [stretch]))
    reasons = (*wrong, *wording.reasons, Reason("other_wording", "both are translations"))
    return replace(wording, kind="altered" if wrong else "translated", reasons=reasons)


def _misattributed(verdict: Verdict, carried: Carried, speaker: Sequence[str]) -> Verdict:
    reason = Reason("other_speaker", f"the words are those of {_short(speaker)}, not of {carried.names[0]}")
    return replace(verdict, kind="misattributed", reasons=(reason, *verdict.reasons), true_speaker=speaker[0])


def _ids(case: _Case, found: Placement) -> tuple[str, ...]:
    others = dict.fromkeys(n for n in found.which if n not in (NOWHERE, found.chief))
    return tuple(case.originals[n].id for n in (found.chief, *others))


def _of_another(case: _Case, ranked: Sequence[Support]) -> Verdict | None:
    """Misattributed, where a quotation fits another speaker's words far better than any of the one named."""
    carried, best = case.carried, ranked[0]
    if carried.form != "direct" or not carried.names or carried.described or best.preferred or best.like is None:
        return None
    own = max((s.points for s in ranked if s.preferred), default=0.0)
    if best.points < ALIKE or best.points - own < AHEAD:
        return None
    original = case.originals[best.window.which]
    if not original.names or same_person(carried.others, original.names):
        return None
    verdict = Verdict(
        kind="misattributed",
        score=round(min(1.0, max(0.0, best.points)), 4),
        utterance=(original.id,),
        spans=(best.window.span.shift(original.start),),
    )
    return _misattributed(verdict, carried, original.names)


def _own(ranked: Sequence[Support]) -> Sequence[Support]:
    """The supports in the words of the one named, where that one spoke; else all."""
    own = [s for s in ranked if s.preferred]
    return own or ranked


def _elsewhere(code: str, words: str, score: float) -> Verdict:
    return Verdict(kind="elsewhere", score=score, reasons=(Reason(code, words),))
