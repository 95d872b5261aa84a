"""Framing: of each statement the stance of its cue, its status, and whose wording it is.

    Rena Holt   admitted                 that her precious valve had been shut
                endorsing, said          voice: outlet

Each decision is noted in ``decided_by``. What a document, a spokesman or a rival says is framed alike.
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.finding.framing.loaded import loaded
from onrecord.finding.framing.stance import stance_of
from onrecord.finding.framing.status import status_of
from onrecord.finding.quoting.quotations import find_quotations
from onrecord.records import Article, CueClass, Record, Statement, Status, Voice
from onrecord.spans import Overlaps


def frame(article: Article, record: Record) -> Record:
    """The record with cue class, status and voice of every statement filled in."""
    inners = Overlaps([quotation.inner for quotation in find_quotations(article.text)])
    return replace(record, statements=tuple(_framed(article, s, inners) for s in record.statements))


def _framed(article: Article, statement: Statement, inners: Overlaps) -> Statement:
    status, status_by = status_of(article, statement)
    cue_class, cue_class_by = stance_of(article, statement, status)
    voice, voice_by = voice_of(article, statement, cue_class, status, inners)
    decided = {"status": status_by, "cue_class": cue_class_by, "voice": voice_by}
    return replace(
        statement,
        cue_class=cue_class,
        status=status,
        voice=voice,
        decided_by={**statement.decided_by, **decided},
    )


def voice_of(
    article: Article, statement: Statement, cue_class: CueClass, status: Status, inners: Overlaps
) -> tuple[Voice, str]:
    """Whose wording a statement is, given the insides of the article's quotations: the outlet's, where its own words
    in an indirect report are loaded.

    Few use loaded words of themselves: under a cue that grants the content as true, one word of judgement is enough.
    Else such words are as likely the speaker's (*accused them of greed*), so that under a cue of feeling two are
    wanted, one of which qualifies a noun in passing (*the hapless board*); and under any other, nothing is enough.
    """
    if statement.form == "direct" or status != "said" or cue_class not in ("endorsing", "emotive"):
        return "speaker", "default"
    text = article.text
    found = [word for span in statement.content for word in loaded(text, span) if not inners.any(word.span)]
    judging = cue_class == "endorsing" and any(word.label == "judgement" for word in found)
    if judging or (len(found) > 1 and any(word.qualifies for word in found)):
        return "outlet", "loaded: " + ", ".join(word.span.slice(text) for word in found)
    return "speaker", "default"
