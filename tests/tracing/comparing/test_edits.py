"""What a report did to a claim, edit by edit; beside each kind its faithful neighbours, so that no word alone fires.

Words alone are compared here: the vectors only make more reports comparable.
"""

from __future__ import annotations

import pytest

from onrecord.spans import Span
from onrecord.tracing.edits import Edit
from onrecord.tracing.judging.indirect import read
from onrecord.tracing.paraphrase import support
from onrecord.tracing.values import Carried, Original
from onrecord.tracing.wording.normal import words_of

WATER = "We will keep the old bridge open until May, because the new one leaks."
FERRY = "The ferry may sail on Monday if the pump is repaired by then."
CREW = "Some of the sailors left the harbour after the storm, and they did not warn the mayor."
FARES = "Fares will rise by up to 5 percent next year, and only pensioners will travel free of charge."
WAGE = "I did not promise to raise the wages of the pilots."
MOVED = "The bridge is not safe and the new ferry is ready for winter."
SUED = "The ministry sued the harbour board over the missing 300 lamps."


def edits(said: str, report: str, cue: str = "said", asked: str = "", denied: bool = False) -> tuple[Edit, ...]:
    original = Original(text=said, names=("Rena Holt",), after=asked, language="en", start=100)
    carried = Carried(text=report, form="indirect", names=("Rena Holt",), cue=cue, language="en", denied=denied)
    (best,) = support(report, "en", [original], [0], None)
    return read(carried, words_of(report, language="en"), "en", [original], best, None).edits


def hard(said: str, report: str, cue: str = "said", asked: str = "", denied: bool = False) -> set[str]:
    return {edit.code for edit in edits(said, report, cue, asked, denied) if edit.severity == "hard"}


@pytest.mark.parametrize(
    ("said", "report", "kind"),
    [
        (WATER, "that they would not keep the old bridge open until May", "polarity"),
        (CREW, "that they warned the mayor", "polarity"),
        (WATER, "that they would close the old bridge until May", "opposite"),
        (FERRY, "that the ferry would sail on Monday", "possibility_dropped"),
        (FERRY, "that the ferry must sail on Monday if the pump was repaired by then", "possibility_dropped"),
        (WATER, "that they had kept the old bridge open until May", "plan_as_done"),
        ("The ferry will sail on Monday if the pump is repaired.", "the ferry would sail on Monday", "condition_lost"),
        (CREW, "that all of the sailors left the harbour after the storm", "quantifier_changed"),
        (CREW, "that the sailors always left the harbour after the storm", "absolute_added"),
        (WATER, "that they would only keep the old bridge open until May", "only_added"),
        (FARES, "that pensioners would travel free of charge", "only_lost"),
        (FARES, "that fares would rise by at least 5 percent the next year", "bound_turned"),
        (FARES, "that fares would rise by up to 7 percent the next year", "number_not_said"),
        (FARES, "that fares would rise by up to 5 percentage points the next year", "unit_changed"),
        (FARES, "that fares would rise by up to 5 percent this year", "time_changed"),
        (FERRY, "that the ferry might sail on Tuesday if the pump was repaired by then", "time_changed"),
        (SUED, "that the harbour board sued the ministry over the missing 300 lamps", "roles_exchanged"),
        (SUED, "that the ministry sued the harbour board because of the election", "cause_added"),
        (WATER, "that the new one leaks because they would keep the old bridge open until May", "cause_turned"),
        ("Is the bridge safe for lorries?", "that the bridge was safe for lorries", "question_as_claim"),
        ("The mayor of Zell asked for help.", "that the mayor of Brig asked for help", "name_changed"),
        ("It was 12 lamps. No, sorry, 14. The board paid for them.", "that it was 12 lamps", "number_retracted"),
        ("I will go again. I will not go again if it rains.", "that he would go again", "contradiction_cut"),
        (WAGE, "that she had promised not to raise the wages of the pilots", "negation_moved"),
        ("Not all of the pilots sail at night.", "that none of the pilots sail at night", "negation_moved"),
        (MOVED, "that the bridge is safe and the new ferry is not ready for winter", "negation_moved"),
        ("Vask beat Orlin in the second race.", "that Orlin beat Vask in the second race", "roles_exchanged"),
        ("Ada Vask questioned the plans of Bo Orlin.", "Bo Orlin questioned the plans of Ada Vask", "roles_exchanged"),
    ],
)
def test_what_turns_a_claim_is_a_hard_edit(said: str, report: str, kind: str) -> None:
    assert kind in hard(said, report)


@pytest.mark.parametrize(
    ("said", "report"),
    [
        (WATER, "that they would keep the old bridge open until May because the new one leaked"),
        (WATER, "that the old bridge would not be closed until May"),
        (CREW, "that some of the sailors had left the harbour and had not warned the mayor"),
        (CREW, "that several of the sailors left the harbour after the storm without a warning to the mayor"),
        (FERRY, "that the ferry might sail on Monday if the pump had been repaired by then"),
        (FERRY, "that if the pump is repaired the ferry could sail on Monday"),
        (FARES, "that fares would rise the following year by no more than 5 per cent"),
        (FARES, "that pensioners alone would travel free of charge"),
        (SUED, "that the harbour board had been sued by the ministry over 300 missing lamps"),
        (SUED, "that the ministry sued the board over some 300 lamps"),
        ("We lost 1,187 lamps in a year.", "that they had lost nearly 1,200 lamps in twelve months"),
        ("There were 9,600 lamps a year ago and there are 11,200 now.", "that there were 1,600 lamps more"),
        ("Not only the bridge leaks, the ferry leaks as well.", "that the bridge leaks"),
        ("It is no fewer than 40 lamps.", "that it was at least 40 lamps"),
        ("It was four point one per cent.", "that it was 4.1 percent"),
        ("It is not finished.", "that it was still in progress"),
        (WAGE, "that she had never promised to raise the wages of the pilots"),
        ("I do not think the old pump will last.", "that she thought the old pump would not last"),
        ("Not all of the pilots sail at night.", "that not every pilot sails at night"),
        (MOVED, "that the new ferry is ready for winter and the bridge is not safe"),
        ("Vask beat Orlin in the second race.", "that Orlin was beaten by Vask in the second race"),
        ("Just over 500 lamps failed.", "that more than 500 lamps had failed"),
        ("There are only three seats.", "that there are no more than three seats"),
    ],
)
def test_a_fair_account_has_no_hard_edit(said: str, report: str) -> None:
    assert hard(said, report) == set()


@pytest.mark.parametrize(
    ("answer", "report", "denied", "wrong"),
    [
        ("No.", "that the bridge would close in May", False, True),
        ("No.", "that the bridge would close in May", True, False),
        ("No.", "that the bridge would not close in May", False, False),
        ("Yes, it will.", "that the bridge would not close in May", False, True),
        ("Yes, it will.", "that the bridge would close in May", False, False),
        ("That is for others to say.", "that the bridge would close in May", False, False),
    ],
)
def test_an_answer_turns_the_question_it_answers(answer: str, report: str, denied: bool, wrong: bool) -> None:
    found = hard(answer, report, "ruled out" if denied else "said", "Will the bridge close in May?", denied=denied)
    assert ("polarity" in found) == wrong


def test_an_edit_has_the_words_on_both_sides() -> None:
    (edit,) = [e for e in edits(CREW, "that all of the sailors left the harbour") if e.code == "quantifier_changed"]
    assert (edit.carried, edit.original) == (Span(5, 8), Span(100, 104))
    assert edit.words == "“Some” became “all”"


def test_a_language_without_lists_shows_no_edit() -> None:
    original = Original(text="Het schip mag varen.", names=("Rena Holt",), language="nl")
    carried = Carried(text="dat het schip niet mag varen", form="indirect", names=("Rena Holt",), language="nl")
    (best,) = support(carried.text, "nl", [original], [0], None)
    found = read(carried, words_of(carried.text, language="nl"), "nl", [original], best, None).edits
    assert not [edit for edit in found if edit.code in ("possibility_dropped", "condition_lost", "only_added")]


def test_a_name_in_another_script_is_the_name_that_was_said() -> None:
    said = Original(text="Мы говорили с Лавровым о мосте в среду.", names=("ИГОРЬ САВЕЛЬЕВ",), language="ru")
    words = "that he spoke with Lavrov and with Petrenko about the bridge"
    report = Carried(text=words, form="indirect", names=("Igor Savelyev",), language="en")
    (best,) = support(words, "en", [said], [0], None)
    found = read(report, words_of(words, language="en"), "en", [said], best, None).edits
    assert [edit.words for edit in found if edit.code == "name_not_said"] == ["Petrenko was not mentioned"]
