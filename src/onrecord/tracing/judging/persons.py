"""Words for persons, of all languages together: titles, offices, who asks, given names. The lists are data."""

from __future__ import annotations

import gzip
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from onrecord.tracing.tables import table
from onrecord.tracing.wording.normal import fold

WordsFor = Literal["askers", "answerers", "asking", "titles", "small", "of", "indefinite", "asked", "written", "citing"]


Gender = Literal["female", "male"]
GENDERS: tuple[Gender, ...] = ("female", "male")
HEAD_LETTERS = 6
"""Letters from which on a word for an office is looked for at the end of a compound."""


@lru_cache(maxsize=16)
def every(kind: WordsFor) -> frozenset[str]:
    """The words of one kind in `speakers.toml`, in normal form."""
    return frozenset(fold(word) for words in table("speakers")[kind].values() for word in str(words).split())


@lru_cache(maxsize=1)
def offices() -> dict[str, str]:
    """Every word for an office, with the one name it has here."""
    return {fold(word): name for name, words in table("speakers")["roles"].items() for word in str(words).split()}


@lru_cache(maxsize=16384)
def office_of(key: str) -> str | None:
    """The office that a folded word is a name of; also at the end of a compound: *Umweltministerin* is a minister."""
    if key in offices():
        return offices()[key]
    return next(
        (office for word, office in offices().items() if len(word) >= HEAD_LETTERS and key.endswith(word)), None
    )


def is_title(word: str) -> bool:
    """Whether a word before a name, or for somebody, is a title, a rank, an office or a trade, and no name."""
    key = fold(word.strip("."))
    return key in every("titles") or office_of(key) is not None or key in every("askers") or key in _english_nouns()


def is_given_name(word: str) -> bool:
    """Whether a word, or the first part of a double one, is known as a given name anywhere."""
    return _gender_by_name(word) is not None


def gender_of(names: Iterable[str]) -> Gender | None:
    """The gender that forms of address or the given name tell, where one does."""
    tokens = [fold(token.strip(".,")) for name in names for token in name.split()]
    for gender in GENDERS:
        if any(token in _words("addressed", gender) for token in tokens):
            return gender
    return next((told for token in tokens if not is_title(token) and (told := _gender_by_name(token))), None)


def is_pronoun(words: str) -> bool:
    """Whether a source is a mere pronoun."""
    return any(fold(words) in _words("pronouns", gender) for gender in (*GENDERS, "either"))


def may_mean(pronoun: str, names: Iterable[str]) -> bool:
    """Whether a pronoun may stand for one who is called so: unless both genders are known and differ."""
    told = next((gender for gender in GENDERS if fold(pronoun) in _words("pronouns", gender)), None)
    gender = gender_of(names)
    return told is None or gender is None or told == gender


@lru_cache(maxsize=8)
def _words(kind: str, row: str) -> frozenset[str]:
    return frozenset(map(fold, str(table("speakers")[kind][row]).split()))


@lru_cache(maxsize=16384)
def _gender_by_name(word: str) -> Gender | None:
    key = fold(word.strip(".")).split("-")[0]
    return next((gender for gender in GENDERS if key in _given_names()[gender]), None)


@lru_cache(maxsize=1)
def _given_names() -> dict[Gender, frozenset[str]]:
    text = gzip.decompress(files("onrecord.data.en").joinpath("given.tsv.gz").read_bytes()).decode("ascii")
    rows = dict(line.split("\t") for line in text.splitlines())
    return {"female": frozenset(rows["f"].split()), "male": frozenset(rows["m"].split())}


@lru_cache(maxsize=1)
def _english_nouns() -> frozenset[str]:
    lists = tomllib.loads(files("onrecord.data.en").joinpath("nouns.toml").read_text(encoding="utf-8"))
    return frozenset(" ".join((lists["persons"]["nouns"], lists["titles"]["words"])).split())
