"""Where and when an article places a statement, held against the scene of a transcript: the same occasion or another.

told Mir in an interview      Interview … to the MIR television channel      the same: kind and medium
wrote in a note to clients    Second-quarter results call                    another
in an interview               (the transcript does not say what it is)       doubtful, unless its words are found
said in February              13 November 2025                               another
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.records import Occasion, Record, Statement
from onrecord.tracing.judging.persons import every, is_title
from onrecord.tracing.judging.scene import OccasionKey, Stage, alike, kinds_of, weekdays_in
from onrecord.tracing.values import Original
from onrecord.tracing.wording.normal import fold, keys_of

OF_A_NOUN = re.compile(r"^of\b|['’]s?$", re.I)
TO_COME = re.compile(r"\b(?:next|coming|following|tomorrow|nächst\w*|prochain\w*|следующ\w*)\b", re.I)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
EARLIER = re.compile(
    r"\b(?:earlier this|last|previous|past)\s+(?:year|month|week|autumn|spring|summer|winter)\b|\byears? ago\b", re.I
)
MONTHS = "january february march april may june july august september october november december".split()
MONTH = re.compile(r"\b(" + "|".join(MONTHS) + r")\b(?!\s+\d{1,2}\b)", re.I)
PRIVATE = frozenset(("interview", "post", "call", "document", "statement"))
"""Kinds of occasion that may be another than that of a transcript, though speaker and day are the same."""
WRITTEN = frozenset(("post", "document", "statement"))
SURELY_FOUND = 6
"""Words of a quotation that stand in a row in a transcript only where that is what is quoted."""


@dataclass(frozen=True, slots=True)
class Placing:
    """The words by which an article places a statement on another occasion, and those by which it may; empty else."""

    foreign: str = ""
    doubtful: str = ""


def place_of(record: Record, statement: Statement, scene: Stage) -> Placing:
    """How the occasion of a statement stands to that of the transcript."""
    if statement.occasion is None:
        return _by_cue(record, statement, scene)
    occasion = record.occasion(statement.occasion)
    told = occasion.date if occasion.date and _is_of_the_saying(record, statement, occasion.date) else None
    if told is not None and not _is_to_come(occasion, record) and _another_day(occasion, record, scene.day):
        return Placing(foreign=told)
    kinds = {kind for kind in (occasion.kind, *kinds_of(occasion.event or "")) if kind} & PRIVATE
    if not kinds or scene.meant or key_of(occasion) in scene.met:
        return Placing() if kinds or occasion.kind else _by_cue(record, statement, scene)
    words = occasion.event or occasion.kind or ""
    if not scene.kinds:
        return Placing(doubtful=words)
    if not any(alike(kind, scene.kinds) for kind in kinds):
        return Placing(foreign=words)
    medium = None if occasion.medium is None else record.entity(occasion.medium).name
    if medium is not None and "interview" in kinds and not _is_named(medium, scene):
        return Placing(doubtful=f"{words}, {medium}")
    return Placing()


def met(record: Record, originals: Sequence[Original]) -> frozenset[OccasionKey]:
    """The occasions of an article from which words are quoted that stand in these texts, word for word."""
    quoted = [one for one in record.statements if one.form == "direct" and one.occasion is not None]
    spoken = [" ".join(keys_of(original.text)) for original in originals] if quoted else []
    found = set()
    for statement in quoted:
        key = key_of(record.occasion(statement.occasion or ""))
        words = [keys_of(span.slice(record.article.text)) for span in statement.content]
        longest = max(words, key=len)
        if len(longest) >= SURELY_FOUND and any(" ".join(longest) in text for text in spoken):
            found.add(key)
    return frozenset(found)


def key_of(occasion: Occasion) -> OccasionKey:
    """What tells an occasion from the others of its article."""
    return occasion.kind, occasion.medium, occasion.date, occasion.event


def _by_cue(record: Record, statement: Statement, scene: Stage) -> Placing:
    """What is written was not said on a stage, unless the transcript has writings too."""
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", record.words(statement, "cue"))
    wrote = next((word for word in words if fold(word) in every("written")), None)
    if wrote is None or not scene.kinds or WRITTEN & scene.kinds:
        return Placing()
    return Placing(doubtful=wrote)


def _is_named(medium: str, scene: Stage) -> bool:
    """Whether the heading of the transcript names a medium: by any word of it that is a name."""
    words = [word for word in medium.split() if not word[0].islower() and not is_title(word)]
    return any(scene.names(word) for word in words)


def _is_of_the_saying(record: Record, statement: Statement, words: str) -> bool:
    """Whether a date is that of the saying, and not one that is spoken of: it stands outside the content as well, and
    belongs to no noun (*the letter of February*, *last year's figure*)."""
    text = record.article.text
    inside = sum(span.slice(text).count(words) for span in statement.content)
    if inside and text.count(words) <= inside:
        return False
    return not OF_A_NOUN.search(words)


def _is_to_come(occasion: Occasion, record: Record) -> bool:
    """Whether a date lies behind the day of printing: nothing was said on it yet."""
    published = record.article.published
    if TO_COME.search(occasion.date or ""):
        return True
    if occasion.when is None or published is None or "W" in occasion.when:
        return False
    return occasion.when > published.isoformat()[: len(occasion.when)]


def _another_day(occasion: Occasion, record: Record, held: datetime.date | None) -> bool:
    """Whether a day, month or year that is told is another than that of the event (or, unknown, far from the print)."""
    day = held or record.article.published
    if day is None:
        return bool(EARLIER.search(occasion.date or ""))
    if EARLIER.search(occasion.date or ""):
        return True
    if occasion.when and re.match(r"\d{4}", occasion.when):
        return not day.isoformat().startswith(occasion.when) and not _same_week(occasion.when, day, held)
    words = occasion.date or ""
    named = weekdays_in(words)
    if held is not None and named and held.weekday() not in named and not occasion.when:
        return True
    years = {int(year) for year in YEAR.findall(words)}
    if years and day.year not in years:
        return True
    month = MONTH.search(words)
    return month is not None and MONTHS.index(month[1].lower()) + 1 != day.month


def _same_week(when: str, day: datetime.date, held: datetime.date | None) -> bool:
    """Whether a resolved date may still be the day: its week; a day or two beside it, where only print is known."""
    if "W" in when:
        year, week, _ = day.isocalendar()
        return when == f"{year}-W{week:02}"
    if len(when) < 10:
        return False
    apart = abs((datetime.date.fromisoformat(when) - day).days)
    return apart <= (1 if held else 3)
