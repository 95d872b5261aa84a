"""Status: said, denied, negated, hypothetical, future or asked; statement 1 of each text is the one judged."""

from __future__ import annotations

import pytest

from marked import parse
from onrecord.finding.framing.status import status_of
from onrecord.records import ROLES, Article, Form, Statement
from onrecord.spans import Span


def status(marked: str, form: Form = "indirect") -> str:
    gold = parse(marked)
    source, cue, content = (tuple(Span(*pair) for pair in gold.attributions[0][role]) for role in ROLES)
    statement = Statement(id="1", source=source, cue=cue, content=content, form=form, confidence=1.0)
    return status_of(Article(gold.text), statement)[0]


@pytest.mark.parametrize(
    ("marked", "wanted"),
    [
        ("[s1 Rena Holt] [k1 said] [c1 the valve was shut].", "said"),
        ("[s1 Rena Holt] [k1 denied] [c1 shutting the valve].", "denied"),
        ("[s1 The board] [k1 has ruled out] [c1 a second valve].", "denied"),
        ("[s1 The board] [k1 refused] [c1 to adjourn].", "denied"),
        ("[s1 She] [k1 does not accept] [c1 that the valve was shut].", "denied"),
        ("[s1 He] [k1 will have none of] [c1 it].", "denied"),
        ("“[s1 I] never [k1 never said] [c1 it was the valve],” he wrote.", "denied"),
        ("[s1 She] [k1 dismissed] [c1 the report as late].", "said"),
        ("[s1 She] [k1 refused to say] [c1 who had shut it].", "negated"),
        ("[s1 She] [k1 declined to say] [c1 whether it was shut].", "negated"),
        ("[s1 She] [k1 did not rule out] [c1 a new valve].", "negated"),
        ("[s1 She] [k1 would neither confirm nor deny] [c1 that it was shut].", "negated"),
        ("[s1 Neither side] [k1 claims] [c1 that it was shut].", "negated"),
        ("[s1 The note] [k1 leaves open] [c1 who shut it].", "negated"),
        ("[s1 She] [k1 would go no further than] [c1 “probably”].", "said"),
        ("[s1 The court] [k1 is expected to say] [c1 whether it was shut].", "future"),
        ("[s1 The court] [k1 will announce] on Friday [c1 whether it was shut].", "future"),
        ("[s1 The vicar] [k1 is said to have agreed] [c1 to a barrel].", "said"),
        ("[c1 That visit], [s1 the porters] [k1 will tell] you, [c1 was short].", "said"),
        ("If [s1 the mayor] [k1 were to tell] me [c1 she would go], I would laugh.", "hypothetical"),
        ("Had anyone asked, [s1 he] [k1 would have said] [c1 lunch].", "hypothetical"),
        ("Should [s1 the agency] [k1 recommend] [c1 a valve], prices would rise.", "hypothetical"),
        ("[s1 My father] [k1 would say] [c1 that the sea keeps time].", "said"),
        ("[c1 The race is close], [k1 if] [s1 he] [k1 is to be believed].", "said"),
        ("[s1 She] [k1 asked] [c1 whether the valve was shut].", "question"),
        ("[s1 She] [k1 wants to know] [c1 who shut it].", "question"),
        ("[s1 She] [k1 asked] [c1 for a valve].", "said"),
        ("[s1 She] [k1 explained] [c1 why the valve was shut].", "said"),
    ],
    ids=lambda value: str(value),
)
def test_what_was_denied_not_said_or_asked_is_told_from_what_was_said(marked: str, wanted: str) -> None:
    assert status(marked) == wanted


def test_the_words_quoted_beside_a_denial_are_the_speakers() -> None:
    assert status("[c1 “Nobody shut it,”] [k1 denied] [s1 Rena Holt].", "direct") == "said"


def test_a_quotation_without_a_cue_was_said() -> None:
    assert status("[c1 “Nobody will say that.”]", "direct") == "said"
