"""The quotation marks of a text: which they are, what stands around each, and what it does for certain."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from onrecord.spans import Span

MARK = re.compile(r"(?P<code>`{3,}|`(?:[^`'’]|(?<=\w)['’](?=\w)){1,80}`(?!`))|``|''|[\"“”„‟«»‘’‚‛'`‹›「」『』＂]")
FAMILY = {
    **dict.fromkeys(("“", "”", "„", "‟", '"', "＂", "``", "''"), "double"),
    **dict.fromkeys("‘’‚‛'`", "single"),
    **dict.fromkeys("«»", "guillemet"),
    **dict.fromkeys("‹›", "angle"),
    **dict.fromkeys("「」", "corner"),
    **dict.fromkeys("『』", "hollow"),
}
ONLY_OPENS = frozenset(("„", "``", "「", "『"))
ONLY_CLOSES = frozenset("」』")

BEFORE_OPENING = frozenset("([{<—–-―/…¿¡*_~|>=“„«‹‘‚\"'「『")
NOT_INSIDE = frozenset(")]},;:")  # what no quotation begins with
BEHIND_SINGLE = frozenset('"“‘[($€£…¿¡#@.-—–')
SENTENCE_STOP = frozenset(".,!?…;:—–-)]")
ELISION = re.compile(r"(?:\d0s|em|till?|tis|twas|n['’])(?!\w)", re.IGNORECASE)
PERHAPS_ELISION = re.compile(r"(?:\d\ds?|cause|bout|round|cos)(?!\w)", re.IGNORECASE)
REACH = 8  # characters on either side that are enough for all of these

Move = Literal["open", "close", "pass"]
"""What a mark does: pass is for apostrophes, inches, bullets and marks gone astray."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark with what stands around it in its paragraph: up to REACH characters as `head` and `tail`.

    `first` says that nothing but white space comes before, `later` how many marks of the family come
    after. `closing` names the families whose next mark that is plain to read, further on, closes.
    """

    start: int
    end: int
    mark: str
    family: str
    head: str
    tail: str
    first: bool
    later: int
    closing: frozenset[str]

    @property
    def before(self) -> str:
        return self.head[-1:] or " "

    @property
    def after(self) -> str:
        return self.tail[:1] or " "

    @property
    def may_open(self) -> bool:
        if self.after.isspace() or self.after in NOT_INSIDE:
            return False
        return self.before.isspace() or self.before in BEFORE_OPENING or _symbol(self.before)

    @property
    def may_close(self) -> bool:
        return not (is_letter(self.after) or self.before.isspace() or self.before in "([{<=")

    @property
    def lonely(self) -> bool:
        return self.before.isspace() and self.after.isspace()

    @property
    def closes_later(self) -> bool:
        """Whether this mark is followed by a plain closing one of its family before any plain opening one."""
        return self.family in self.closing

    @property
    def plain(self) -> Move:
        """What the mark does for certain, by its neighbours alone."""
        if self.mark in ONLY_OPENS or self.mark in ONLY_CLOSES:
            return "open" if self.mark in ONLY_OPENS else "close"
        if self.family == "single":
            if self.opens_single(in_double=False):
                return "open"
            return "close" if self.may_close and self.before in SENTENCE_STOP else "pass"
        if self.may_open == self.may_close:
            return "pass"
        if self.may_open:
            return "open"
        return "pass" if self.before.isdigit() else "close"

    def opens_single(self, *, in_double: bool) -> bool:
        """Whether a single mark opens, and is no apostrophe; `in_double` is right inside a double mark."""
        if self.mark == "‚":
            return not is_letter(self.before)
        if self.mark == "’" or not self.may_open:
            return False
        if not (is_letter(self.after) or self.after in BEHIND_SINGLE or _symbol(self.after)):
            return False
        if ELISION.match(self.tail):
            return False
        if PERHAPS_ELISION.match(self.tail):  # in ’16, but ‘16 people died’
            return self.closes_later or (in_double and self.mark == "‘")
        return True

    def takes_up(self, family: str) -> bool:
        """Whether a paragraph that begins with this mark carries on a quotation of that family."""
        if not self.first or self.family != family or self.mark in ONLY_CLOSES:
            return False
        if family == "single":
            return self.plain == "open"
        return family == "guillemet" or self.mark == "“" or self.may_open


def marks_of(text: str, paragraph: Span) -> list[Mark]:
    """The marks of a paragraph, each knowing those that come after it; code between backticks has none."""
    start, end = paragraph.start, paragraph.end
    first = (paragraph.trim(text) or paragraph).start
    later: Counter[str] = Counter()
    closing: frozenset[str] = frozenset()
    marks = []
    for match in reversed([match for match in MARK.finditer(text, start, end) if match["code"] is None]):
        family = FAMILY[match[0]]
        mark = Mark(
            *match.span(),
            mark=match[0],
            family=family,
            head=text[max(start, match.start() - REACH) : match.start()],
            tail=text[match.end() : min(end, match.end() + REACH)],
            first=match.start() == first,
            later=later[family],
            closing=closing,
        )
        marks.append(mark)
        later[family] += 1
        if (plain := mark.plain) != "pass":
            closing = closing | {family} if plain == "close" else closing - {family}
    return marks[::-1]


def is_letter(character: str) -> bool:
    """Whether it is a letter or digit of a script that puts blanks between words."""
    return character.isalnum() and not "\u2e80" <= character <= "\u9fff"


def _symbol(character: str) -> bool:
    """An emoji, an invisible character, or a CJK one: what may stand before or behind a mark without a blank."""
    return "\u2e80" <= character <= "\u9fff" or unicodedata.category(character) in ("So", "Sk", "Cf")
