"""Which words grade, limit, count or turn a claim, in one language: the lists of ``data/tracing/edits.toml``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from onrecord.tracing.tables import LANGUAGES, table
from onrecord.tracing.wording.normal import Token, fold, keys_of, spelled

Entry = tuple[str, ...]
"""The words of an entry, in normal form; a last one that ends in a dash is the beginning of a word."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Where an entry stands among words: its first word, and past its last."""

    first: int
    stop: int


def find(words: Sequence[Token], language: str | None, kind: str) -> tuple[Occurrence, ...]:
    """Where entries of a list stand among `words`, the longest at each place; nothing in a language without lists."""
    by_first, prefixes = _entries(language, kind)
    keys = [word.key for word in words]
    found: list[Occurrence] = []
    at = 0
    while at < len(keys):
        entries = (*by_first.get(keys[at], ()), *(e for e in prefixes if keys[at].startswith(e[0][:-1])))
        length = max((len(entry) for entry in entries if _stands(keys, at, entry)), default=0)
        if length:
            found.append(Occurrence(at, at + length))
        at += length or 1
    return tuple(found)


def has(words: Sequence[Token], language: str | None, kind: str) -> bool:
    """Whether an entry of a list stands among `words`."""
    return bool(find(words, language, kind))


def opposed(words: Sequence[Token], others: Sequence[Token], language: str | None) -> Iterator[tuple[int, int]]:
    """The places of two words of which one denies the other: *rises* here, *falls* there."""
    mine, theirs = ([word.key for word in side] for side in (words, others))
    for pair in _opposites(language):
        for left, right in (pair, pair[::-1]):
            here = _places(mine, left)
            there = _places(theirs, right) if here else []
            if there and not _places(mine, right) and not _places(theirs, left):
                yield here[0], there[0]


@lru_cache(maxsize=16)
def done_endings(language: str | None) -> tuple[str, ...]:
    """The endings of words that show that something is done."""
    return tuple(fold(ending.strip()) for ending in _group(language).get("done", "").split(",") if ending.strip())


def _places(keys: Sequence[str], entries: tuple[Entry, ...]) -> list[int]:
    may = [entry for entry in entries if entry[0].endswith("-") or entry[0] in keys]
    return [at for at in range(len(keys)) if any(_stands(keys, at, entry) for entry in may)] if may else []


def _stands(keys: Sequence[str], at: int, entry: Entry) -> bool:
    if at + len(entry) > len(keys):
        return False
    *whole, last = entry
    if any(keys[at + n] != word for n, word in enumerate(whole)):
        return False
    key = keys[at + len(whole)]
    return key.startswith(last[:-1]) if last.endswith("-") else key == last


@lru_cache(maxsize=512)
def _entries(language: str | None, kind: str) -> tuple[dict[str, tuple[Entry, ...]], tuple[Entry, ...]]:
    """The entries by their first word, and those that begin with the beginning of a word."""
    by_first: dict[str, tuple[Entry, ...]] = {}
    prefixes = []
    for entry in _read(_group(language).get(kind, "")):
        if entry[0].endswith("-"):
            prefixes.append(entry)
        else:
            by_first[entry[0]] = (*by_first.get(entry[0], ()), entry)
    return by_first, tuple(prefixes)


@lru_cache(maxsize=16)
def _opposites(language: str | None) -> tuple[tuple[tuple[Entry, ...], tuple[Entry, ...]], ...]:
    pairs = [pair.partition("|") for pair in _group(language).get("opposites", ())]
    return tuple((_read(left), _read(right)) for left, _, right in pairs)


def _group(language: str | None) -> dict[str, str]:
    return dict(table("edits")[language or "en"]) if (language or "en") in LANGUAGES else {}


def _read(listed: str) -> tuple[Entry, ...]:
    return tuple(tuple(_token(token)) for entry in listed.split(",") if (token := entry.strip()))


def _token(entry: str) -> Iterator[str]:
    for token in entry.split():
        if token.endswith("-"):
            yield spelled(fold(token[:-1])) + "-"
        elif token.endswith("'"):
            yield token
        else:
            yield from keys_of(token)
