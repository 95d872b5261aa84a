"""Names of persons and bodies, and whether one can stand for another.

    Name("Maria van der Holt-Ruiz Jr")   parts maria, holt-ruiz   known by Holt-Ruiz, Holt, van der Holt, Maria
    Name("Li Wei"), Name("Orbán Viktor")  either word may be what comes again

Which word is the surname is not decided: in Hungarian and East Asian order it is the first. A name stands for a longer
one when all its words are found there, in order, by letter, initial or half of a hyphen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from onrecord.finding.naming.lexicon import Gender, bare, gender_of_given, lexicon
from onrecord.finding.pack import listed, pattern
from onrecord.records import Kind

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
        if len(words) == 2 and words[0] in listed("name_articles"):
            words = ["".join(words)]  # La Paz is no Paz
        plain = [
            pattern("prefix").sub("", word)
            for word in words
            if word not in listed("name_particles") and word not in listed("suffixes")
        ]
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


def split_titles(run: Sequence[str], *, initial: bool) -> tuple[list[str], str, list[str]]:
    """Title words, the honorific, and the name. Without a name all are title words."""
    table = lexicon()
    plain = [bare(word) for word in run]
    last = -1
    for i, word in enumerate(plain[:-1]):
        person = word in table.honorifics or word in table.persons or word.split("-")[-1] in table.persons
        leading = word in table.titles and last == i - 1
        if (person or leading) and not (len(run) == 2 and i == 0 and word in listed("names_too")):
            last = i
    if last >= 0 and plain[last + 1] in ("of", "for"):
        if len(run) < last + 4:
            return list(run), "", []  # Head of State, Bishop of Durham
        last += 2
    titles, name = list(run[: last + 1]), list(run[last + 1 :])
    if name and plain[-1] in table.bodies and titles and plain[last] not in table.honorifics:
        return [], "", [*titles, *name]  # General Motors, Labour Party
    if len(name) > 1 and not titles and plain[-1] in table.persons and Name(" ".join(name)).gender is None:
        return name, "", []
    if len(name) == 1 and titles and plain[-1] in table.persons and plain[last] in table.titles:
        return [*titles, *name], "", []  # Prime Minister
    if initial and not titles and len(name) == 3 and _is_described(name):
        titles, name = name[:1], name[1:]  # Furious Nan Holt
    honorific = next((w for w in reversed(titles) if bare(w) in table.honorifics), "")
    kept = [w for w in titles if bare(w) not in table.honorifics or bare(w) in table.persons]
    return kept, honorific, name


def _is_described(name: Sequence[str]) -> bool:
    """Whether of three words the second is a given name and the first none."""
    plain = len(bare(name[0])) > 2 and "-" not in name[0]
    return plain and gender_of_given(name[0]) is None and gender_of_given(name[1]) is not None


def kind_of_name(name: Name, words: Sequence[str], head: str) -> Kind | None:
    """What bears a name of these ``words``, with ``head`` the noun before it: the *minister* Ana Holt."""
    table = lexicon()
    first, last = bare(words[0]), bare(words[-1])
    two_of_a_person = len(words) == 2 and name.has_given and last not in table.company_marks
    if not name.title and {first, last} & table.bodies and not two_of_a_person:
        return "organisation"
    if not name.title and not head and _is_place(words, name):
        return "place"
    if name.title or table.kind(head) == "person" or name.has_given:
        return "person"
    if last in table.outlets or (first in ("radio", "tv") and len(words) > 1):
        return "outlet"
    if last in table.works and len(words) > 1:
        return "work"
    if head:
        return table.kind(head)
    return "organisation" if len(words) == 1 and words[0].isupper() and 1 < len(last) < 7 else None


def _is_place(words: Sequence[str], name: Name) -> bool:
    """Whether a name has a part of the names of places, and is not Damon Hill."""
    geography = lexicon().geography
    first, last = bare(words[0]), bare(words[-1])
    by_last = last in geography and not (name.has_given and last in listed("surnames_too"))
    return len(words) > 1 and (by_last or first in geography)


def cased(name: str) -> str:
    """A name printed in capitals as names are printed; acronyms and mixed ones stay."""
    words = name.split()
    if len(name) > 4 and name.isupper() and any(len(w) > 3 for w in words):
        return " ".join(w if len(w) < 3 and "." in w else w.capitalize() for w in words)
    return name
