"""A language pack: a folder of ``data`` with the words of one language, each list once, under its name.

    words.toml      lists of words:  hearers = "told asked urged"
    patterns.toml   regular expressions, in which {hearers} stands for any word of that list, the longest first
    *.toml, *.npz   tables and models, as the steps that ask for them read them

The steps of ``finding`` read with the pack of the article's language, which `reading_in` sets for as long as a step
runs; outside of one it is English. What a pack lacks is asked for with `has`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from onrecord.errors import UsageError

REFERENCE = re.compile(r"\{([a-z_]+)\}")
"""A list or pattern named within another; the braces of a count hold digits."""


class Pack:
    """The words of the language ``code``; ``off`` is the name of a list or pattern that shall never match."""

    def __init__(self, code: str, off: str = "") -> None:
        self.code = code
        self._off = off
        self._words: dict[str, frozenset[str]] = {}
        self._patterns: dict[str, re.Pattern[str]] = {}

    def names(self) -> tuple[str, ...]:
        """All lists and patterns."""
        return (*self._lists, *self._expressions)

    def in_order(self, name: str) -> tuple[str, ...]:
        """The words of a list as they stand in the pack; "_" joins those of one entry."""
        if name == self._off:
            return ()
        if name == "irregular_pasts":
            return tuple(
                sorted({forms.split()[0] for verb, forms in self.table("irregular")["forms"].items() if verb != "be"})
            )
        found: list[str] = []
        for word in _entry(self._lists, name, self.code).split():
            reference = REFERENCE.fullmatch(word)
            found += self.in_order(reference[1]) if reference else [word.replace("_", " ")]
        return tuple(found)

    def words(self, name: str) -> frozenset[str]:
        """The words of a list."""
        if name not in self._words:
            self._words[name] = frozenset(self.in_order(name))
        return self._words[name]

    def pattern(self, name: str) -> re.Pattern[str]:
        """A regular expression, compiled once."""
        if name not in self._patterns:
            self._patterns[name] = re.compile("(?!)" if name == self._off else self.expression(name))
        return self._patterns[name]

    def expression(self, name: str) -> str:
        """A regular expression as it is written, its references filled in."""
        return self.filled(_entry(self._expressions, name, self.code))

    def filled(self, expression: str) -> str:
        """An expression of another table with the lists and patterns that it names."""
        return REFERENCE.sub(lambda named: self._reference(named[1]), expression)

    def table(self, name: str) -> Mapping[str, Any]:
        """Another table of the pack."""
        return _table(self.code, name)

    def content(self, name: str) -> bytes:
        """A file of the pack."""
        return (files("onrecord.data") / self.code / name).read_bytes()

    def _reference(self, name: str) -> str:
        if name in self._expressions:
            return "(?!)" if name == self._off else self.expression(name)
        return "|".join(map(re.escape, sorted(self.in_order(name), key=lambda word: (-len(word), word)))) or "(?!)"

    @cached_property
    def _lists(self) -> Mapping[str, str]:
        return _flat(self.table("words"))

    @cached_property
    def _expressions(self) -> Mapping[str, str]:
        return _flat(self.table("patterns"))


@cache
def pack(code: str) -> Pack:
    """The pack of a language by its ISO 639-1 code."""
    return Pack(code)


def has(code: str | None) -> bool:
    """Whether there is a pack for a language; an unknown one is taken for English, as everywhere."""
    return code is None or (code.isalpha() and (files("onrecord.data") / code / "words.toml").is_file())


_READ: ContextVar[Pack | None] = ContextVar("the pack that is read with", default=None)


@contextmanager
def reading_in(used: Pack) -> Iterator[None]:
    """Read with a pack."""
    token = _READ.set(used)
    try:
        yield
    finally:
        _READ.reset(token)


def current() -> Pack:
    """The pack that is read with."""
    return _READ.get() or pack("en")


def listed(name: str) -> frozenset[str]:
    """A list of the pack that is read with."""
    return current().words(name)


def pattern(name: str) -> re.Pattern[str]:
    """A pattern of the pack that is read with."""
    return current().pattern(name)


@cache
def _table(code: str, name: str) -> Mapping[str, Any]:
    return tomllib.loads((files("onrecord.data") / code / f"{name}.toml").read_text("utf-8"))


def _flat(table: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
    """The entries of all sections by name."""
    found: dict[str, str] = {}
    for section, entries in table.items():
        if twice := found.keys() & entries.keys():
            raise UsageError(f"{min(twice)} twice in a language pack", "each list once", f"Rename the one in {section}")
        found |= entries
    return found


def _entry(entries: Mapping[str, str], name: str, code: str) -> str:
    if name not in entries:
        raise UsageError(f"no {name} in the language pack {code}", "a list or pattern of it", "Add it to the pack")
    return entries[name]
