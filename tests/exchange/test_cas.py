"""UIMA CAS, and INCEpTION's external recommender, by its own library and by requests as INCEpTION sends them."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings

from exchange.drawn import places, records, without_lost
from full import full_record
from onrecord.errors import MalformedFile
from onrecord.exchange.annotation import cas
from onrecord.exchange.annotation.recommending import role_of, suggested, text_of_request
from onrecord.records import Record
from onrecord.web.settings import Settings
from web.room import served

cassis = pytest.importorskip("cassis", reason='needs an extra: pip install "onrecord[inception]"')
LAYER, FEATURE = "webanno.custom.Content", "value"
PREDICTED = "inception_internal_predicted"


def request_of(text: str, layer: str = LAYER, feature: str = FEATURE) -> dict[str, Any]:
    """A request as INCEpTION sends it, with one suggestion of an earlier run and one annotation of a person."""
    types = cassis.TypeSystem()
    kind = types.create_type(LAYER, "uima.tcas.Annotation")
    for name, kind_of in (
        (FEATURE, "String"),
        (f"{FEATURE}_score", "Double"),
        (f"{FEATURE}_score_explanation", "String"),
    ):
        types.create_feature(kind, name, f"uima.cas.{kind_of}")
    types.create_feature(kind, PREDICTED, "uima.cas.Boolean")
    document = cassis.Cas(types)
    document.sofa_string, document.sofa_mime = text, "text/plain"
    document.add(kind(begin=0, end=1, value="old", **{PREDICTED: True}))
    document.add(kind(begin=0, end=2, value="mine", **{PREDICTED: False}))
    return {
        "metadata": {
            "layer": layer,
            "feature": feature,
            "projectId": 12,
            "anchoringMode": "characters",
            "crossSentence": True,
        },
        "document": {"xmi": document.to_xmi(), "documentId": 3, "userId": "ada"},
        "typeSystem": types.to_xml(),
    }


def suggestions(asked: dict[str, Any], answered: dict[str, str]) -> list[Any]:
    document = cassis.load_cas_from_xmi(answered["document"], cassis.load_typesystem(asked["typeSystem"]))
    return list(document.select(LAYER))


@given(record=records())
@settings(max_examples=40)
def test_what_is_written_is_read_back(record: Record, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("cas") / "said.zip"
    assert cas.write([(record, {})], path) == 1
    (back,) = cas.read(path)
    assert places(back) == places(record)
    assert {s.id: (s.form, s.status) for s in back.statements} == {s.id: (s.form, s.status) for s in record.statements}
    assert {e.id for e in back.entities} == {e.id for e in without_lost(record).entities}


@given(record=records())
@settings(max_examples=40)
def test_offsets_in_the_file_cut_their_words_in_utf16_units(
    record: Record, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("cas") / "said.zip"
    cas.write([(record, {})], path)
    with zipfile.ZipFile(path) as file:
        structures = json.loads(file.read("0001.json"))["%FEATURE_STRUCTURES"]
    units = record.article.text.encode("utf-16-le")
    words = [
        units[2 * one["begin"] : 2 * one["end"]].decode("utf-16-le")
        for one in structures
        if one["%TYPE"] == cas.LAYERS["content"]
    ]
    wanted = [span.slice(record.article.text) for s in record.statements for span in s.content]
    assert sorted(words) == sorted(wanted)


def test_suggestions_are_marked_scored_and_explained_and_the_persons_stay() -> None:
    record = full_record()
    asked = request_of(record.article.text)
    assert text_of_request(asked) == record.article.text
    mine, ours = suggestions(asked, suggested(asked, record))
    assert (mine.value, mine[PREDICTED]) == ("mine", False)
    assert (ours.get_covered_text(), ours.value, ours[PREDICTED]) == ("that Ito was wrong", "indirect", True)
    assert (ours.value_score, ours.value_score_explanation) == (0.5, "onrecord 0.1.0: form: marks, speaker: full name")


def test_the_layer_or_the_feature_says_which_of_the_three_is_wanted() -> None:
    assert role_of("webanno.custom.Cue", "value") == "cue"
    assert role_of("webanno.custom.Statement", "source") == "source"
    with pytest.raises(MalformedFile, match="one of source, cue, content"):
        role_of("webanno.custom.Span", "value")


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"metadata": {"layer": "none", "feature": "x"}},
        {"document": {"xmi": "<no"}},
        {"document": {"xmi": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}},
        {"typeSystem": 3},
    ],
)
def test_a_broken_request_is_refused_in_plain_words(broken: dict[str, Any]) -> None:
    asked = {**request_of("A word."), **broken} if broken else {}
    with pytest.raises(MalformedFile):
        suggested(asked, full_record())


def test_the_room_answers_inception_where_it_was_told_to(archive_file: Path) -> None:
    text = "\U0001f642 “We were not asked,” said Rena Holt, the harbour master."
    asked = request_of(text)
    with served(Settings(archive=str(archive_file), inception=True)) as room:
        answer = httpx.post(f"{room}/inception/predict", json=asked, timeout=60)
        assert answer.status_code == 200
        found = [one.get_covered_text() for one in suggestions(asked, answer.json()) if one[PREDICTED]]
        assert found == ["“We were not asked,”"]
        assert httpx.post(f"{room}/inception/train", json=asked).status_code == 204
        assert httpx.post(f"{room}/inception/predict", content=b"{").status_code in (400, 422)


def test_a_room_that_was_not_told_to_answers_no_inception(archive_file: Path) -> None:
    with served(Settings(archive=str(archive_file))) as room:
        assert httpx.post(f"{room}/inception/train", json={}).status_code == 404
