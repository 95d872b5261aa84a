"""Through whom the words came: the one who reports another's statement, kept apart from the speaker.

Holt said Ito had called it safe.          Ito's statement, relayed by Holt
Ito, quoted by Tass, called it safe.       relayed by Tass
"""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.records import Record, Statement

QUOTED_BY = re.compile(
    r"(?:quoted|cited|reported) by (?:the |The )?|as (?:quoted|cited|reported) (?:by|in) (?:the )?|citing "
)


def relayed_by(record: Record) -> Record:
    """The record with each relayed statement pointing to its relayer: the speaker of the statement it stands within,
    or who is said beside it to quote it."""
    return replace(record, statements=tuple(_with_relayer(record, s) for s in record.statements))


def _with_relayer(record: Record, statement: Statement) -> Statement:
    if statement.within is not None:
        outer = record.statement(statement.within)
        if outer.speaker is not None and outer.speaker != statement.speaker:
            decided = {**statement.decided_by, "relayed_by": "the statement around it"}
            return replace(statement, relayed_by=outer.speaker, decided_by=decided)
        return statement
    if relayer := _quoter(record, statement):
        decided = {**statement.decided_by, "relayed_by": "quoted by"}
        return replace(statement, relayed_by=relayer, decided_by=decided)
    return statement


def _quoter(record: Record, statement: Statement) -> str | None:
    """The entity named right after "quoted by" beside the source or cue."""
    text = record.article.text
    for span in statement.source + statement.cue:
        for match in QUOTED_BY.finditer(text, max(0, span.start - 40), min(len(text), span.end + 60)):
            for entity in record.entities:
                if entity.id != statement.speaker and any(abs(m.start - match.end()) <= 4 for m in entity.mentions):
                    return entity.id
    return None
