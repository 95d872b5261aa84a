"""Two carriers are tied by words, and by what is known besides; the fewer words, the more must be known."""

from __future__ import annotations

from typing import Any

import pytest

from carried import carrier
from onrecord.tracing.gathering.shingles import plain_words
from onrecord.tracing.gathering.ties import Tie, shared, tie, tie_of_meaning

OLD = "“It is an old valve, and we had asked the council for a new one before the frost came.”"
TOLD = "the council had been asked three times for a new valve before the frost of last winter"


def tied(left: dict[str, Any], right: dict[str, Any]) -> Tie | None:
    one, two = carrier(**left), carrier(**right)
    there = tie(one, tuple(plain_words(one.words)), two, tuple(plain_words(two.words)))
    back = tie(two, tuple(plain_words(two.words)), one, tuple(plain_words(one.words)))
    assert (there and (there.kind, there.strength)) == (back and (back.kind, back.strength))
    return there


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        ({"words": OLD}, "same words"),
        (
            {"words": "It is an OLD valve and we had asked the council for a new one before the frost came"},
            "same words",
        ),
        ({"words": "“we had asked the council for a new one”"}, "part"),
        ({"words": "“It is an old valve … before the frost came.”"}, "part"),
        (
            {"words": "“It is a cold valve, and we had asked the council for a new one before the frost came.”"},
            "overlap",
        ),
        ({"words": "that they “had asked the council for a new one” twice", "form": "mixed"}, "overlap"),
        ({"words": OLD, "speaker": None}, "same words"),
        ({"words": OLD, "speaker": "Kenji Ito"}, "same words"),  # given to another: a tie, and the verdict's to judge
        ({"words": OLD, "day": None}, "same words"),
        ({"words": OLD, "day": "2033-01-01"}, "same words"),  # years on, but long and word for word
    ],
)
def test_what_carries_the_same_words_is_tied(other: dict[str, Any], kind: str) -> None:
    found = tied({"words": OLD}, other)
    assert found is not None
    assert found.kind == kind
    assert 0 < found.strength <= 1
    assert any("words in runs" in why for why in found.why)


@pytest.mark.parametrize(
    "other",
    [
        {"words": "“The ferry sails again on Thursday if the wind allows it.”"},
        {"words": "“an old valve”", "speaker": None},  # three words of nobody
        {"words": "“asked the council for”", "speaker": "Kenji Ito"},
        {"words": "“had asked the council”", "day": "2033-01-01"},  # a turn of phrase, years on
        {"words": "…"},
        {"words": ""},
    ],
)
def test_what_shares_too_little_is_not(other: dict[str, Any]) -> None:
    assert tied({"words": OLD}, other) is None


def test_one_place_of_an_article_is_not_tied_to_itself() -> None:
    assert tied({"words": OLD, "article": "a"}, {"words": OLD, "article": "a", "start": 4}) is None
    assert tied({"words": OLD, "article": "a"}, {"words": OLD, "article": "a", "start": 400}) is not None


def test_two_turns_of_one_printed_exchange_are_two_utterances() -> None:
    said = "Yes, the harbour was closed before the storm reached the outer wall."
    assert tied({"words": said, "article": "a"}, {"words": said, "article": "a", "start": 400}) is None


@pytest.mark.parametrize(
    ("other", "is_tied"),
    [
        ({"words": TOLD}, True),
        ({"words": TOLD.replace("three", "four")}, True),
        ({"words": TOLD.replace("three", "3")}, False),  # a number that the other does not have
        ({"words": TOLD, "day": "2031-07-20"}, True),
        ({"words": "the council had been asked for a valve", "speaker": None}, False),
        ({"words": TOLD, "speaker": None}, True),
    ],
)
def test_the_writers_own_words_must_agree_in_more(other: dict[str, Any], is_tied: bool) -> None:
    found = tied({"words": TOLD, "form": "indirect"}, {"form": "indirect", **other})
    assert (found is not None) == is_tied


def test_a_question_asked_again_next_week_is_another() -> None:
    asked = "“Will the council pay for the new valve before the winter?”"
    today = {"words": asked, "status": "question"}
    assert tied(today, {"words": asked, "status": "question", "day": "2031-05-07"}) is not None
    assert tied(today, {"words": asked, "status": "question", "day": "2031-05-14"}) is None


def test_what_is_shared_is_counted_in_runs() -> None:
    longer = tuple("we had asked the council for a new one".split())
    found = shared(tuple("they had asked the mayor for a new valve".split()), longer)
    assert (found.words, found.of, found.longest) == (6, 9, ("had", "asked", "the"))
    assert found.content == 2
    assert shared(("new", "one"), longer).words == 2
    assert shared(("one", "new"), longer).words == 0


def meant(left: dict[str, Any], right: dict[str, Any], cosine: float) -> Tie | None:
    one, two = carrier(**left), carrier(**right)
    return tie_of_meaning(one, tuple(plain_words(one.words)), two, tuple(plain_words(two.words)), cosine)


SAID = {"words": "The council was asked for a new valve", "form": "indirect"}
ALSO = {"words": "She had wanted the council to buy a new valve", "form": "indirect"}


@pytest.mark.parametrize(
    ("other", "cosine", "kind"),
    [
        ({}, 0.85, "meaning"),
        ({}, 0.75, None),
        ({"speaker": "Kenji Ito"}, 0.9, None),
        ({"speaker": None}, 0.9, None),
        ({"day": "2031-05-09"}, 0.9, None),  # the like is said every week
        ({"day": None}, 0.9, None),
        ({"words": "The council was never asked for a new valve"}, 0.9, None),
        ({"words": "Frost closed the whole harbour on Sunday night"}, 0.9, None),
        (
            {"words": "Совет просили о новом клапане ещё зимой", "language": "ru", "day": "2031-05-08"},
            0.65,
            "translation",
        ),
        ({"words": "Совет просили о новом клапане ещё зимой", "language": "ru"}, 0.5, None),
        ({"words": "On avait demandé une vanne au conseil", "language": "fr", "speaker": None}, 0.65, None),
        ({"words": "On avait demandé une vanne au conseil", "language": "fr", "speaker": None}, 0.8, "translation"),
    ],
)
def test_alike_in_meaning_ties_one_speaker_on_one_day(other: dict[str, Any], cosine: float, kind: str | None) -> None:
    found = meant(SAID, {**ALSO, **other}, cosine)
    assert (found and found.kind) == kind


def test_where_both_count_they_must_count_alike() -> None:
    eleven = {"words": "The flood drove 11 families out of the lower town", "form": "indirect"}
    same = {"words": "In the lower town 11 families had to leave for the flood", "form": "indirect"}
    other = {"words": "In the lower town 40 families had to leave for the flood", "form": "indirect"}
    assert meant(eleven, same, 0.9) is not None
    assert meant(eleven, other, 0.9) is None
