"""Whether two carriers carry one utterance, and what says so. What a carrier did to the words is for the verdict to
say; here only: is it the same thing said?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from onrecord.tracing.gathering.boilerplate import FUNCTION_WORDS
from onrecord.tracing.gathering.carriers import Carrier, Relation, days_between, is_turn, quoted_words, speakers_are
from onrecord.tracing.gathering.shingles import SIZE, plain_words

TieKind = Literal["same words", "part", "overlap", "meaning", "translation"]
"""Word for word; all of the shorter in the longer; much of it; other words in one language; another language."""

Words = tuple[str, ...]
NEAR = 45
FORTNIGHT = 14
FEW_DAYS = 3
"""Days after which words in marks, and words in none, must agree in more to be the same utterance; and a question asked
again after FEW_DAYS is another question."""
MOST = 0.8
MUTUAL = 0.6
ONE_DAY = 1
FEW_WORDS = 5
COMMON = 2
ALIKE = 0.8
ALIKE_TRANSLATED = 0.55
SURELY_TRANSLATED = 0.75
DENIALS = frozenset("not no never none nobody neither nor without cannot unable refuse refused deny denied".split())


@dataclass(frozen=True, slots=True)
class Tie:
    """That two carriers carry one utterance: how, how surely (0 to 1, no probability), and why, in words."""

    kind: TieKind
    strength: float
    why: tuple[str, ...]
    speakers: Relation = "unknown"


@dataclass(frozen=True, slots=True)
class Shared:
    """What a text has in common with a longer one: `words` of its `of` words stand in runs of SIZE or more that the
    longer has too, `content` different content words are among them, and `longest` is the longest stretch of them."""

    words: int
    content: int
    longest: Words
    of: int

    @property
    def share(self) -> float:
        """The part of the shorter that is in the longer."""
        return self.words / self.of if self.of else 0.0


NOTHING = Shared(0, 0, (), 0)


def shared(shorter: Words, longer: Words) -> Shared:
    """What the shorter of two texts has in common with the longer."""
    size = len(shorter)
    if shorter == longer:
        covered = bytearray(b"\x01" * size)
    elif size < SIZE:
        inside = any(longer[at : at + size] == shorter for at in range(len(longer) - size + 1))
        covered = bytearray((b"\x01" if inside else b"\x00") * size)
    else:
        covered = bytearray(size)
        runs = _runs(longer)
        for at in range(size - SIZE + 1):
            if shorter[at : at + SIZE] in runs:
                covered[at : at + SIZE] = b"\x01" * SIZE
    content = {word for word, mark in zip(shorter, covered, strict=True) if mark and word not in FUNCTION_WORDS}
    return Shared(sum(covered), len(content), _longest(shorter, covered), size)


def tie(left: Carrier, left_words: Words, right: Carrier, right_words: Words) -> Tie | None:
    """What ties two carriers by their wording, each given with its `plain_words`, or None.

    Words in quotation marks are the speaker's, so a run of them tells most; the words of an indirect statement are the
    writer's, and many of them must agree, and all numbers. The fewer words are shared, the more must be known besides:
    the speaker, the days between. Two places of one article that overlap are one statement inside the other.
    """
    if one_place(left, right):
        return None
    shorter, longer = sorted((left_words, right_words), key=lambda words: (len(words), words))
    common = shared(shorter, longer)
    if not common.words:
        return None
    speakers, days = speakers_are(left, right), days_between(left, right)
    one_article = left.article == right.article
    if "question" in (left.status, right.status) and not (common.share >= MOST and (days is None or days <= FEW_DAYS)):
        return None
    if not (
        _enough_said(_quoted_in_both(left, right, common), speakers, days, one_article)
        or (
            not (one_article and left.form == right.form == "direct")
            and _enough_told(common, speakers, days, one_article, common.of / len(longer))
            and _counts_alike(shorter, longer)
        )
    ):
        return None
    kind: TieKind = "overlap" if common.words < common.of else "same words" if len(longer) == common.of else "part"
    prior = {"same": 0.2, "unknown": 0.1, "other": 0.0}[speakers]
    strength = 0.5 * common.share + 0.3 * min(1.0, common.content / 6) + prior
    words = f"{common.words} of {common.of} words in runs", f"“{' '.join(common.longest)}”"
    return Tie(kind, round(strength, 3), (*words, *told_of(left, right, speakers, days)), speakers)


def tie_of_meaning(left: Carrier, left_words: Words, right: Carrier, right_words: Words, cosine: float) -> Tie | None:
    """What ties two carriers whose sentence vectors have that cosine, or None.

    Alike in meaning is not the same utterance: a speaker says the like every day. So it must be one speaker and nearly
    one day, both must have enough words, and agree in what is denied and, where both count something, in a number. In
    two languages, by crosslingual vectors, days may be a few, since a translation comes later.
    """
    if one_place(left, right) or left.article == right.article:
        return None
    speakers, days = speakers_are(left, right), days_between(left, right)
    translated = bool(left.language and right.language and left.language != right.language)
    if (
        days is None
        or days > (FEW_DAYS if translated else ONE_DAY)
        or min(len(left_words), len(right_words)) < FEW_WORDS
    ):
        return None
    numbers, others = _numbers(left_words), _numbers(right_words)
    if numbers and others and not numbers & others:
        return None
    told = (f"alike in meaning ({cosine:.2f})", *told_of(left, right, speakers, days))
    if translated:
        known = cosine >= ALIKE_TRANSLATED and (speakers == "same" or bool(numbers & others))
        surely = cosine >= SURELY_TRANSLATED and speakers == "unknown"
        return Tie("translation", round(cosine, 3), told, speakers) if known or surely else None
    common = {word for word in left_words if word not in FUNCTION_WORDS} & set(right_words)
    if speakers != "same" or cosine < ALIKE or len(common) < COMMON or _denies(left_words) != _denies(right_words):
        return None
    return Tie("meaning", round(cosine, 3), told, speakers)


def _denies(words: Words) -> bool:
    return any(word in DENIALS or word.endswith("n't") for word in words)


def _quoted_in_both(left: Carrier, right: Carrier, common: Shared) -> Shared:
    """What the words in quotation marks of the two have in common."""
    if left.form == right.form == "direct":
        return common
    one, two = (tuple(plain_words(quoted_words(carrier))) for carrier in (left, right))
    return shared(*sorted((one, two), key=len)) if one and two else NOTHING


def _enough_said(common: Shared, speakers: Relation, days: int | None, one_article: bool) -> bool:
    share, longest = common.share, len(common.longest)
    content = len(set(common.longest) - FUNCTION_WORDS)
    if days is not None and days > NEAR:
        return share >= MOST and content >= 5 and longest >= 8 and speakers != "other"
    if one_article:
        enough = (content >= 2 and longest >= 5) or (content >= 3 and longest >= 4)
        return (
            share == 1 and enough and (speakers == "same" or (speakers == "unknown" and content >= 3 and longest >= 5))
        )
    if speakers == "same":
        if days is not None and days > FORTNIGHT:
            return content >= 3 and longest >= 6 and share >= 0.5
        much = share >= MOST or (content >= 3 and (share >= 0.5 or longest >= 6))
        return content >= 2 and longest >= 4 and much
    if speakers == "unknown":
        near = days is None or days <= FEW_DAYS or longest >= 12
        return content >= 3 and longest >= 6 and share >= 0.6 and near
    return content >= 5 and longest >= 9 and share >= MOST and (days is None or days <= FORTNIGHT)


def _enough_told(common: Shared, speakers: Relation, days: int | None, one_article: bool, size: float) -> bool:
    """Whether writers' words agree in enough. `size` is the length of the shorter as a part of the longer: a phrase
    within what others said is no statement of theirs."""
    share, content = common.share, common.content
    soon = days is None or days <= FEW_DAYS
    if size == share == 1 and content >= 6 and (days is None or days <= FORTNIGHT):
        return True
    if days is not None and days > FORTNIGHT:
        return share == 1 and content >= 6 and size >= MUTUAL and speakers == "same"
    if speakers == "same":
        return (share >= MOST and content >= 4) or (share >= 0.6 and content >= 6 and soon and not one_article)
    if speakers == "unknown":
        return share >= 0.85 and content >= (5 if soon else 8) and size >= MUTUAL
    return share >= 0.9 and content >= 7 and size >= MUTUAL


def _counts_alike(shorter: Words, longer: Words) -> bool:
    """Whether the shorter has no number that the longer lacks; of two equally long, neither."""
    one, two = _numbers(shorter), _numbers(longer)
    return one <= two and (one == two or len(shorter) < len(longer))


def _numbers(words: Words) -> set[str]:
    return {word for word in words if word[0].isdecimal()}


def told_of(left: Carrier, right: Carrier, speakers: Relation, days: int | None) -> tuple[str, ...]:
    """What is known of two carriers beside their words."""
    told = []
    if speakers == "same":
        told.append(f"both by {max(left.speaker or '', right.speaker or '', key=len)}")
    elif speakers == "other":
        told.append(f"given to {left.speaker} and to {right.speaker}")
    if days is not None:
        told.append("on one day" if days == 0 else f"{days} days apart")
    return tuple(told)


def one_place(left: Carrier, right: Carrier) -> bool:
    """Whether the two overlap in one article, or are two turns of a printed exchange: then they are two things said."""
    if left.article != right.article:
        return False
    return any(a.overlaps(b) for a in left.spans for b in right.spans) or (is_turn(left) and is_turn(right))


@lru_cache(maxsize=1 << 14)
def _runs(words: Words) -> frozenset[Words]:
    return frozenset(words[at : at + SIZE] for at in range(len(words) - SIZE + 1))


def _longest(words: Words, covered: bytearray) -> Words:
    best: Words = ()
    start = 0
    for at in range(len(words) + 1):
        if at == len(words) or not covered[at]:
            if at - start > len(best):
                best = words[start:at]
            start = at + 1
    return best
