"""The words of a cue, and lexicons of cues.

An entry of a lexicon is a row of words, between which up to two others may stand ("let it slip"); its verbs and nouns
match in all their forms. The lexicons are tables of the language pack.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from onrecord.finding.framing.inflection import noun_forms, verb_forms
from onrecord.finding.pack import Pack, current, pattern
from onrecord.spans import Span

STEMS = {"wo": "will", "ca": "can", "sha": "shall"}
KINDS = ("verbs", "nouns", "adverbs", "other")
GAP = 2
"""How many other words may stand between two words of an entry."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One cue of a lexicon: its words joined by "_", its class, where the class comes from, and its kind of words."""

    name: str
    label: str
    after: str
    kind: str
    slots: tuple[frozenset[str], ...]
    gap: int = GAP


class Match(NamedTuple):
    """Where an entry stands among the words of a cue: ``words[start:end]``."""

    entry: Entry
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every form that an entry can begin with, to the entries that do."""

    entries: Mapping[str, tuple[Entry, ...]]

    def matches(self, words: Sequence[str]) -> Iterator[Match]:
        """Every entry that stands among the words of a cue, from the left."""
        for start, word in enumerate(words):
            for entry in self.entries.get(word, ()):
                if end := _reach(entry, words, start):
                    yield Match(entry, start, end)


def lexicon(name: str) -> Lexicon:
    """The lexicon ``<name>.toml`` of the language that is read."""
    return _lexicon(current(), name)


@cache
def _lexicon(pack: Pack, name: str) -> Lexicon:
    index: dict[str, list[Entry]] = {}
    for group in pack.table(name)["group"]:
        for kind in KINDS:
            for words in group.get(kind, "").split():
                slots = _slots(words.split("_"), kind)
                entry = Entry(words, group["class"], group.get("after", ""), kind, slots, group.get("gap", GAP))
                for form in entry.slots[0]:
                    index.setdefault(form, []).append(entry)
    return Lexicon({form: tuple(entries) for form, entries in index.items()})


def cue_words(text: str, spans: Sequence[Span]) -> tuple[str, ...]:
    """The words of a cue in lower case, contractions taken apart: "didn’t say" gives did, not, say."""
    return tuple(
        part
        for span in spans
        for match in pattern("token").finditer(text, span.start, span.end)
        for part in _apart(match[0].lower().replace("’", "'"))
    )


def _reach(entry: Entry, words: Sequence[str], start: int) -> int | None:
    """Where the entry ends if it begins at ``start``; None where it does not stand there."""
    at = start
    for slot in entry.slots[1:]:
        near = (n for n in range(at + 1, min(at + entry.gap + 2, len(words))) if words[n] in slot)
        if (found := next(near, None)) is None:
            return None
        at = found
    return at + 1


def _slots(words: list[str], kind: str) -> tuple[frozenset[str], ...]:
    slots = [frozenset({word}) for word in words]
    if kind == "verbs":
        slots[0] = verb_forms(words[0])
    elif kind == "nouns":
        slots[-1] = noun_forms(words[-1])
    return tuple(slots)


def _apart(word: str) -> list[str]:
    if word == "cannot":
        return ["can", "not"]
    match = pattern("contracted").match(word)
    if not match:
        return [word]
    stem, ending = match.groups()
    return [STEMS.get(stem, stem), "not"] if ending == "n't" else [stem, ending]
