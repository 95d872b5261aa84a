"""What has the shape of a report and is none, each beside a report that looks like it."""

from __future__ import annotations

import pytest

from marked import parse
from onrecord.finding.quoting.hedges import reports_nothing
from onrecord.finding.tagging.drafts import Draft
from onrecord.spans import Span


def nothing(marked: str, form: str = "indirect", *, inner: bool = False) -> bool:
    gold = parse(marked)
    found = {role: tuple(Span(*pair) for pair in gold.attributions[0][role]) for role in ("source", "cue", "content")}
    return reports_nothing(Draft("cue", found["content"], found["source"], found["cue"], inner=inner), gold.text, form)


@pytest.mark.parametrize("marked", ["[s1 I] [k1 hope] [c1 it rains]", "[s1 We] [k1 want] [c1 to be plain]"])
def test_the_speakers_own_hedge_is_part_of_what_is_said(marked: str) -> None:
    assert nothing(marked, inner=True)
    assert not nothing(marked), "on its own it is what somebody thinks"


def test_what_the_speaker_told_another_is_a_report() -> None:
    assert not nothing("[s1 I] [k1 told] her [c1 it would rain]", inner=True)


def test_an_order_reports_nothing() -> None:
    assert nothing("[s1 Please] don't [k1 call] [c1 it a map]")


def test_a_topic_is_no_content_and_a_question_is_one() -> None:
    assert nothing("He [k1 came to talk] [c1 about filters].")
    assert not nothing("He [k1 asked] [c1 about how long it took].")


def test_a_reason_is_not_what_was_said() -> None:
    assert nothing("[s1 We] [k1 put it off] because [c1 nothing had come].")
    assert not nothing("[s1 She] [k1 said] [c1 it was because nothing had come].")


def test_an_auxiliary_alone_is_no_cue() -> None:
    assert nothing("It [k1 had] [c1 “no sign of any loss”].", "direct", inner=True)
    assert not nothing("It [k1 had announced] [c1 “no sign of any loss”].", "direct", inner=True)
