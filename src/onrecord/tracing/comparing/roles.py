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
PASSIVE = 5
"""Words before a participle among which its auxiliary stands: *are actually kind of horrified by*."""
SAME_BETWEEN = 0.6
"""The share of the words between two names that must be the same for those to have changed places."""
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
    """Two names that have changed places around the same words, where neither side has them in the passive."""
    if not case.tight:
        return
    common = listed(case.language, "common")
    mine, theirs = _names(case.carried.text, case.words), _names(case.original.text, case.spoken)
    names = [name for name in mine if len(mine[name]) == len(theirs.get(name, ()))]
    for here, there in combinations(names, 2):
        (first, behind), (second, _), (last, _), (_, after) = (
            mine[here][0],
            mine[there][0],
            theirs[here][0],
            theirs[there][0],
        )
        between, said = case.words[behind:second], case.spoken[after:last]
        one, other = ({root(word.key) for word in side if word.key not in common} for side in (between, said))
        passive = {has(side, case.language, "doer") for side in (between, said)}
        if one and other and len(passive) == 1 and len(one & other) >= SAME_BETWEEN * max(len(one), len(other)):
            words = case.words[first : second + 1]
            told = f"“{case.printed([words[0]])}” and “{case.printed([words[-1]])}” have changed places"
            yield case.edit("roles_exchanged", "hard", told, words, said)
            return


def _names(text: str, words: Sequence[Token]) -> dict[str, list[tuple[int, int]]]:
    """The names among words, capitals in a row as one: by the last word of each the places of the first, and past the
    last, each time it stands there."""
    found: dict[str, list[tuple[int, int]]] = {}
    first = 0
    for at, word in enumerate(words):
        shown = word.span.slice(text)
        if not shown[:1].isupper():
            first = at + 1
        elif at + 1 == len(words) or not words[at + 1].span.slice(text)[:1].isupper():
            found.setdefault(root(word.key), []).append((first, at + 1))
            first = at + 1
    return found


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
    passive = has(words[max(0, at - PASSIVE) : at], language, "being") and has(
        words[at + 1 : behind[0]], language, "doer"
    )
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
