"""Stance: what a cue lets show of the writer's attitude to the words it reports.

The lexicon decides where it holds the cue. Its classes follow the literature: verbs that presuppose or grant the truth
of their complement (Kiparsky and Kiparsky 1970; Karttunen 1971; Hooper 1975) endorse; those that leave it to the
speaker to stand by it distance (Hooper's strong assertives that are used to contest; Hyland 2005); those that report a
feeling, a judgment or the manner of speaking (Zwicky 1971; Levin 1993) are emotive. Under negation, or before it is
said, a cue takes no stance: *would not confirm*, *is expected to admit*. What the lexicon does not hold is left to the
cue model.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from onrecord.finding.framing.cue_model import CLASSES, evidence, load_cue_model
from onrecord.finding.framing.cues import Match, cue_words, lexicon
from onrecord.finding.pack import current, listed
from onrecord.records import Article, CueClass, Statement, Status

OPEN: frozenset[Status] = frozenset({"negated", "hypothetical", "future"})
"""Statuses of what was not said, or not yet."""

RANKS = {"verbs": 3, "adverbs": 3, "nouns": 2, "other": 1}


def look_up(words: Sequence[str]) -> Match | None:
    """The entry that decides the class of a cue, or None where the lexicon holds none of its words.

    One of the FRAMES gives way to all others. Then the longest wins; a verb before a noun; one with a stance before a
    neutral one (*promised to reveal*); the later.
    """
    return max(lexicon("stance").matches(words), key=_weight, default=None)


def _weight(match: Match) -> tuple[bool, int, int, bool, int]:
    entry = match.entry
    return (
        entry.name.replace("_", " ") not in listed("frame_cues"),
        len(entry.slots),
        RANKS[entry.kind],
        entry.label != "neutral",
        match.start,
    )


def stance_of(article: Article, statement: Statement, status: Status) -> tuple[CueClass, str]:
    """The class of a statement's cue and what decided it."""
    words = cue_words(article.text, statement.cue)
    if not words:
        return "none", "no cue"
    match = look_up(words)
    if match is None:
        return _guess(article, statement, words)
    found = cast(CueClass, match.entry.label)
    if status in OPEN or (status == "denied" and found == "endorsing"):
        return "neutral", f"cue lexicon ({match.entry.name}, {status})"
    return found, f"cue lexicon ({match.entry.after}: {match.entry.name})"


def _guess(article: Article, statement: Statement, words: Sequence[str]) -> tuple[CueClass, str]:
    """The likeliest class by the cue model, with its probability."""
    chances = load_cue_model(current()).probabilities(words, evidence(article, statement, words))
    best = int(chances.argmax())
    return CLASSES[best], f"cue classifier {chances[best]:.2f}"
