"""Whose words are meant, and what is said of whose they are: nobody is accused on a guess."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from onrecord.records import Article
from onrecord.tracing.judging.gate import meant
from onrecord.tracing.judging.scene import ANYWHERE, Stage, scene_of
from onrecord.tracing.transcripts import originals_of
from onrecord.tracing.values import Carried, Original
from onrecord.tracing.verdicts import judge

HEARING = originals_of(
    Article(
        "RENA HOLT, harbour master: We knew that the pump was old. The board has told us that it wants a plan.\n\n"
        "OLA FERN, Quay Herald: Kenji Ito says that you are tired. Did anyone warn the crew?\n\n"
        "ANA QUILL, pilot: I told them twice on the radio and nobody answered me.\n\n"
        "QUESTION: Will the ferry sail in May?\n\n"
        "HOLT: It will sail when the pump is new.\n"
    )
)
TALK = originals_of(Article("Q: Why did it stick?\n\nMINISTER: It was an old valve and we had asked for a new one.\n"))


@pytest.mark.parametrize(
    ("given", "how", "turns"),
    [
        ({"names": ("Rena Holt",)}, "named", {0, 4}),
        ({"names": ("Skipper Holt",)}, "named", {0, 4}),
        ({"names": ("Rena",)}, "named", {0, 4}),  # the only Rena there
        ({"names": ("the harbour master",), "described": True}, "named", {0, 4}),
        ({"names": ("The Quay Herald",), "body": True, "asks": True}, "named", {1}),
        ({"names": ("The Quay Herald",), "body": True}, "absent", set()),  # its own report, not its question
        ({"asks": True}, "asker", {1, 3}),
        ({"names": ("a reporter",), "asks": True, "described": True, "newcomer": True}, "asker", {1, 3}),
        ({"names": ("Kenji Ito",)}, "relayed", {1}),
        ({"names": ("the board",), "body": True}, "relayed", {0}),
        ({"names": ("Pavel Ptitsyn",)}, "absent", set()),
        ({"names": ("a spokesman",), "described": True, "newcomer": True}, "absent", set()),
        ({"names": ("the old woman",), "described": True}, "nobody", set()),
        ({}, "nobody", set()),
    ],
)
def test_whose_turns_a_statement_is_held_against(given: dict[str, Any], how: str, turns: set[int]) -> None:
    found = meant(Carried(text="it was old", **given), HEARING, ANYWHERE)
    assert (found.how, set(found.turns)) == (how, turns)


@pytest.mark.parametrize(
    ("heading", "how"), [("", "unconfirmed"), ("Interview of Foreign Minister Anna Brell with Q1", "named")]
)
def test_a_role_only_label_is_of_the_one_whom_the_heading_names(heading: str, how: str) -> None:
    found = meant(Carried(text="it was old", names=("Anna Brell",)), TALK, Stage(heading=heading))
    assert (found.how, set(found.turns)) == (how, {1})


def verdict(words: str, originals: Sequence[Original] = TALK, scene: Stage = ANYWHERE, **given: Any) -> tuple[str, ...]:
    found = judge(Carried(text=words, **given), originals, None, scene)
    return found.kind, *(reason.code for reason in found.reasons if reason.code.startswith("speaker"))


def test_where_it_is_not_sure_words_are_compared_all_the_same() -> None:
    words = "“It was an old valve and we had asked for a new one.”"
    assert verdict(words, names=("Anna Brell",)) == ("verbatim", "speaker_not_confirmed")
    assert verdict("“We never had a single valve on board that ship.”", names=("Anna Brell",))[0] == "elsewhere"


def test_only_another_named_speakers_words_are_misattributed() -> None:
    words = "“I told them twice on the radio and nobody answered me,”"
    assert verdict(words, HEARING, names=("Rena Holt",)) == ("misattributed",)
    assert verdict(words, HEARING, names=("Pavel Ptitsyn",)) == ("misattributed",)
    assert verdict(words, HEARING, names=("the old woman",), described=True)[0] == "verbatim"
    assert verdict(words, HEARING, names=("Archpilot Quill",))[0] == "verbatim"
    unnamed = originals_of(
        Article("MINISTER: It was old.\n\nPILOT: I told them twice on the radio and nobody answered me.")
    )
    assert verdict(words, unnamed, names=("Rena Holt",)) == ("verbatim", "speaker_not_confirmed")
    pronoun = verdict(words, HEARING, names=("Rena Holt",), others=("Ana Quill",))
    assert pronoun == ("verbatim", "speaker_open")


def test_an_excerpt_proves_nothing_by_what_is_missing() -> None:
    words = "“Nobody in the town hall ever gave me a straight answer.”"
    assert verdict(words, HEARING, names=("Rena Holt",)) == ("unfounded",)
    assert verdict(words, HEARING, Stage(incomplete=True), names=("Rena Holt",)) == ("elsewhere",)


def test_the_user_may_say_who_speaks_and_of_what_occasion_it_is() -> None:
    article = Article("MINISTER: It was old.\n\nQ: Why?")
    named = originals_of(article, speaker="Anna Brell")
    assert named[0].names == ("Anna Brell", "MINISTER")
    assert named[1].names == ("Q",)
    assert [original.names for original in originals_of(Article("It was old.\n\nIt was slow."), "Anna Brell")] == [
        ("Anna Brell",),
        ("Anna Brell",),
    ]
    scene = scene_of(article, occasion="interview with Rubezh, 5 June 2025", incomplete=True)
    assert (scene.meant, scene.incomplete, scene.names("Rubezh")) == (True, True, True)
    assert scene.kinds == {"interview"}


class ByHand:
    """Likeness 0.9 between texts that both tell of a radio, else 0.1."""

    crosslingual = True

    def between(self, left: Sequence[str], right: Sequence[str]) -> list[list[float]]:
        return [[0.9 if "radio" in one and "radio" in other else 0.1 for other in right] for one in left]


@pytest.mark.parametrize(
    ("given", "stolen"),
    [
        ({"names": ("Rena Holt",)}, True),
        ({"names": ("the harbour master",), "described": True}, False),  # a description accuses nobody of it
        ({"names": ("Rena Holt",), "others": ("Ana Quill",)}, False),  # the pronoun may be hers
        ({"names": ("Rena Holt",), "denied": True}, False),  # what is denied may be another's words
        ({"names": ("Ana Quill",)}, False),
    ],
)
def test_a_report_of_anothers_words_is_misattributed_where_it_is_claimed(given: dict[str, Any], stolen: bool) -> None:
    report = Carried(text="that the crew had been told twice by radio", form="indirect", cue="said", **given)
    found = judge(report, HEARING, ByHand())
    assert (found.kind == "misattributed") == stolen
    assert found.true_speaker == ("ANA QUILL, pilot" if stolen else None)
