"""Quoted words against the words that were spoken, in one language: verbatim, trimmed, stitched or altered, and why.

No ratio decides. Each place where the two differ is looked at: a word changed, put in or left out; a negator or a
modal lost; a cut inside a sentence or across sentences, marked by an ellipsis or not; two places joined as if one; the
order turned round. The worst of what is found names the verdict.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.tracing.edits import Edit, EditKind
from onrecord.tracing.placing import Placement
from onrecord.tracing.tables import words as listed
from onrecord.tracing.values import Original, VerdictClass
from onrecord.tracing.wording.alignment import NOWHERE, akin
from onrecord.tracing.wording.difference import Gap, gaps
from onrecord.tracing.wording.negation import contrary, lost_negators, negators
from onrecord.tracing.wording.normal import Token, hull

ALTERING = frozenset(
    "word_changed word_added number_changed number_added negation_lost negation_added modality_lost predicate_rebuilt"
    " name_changed".split()
)
STITCHING = frozenset("two_utterances order_turned far_apart two_sentences_as_one antecedent_cut".split())
TRIMMING = frozenset("cut_inside cut_between cut_start cut_end".split())
MISLEADING = frozenset("negation_cut condition_cut complement_cut contradiction_cut".split())

LONGEST_SHOWN = 14
FAR = 12
"""Words left out between two sentences, without a mark, from which on they are two places."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What was done to quoted words: the class, every edit, and whether a cut misleads."""

    kind: VerdictClass
    edits: tuple[Edit, ...]
    out_of_context: bool


@dataclass(frozen=True, slots=True)
class Case:
    """What is compared: the carried words, the piece of the content each stands in, the originals and their words."""

    carried: Sequence[Token]
    pieces: Sequence[int]
    placement: Placement
    originals: Sequence[Original]
    spoken: Sequence[Sequence[Token]]
    language: str | None

    def shown(self, which: int, places: Sequence[int]) -> str:
        """Words of an original as printed; of many only the first and the last."""
        words, text = [self.spoken[which][k] for k in places], self.originals[which].text
        if len(words) <= LONGEST_SHOWN:
            return hull(words).slice(text)
        head, tail = words[: LONGEST_SHOWN // 2], words[-LONGEST_SHOWN // 2 :]
        return f"{hull(head).slice(text)} … {hull(tail).slice(text)}"

    def edit(
        self, code: EditKind, told: str, mine: Sequence[int] = (), which: int = NOWHERE, theirs: Sequence[int] = ()
    ) -> Edit:
        """An edit about the carried words at some places, and those of an original."""
        there = hull([self.spoken[which][k] for k in theirs]).shift(self.originals[which].start) if theirs else None
        here = hull([self.carried[k] for k in mine]) if mine else None
        return Edit(code, told, "hard" if code in ALTERING | MISLEADING else "soft", here, there)

    def cut(self, code: EditKind, told: str, gap: Gap) -> Edit:
        """An edit that left words out; the carried ones beside them are shown."""
        return self.edit(code, told, [k for k in (gap.left, gap.right) if k != NOWHERE], gap.which, gap.cut)


def judge_wording(case: Case) -> Wording:
    """The class of words most of which were found."""
    edits = [*_altered(case)]
    for gap in gaps(case.placement, case.spoken):
        edits.extend(_of_gap(case, gap))
    edits.extend(_contradicted(case))
    codes = {edit.code for edit in edits}
    kind: VerdictClass = "verbatim"
    if codes & ALTERING:
        kind = "altered"
    elif codes & STITCHING:
        kind = "stitched"
    elif codes & TRIMMING:
        kind = "trimmed"
    ranks = (ALTERING, STITCHING, MISLEADING, TRIMMING)
    weightiest = sorted(edits, key=lambda edit: next(n for n, rank in enumerate(ranks) if edit.code in rank))
    return Wording(kind, tuple(weightiest), bool(codes & MISLEADING))


def _altered(case: Case) -> Iterator[Edit]:
    """Words of the carrier that are not the speaker's: changed or put in."""
    placement, language = case.placement, case.language
    negative = set(negators(case.carried, language))
    for k, word in enumerate(case.carried):
        if placement.same[k]:
            continue
        which, at = placement.which[k], placement.places[k]
        code: EditKind
        if which == NOWHERE:
            number = word.key.startswith("#")
            code = "negation_added" if k in negative else "number_added" if number else "word_added"
            shown = f"the number {word.key[1:]}" if code == "number_added" else f"“{word.key}”"
            yield case.edit(code, f"{shown} was put in", [k])
            continue
        there, told = case.spoken[which][at], f"“{case.spoken[which][at].key}” became “{word.key}”"
        if (k in negative) != (at in negators(case.spoken[which], language)):
            code = "negation_added" if k in negative else "negation_lost"
        elif word.key.startswith("#") or there.key.startswith("#"):
            code, told = "number_changed", f"{there.key.lstrip('#')} became {word.key.lstrip('#')}"
        else:
            code, told = "word_changed", f"{told}, another form of it" if akin(word.key, there.key) else told
        yield case.edit(code, told, [k], which, [at])


def _of_gap(case: Case, gap: Gap) -> Iterator[Edit]:
    if gap.other:
        yield case.cut("two_utterances", "words of two utterances stand as one quotation", gap)
    elif gap.back:
        yield case.cut("order_turned", "the order of what was said is turned round", gap)
    elif gap.left == NOWHERE:
        yield from _cut_start(case, gap)
    elif gap.right == NOWHERE:
        yield from _cut_end(case, gap)
    else:
        yield from _cut_within(case, gap)


def _cut_start(case: Case, gap: Gap) -> Iterator[Edit]:
    words = case.spoken[gap.which]
    shown = case.shown(gap.which, gap.cut)
    first = case.placement.places[gap.right]
    if lost := lost_negators(words, gap.cut[0], gap.cut[-1] + 1, _kept(case, gap.which), case.language):
        if _only_frame(words, gap.cut, case.language):
            yield case.cut("negation_lost", f"“{words[lost[0]].key}” is left out", gap)
            return
        yield case.cut("negation_cut", f"the quotation begins after “{shown}”, which negates it", gap)
    elif (
        words[gap.cut[0]].key in listed(case.language, "conditions") and words[gap.cut[0]].clause != words[first].clause
    ):
        yield case.cut("condition_cut", f"the condition “{shown}” is left out", gap)
    yield case.cut("cut_start", f"“{shown}” is left out before it", gap)


def _cut_end(case: Case, gap: Gap) -> Iterator[Edit]:
    words = case.spoken[gap.which]
    shown = case.shown(gap.which, gap.cut)
    last, following = words[case.placement.places[gap.left]], words[gap.cut[0]]
    negative = any(at in gap.cut for at in negators(words, case.language))
    if negative and _only_frame(words, gap.cut, case.language):
        yield case.cut("negation_lost", f"“{shown}” is left out", gap)
        return
    common = listed(case.language, "common")
    limits = listed(case.language, "conditions") | {"but", "although", "though", "however", "yet", "mais", "aber"}
    opening = next((words[k].key for k in gap.cut if words[k].key not in ("and", "et", "und", "y")), "")
    if opening in limits:
        yield case.cut("condition_cut", f"“{shown}” limited it, and is left out", gap)
    elif following.clause == last.clause and following.key not in common | listed(case.language, "boundaries"):
        yield case.cut("complement_cut", f"the clause goes on: “{shown}”", gap)
    yield case.cut("cut_end", f"“{shown}” is left out behind it", gap)


def _cut_within(case: Case, gap: Gap) -> Iterator[Edit]:
    words = case.spoken[gap.which]
    left, right = words[case.placement.places[gap.left]], words[case.placement.places[gap.right]]
    shown = case.shown(gap.which, gap.cut)
    marked = _marked(case, gap)
    how = "with a mark" if marked else "without a mark"
    if lost := lost_negators(words, gap.cut[0], gap.cut[-1] + 1, _kept(case, gap.which), case.language):
        mark = "the ellipsis swallows" if marked else "left out:"
        yield case.cut("negation_lost", f"{mark} “{words[lost[0]].key}”", gap)
        return
    if left.sentence == right.sentence:
        keys = [words[k].key for k in gap.cut]
        modal = listed(case.language, "modal")
        if not marked and _only_frame(words, gap.cut, case.language):
            told = f"“{shown}” is left out of the predicate"
            yield case.cut("modality_lost" if modal & {*keys} else "predicate_rebuilt", told, gap)
            return
        yield case.cut("cut_inside", f"“{shown}” is left out inside the sentence, {how}", gap)
        return
    yield from _cut_across(case, gap, shown, marked, how)


def _cut_across(case: Case, gap: Gap, shown: str, marked: bool, how: str) -> Iterator[Edit]:
    """A cut that begins in one sentence and ends in another."""
    words, carried = case.spoken[gap.which], case.carried
    as_one = carried[gap.left].sentence == carried[gap.right].sentence
    next_word = carried[gap.right].key
    if not marked:
        if as_one:
            yield case.cut("two_sentences_as_one", f"two sentences stand as one; between them was “{shown}”", gap)
        elif (
            next_word in listed(case.language, "anaphors")
            and words[gap.cut[-1]].sentence != words[gap.cut[0]].sentence - 1
        ):
            yield case.cut("antecedent_cut", f"“{next_word}” pointed to what is left out: “{shown}”", gap)
        elif len(gap.cut) > FAR:
            told = f"{len(gap.cut)} words between the two sentences are left out without a mark"
            yield case.cut("far_apart", told, gap)
    yield case.cut("cut_between", f"“{shown}” is left out between, {how}", gap)


def _contradicted(case: Case) -> Iterator[Edit]:
    """The next sentence, left out, says the contrary in the same words."""
    chief = case.placement.chief
    if chief == NOWHERE or not (kept := _kept(case, chief)):
        return
    words = case.spoken[chief]
    if places := contrary(words, words[max(kept)].sentence, case.language):
        told = f"the next sentence, left out, turns it: “{case.shown(chief, places)}”"
        yield case.edit("contradiction_cut", told, (), chief, places)


def _marked(case: Case, gap: Gap) -> bool:
    between = range(gap.left + 1, gap.right + 1)
    return any(case.carried[k].breaks for k in between) or case.pieces[gap.left] != case.pieces[gap.right]


def _kept(case: Case, which: int) -> list[int]:
    return [place for w, place in zip(case.placement.which, case.placement.places, strict=True) if w == which]


def _only_frame(words: Sequence[Token], places: Sequence[int], language: str | None) -> bool:
    """Whether what is left out is the frame of a predicate and nothing else: auxiliaries, modals, negators."""
    frame = listed(language, "skeleton") | listed(language, "negators") | listed(language, "paired")
    return all(words[k].key in frame | listed(language, "modal") for k in places)
