"""How surely, when and on what condition something is claimed: modality, plan or deed, condition, question or claim.

original   there may be room for a modest reduction, if the data confirm our forecast
carried    rates will be cut                       possibility_dropped, condition_lost
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from onrecord.tracing.comparing.clauses import Pairing, aligned_gaps, root
from onrecord.tracing.comparing.comparison import Comparison
from onrecord.tracing.comparing.lexicon import Occurrence, done_endings, find, has, opposed
from onrecord.tracing.edits import Edit, EditKind, Severity
from onrecord.tracing.tables import words as listed
from onrecord.tracing.wording.normal import Token
from onrecord.tracing.wording.versions import denials

FRAMES = ("may", "can", "should", "must", "want", "will", "done")
CHANGES: dict[tuple[str, str], EditKind] = {
    **{(was, now): "possibility_dropped" for was in ("may", "can") for now in ("will", "done", "must")},
    ("should", "must"): "obligation_added",
    ("should", "will"): "obligation_lost",
    ("must", "will"): "obligation_lost",
    ("may", "should"): "obligation_added",
    ("can", "should"): "obligation_added",
    ("will", "must"): "obligation_added",
    ("will", "may"): "possibility_added",
    ("must", "may"): "obligation_lost",
    ("must", "can"): "obligation_lost",
    ("will", "done"): "plan_as_done",
    ("want", "done"): "plan_as_done",
    ("want", "will"): "hedge_dropped",
}
"""What it is when a verb's frame of one grade has become one of another."""
SHORTEST_CONDITION = 4
"""Words up to which a condition is none, but a turn of phrase: *if he will have me*."""
SHORTEST_DONE = 5
"""Letters from which on a word's ending is taken for that of a past form."""


def grades(case: Comparison) -> Iterator[Edit]:
    """What was possible, thought, owed, planned, conditional or asked, and is so no more."""
    if case.carried.question or case.carried.asks or has(case.cue, case.language, "asks"):
        return
    for match in case.matches:
        if match.close:
            slots = [*_slots(case, match)]
            yield from slots or _modality(case, match)
            yield from () if slots else _tense(case, match)
            yield from _asked(case, match)
    if not any(match.theirs.question for match in case.matches):
        yield from _frames(case, case.gaps)
    yield from _conditions(case)


def _modality(case: Comparison, match: Pairing) -> Iterator[Edit]:
    mine, theirs = match.mine.words, match.theirs.words
    if match.theirs.asked or match.theirs.question:
        return
    open_here = bool(_grade(case.words, case.language, "possible")) or has(case.words, case.language, "whether")
    open_here = open_here or bool(_grade(case.cue, case.language, "thinks"))
    thought_here = open_here or _grade(case.words, case.language, "likely")
    limited_here = thought_here or has(case.words, case.language, "conditions")
    may = _grade(theirs, case.original.language, "possible")
    thinks = _grade(case.sentence_of(match.theirs), case.original.language, "likely")
    owes_here, owes = _grade(mine, case.language, "must"), _grade(theirs, case.original.language, "must")
    if may and not limited_here and not owes_here:
        told = f"“{case.said(may)}” left it open"
        yield case.edit("possibility_dropped", "hard" if not case.across else "soft", told, mine, may)
    elif thinks and not may and not limited_here:
        told = f"“{case.said(thinks)}” is left out"
        yield case.edit("hedge_dropped", "soft", told, theirs=thinks)
    put = _grade(mine, case.language, "possible")
    if put and not may and not thinks and not has(case.spoken, case.original.language, "possible"):
        told = f"“{case.printed(put)}” was put in"
        yield case.edit("possibility_added", "soft", told, put)
    if owes_here and not owes:
        yield case.edit("obligation_added", "soft", f"“{case.printed(owes_here)}” was put in", owes_here, theirs)
    elif owes and not owes_here:
        yield case.edit("obligation_lost", "soft", f"“{case.said(owes)}” is left out", mine, owes)


def _slots(case: Comparison, match: Pairing) -> Iterator[Edit]:
    """Where the same words stand on either side of a verb's frame, *may be* beside *would be*: the frames compared, the
    shift of tenses in reported speech undone."""
    if match.theirs.asked or match.theirs.question or not match.tight or case.across:
        return
    yield from _frames(case, aligned_gaps(match.mine.words, match.theirs.words, case.language))


def _frames(case: Comparison, gaps: Iterable[tuple[Sequence[Token], Sequence[Token]]]) -> Iterator[Edit]:
    language = case.original.language
    for mine, theirs in gaps:
        was, now = _frame(theirs, language), _frame(mine, case.language)
        if any(opposed(mine, theirs, language)):
            continue
        kind = CHANGES.get((was, now))
        if kind == "plan_as_done" and has(mine, case.language, "ahead"):
            continue
        if was == now == "must" and _forbids(mine, case.language) and not _forbids(theirs, language):
            kind = "obligation_added"
        if kind is not None and mine and theirs:
            told = f"“{case.said(theirs)}” became “{case.printed(mine)}”"
            yield case.edit(kind, "hard", told, mine, theirs)


def _forbids(words: Sequence[Token], language: str | None) -> bool:
    """*must not*: the negator behind; *do not have to* leaves free."""
    negators, owed = denials(words, language).negators, find(words, language, "frame.must")
    return bool(negators and owed) and negators[0] >= owed[0].stop


def _frame(words: Sequence[Token], language: str | None) -> str:
    """The weightiest grade of a verb's frame; the last word is the verb."""
    return next((kind for kind in FRAMES if has(words, language, f"frame.{kind}")), "") or (
        "done" if _done(words, language) else ""
    )


def _grade(words: Sequence[Token], language: str | None, kind: str) -> Sequence[Token]:
    """The first words of a grade; *cannot* is none, for it leaves nothing open."""
    negators = denials(words, language).negators if kind == "possible" else ()
    for found in find(words, language, kind):
        if not any(found.first <= at <= found.stop and found.stop - found.first == 1 for at in negators):
            return _of(words, found)
    return ()


def _of(words: Sequence[Token], found: Occurrence) -> Sequence[Token]:
    return words[found.first : found.stop]


def _tense(case: Comparison, match: Pairing) -> Iterator[Edit]:
    """A plan told as a deed, or a deed as a plan; only where one side has nothing but the past, the other no past."""
    mine, theirs = match.mine.words, match.theirs.words
    if match.theirs.asked or len(match.shared) < 2 or case.across:
        return
    ahead_here, ahead = has(case.words, case.language, "ahead"), has(theirs, case.original.language, "ahead")
    done_here, done = _done(mine, case.language), _done(theirs, case.original.language)
    if ahead and not done and done_here and not ahead_here:
        yield case.edit("plan_as_done", "soft", f"it was still to come: “{case.said(theirs)}”", done_here, theirs)
    elif done and not ahead and has(mine, case.language, "ahead") and not done_here:
        yield case.edit("done_as_plan", "soft", f"it was done already: “{case.said(done)}”", mine, done)


def _done(words: Sequence[Token], language: str | None) -> Sequence[Token]:
    """The first word that shows that something is done."""
    if found := find(words, language, "past"):
        return _of(words, found[0])
    endings = done_endings(language)
    for word in words:
        if endings and len(word.key) >= SHORTEST_DONE and word.key.endswith(endings):
            return [word]
    return ()


def _conditions(case: Comparison) -> Iterator[Edit]:
    """A condition of what was said that the report leaves out, and one that it puts in."""
    matches = [m for m in case.matches if m.close and not m.theirs.asked]
    if not matches:
        return
    chief = max(matches, key=lambda match: match.points)
    language = case.original.language
    sentence = case.sentence_of(chief.theirs)
    theirs = find(sentence, language, "strict")
    put = _grade(case.words, case.language, "possible") and not _grade(chief.theirs.words, language, "possible")
    mine = has(case.words, case.language, "conditions") or put
    if theirs and not mine:
        limit = _of(sentence, theirs[0])
        condition = [w for w in sentence if w.clause == limit[0].clause and w.span.start >= limit[0].span.start]
        told = f"“{case.said(condition)}” limited it"
        common, told_here = listed(language, "common"), {root(word.key) for word in case.words}
        content = {root(word.key) for word in condition[len(limit) :] if word.key not in common}
        inside = limit[0] in chief.theirs.words
        gone = bool(content) and not content & told_here if inside else len(condition) > SHORTEST_CONDITION
        severity: Severity = "hard" if gone else "soft"
        yield case.edit("condition_lost", severity, told, theirs=condition)
    added = find(case.words, case.language, "strict")
    if added and not has(case.all_spoken, language, "conditions"):
        limit = _of(case.words, added[0])
        yield case.edit("condition_added", "soft", f"“{case.printed(limit)}” was put in", limit)


def _asked(case: Comparison, match: Pairing) -> Iterator[Edit]:
    """What was asked, told as a claim: by the one who asked, or as if the answer had been yes."""
    if match.theirs.asked:
        return
    if match.theirs.question and not match.mine.question and not has(case.words, case.language, "conditions"):
        told = f"it was a question: “{case.said(match.theirs.words)}”"
        severity: Severity = "hard" if match.tight else "soft"
        yield case.edit("question_as_claim", severity, told, match.mine.words, match.theirs.words)
