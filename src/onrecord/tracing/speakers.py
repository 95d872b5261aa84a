"""Whether a name that a carrier gives and the label of an utterance are one person's.

carrier      "Tim Rusconi", "the oboe hunk"          label  TIMOTHÉE RUSCONI, hautbois solo, délégué des musiciens
carrier      "His flight director"                   label  DAGNY ROURKE-HALE, flight director
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from onrecord.tracing.normal import fold

TOKEN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
SMALL = frozenset("the a an of de la le der van von du des and for his her their its our my de".split())
TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord lady captain capt councillor cllr senator sen rep president mayor"
    " minister judge justice general gen colonel col major sergeant sgt inspector reverend rev monsieur madame mme"
    " herr frau dr. chief chair chairman chairwoman director".split()
)
ROLE_LETTERS = 6


@lru_cache(maxsize=8192)
def _parts(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The tokens of a name without titles, in normal form; and those of what stands behind the first comma."""
    head, _, tail = re.sub(r"[(\[].*", "", name).partition(",")
    named = tuple(t for token in TOKEN.findall(head) if (t := fold(token)) not in TITLES | SMALL)
    role = tuple(t for token in TOKEN.findall(tail) if (t := fold(token)) not in SMALL)
    return named, role


def same_person(given: Collection[str], label: Collection[str]) -> bool:
    """Whether any of the names or descriptions a carrier gives fits any name of the one who spoke."""
    return any(_fits(mine, theirs) for mine in given for theirs in label)


def _fits(mine: str, theirs: str) -> bool:
    (a, _), (b, role) = _parts(mine), _parts(theirs)
    if is_name(mine):
        return bool(a and b) and _last_names(a, b)
    return bool(role) and _describes(mine, role)


def is_name(words: str) -> bool:
    """Whether a phrase ends in a capitalised word: "trawler wife Fatima Goulart", not "the flight director"."""
    head = re.sub(r"[(\[,].*", "", words)
    tokens = TOKEN.findall(head)
    return bool(tokens) and tokens[-1][0].isupper()


def _last_names(a: Sequence[str], b: Sequence[str]) -> bool:
    if a[-1] != b[-1]:
        return False
    if len(a) == 1 or len(b) == 1:
        return True
    first, second = a[-2], b[-2]
    return (
        first[:3] == second[:3]
        or (first[0] == second[0] and 1 in (len(first), len(second)))
        or bool(set(a[:-1]) & set(b[:-1]))
    )


def _describes(words: str, role: Sequence[str]) -> bool:
    """Whether a description holds the words of a role: "his flight director", "flight director"; "the president",
    "présidente"."""
    tokens = [fold(token) for token in TOKEN.findall(words)]
    content = [token for token in tokens if token not in SMALL]
    if not content:
        return False
    shared = [r for r in role if any(_akin(token, r) for token in content)]
    return bool(shared) and _akin(content[-1], shared[-1]) and (len(shared) >= 2 or len(content) == 1 or len(role) == 1)


def _akin(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) >= ROLE_LETTERS and a[:ROLE_LETTERS] == b[:ROLE_LETTERS])


def surname(names: Sequence[str]) -> str:
    """The last word of the first name, in normal form; "" without one."""
    tokens = _parts(names[0])[0] if names else ()
    return tokens[-1] if tokens else ""
