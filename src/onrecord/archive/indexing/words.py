"""The words of a text as search sees them: cut, folded, and in pairs where a script has no spaces.

    text    Müller’s NATO-Plan für 北京市
    words   muller s nato plan fur 北京 京市 市

Both databases index these words and no others, so both find the same. A word is a run of letters, digits and the marks
that belong to them (Unicode), without case and without the accents of U+0300 to U+036F, as the unicode61 tokenizer of
SQLite with remove_diacritics 2 has it. Chinese and Japanese are kept in overlapping pairs of characters, and the last
one of a run alone: any part of a run is then a phrase of pairs, or the beginning of one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

LONGEST = 64  # characters of a word that count
REMEMBERED = 200_000  # words whose folding is kept
RUN = re.compile(
    r"[\w\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    r"\u0900-\u0963\u0966-\u0e4f\u0e50-\u109f]+"
)
ACCENTS = re.compile("[\u0300-\u036f]")
UNSPACED = (
    "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
PIECE = re.compile(rf"[{UNSPACED}]+|[^{UNSPACED}_]+")
IS_UNSPACED = re.compile(rf"[{UNSPACED}]")


class Word(NamedTuple):
    """A folded word, and the characters [start, end) of the text that it stands for."""

    word: str
    start: int
    end: int


def words(text: str) -> list[str]:
    """The folded words of `text`, in its order."""
    found: list[str] = []
    for run in RUN.findall(text):
        found += _folded(run)
    return found


def words_in_place(text: str) -> Iterator[Word]:
    """The same words with their offsets in code points."""
    for run in RUN.finditer(text):
        start = run.start()
        folded = _folded(run.group())
        if len(folded) == 1:
            yield Word(folded[0], start, run.end())
            continue
        for word, first, last in _pieces(run.group()):
            yield Word(word, start + first, start + last)


def asked_words(text: str) -> list[tuple[str, bool]]:
    """The words of `text` where it is a question: each, and whether it may go on (the last, lone character of a run).

    >>> asked_words("北京市 北 Rena")
    [('北京', False), ('京市', False), ('北', True), ('rena', False)]
    """
    asked: list[tuple[str, bool]] = []
    for run in RUN.findall(text):
        for piece in PIECE.findall(run):
            if not IS_UNSPACED.match(piece):
                asked += [(word, False) for word in _folded(piece)]
            elif len(piece) == 1:
                asked.append((_fold(piece), True))
            else:
                asked += [(_fold(piece[at : at + 2]), False) for at in range(len(piece) - 1)]
    return asked


@lru_cache(maxsize=REMEMBERED)
def _folded(run: str) -> tuple[str, ...]:
    if run.isascii() and "_" not in run:
        return (run.lower()[:LONGEST],)
    return tuple(word for word, _, _ in _pieces(run))


def _pieces(run: str) -> list[tuple[str, int, int]]:
    found = []
    for piece in PIECE.finditer(run):
        start, end = piece.span()
        if not IS_UNSPACED.match(piece.group()):
            found.append((_fold(piece.group())[:LONGEST], start, end))
            continue
        found += [(_fold(run[at : min(at + 2, end)]), at, min(at + 2, end)) for at in range(start, end)]
    return [each for each in found if each[0]]


def fold(text: str) -> str:
    """`text` without case and accents; its length may change."""
    if text.isascii():
        return text.lower()
    bare = ACCENTS.sub("", unicodedata.normalize("NFD", text.casefold()))
    return unicodedata.normalize("NFKC", bare).casefold()


def _fold(word: str) -> str:
    folded = fold(word)
    if folded.isalnum():
        return folded
    return "".join(
        character for character in folded if character.isalnum() or unicodedata.category(character)[0] == "M"
    )
