"""Form by the marks around a content's own words; statement 1 of each text is the one judged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marked import parse
from onrecord.finding.quoting.forms import form_of
from onrecord.finding.quoting.quotations import find_quotations
from onrecord.finding.tagging.drafts import Draft
from onrecord.spans import Span


def judged(marked: str, rule: str = "cue") -> tuple[str, str]:
    gold = parse(marked)
    source, cue, content = (
        tuple(Span(start, end) for start, end in gold.attributions[0][role]) for role in ("source", "cue", "content")
    )
    return form_of(Draft(rule, content, source, cue), gold.text, find_quotations(gold.text))


@pytest.mark.parametrize(
    ("marked", "form", "why"),
    [
        ("[c1 “No,”] [s1 she] [k1 said]. [c1 “Never.”]", "direct", "marks"),
        ("[s1 She] [k1 said] “[c1 no]”.", "direct", "marks"),
        ("[s1 She] [k1 said]: [c1 “No.]\n\n[c1 “Never.”]", "direct", "marks"),
        ("[s1 She] [k1 said] [c1 that it was “no pond”].", "mixed", "marks"),
        ("[c1 The valve], [s1 she] [k1 said], [c1 “is no pond”].", "mixed", "marks"),
        ("[s1 She] [k1 said] [c1 that it was no pond].", "indirect", "no marks"),
        ("“[s1 She] [k1 told] me [c1 to wait],” he said.", "indirect", "no marks"),
        ("“[s1 She] [k1 said], [c1 ‘Wait,’] so I did,” he said.", "direct", "marks"),
        ("[s1 She] [k1 answered]: [c1 Not today.]", "direct", "colon"),
        ("[s1 The reader] [k1 writes]: [c1 In May I bought a “lifetime” valve.]", "direct", "colon"),
        ("[s1 She] [k1 answered]: [c1 not while I am here].", "direct", "colon"),
        ("[s1 She] [k1 had an answer]: [c1 nobody would swim].", "indirect", "no marks"),
        ("[s1 She] [k1 had an answer]: [c1 nobody would “swim”].", "mixed", "marks"),
        ("[c1 I wear no hat], [s1 he] [k1 protested].", "direct", "first person"),
        ("[c1 Our pumps], [k1 said] [s1 the board], [c1 are old].", "direct", "first person"),
        ("[c1 I earned], [s1 I] [k1 replied], [c1 less than a melon].", "indirect", "no marks"),
        ("[s1 He] [k1 asked] [c1 what I earned].", "indirect", "no marks"),
        ("[c1 The US], [s1 he] [k1 held], [c1 was slow].", "indirect", "no marks"),
    ],
    ids=[
        "in marks",
        "marks left out of the content",
        "a quotation left open",
        "words in marks",
        "a piece in marks",
        "no marks",
        "the marks are those of another's words",
        "marks within marks are its own",
        "a capital behind a colon",
        "set out, with scare quotes in it",
        "an I behind a colon",
        "retold behind a colon",
        "retold with scare quotes",
        "the speaker's own I",
        "and we",
        "the writer's I",
        "an I behind the cue is the writer's",
        "a country is no pronoun",
    ],
)
def test_form_goes_by_the_marks_and_else_by_what_sets_words_out_as_speech(marked: str, form: str, why: str) -> None:
    assert judged(marked) == (form, why)


def test_words_behind_a_label_are_direct_whatever_their_marks() -> None:
    assert judged("[s1 TALLE:] [c1 It was no “pond”.]", "label") == ("direct", "set out as speech")


@given(st.text("aI “”‘’\"':.,\n", min_size=3, max_size=80), st.data())
def test_any_draft_has_a_form_and_a_reason(text: str, data: st.DataObject) -> None:
    at = st.integers(0, len(text) - 1)
    content, cue = (Span(start, start + 1) for start in (data.draw(at), data.draw(at)))
    form, why = form_of(Draft("cue", (content,), cue=(cue,)), text, find_quotations(text))
    assert form in {"direct", "indirect", "mixed"}
    assert why
