"""A transcript among what is traced judges its event, as `check` does; nobody is accused who does not report on it."""

from __future__ import annotations

import datetime
from collections.abc import Collection

import pytest

from onrecord.answers.gathering import quoted
from onrecord.records import Article, Entity, Provenance, Record, Statement
from onrecord.spans import Span
from onrecord.tracing.carrying import check
from onrecord.tracing.gathering.carriers import carriers_of
from onrecord.tracing.gathering.chains import Chain, chain
from onrecord.tracing.gathering.events import is_transcript, with_events
from onrecord.tracing.gathering.occasions import occasions
from onrecord.tracing.gathering.utterances import utterances
from onrecord.tracing.transcripts import originals_of

HALL = """JONAS WIELAND, QUAY HERALD: Why was it dark?

RENA HOLT, harbour master: The valve is forty years old. We had asked for a new one in May, and nobody answered us.

WIELAND: Who pays for the boats?

HOLT: The harbour will pay for the boats that were lost. I cannot say when.

KENJI ITO, mayor: The council never got a letter. I looked for it myself."""


def read(id: str, text: str, day: int, outlet: str = "", *said: tuple[str, str, str]) -> Record:
    """An article with statements: the speaker, the cue, and the words, which may stand in marks in the text."""
    people = dict.fromkeys(speaker for speaker, _, _ in said)
    statements = []
    for n, (speaker, cue, words) in enumerate(said, start=1):
        start = text.index(words)
        direct = text[start - 1 : start] == "“"
        span = Span(start - direct, start + len(words) + direct)
        at = text.index(cue, 0)
        statements.append(
            Statement(
                id=f"s{n}",
                content=(span,),
                cue=(Span(at, at + len(cue)),),
                form="direct" if direct else "indirect",
                confidence=1.0,
                speaker=speaker,
            )
        )
    article = Article(text, id, outlet=outlet or id, published=datetime.date(2031, 5, day))
    entities = tuple(Entity(id=name, name=name, kind="person") for name in people)
    return Record(article, tuple(statements), Provenance("test"), entities)


def hall(id: str, day: int) -> Record:
    """The transcript, as if no model had read it."""
    article = Article(HALL, id, language="de", published=datetime.date(2031, 5, day))
    return quoted(Record(article, (), Provenance("test")))


TRANSCRIPT = hall("hall", 6)
ECHO = read(
    "echo",
    "“The valve is forty years old,” said Rena Holt. “I cannot say when,” said Kenji Ito. Holt said “The harbour will"
    " pay for the boats that were lost.” Holt admitted that she had stolen wages from widowed sailors.",
    7,
    "Coast Echo",
    ("Rena Holt", "said", "The valve is forty years old,"),
    ("Kenji Ito", "said", "I cannot say when,"),
    ("Rena Holt", "said", "The harbour will pay for the boats that were lost."),
    ("Rena Holt", "admitted", "that she had stolen wages from widowed sailors"),
)


def traced(*records: Record) -> list[Chain]:
    """What is traced over these articles, without vectors."""
    held = {record.article.id: record for record in records}

    def fetch(ids: Collection[str]) -> list[Record]:
        return [held[id] for id in sorted(ids)]

    found = utterances(carrier for record in records for carrier in carriers_of(record))
    transcripts = [record for record in records if is_transcript(record.article)]
    return [chain(utterance) for utterance in with_events(found, transcripts, fetch)]


def verdicts(chains: list[Chain], article: str) -> dict[str, str]:
    """The verdict on each statement of an article that has one."""
    return {
        link.carrier.statement: link.verdict.kind
        for one in chains
        for link in one.links
        if link.carrier.article == article and link.verdict is not None
    }


@pytest.mark.parametrize(
    ("text", "outlet", "is_one"),
    [
        (HALL, None, True),
        ("We will pay for the boats.\n\nThe valve was old.", "City of Nordhavn (transcript)", True),
        ("We will pay for the boats.\n\nThe valve was old.", "Coast Echo", False),
        ("The mayor came.\n\nTIME: six\n\nPLACE: the hall\n\nAnd then all went home again, as they do.", None, False),
        ("", None, False),
    ],
)
def test_a_transcript_is_known_by_its_turns_or_its_name(text: str, outlet: str | None, is_one: bool) -> None:
    assert is_transcript(Article(text, outlet=outlet)) == is_one


def test_trace_says_what_check_says() -> None:
    checked = check(ECHO, originals_of(TRANSCRIPT.article), held=TRANSCRIPT.article.published)
    asked = {one.statement.id: one.verdict.kind for one in checked if one.verdict.kind != "elsewhere"}
    assert verdicts(traced(TRANSCRIPT, ECHO), "echo") == asked
    assert set(asked.values()) >= {"verbatim", "misattributed"}


def test_a_turn_is_the_original_and_its_reports_are_with_it() -> None:
    chains = traced(TRANSCRIPT, ECHO)
    (boats,) = [one for one in chains if one.original and "harbour will pay" in one.original.words]
    assert [link.carrier.article for link in boats.links] == ["hall", "echo", "echo"]
    assert boats.utterance.speaker == "Rena Holt"
    (wrong,) = [link for link in boats.links if link.verdict and link.verdict.kind == "misattributed"]
    assert (wrong.carrier.speaker, wrong.verdict and wrong.verdict.true_speaker) == (
        "Kenji Ito",
        "RENA HOLT, harbour master",
    )
    told = boats.told(wrong)
    assert told["transcript"] == "hall"
    assert [HALL[start:end] for start, end in told["utterance"]] == [told["original"]] == ["I cannot say when"]


def test_what_nobody_said_stands_alone_without_an_original() -> None:
    for one in traced(TRANSCRIPT, ECHO):
        if one.original is None:
            assert [(link.carrier.statement, link.verdict and link.verdict.alarming) for link in one.links] == [
                ("s4", True)
            ]
            assert one.told(one.links[0])["utterance"] is None


@pytest.mark.parametrize("day", [1, 27])
def test_an_article_of_another_day_is_not_accused_of_what_the_transcript_lacks(day: int) -> None:
    said = "that she had stolen wages from widowed sailors"
    other = read("other", f"Holt admitted {said}.", day, "Post", ("Rena Holt", "admitted", said))
    assert verdicts(traced(TRANSCRIPT, ECHO, other), "other") == {}


def test_an_article_that_shows_no_word_of_the_event_is_no_report_of_it() -> None:
    said = "that she had stolen wages from widowed sailors"
    other = read("other", f"Holt admitted {said}.", 7, "Post", ("Rena Holt", "admitted", said))
    assert verdicts(traced(TRANSCRIPT, other), "other") == {}


def test_of_two_transcripts_the_earlier_judges_and_the_other_is_a_report() -> None:
    chains = traced(hall("again", 8), ECHO, TRANSCRIPT)
    assert all(one.original is None or one.original.article != "again" for one in chains)
    assert set(verdicts(chains, "again").values()) == {"verbatim"}


def test_the_order_of_the_articles_makes_no_difference() -> None:
    there, back = traced(TRANSCRIPT, ECHO), traced(ECHO, TRANSCRIPT)
    assert [one.utterance.id for one in there] == [one.utterance.id for one in back]
    assert verdicts(there, "echo") == verdicts(back, "echo")


def test_what_a_transcript_judges_is_of_one_occasion_for_each_who_spoke() -> None:
    held = {record.article.id: record for record in (TRANSCRIPT, ECHO)}
    found = utterances(carrier for record in held.values() for carrier in carriers_of(record))
    found = with_events(found, [TRANSCRIPT], lambda ids: [held[id] for id in sorted(ids)])
    joined = {one.speaker: one for one in occasions(found)}
    assert set(joined) == {"Rena Holt"}
    assert joined["Rena Holt"].when == "2031-05-06"
    assert joined["Rena Holt"].transcript == "hall"
    assert set(joined["Rena Holt"].articles) == {"hall", "echo"}
