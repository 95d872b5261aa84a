"""Fingerprints of a text: a few stable 64-bit numbers that two carriers of the same words share.

    words         we did not know that it could stick
    shingles      (we did not) (did not know) (not know that) …         every run of SIZE words
    fingerprints  of each WINDOW neighbouring shingles the one with the least hash

So two texts that share SIZE + WINDOW - 1 words in a row share a fingerprint, whatever stands around them: what a
trimmed or stitched quotation needs. The method is winnowing (Schleimer, Wilkerson and Aiken 2003, Local algorithms for
document fingerprinting). A text of up to SHORT words keeps all its shingles, one of fewer than SIZE words its whole.

The numbers are signed, as databases keep them, and are the same in every run and on every machine.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

SIZE = 3
WINDOW = 2
SHORT = 8
MASK = (1 << 64) - 1
STEP = 0x9E3779B97F4A7C15
MIX = 0xD6E8FEB86659FD93

WORD = re.compile(r"\d[\d.,]*\d|[^\W_]+(?:'[^\W_]+)*")
BETWEEN_DIGITS = re.compile(r"(?<=\d),(?=\d{3})")


def plain_words(text: str) -> list[str]:
    """The words in lower case, without marks; a number keeps its point and loses the commas between thousands.

    Plainer than the normal form that verdicts compare, and not to be improved: kept fingerprints rest on it.
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'")
    return WORD.findall(BETWEEN_DIGITS.sub("", plain.casefold()))


def fingerprints(text: str) -> tuple[int, ...]:
    """The fingerprints of a text, in ascending order, without doubles: about two for three words."""
    return fingerprints_of(plain_words(text))


def fingerprints_of(words: Sequence[str]) -> tuple[int, ...]:
    """The fingerprints of words that `plain_words` gave; none for none."""
    hashes = shingles(words)
    if len(words) > SHORT:
        hashes = [min(hashes[at : at + WINDOW]) for at in range(len(hashes) - WINDOW + 1)]
    return tuple(sorted(set(hashes)))


def shingles(words: Sequence[str]) -> list[int]:
    """The hash of every run of SIZE words, in order; of all the words where they are fewer."""
    if not words:
        return []
    numbers = [number_of(word) for word in words]
    hashes = []
    for at in range(max(1, len(numbers) - SIZE + 1)):
        mixed = 0
        for number in numbers[at : at + SIZE]:
            mixed = (mixed * STEP + number) & MASK
        mixed = ((mixed ^ (mixed >> 32)) * MIX) & MASK
        mixed ^= mixed >> 29
        hashes.append(mixed - (1 << 64) if mixed >> 63 else mixed)
    return hashes


@lru_cache(maxsize=1 << 18)
def number_of(word: str) -> int:
    """64 bits of the BLAKE2b digest of a word."""
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
