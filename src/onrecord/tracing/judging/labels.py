"""Who speaks where in a transcript: the labels before its turns, in any script and in the styles that are in use.

    DAGNY ROURKE-HALE, flight director: Good afternoon.        С.В.САВЕЛЬЕВ: Добрый день.        **Holt:** We knew.
    [00:12:04] Holt (Quay Herald): Why?                        Q: Why?          Frage: Warum?    12  Q. Why?
    HOLT — We knew.                                            [Holt] We knew.
    HOLT                                                       – Why did nobody act?
    We knew.                                                   – We did not know.

A style counts where at least two turns have it; the colon comes first, then those that stand further from it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from onrecord.spans import Span
from onrecord.tracing.judging.persons import every
from onrecord.tracing.wording.normal import fold

BEFORE = (
    r"^[ \t]*(?:\d{1,4}[.)]?[ \t]+)?(?:>> ?|- |– |— )?"
    r"(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?[ \t]*(?:[-–—][ \t]*)?)?(?:[*_]{1,3})?"
)
"""What may stand before a label: the number of a line, a dash, a time, marks of bold."""
ABBREVIATIONS = r"\b(?:(?i:Dr|Mr|Mrs|Ms|St|Prof|Gen|Sen|Rep|Capt|Col|Lt|Hon|Rev|Jr|Sr)|[^\W\d_])\."
NAME = (
    r"(?P<name>(?=[^\W\d_])[^:：\n.!?*\[\]]{0,90}?(?:\[[^\]\n]{0,60}\]\s?)?"
    rf"(?:{ABBREVIATIONS}[^:：\n.!?]{{0,60}}){{0,4}})"
)
COLON = re.compile(rf"{BEFORE}{NAME}\s?(?:[*_]{{0,3}}[:：][*_]{{0,3}}(?=\s|[“„«\"])|：)[ \t]*", re.M)
BRACKET = re.compile(rf"{BEFORE}[\[【](?P<name>[^\W\d_][^\]】\n]{{0,60}})[\]】][*_]{{0,3}}[ \t]*:?[ \t]*(?=\S)", re.M)
LETTER = re.compile(r"^[ \t]*(?:\d{1,4}[ \t]+)?(?P<name>[^\W\d_]{1,2})[.)][ \t]+(?=\S)", re.M)
DASH = re.compile(
    rf"{BEFORE}(?P<name>[^\W\d_][^:\n.!?—–]{{1,60}}?(?:{ABBREVIATIONS}[^:\n.!?—–]{{0,60}}){{0,3}})\.? ?[—–] (?=\S)",
    re.M,
)
ALONE = re.compile(rf"{BEFORE}(?P<name>[^\W\d_][^:\n!?]{{1,70}}?)[*_]{{0,3}}[ \t]*\n(?=\s*\S)", re.M)
SPOKEN = re.compile(r"^[ \t]*(?P<name>[-–—])[ \t]+(?=[^\W_])", re.M)
"""A dash of dialogue: a new turn, and no name."""
CLOSING = re.compile(
    r"\s*(?:\(?(?:ends?|fin|ende|конец|end of transcript|the hearing closed)\b[^\n]{0,40}|\([^)\n]*\))\s*\Z", re.I
)
NOT_NAMES = frozenset("note source sources nb ps photo foto video quelle примечание источник фото".split())
FEWEST_TURNS = 2
FEWEST_DIALOGUE = 4
"""Dashes of dialogue below this may be a list."""
LONGEST_NAME = 6
"""Words that a label has before a comma or bracket, small ones counted."""
LONGEST_ALONE = 5
"""The same for a label on a line of its own, which might be a headline."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One labelled turn: the label as printed, a dash where that is all, and the span of what was said."""

    label: Span
    said: Span


def turns(text: str) -> tuple[Turn, ...]:
    """The labelled turns of a text, in order; none where fewer than two paragraphs begin with a label."""
    colons = [match for match in COLON.finditer(text) if is_label(match["name"])]
    for found in (colons, *_further_styles(text)):
        made = tuple(_turns(text, found))
        if len(made) >= FEWEST_TURNS:
            return made
    return ()


def lone_turn(text: str) -> Turn | None:
    """The one turn of a text with one label, at the beginning of a paragraph, that names somebody in full."""
    found = [match for match in COLON.finditer(text) if is_label(match["name"])]
    if len(found) != 1 or len(re.split(r"[,(]", found[0]["name"])[0].split()) < 2:
        return None
    return next(_turns(text, found), None)


def _further_styles(text: str) -> Iterator[list[re.Match[str]]]:
    """The labels of each other style, where they are labels at all."""
    letters = every("askers") | every("answerers")
    yield [match for match in LETTER.finditer(text) if fold(match["name"]) in letters]
    yield [match for match in BRACKET.finditer(text) if is_label(match["name"])]
    for pattern, longest in ((DASH, LONGEST_NAME), (ALONE, LONGEST_ALONE)):
        found = [match for match in pattern.finditer(text) if is_label(match["name"], longest)]
        often = Counter(match["name"].strip() for match in found)
        known = {fold(re.split(r"[,(]", name)[0].split()[-1]) for name, times in often.items() if times > 1}
        kept = [match for match in found if _is_known(match["name"], known)]
        yield kept if len({match["name"].strip() for match in kept}) >= FEWEST_TURNS else []
    dashes = list(SPOKEN.finditer(text))
    yield dashes if len(dashes) >= FEWEST_DIALOGUE and any(m == "?" for m in _last_marks(text, dashes)) else []


def _is_known(name: str, known: set[str]) -> bool:
    """Whether a name that stands without a colon is a label: it comes again, in short or in full, or asks."""
    key = fold(re.split(r"[,(]", name)[0].split()[-1])
    return key in known or key in every("askers")


def _last_marks(text: str, found: list[re.Match[str]]) -> Iterator[str]:
    for turn in _turns(text, found):
        yield turn.said.slice(text)[-1]


def _turns(text: str, labels: list[re.Match[str]]) -> Iterator[Turn]:
    for match, following in zip_longest(labels, labels[1:]):
        end = following.start() if following else _without_closing(text)
        said = Span(match.end(), end).trim(text) if match.end() < end else None
        if said is not None:
            yield Turn(Span(*match.span("name")), said)


def is_label(label: str, longest: int = LONGEST_NAME) -> bool:
    """Whether words before a colon name somebody: a few words, each with a capital unless it is small or behind a
    comma; no sentence."""
    head = re.split(r"[,(\[]", label, maxsplit=1)[0].split()
    if not 0 < len(head) <= longest or fold(head[0]) in NOT_NAMES:
        return False
    return all(not word[0].islower() or fold(word) in every("small") for word in head)


def _without_closing(text: str) -> int:
    """Where the last turn ends: before a closing remark of the minutes, such as "(Ends 15:26)"."""
    paragraphs = text.rstrip().rsplit("\n", 1)
    if len(paragraphs) == 2 and CLOSING.match(paragraphs[1]):
        return len(paragraphs[0])
    return len(text)
