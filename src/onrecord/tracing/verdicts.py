"""The verdict on a carried statement: what a carrier did to the words that were spoken.

Quoted words that are found in the speaker's language are judged word by word (`wording`); what is in other words or
in another language by what it goes back to and what speaks against it (`judging/accounts`). Before that it is asked
whether the statement is claimed for the occasion at all, and whether the words are those of the one who is named.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from onrecord.spans import Span
from onrecord.tracing.comparing.polarity import Side
from onrecord.tracing.edits import Reason, told_once
from onrecord.tracing.judging import gate
from onrecord.tracing.judging.indirect import judge_account
from onrecord.tracing.judging.quotations import OTHER_WORDING, disagreements
from onrecord.tracing.judging.scene import ANYWHERE, Stage
from onrecord.tracing.judging.two_tongues import as_one, in_two_tongues
from onrecord.tracing.paraphrase import Support, support
from onrecord.tracing.placing import Placement, original_words, place
from onrecord.tracing.tables import words as listed
from onrecord.tracing.values import Carried, Likeness, Original, Verdict, VerdictClass
from onrecord.tracing.wording.alignment import NOWHERE
from onrecord.tracing.wording.difference import changes, spans_of
from onrecord.tracing.wording.judgement import Case, Wording, judge_wording
from onrecord.tracing.wording.normal import Token, words_of
from onrecord.tracing.wording.tongues import in_another, tongue_of

WHOLE = re.compile(r"[“\"«‘](?=[A-ZÀ-Þ])[^”\"»“]{12,}[.!?…,][”\"»’]")
"""One or more whole sentences in quotation marks."""

FOUND = 0.6
"""The share of quoted words that must stand in the original for them to be judged word by word."""

FOUND_SHORT, FOUND_IN_A_ROW = 0.8, 0.5
SHORT = 5
"""Of fewer words more must stand there, unless they stand in a row, with one of them changed."""

ALTERED_LEAST, ALTERED_MOST = 0.75, 4
"""Who alters a quotation leaves most words as they are: .77 at least in 38 of the development events. With fewer, and
so many changed, it is another translation, unless it denies what was affirmed or has another number."""

SURELY = 0.9
SEVERAL = 4
"""Share and number of words in a row that nobody says by chance: theirs, whoever is named."""


def judge(
    carried: Carried, originals: Sequence[Original], likeness: Likeness | None = None, scene: Stage = ANYWHERE
) -> Verdict:
    """The verdict on `carried` against all that was said on the occasion, `originals` in the order spoken.

    `scene` is what is known of the occasion.

    `likeness` compares meanings, for statements in other words or another language; without it only words count, and
    translations are not recognised.

    >>> judge(Carried(text="We did know it could stick"), [Original(text="We did not know it could stick.")]).kind
    'altered'
    """
    if both := in_two_tongues(carried, originals):
        own = judge(both[0], originals, likeness, scene)
        there = [original for original in originals if original.id in own.utterance] or originals
        return as_one(own, judge(both[1], there, likeness, scene), both[1].words)
    carried = _sentences_alone(carried)
    case = _open(carried, originals, scene)
    if not case.words:
        return Verdict(kind="elsewhere", score=0.0, reasons=(Reason("no_words", "there are no words to compare"),))
    if not originals:
        return Verdict(
            kind="elsewhere", score=0.0, reasons=(Reason("no_original", "there is nothing to compare with"),)
        )
    found = _found(case)
    if found is not None and (verdict := _by_words(case, found)) is not None:
        return gate.told(verdict, carried, case.who, originals, scene)
    ranked = support(carried.words, case.language, originals, case.mine, likeness)
    if (who := gate.reopened(carried, case.who, originals, ranked)) is not case.who:
        case = replace(case, who=who)
        ranked = support(carried.words, case.language, originals, case.mine, likeness)
    if (verdict := gate.not_from_here(carried, case.who, originals, ranked, case.language)) is not None:
        return verdict
    if (verdict := gate.of_another(carried, case.who, originals, ranked, case.language)) is not None:
        return verdict
    verdict = judge_account(carried, case.words, case.language, originals, _own(ranked), likeness)
    return gate.told(verdict, carried, case.who, originals, scene)


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


@dataclass(frozen=True, slots=True)
class _Case:
    carried: Carried
    originals: Sequence[Original]
    words: Sequence[Token]
    pieces: Sequence[int]
    language: str | None
    who: gate.Meant
    spoken: Sequence[Sequence[Token]]

    @property
    def mine(self) -> Collection[int]:
        """The turns of the one who is meant."""
        return self.who.turns


def _open(carried: Carried, originals: Sequence[Original], scene: Stage) -> _Case:
    language = carried.language or tongue_of(carried.words)
    words: list[Token] = list(words_of(carried.text, carried.pieces, language))
    pieces = [next((n for n, p in enumerate(carried.pieces) if w.span.start < p.end), 0) for w in words]
    who = gate.meant(carried, originals, scene)
    spoken = [original_words(original.text, original.language) for original in originals]
    return _Case(carried, originals, words, pieces, language, who, spoken)


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
    wording = judge_wording(Case(case.words, case.pieces, found, case.originals, case.spoken, case.language))
    changed = len(found.same) - sum(found.same)
    reasons: tuple[Reason, ...] = wording.edits or (Reason("word_for_word", "word for word, whole sentences"),)
    kind = wording.kind
    other_wording = wording.kind == "altered" and found.share < ALTERED_LEAST and changed >= ALTERED_MOST
    two = any(edit.code == "two_utterances" for edit in wording.edits)
    if ((carried.translated and wording.edits) or other_wording) and not two:
        kind, reasons = _as_version(case, found, wording)
    verdict = Verdict(
        kind=kind,
        score=round(min(1.0, found.share), 4),
        reasons=told_once(reasons),
        diff=changes(carried.text, case.words, found, case.originals, case.spoken),
        utterance=_ids(case, found),
        spans=spans_of(found, case.originals, case.spoken),
        out_of_context=wording.out_of_context,
    )
    if found.chief in case.mine:
        return verdict
    own = sum(which in case.mine and same for which, same in zip(found.which, found.same, strict=True))
    if (
        verdict := gate.attributed(verdict, carried, case.who, case.originals[found.chief], own)
    ).kind != "misattributed":
        return verdict
    return verdict if case.mine or surely else None


def _as_version(case: _Case, found: Placement, wording: Wording) -> tuple[VerdictClass, tuple[Reason, ...]]:
    """The class of one of two translations: other words, another order and less of it are no fault there."""
    words, original = case.spoken[found.chief], case.originals[found.chief]
    at = [words[k].sentence for which, k in zip(found.which, found.places, strict=True) if which == found.chief]
    stretch = [word for word in words if min(at) <= word.sentence <= max(at)]
    wrong = tuple(disagreements(Side(case.carried.text, case.words, case.language), original, [stretch], None))
    told = (Reason(edit.code, edit.words) for edit in wording.edits)
    return "altered" if wrong else "translated", (*wrong, *told, OTHER_WORDING)


def _ids(case: _Case, found: Placement) -> tuple[str, ...]:
    others = dict.fromkeys(n for n in found.which if n not in (NOWHERE, found.chief))
    return tuple(case.originals[n].id for n in (found.chief, *others))


def _own(ranked: Sequence[Support]) -> Sequence[Support]:
    """The supports in the words of the one named, where that one spoke; else all."""
    own = [s for s in ranked if s.preferred]
    return own or ranked
