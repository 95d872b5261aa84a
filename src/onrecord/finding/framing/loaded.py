"""Loaded words: those that show what the writer feels about what is told (``loaded.toml``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from onrecord.finding.framing.cues import lexicon
from onrecord.finding.pack import pattern
from onrecord.spans import Span, merge


class Loaded(NamedTuple):
    """A loaded word or phrase: where it stands, what it is (judgement, appreciation, graduation), and whether it
    qualifies another word."""

    span: Span
    label: str
    qualifies: bool


def loaded_words(text: str, span: Span) -> tuple[Span, ...]:
    """The loaded words and phrases within a span of the text, in order; quotation marks make no difference here.

    >>> text = "She defended her precious scheme."
    >>> [found.slice(text) for found in loaded_words(text, Span(0, len(text)))]
    ['precious']
    """
    return merge(found.span for found in loaded(text, span))


def loaded(text: str, span: Span) -> Iterator[Loaded]:
    """The same with what each is; phrases and the words in them may overlap."""
    tokens = [Span(*match.span()) for match in pattern("token").finditer(text, span.start, span.end)]
    words = [token.slice(text).lower().replace("’", "'") for token in tokens]
    for entry, start, end in lexicon("loaded").matches(words):
        yield Loaded(Span(tokens[start].start, tokens[end - 1].end), entry.label, entry.kind == "other")
