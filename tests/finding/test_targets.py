"""Whom a statement is about, and how it values them. Entities have their words as ids."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from marked import of, parse
from onrecord.finding.framing.leaning import leanings
from onrecord.finding.framing.targets import targets
from onrecord.finding.framing.valence import LABELS, valued, weights
from onrecord.finding.occasions.scenes import scenes
from onrecord.records import Article, CueClass, Entity, Kind, Provenance, Record, Statement
from onrecord.spans import Span

KINDS: dict[str, Kind] = {
    "Holt": "person",
    "Quill": "person",
    "the board": "group",
    "Ayr Port": "organisation",
    "Norlog": "organisation",
}


def read(marked: str, cue_class: CueClass = "neutral") -> Record:
    """The record of a marked text. Holt speaks wherever she is the source; those of KINDS are its entities."""
    gold = parse(marked)
    entities = tuple(
        Entity(id=name, name=name, kind=kind, mentions=spans)
        for name, kind in KINDS.items()
        if (spans := tuple(Span(*m.span()) for m in re.finditer(rf"\b{name}\b", gold.text)))
    )
    statements = tuple(
        Statement(
            id=a["id"],
            form="indirect",
            confidence=1.0,
            speaker="Holt" if a["source"] else None,
            cue_class=cue_class,
            source=tuple(Span(*s) for s in a["source"]),
            cue=tuple(Span(*s) for s in a["cue"]),
            content=tuple(Span(*s) for s in a["content"]),
        )
        for a in gold.attributions
    )
    return Record(Article(gold.text), statements, Provenance("test"), entities)


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ("Norlog had threatened Ayr Port", {"Norlog": "-", "Ayr Port": "+"}),
        ("Ayr Port was threatened by Norlog", {"Norlog": "-", "Ayr Port": "+"}),
        ("Norlog was arrogant", {"Norlog": "-"}),
        ("Norlog was not arrogant", {"Norlog": "+"}),
        ("Norlog could not be compared with Ayr Port", {"Norlog": "-", "Ayr Port": "+"}),
        ("Norlog had been generous, but Ayr Port was reckless", {"Norlog": "+", "Ayr Port": "-"}),
        ("Norlog sees Ayr Port as an enemy", {"Ayr Port": "0"}),  # so Norlog thinks, not the speaker
        ("Norlog had nine ships", {"Norlog": "0"}),
    ],
)
def test_words_of_the_content_value_those_it_mentions(content: str, wanted: dict[str, str]) -> None:
    scene = next(scenes(read(f"[s1 Holt] [k1 said] [c1 {content}].")))
    found = leanings(scene, list(wanted))
    assert {id: sign for id, (sign, _) in found.items()} == wanted


@pytest.mark.parametrize(
    ("cue", "cue_class", "sign", "shown"),
    [
        ("accused", "emotive", "-", "accused"),
        ("praised", "emotive", "+", "praised"),
        ("complained", "emotive", "-", "complained"),
        ("did not accuse", "neutral", "0", ""),
        ("said", "neutral", "0", ""),
    ],
)
def test_the_cue_values_whom_it_takes_as_object(cue: str, cue_class: CueClass, sign: str, shown: str) -> None:
    record = read(f"[s1 Holt] [k1 {cue}] [c1 Norlog over the ships].", cue_class)
    found, words = leanings(next(scenes(record)), ["Norlog"])["Norlog"]
    assert (found, " ".join(span.slice(record.article.text) for span in words)) == (sign, shown)


def test_who_is_named_in_the_content_is_a_target_and_who_is_far_off_is_not() -> None:
    text = "Quill left. Norlog paid. Ayr Port opened. The board met. [s1 Holt] [k1 said] [c1 Norlog was reckless]."
    (statement,) = targets(*of(read(text))).statements
    assert [(target.entity, target.sign) for target in statement.about] == [("Norlog", "-")]
    assert statement.decided_by["about"] == "standing, valuing words"


def test_targets_are_told_anew() -> None:
    record = targets(*of(read("[s1 Holt] [k1 said] [c1 Norlog was reckless].")))
    assert targets(record.article, record) == record
    bare = replace(record, entities=(), statements=tuple(replace(s, about=(), speaker=None) for s in record.statements))
    assert targets(bare.article, bare).statements[0].about == ()
    assert "about" not in targets(bare.article, bare).statements[0].decided_by


def test_the_words_of_a_name_do_not_value_it() -> None:
    gold = parse("[s1 Holt] [k1 said] [c1 Friendly Harbour had nine ships].")
    name = Entity(id="f", name="Friendly Harbour", kind="organisation", mentions=(Span(10, 26),))
    statement = Statement(id="1", form="indirect", confidence=1.0, content=(Span(10, 42),))
    scene = next(scenes(Record(Article(gold.text), (statement,), Provenance("test"), (name,))))
    assert scene.words == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a generous gift", [("good", 1), ("helps", 1)]),
        ("no generous man", [("good", -1)]),
        ("It wasn’t fraud", [("harms", 1)]),
        ("She robbed the till", [("harms", -1)]),
        ("the ship left", []),
    ],
)
def test_valuing_words_point_one_way_and_negation_turns_them_round(text: str, found: list[tuple[str, int]]) -> None:
    assert [(word.label, word.way) for word in valued(text, Span(0, len(text)))] == found


def test_every_group_of_the_lexicon_has_a_weight_somewhere() -> None:
    named = {name.split()[-1] for name in weights("sign")}
    assert {label for label in LABELS if label not in named} == set()
