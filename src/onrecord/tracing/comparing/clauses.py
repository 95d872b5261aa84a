"""A report and what was said, clause beside clause.

report     | that nobody will pay for the water | unless the order lasts |
original   | Nobody will pay for water they could not drink | . | If the order lasts more than a week | we will double …

Each clause of the report has the clause of the utterance, or of the question before it, that is most like it, wherever
that stands: reporters change the order. Likeness is that of the vectors, where they are at hand, and of content words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from onrecord.tracing.placing import original_words
from onrecord.tracing.tables import words as listed
from onrecord.tracing.values import Likeness, Original
from onrecord.tracing.wording.alignment import stem
from onrecord.tracing.wording.normal import Token, hull, words_of
from onrecord.tracing.wording.tongues import in_another

COVER_WEIGHT = 0.6
"""What shared words count beside the likeness of the vectors."""
SHORTEST = 3
"""A conjunction parts two clauses where so many words stand on either side."""
AROUND = 4
"""Sentences before and behind the one a report goes back to that are looked at, in a long utterance."""
FRAME = 6
"""Words of a verb's frame, the verb among them, at most: *they would not have been going*."""
TIGHT = 0.6
"""The share of a clause's content words that must have been said for it to be that clause with something changed."""
COORDINATING = frozenset("and or but und oder aber et ou mais y o pero и или но".split())


@dataclass(frozen=True, slots=True)
class Clause:
    """The words of one clause and their text; `asked`: it is of the question before; `question`: it asks."""

    words: tuple[Token, ...]
    shown: str
    asked: bool = False
    question: bool = False

    @property
    def sentence(self) -> int:
        """The number of the sentence it is in."""
        return self.words[0].sentence


@dataclass(frozen=True, slots=True)
class Pairing:
    """A clause of the report and the one it goes back to.

    `like` is the likeness of their vectors (None without), `cover` the share of the report's content words found
    there, `shared` the places of the words that are one in both, `points` all in one number.
    """

    mine: Clause
    theirs: Clause
    like: float | None
    cover: float
    shared: tuple[tuple[int, int], ...]
    points: float
    rivals: tuple[Clause, ...]

    @property
    def close(self) -> bool:
        """Whether the two surely speak of one thing."""
        if self.like is None:
            return self.cover >= 0.5 and len(self.shared) >= 2
        return self.like >= 0.5 or (self.like >= 0.35 and self.cover >= 0.34 and len(self.shared) >= 2)

    @property
    def tight(self) -> bool:
        """Whether one is nearly the other, word for word, so that what differs is what was changed."""
        return self.cover >= TIGHT and len(self.shared) >= 2

    @property
    def near(self) -> bool:
        """Whether they may."""
        return self.close or (self.cover if self.like is None else max(self.like, self.cover)) >= 0.33


def split(text: str, words: Sequence[Token], language: str | None, *, asked: bool = False) -> tuple[Clause, ...]:
    """The clauses of words in `text`, parted at marks and before conjunctions."""
    boundaries = listed(language, "boundaries")
    frame = listed(language, "skeleton") | listed(language, "modal")
    groups: list[list[Token]] = []
    for k, word in enumerate(words):
        before = words[k - 1] if k else None
        if before is None or before.clause != word.clause or before.sentence != word.sentence:
            groups.append([word])
            continue
        rest = [other for other in words[k : k + 12] if other.clause == word.clause]
        opens = word.key in boundaries and len(groups[-1]) >= SHORTEST and len(rest) >= SHORTEST
        if opens and word.key in COORDINATING:
            opens = any(other.key in frame for other in rest[:6])
        if opens:
            groups.append([word])
        else:
            groups[-1].append(word)
    return tuple(_clause(text, group, words, asked) for group in groups)


def _clause(text: str, group: Sequence[Token], words: Sequence[Token], asked: bool) -> Clause:
    last = max(word.span.end for word in words if word.sentence == group[0].sentence)
    return Clause(tuple(group), hull(group).slice(text), asked, text[last : last + 2].lstrip(" \u00a0").startswith("?"))


@lru_cache(maxsize=2048)
def spoken_clauses(original: Original) -> tuple[Clause, ...]:
    """The clauses of an original, those of the question that it answers first."""
    question = words_of(original.after, language=original.language)
    answer = original_words(original.text, original.language)
    return (
        *split(original.after, question, original.language, asked=True),
        *split(original.text, answer, original.language),
    )


def beside(
    mine: Sequence[Clause],
    language: str | None,
    original: Original,
    near: int,
    likeness: Likeness | None,
) -> tuple[Pairing, ...]:
    """For each clause of a report the clause of the original that it goes back to; `near` is the number of the sentence
    from which that is not far."""
    theirs = [c for c in spoken_clauses(original) if c.asked or abs(c.sentence - near) <= AROUND]
    theirs = [c for c in theirs if len(c.words) > 1] or theirs
    if not theirs or not mine:
        return ()
    rows = None if likeness is None else likeness.between([c.shown for c in mine], [c.shown for c in theirs])
    across = in_another(language, original.language)
    return tuple(
        _best(clause, language, theirs, None if rows is None else rows[n], across) for n, clause in enumerate(mine)
    )


def _best(
    mine: Clause, language: str | None, theirs: Sequence[Clause], row: Sequence[float] | None, across: bool
) -> Pairing:
    found = []
    for n, clause in enumerate(theirs):
        shared, cover = sharing(mine.words, clause.words, language)
        like = None if row is None else row[n]
        points = (like or 0.0) + (0.2 if across else COVER_WEIGHT) * cover - (0.05 if clause.asked else 0.0)
        found.append((points, -n, clause, like, cover, shared))
    found.sort(key=lambda one: one[:2], reverse=True)
    points, _, clause, like, cover, shared = found[0]
    rivals = tuple(one[2] for one in found[1:] if one[0] >= points - 0.1)
    return Pairing(mine, clause, like, cover, shared, points, rivals)


def sharing(
    mine: Sequence[Token], theirs: Sequence[Token], language: str | None
) -> tuple[tuple[tuple[int, int], ...], float]:
    """The places of the content words that two clauses have in common, and the share of the first one's."""
    common = listed(language, "common")
    places: dict[str, int] = {}
    for at, word in enumerate(theirs):
        places.setdefault(root(word.key), at)
    content = [at for at, word in enumerate(mine) if word.key not in common]
    pairs = [(at, places[root(mine[at].key)]) for at in content if root(mine[at].key) in places]
    return tuple(pairs), len(pairs) / len(content) if content else 0.0


@lru_cache(maxsize=65536)
def root(key: str) -> str:
    """The part of a word that its forms have in common, roughly: *patients* and *patient*, *closure* and *closed*."""
    if key.startswith("#"):
        return key
    stemmed = stem(key)
    return stemmed[:6] if len(stemmed) > 6 else stemmed


def aligned_gaps(
    mine: Sequence[Token], theirs: Sequence[Token], language: str | None
) -> Iterator[tuple[Sequence[Token], Sequence[Token]]]:
    """What stands between neighbouring words that two clauses have in common in the same order, up to and with the
    second of them, where on neither side more than a verb's frame stands there."""
    common = listed(language, "common")
    left, right = ([root(word.key) for word in side] for side in (mine, theirs))
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    pairs = [(b.a + n, b.b + n) for b in blocks for n in range(b.size)]
    anchors = [(-1, -1), *((i, j) for i, j in pairs if mine[i].key not in common)]
    for (i, j), (k, m) in pairwise(anchors):
        here, there = _frame(mine[i + 1 : k + 1], common), _frame(theirs[j + 1 : m + 1], common)
        if 0 < len(here) <= FRAME and 0 < len(there) <= FRAME:
            yield here, there


def _frame(words: Sequence[Token], common: Collection[str]) -> Sequence[Token]:
    """The last of words, as many as may be a verb's frame, where those before tell nothing."""
    return words[-FRAME:] if all(word.key in common for word in words[:-FRAME]) else words
