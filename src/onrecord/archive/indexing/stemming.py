"""The stem that the forms of an English word share (Porter's second algorithm, "Snowball English").

The only file that imports snowballstemmer. Search looks up which words of the archive share the stem of a word that is
asked for; nothing is ever stored stemmed in place of its word.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Protocol

REMEMBERED = 200_000  # words
LONGEST = 40  # letters; nothing longer is an English word


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802


@cache
def _stemmer() -> _Stemmer:
    import snowballstemmer

    stemmer: _Stemmer = snowballstemmer.stemmer("english")
    return stemmer


@lru_cache(maxsize=REMEMBERED)
def stem(word: str) -> str:
    """The stem of a folded `word`; the word itself where it is none of Latin letters alone.

    >>> stem("negotiations"), stem("negotiated"), stem("s400")
    ('negoti', 'negoti', 's400')
    """
    if not word.isascii() or not word.isalpha() or len(word) > LONGEST:
        return word
    return _stemmer().stemWord(word)
