"""Names of persons compared across spellings: Sergei and Sergey, Zelensky and Zelenskyy, Orbán Viktor, van der Bellen.

`fold` brings a word to a form in which usual transliterations of Cyrillic, Arabic and Greek and the loss of diacritics
fall together. It is a hash, not a spelling: what folds alike is a candidate, and counts as weaker evidence than the
same letters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ə": "a", "ŋ": "n"}
)
FOLDS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"[’'ʼ`ʻ\-]", ""),
        (r"(?:[iy]y|ij|iy|yi|ii|ey|ei|y|i)$", "i"),
        (r"^(?:ye|je)", "e"),
        (r"i?[yj]u|iu", "iu"),
        (r"i?[yj]a|ia", "ia"),
        (r"i?[yj]e|ie", "e"),
        (r"kh", "h"),
        (r"gh", "g"),
        (r"dh", "d"),
        (r"ph", "f"),
        (r"ks", "x"),
        (r"ck", "k"),
        (r"q", "k"),
        (r"w", "v"),
        (r"[yj]", "i"),
        (r"oe", "o"),
        (r"ue", "u"),
        (r"ae", "a"),
        (r"ou", "u"),
        (r"oo", "u"),
        (r"ee", "i"),
        (r"(.)\1+", r"\1"),
    )
)
PARTICLES = frozenset(
    "van von der den de del della di da do dos du la le los las bin ibn bint ben al el ul ad as an ter ten te zu zur af"
    " av y e st mc abu umm ould uld".split()
)
HONORIFICS = frozenset(
    "mr mrs ms miss mx dr sir dame lord lady baroness baron prof professor gen general lt col colonel maj major capt"
    " captain sgt adm admiral rev reverend sen senator rep representative hon sheikh shaikh ayatollah hojatoleslam"
    " president chancellor minister king queen prince princess pope cardinal archbishop bishop imam mullah maulana"
    " rt".split()
)
SUFFIXES = frozenset("jr sr ii iii iv".split())
WORD = re.compile(r"[^\W\d_]+(?:['’ʼ\-][^\W\d_]+)*\.?", re.UNICODE)


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """The form in which spellings of one word fall together."""
    text = bare(word)
    for pattern, to in FOLDS:
        text = pattern.sub(to, text)
    return text


@lru_cache(maxsize=65536)
def bare(word: str) -> str:
    """Lower case without diacritics and dots."""
    text = unicodedata.normalize("NFKD", word.lower().translate(LETTERS))
    return "".join(c for c in text if not unicodedata.combining(c)).replace(".", "").translate(LETTERS)


def words_of(name: str) -> list[str]:
    """The words of a name that tell who it is: without honorifics and particles, "al-" and the like split off.

    >>> words_of("Sheikh Abdullah bin Zayed Al Nahyan")
    ['Abdullah', 'Zayed', 'Nahyan']
    """
    found = [m[0].rstrip(".") for m in WORD.finditer(name)]
    pieces = [piece for word in found for piece in _split(word)]
    while len(pieces) > 1 and bare(pieces[-1]) in SUFFIXES:
        pieces.pop()
    plain = [p for i, p in enumerate(pieces) if bare(p) not in HONORIFICS or i == len(pieces) - 1]
    kept = [p for p in plain if bare(p) not in PARTICLES or (p.isupper() and len(p) > 1)]
    return kept or plain or pieces


def keys_of(name: str) -> list[str]:
    """Under which keys a name is found: each of its words, and those of a hyphenated word too, folded."""
    keys: list[str] = []
    for word in words_of(name):
        parts = [word, *re.split(r"[-]", word)] if "-" in word else [word]
        keys += [key for part in parts if len(key := fold(part)) > 1 and key not in keys]
    return keys


def likeness(asked: str, known: str) -> tuple[float, str]:
    """How well ``asked`` can be the name ``known``, 0 to 1, and why. 0 where a word contradicts it.

    Every word of ``asked`` must be found in ``known``: alike, as its initial, as a short form of it or folded alike;
    the surname (the last or, in Hungarian and East Asian order, the first word) must be among them.
    """
    asked_words, known_words = words_of(asked), words_of(known)
    if not asked_words or not known_words:
        return 0.0, ""
    score, taken, notes = 1.0, set[int](), list[str]()
    for word in asked_words:
        best, at, note = 0.0, -1, ""
        for i, other in enumerate(known_words):
            if i not in taken and (found := _alike(word, other))[0] > best:
                (best, note), at = found, i
        if not best:
            return 0.0, ""
        taken.add(at)
        score *= best
        notes += [note] if note else []
    if len(taken) == 1 and len(asked_words) == 1 and len(known_words) > 1:
        (only,) = taken
        if only == len(known_words) - 1:
            return 0.6 * score, "; ".join(["surname", *notes])
        if only == 0:
            return 0.45 * score, "; ".join(["first word of the name", *notes])
        return 0.4 * score, "; ".join(["part of the name", *notes])
    if not taken & {0, len(known_words) - 1} or all(len(asked_words[i]) == 1 for i in range(len(asked_words))):
        return 0.0, ""
    if len(known_words) > len(taken) and len(known_words) - 1 not in taken and 0 in taken and len(known_words) > 2:
        score *= 0.9  # García Márquez as García; a patronymic in the last place
    return score, "; ".join(["full name", *notes])


def _alike(word: str, other: str) -> tuple[float, str]:
    if word == other or bare(word) == bare(other):
        return 1.0 if word == other else 0.99, "" if word == other else "but for diacritics"
    if fold(word) == fold(other):
        return 0.95, f"{word} for {other}"
    if len(bare(word)) == 1 and bare(other).startswith(bare(word)):
        return 0.8, f"{word}. for {other}"
    if fold(other) in nicknames().get(fold(word), frozenset()):
        return 0.92, f"{word} for {other}"
    if "-" in other and fold(word) in {fold(part) for part in other.split("-")}:
        return 0.85, f"{word} for {other}"
    if "-" in word and fold(other) in {fold(part) for part in word.split("-")}:
        return 0.85, f"{word} for {other}"
    return 0.0, ""


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """Given names that stand for one another, folded (data/directory/given.tsv: one row of names that are one)."""
    table: dict[str, set[str]] = {}
    text = files("onrecord.data.directory").joinpath("given.tsv").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            row = {fold(name) for name in line.split()}
            for name in row:
                table.setdefault(name, set()).update(row - {name})
    return {name: frozenset(others) for name, others in table.items()}


def _split(word: str) -> list[str]:
    head, _, tail = word.partition("-")
    if tail and bare(head) in PARTICLES:
        return [tail]
    return [word]
