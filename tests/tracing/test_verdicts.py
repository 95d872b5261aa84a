"""The verdict on quoted words, case by case: what was done to them, and why it is called what it is called."""

from __future__ import annotations

from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import RecordError
from onrecord.spans import Span
from onrecord.tracing.values import ALARMS, Carried, Original, Verdict
from onrecord.tracing.verdicts import judge

HOLT = (
    "We knew the pump was old. We did not know that it could burst. It was tested in May, it passed, and I signed the"
    " form. Eleven people were moved. Nobody is hurt and every house is dry."
)
ITO = "I might well decide it the same way. The budget was mine. I would do it again if the rain were the same."
SAID = (
    Original(text=HOLT, id="1", names=("RENA HOLT, harbour master", "HOLT")),
    Original(text=ITO, id="2", names=("KENJI ITO, mayor", "ITO"), start=400),
)
CASES = [
    ("We knew the pump was old.", "verbatim", "word_for_word"),
    ("We knew the pump was old. We did not know that it could burst.", "verbatim", "word_for_word"),
    ("we knew the pump was old,", "verbatim", "word_for_word"),
    ("We didn't know that it could burst.", "verbatim", "word_for_word"),
    ("11 people were moved.", "verbatim", "word_for_word"),
    ("I signed the form", "trimmed", "cut_start"),
    ("Nobody is hurt", "trimmed", "cut_end"),
    ("It was tested in May … and I signed the form.", "trimmed", "cut_inside"),
    ("It was tested in May, and I signed the form.", "trimmed", "cut_inside"),
    ("We knew the pump was old … Nobody is hurt and every house is dry.", "trimmed", "cut_between"),
    ("It was tested in May, it passed, and I signed the form. Nobody is hurt and every house is dry.", "trimmed", ""),
    ("We knew the pump was old, and I signed the form.", "stitched", "two_sentences_as_one"),
    ("Nobody is hurt and every house is dry. We knew the pump was old.", "stitched", "order_turned"),
    ("We knew the pump was old. The budget was mine.", "stitched", "two_utterances"),
    ("We knew the pump was old. Eleven people were moved.", "stitched", "far_apart"),
    ("We did know that it could burst.", "altered", "negation_lost"),
    ("We did … that it could burst.", "altered", "negation_lost"),
    ("We knew the pump was not old.", "altered", "negation_added"),
    ("Twelve people were moved.", "altered", "number_changed"),
    ("Eleven people were saved.", "altered", "word_changed"),
    ("We knew the pump was very old.", "altered", "word_added"),
    ("We know the pump was old.", "altered", "word_changed"),
]


@pytest.mark.parametrize(("carried", "kind", "code"), CASES)
def test_what_was_done_to_quoted_words(carried: str, kind: str, code: str) -> None:
    verdict = judge(Carried(text=carried, names=("Rena Holt",)), SAID)
    assert verdict.kind == kind
    assert not code or code in [reason.code for reason in verdict.reasons]
    assert verdict.alarming == (kind in ALARMS)


def test_a_modal_left_out_alters_and_one_kept_does_not() -> None:
    lost = judge(Carried(text="I well decide it the same way.", names=("Kenji Ito",)), SAID)
    assert (lost.kind, lost.reasons[0].code) == ("altered", "modality_lost")


@pytest.mark.parametrize(
    ("carried", "code"),
    [("I would do it again", "condition_cut"), ("know that it could burst", "negation_cut")],
)
def test_a_cut_that_misleads_is_flagged(carried: str, code: str) -> None:
    verdict = judge(Carried(text=carried), SAID)
    assert verdict.kind == "trimmed"
    assert verdict.out_of_context
    assert code in [reason.code for reason in verdict.reasons]


def test_a_clean_cut_is_not_out_of_context() -> None:
    assert not judge(Carried(text="I signed the form"), SAID).out_of_context


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (("Rena Holt", "the harbour master"), "verbatim"),
        (("Holt",), "verbatim"),
        (("his harbour master",), "verbatim"),  # the role on the label
        (("Kenji Ito",), "misattributed"),
        (("Ana Quill",), "misattributed"),  # who did not speak there
        ((), "verbatim"),  # nobody is named
    ],
)
def test_the_words_are_given_to_somebody(names: tuple[str, ...], kind: str) -> None:
    verdict = judge(Carried(text="We knew the pump was old.", names=names), SAID)
    assert verdict.kind == kind
    assert verdict.true_speaker == ("RENA HOLT, harbour master" if kind == "misattributed" else None)


def test_a_description_or_an_open_pronoun_is_no_misattribution() -> None:
    words = "We knew the pump was old."
    assert judge(Carried(text=words, names=("a grey-haired man",), described=True), SAID).kind == "verbatim"
    assert judge(Carried(text=words, names=("Kenji Ito",), others=("Rena Holt",)), SAID).kind == "verbatim"


def test_what_nobody_said_is_unfounded_or_elsewhere() -> None:
    invented = "The whole quarter will be under water by Christmas."
    assert judge(Carried(text=invented, names=("Rena Holt",)), SAID).kind == "unfounded"
    assert judge(Carried(text=invented, names=("Ana Quill",)), SAID).kind == "elsewhere"
    told = judge(Carried(text=invented, names=("Rena Holt",), foreign="In 2016"), SAID)
    assert (told.kind, told.reasons[0].code) == ("elsewhere", "another_occasion")


def test_the_words_spoken_are_given_with_their_place_in_the_transcript() -> None:
    verdict = judge(Carried(text="The budget was mine."), SAID)
    assert verdict.utterance == ("2",)
    assert verdict.spans == (Span(400 + ITO.index("The"), 400 + ITO.index("mine") + 4),)


def test_the_difference_tells_every_word() -> None:
    text = "She said: “We did know that it could burst early.”"
    verdict = judge(Carried(text=text, pieces=(Span(10, len(text)),)), SAID)
    assert [(c.op, c.original, c.carried) for c in verdict.diff] == [
        ("kept", "We did", "We did"),
        ("cut", "not", ""),
        ("kept", "know that it could burst", "know that it could burst"),
        ("added", "", "early"),
    ]
    for change in verdict.diff:
        assert change.carried_span is None or change.carried_span.slice(text) == change.carried
        assert change.original_span is None or change.original_span.slice(HOLT) == change.original


def test_the_difference_leaves_out_what_the_writer_puts_between_two_pieces() -> None:
    text = "“It is a precaution,” the mayor said. “Nobody has been hurt.”"
    carried = Carried(text=text, pieces=(Span(0, 21), Span(38, len(text))))
    verdict = judge(carried, [Original(text="It is a precaution. Nobody has been hurt.")])
    assert {change.op for change in verdict.diff} == {"kept"}
    assert [change.carried for change in verdict.diff] == ["It is a precaution", "Nobody has been hurt"]


def test_two_translations_differ_without_being_altered() -> None:
    original = Original(text="The council will not close the harbour this winter.", language="en")
    carried = Carried(text="The council won't shut the harbour this winter.", language="en", translated=True)
    assert judge(carried, (original,)).kind == "translated"
    turned = Carried(text="The council will shut the harbour this winter.", language="en", translated=True)
    assert judge(turned, (original,)).kind == "altered"


def test_in_a_mixed_statement_whole_quoted_sentences_are_judged_word_by_word() -> None:
    text = "what she said, and I was there, was “We did know that it could burst.”"
    assert judge(Carried(text=text, form="mixed", names=("Rena Holt",)), SAID).kind == "altered"


def test_nothing_to_compare_is_elsewhere() -> None:
    assert judge(Carried(text="We knew."), ()).reasons[0].code == "no_original"
    assert judge(Carried(text="…"), SAID).reasons[0].code == "no_words"


def test_a_verdict_checks_itself() -> None:
    with pytest.raises(RecordError, match="a number from 0 to 1"):
        Verdict(kind="verbatim", score=2.0)
    with pytest.raises(RecordError, match="one of verbatim"):
        Verdict(kind="nice", score=0.5)  # type: ignore[arg-type]
    with pytest.raises(RecordError, match="one of direct"):
        Carried(text="a", form="sung")  # type: ignore[arg-type]


PIECES = st.lists(
    st.sampled_from(
        "we did not know it could stick … ... “ ” ' , . ! 11 eleven 1,200.5 ne pas l’eau \ud83e [sic]".split()
    ),
    max_size=25,
).map(" ".join)


@settings(max_examples=80, deadline=None)
@given(carried=PIECES, said=st.lists(PIECES, max_size=3), form=st.sampled_from(["direct", "indirect", "mixed"]))
def test_any_words_get_a_verdict_and_a_difference_that_quotes_them(
    carried: str, said: list[str], form: Literal["direct", "indirect", "mixed"]
) -> None:
    originals = [Original(text=text, id=str(n)) for n, text in enumerate(said)]
    verdict = judge(Carried(text=carried, form=form), originals)
    for change in verdict.diff:
        assert change.carried_span is None or change.carried_span.slice(carried) == change.carried
        assert change.original_span is None or any(change.original in text for text in said)


def test_of_two_translations_a_shorter_or_turned_round_one_is_a_translation_still() -> None:
    original = Original(text="Then the council said that the letters were not sent to the harbour.", language="en")
    for text in (
        "The council said that the letters were not sent to the harbour.",
        "Then the council said that the letters to the harbour were not sent.",
    ):
        assert judge(Carried(text=text, language="en", translated=True), (original,)).kind == "translated"
    same = Carried(text=original.text, language="en", translated=True)
    assert judge(same, (original,)).kind == "verbatim"
