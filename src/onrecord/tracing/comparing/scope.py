"""How much of it: all, most or some; only; every and never; up to and at least.

original   most of them leave    up to 18 months     some of our nurses
carried    all of them leave     18 months           nurses             quantifier_changed, bound_lost, nothing
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.tracing.comparing.clauses import Pairing, root
from onrecord.tracing.comparing.comparison import Comparison
from onrecord.tracing.comparing.lexicon import Occurrence, find, has
from onrecord.tracing.edits import Edit, Severity
from onrecord.tracing.tables import words as listed
from onrecord.tracing.wording.normal import Token

AMOUNTS = ("none", "few", "some", "many", "most", "all")
"""From nothing to everything; neighbours may stand for one another, but *most* for *all*."""
NEAR = 4
"""Words within which a quantifier belongs to a noun, and a bound to a number."""


def scope(case: Comparison) -> Iterator[Edit]:
    """Quantifiers, absolutes, *only* and bounds that are not those of what was said."""
    if case.carried.question or case.carried.asks or has(case.cue, case.language, "asks"):
        return
    for match in case.matches:
        if match.close and not match.theirs.asked:
            yield from _quantifiers(case, match)
            yield from _only(case, match)
            yield from _denied_in_part(case, match)
        if match.near:
            yield from _one_of(case, match)
    yield from _amounts_in_place(case)
    yield from _only_in_place(case)
    yield from _absolutes(case)
    yield from [*_bounds(case)] or _bounds_in_place(case)


def _quantifiers(case: Comparison, match: Pairing) -> Iterator[Edit]:
    mine, theirs = match.mine.words, match.theirs.words
    here, there = amount(mine, case.language), amount(theirs, case.original.language)
    if here is None or there is None:
        return
    (level, one), (other_level, other) = here, there
    if not _apart(level, other_level):
        return
    told = f"“{case.said(other)}” became “{case.printed(one)}”"
    same_noun = case.across or _noun(mine, one, case.language) & _noun(theirs, other, case.original.language)
    yield case.edit("quantifier_changed", "hard" if same_noun else "soft", told, one, other)


def _amounts_in_place(case: Comparison) -> Iterator[Edit]:
    """Another amount where all around it is as it was: *in all cases* for *in some cases*."""
    for mine, theirs in case.gaps:
        here, there = amount(mine, case.language), amount(theirs, case.original.language)
        if here is not None and there is not None and _apart(here[0], there[0]):
            told = f"“{case.said(there[1])}” became “{case.printed(here[1])}”"
            yield case.edit("quantifier_changed", "hard", told, here[1], there[1])


def _apart(level: int, other: int) -> bool:
    """Whether two amounts are surely two; a change to or from none is one of sign."""
    names = {AMOUNTS[level], AMOUNTS[other]}
    return "none" not in names and (abs(level - other) > 1 or names == {"most", "all"})


def amount(words: Sequence[Token], language: str | None) -> tuple[int, Sequence[Token]] | None:
    """The level of the only amount that words tell, and the words for it; None where they tell none, or several."""
    found = [
        (level, words[f.first : f.stop]) for level, kind in enumerate(AMOUNTS) for f in find(words, language, kind)
    ]
    turned = listed(language, "negators")
    found = [one for one in found if (at := words.index(one[1][0])) == 0 or words[at - 1].key not in turned]
    found = [one for one in found if not any(_inside(one[1], other[1]) for other in found if other is not one)]
    return found[0] if len({level for level, _ in found}) == 1 else None


def _inside(one: Sequence[Token], other: Sequence[Token]) -> bool:
    return len(one) < len(other) and one[0] in other


def _noun(words: Sequence[Token], quantifier: Sequence[Token], language: str | None) -> set[str]:
    """The content words behind a quantifier."""
    common, behind = listed(language, "common"), words.index(quantifier[-1]) + 1
    return {root(word.key) for word in words[behind : behind + NEAR] if word.key not in common}


def _only(case: Comparison, match: Pairing) -> Iterator[Edit]:
    mine, theirs = match.mine.words, match.theirs.words
    here, there = _limits(mine, case.language), _limits(theirs, case.original.language)
    if here and not there and not has(case.spoken, case.original.language, "only"):
        word = mine[here[0].first : here[0].stop]
        severity: Severity = "hard" if match.tight else "soft"
        yield case.edit("only_added", severity, f"“{case.printed(word)}” was put in", word, theirs)
    elif there and not here and not any(has(case.words, case.language, kind) for kind in ("only", "most_of")):
        word = theirs[there[0].first : there[0].stop]
        severity = "hard" if match.tight and not _not_only(theirs, there[0]) else "soft"
        yield case.edit("only_lost", severity, f"“{case.said(word)}” is left out", mine, word)


def _only_in_place(case: Comparison) -> Iterator[Edit]:
    """*Only* left out where all around it is as it was."""
    if len(_limits(case.words, case.language)) >= len(_limits(case.spoken, case.original.language)):
        return
    for mine, theirs in case.gaps:
        found = _limits(theirs, case.original.language)
        bounded = _limits(mine, case.language) or has(mine, case.language, "most_of")
        if found and not bounded and not _not_only(theirs, found[0]):
            word = theirs[found[0].first : found[0].stop]
            yield case.edit("only_lost", "hard", f"“{case.said(word)}” is left out", mine, word)


def _denied_in_part(case: Comparison, match: Pairing) -> Iterator[Edit]:
    """*Not all* as *none*, *not always* as *never*, and the other way round."""
    sides = ((match.mine.words, case.language), (match.theirs.words, case.original.language))
    (part, whole), (part_there, whole_there) = (
        [find(*side, kind) for kind in ("not_all", "not_any")] for side in sides
    )
    if (part_there and whole and not part) or (part and whole_there and not part_there):
        here, there = (part or whole)[0], (part_there or whole_there)[0]
        one, other = match.mine.words[here.first : here.stop], match.theirs.words[there.first : there.stop]
        told = f"“{case.said(other)}” became “{case.printed(one)}”"
        yield case.edit("negation_moved", "hard" if match.tight else "soft", told, one, other)


def _one_of(case: Comparison, match: Pairing) -> Iterator[Edit]:
    """*One of the three* as the one."""
    said = case.spoken if match.theirs.asked else match.theirs.words
    theirs = find(said, case.original.language, "one_of")
    if theirs and not has(case.words, case.language, "one_of") and not has(case.words, case.language, "some"):
        words = said[theirs[0].first : theirs[0].stop]
        severity: Severity = "hard" if match.tight and not match.theirs.asked else "soft"
        yield case.edit("one_of_several", severity, f"it was said to be “{case.said(words)}” several", (), words)


def _limits(words: Sequence[Token], language: str | None) -> list[Occurrence]:
    """Words that limit to one; before a bound, *just over*, they do not."""
    bounds = {f.first for kind in ("most_of", "least_of", "about") for f in find(words, language, kind)}
    return [found for found in find(words, language, "only") if not bounds & {found.first, found.stop}]


def _not_only(words: Sequence[Token], found: Occurrence) -> bool:
    """Whether *only* stands behind a *not*."""
    return found.first > 0 and words[found.first - 1].key in ("not", "nicht", "no", "pas", "не", "non")


def _absolutes(case: Comparison) -> Iterator[Edit]:
    """*Always*, *every*, *without exception*, where what was said has nothing of the kind."""
    language = case.original.language
    for match in case.matches:
        likely = {f.first for f in find(match.mine.words, case.language, "likely")}
        found = [f for f in find(match.mine.words, case.language, "all") if f.first - 1 not in likely]
        sentence = case.sentence_of(match.theirs)
        said = any(has(sentence, language, kind) for kind in ("all", "none", "most"))
        if not found or said or any(word.key in listed(language, "negators") for word in match.theirs.words):
            continue
        words = match.mine.words[found[0].first : found[0].stop]
        if any(word.key == words[0].key for word in case.all_spoken):
            continue
        severity: Severity = "hard" if match.tight else "soft"
        yield case.edit("absolute_added", severity, f"“{case.printed(words)}” was not said", words)
        return


def _bounds(case: Comparison) -> Iterator[Edit]:
    """A number that was a limit and is one no more, or a limit turned round: *up to five* as *five* or *over five*."""
    spoken = case.all_spoken
    for at, word in enumerate(case.words):
        if not word.key.startswith("#"):
            continue
        places = [k for k, other in enumerate(spoken) if other.key == word.key]
        if len(places) != 1:
            continue
        mine, theirs = _bound(case.words, at, case.language), _bound(spoken, places[0], case.original.language)
        shown = case.printed([word])
        if {"most_of", "least_of"} == {mine, theirs}:
            yield case.edit("bound_turned", "hard", f"the limit of {shown} is turned round", [word])
        elif theirs and not mine:
            yield case.edit("bound_lost", "soft", f"{shown} was a limit", [word])


def _bounds_in_place(case: Comparison) -> Iterator[Edit]:
    """A limit turned round where all around it is as it was: *nearly a year* and *more than a year*."""
    for mine, theirs in case.gaps:
        here, there = _limit(mine, case.language), _limit(theirs, case.original.language)
        if {here, there} == {"most_of", "least_of"}:
            told = f"“{case.said(theirs)}” became “{case.printed(mine)}”"
            yield case.edit("bound_turned", "hard", told, mine, theirs)


def _limit(words: Sequence[Token], language: str | None) -> str:
    """The limit among words: that of the first and longest word for one."""
    found = [(f.first, f.first - f.stop, k) for k in ("most_of", "least_of") for f in find(words, language, k)]
    return min(found, default=(0, 0, ""))[2]


def _bound(words: Sequence[Token], at: int, language: str | None) -> str:
    """Which limit stands before a number, if any; what only loosens it is none."""
    before = [word for word in words[max(0, at - NEAR) : at] if word.sentence == words[at].sentence]
    found = [
        (f.first, kind)
        for kind in ("most_of", "least_of")
        for f in find(before, language, kind)
        if f.stop == len(before)
    ]
    return min(found)[1] if found else ""
