"""Who does what to whom, and because of what: the two words around a verb that have changed places.

original   The ministry sued the harbour board.
carried    The ministry was sued by the harbour board.      roles_exchanged
carried    The harbour board was sued by the ministry.      nothing: the passive is undone
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from onrecord.tracing.comparing.clauses import root
from onrecord.tracing.comparing.comparison import Comparison
from onrecord.tracing.comparing.lexicon import Occurrence, find, has
from onrecord.tracing.edits import Edit
from onrecord.tracing.tables import words as listed
from onrecord.tracing.wording.normal import Token

REACH = 7
"""Words on either side of a verb in which its subject and its object are looked for."""
BELIEVED = 0.34
"""The share of a cause's content words that must have been said."""


def roles(case: Comparison) -> Iterator[Edit]:
    """An agent and a patient that have changed places; a cause put in, or turned with its effect."""
    if case.across or case.carried.question:
        return
    yield from [*_exchanged(case)] or _names_exchanged(case)
    causes = find(case.words, case.language, "strong_cause")
    yield from _cause(case, causes)
    theirs = find(case.spoken, case.original.language, "strong_cause")
    for found in () if causes or not theirs else find(case.words, case.language, "cause"):
        yield from _cause_turned(case, found, _clause_behind(case.words, found), theirs[0])


def _exchanged(case: Comparison) -> Iterator[Edit]:
    for match in case.matches:
        if match.theirs.asked or len(match.shared) < 3:
            continue
        mine, theirs = match.mine.words, match.theirs.words
        for at, there in match.shared:
            here = _around(mine, at, case.language, {i for i, _ in match.shared})
            said = _around(theirs, there, case.original.language, {j for _, j in match.shared})
            crossed = here[0] & said[1] and here[1] & said[0]
            if crossed and not (here[0] & said[0] or here[1] & said[1]):
                told = f"who does it to whom is turned round: “{case.said(theirs)}”"
                yield case.edit("roles_exchanged", "hard", told, mine, theirs)
                return


def _names_exchanged(case: Comparison) -> Iterator[Edit]:
    """Two words that have changed places in a report that is else as it was said."""
    if not case.tight:
        return
    common = listed(case.language, "common")
    left = [root(word.key) for word in case.words if word.key not in common]
    right = [root(word.key) for word in case.spoken if word.key not in common]
    once = [key for key in left if left.count(key) == 1 == right.count(key)]
    order = {key: right.index(key) for key in once}
    for here, there in combinations(once, 2):
        swapped = [{here: there, there: here}.get(key, key) for key in once]
        if len(once) > 3 and sorted(once, key=order.__getitem__) == swapped:
            words = {root(word.key): word for word in case.words}
            if _is_a_name(case, words[here]) and _is_a_name(case, words[there]):
                told = f"“{case.printed([words[here]])}” and “{case.printed([words[there]])}” have changed places"
                yield case.edit("roles_exchanged", "hard", told, [words[here], words[there]])
                return


def _is_a_name(case: Comparison, word: Token) -> bool:
    return case.printed([word])[:1].isupper()


def _around(
    words: Sequence[Token], at: int, language: str | None, shared: set[int]
) -> tuple[frozenset[str], frozenset[str]]:
    """The agent and the patient of a verb: the shared words before and behind it, the other way round where it is
    passive. Empty where either is missing, or the word joins two nouns and is no verb."""
    before = [k for k in range(max(0, at - REACH), at) if k in shared]
    behind = [k for k in range(at + 1, min(len(words), at + REACH + 1)) if k in shared]
    if not before or not behind:
        return frozenset(), frozenset()
    between = (*words[before[-1] + 1 : at], *words[at + 1 : behind[0]])
    passive = has(words[max(0, at - 3) : at], language, "being") and has(words[at + 1 : behind[0]], language, "doer")
    if not passive and has(between, language, "joins"):
        return frozenset(), frozenset()
    first = frozenset(root(words[k].key) for n, k in enumerate(reversed(before)) if before[-1] - n == k)
    second = frozenset(root(words[k].key) for n, k in enumerate(behind) if behind[0] + n == k)
    return (second, first) if passive else (first, second)


def _cause(case: Comparison, causes: Sequence[Occurrence]) -> Iterator[Edit]:
    """A cause that was not told, or one that was told as the effect."""
    for found in causes:
        cause = _clause_behind(case.words, found)
        content = [w for w in cause if w.key not in listed(case.language, "common")]
        said = {root(word.key) for word in case.all_spoken}
        if len(content) < 1:
            continue
        share = sum(root(word.key) in said for word in content) / len(content)
        theirs = find(case.spoken, case.original.language, "strong_cause")
        told = f"“{case.printed([*case.words[found.first : found.stop], *cause])}” was not given as a cause"
        if not theirs and share < BELIEVED:
            sure = any(match.tight for match in case.matches)
            yield case.edit("cause_added", "hard" if sure else "soft", told, cause)
        elif theirs:
            yield from _cause_turned(case, found, cause, theirs[0])
        elif not has(case.all_spoken, case.original.language, "cause"):
            yield case.edit("cause_added", "soft", told, cause)


def _cause_turned(case: Comparison, found: Occurrence, cause: Sequence[Token], theirs: Occurrence) -> Iterator[Edit]:
    spoken = case.spoken
    common = listed(case.language, "common")
    before = {root(w.key) for w in case.words[: found.first] if w.key not in common}
    behind = {root(w.key) for w in cause if w.key not in common}
    said_before = {root(w.key) for w in spoken[: theirs.first] if w.sentence == spoken[theirs.first].sentence}
    said_behind = {root(w.key) for w in _clause_behind(spoken, theirs)}
    crossed = len(before & said_behind) + len(behind & said_before)
    straight = len(before & said_before) + len(behind & said_behind)
    if crossed >= 2 and before & said_behind and behind & said_before and crossed > straight:
        yield case.edit("cause_turned", "hard", "cause and effect have changed places", cause, spoken)


def _clause_behind(words: Sequence[Token], found: Occurrence) -> Sequence[Token]:
    return [word for word in words[found.stop :] if word.clause == words[found.first].clause]
