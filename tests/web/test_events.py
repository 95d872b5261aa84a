"""Occasions of several speakers come together where they are of one event, and of no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.answers.tracing import gathered, together
from onrecord.archive.store.opening import open_archive
from onrecord.tracing.gathering.carriers import Carrier
from onrecord.tracing.gathering.occasions import JoinedOccasion, SaidThere
from onrecord.tracing.gathering.utterances import Utterance, utterances


def said(speaker: str, article: str, **known: str | None) -> JoinedOccasion:
    """What somebody said in an article, as tracing joins it."""
    words = f"{speaker} will not open the lower gate before the inspectors have been there"
    carrier = Carrier(id=f"{article}#{speaker}", article=article, statement="1", words=words, speaker=speaker)
    (utterance,) = utterances([carrier])
    assert isinstance(utterance, Utterance)
    values: dict[str, str | None] = {"kind": "press_conference", "when": None, "medium": None, "place": None, **known}
    return JoinedOccasion(
        id=carrier.id, speaker=speaker, event=None, said=(SaidThere(utterance, (carrier,)),), **values
    )


FIRST = said("Rena Holt", "1", when="2031-05-04")


@pytest.mark.parametrize(
    ("other", "joins"),
    [
        (said("Tom Ito", "1"), True),
        (said("Tom Ito", "1", when="2031-05-04"), True),
        (said("Tom Ito", "1", when="2031-05-05"), False),
        (said("Tom Ito", "1", kind="interview"), False),
        (said("Tom Ito", "1", kind=None), False),
        (said("Tom Ito", "2"), False),
    ],
)
def test_one_kind_one_article_and_nothing_that_differs_make_one_event(other: JoinedOccasion, joins: bool) -> None:
    assert together(FIRST, (FIRST, other)) == ((FIRST, other) if joins else (FIRST,))


def test_an_occasion_of_no_known_kind_stands_alone() -> None:
    unknown = said("Rena Holt", "1", kind=None)
    assert together(unknown, (unknown, said("Tom Ito", "1", kind=None))) == (unknown,)


def test_the_news_conference_of_the_examples_has_all_its_speakers(archive_file: Path) -> None:
    with open_archive(archive_file) as archive:
        ((occasion,),) = archive.database.rows(
            "SELECT MIN(s.occasion) FROM statements s JOIN occasions k ON k.id = s.occasion"
            " JOIN people p ON p.id = s.person WHERE k.kind = 'press_conference' AND p.name = 'Helena Dravic'"
        )
        found, numbers = gathered(archive, occasion)
    assert {"Helena Dravic", "Miriam Oswin", "Tomas Arlund"} <= {one.speaker for one in found}
    told = {carrier.id for one in found for held in one.said for carrier in held.carriers}
    assert {id for id in told if id.partition("#")[2].isdigit()} <= set(
        numbers
    )  # others are no statements of their own
