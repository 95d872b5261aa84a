"""When: another weekday, month or year than was said, and two events in the other order.

*today* in what was said may be any day in the report, and a day that was not spoken of may be that of the print.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.tracing.comparing.comparison import Comparison
from onrecord.tracing.comparing.lexicon import find, has
from onrecord.tracing.edits import Edit
from onrecord.tracing.wording.normal import Token


def times(case: Comparison) -> Iterator[Edit]:
    """Days and months that were not said where others were, and *before* for *after*."""
    for match in case.matches:
        if not match.close or match.theirs.asked:
            continue
        sentence = case.sentence_of(match.theirs)
        for kind in ("weekdays", "months"):
            mine = _ordinals(match.mine.words, case.language, kind)
            theirs = _ordinals(sentence, case.original.language, kind)
            every = _ordinals(case.all_spoken, case.original.language, kind)
            for number, words in mine.items():
                if theirs and number not in every and not has(sentence, case.original.language, "deixis"):
                    told = f"“{case.printed(words)}” was not said, but “{case.said(next(iter(theirs.values())))}”"
                    yield case.edit("time_changed", "hard", told, words, next(iter(theirs.values())))
        yield from _relative(case, match.mine.words, sentence)
        yield from _order(case, match.mine.words, match.theirs.words, len(match.shared))


def _relative(case: Comparison, mine: Sequence[Token], theirs: Sequence[Token]) -> Iterator[Edit]:
    """*Last week* as *the month before*: what is counted from today, the shift in reported speech undone."""
    here, there = _counted(mine, case.language), _counted(theirs, case.original.language)
    if len(here) == 1 and len(there) == 1 and here.keys() != there.keys():
        (one,), (other,) = here.values(), there.values()
        told = f"“{case.said(other)}” became “{case.printed(one)}”"
        yield case.edit("time_changed", "hard", told, one, other)


def _counted(words: Sequence[Token], language: str | None) -> dict[str, Sequence[Token]]:
    """The times counted from today among words: *last week* is week.before."""
    found: dict[str, Sequence[Token]] = {}
    for unit in ("day", "week", "month", "year"):
        for which in ("before", "now", "next"):
            for place in find(words, language, f"{unit}.{which}"):
                found.setdefault(f"{unit}.{which}", words[place.first : place.stop])
    return found


def _ordinals(words: Sequence[Token], language: str | None, kind: str) -> dict[int, Sequence[Token]]:
    """The numbers of the weekdays or months among words, with the words: entry n of the list is the nth of them."""
    found: dict[int, Sequence[Token]] = {}
    for number in range(1, 13 if kind == "months" else 8):
        for place in find(words, language, f"{kind}.{number}"):
            found.setdefault(number, words[place.first : place.stop])
    return found


def _order(case: Comparison, mine: Sequence[Token], theirs: Sequence[Token], shared: int) -> Iterator[Edit]:
    if shared < 2:
        return
    for here, there in (("ahead_of", "after"), ("after", "ahead_of")):
        one, other = find(mine, case.language, here), find(theirs, case.original.language, there)
        none_here = has(mine, case.language, there)
        none_there = has(theirs, case.original.language, here)
        if one and other and not none_here and not none_there:
            word, said = mine[one[0].first : one[0].stop], theirs[other[0].first : other[0].stop]
            told = f"“{case.said(said)}” became “{case.printed(word)}”"
            yield case.edit("order_of_events", "soft", told, word, said)
            return
