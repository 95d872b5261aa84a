"""Quoted words against the words that were spoken, in one language: verbatim, trimmed, stitched or altered, and why.

No ratio decides. Each place where the two differ is looked at: a word changed, put in or left out; a negator or a
modal lost; a cut inside a sentence or across sentences, marked by an ellipsis or not; two places joined as if one; the
order turned round. The worst of what is found names the verdict.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.tracing.placing import Placement
from onrecord.tracing.tables import words as listed
from onrecord.tracing.values import Reason, VerdictClass
from onrecord.tracing.wording.alignment import NOWHERE, akin
from onrecord.tracing.wording.difference import Gap, gaps
from onrecord.tracing.wording.negation import contrary, lost_negators, negators
from onrecord.tracing.wording.normal import Word

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
    """What was done to quoted words: the class, every reason, and whether a cut misleads."""

    kind: VerdictClass
    reasons: tuple[Reason, ...]
    out_of_context: bool


@dataclass(frozen=True, slots=True)
class Case:
    """What is compared: the carried words, the piece of the content each stands in, the originals' words and texts."""

    carried: Sequence[Word]
    pieces: Sequence[int]
    placement: Placement
    spoken: Sequence[Sequence[Word]]
    texts: Sequence[str]
    language: str | None

    def shown(self, which: int, places: Sequence[int]) -> str:
        """Words of an original as printed; of many only the first and the last."""
        words, text = self.spoken[which], self.texts[which]
        if len(places) <= LONGEST_SHOWN:
            return _printed(text, [words[k] for k in places])
        head, tail = places[: LONGEST_SHOWN // 2], places[-LONGEST_SHOWN // 2 :]
        return f"{_printed(text, [words[k] for k in head])} … {_printed(text, [words[k] for k in tail])}"


def judge_wording(case: Case) -> Wording:
    """The class of words most of which were found."""
    reasons = [*_altered(case)]
    for gap in gaps(case.placement, case.spoken):
        reasons.extend(_of_gap(case, gap))
    reasons.extend(_contradicted(case))
    codes = {reason.code for reason in reasons}
    kind: VerdictClass = "verbatim"
    if codes & ALTERING:
        kind = "altered"
    elif codes & STITCHING:
        kind = "stitched"
    elif codes & TRIMMING:
        kind = "trimmed"
    return Wording(kind, _ordered(reasons), bool(codes & MISLEADING))


def _ordered(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """The weightiest first, none twice."""
    ranks = (ALTERING, STITCHING, MISLEADING, TRIMMING)
    return tuple(
        sorted(dict.fromkeys(reasons), key=lambda r: next((n for n, rank in enumerate(ranks) if r.code in rank), 9))
    )


def _altered(case: Case) -> Iterator[Reason]:
    """Words of the carrier that are not the speaker's: changed or put in."""
    placement, carried = case.placement, case.carried
    negative = set(negators(carried, case.language))
    for k, word in enumerate(carried):
        if placement.same[k]:
            continue
        which, at = placement.which[k], placement.places[k]
        if which == NOWHERE:
            if k in negative:
                yield Reason("negation_added", f"“{word.key}” was put in")
            elif word.key.startswith("#"):
                yield Reason("number_added", f"the number {word.key[1:]} was put in")
            else:
                yield Reason("word_added", f"“{word.key}” was put in")
            continue
        spoken = case.spoken[which]
        there = spoken[at]
        if k in negative and at not in negators(spoken, case.language):
            yield Reason("negation_added", f"“{there.key}” became “{word.key}”")
        elif at in negators(spoken, case.language) and k not in negative:
            yield Reason("negation_lost", f"“{there.key}” became “{word.key}”")
        elif word.key.startswith("#") or there.key.startswith("#"):
            yield Reason("number_changed", f"{there.key.lstrip('#')} became {word.key.lstrip('#')}")
        else:
            form = ", another form of it" if akin(word.key, there.key) else ""
            yield Reason("word_changed", f"“{there.key}” became “{word.key}”{form}")


def _of_gap(case: Case, gap: Gap) -> Iterator[Reason]:
    if gap.other:
        yield Reason("two_utterances", "words of two utterances stand as one quotation")
    elif gap.back:
        yield Reason("order_turned", "the order of what was said is turned round")
    elif gap.left == NOWHERE:
        yield from _cut_start(case, gap)
    elif gap.right == NOWHERE:
        yield from _cut_end(case, gap)
    else:
        yield from _cut_within(case, gap)


def _cut_start(case: Case, gap: Gap) -> Iterator[Reason]:
    words = case.spoken[gap.which]
    shown = case.shown(gap.which, gap.cut)
    first = case.placement.places[gap.right]
    if lost := lost_negators(words, gap.cut[0], gap.cut[-1] + 1, _kept(case, gap.which), case.language):
        if _only_frame(words, gap.cut, case.language):
            yield Reason("negation_lost", f"“{words[lost[0]].key}” is left out")
            return
        yield Reason("negation_cut", f"the quotation begins after “{shown}”, which negates it")
    elif (
        words[gap.cut[0]].key in listed(case.language, "conditions") and words[gap.cut[0]].clause != words[first].clause
    ):
        yield Reason("condition_cut", f"the condition “{shown}” is left out")
    yield Reason("cut_start", f"“{shown}” is left out before it")


def _cut_end(case: Case, gap: Gap) -> Iterator[Reason]:
    words = case.spoken[gap.which]
    shown = case.shown(gap.which, gap.cut)
    last, following = words[case.placement.places[gap.left]], words[gap.cut[0]]
    negative = any(at in gap.cut for at in negators(words, case.language))
    if negative and _only_frame(words, gap.cut, case.language):
        yield Reason("negation_lost", f"“{shown}” is left out")
        return
    common = listed(case.language, "common")
    limits = listed(case.language, "conditions") | {"but", "although", "though", "however", "yet", "mais", "aber"}
    opening = next((words[k].key for k in gap.cut if words[k].key not in ("and", "et", "und", "y")), "")
    if opening in limits:
        yield Reason("condition_cut", f"“{shown}” limited it, and is left out")
    elif following.clause == last.clause and following.key not in common | listed(case.language, "boundaries"):
        yield Reason("complement_cut", f"the clause goes on: “{shown}”")
    yield Reason("cut_end", f"“{shown}” is left out behind it")


def _cut_within(case: Case, gap: Gap) -> Iterator[Reason]:
    words = case.spoken[gap.which]
    left, right = words[case.placement.places[gap.left]], words[case.placement.places[gap.right]]
    shown = case.shown(gap.which, gap.cut)
    marked = _marked(case, gap)
    how = "with a mark" if marked else "without a mark"
    if lost := lost_negators(words, gap.cut[0], gap.cut[-1] + 1, _kept(case, gap.which), case.language):
        mark = "the ellipsis swallows" if marked else "left out:"
        yield Reason("negation_lost", f"{mark} “{words[lost[0]].key}”")
        return
    if left.sentence == right.sentence:
        keys = [words[k].key for k in gap.cut]
        modal = listed(case.language, "modal")
        if not marked and _only_frame(words, gap.cut, case.language):
            code = "modality_lost" if any(key in modal for key in keys) else "predicate_rebuilt"
            yield Reason(code, f"“{shown}” is left out of the predicate")
            return
        yield Reason("cut_inside", f"“{shown}” is left out inside the sentence, {how}")
        return
    yield from _cut_across(case, gap, shown, marked, how)


def _cut_across(case: Case, gap: Gap, shown: str, marked: bool, how: str) -> Iterator[Reason]:
    """A cut that begins in one sentence and ends in another."""
    words, carried = case.spoken[gap.which], case.carried
    as_one = carried[gap.left].sentence == carried[gap.right].sentence
    next_word = carried[gap.right].key
    if not marked:
        if as_one:
            yield Reason("two_sentences_as_one", f"two sentences stand as one; between them was “{shown}”")
        elif (
            next_word in listed(case.language, "anaphors")
            and words[gap.cut[-1]].sentence != words[gap.cut[0]].sentence - 1
        ):
            yield Reason("antecedent_cut", f"“{next_word}” pointed to what is left out: “{shown}”")
        elif len(gap.cut) > FAR:
            yield Reason("far_apart", f"{len(gap.cut)} words between the two sentences are left out without a mark")
    yield Reason("cut_between", f"“{shown}” is left out between, {how}")


def _contradicted(case: Case) -> Iterator[Reason]:
    """The next sentence, left out, says the contrary in the same words."""
    chief = case.placement.chief
    if chief == NOWHERE or not (kept := _kept(case, chief)):
        return
    words = case.spoken[chief]
    if places := contrary(words, words[max(kept)].sentence, case.language):
        yield Reason("contradiction_cut", f"the next sentence, left out, turns it: “{case.shown(chief, places)}”")


def _marked(case: Case, gap: Gap) -> bool:
    between = range(gap.left + 1, gap.right + 1)
    return any(case.carried[k].breaks for k in between) or case.pieces[gap.left] != case.pieces[gap.right]


def _kept(case: Case, which: int) -> list[int]:
    return [place for w, place in zip(case.placement.which, case.placement.places, strict=True) if w == which]


def _only_frame(words: Sequence[Word], places: Sequence[int], language: str | None) -> bool:
    """Whether what is left out is the frame of a predicate and nothing else: auxiliaries, modals, negators."""
    frame = listed(language, "skeleton") | listed(language, "negators") | listed(language, "paired")
    return all(words[k].key in frame | listed(language, "modal") for k in places)


def _printed(text: str, words: Sequence[Word]) -> str:
    return text[words[0].span.start : max(word.span.end for word in words)]
