"""Where a sentence can be changed, and how words take the place of others."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from training.pairs.grammar import capital
from training.pairs.passages import Passage
from training.pairs.tables import mapped

Edit = Callable[[str, Passage, random.Random], str | None]
LOWER: set[str] = set()
"""Words that are no names, as `passages.lower_case` finds them; set before pairs are made."""
NAMES: set[str] = set()
"""Surnames of people in the articles, and countries; set with the others."""
NUMBER = re.compile(
    r"(?<![\w.,:-])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w%]*\d)|(?<![\w.,:-])\d+(?:\.\d+)?(?![\d,:]|[.]\d|st|nd|rd|th|-)"
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def replaced(text: str, match: re.Match[str], new: str) -> str:
    """The text with other words in place of a match, the first letter's case kept."""
    if match.start() == 0:
        new = capital(new)
    whole = " ".join((text[: match.start()] + new + text[match.end() :]).split())
    whole = re.sub(r"\ban (?=not\b)", "a ", whole)
    whole = re.sub(r"\ba (?=(?:in|im|il|un|enor|odd|awf|aim)[a-z]{3})(?!uni)", "an ", whole)
    return whole.replace(" ,", ",").replace(" .", ".")


def any_of(pattern: str | re.Pattern[str], text: str, chance: random.Random) -> re.Match[str] | None:
    """One of the matches."""
    found = list(re.finditer(pattern, text))
    return chance.choice(found) if found else None


def by_table(name: str, around: str = r"\b{}\b") -> Edit:
    """An edit by a list of words and what takes their place; `around` is the pattern of where they stand."""
    table = mapped(name)
    words = "|".join(re.escape(word) for word in sorted(table, key=len, reverse=True))
    pattern = re.compile(around.replace("{}", f"(?:{words})"))

    def apply(text: str, passage: Passage, chance: random.Random) -> str | None:
        match = any_of(pattern, text, chance)
        return match and replaced(text, match, table[match[0]])

    return apply
