"""One word of a name in several spellings and scripts: Лавров, Лаврова, Lavrov, Lawrow, Lavroff.

Two words are spelt alike when a key of one is a key of the other. Within Latin script a key is the folded word, and the
word with its usual spellings unified; where the scripts differ it is the frame of consonants, since vowels are written
as each language hears them.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

from onrecord.tracing.tables import table
from onrecord.tracing.wording.normal import fold

Script = Literal["latin", "cyrillic", "greek", "other"]

RANGES: tuple[tuple[Script, re.Pattern[str]], ...] = (
    ("latin", re.compile(r"[a-zà-ɏ]", re.I)),
    ("cyrillic", re.compile(r"[\u0400-\u052f]")),
    ("greek", re.compile(r"[\u0370-\u03ff]")),
)
LEAST_STEM = 3
"""Letters that a name keeps when an ending of case is taken off."""
LEAST_FRAME = 3
"""Consonants that tell a name; two are too common."""
LEAST_SOUND = 5
"""Letters from which on a word's spelling within one script is unified: shorter ones differ by little anyway."""


def script_of(word: str) -> Script:
    """The script of the first letter that tells one."""
    for char in word:
        for script, letters in RANGES:
            if letters.match(char):
                return script
    return "other"


def spelt_alike(left: str, right: str) -> bool:
    """Whether two words may be one name.

    >>> spelt_alike("Лавровым", "Lawrow"), spelt_alike("Lavroff", "Lavrov"), spelt_alike("Lavrov", "Laurent")
    (True, True, False)
    """
    if fold(left) == fold(right):
        return True
    one, two = script_of(left), script_of(right)
    if one == two:
        return bool(_spellings(left, one) & _spellings(right, two))
    if "other" in (one, two):
        return False
    return bool(_frames(left, one) & _frames(right, two))


def same_initial(left: str, right: str) -> bool:
    """Whether two words may begin with one letter, in whatever script: *И.* and *Igor*."""
    one, two = (_sounded(_in_latin(fold(word), script_of(word)))[:1] for word in (left, right))
    return bool(one) and one == two


@lru_cache(maxsize=16384)
def _spellings(word: str, script: Script) -> frozenset[str]:
    folded = fold(word)
    if script == "latin":
        return frozenset((folded, _sounded(folded)) if len(folded) >= LEAST_SOUND else (folded,))
    return frozenset(_without_endings(folded, script))


@lru_cache(maxsize=16384)
def _frames(word: str, script: Script) -> frozenset[str]:
    """The frames of a word; of a short one, its sounds with their vowels."""
    folded = fold(word)
    forms = {folded} if script == "latin" else _without_endings(folded, script)
    latin = [form if script == "latin" else _in_latin(form, script) for form in forms]
    frames = {(form, _frame(form)) for form in latin}
    return frozenset(frame if len(frame) >= LEAST_FRAME else f"={_sounded(form)}" for form, frame in frames)


def _without_endings(folded: str, script: Script) -> set[str]:
    """A word, and what is left of it without each ending of case that it may have."""
    endings = str(table("letters").get(script, {}).get("endings", "")).split()
    cut = {folded.removesuffix(fold(ending)) for ending in endings}
    return {folded, *(form for form in cut if len(form) >= LEAST_STEM)}


def _in_latin(folded: str, script: Script) -> str:
    letters = _letters(script)
    return "".join(letters.get(char, char) for char in folded)


@cache
def _letters(script: Script) -> dict[str, str]:
    told = str(table("letters").get(script, {}).get("letters", "")).split()
    return {fold(letter): latin.strip("-") for letter, latin in zip(told[::2], told[1::2], strict=True)}


@lru_cache(maxsize=16384)
def _sounded(folded: str) -> str:
    for pattern, to in table("letters")["latin"]["sounds"]:
        folded = re.sub(pattern, to, folded)
    return folded


def _frame(latin: str) -> str:
    form = _sounded(latin)
    first = "a" if form[:1] in ("a", "e", "i", "o", "u") else ""
    for pattern, to in table("letters")["latin"]["frame"]:
        form = re.sub(pattern, to, form)
    return first + form
