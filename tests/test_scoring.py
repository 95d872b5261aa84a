from __future__ import annotations

import importlib.util
import json
import random
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from marked import parse
from needs import SHARED
from onrecord.errors import UsageError
from onrecord.scoring import FIGURES, Scores, calibration_error, evaluate, source_kind

SCORER = SHARED / "eval" / "score_attributions.py"
PLAIN = "[c1 “We were not asked,”] [k1 said] [s1 Rena Holt]. [s2 He] [k2 denied] [c2 it all]."


def doc(marked: str, id: str = "a", **every: Any) -> dict[str, Any]:
    gold = parse(marked)
    return {"id": id, "text": gold.text, "attributions": [a | every for a in gold.attributions]}


def random_doc(chance: random.Random, id: str) -> dict[str, Any]:
    text = " ".join(chance.choice(["Rena", "said,", "“it’s", "off”", "...", "Ayr"]) for _ in range(30))

    def spans() -> list[list[int]]:
        starts = sorted(chance.sample(range(len(text)), chance.randint(0, 2)))
        return [[start, min(len(text), start + chance.randint(1, 25))] for start in starts]

    attributions = [{role: spans() for role in ("source", "cue", "content")} for _ in range(chance.randint(0, 7))]
    return {"id": id, "text": text, "attributions": attributions}


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_attributions", SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.shared("eval/score_attributions.py")
@pytest.mark.parametrize("seed", range(20))
def test_the_figures_are_those_of_the_shared_scorer(scorer: ModuleType, seed: int) -> None:
    chance = random.Random(seed)
    gold = [random_doc(chance, str(i)) for i in range(6)]
    near = [statement | {"source": []} for statement in gold[0]["attributions"]]
    predicted = [
        gold[0] | {"attributions": near},
        gold[1],
        *(random_doc(chance, str(i)) for i in range(2, 5)),
    ]
    theirs = scorer.score({d["id"]: d for d in gold}, {d["id"]: d for d in predicted})
    ours = evaluate(gold, predicted)
    assert list(theirs) == [figure.name for figure in ours.figures]
    for figure in ours.figures:
        their = theirs[figure.name]
        assert (figure.gold, figure.predicted) == (their["gold"], their["pred"])
        assert (figure.precision, figure.recall) == (their["p"], their["r"])
        assert figure.f1 == pytest.approx(their["f1"])


def test_a_perfect_answer_scores_one_throughout() -> None:
    scores = evaluate([doc(PLAIN)], [doc(PLAIN)])
    assert {(f.precision, f.recall, f.f1, f.low, f.high) for f in scores.figures} == {(1, 1, 1, 1, 1)}


@pytest.mark.parametrize(
    ("predicted", "rights"),
    [
        ("[c1 “We were not asked,”] said [s1 Rena Holt]. He denied it all.", (1, 1, 1)),
        ("“[c1 We were not asked],” said [s1 Rena Holt]. He denied it all.", (1, 1, 1)),
        ("[c1 “We were not asked,”] said [s1 Rena] Holt. He denied it all.", (1, 1, 0)),
        ("“We were [c1 not asked],” said [s1 Rena Holt]. He denied it all.", (1, 1, 0)),
        ("“We were not [c1 asked],” said [s1 Rena Holt]. He denied it all.", (0, 0, 0)),
        ("[c1 “We were not asked,”] said Rena Holt. [s1 He] denied it all.", (1, 0, 0)),
        ("[c1 “We were not asked,”] said Rena Holt. He denied it all.", (1, 0, 0)),
        ("“We were not asked,” said Rena Holt. He denied it all.", (0, 0, 0)),
    ],
    ids=[
        "all of it",
        "marks do not count",
        "part of the source",
        "half the content",
        "less than half",
        "another source",
        "no source",
        "nothing",
    ],
)
def test_a_statement_is_detected_attributed_and_exact_by_its_words(
    predicted: str, rights: tuple[int, int, int]
) -> None:
    scores = evaluate([doc(PLAIN)], [doc(predicted)])
    assert tuple(scores[name].right for name in ("detected", "attributed", "exact")) == rights


def test_an_article_without_an_answer_counts_and_a_strange_one_does_not() -> None:
    scores = evaluate([doc(PLAIN), doc(PLAIN, "b")], [doc(PLAIN), doc(PLAIN, "c")])
    assert (scores.articles, scores["exact"].right, scores["exact"].predicted, scores["exact"].gold) == (
        2,
        2,
        2,
        4,
    )


def test_nothing_against_nothing_scores_zero_without_a_crash() -> None:
    scores = evaluate([], [])
    assert scores["exact"].f1 == 0
    assert "0 articles" in scores.table()


def test_flat_leaves_out_what_stands_within_another() -> None:
    inner = doc(PLAIN)
    inner["attributions"][1]["within"] = "1"
    assert evaluate([doc(PLAIN)], [inner])["detected"].predicted == 2
    assert evaluate([doc(PLAIN)], [inner], flat=True)["detected"].predicted == 1


def test_recall_is_told_by_form_and_by_kind_of_source() -> None:
    gold = doc(PLAIN)
    gold["attributions"][0]["form"] = "direct"
    gold["attributions"][1]["form"] = "indirect"
    found = {**gold, "attributions": [gold["attributions"][1] | {"form": "direct"}]}
    scores = evaluate([gold], [found])
    assert [(s.kind, s.detected, s.attributed, s.gold) for s in scores.by_form] == [
        ("direct", 0, 0, 1),
        ("indirect", 1, 1, 1),
    ]
    assert [(s.kind, s.detected, s.gold) for s in scores.by_source] == [("pronoun", 1, 1), ("name", 0, 1)]
    assert (scores.form_right, scores.form_known) == (0, 1)


def test_a_form_that_gold_lacks_can_be_supplied() -> None:
    scores = evaluate(
        [doc(PLAIN)],
        [doc(PLAIN, form="direct")],
        form_of=lambda text, spans: "direct" if text[spans[0][0]] == "“" else "indirect",
    )
    assert (scores.form_right, scores.form_known) == (1, 2)
    assert evaluate([doc(PLAIN)], [doc(PLAIN)]).by_form == ()


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("[c1 “No.”]", "none"),
        ("[s1 She] said [c1 no].", "pronoun"),
        ("[s1 He himself] said [c1 no].", "pronoun"),
        ("[s1 Holt] said [c1 no].", "name"),
        ("said [s1 the mayor, Rena Holt]: [c1 no].", "name"),
        ("On Monday [s1 NATO] said [c1 no].", "name"),
        ("[s1 The mayor] said [c1 no].", "nominal"),
        ("Then [s1 the President] said [c1 no].", "nominal"),
        ("Some cows. [s1 Cows] said [c1 no].", "nominal"),
        ("All cows. Then [s1 Cows] said [c1 no].", "name"),
        ("[s1 Two witnesses] said [c1 no].", "nominal"),
    ],
)
def test_the_kind_of_a_source_is_seen_from_its_words(marked: str, kind: str) -> None:
    gold = parse(marked)
    assert source_kind(gold.text, gold.attributions[0]["source"]) == kind


@pytest.mark.parametrize(
    ("confidences", "hits", "bins", "error"),
    [
        ([], [], 10, 0.0),
        ([1.0, 1.0], [True, True], 10, 0.0),
        ([1.0, 1.0], [True, False], 1, 0.5),
        ([0.5, 0.5], [True, False], 1, 0.0),
        ([0.1, 0.9, 0.1, 0.9], [False, True, False, True], 2, 0.1),
        ([0.2, 0.8], [True, True], 5, 0.5),
    ],
)
def test_the_calibration_error_is_the_distance_of_confidence_from_hits(
    confidences: list[float], hits: list[bool], bins: int, error: float
) -> None:
    assert calibration_error(confidences, hits, bins) == pytest.approx(error)


def test_calibration_needs_a_hit_or_miss_for_each_confidence() -> None:
    with pytest.raises(UsageError, match="2 confidences, 1 hits"):
        calibration_error([0.1, 0.2], [True])


def test_confidences_are_judged_where_they_are_given() -> None:
    assert evaluate([doc(PLAIN)], [doc(PLAIN)]).calibration is None
    assert evaluate([doc(PLAIN)], [doc(PLAIN, confidence=0.75)]).calibration == pytest.approx(0.25)


def test_intervals_hold_the_figure_and_are_the_same_each_time() -> None:
    gold = [doc(PLAIN, str(i)) for i in range(12)]
    first, again = evaluate(gold, gold[:6]), evaluate(gold, gold[:6])
    assert first == again
    assert 0 < first["exact"].low < first["exact"].f1 < first["exact"].high < 1


@pytest.mark.shared("eval/score_attributions.py")
def test_the_table_starts_as_the_shared_scorer_prints(scorer: ModuleType, tmp_path: Path) -> None:
    gold, found = (
        doc(PLAIN, form="direct"),
        doc("[c1 “We were not asked,”] [s1 said] Rena Holt.", confidence=1),
    )
    for name, line in (("gold", gold), ("found", found)):
        (tmp_path / name).write_text(json.dumps(line), encoding="utf-8")
    command = [sys.executable, str(SCORER), str(tmp_path / "gold"), str(tmp_path / "found")]
    printed = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    table = evaluate([gold], [found]).table()
    assert table.startswith(printed)
    for section in (
        "95 % interval",
        "recall by form",
        "recall by source",
        "form agrees",
        "calibration error",
    ):
        assert section in table


def test_the_dictionary_holds_every_figure() -> None:
    data = evaluate([doc(PLAIN)], [doc(PLAIN)]).to_dict()
    assert tuple(data["figures"]) == FIGURES
    assert set(data) == {"articles", "figures", "by_form", "by_source", "form", "calibration"}
    assert isinstance(evaluate([], []), Scores)


@pytest.mark.parametrize("gold", [{"text": "No."}, {"id": "a"}], ids=["no id", "no text"])
def test_gold_that_cannot_be_scored_is_refused(gold: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        evaluate([gold], [])
