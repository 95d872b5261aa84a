"""What somebody else is reported to have said somebody said: "According to one tabloid, the boss bragged that …".

The reader of an article may find the outer statement only. Where its content is itself a report, with a subject, a
cue and what follows it, the inner statement is taken out of it, for it too can be compared with the transcript.
"""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.records import Form, Record, Statement
from onrecord.spans import Span
from onrecord.tracing.tables import words as listed

MARK = "[\"“”‘’']?"
SUBJECT = r"(?:that\s+)?(?P<source>(?:[^\W\d_][\w’'-]*\s+){0,4}?[^\W\d_][\w’'-]*)"
ADVERB = r"(?:\s+(?:has|had|also|even|later|then|once))?"
QUOTED_AS = re.compile(r"^(?P<source>him|her|them|[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?)\s+as\b(?:\s+saying)?[\s,:]*", re.I)
LEAST_WORDS = 2


def relayed(record: Record, statement: Statement) -> Statement | None:
    """The statement reported inside another's content, or None. Its speaker is left open; its id is the other's with
    ".1" behind it."""
    if statement.form == "direct" or any(other.within == statement.id for other in record.statements):
        return None
    text, last = record.article.text, statement.content[-1]
    if statement.cue and QUOTED_AS.match(statement.content[0].slice(text)):
        return _quoted_as(text, statement)
    first = statement.content[0]
    match = _report().match(text, first.start, last.end)
    if match is None or len(statement.content) > 1:
        return None
    content = Span(match.end(), last.end).trim(text) if match.end() < last.end else None
    if content is None or len(content.slice(text).split()) < LEAST_WORDS:
        return None
    return _inner(text, statement, Span(*match.span("source")), Span(*match.span("cue")), content)


def _report() -> re.Pattern[str]:
    cues = "|".join(sorted(map(re.escape, listed("cues", "quiet") | listed("cues", "charge")), key=len, reverse=True))
    return re.compile(rf"{SUBJECT}{ADVERB}\s+{MARK}(?P<cue>{cues}){MARK}\s+(?!by\b|to\s+the\b)")


def _quoted_as(text: str, statement: Statement) -> Statement | None:
    """*quoted him as saying "…"*: the one quoted, and the words."""
    first = statement.content[0]
    match = QUOTED_AS.match(first.slice(text))
    if match is None:
        return None
    start = first.start + match.end()
    content = statement.content[1] if len(statement.content) > 1 else None
    if start < first.end:
        content = Span(start, statement.content[-1].end).trim(text)
    if content is None:
        return None
    source = Span(first.start + match.start("source"), first.start + match.end("source"))
    return _inner(text, statement, source, statement.cue[-1], content)


def _inner(text: str, statement: Statement, source: Span, cue: Span, content: Span) -> Statement:
    words = content.slice(text)
    form: Form = "direct" if words[0] in '"“‘«' else "mixed" if re.search('["“«]', words) else "indirect"
    return replace(
        statement,
        id=f"{statement.id}.1",
        source=(source,),
        cue=(cue,),
        content=(content,),
        form=form,
        within=statement.id,
        carried_from=None,
        speaker=None,
        candidates=(),
        status="said",
        voice="speaker",
        relayed_by=statement.speaker,
    )
