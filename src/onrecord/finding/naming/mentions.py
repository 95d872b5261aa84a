"""Mentions: the places of a text where a person, body, group, place or work is spoken of.

    [The council] had asked [Ana Holt], [its surveyor]. “[I] said no,” [she] told [the Dale Gazette].

What one is and where it stands; ``scanning`` finds them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from onrecord.finding.naming.phrases import Phrase
from onrecord.finding.pack import Pack, current, listed
from onrecord.finding.segments import paragraphs, sentences
from onrecord.records import Record, Statement
from onrecord.spans import Overlaps, Span

Form = Literal["name", "nominal", "pronoun"]

BYLINE = 110  # characters
LOOK = 200
"""Characters before a mention in which the words before it are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Mention:
    """One mention: where it stands and what its words tell.

    `wants` is what a pronoun asks for (see `pronouns`), "" else; `sentence` and `paragraph` count from 0; `statements`
    are the ids of those whose source it is. `quoted` is the id of the statement in whose quoted words it stands,
    `inside` of the one in whose content at all, the innermost. `opens` tells whether nothing but small words stands
    before it in its sentence, `owner` whether it says whose something is, `after` the word before it.
    """

    span: Span
    form: Form
    phrase: Phrase
    wants: str = ""
    sentence: int = 0
    paragraph: int = 0
    statements: tuple[str, ...] = ()
    quoted: str | None = None
    inside: str | None = None
    opens: bool = False
    owner: bool = False
    after: str = ""
    first: bool = False
    leads: bool = False
    byline: bool = False

    @property
    def is_source(self) -> bool:
        return bool(self.statements)


class Layout:
    """Where the paragraphs and sentences of a text begin."""

    def __init__(self, text: str) -> None:
        blocks = paragraphs(text)
        self._paragraphs = [p.start for p in blocks]
        self._sentences = [s.start for p in blocks for s in sentences(text, p)]
        self.starts = frozenset(self._sentences)
        self.heads = frozenset(self._paragraphs)
        self._short = [len(p) <= BYLINE for p in blocks]

    def place(self, mention: Mention, text: str) -> Mention:
        """The mention with its sentence and paragraph."""
        at = mention.span.start
        sentence = max(0, bisect_right(self._sentences, at) - 1)
        before = text[max(self._sentences[sentence], at - LOOK) : at] if self._sentences else ""
        opens = len(before) < 40 and all(
            w in listed("starters") or len(w) < 4 for w in re.findall(r"\w+", before.lower())
        )
        words = before.split()
        paragraph = max(0, bisect_right(self._paragraphs, at) - 1)
        return replace(
            mention,
            sentence=sentence,
            paragraph=paragraph,
            byline=self._short[paragraph],
            opens=opens,
            after=words[-1].lower() if words else "",
        )

    def opens_sentence(self, text: str, at: int) -> bool:
        """Whether a sentence, or a quotation, begins here, so that a capital means nothing."""
        before = text[max(0, at - 4) : at].rstrip(" ")
        return (
            at in self.starts
            or not before
            or before[-1] in '\n“"‘«.!?:…—'
            or before[-1] == "'"
            or before.endswith("))")
        )


class Places:
    """Which statements' contents a place lies in, and whether in quotation marks."""

    def __init__(self, record: Record) -> None:
        self._pieces = [(piece, s) for s in record.statements for piece in s.content]
        self._overlaps = Overlaps([piece for piece, _ in self._pieces])
        self._text = record.article.text

    def place(self, mention: Mention) -> Mention:
        """The mention with the statements that contain it."""
        near = (self._pieces[place] for place in self._overlaps.of(mention.span))
        around = [(piece, s) for piece, s in near if piece.contains(mention.span)]
        around = [(piece, s) for piece, s in around if s.id not in mention.statements]
        if not around:
            return mention
        around.sort(key=lambda pair: len(pair[0]))
        quoted = next((s.id for p, s in around if self._in_marks(p, s, mention.span.start)), None)
        return replace(mention, inside=around[0][1].id, quoted=quoted)

    def _in_marks(self, piece: Span, statement: Statement, at: int) -> bool:
        if statement.form == "direct":
            return True
        if statement.form == "indirect":
            return False
        before = self._text[piece.start : at]
        if before.count("“") + before.count("”") + before.count("‘"):
            return before.count("“") > before.count("”") or before.rfind("‘") > before.rfind("’ ")
        return before.count('"') % 2 == 1


def pronouns() -> Mapping[str, str]:
    """What each pronoun asks for."""
    return _pronouns(current())


@cache
def _pronouns(pack: Pack) -> Mapping[str, str]:
    return {word: wants for wants, words in pack.table("pronouns").items() for word in words.split()}


def pronoun(words: str) -> str:
    """What words ask for that are a pronoun, or ""."""
    return pronouns().get(words.lower().strip(" ,.:;'’“”\"[]()"), "")
