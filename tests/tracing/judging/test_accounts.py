"""Statements in other words: what supports them, what speaks against them, and which of the two weighs more.

The likeness here is a stand-in that knows a few pairs of texts; the real vectors are tried in tests/evals.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from onrecord.tracing.values import Carried, Form, Original
from onrecord.tracing.verdicts import judge

SAID = (
    Original(
        text="We knew the pump was old. Her crew had no warning. My station was told eleven minutes later.",
        id="1",
        names=("RENA HOLT, harbour master",),
    ),
    Original(text="Will the ferry sail in May?", id="2", names=("OLA FERN, Quay Herald",)),
    Original(
        text="Not without a new pump. I will do it again if I must.",
        id="3",
        names=("KENJI ITO, mayor",),
        after="Will the ferry sail in May?",
    ),
    Original(text="Je ne pars pas fâché, je pars fatigué.", id="4", names=("ANA QUILL, chef",), language="fr"),
)
NOT = re.compile(r"\b(?:no|not|never|pas)\b|n['’]t\b")


class Pairs:
    """Likeness 0.8 where the left text holds a word that the table pairs with a word of the right, else 0.1; less by
    0.2 where one of the two denies."""

    crosslingual = True

    def __init__(self, **pairs: str) -> None:
        self.pairs = pairs

    def between(self, left: Sequence[str], right: Sequence[str]) -> list[list[float]]:
        return [[self.like(one, other) for other in right] for one in left]

    def like(self, one: str, other: str) -> float:
        alike = any(a in one and b in other for a, b in self.pairs.items())
        signs = {bool(NOT.search(text)) for text in (one, other)}
        return (0.8 if alike else 0.1) - 0.2 * (len(signs) - 1)


LIKE = Pairs(pump="pump", sailors="crew", station="station", ferry="ferry", angry="fâché")


def carried(text: str, name: str, form: Form = "indirect", cue: str = "said", denied: bool = False) -> Carried:
    return Carried(text=text, names=(name,), form=form, cue=cue, denied=denied)


@pytest.mark.parametrize(
    ("statement", "kind", "code"),
    [
        (carried("that the pump had been known to be old", "Rena Holt"), "paraphrased", "supported"),
        (carried("the sailors had not been warned", "Rena Holt"), "paraphrased", "supported"),
        (carried("her station was told 11 minutes later", "Rena Holt"), "paraphrased", "supported"),
        (carried("the pump was 40 years old and failed 12 times", "Rena Holt"), "distorted", "number_not_said"),
        (carried("the sailors had been warned", "Rena Holt"), "distorted", "polarity"),
        (carried("the moon is made of cheese", "Rena Holt"), "unfounded", "little_support"),
        (carried("the mayor of Zermatt will resign", "Rena Holt"), "unfounded", "name_not_said"),
        (carried("he was a liar and a thief", "Rena Holt", cue="accused"), "distorted", "charge"),
        (carried("whether the ferry would sail in spring", "Ola Fern", cue="asked"), "paraphrased", "supported"),
        (carried("that the pump “had cost a king's ransom”", "Rena Holt", "mixed"), "distorted", "quote_not_said"),
        (carried("that the pump “was old”", "Rena Holt", "mixed"), "paraphrased", "supported"),
    ],
)
def test_a_report_is_fair_or_not(statement: Carried, kind: str, code: str) -> None:
    verdict = judge(statement, SAID, LIKE)
    assert (verdict.kind, code in [r.code for r in verdict.reasons]) == (kind, True)
    assert 0 <= verdict.score <= 1


def test_a_cue_that_denies_turns_the_content() -> None:
    said = judge(carried("that the sailors had been warned", "Rena Holt", cue="denied", denied=True), SAID, LIKE)
    assert said.kind == "paraphrased"


@pytest.mark.parametrize(
    ("words", "kind", "code"),
    [
        ("I’m not leaving angry, I’m leaving tired.", "translated", "other_language"),
        ("I’m leaving angry, I’m leaving tired.", "altered", "polarity"),
        ("The cheese shop will be opened on Monday by my brother.", "unfounded", "nothing_alike"),
    ],
)
def test_a_quotation_in_another_language(words: str, kind: str, code: str) -> None:
    verdict = judge(carried(words, "Ana Quill", "direct"), SAID, LIKE)
    assert (verdict.kind, verdict.reasons[0].code) == (kind, code)


def test_without_vectors_another_language_is_left_open() -> None:
    verdict = judge(carried("I’m not leaving angry, I’m leaving tired.", "Ana Quill", "direct"), SAID)
    assert (verdict.score, verdict.reasons[0].code) == (0.0, "no_vectors")


def test_without_vectors_words_still_count() -> None:
    assert judge(carried("that her station was told eleven minutes later", "Rena Holt"), SAID).kind == "paraphrased"


def test_a_question_nobody_is_named_for_is_found_by_its_words() -> None:
    asked = Carried(text="whether the ferry would sail in May", form="indirect", cue="Asked", question=True)
    assert judge(asked, SAID, LIKE).utterance == ("2",)


class Even:
    """The same middling likeness for any two texts."""

    crosslingual = True

    def between(self, left: Sequence[str], right: Sequence[str]) -> list[list[float]]:
        return [[0.42 for _ in right] for _ in left]


def test_what_can_neither_be_borne_out_nor_refuted_is_left_open_and_said_to_be() -> None:
    said = (Original(text="That was our mistake. It did not harm the river.", id="1", names=("IVO LANE, engineer",)),)
    report = carried("that he had poisoned children for the price of a valve", "Ivo Lane", cue="admitted")
    verdict = judge(report, said, Even())
    assert (verdict.alarming, [r.code for r in verdict.reasons]) == (False, ["cannot_tell", "little_support"])


def test_a_hard_edit_decides_whatever_the_likeness() -> None:
    said = (
        Original(text="The brewery is one of the four sources of the foam.", id="1", names=("IVO LANE, engineer",)),
    )
    for like in (None, Even()):
        wrong = judge(carried("that the brewery is the source of the foam", "Ivo Lane"), said, like)
        assert (wrong.kind, wrong.reasons[0].code) == ("distorted", "one_of_several")
        fair = judge(carried("that the brewery is one of four sources of the foam", "Ivo Lane"), said, like)
        assert fair.kind == "paraphrased"


WARNED = (
    Original(text="Niemand hat uns vor dem Wasser gewarnt.", id="1", names=("RENA HOLT",), language="de"),
    Original(text="Das Ventil war alt.", id="2", names=("RENA HOLT",), language="de"),
)


@pytest.mark.parametrize(
    ("printed", "kind", "code"),
    [
        ("“Niemand hat uns vor dem Wasser gewarnt” (“Nobody warned us about the water”)", "verbatim", "word_for_word"),
        ("“Nobody warned us about the water” – „Niemand hat uns vor dem Wasser gewarnt“", "verbatim", "word_for_word"),
        ("“Niemand hat uns vor dem Wasser gewarnt” (“They did warn us about the water”)", "altered", "polarity"),
    ],
)
def test_a_translation_beside_the_words_spoken_is_held_against_them(printed: str, kind: str, code: str) -> None:
    verdict = judge(Carried(text=printed, names=("Rena Holt",)), WARNED, Pairs(warn="gewarnt"))
    assert (verdict.kind, verdict.reasons[0].code) == (kind, code)
    assert kind == "altered" or verdict.reasons[-1].code == "translation_beside"
