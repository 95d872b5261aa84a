"""The statement inside a report of a report, where the reader found the outer one only."""

from __future__ import annotations

import pytest

from onrecord.records import Article, Form, Provenance, Record, Statement
from onrecord.spans import Span
from onrecord.tracing.relays import relayed


def record_of(text: str, content: str, cue: str, form: Form) -> Record:
    at, said = text.index(content), text.index(cue)
    statement = Statement(
        id="7", content=(Span(at, at + len(content)),), cue=(Span(said, said + len(cue)),), form=form, confidence=1.0
    )
    return Record(Article(text), (statement,), Provenance("0"))


@pytest.mark.parametrize(
    ("text", "content", "cue", "form", "found"),
    [
        (
            'According to one tabloid, the boss "bragged" that he\'d do it again.',
            'the boss "bragged" that he\'d do it again',
            "According to",
            "mixed",
            ("the boss", "bragged", "that he'd do it again", "indirect"),
        ),
        (
            "The Blare says he threatened a strike.",
            "he threatened a strike",
            "says",
            "indirect",
            ("he", "threatened", "a strike", "indirect"),
        ),
        (
            "The Blare quoted him as saying “I’m leaving.”",
            "him as saying “I’m leaving.”",
            "quoted",
            "mixed",
            ("him", "quoted", "“I’m leaving.”", "direct"),
        ),
    ],
)
def test_the_inner_statement_is_taken_out(
    text: str, content: str, cue: str, form: Form, found: tuple[str, str, str, str]
) -> None:
    record = record_of(text, content, cue, form)
    inner = relayed(record, record.statements[0])
    assert inner is not None
    assert (inner.id, inner.within) == ("7.1", "7")
    assert (record.words(inner, "source"), record.words(inner, "cue"), record.words(inner), inner.form) == found


@pytest.mark.parametrize(
    ("text", "content", "cue", "form"),
    [
        ("The Blare says the pump was old.", "the pump was old", "says", "indirect"),
        ("The Blare says “he threatened a strike”.", "“he threatened a strike”", "says", "direct"),
        ("The Blare says he told.", "he told", "says", "indirect"),
    ],
)
def test_a_content_that_reports_nothing_gives_none(text: str, content: str, cue: str, form: Form) -> None:
    record = record_of(text, content, cue, form)
    assert relayed(record, record.statements[0]) is None
