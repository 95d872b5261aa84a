"""Stance: what a cue lets show. Cues stand alone here; the sentences around them are in test_framing."""

from __future__ import annotations

import pytest

from onrecord.finding.framing.cue_model import CLASSES, evidence, load_cue_model
from onrecord.finding.framing.cues import KINDS, cue_words, lexicon
from onrecord.finding.framing.inflection import noun_forms, verb_forms
from onrecord.finding.framing.stance import look_up, stance_of
from onrecord.finding.pack import pack
from onrecord.records import Article, Statement
from onrecord.spans import Span


def label(cue: str) -> str | None:
    match = look_up(cue_words(cue, [Span(0, len(cue))]))
    return match.entry.label if match else None


@pytest.mark.parametrize(
    ("cue", "wanted"),
    [
        ("said", "neutral"),
        ("denied", "neutral"),
        ("admitted", "endorsing"),
        ("was quick to point out", "endorsing"),
        ("pointed, rather late, out", "endorsing"),
        ("let it slip", "endorsing"),
        ("claims", "distancing"),
        ("contention", "distancing"),
        ("would have us believe", "distancing"),
        ("if the porter is to be believed", "distancing"),
        ("falsely said", "distancing"),
        ("accuses", "emotive"),
        ("fumed", "emotive"),
        ("said angrily", "emotive"),
        ("went on to complain", "emotive"),
        ("is understood to fear", "emotive"),
        ("voiced alarm", "emotive"),
        ("complained in a letter", "emotive"),
        ("wanted to know", "neutral"),
        ("demanded to know", "emotive"),
        ("knew", "endorsing"),
        ("zorbled", None),
    ],
    ids=lambda value: str(value),
)
def test_the_lexicon_knows_forms_phrases_nouns_and_which_word_decides(cue: str, wanted: str | None) -> None:
    assert label(cue) == wanted


def test_no_cue_stands_in_the_lexicon_twice() -> None:
    entries = {entry for group in lexicon("stance").entries.values() for entry in group}
    for kind in KINDS:
        names = [entry.name for entry in entries if entry.kind == kind]
        assert sorted({name for name in names if names.count(name) > 1}) == []


def test_every_class_of_the_lexicon_names_a_source_that_is_listed() -> None:
    after = {entry.after for group in lexicon("stance").entries.values() for entry in group}
    assert {"Hooper 1975", "Karttunen 1971", "Kiparsky & Kiparsky 1970", "Hyland 2005", "by use"} <= after


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("say", "say says said saying"),
        ("swear", "swear swears swore sworn swearing"),
        ("deny", "deny denies denied denying"),
        ("admit", "admit admits admitted admitting"),
        ("quip", "quip quips quipped quipping"),
        ("panic", "panic panics panicked panicking"),
        ("lie", "lie lies lied lying"),
        ("signal", "signal signals signaled signalled signaling signalling"),
    ],
    ids=lambda value: str(value),
)
def test_verbs_are_inflected_by_rule_or_table(verb: str, forms: str) -> None:
    assert verb_forms(verb) == set(forms.split())


def test_nouns_have_a_plural() -> None:
    assert noun_forms("denial") == {"denial", "denials"}
    assert noun_forms("query") == {"query", "queries"}


def test_contractions_are_taken_apart() -> None:
    assert cue_words("won’t say", [Span(0, 9)]) == ("will", "not", "say")


def test_what_the_lexicon_does_not_hold_is_guessed_with_a_probability() -> None:
    text = "Rena Holt zorbled that the valve was shut."
    statement = Statement(
        id="1", source=(Span(0, 9),), cue=(Span(10, 17),), content=(Span(18, 41),), form="indirect", confidence=1.0
    )
    found, why = stance_of(Article(text), statement, "said")
    assert found in CLASSES
    assert why.startswith("cue classifier 0.")
    chances = load_cue_model(pack("en")).probabilities(("zorbled",), evidence(Article(text), statement, ("zorbled",)))
    assert chances.sum() == pytest.approx(1)


def test_words_alike_lean_alike() -> None:
    model = load_cue_model(pack("en"))
    feeling = CLASSES.index("emotive")
    assert model.leaning(("infuriated",))[feeling] > model.leaning(("tabulated",))[feeling]
    assert model.leaning(("the", "of")).tolist() == [0, 0, 0, 0]
