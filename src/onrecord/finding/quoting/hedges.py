"""What has the shape of a report and reports nothing.

“[I hope] it rains.”                            the speaker's own hope is part of what is said, no statement in it
“[Please] don't call it a map.”                 an order: nobody calls it one
He [came to talk] about filters.                a topic alone is no content
“We [put it off] because nothing had come.”     what stands behind *because* is a reason, not what was said
"""

from __future__ import annotations

from onrecord.finding.framing.cues import cue_words
from onrecord.finding.pack import listed, pattern
from onrecord.finding.tagging.drafts import Draft


def reports_nothing(draft: Draft, text: str, form: str) -> bool:
    """Whether a draft is an order, a topic, a reason, without a verb for a cue, or within what somebody says their own
    hedge."""
    source = " ".join(span.slice(text) for span in draft.source).lower()
    if source in listed("order_openers"):
        return True
    if (
        draft.inner
        and source in listed("first_persons")
        and not listed("hedges").isdisjoint(cue_words(text, draft.cue))
    ):
        return True
    cue_is_empty = bool(draft.cue) and listed("empty_cues").issuperset(cue_words(text, draft.cue))
    if draft.inner and not draft.source and cue_is_empty:
        return True
    if not draft.cue or form == "direct":
        return False
    content, cue = draft.content[0], draft.cue[-1]
    if cue.end <= content.start and text[cue.end : content.start].strip().lower() in listed("reasons"):
        return True
    return form == "indirect" and pattern("topic").match(text, content.start, content.end) is not None
