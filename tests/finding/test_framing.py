"""Framing as a step: every statement gets a class, a status and a voice, and says what decided them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter

import pytest

from marked import of, parse
from needs import SHARED
from onrecord import read
from onrecord.finding.framing.loaded import loaded_words
from onrecord.finding.framing.steps import frame
from onrecord.records import ROLES, Article, Form, Provenance, Record, Statement
from onrecord.spans import Span

SEED = SHARED / "seed" / "annotated.txt"


def framed(marked: str, form: Form = "indirect") -> Statement:
    gold = parse(marked)
    source, cue, content = (tuple(Span(*pair) for pair in gold.attributions[0][role]) for role in ROLES)
    statement = Statement(
        id="1", source=source, cue=cue, content=content, form=form, confidence=1.0, decided_by={"form": "marks"}
    )
    return frame(*of(Record(Article(gold.text), (statement,), Provenance("test")))).statements[0]


def test_each_decision_is_noted_beside_those_before_it() -> None:
    statement = framed("[s1 Rena Holt] [k1 admitted] [c1 that the valve was shut].")
    assert (statement.cue_class, statement.status, statement.voice) == ("endorsing", "said", "speaker")
    assert set(statement.decided_by) == {"form", "cue_class", "status", "voice"}
    assert statement.decided_by["cue_class"] == "cue lexicon (Hooper 1975: admit)"


@pytest.mark.parametrize(
    ("marked", "wanted"),
    [
        ("[s1 She] [k1 would not confirm] [c1 that it was shut].", "neutral"),
        ("[s1 She] [k1 is expected to admit] [c1 that it was shut].", "neutral"),
        ("[s1 She] [k1 does not accept] [c1 that it was shut].", "neutral"),
        ("[s1 She] [k1 rejects] [c1 the charge that it was shut].", "emotive"),
        ("[c1 It was shut.]", "none"),
    ],
    ids=lambda value: str(value),
)
def test_a_cue_takes_no_stance_towards_what_was_not_said(marked: str, wanted: str) -> None:
    assert framed(marked).cue_class == wanted


@pytest.mark.parametrize(
    ("marked", "form", "voice"),
    [
        ("[s1 She] [k1 admitted] [c1 that her precious valve was a giveaway].", "indirect", "outlet"),
        ("[s1 She] [k1 admitted] [c1 that the “precious valve” was hers].", "mixed", "speaker"),
        ("[s1 She] [k1 admitted]: [c1 “My precious valve was a giveaway.”]", "direct", "speaker"),
        ("[s1 She] [k1 accused] [c1 the board of greed].", "indirect", "speaker"),
        ("[s1 She] [k1 said] [c1 that the shameless scheme was a sham].", "indirect", "speaker"),
        ("[s1 She] [k1 fears] [c1 that the hapless board will pander to cronies].", "indirect", "outlet"),
        ("[s1 She] [k1 would not admit] [c1 that the valve was a giveaway].", "indirect", "speaker"),
    ],
    ids=[
        "nobody says this of herself",
        "in marks it is hers",
        "and so is all that is quoted",
        "an accusation is the speaker's",
        "a plain report may be faithful",
        "two under a cue of feeling, one in passing",
        "what was not said has no wording",
    ],
)
def test_loaded_words_are_the_outlets_where_the_speaker_would_not_use_them(marked: str, form: Form, voice: str) -> None:
    assert framed(marked, form).voice == voice


def test_loaded_words_are_found_in_any_form_and_case() -> None:
    text = "The SHAMELESS cronies pandered; the clerk wrote a bad report."
    assert [span.slice(text) for span in loaded_words(text, Span(0, len(text)))] == ["SHAMELESS", "cronies", "pandered"]
    assert loaded_words(text, Span(32, len(text))) == ()


@pytest.mark.shared("seed/annotated.txt", "eval/to_jsonl.py")
def test_the_cues_of_the_seed_article_are_as_in_the_gold() -> None:
    command = [sys.executable, str(SHARED / "eval" / "to_jsonl.py"), str(SEED)]
    gold = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    statements = frame(*of(read(gold["text"], id="seed"))).statements
    assert [s.cue_class for s in statements] == [a["cue_class"] for a in gold["attributions"]]
    assert Counter(s.status for s in statements) == {"said": 9}
    assert Counter(s.voice for s in statements) == {"speaker": 9}
