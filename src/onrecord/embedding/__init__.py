"""Sentence vectors: texts alike in meaning lie close together, whatever their words.

Two models, both optional and both run on the CPU: `english.load()` (English; extra "semantic") and
`crosslingual.load()` (sixteen languages; extra "tracing"). Either raises MissingExtra where its package is not there;
`installed()` takes the one that knows more.
"""

from __future__ import annotations

from functools import cache

from onrecord.embedding.vectors import Embedder, Meanings, Vectors
from onrecord.errors import MissingExtra

__all__ = ["Embedder", "Meanings", "Vectors", "installed"]


@cache
def installed() -> Meanings:
    """Cross-lingual vectors where their package is there, else English ones. Raises MissingExtra without either."""
    from onrecord.embedding import crosslingual, english

    try:
        return Meanings(crosslingual.load())
    except MissingExtra as missing:
        try:
            return Meanings(english.load())
        except MissingExtra:
            raise missing from None
