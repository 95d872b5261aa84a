"""What a report puts into a mouth: names, quoted words, a charge or a promise in the cue, what nothing answers to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.tracing.comparing.clauses import root
from onrecord.tracing.comparing.comparison import Comparison
from onrecord.tracing.comparing.lexicon import find, has
from onrecord.tracing.edits import Edit
from onrecord.tracing.judging.letters import spelt_alike
from onrecord.tracing.placing import original_words, place
from onrecord.tracing.tables import words as listed
from onrecord.tracing.values import Original
from onrecord.tracing.wording.normal import Token, fold, words_of

QUOTED = re.compile(r"[“\"«„]([^”\"»“]+)[”\"»“]|(?<!\w)[‘']([^’']+(?:[’']\w+)*[^’']*)[’'](?!\w)")
CAPITAL = re.compile(r"(?<![.!?…“\"«‘(]\s)(?<![“\"«‘(])(?<!^)\b[A-ZÀ-ÞА-Я][\w’'-]+")
FULL_NAME = re.compile(r"(?:^|(?<=[“\"«‘(]))[A-ZÀ-ÞА-Я][\w’'-]+(?= [A-ZÀ-ÞА-Я])")
NAME = re.compile(r"\b[A-ZÀ-ÞА-ЯЁ][\w-]+")
OPENING = re.compile(r"(?:^|(?<=[.!?…] ))[A-ZÀ-ÞА-Я][\w-]+")
"""The first of two words in capitals at the beginning of a report; a word in which a sentence begins."""
SHORTEST_QUOTED, QUOTED_FOUND = 2, 0.75
"""Words from which on quoted words are looked for, and the share of them that must have been said."""
NAME_HEAD = 5
"""Letters by which forms of one name agree."""
LITTLE_LIKE, LITTLE_COVER = 0.45, 0.2
"""Below both, likeness alone does not bear a statement out."""
NOTHING_LIKE = 0.2
"""Likeness below which, without a word in common, nothing that was said bears a statement out."""
SHORTEST_TOLD = 2
"""Content words up to which a report is too short to say that: *a strike*, *the figure*."""
PART_LIKE = 0.25
"""Likeness below which nothing answers to a clause."""
LONGEST_BARE = 3
NOUNS_CAPITAL = ("de",)
"""Languages in which a capital shows no name."""


def claims(case: Comparison, originals: Sequence[Original]) -> Iterator[Edit]:
    """What was not said at all, and what the writer makes of it."""
    yield from _cue(case)
    yield from _quoted(case, originals)
    yield from _names(case, originals)
    yield from _little(case)


def _cue(case: Comparison) -> Iterator[Edit]:
    cue = {fold(token) for token in re.findall(r"[^\W\d_]+", case.carried.cue)}
    charges = sorted(cue & listed("cues", "charge"))
    if charges:
        yield case.edit("charge", "soft", f"“{charges[0]}” is the writer's word for it")
    if case.carried.loaded:
        yield case.edit("loaded", "soft", "the wording is the writer's own")
    committed = has(case.cue, case.language, "commits")
    language = case.original.language
    open_there = has(case.spoken, language, "possible") or has(case.spoken, language, "likely")
    if committed and open_there and not has(case.words, case.language, "possible"):
        yield case.edit("commitment_added", "soft", f"“{case.carried.cue}” claims more than was said", (), case.spoken)


def _quoted(case: Comparison, originals: Sequence[Original]) -> Iterator[Edit]:
    """Words in marks inside the report that the speaker did not say."""
    if case.across or case.carried.form != "mixed" or case.carried.translated:
        return
    spoken = [original_words(o.text, o.language) for o in originals]
    for match in QUOTED.finditer(case.carried.words):
        fragment = words_of(match[1] or match[2] or "", language=case.language)
        if len(fragment) < SHORTEST_QUOTED:
            continue
        if place(fragment, spoken, (), case.language).share < QUOTED_FOUND:
            yield case.edit("quote_not_said", "hard", f"“{match[1] or match[2]}” was not said")


def _names(case: Comparison, originals: Sequence[Original]) -> Iterator[Edit]:
    """A name that occurs nowhere in what was said, nor among those who said it; changed, where another name of the
    sentence it goes back to is missing in its place."""
    if case.language in NOUNS_CAPITAL:
        return
    said = {word.key for o in originals for word in original_words(o.text, o.language)}
    said |= {word.key for o in originals for word in words_of(o.after)}
    said |= {word.key for o in originals for name in o.names for word in words_of(name)}
    heads = {key[:NAME_HEAD] for key in said}
    own = {word.key for name in case.carried.names for word in words_of(name)}
    named = {name for o in originals for name in NAME.findall(f"{o.text} {' '.join(o.names)}")} if case.across else ()
    for match in (*CAPITAL.finditer(case.carried.words), *(FULL_NAME.finditer(case.carried.words))):
        keys = [word.key for word in words_of(match.group())]
        if not keys or not all(k not in said | own and k[:NAME_HEAD] not in heads and len(k) > 1 for k in keys):
            continue
        if any(spelt_alike(match.group(), name) for name in named):
            continue
        if _is_a_time(words_of(match.group()), case.language):
            continue
        yield case.edit("name_not_said", "soft", f"{match.group()} was not mentioned")
        mine = {w.key for w in case.words}
        gone = [n for n in _said_names(case) if not {w.key for w in words_of(n)} & mine]
        if gone and not case.across and case.support.cover >= QUOTED_FOUND - 0.25:
            yield case.edit("name_changed", "hard" if case.tight else "soft", f"{match.group()} stands for {gone[0]}")
        return


def _said_names(case: Comparison) -> list[str]:
    own = {word.key for name in case.carried.names for word in words_of(name)}
    shown = case.support.window.shown
    found = [*CAPITAL.findall(shown), *OPENING.findall(shown)]
    common = listed(case.original.language, "common")
    keys = [(name, {word.key for word in words_of(name)}) for name in found]
    return [name for name, words in keys if not words & (own | common) and len(name) > 1]


def _is_a_time(words: Sequence[Token], language: str | None) -> bool:
    return any(find(words, language, f"weekdays.{n}") or find(words, language, f"months.{n}") for n in range(1, 13))


def _little(case: Comparison) -> Iterator[Edit]:
    """Hardly a content word of it was said, and its meaning is not close; or nothing answers to one of its clauses."""
    best, common = case.support, listed(case.language, "common")
    content = [word for word in case.words if word.key not in common]
    if best.like is None or case.across or case.carried.question or case.carried.asks or len(content) <= SHORTEST_TOLD:
        return
    said = {root(word.key) for word in case.all_spoken}
    nothing = best.like < NOTHING_LIKE and not any(root(word.key) in said for word in content)
    if nothing or (best.like < LITTLE_LIKE and best.cover < LITTLE_COVER):
        told = f"{best.cover:.0%} of its content words were said"
        yield case.edit("little_support", "hard" if nothing else "soft", told)
    for match in case.matches:
        own = [word for word in match.mine.words if word.key not in common]
        alone = len(own) > LONGEST_BARE and not any(root(word.key) in said for word in own)
        if len(case.matches) > 1 and alone and (match.like or 0.0) < PART_LIKE:
            told = f"nothing said answers to “{case.printed(match.mine.words)}”"
            yield case.edit("part_not_said", "soft", told, match.mine.words)
