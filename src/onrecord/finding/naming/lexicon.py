"""Words that tell what a noun phrase stands for: a person, a body, a group, a place or a work; and of which gender.

The nouns are in ``nouns.toml``, written for onrecord. The given names in ``given.tsv.gz`` are those of
nomquamgender 0.1.4 (Van Buskirk, Clauset and Larremore 2022, MIT) that at least five of its sources know and at least
92 in 100 of whose bearers are of one gender, without diacritics.
"""

from __future__ import annotations

import gzip
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from onrecord.finding.pack import Pack, current
from onrecord.records import Kind

Gender = Literal["male", "female"]
LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tables, as sets of lower-case nouns in the singular. `alike` gives each noun the ones it may stand for."""

    persons: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    kin: frozenset[str]
    people: frozenset[str]
    honorifics: frozenset[str]
    titles: frozenset[str]
    ranks: frozenset[str]
    never_names: frozenset[str]
    bodies: frozenset[str]
    outlets: frozenset[str]
    company_marks: frozenset[str]
    places: frozenset[str]
    geography: frozenset[str]
    works: frozenset[str]
    letters: frozenset[str]
    written: frozenset[str]
    alike: dict[str, frozenset[str]]

    def kind(self, noun: str) -> Kind | None:
        """What a noun in lower case stands for: a plural of persons is a group. None for one that no table has."""
        one = singular(noun)
        if noun in self.people and noun not in self.persons:
            return "group"
        if noun in self.persons or noun in self.kin:
            return "person"
        if noun in self.bodies:
            return "organisation"
        if noun in self.works:
            return "work"
        if noun in self.outlets:
            return "outlet"
        if one in self.persons or one in self.kin:
            return "group"
        if noun in self.places:
            return "place"
        if one in self.works:
            return "work"
        return "organisation" if one in self.bodies else None

    def gender(self, noun: str) -> Gender | None:
        """That of the person whom a noun names."""
        return "female" if noun in self.female else "male" if noun in self.male else None

    def same(self, noun: str, other: str) -> bool:
        """Whether two nouns may stand for one and the same."""
        return noun == other or other in self.alike.get(noun, ())


def lexicon() -> Lexicon:
    """The tables of the language that is read."""
    return _lexicon(current())


@cache
def _lexicon(pack: Pack) -> Lexicon:
    data = pack.table("nouns")
    persons, bodies, works, honorifics = data["persons"], data["bodies"], data["works"], data["honorifics"]
    alike: dict[str, set[str]] = {}
    for row in persons["same"]:
        for noun in row.split():
            alike.setdefault(noun, set()).update(row.split())
    male, female = _set(persons["male"]), _set(persons["female"])
    nouns = _set(persons["nouns"]) | male | female
    return Lexicon(
        persons=nouns,
        male=male | _set(honorifics["male"]),
        female=female | _set(honorifics["female"]),
        kin=_set(persons["kin"]),
        people=_set(persons["people"]),
        honorifics=_set(honorifics["male"]) | _set(honorifics["female"]) | _set(honorifics["either"]),
        titles=_set(data["titles"]["words"]),
        ranks=_set(data["titles"]["ranks"]),
        never_names=_set(data["never_names"]["words"]),
        bodies=_set(bodies["nouns"]),
        outlets=_set(bodies["outlets"]),
        company_marks=_set(bodies["marks"]),
        places=_set(data["places"]["nouns"]),
        geography=_set(data["places"]["names"]),
        works=_set(works["nouns"]),
        letters=_set(works["letters"]),
        written=_set(works["written"]),
        alike={noun: frozenset(others) for noun, others in alike.items()},
    )


def _set(words: str) -> frozenset[str]:
    lines = (line.split("#")[0] for line in words.splitlines())
    return frozenset(word for line in lines for word in line.split())


@lru_cache(maxsize=4096)
def singular(noun: str) -> str:
    """A noun without its plural ending, as far as the letters tell."""
    if noun.endswith("men"):
        return noun[:-2] + "an"
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "sses", "xes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) and len(noun) > 3 else noun


@lru_cache(maxsize=16384)
def bare(word: str) -> str:
    """Lower case, without diacritics and dots."""
    if word.isascii():
        return word.lower().replace(".", "").replace("'", "")
    text = unicodedata.normalize("NFKD", word.lower().translate(LETTERS))
    return "".join(c for c in text if not unicodedata.combining(c) and c not in ".'’‘ʻʼ`")


@cache
def given_names(pack: Pack) -> dict[Gender, frozenset[str]]:
    """Given names of one gender, bare."""
    text = gzip.decompress(pack.content("given.tsv.gz")).decode("ascii")
    rows = dict(line.split("\t") for line in text.splitlines())
    return {"female": frozenset(rows["f"].split()), "male": frozenset(rows["m"].split())}


def gender_of_given(name: str) -> Gender | None:
    """The gender of those who bear a given name, where nearly all are of one; for a hyphened one that of its head."""
    table = given_names(current())
    for word in (bare(name), bare(name).split("-")[0]):
        if word in table["female"]:
            return "female"
        if word in table["male"]:
            return "male"
    return None
