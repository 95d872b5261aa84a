"""How a sentence of the outlet's own bears on the statement before it: confirms, corrects or rebuts it.

Read from what the sentence says of the claim ("that was false", "records bear her out"), from its opening ("Indeed",
"In fact"), and from a number put against the same thing's in the statement ("the nine ships" after "a dozen ships").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from onrecord.finding.pack import Pack, current, pattern
from onrecord.records import OwnVoice

SHORT = re.compile(r"(?:\W*\w+){2}\W*")


@cache
def _signals(pack: Pack) -> tuple[tuple[OwnVoice, re.Pattern[str]], ...]:
    return tuple((row["relation"], re.compile(pack.filled(row["pattern"]))) for row in pack.table("bearings")["signal"])


def bearing(sentence: str, claim: str) -> tuple[OwnVoice, str] | None:
    """How ``sentence``, the outlet's, bears on ``claim``, the content before it, and the words that show it.

    None where nothing shows it; most sentences only go on.
    """
    for relation, signal in _signals(current()):
        if match := signal.search(sentence):
            contrary = relation == "confirms" and SHORT.fullmatch(match[0]) and pattern("denial").search(claim)
            return "rebuts" if contrary else relation, match[0].strip(" ,.:;")
    if pattern("contrast").search(sentence):
        claimed = dict(_numbers(claim))
        for unit, number in _numbers(sentence):
            if claimed.get(unit, number) != number:
                return "corrects", f"{number} {unit}, not {claimed[unit]}"
    return None


def _numbers(text: str) -> Iterator[tuple[str, str]]:
    """What is counted, to its number in digits."""
    for match in pattern("number_of").finditer(text):
        yield match["unit"], match["number"].replace(",", "")
    for match in pattern("number_in_words").finditer(text):
        yield match["unit"], str(current().in_order("small_numbers").index(match["number"].lower()) + 1)
