"""Whether a name or description that a carrier gives is that of the one who spoke.

carrier      "Tim Rusconi", "the oboe hunk"          label  TIMOTHÉE RUSCONI, hautbois solo, délégué des musiciens
carrier      "Archdeacon Rusconi"                    label  RUSCONI                             any title or rank
carrier      "His flight director"                   label  DAGNY ROURKE-HALE, flight director
carrier      "The Ledger"                            label  LISE MARCHETTI, The Sundvik Ledger
carrier      "Lawrow", "Lavrov"                      label  С.В.ЛАВРОВ

Nothing is compared as a bare string: names are compared word by word, whatever the script; what stands before a surname
is a given name, an initial or a title; where only one side gives a name nothing can be said against the other.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import dropwhile, takewhile
from typing import Literal

from onrecord.tracing.judging.letters import same_initial, spelt_alike
from onrecord.tracing.judging.persons import every, is_given_name, is_title, office_of
from onrecord.tracing.wording.normal import fold

Match = Literal["same", "may be", "unknown", "other"]
"""One person or body; perhaps; nothing tells; two that differ, both named."""

TOKEN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*\.?")
BRACKETED = re.compile(r"[(\[]([^)\]\n]*)[)\]]?")
POSSESSOR = re.compile(r"^.*[^\W\d_]['’]s?\s+(?=[^\W\d_])")
"""*Vossberg's Karin Lindemann-Roy*: whose she is is no part of her name."""
ROLE_LETTERS = 6
"""Letters that two forms of one word for an office share: presidente, présidente."""
NICKNAME_LETTERS = 3
"""Letters that a short form shares with the given name: Tim, Timothée."""


@dataclass(frozen=True, slots=True)
class Called:
    """The words for somebody: the `name` without titles, and what else they say of that one (`role`), folded.

    `before` are the words before the name that may be titles, ranks or offices. `name` is empty where there is none.
    """

    name: tuple[str, ...]
    before: tuple[str, ...]
    role: tuple[str, ...]


def match(given: Collection[str], label: Collection[str]) -> Match:
    """How the names and descriptions a carrier gives stand to the names of one who spoke.

    >>> match(("Brigadier Feldkamp",), ("ONA FELDKAMP-REYES, chief observer",))
    'same'
    >>> match(("the minister",), ("HOLT",)), match(("Ana Holt",), ("RENA HOLT",))
    ('unknown', 'other')
    """
    proper = [words for words in given if called(words).name]
    found = {_match(mine, theirs, bool(proper)) for mine in given for theirs in label}
    return next((kind for kind in ("same", "may be", "other") if kind in found), "unknown")


def same_person(given: Collection[str], label: Collection[str]) -> bool:
    """Whether any of the names or descriptions a carrier gives fits any name of the one who spoke."""
    return match(given, label) == "same"


@lru_cache(maxsize=65536)
def _match(mine: str, theirs: str, named: bool) -> Match:
    """One name or description against one label; where the carrier gives a name, descriptions do not count."""
    left, right = called(mine), called(theirs)
    if left.name:
        if right.name and (found := _names(left, right)) != "other":
            return found
        if _stands_for(left.name, theirs):
            return "same"
        return "other" if right.name else "unknown"
    role = (*right.before, *right.role)
    if named or not role:
        return "unknown"
    return "same" if _describes(mine, role) else "may be" if _has_head_of(mine, role) else "unknown"


@lru_cache(maxsize=16384)
def called(words: str) -> Called:
    """The name and the role in a label, a name or a description."""
    inside = " ".join(BRACKETED.findall(words))
    plain = BRACKETED.sub(" ", words)
    head, _, tail = plain.partition(",")
    tokens = TOKEN.findall(POSSESSOR.sub("", head.strip()))
    name = _name_at_the_end(tokens)
    if not name and inside:
        name = _name_at_the_end(TOKEN.findall(inside.partition(",")[0]))
        inside = "" if name else inside
    before = tokens[: len(tokens) - len(name)] if name and tokens[-len(name) :] == name else tokens
    return Called(
        tuple(name),
        tuple(key for token in before if (key := fold(token.strip("."))) not in every("small")),
        tuple(key for token in TOKEN.findall(f"{tail} {inside}") if (key := fold(token)) not in every("small")),
    )


def _name_at_the_end(tokens: list[str]) -> list[str]:
    """The run of words with capitals that ends a phrase, behind its last title: *trawler wife Fatima Goulart* has one,
    *the flight director*, *THE CHAIR* and *Mayor of Evrin* have none."""
    run: list[str] = []
    for token in reversed(tokens):
        if token[0].islower() and fold(token) not in every("small"):
            break
        if is_title(token) and not (not run and len(tokens) > 1 and is_given_name(token)):
            break
        run.insert(0, token)
    if len(run) < len(tokens) and run[:1] and fold(run[0]) in every("of"):
        return []
    while run and ((fold(run[0]) in every("small") and run[0][0].islower()) or fold(run[0]) == "the"):
        run.pop(0)
    return [token.strip(".") for token in run] if any(len(token.strip(".")) > 1 for token in run) else []


def surname(names: Sequence[str]) -> str:
    """The last word of the first name, in normal form; "" without one."""
    name = called(names[0]).name if names else ()
    return fold(name[-1]) if name else ""


def is_name(words: str) -> bool:
    """Whether a phrase names somebody: "trawler wife Fatima Goulart", not "the flight director"."""
    return bool(called(words).name)


def is_role(label: str) -> bool:
    """Whether a label says what somebody is and not who: *MINISTER*, *The Chair*, *Глава МИД*."""
    return bool(label) and not called(label).name


def _names(left: Called, right: Called) -> Match:
    """Two names against each other."""
    a, b = left.name, right.name
    shorter, longer = (a, b) if len(a) <= len(b) else (b, a)
    if all(any(_alike(one, other) for other in longer) for one in shorter):
        if len(shorter) == 1 and len(longer) > 1 and not _alike(shorter[0], longer[-1]):
            return "may be" if _alike(shorter[0], longer[0]) and is_given_name(shorter[0]) else "same"
        return "same"
    if _alike(a[-1], b[-1]):
        first, second = a[:-1], b[:-1]
        if not first or not second or any(_short_for(one, other) for one in first for other in second):
            return "same"
        if not any(map(_is_given, first)) or not any(map(_is_given, second)):
            return "same" if len(first) == 1 or len(second) == 1 else "may be"
        return "other"
    if len(shorter) == 1 and len(longer[0]) > 1 and _short_for(shorter[0], longer[0]):
        return "may be"
    return "other"


def _alike(one: str, other: str) -> bool:
    """Whether two words of names are one, or one is a part of the other's double name."""
    if spelt_alike(one, other):
        return True
    parts, others = re.split("[-'’]", one), re.split("[-'’]", other)
    if len(parts) == len(others):
        return False
    fewer, more = sorted((parts, others), key=len)
    return all(len(part) > 1 and any(spelt_alike(part, whole) for whole in more) for part in fewer)


def _is_given(word: str) -> bool:
    return len(word) == 1 or is_given_name(word)


def _short_for(one: str, other: str) -> bool:
    """Whether a given name is another's initial or short form, in any script."""
    a, b = fold(one), fold(other)
    if spelt_alike(one, other):
        return True
    if 1 in (len(a), len(b)):
        return same_initial(one, other)
    return a[:NICKNAME_LETTERS] == b[:NICKNAME_LETTERS]


def _stands_for(name: tuple[str, ...], label: str) -> bool:
    """Whether a name is that of the body for which a label says that somebody speaks: its first words, nearly all."""
    _, _, tail = BRACKETED.sub(" ", label).partition(",")
    bodies = [tail, *BRACKETED.findall(label), label]
    for body in bodies:
        tokens = [token for token in TOKEN.findall(body) if fold(token) not in every("small")]
        capitals = [token for token in tokens if not token[0].islower()]
        mine = [token for token in name if fold(token) not in every("small")]
        if mine and capitals and all(any(spelt_alike(one, token) for token in capitals) for one in mine):
            if body is not label and tokens[:1] == capitals[:1] and 2 * len(mine) >= len(capitals):
                return True
            if body is label and len(mine) > 1 and is_title(tokens[0]) and tokens[-1] == capitals[-1]:
                return fold(tokens[-1]) == fold(mine[-1])
    return False


def describes(words: str, role: Collection[str]) -> bool:
    """Whether a description holds the words of a role: "his flight director", "flight director"; "the president",
    "présidente"."""
    return _describes(words, tuple(role))


@lru_cache(maxsize=16384)
def _describes(words: str, role: tuple[str, ...]) -> bool:
    tokens = [fold(token) for token in TOKEN.findall(words)]
    content = [token for token in tokens if token not in every("small")]
    if not content or not role:
        return False
    shared = [r for r in role if any(_akin(token, r) for token in content)]
    return bool(shared) and _akin(content[-1], shared[-1]) and (len(shared) >= 2 or len(content) == 1 or len(role) == 1)


def _has_head_of(words: str, role: tuple[str, ...]) -> bool:
    """Whether a description has the noun of a role: "stony-faced coach", "head coach"."""
    noun = fold(head_noun(words))
    return bool(noun) and any(_akin(noun, word) and is_title(word) for word in role)


def head_noun(words: str) -> str:
    """The noun of a description, "" if none: *groups* of "two groups of seven", *board* of "the board of Lumenar"."""
    tokens = TOKEN.findall(words.split(",")[0])
    begun = dropwhile(lambda token: fold(token) in every("small") | every("indefinite"), tokens)
    phrase = list(takewhile(lambda token: fold(token) not in every("small"), begun))
    return phrase[-1] if phrase else ""


def _akin(a: str, b: str) -> bool:
    if a == b or (min(len(a), len(b)) >= ROLE_LETTERS and a[:ROLE_LETTERS] == b[:ROLE_LETTERS]):
        return True
    office = office_of(a)
    return office is not None and office == office_of(b)
