"""Two versions of one text, in two languages or translated twice: does one deny what the other affirms?

Translators turn words about: *declined to comment* is *no quiso hacer comentarios*, *unclear* is *pas clair*, *only* is
*ne … que*. So words are counted on both sides: negators that turn a verb, and words that deny without one. A
difference is evidence only where no such word on the other side can stand for the negator.

en  They are not a common sight.      a negator
fr  Ils se font rares.                "rares" may stand for it: nothing speaks against it
fr  Ils se voient partout.            nothing does: the not is lost
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from onrecord.tracing.edits import Edit
from onrecord.tracing.placing import original_words
from onrecord.tracing.tables import LANGUAGES, table
from onrecord.tracing.values import Original
from onrecord.tracing.wording.normal import Token, fold, words_of
from onrecord.tracing.wording.quantities import quantities, unsaid

ALIGNED, SLACK = 0.12, 2
"""How far apart, as a share of a text and in words besides, two words may be that stand for one another."""

NEAR = 9
"""Words within which the second half of a French negation stands."""


@dataclass(frozen=True, slots=True)
class Denials:
    """Where a text denies: the places of its plain negators, one for each clause, and of words that may deny.

    `doubled` are those negators that stand in a clause with such a word (*not impossible*) or beside another negator.
    """

    negators: tuple[int, ...]
    hints: tuple[int, ...]
    doubled: frozenset[int]
    length: int


@dataclass(frozen=True, slots=True)
class _DenialLists:
    negators: frozenset[str]
    seconds: frozenset[str]
    idioms: tuple[tuple[str, ...], ...]
    denying: tuple[frozenset[str], tuple[str, ...]]
    not_denying: tuple[frozenset[str], tuple[str, ...]]


def unsaid_numbers(text: str, words: Sequence[Token], original: Original) -> Iterator[Edit]:
    """The numbers of a version in `text` that are no reading of any number of the original."""
    there = original_words(original.text, original.language)
    asked = words_of(original.after, language=original.language)
    theirs = (*quantities(original.text, there), *quantities(original.after, asked))
    for one in unsaid(quantities(text, words), theirs, (*there, *asked)):
        yield Edit("number_not_said", f"{one.shown} was not said", "hard", words[one.at].span)


@lru_cache(maxsize=8)
def _lists(language: str | None) -> _DenialLists:
    group = table("versions")[language if language in LANGUAGES else "en"]
    return _DenialLists(
        frozenset(word if word.endswith("'") else fold(word) for word in group["negators"].split()),
        frozenset(map(fold, group["seconds"].split())),
        tuple(tuple(idiom.split()) for idiom in group["idioms"]),
        _patterns(group["denying"]),
        _patterns(group["not_denying"]),
    )


def _patterns(listed: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Whole words, and beginnings of words."""
    entries = listed.split()
    return (
        frozenset(fold(entry) for entry in entries if not entry.endswith("-")),
        tuple(fold(entry[:-1]) for entry in entries if entry.endswith("-")),
    )


def denials(words: Sequence[Token], language: str | None) -> Denials:
    """How often `words` deny. Idioms that hold a negator and deny nothing (*sin embargo*, *not only*) do not count."""
    lists = _lists(language)
    keys = [word.key for word in words]
    idle = _idle(keys, lists.idioms)
    negators: list[int] = []
    soft: list[int] = []
    for at, key in enumerate(keys):
        if at in idle:
            continue
        if key in lists.negators:
            (negators if not lists.seconds or _has_second(words, at, lists) else soft).append(at)
        elif _denies(key, lists):
            soft.append(at)
    first = [at for n, at in enumerate(negators) if not n or words[negators[n - 1]].clause != words[at].clause]
    others = {words[at].clause for at in soft}
    doubled = frozenset(at for at in first if words[at].clause in others)
    return Denials(tuple(first), tuple(sorted({*soft, *negators} - {*first})), doubled, len(words))


def turned(mine: Denials, theirs: Denials) -> int:
    """1 where `mine` denies what `theirs` affirms, -1 the other way round, 0 where nothing shows it."""
    if len(mine.negators) == len(theirs.negators):
        return 0
    if len(mine.negators) < len(theirs.negators):
        return -turned(theirs, mine)
    pairs = sorted((_apart(mine, at, theirs, there), at, there) for at in mine.negators for there in theirs.negators)
    left, right = set(mine.negators), set(theirs.negators)
    for _, at, there in pairs:
        if at in left and there in right:
            left.discard(at)
            right.discard(there)
    hints = list(theirs.hints)
    for at in sorted(left - mine.doubled):
        near = [there for there in hints if _apart(mine, at, theirs, there) <= ALIGNED]
        if not near:
            return 1
        hints.remove(min(near, key=lambda there: (_apart(mine, at, theirs, there), there)))
    return 0


def _apart(mine: Denials, at: int, theirs: Denials, there: int) -> float:
    """How far two places are apart, as a share of the text; a few words never are."""
    apart = abs(at / mine.length - there / theirs.length)
    return max(0.0, apart - SLACK / max(mine.length, theirs.length))


def _idle(keys: Sequence[str], idioms: Sequence[Sequence[str]]) -> set[int]:
    """The places of words that are part of an idiom."""
    found: set[int] = set()
    for at in range(len(keys)):
        for idiom in idioms:
            if tuple(keys[at : at + len(idiom)]) == tuple(idiom):
                found.update(range(at, at + len(idiom)))
    return found


def _has_second(words: Sequence[Token], at: int, lists: _DenialLists) -> bool:
    """Whether a negator that needs a second half has one near it, in the same sentence: *ne … pas*, *aucun … ne*."""
    around = words[max(0, at - NEAR) : at + NEAR + 1]
    return any(word.key in lists.seconds and word.sentence == words[at].sentence for word in around)


def _denies(key: str, lists: _DenialLists) -> bool:
    """Whether a word may deny without a negator."""
    return _fits(key, lists.denying) and not _fits(key, lists.not_denying)


def _fits(key: str, patterns: tuple[frozenset[str], tuple[str, ...]]) -> bool:
    return key in patterns[0] or key.startswith(patterns[1])
