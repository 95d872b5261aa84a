"""The article it all began with: what a careful reader sees in it, onrecord sees."""

import json
import subprocess
import sys
from typing import Any

import pytest

from needs import SHARED
from onrecord import read
from onrecord.records import Record
from onrecord.scoring import evaluate

SEED = SHARED / "seed" / "annotated.txt"

pytestmark = pytest.mark.shared("seed/annotated.txt", "eval/to_jsonl.py")


@pytest.fixture(scope="module")
def gold() -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(SHARED / "eval" / "to_jsonl.py"), str(SEED)], check=True, capture_output=True, text=True
    )
    article: dict[str, Any] = json.loads(done.stdout)
    return article


def test_all_nine_statements_of_the_seed_article_are_found_and_nothing_else(gold: dict[str, Any]) -> None:
    record = read(gold["text"], id="seed", published="2017-05-08")
    scores = evaluate([gold], [record.to_dict()])
    assert (scores["attributed"].right, scores["attributed"].predicted, scores["attributed"].gold) == (9, 9, 9)


def test_forms_and_carried_speakers_of_the_seed_article_are_as_in_the_gold(gold: dict[str, Any]) -> None:
    record = read(gold["text"], id="seed")
    wanted = [(a["form"], a["carried_from"]) for a in gold["attributions"]]
    assert [(s.form, int(s.carried_from) if s.carried_from else None) for s in record.statements] == wanted


@pytest.fixture(scope="module")
def record(gold: dict[str, Any]) -> Record:
    return read(gold["text"], id="seed", published="2017-05-08", outlet="The Duran")


def test_every_statement_of_the_seed_article_is_said_by_the_foreign_minister_of_russia(record: Record) -> None:
    speakers = {statement.speaker for statement in record.statements}
    (id,) = {id for id in speakers if id is not None}
    assert None not in speakers
    lavrov = record.entity(id)
    assert (lavrov.wikidata, lavrov.kind) == ("Q58217", "person")
    assert lavrov.role is not None
    assert "foreign minister" in lavrov.role.lower()
    assert lavrov.of is not None
    assert record.entity(lavrov.of).wikidata == "Q159"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("NATO", "North Atlantic Alliance"),
        ("EU", "European Union"),
        ("Collective Security Treaty Organization", "CSTO"),
        ("Moscow", "Russia"),
        ("We", "Russia"),
    ],
)
def test_two_words_for_one_are_one_entity(record: Record, one: str, other: str) -> None:
    text = record.article.text
    holders = [{e.id for e in record.entities for m in e.mentions if m.slice(text) == words} for words in (one, other)]
    assert holders[0] & holders[1]


def test_the_seed_article_is_framed_as_in_the_gold(record: Record, gold: dict[str, Any]) -> None:
    assert [s.cue_class for s in record.statements] == [a["cue_class"] for a in gold["attributions"]]
    assert {(s.status, s.voice) for s in record.statements} == {("said", "speaker")}


def test_all_of_the_seed_article_was_said_in_one_interview_with_the_mir_channel(record: Record) -> None:
    (occasion,) = {statement.occasion for statement in record.statements}
    assert occasion is not None
    assert record.occasion(occasion).kind == "interview"
    medium = record.occasion(occasion).medium
    assert medium is not None
    assert record.entity(medium).name == "Mir channel"


def test_nato_is_valued_badly_and_the_csto_well(record: Record) -> None:
    for id in ("3", "4"):
        signs = {record.entity(t.entity).wikidata: t.sign for t in record.statement(id).about}
        assert (signs["Q7184"], signs["Q318693"]) == ("-", "+")


def test_both_places_where_the_outlet_speaks_itself_are_found(record: Record) -> None:
    said = {(a.statement, a.relation): a.span.slice(record.article.text) for a in record.asserted}
    assert "it all had to do with the US Ukraine coup" in said["1", "inserted"]
    assert said["3", "inserted"].startswith("a defense organization comprising Armenia")
