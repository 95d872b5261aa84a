"""Pairs of originals and reports: what an edit turns, what a rewriting keeps, and what training never sees."""

from __future__ import annotations

import random

import pytest
from training.pairs import HELD_OUT_EVENTS, HELD_OUT_KINDS
from training.pairs.edits import EDITS
from training.pairs.indirect import Frame, reported
from training.pairs.maker import distorted, faithful
from training.pairs.passages import Passage, part_of, passages
from training.pairs.places import LOWER, NAMES
from training.pairs.rewrites import REWRITES
from training.pairs.translations import EVENTS, edited

LOWER_CASE = frozenset("i we the our it they a that this nobody if bridge harbour ferry".split())


@pytest.fixture(autouse=True)
def names() -> None:
    LOWER.update(LOWER_CASE)
    NAMES.update(("Holt", "Marsh"))


def alone(sentence: str, *others: str) -> Passage:
    return Passage(sentence, sentence, "", "", "test:1", quoted=True, others=others)


@pytest.mark.parametrize(
    ("kind", "sentence", "edited"),
    [
        ("negation dropped", "We will not close the bridge.", "We will close the bridge."),
        ("negation added", "The ferry is ready to leave.", "The ferry is not ready to leave."),
        ("unit changed", "The cable runs for 40 kilometres.", "The cable runs for 40 miles."),
        ("percent and points", "Fares rose by 3 percentage points.", "Fares rose by 3 percent."),
        ("modality raised", "The ferry may leave on time.", "The ferry will leave on time."),
        ("planned for done", "We will build a second bridge.", "We have built a second bridge."),
        ("some to all", "Some of the boats are old.", "All of the boats are old."),
        ("one of", "It was one of the worst storms.", "It was the worst storm."),
        ("hedge dropped", "Perhaps the pump was old.", "The pump was old."),
        (
            "condition dropped",
            "We will sail in the morning if the wind is in the west.",
            "We will sail in the morning.",
        ),
        ("agents swapped", "Holt praised Marsh.", "Marsh praised Holt."),
        ("cause reversed", "We came home because they were late.", "They were late because we came home."),
        ("order reversed", "We left before the storm came.", "We left after the storm came."),
        ("only dropped", "We have only two boats.", "We have two boats."),
        ("question to claim", "Is it safe to swim there?", "It is safe to swim there."),
        ("comparison reversed", "The new bridge is stronger than it was.", "The new bridge is weaker than it was."),
        ("scope of not", "Not all of the boats are old.", "None of the boats are old."),
        ("bound reversed", "It takes at least 3 hours.", "It takes at most 3 hours."),
        ("opposite", "We oppose the plan.", "We support the plan."),
    ],
)
def test_an_edit_turns_the_sense_of_a_sentence(kind: str, sentence: str, edited: str) -> None:
    new = EDITS[kind](sentence, alone(sentence), random.Random(1))
    assert new == edited


@pytest.mark.parametrize(
    ("kind", "sentence", "rewritten"),
    [
        ("passive", "We will repair the bridge.", "The bridge will be repaired by us."),
        ("clauses in another order", "We came home when the wind was fair.", "When the wind was fair, we came home."),
        ("same bound", "It takes at least 3 hours.", "It takes no fewer than 3 hours."),
        ("same denial", "It is impossible to swim.", "It is not possible to swim."),
        ("opposite denied", "We will reject the plan.", "We will not accept the plan."),
        ("raised negation", "I do not think it will hold.", "I think it will not hold."),
        ("not only", "It was not only late but also wet.", "It was both late and wet."),
        ("number written", "We have 3 boats.", "We have three boats."),
        ("contraction", "We won't sail.", "We will not sail."),
        ("converse", "The bridge is stronger than the ferry.", "The ferry is weaker than the bridge."),
    ],
)
def test_a_rewriting_keeps_it(kind: str, sentence: str, rewritten: str) -> None:
    assert REWRITES[kind](sentence, alone(sentence), random.Random(2)) == rewritten


@pytest.mark.parametrize(
    ("sentence", "person", "back", "report"),
    [
        ("We won't leave our house today.", "he", True, "they would not leave their house that day"),
        ("I think it is safe.", "she", True, "she thought it was safe"),
        ("I think it is safe.", "he", False, "he thinks it is safe"),
        ("I have never seen him.", "she", False, "she has never seen him"),
        ("Do you know the way?", "he", True, None),
        ("Leave the boats where they are.", "he", True, None),
    ],
)
def test_a_sentence_is_put_into_reported_speech_or_left_alone(
    sentence: str, person: str, back: bool, report: str | None
) -> None:
    assert reported(sentence, Frame(person, back, that=False), LOWER_CASE) == report


def test_pairs_are_of_both_labels_and_the_same_each_time() -> None:
    pool = [alone(f"We will not close the bridge before {n} more ferries are built.") for n in range(20, 40)]
    once = [*distorted("negation dropped", pool, 5, random.Random(3)), *faithful(pool, 60, random.Random(4))]
    twice = [*distorted("negation dropped", pool, 5, random.Random(3)), *faithful(pool, 60, random.Random(4))]
    assert once == twice
    assert {pair.label for pair in once} == {"faithful", "distorted"}
    assert all("not" not in pair.report for pair in once if pair.kind == "negation dropped")


def test_a_passage_keeps_what_stands_around_it() -> None:
    text = "“The bridge has held all night. It will not hold the next storm,” said Rena Holt of the harbour office."
    first, second = passages("test:2", text)
    assert first.sentence == "The bridge has held all night."
    assert second.sentence == "It will not hold the next storm."
    assert first.whole == "The bridge has held all night. It will not hold the next storm,"


@pytest.mark.parametrize(
    ("language", "text", "dropped"),
    [
        ("de", "Wir werden die Brücke nicht schließen.", "Wir werden die Brücke schließen."),
        ("fr", "Nous ne fermons pas le pont.", "Nous fermons le pont."),
        ("es", "El puente no está cerrado.", "El puente está cerrado."),
        ("ru", "Мост не закрыт.", "Мост закрыт."),
    ],
)
def test_a_translation_loses_its_negation(language: str, text: str, dropped: str) -> None:
    assert dict(edited(text, language, random.Random(0)))["negation dropped"] == dropped


def test_what_is_held_out_is_not_read() -> None:
    assert set(EDITS) > HELD_OUT_KINDS
    assert not HELD_OUT_EVENTS & {name for _, names in EVENTS for name in names}
    assert part_of("polnear-dev:any") == "evaluation"
    assert {part_of(f"wikinews:{n}") for n in range(40)} == {"train", "evaluation"}
    assert {part_of(f"corpus:{n}") for n in range(40)} == {"train"}
