"""What the outlet says in its own voice stands between ‹ ›; statements are marked as in tests/marked.py."""

from __future__ import annotations

import re

import pytest

from marked import of, parse
from onrecord.finding.framing.ownvoice import own_voice
from onrecord.finding.framing.rebuttals import bearing
from onrecord.records import Article, Asserted, Form, Provenance, Record, Statement, Voice
from onrecord.spans import Span


def read(marked: str, form: Form = "indirect", voice: Voice = "speaker") -> tuple[Record, list[str]]:
    """The record of a marked text, and the words that its ‹ › enclose."""
    gold = parse(re.sub("[‹›]", "", marked))
    statements = tuple(
        Statement(
            id=a["id"],
            form=form,
            confidence=1.0,
            voice=voice,
            source=tuple(Span(*s) for s in a["source"]),
            cue=tuple(Span(*s) for s in a["cue"]),
            content=tuple(Span(*s) for s in a["content"]),
        )
        for a in gold.attributions
    )
    plain = re.sub(r"\[[skc]\d+ |\]", "", marked)
    return own_voice(*of(Record(Article(gold.text), statements, Provenance("test")))), re.findall("‹(.*?)›", plain)


def words(record: Record) -> list[str]:
    return [a.span.slice(record.article.text) for a in record.asserted]


@pytest.mark.parametrize(
    "marked",
    [
        "‹The quay was closed on Monday.› [s1 Holt] [k1 said] [c1 it would open].",
        "[s1 Holt], ‹who runs the quay›, [k1 said] [c1 it would open].",
        "[s1 Holt] [k1 said] [c1 it would open], ‹and so it did on Friday›.",
        "[s1 Holt] [k1 said] [c1 it would open]; ‹it stayed shut›.",
        "[s1 Holt] [k1 said] [c1 it would open]…‹and it all went back to the botched dredging›.",
        "[s1 Holt] [k1 blamed] [c1 the Relief Board (PRB)], ‹a body of nine towns›.",
        "‹The quay was closed by frost›, and [s1 Holt] [k1 said] [c1 it would open].",
        "‹The quay has nine berths›, which [s1 Holt] [k1 called] [c1 too many].",
        "[s1 Holt] [k1 said] [c1 it would open], ‹though its gates had rusted shut›.",
    ],
    ids=[
        "a sentence without a statement",
        "a relative clause",
        "a clause behind the report",
        "one behind a semicolon",
        "one behind an ellipsis",
        "an apposition",
        "a clause before the report",
        "a clause on which a statement hangs",
        "a concession",
    ],
)
def test_what_nobody_is_quoted_for_is_the_outlets(marked: str) -> None:
    record, wanted = read(marked)
    assert words(record) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Who closed the quay on Monday?",
        "Nine days without a quay",
        "By Ada Quill, harbour correspondent",
        "Read more about the quay here.",
        "“The quay was closed on Monday.”",
        "In a letter to the board, [s1 Holt] [k1 said] [c1 it would open].",
        "Speaking on Monday, [s1 Holt] [k1 said] [c1 it would open].",
        "[s1 Holt] [k1 said] [c1 it would open], a week later.",
        "If the frost should last, [s1 Holt] [k1 said] [c1 it would stay shut].",
    ],
    ids=[
        "a question",
        "a heading",
        "a byline",
        "an address to the reader",
        "words in marks",
        "where it was said",
        "when it was said",
        "a time",
        "a condition",
    ],
)
def test_what_asserts_nothing_is_left_out(text: str) -> None:
    record, _ = read(text)
    assert words(record) == []


def test_a_dateline_is_no_part_of_the_first_sentence() -> None:
    record, _ = read("AYR, Feb 6 (Quay Desk) -- The quay was closed on Monday.")
    assert words(record) == ["The quay was closed on Monday."]


@pytest.mark.parametrize(
    ("marked", "form", "relation"),
    [
        ("[s1 Holt] [k1 said] [c1 it would open], ‹which it never did›.", "indirect", "inserted"),
        (
            "[s1 Holt] [k1 promised] [c1 “a new quay”], ‹which never came›.",
            "mixed",
            "plain",
        ),  # the marks show the border
        ("[s1 Holt], ‹who runs the quay›, [k1 said] [c1 it would open].", "indirect", "plain"),
    ],
)
def test_words_beside_a_report_are_inserted_where_nothing_parts_them(marked: str, form: Form, relation: str) -> None:
    record, _ = read(marked, form)
    assert [(a.relation, a.statement) for a in record.asserted] == [(relation, "1")]


@pytest.mark.parametrize(
    ("claim", "sentence", "relation"),
    [
        ("the quay was shut by frost", "That was not true.", "rebuts"),
        ("the quay was shut by frost", "The claim is false.", "rebuts"),
        ("the quay was shut by frost", "There is no evidence of frost that week.", "rebuts"),
        ("she had signed", "She had not.", "rebuts"),
        ("the board would pay", "It did not: the bill went to Ayr.", "rebuts"),
        ("the board had paid", "It did nothing of the sort.", "rebuts"),
        ("she had never signed", "She had.", "rebuts"),
        ("she had signed", "She had.", "confirms"),
        ("the quay was shut by frost", "In fact it had been closed for repairs.", "corrects"),
        ("the quay was shut by frost", "But port records show a crane on the rails.", "corrects"),
        ("twelve ships had waited", "Only 9 ships were in port that night.", "corrects"),
        ("the quay was shut by frost", "Indeed, the thermometer stood at minus nine.", "confirms"),
        ("the quay was shut by frost", "She was right.", "confirms"),
        ("the quay was shut by frost", "Port records bear her out.", "confirms"),
        ("the quay was shut by frost", "The quay has nine berths.", None),
        ("twelve ships had waited", "Only 9 cranes work there.", None),  # another thing is counted
        ("the quay was shut", "If that is true, the board must pay.", None),
    ],
)
def test_a_sentence_bears_on_the_claim_before_it(claim: str, sentence: str, relation: str | None) -> None:
    found = bearing(sentence, claim)
    assert (None if found is None else found[0]) == relation


@pytest.mark.parametrize(
    ("marked", "relation"),
    [
        ("[s1 Her] [k1 claim] [c1 that frost shut the quay] ‹is simply mistaken›.", "rebuts"),
        ("[s1 Holt] [k1 said] [c1 frost had shut the quay], ‹and she is right›.", "confirms"),
    ],
)
def test_so_does_a_clause_behind_the_claim(marked: str, relation: str) -> None:
    record, wanted = read(marked)
    assert words(record) == wanted
    assert [(a.relation, a.statement) for a in record.asserted] == [(relation, "1")]


def test_what_bears_on_a_statement_names_it_and_shows_the_words() -> None:
    record, _ = read("[s1 Holt] [k1 said] [c1 frost had shut the quay]. That was not true.")
    text = record.article.text
    assert record.asserted == (Asserted(Span(35, len(text)), "rebuts", "1", "That was not true"),)


def test_loaded_words_are_the_outlets_where_the_wording_is() -> None:
    marked = "[s1 Holt] [k1 admitted] [c1 that her precious quay was shut]."
    assert words(read(marked)[0]) == []
    record, _ = read(marked, voice="outlet")
    assert [(a.relation, a.statement) for a in record.asserted] == [("loaded", "1")]
    assert words(record) == ["precious"]


def test_a_text_without_words_has_no_voice() -> None:
    assert words(read("\n\n …")[0]) == []
