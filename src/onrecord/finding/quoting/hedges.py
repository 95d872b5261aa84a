"""What has the shape of a report and reports nothing.

“[I hope] it rains.”                            the speaker's own hope is part of what is said, no statement in it
“[Please] don't call it a map.”                 an order: nobody calls it one
He [came to talk] about filters.                a topic alone is no content
“We [put it off] because nothing had come.”     what stands behind *because* is a reason, not what was said
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from onrecord.finding.framing.cues import cue_words
from onrecord.finding.tagging.drafts import Draft

FIRST_PERSON = frozenset(("i", "we"))


def reports_nothing(draft: Draft, text: str, form: str) -> bool:
    """Whether a draft is an order, a topic, a reason, without a verb for a cue, or within what somebody says their own
    hedge."""
    source = " ".join(span.slice(text) for span in draft.source).lower()
    if source in _words("orders"):
        return True
    if draft.inner and source in FIRST_PERSON and not _words("hedges").isdisjoint(cue_words(text, draft.cue)):
        return True
    cue_is_empty = bool(draft.cue) and _words("empty").issuperset(cue_words(text, draft.cue))
    if draft.inner and not draft.source and cue_is_empty:
        return True
    if not draft.cue or form == "direct":
        return False
    content, cue = draft.content[0], draft.cue[-1]
    if cue.end <= content.start and text[cue.end : content.start].strip().lower() in _words("reasons"):
        return True
    return form == "indirect" and _topic().match(text, content.start, content.end) is not None


@cache
def _words(name: str) -> frozenset[str]:
    data = tomllib.loads(files("onrecord.data.framing").joinpath("hedges.toml").read_text("utf-8"))
    return frozenset(data[name].split())


@cache
def _topic() -> re.Pattern[str]:
    """What a topic begins with: *about*, and no question behind it."""
    opens, asks = ("|".join(sorted(_words(name))) for name in ("topics", "questions"))
    return re.compile(rf"(?:{opens})\s(?!(?:{asks})\b)", re.I)
