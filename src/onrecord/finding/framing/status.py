"""Status: whether the content was said, and if not, what it is: denied, negated, hypothetical, yet to be said, asked.

Read from the cue, the words before the statement and the first words of the content. A denial is not the claim: to
deny, to rule out or not to accept something gives ``denied``; not to say it, or not to say whether, ``negated``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.finding.framing.cues import Match, cue_words, lexicon
from onrecord.finding.pack import listed, pattern
from onrecord.records import Article, Statement, Status
from onrecord.spans import hull

SENTENCE = re.compile(r"[.!?…][\"”’')\]]*\s|[\n\r]")
REACH = 200
"""Characters before a statement in which its sentence is looked for."""


def status_of(article: Article, statement: Statement) -> tuple[Status, str]:
    """The status of a statement and why. One without a cue is said."""
    text = article.text
    words = cue_words(text, statement.cue)
    if not words:
        return "said", "no cue"
    matches = tuple(lexicon("status").matches(words))
    before = _before(text, statement)
    content = "" if statement.form == "direct" else " … ".join(span.slice(text) for span in statement.content)
    source = hull(statement.source).slice(text) if statement.source else ""
    return (
        _rejected(words, matches, source, content)
        or _imagined(words, before)
        or _awaited(words, matches, text[statement.cue[-1].end :][:8])
        or _asked(matches, text, statement)
        or ("said", "cue")
    )


def _rejected(words: Sequence[str], matches: Sequence[Match], source: str, content: str) -> tuple[Status, str] | None:
    """Denied or negated, where the cue or its subject says no."""
    labels = {match.entry.label: match.start for match in matches}
    at = next((n for n, word in enumerate(words) if word in listed("negators")), len(words))
    negated = (at < len(words) and "further" not in words[at:]) or bool(pattern("nobody").match(source))
    if negated and "accepted" in labels:
        return "denied", "not accepted"
    if (
        negated
        and pattern("self_alone").fullmatch(source)
        and "saying" in labels
        and not pattern("question_opens").match(content)
    ):
        return "denied", "the speaker says that it was not said"
    if "unsaid" in labels:
        return "negated", "left unsaid"
    if negated:
        return "negated", "negation"
    if "refused" in labels:
        spoken = labels.get("saying", -1) > labels["refused"]
        return ("negated", "refusal to say") if spoken else ("denied", "refusal")
    if "denied" in labels and content and not pattern("judged").search(content):
        return "denied", "denial"
    return None


def _imagined(words: Sequence[str], before: str) -> tuple[Status, str] | None:
    """Hypothetical, in a condition or as what would follow from one."""
    if words[0] != "if" and pattern("condition_ends").search(before):
        return "hypothetical", "in a condition"
    if {"would", "could", "might", "'d"} & set(words) and pattern("condition_before").search(before):
        return "hypothetical", "upon a condition"
    return None


def _awaited(words: Sequence[str], matches: Sequence[Match], after: str) -> tuple[Status, str] | None:
    """Future, where the cue says that it is still to come. What somebody *will tell you* is what they say."""
    if {"will", "shall", "'ll"} & set(words) and not re.match(r"\W*you\b", after):
        return "future", "will"
    ahead = any(
        match.entry.label == "awaited" or (match.entry.label == "ahead" and match.end < len(words)) for match in matches
    )
    return ("future", "expected") if ahead and words[0] != "if" else None


def _asked(matches: Sequence[Match], text: str, statement: Statement) -> tuple[Status, str] | None:
    """A reported question: a verb of asking, and a content that begins as a question."""
    if not any(match.entry.label == "asked" for match in matches):
        return None
    return ("question", "asked") if pattern("question_opens").match(text, statement.content[0].start) else None


def _before(text: str, statement: Statement) -> str:
    """The sentence up to the source or cue of a statement, whichever comes first."""
    start = min(span.start for span in statement.source + statement.cue)
    window = text[max(0, start - REACH) : start]
    ends = [match.end() for match in SENTENCE.finditer(window)]
    return window[ends[-1] :] if ends else window
