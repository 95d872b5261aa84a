"""A chain tells in the order of printing what each carrier did to the words, and whom it has them from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from carried import carrier
from onrecord.spans import Span
from onrecord.tracing.gathering.chains import chain, chains, original_of
from onrecord.tracing.gathering.utterances import Utterance, utterances
from onrecord.tracing.values import Carried, Likeness, Original, Verdict

OLD = "“It is an old valve, and we had asked the council for a new one.”"
HERALD = carrier(OLD, "Quay Herald", "2031-05-06", id="herald")
ECHO = carrier(
    "“we had asked the council for a new one”",
    "Coast Echo",
    "2031-05-07",
    id="echo",
    around="she told the Quay Herald.",
)
POST = carrier(
    "“It is an old valve, and we had not asked the council for a new one.”", "Inland Post", "2031-05-08", id="post"
)
OTHER = carrier(OLD, "Hill Radio", "2031-05-09", id="radio", speaker="Kenji Ito")


def test_each_carrier_has_its_verdict_against_the_original() -> None:
    (utterance,) = utterances([POST, OTHER, ECHO, HERALD])
    found = chain(utterance)
    kinds = {link.carrier.id: link.verdict.kind if link.verdict else None for link in found.links}
    assert list(kinds) == ["herald", "echo", "post", "radio"]
    assert found.original == HERALD
    assert kinds == {"herald": None, "echo": "trimmed", "post": "altered", "radio": "misattributed"}
    assert found.alarming


def test_a_copy_is_told_from_a_carrier_that_was_there() -> None:
    (utterance,) = utterances([ECHO, HERALD])
    copied = {link.carrier.id: link.copied for link in chain(utterance).links}
    assert copied["herald"] is None
    assert copied["echo"] is not None
    assert copied["echo"].carrier == "herald"


def test_the_original_is_the_fullest_quotation_and_of_equals_the_first() -> None:
    report = carrier("that it is an old valve and that we had asked the council for a new one", form="indirect")
    again = carrier(OLD, "Coast Echo", "2031-05-09")
    (utterance,) = utterances([report, again, HERALD, ECHO])
    assert original_of(utterance) == HERALD


def test_who_is_not_named_is_judged_as_the_speaker_of_the_utterance() -> None:
    asked: list[Carried] = []

    def judging(carried: Carried, originals: Sequence[Original], likeness: Likeness | None) -> Verdict:
        asked.append(carried)
        assert [original.id for original in originals] == ["herald"]
        return Verdict(kind="verbatim", score=1.0)

    nobody = carrier(OLD, "Coast Echo", "2031-05-07", speaker=None)
    described = carrier(OLD, "Inland Post", "2031-05-08", speaker="an official", described=True)
    (utterance,) = utterances([HERALD, nobody, described])
    found = chain(utterance, judging=judging)
    assert {carried.names for carried in asked} == {("Rena Holt",)}
    assert found.verdicts == {"verbatim": 2}
    assert not found.alarming


def test_only_utterances_with_a_second_carrier_make_chains() -> None:
    alone = carrier("“The ferry will sail again on Thursday if the wind lets us leave.”")
    assert [c.original and c.original.id for c in chains(utterances([HERALD, ECHO, alone]))] == ["herald"]


def test_the_original_is_in_the_language_of_the_first_print() -> None:
    german = carrier(
        "„Das Ventil ist alt, und wir hatten um ein neues gebeten.“", "Küstenblatt", "2031-05-05", language="de"
    )
    longer = replace(HERALD, words=f"{OLD} {OLD}")
    assert original_of(Utterance(longer, (longer, german), {})) == german


def test_no_print_makes_another_unfounded() -> None:
    def judging(carried: Carried, originals: Sequence[Original], likeness: Likeness | None) -> Verdict:
        return Verdict(kind="unfounded", score=0.9)

    (utterance,) = utterances([HERALD, ECHO])
    assert chain(utterance, judging=judging).verdicts == {"elsewhere": 1}


def test_a_translation_that_has_more_than_the_first_print_is_no_alteration() -> None:
    def judging(carried: Carried, originals: Sequence[Original], likeness: Likeness | None) -> Verdict:
        longer = len(carried.text) > len(originals[0].text)
        return Verdict(kind="altered" if longer else "translated", score=0.7)

    short = carrier("„Das Ventil ist alt.“", "Küstenblatt", "2031-05-05", language="de")
    found = chain(Utterance(short, (short, HERALD), {}), judging=judging)
    assert found.verdicts == {"translated": 1}


def test_offsets_of_a_chain_stand_in_the_articles() -> None:
    text = f"On Monday Holt spoke. {OLD} Nobody answered."
    source = replace(HERALD, spans=(Span(text.index(OLD), text.index(OLD) + len(OLD)),))
    found = chain(utterances([source, ECHO])[0])
    (link,) = [link for link in found.links if link.verdict]
    told = found.told(link)
    assert told["transcript"] == source.article
    assert [text[start:end] for start, end in told["utterance"]] == [told["original"]]
    assert all(text[slice(*one["original_span"])] == one["original"] for one in told["alignment"])
