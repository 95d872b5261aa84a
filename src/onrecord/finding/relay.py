"""Through whom the words came: the one who reports a statement, kept apart from the speaker.

Holt said Ito had called it safe.               Ito's statement, relayed by Holt
Holt said: “I told her it was safe.”            what Holt told her, relayed by Holt
Ito, quoted by Tass, called it safe.            relayed by Tass
Tass quoted Ito as saying it was safe.          relayed by Tass
It is safe, Tass reported, citing Ito.          Ito's statement has the same content: relayed by Tass
"""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.records import Record, Statement
from onrecord.spans import Span

QUOTED_BY = re.compile(
    r"(?:quoted|cited|reported|relayed) by (?:the |The |(?:his|her|their) [\w-]+ )?"
    r"|as (?:quoted|cited|reported) (?:by|in) (?:the |The )?"
)
CITING = re.compile(r"\b(?:citing|quoting|cites|quotes|cited|quoted) $")
REPORTED = re.compile(r" (?:report(?:ed|s)|said|says|wrote|writes|claim(?:ed|s))\b[^.!?]{0,30}?, (?:citing|quoting) $")
QUOTES = re.compile(r"(?:has |have |had )?(?:quot|cit)(?:es|e|ed|ing)\b")
NEAR = 4
"""Characters that may stand between "quoted by" and a name."""


def relayed_by(record: Record) -> Record:
    """The record with each relayed statement pointing to its relayer: the speaker of the statement it stands within,
    the speaker of the one that cites it, or who is said beside it to quote it."""
    return replace(record, statements=tuple(_with_relayer(record, s) for s in record.statements))


def _with_relayer(record: Record, statement: Statement) -> Statement:
    if statement.within is not None:
        relayer, why = record.statement(statement.within).speaker, "the statement around it"
    else:
        relayer, why = _citing(record, statement) or _quoter(record, statement), "quoted by"
    if relayer is None:
        return statement
    return replace(statement, relayed_by=relayer, decided_by={**statement.decided_by, "relayed_by": why})


def _citing(record: Record, statement: Statement) -> str | None:
    """Who cites: where "citing" stands before the source, the speaker of the statement with the same content, or
    who "reported, citing" it."""
    if not statement.source:
        return None
    start = statement.source[0].start
    before = record.article.text[max(0, start - 60) : start]
    if not CITING.search(before):
        return None
    for other in record.statements:
        if other.content == statement.content and other.speaker not in (None, statement.speaker):
            return other.speaker
    if reported := REPORTED.search(before):
        at = start - len(before) + reported.start()
        for entity in record.entities:
            if entity.id != statement.speaker and any(mention.end == at for mention in entity.mentions):
                return entity.id
    return None


def _quoter(record: Record, statement: Statement) -> str | None:
    """The entity named right after "quoted by" beside the source or cue, or right before "quoted" and the source."""
    text = record.article.text
    if statement.cue and statement.source and statement.cue[0].start < statement.source[0].start:
        at = statement.cue[0].start
        if QUOTES.match(text, at) and (id := _mentioned_before(record, statement, at)):
            return id
    for span in statement.source + statement.cue:
        for match in QUOTED_BY.finditer(text, max(0, span.start - 40), min(len(text), span.end + 60)):
            if id := _mentioned(record, statement, Span(match.end(), min(len(text), match.end() + NEAR))):
                return id
    return None


def _mentioned(record: Record, statement: Statement, span: Span) -> str | None:
    for entity in record.entities:
        if entity.id != statement.speaker and any(span.start <= m.start <= span.end for m in entity.mentions):
            return entity.id
    return None


def _mentioned_before(record: Record, statement: Statement, at: int) -> str | None:
    for entity in record.entities:
        if entity.id != statement.speaker and any(m.end < at <= m.end + NEAR for m in entity.mentions):
            return entity.id
    return None
