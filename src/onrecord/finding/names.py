"""Names of persons and bodies, and whether one can stand for another.

    Name("Maria van der Holt-Ruiz Jr")   parts maria, holt-ruiz   known by Holt-Ruiz, Holt, van der Holt, Maria
    Name("Li Wei"), Name("Orbán Viktor")  either word may be what comes again

Which word is the surname is not decided: in Hungarian and East Asian order it is the first. A name stands for a longer
one when all its words are found there, in order, by letter, initial or half of a hyphen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from onrecord.finding.lexicon import Gender, bare, gender_of_given

PARTICLES = frozenset(
    "van von der den de del della di da do dos das du la le los las bin ibn bint ben al el ul ad as an ter ten te zu zur"
    " af av y e abu umm ould uld mac mc st ní ni nic ó ap 't".split()
)
ARTICLES = frozenset("la el los las le les".split())
SUFFIXES = frozenset("jr sr ii iii iv v".split())
ADJECTIVE = re.compile(
    r"[^\W\d_a-z]\w+(?:ian|ean|ese|ish|can|aeli|aqi|ern|born|based)$"
    r"|(?:German|Greek|Dutch|French|Welsh|Swiss|Thai|Czech|Saudi|Afghan|Uzbek|Kazakh|Kyrgyz|Tajik|Turkmen|Pakistani)$"
)
"""A word for what belongs to a country or a part of the world."""

PREFIX = re.compile(r"^(?:al|el|as|ad|an|ar|ash|at|az|ul)[-‐‑]")
PLAIN = re.compile(r"[’'‘`ʻʼ]s$|[’'‘]$")
ALIKE = 0.75
"""Likeness from which two given names before one surname are spellings of one: Sergei, Sergey."""


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name without titles. `title` is the honorific it stood with; `parts` its words, bare, no particles."""

    full: str
    title: str = ""
    parts: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        words = [bare(PLAIN.sub("", word)) for word in self.full.split()]
        if len(words) == 2 and words[0] in ARTICLES:
            words = ["".join(words)]  # La Paz is no Paz
        plain = [PREFIX.sub("", word) for word in words if word not in PARTICLES and word not in SUFFIXES]
        object.__setattr__(self, "parts", tuple(word for word in plain if word) or tuple(words))

    def __len__(self) -> int:
        return len(self.parts)

    @property
    def gender(self) -> Gender | None:
        """What the given name tells: the first word, or the last where only that is one."""
        if len(self.parts) < 2:
            return gender_of_given(self.parts[0])
        return gender_of_given(self.parts[0]) or (gender_of_given(self.parts[-1]) if len(self.parts) == 2 else None)

    @property
    def has_given(self) -> bool:
        """Whether its first word is known to be a given name."""
        return len(self.parts) > 1 and gender_of_given(self.parts[0]) is not None

    @property
    def initials(self) -> str:
        """The first letters of its words and their hyphened parts."""
        return "".join(p[0] for part in self.parts for p in part.split("-") if p).upper()

    def stands_for(self, longer: Name) -> bool:
        """Whether all its words are found in the other, one of them at an end of it."""
        places = [longer.place(part) for part in self.parts]
        if not places or any(place is None for place in places):
            return False
        found = [place for place in places if place is not None]
        if len(found) > 1 and (found != sorted(found) or len(set(found)) < len(found)):
            return len(found) == 2 == len(longer.parts) and len(set(found)) == 2  # the order turned round
        return len(longer.parts) < 4 or 0 in found or len(longer.parts) - 1 in found

    def place(self, part: str) -> int | None:
        """Where in the name a word stands, itself, as an initial or as half of a hyphened word."""
        for i, own in enumerate(self.parts):
            if part == own:
                return i
        for i, own in enumerate(self.parts):
            if "-" in own and (part in own.split("-") or own.startswith(f"{part}-") or own.endswith(f"-{part}")):
                return i
            if len(part) == 1 and own.startswith(part) and i < len(self.parts) - 1:
                return i
        return None

    def is_spelling_of(self, other: Name) -> bool:
        """Whether both are full names with one surname and given names that differ in a letter or two."""
        if len(self.parts) < 2 or len(other.parts) < 2 or self.parts[-1] != other.parts[-1]:
            return False
        mine, theirs = self.parts[0], other.parts[0]
        if mine == theirs or (1 in (len(mine), len(theirs)) and mine[0] == theirs[0]):
            return True
        return mine[:2] == theirs[:2] and SequenceMatcher(None, mine, theirs).ratio() >= ALIKE


def letters_of(words: str) -> str:
    """The acronym that words give: the initials of those with capitals."""
    return "".join(word[0] for word in re.findall(r"[^\W\d_][\w’']*", words) if word[0].isupper())
