"""What a carried statement in other words, or in another language, goes back to, and what speaks against it.

Each stretch of one to three sentences of an utterance is a window, the question it answers put before it where there
is one. A statement goes back to the window that is most like it: in meaning, where vectors are at hand, and in content
words, numbers and names. What then tells a fair account from a distortion is listed one by one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from onrecord.spans import Span
from onrecord.tracing.placing import original_words
from onrecord.tracing.tables import words as listed
from onrecord.tracing.values import Likeness, Original
from onrecord.tracing.wording.alignment import stem
from onrecord.tracing.wording.normal import Token, words_of
from onrecord.tracing.wording.tongues import in_another

LEAD = re.compile(r"^\W*(?:that|whether|if|to|of|for|as)\b\s*", re.I)
MARKS = re.compile(r"[\"“”«»„‟‘]|(?<!\w)['’]|['’](?!\w)")
LONGEST_WINDOW = 3
COVER_WEIGHT = 0.35
"""How much the share of content words found counts beside the cosine."""
PREFERRED = 0.12
"""What the words of the named speaker are ahead."""
NUMBER, COMMONEST = 1.5, 0.4
"""What a number counts beside a word, and a word that every original has beside one that a single one has."""
MANY, CHOSEN = 40, 8
"""Of more originals than MANY only the CHOSEN whose sentences fit best are looked at closely."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of one original: the `span` in its text, the place of its first and last word, what is compared."""

    which: int
    span: Span
    first: int
    last: int
    shown: str


@dataclass(frozen=True, slots=True)
class Support:
    """The window a statement goes back to: how like it is (None without vectors), which part of the content words is
    found there (0..1), and both in one number."""

    window: Window
    like: float | None
    cover: float
    points: float
    preferred: bool


@lru_cache(maxsize=4096)
def sentences(original: Original, which: int) -> tuple[Window, ...]:
    """Every sentence by itself, the first with the question it answers."""
    singles = [w for w in windows(original, which) if _is_a_sentence(original, w)]
    return tuple(singles)


def _is_a_sentence(original: Original, window: Window) -> bool:
    words = original_words(original.text, original.language)
    first, last = words[window.first].sentence, words[window.last].sentence
    begins = window.first == 0 or words[window.first - 1].sentence != first
    ends = window.last + 1 == len(words) or words[window.last + 1].sentence != last
    return first == last and begins and ends


@lru_cache(maxsize=4096)
def windows(original: Original, which: int) -> tuple[Window, ...]:
    """Every run of up to three sentences, and of the clauses of one sentence."""
    words = original_words(original.text, original.language)
    out: dict[tuple[int, int], Window] = {}
    for unit, most in (("sentence", LONGEST_WINDOW), ("clause", LONGEST_WINDOW)):
        marks = [getattr(word, unit) for word in words]
        starts = [k for k in range(len(words)) if not k or marks[k] != marks[k - 1]]
        ends = [*(k - 1 for k in starts[1:]), len(words) - 1]
        for n in range(len(starts)):
            for more in range(most):
                if n + more >= len(starts):
                    break
                first, last = starts[n], ends[n + more]
                if unit == "clause" and (words[first].sentence != words[last].sentence or last - first < 2):
                    continue
                span = Span(words[first].span.start, max(word.span.end for word in words[first : last + 1]))
                shown = span.slice(original.text)
                if original.after and first == 0:
                    out[first, -last - 1] = Window(which, span, first, last, f"{original.after} {shown}")
                out.setdefault((first, last), Window(which, span, first, last, shown))
    return tuple(out.values())


def plain(text: str) -> str:
    """A statement as it is compared: without quotation marks and its leading *that*."""
    return LEAD.sub("", MARKS.sub("", text)).strip(" ,.;:—–") or text


def support(
    text: str,
    language: str | None,
    originals: Sequence[Original],
    preferred: Collection[int],
    likeness: Likeness | None,
    *,
    every: bool = False,
) -> list[Support]:
    """For each original its best window for a statement (or, if asked, `every` window), the best first."""
    carried = words_of(plain(text), language=language)
    if not carried:
        return []
    ask = _Asked(plain(text), carried, language, originals, preferred, likeness, telling(carried, originals))
    chosen: Sequence[int] = range(len(originals))
    if len(originals) > MANY and not every:
        chosen = _likeliest(ask.supports([s for n in chosen for s in sentences(originals[n], n)]))
    found = ask.supports([window for n in chosen for window in windows(originals[n], n)])
    best: dict[int, Support] = {}
    for one in found:
        which = one.window.which
        if which not in best or one.points > best[which].points:
            best[which] = one
    return sorted(found if every else best.values(), key=lambda s: (-s.points, s.window.which))


def _likeliest(found: Sequence[Support]) -> list[int]:
    """The originals whose single sentences fit best, in order; of the preferred ones as many again."""
    ranked = sorted(found, key=lambda s: (-s.points, s.window.which))
    every = dict.fromkeys(s.window.which for s in ranked)
    mine = dict.fromkeys(s.window.which for s in ranked if s.preferred)
    return sorted({*list(every)[:CHOSEN], *list(mine)[:CHOSEN]})


@dataclass(frozen=True, slots=True)
class _Asked:
    """A statement to be supported, and what it may be supported by."""

    text: str
    words: Sequence[Token]
    language: str | None
    originals: Sequence[Original]
    preferred: Collection[int]
    likeness: Likeness | None
    weights: Mapping[str, float]

    def supports(self, found: Sequence[Window]) -> list[Support]:
        """How each window supports it."""
        row = self._row(found)
        out = []
        for n, window in enumerate(found):
            cover = covered(self.words, self.language, self.originals[window.which], window, self.weights)
            like = None if row is None else float(row[n])
            mine = window.which in self.preferred
            points = (0.0 if like is None else like) + COVER_WEIGHT * cover + (PREFERRED if mine else 0.0)
            points -= 0.002 * max(0, window.last - window.first - 2 * len(self.words))
            out.append(Support(window, like, cover, points, mine))
        return out

    def _row(self, found: Sequence[Window]) -> Sequence[float] | None:
        if self.likeness is None or not found:
            return None
        if not self.likeness.crosslingual and any(in_another(self.language, o.language) for o in self.originals):
            return None
        return self.likeness.between([self.text], [window.shown for window in found])[0]


def covered(
    carried: Sequence[Token],
    language: str | None,
    original: Original,
    window: Window,
    weights: Mapping[str, float] | None = None,
) -> float:
    """The share of a statement's content words whose stem, number or name stands in a window, each by its weight (1 if
    there is none). Between languages only numbers, names and words of like beginning can be found."""
    stems, heads = _stems(original, window)
    found = whole = 0.0
    for word in carried:
        if word.key in listed(language, "common"):
            continue
        root = stem(word.key)
        weight = 1.0 if weights is None else weights[root]
        whole += weight
        if root in stems or (len(word.key) > 5 and root[:5] in heads):
            found += weight
    return found / whole if whole else 0.0


def telling(carried: Sequence[Token], originals: Sequence[Original]) -> Mapping[str, float]:
    """What each word counts by its stem: the more, the fewer originals have it; a number more than a word."""
    roots = {stem(word.key) for word in carried}
    count = max(2, len(originals))
    found: dict[str, float] = {}
    for root in roots:
        having = sum(root in _all_stems(original) for original in originals)
        found[root] = (NUMBER if root.startswith("#") else 1.0) * (
            COMMONEST + (1 - COMMONEST) * (1 - math.log(max(1, having)) / math.log(count))
        )
    return found


@lru_cache(maxsize=4096)
def _all_stems(original: Original) -> frozenset[str]:
    asked = words_of(original.after, language=original.language)
    return frozenset(stem(word.key) for word in (*original_words(original.text, original.language), *asked))


@lru_cache(maxsize=16384)
def _stems(original: Original, window: Window) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of the words of a window and of the question before it; and the first letters of the longer ones."""
    there = original_words(original.text, original.language)[window.first : window.last + 1]
    asked = words_of(original.after, language=original.language) if original.after in window.shown else ()
    stems = frozenset(stem(word.key) for word in (*there, *asked))
    return stems, frozenset(s[:5] for s in stems if len(s) >= 5)
