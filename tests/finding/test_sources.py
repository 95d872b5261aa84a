"""Sources that were cut short, that stand in the sentence before, or that belong to somebody whom another quotes.

In each pair the first marks what was found and the second what it becomes; without tags both are one text.
"""

from __future__ import annotations

import pytest

from marked import Gold, of, parse
from onrecord.finding.tagging.sources import complete_sources
from onrecord.records import Article, Provenance, Record, Statement
from onrecord.spans import Span


def spans(pairs: list[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in pairs)


def record_of(gold: Gold, carried: dict[str, str]) -> Record:
    statements = (
        Statement(
            id=found["id"],
            source=spans(found["source"]),
            cue=spans(found["cue"]),
            content=spans(found["content"]),
            form="indirect" if found["cue"] else "direct",
            confidence=0.9,
            carried_from=carried.get(found["id"]),
        )
        for found in gold.attributions
    )
    return Record(Article(gold.text), tuple(statements), Provenance("0"))


def roles(record: Record) -> list[tuple[str, str, str]]:
    return [tuple(record.words(s, role) for role in ("source", "cue", "content")) for s in record.statements]  # type: ignore[misc]


def becomes(before: str, after: str, carried: dict[str, str] | None = None) -> None:
    found, wanted = parse(before), parse(after)
    assert found.text == wanted.text, "both sides are of one text"
    assert roles(complete_sources(*of(record_of(found, carried or {})))) == roles(record_of(wanted, {}))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[s1 Mr] Holt [k1 said] [c1 it was late].", "[s1 Mr Holt] [k1 said] [c1 it was late]."),
        ("[s1 Rena] Holt of Quay [k1 said] [c1 it was late].", "[s1 Rena Holt] of Quay [k1 said] [c1 it was late]."),
        (
            "All were told by [s1 the] operator [c1 that it was late].",
            "All were told by [s1 the operator] [c1 that it was late].",
        ),
        # what ends before a verb is whole; a headline has capitals everywhere; initials are a label
        ("[s1 The] said [c1 nothing].", "[s1 The] said [c1 nothing]."),
        (
            "[s1 Helion Grid] Secures New Licence, [k1 Says] [c1 All Is Well]",
            "[s1 Helion Grid] Secures New Licence, [k1 Says] [c1 All Is Well]",
        ),
        ("[s1 RH] [c1 Not today.]", "[s1 RH] [c1 Not today.]"),
    ],
)
def test_a_source_is_a_whole_name(before: str, after: str) -> None:
    becomes(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "Here is Rena Holt, the cook, on the delay: [c1 “We lost it.”]",
            "Here is [s1 Rena Holt, the cook], on the delay: [c1 “We lost it.”]",
        ),
        (
            "Rena Holt was more forgiving. [c1 “I would have lost it too.”]",
            "[s1 Rena Holt] was more forgiving. [c1 “I would have lost it too.”]",
        ),
        (
            "The mayor of Quay, Ada Ito, saw it differently. [c1 “We got a trench.”]",
            "[s1 The mayor of Quay, Ada Ito], saw it differently. [c1 “We got a trench.”]",
        ),
        ("Rena Holt differed:\n[c1 “We got a trench.”]", "[s1 Rena Holt] differed:\n[c1 “We got a trench.”]"),
        # a sentence without a person, one that is about a thing, and a paragraph of its own introduce nobody
        ("It was raining. [c1 “We got a trench.”]", "It was raining. [c1 “We got a trench.”]"),
        ("The trench was deep. [c1 “We got a trench.”]", "The trench was deep. [c1 “We got a trench.”]"),
        ("Rena Holt was late.\n[c1 “We got a trench.”]", "Rena Holt was late.\n[c1 “We got a trench.”]"),
    ],
)
def test_who_is_introduced_before_a_quotation_says_it(before: str, after: str) -> None:
    becomes(before, after)


def test_a_sentence_that_reports_something_introduces_nobody() -> None:
    told = "[s1 Ada Ito] [k1 said] [c1 it was late]. [c2 “We got a trench.”]"
    becomes(told, told, {"2": "1"})


def test_who_speaks_already_goes_on_and_is_not_named_again() -> None:
    told = "[s1 Ada Ito] [k1 said] [c1 it was late]. Ito was blunt. [c2 “We got a trench.”]"
    becomes(told, told, {"2": "1"})


def test_another_who_is_introduced_takes_over_from_who_spoke_before() -> None:
    becomes(
        "[s1 Ada Ito] [k1 said] [c1 it was late]. Rena Holt was blunter. [c2 “We got a trench.”]",
        "[s1 Ada Ito] [k1 said] [c1 it was late]. [s2 Rena Holt] was blunter. [c2 “We got a trench.”]",
        {"2": "1"},
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "[s1 The Ledger] [k1 quotes] [c1 him as saying that it was late].",
            "The Ledger [k1 quotes] [s1 him] [k1 as saying] [c1 that it was late].",
        ),
        (
            "[c1 “It was late”], [s1 the Ledger] [k1 quoted] Holt as saying.",
            "[c1 “It was late”], the Ledger [k1 quoted] [s1 Holt] [k1 as saying].",
        ),
        (
            "Holt [k1 was quoted] by [s1 the] Ledger [c1 as calling it late].",
            "[s1 Holt] [k1 was quoted] by the Ledger [k1 as calling] [c1 it late].",
        ),
        ("[s1 Holt] [k1 quoted] [c1 a poem about rain].", "[s1 Holt] [k1 quoted] [c1 a poem about rain]."),
    ],
)
def test_the_words_are_of_the_one_who_is_quoted(before: str, after: str) -> None:
    becomes(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[k1 Asked] [c1 whether it was late], [s1 Holt] nodded.", "[k1 Asked] [c1 whether it was late], Holt nodded."),
        (
            "[k1 Pressed] by Ada Ito [c1 if it was late], [s1 Holt] nodded.",
            "[k1 Pressed] by [s1 Ada Ito] [c1 if it was late], Holt nodded.",
        ),
        ("[s1 Holt] [k1 asked] [c1 whether it was late].", "[s1 Holt] [k1 asked] [c1 whether it was late]."),
    ],
)
def test_who_is_asked_does_not_ask(before: str, after: str) -> None:
    becomes(before, after)
