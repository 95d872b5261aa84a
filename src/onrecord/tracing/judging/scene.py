"""The Stage that statements are held against: what a transcript's heading, title and outlet tell of its occasion.

title    Интервью министра иностранных дел И.Савельева телеканалу «Рубеж», 5 июня 2025 года
Stage    day 2025-06-05, kinds interview and broadcast, heading (for the names in it)
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.records import Article
from onrecord.tracing.judging.labels import Turn, lone_turn, turns
from onrecord.tracing.judging.letters import spelt_alike
from onrecord.tracing.judging.persons import every
from onrecord.tracing.tables import table
from onrecord.tracing.wording.normal import fold

HEADING = 400
"""Characters at the beginning of a text without labels in which it is said what it is."""
WORDS = re.compile(r"[^\W\d_]+(?:[-&'’][^\W\d_]+)*")
ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b")
FACE_TO_FACE = 2
"""Labels of an interview."""
BEGINNING = 6
"""Words of an outlet in which its own name is."""
OPENING = 3
"""Words at the beginning of a text in which it says that it is a statement."""
SPOKEN = frozenset(("statement", "speech", "document", "interview", "press_conference", "hearing"))
LEAST_NAME = 3
"""Letters of a word that is looked for in a heading as a name."""


OccasionKey = tuple[str | None, ...]
"""What tells one occasion of an article from another: kind, medium, date and event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """The occasion of a transcript, as far as it is known. Nothing known, everything may be meant.

    `kinds` are kinds of occasion. `heading` is its title and what stands before the first turn, `outlet` who published
    it. `meant` tells that somebody says that the article's occasion is this one; `incomplete` that the transcript is an
    excerpt, so that what is missing there proves nothing; `translated` that it is itself a translation. `met` are the
    occasions of an article that are this one, since words quoted from them stand in the transcript.
    """

    day: datetime.date | None = None
    kinds: frozenset[str] = frozenset()
    heading: str = ""
    outlet: str = ""
    meant: bool = False
    incomplete: bool = False
    translated: bool = False
    met: frozenset[OccasionKey] = frozenset()

    def names(self, words: str) -> bool:
        """Whether the heading or the outlet holds a name: its last word, in any spelling."""
        tokens = [token for token in WORDS.findall(words) if len(token) >= LEAST_NAME]
        there = WORDS.findall(f"{self.heading} {self.outlet}")
        return bool(tokens) and any(_alike(tokens[-1], token) for token in there)

    def is_by(self, words: str) -> bool:
        """Whether a body is the one whose transcript this is: it holds all of its name, from the beginning."""
        name, there = _name_of_a_body(words), WORDS.findall(self.outlet)[:BEGINNING]
        return bool(name) and all(any(_alike(one, token) for token in there) for one in name)


ANYWHERE = Stage()
"""Nothing is known of the occasion."""


def scene_of(article: Article, *, occasion: str | None = None, incomplete: bool = False) -> Stage:
    """The scene of a transcript; `occasion` are words of whoever holds an article against it."""
    labelled = turns(article.text)
    before = article.text[: labelled[0].label.start if labelled else HEADING]
    heading = "\n".join(filter(None, (article.title, before, occasion)))
    return Stage(
        day=article.published or day_in(heading),
        kinds=frozenset(_kinds_in(f"{heading}\n{article.outlet or ''}")) or _by_turns(article.text, labelled),
        heading=heading,
        outlet=article.outlet or _beginning(before),
        meant=occasion is not None,
        incomplete=incomplete,
        translated=_holds(heading, table("scenes")["translated"]["words"].split()),
    )


def _name_of_a_body(words: str) -> list[str]:
    """The words of a body's name; none where it is but a part of one (*the Pelican press office*)."""
    tokens = [token for token in WORDS.findall(words) if fold(token) not in every("small")]
    return [] if any(token[0].islower() for token in tokens) else tokens


def _beginning(heading: str) -> str:
    """The words before the first mark: transcripts often begin with whose they are."""
    return re.split(r"[\n,.:;]", heading.strip(), maxsplit=1)[0]


def held_on(article: Article) -> datetime.date | None:
    """The day of the occasion: the article's own date, or the first full date in the heading of a transcript."""
    return scene_of(article).day


def _by_turns(text: str, labelled: Sequence[Turn]) -> frozenset[str]:
    """An interview, where somebody who is there to ask and one other speak by turns; else nothing is known."""
    labels = {turn.label.slice(text).strip() for turn in labelled}
    asking = {label for label in labels if fold(label.split()[0].strip(".:")) in every("askers")}
    return frozenset(("interview",) if len(labels) == FACE_TO_FACE and len(asking) == 1 else ())


def is_what_was_said(article: Article) -> bool:
    """Whether a text is itself what was said: it has turns, or calls itself a statement, a speech or a letter at its
    very beginning. Else it is an article, of which the quotations count."""
    if turns(article.text) or lone_turn(article.text):
        return True
    beginnings = (article.title or "", article.text.strip())
    return any(kinds_of(" ".join(text.split()[:OPENING])) & SPOKEN for text in beginnings)


def kinds_of(words: str) -> frozenset[str]:
    """The kinds of occasion that words tell: "note", "results call"."""
    return frozenset(_kinds_in(words))


def alike(kind: str, kinds: Collection[str]) -> bool:
    """Whether an occasion of one kind may be one of those."""
    rows = [set(row.split()) for row in table("scenes")["alike"]["rows"]]
    return kind in kinds or any(kind in row and row & set(kinds) for row in rows)


def day_in(heading: str) -> datetime.date | None:
    """The first full date."""
    for pattern in (*_dates(), ISO):
        if match := pattern.search(fold(heading)):
            try:
                return datetime.date(int(match["year"]), _month(match["month"]), int(match["day"]))
            except ValueError:
                continue
    return None


def weekdays_in(words: str) -> frozenset[int]:
    """The days of the week that words name, Monday 0: "Sonntagabend", "on Sunday"."""
    keys = [fold(word) for word in WORDS.findall(words)]
    rows = [list(map(fold, row.split())) for row in table("scenes")["weekdays"].values()]
    return frozenset(n for row in rows for n, day in enumerate(row) if any(key.startswith(day) for key in keys))


def language_in(words: str) -> str | None:
    """The language that words name: "in French", "auf Englisch"."""
    keys = {fold(word) for word in WORDS.findall(words)}
    told = table("scenes")["languages"].items()
    return next((code for code, names in told if keys & set(map(fold, names.split()))), None)


def _kinds_in(text: str) -> Iterator[str]:
    for kind, words in table("scenes")["kinds"].items():
        if _holds(text, words.split()):
            yield kind


def _holds(text: str, words: Collection[str]) -> bool:
    """Whether a text holds any of these; a hyphen in them stands for a blank as well."""
    plain = " " + " ".join(fold(token).replace("-", " ") for token in WORDS.findall(text)) + " "
    return any(f" {fold(word).replace('-', ' ')} " in plain for word in words)


def _alike(one: str, other: str) -> bool:
    return spelt_alike(one, other) or any(spelt_alike(one, part) for part in other.split("-") if "-" in other)


@cache
def _dates() -> tuple[re.Pattern[str], ...]:
    """Days in words: "8 April 2025", "5. Juni 2025", "April 8th, 2025"; a month by its first three letters or more."""
    names = {fold(name) for row in table("scenes")["months"].values() for name in row.split()}
    month = r"(?P<month>" + "|".join(sorted(names | {name[:3] for name in names}, key=len, reverse=True)) + r")\.?"
    first = rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s+(?:of |de )?{month},?\s+(?:de )?(?P<year>\d{{4}})"
    later = rf"\b{month}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b"
    return re.compile(first, re.I), re.compile(later, re.I)


def _month(words: str) -> int:
    if words.isdigit():
        return int(words)
    rows = [[fold(name) for name in row.split()] for row in table("scenes")["months"].values()]
    key = fold(words)
    exact = [row.index(key) for row in rows if key in row]
    short = [n for row in rows for n, name in enumerate(row) if name.startswith(key)]
    return (exact or short)[0] + 1
