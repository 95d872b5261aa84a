"""What turns a sentence round, and whether a cut has taken it out.

We did not know it could stick  ->  We did know it could stick        the not is lost
We did not … stick              ->  We did … stick                    an ellipsis has swallowed it
I owe it to the public, I do not owe it to the board -> I owe it to the public      nothing is lost
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.tracing.tables import words as listed
from onrecord.tracing.wording.normal import Token

ONE_IN_TWO = frozenset(("fr", "es", "ru"))
"""Languages in which two negative words of one clause are one negation."""

EMPTY_BEFORE = frozenset("only else doubt just merely".split())
TURNING = {"rather": ("than",), "instead": ("of",)}
"""Words that negate what follows, with a second one behind them."""


ALIKE = 0.6
LEAST_CONTRARY = 4
"""The share of words that a contrary has in common with what it turns, and how many they are at least."""


def negators(words: Sequence[Token], language: str | None = None) -> tuple[int, ...]:
    """The places of the words that negate. French "ne … pas", "aucun … ne" is one, at its first word; what only
    limits or stresses ("not only", "no doubt", "nobody else's") is none, nor is an answer by itself ("No. …")."""
    alone, single = listed(language, "negators"), language in ONE_IN_TWO
    found: list[int] = []
    for at, word in enumerate(words):
        if word.key not in alone or _answers(words, at):
            continue
        following = words[at + 1].key if at + 1 < len(words) else ""
        if following.split("'")[0] in EMPTY_BEFORE or (word.key in TURNING and following not in TURNING[word.key]):
            continue
        if single and found and words[found[-1]].clause == word.clause:
            continue
        found.append(at)
    return tuple(found)


def _answers(words: Sequence[Token], at: int) -> bool:
    """Whether a word is a sentence of its own before another: *No. We never left.* It answers, and negates no word."""
    before = at == 0 or words[at - 1].sentence != words[at].sentence
    return before and at + 1 < len(words) and words[at + 1].sentence != words[at].sentence


def lost_negators(
    words: Sequence[Token], first: int, last: int, kept: Sequence[int], language: str | None = None
) -> tuple[int, ...]:
    """The negators among the words cut (`first` to `last`, the latter not included) whose clause is otherwise kept.

    `kept` are the places of the words of this original that the carrier kept. A negator cut out together with what it
    negates is not lost.
    """
    lost = []
    boundaries = listed(language, "boundaries")
    frame = listed(language, "skeleton") | set(listed(language, "negators")) | set(listed(language, "paired"))
    only_frame = all(words[k].key in frame for k in range(first, last))
    after = min((k for k in kept if k >= last), default=None)
    auxiliary = first - 1 in kept and words[first - 1].key in listed(language, "skeleton")
    for at in negators(words, language):
        if not first <= at < last:
            continue
        clause = words[at].clause
        if only_frame or (at == first and auxiliary and after is not None):
            lost.append(at)
        elif after is not None and words[after].clause == clause:
            in_between = range(at + 1, after + 1)
            lost += [] if any(words[k].key in boundaries for k in in_between) else [at]
    return tuple(lost)


def polarity(words: Sequence[Token], language: str | None = None) -> int:
    """1 where the words affirm, -1 where they deny in some clause; "not impossible" affirms."""
    by_clause: dict[int, int] = {}
    opposites = listed(language, "opposites")
    turning = set(negators(words, language)) | {at for at, word in enumerate(words) if word.key in opposites}
    for at in turning:
        by_clause[words[at].clause] = by_clause.get(words[at].clause, 0) + 1
    return -1 if any(count % 2 for count in by_clause.values()) else 1


def contrary(words: Sequence[Token], sentence: int, language: str | None = None) -> tuple[int, ...]:
    """The places of the words of the next sentence, where it says the contrary of this one in much the same words."""
    here = [word for word in words if word.sentence == sentence]
    places = tuple(k for k, word in enumerate(words) if word.sentence == sentence + 1)
    there = [words[k] for k in places]
    turning = listed(language, "negators")
    mine, theirs = ({word.key for word in side} - turning for side in (here, there))
    alike = len(mine & theirs) >= ALIKE * min(len(mine), len(theirs))
    shared = mine & theirs
    telling = len(shared) > LEAST_CONTRARY or (len(shared) == LEAST_CONTRARY and shared - listed(language, "common"))
    turned = polarity(here, language) != polarity(there, language)
    return places if alike and telling and turned else ()
