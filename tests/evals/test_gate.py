"""The gate judges by its floors, on tiny sets that are measured by hand; no model is run."""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from marked import parse
from onrecord.errors import UsageError
from onrecord.scoring import evaluate

ROOT = Path(__file__).resolve().parents[2]
if not (ROOT / "evals").is_dir():
    pytest.skip("the gate is part of the repository, not of every distribution", allow_module_level=True)
sys.path.insert(0, str(ROOT))

from evals import gate  # noqa: E402

DAY = datetime.date(2031, 5, 8)
GOLD = "[c1 “We were not asked,”] [k1 said] [s1 Rena Holt]. [s2 He] [k2 denied] [c2 it all]."
WORSE = "[c1 “We were not asked,”] [k1 said] [s1 Rena Holt]. He denied it all."
FLOORS: gate.Floors = {
    "ayr": {
        "data_sha256": "d1",
        "detected.f1": {"floor": 0.8, "noise": 0.01},
        "calibration.error": {"ceiling": 0.05, "noise": 0.004},
    },
    "history": [{"date": "2031-01-01", "reason": "first", "changed": {}}],
}


def line(marked: str, id: str = "a", **every: Any) -> dict[str, Any]:
    found = parse(marked)
    return {"id": id, "text": found.text, "attributions": [a | every for a in found.attributions]}


def seen(detected: float, error: float = 0.05, data: str = "d1") -> dict[str, gate.Measured]:
    both = {"detected.f1": gate.Seen(detected, 0.02), "calibration.error": gate.Seen(error, 0.003, error=True)}
    return {"ayr": gate.Measured(data, both)}


def words(detected: float, error: float = 0.05, data: str = "d1") -> dict[str, str]:
    return {v.metric: v.word for v in gate.judge(FLOORS, "ayr", seen(detected, error, data)["ayr"])}


@pytest.mark.parametrize(
    ("detected", "word"),
    [(0.9, "ok"), (0.8, "ok"), (0.79, "ok"), (0.7899, "WORSE"), (0.0, "WORSE")],
    ids=["above", "at the floor", "the noise below", "more than the noise below", "nothing found"],
)
def test_a_figure_fails_below_its_floor_by_more_than_the_noise(detected: float, word: str) -> None:
    assert words(detected)["detected.f1"] == word


@pytest.mark.parametrize(("error", "word"), [(0.0, "ok"), (0.05, "ok"), (0.054, "ok"), (0.0541, "WORSE")])
def test_an_error_has_a_ceiling(error: float, word: str) -> None:
    assert words(0.8, error)["calibration.error"] == word


def test_other_data_cannot_be_compared() -> None:
    (verdict,) = gate.judge(FLOORS, "ayr", seen(0.9, data="d2")["ayr"])
    assert verdict.failed
    assert verdict.word.startswith("CHANGED")


def test_a_figure_that_is_no_longer_measured_fails_and_a_new_one_does_not() -> None:
    verdicts = gate.judge(FLOORS, "ayr", gate.Measured("d1", {"exact.f1": gate.Seen(0.1, 0.01)}))
    assert [(v.metric, v.word.split(":")[0], v.failed) for v in verdicts] == [
        ("exact.f1", "new", False),
        ("detected.f1", "GONE", True),
        ("calibration.error", "GONE", True),
    ]


def test_raising_is_free_and_goes_into_the_history() -> None:
    new = gate.updated(FLOORS, seen(0.85, 0.04), reason="longer training", date=DAY)
    assert new["ayr"]["detected.f1"] == {"floor": 0.85, "noise": 0.02}
    assert new["ayr"]["calibration.error"] == {"ceiling": 0.04, "noise": 0.003}
    assert new["history"] == [
        *FLOORS["history"],
        {
            "date": "2031-05-08",
            "reason": "longer training",
            "changed": {"ayr calibration.error": [0.05, 0.04], "ayr detected.f1": [0.8, 0.85]},
        },
    ]
    assert FLOORS["ayr"]["detected.f1"]["floor"] == 0.8, "the old floors are not touched"


def test_what_is_missed_within_the_noise_keeps_its_bound() -> None:
    assert gate.updated(FLOORS, seen(0.795, 0.052), reason="again", date=DAY) == FLOORS


@pytest.mark.parametrize(
    "measured",
    [seen(0.7), seen(0.9, 0.2), seen(0.9, data="d2"), {"ayr": gate.Measured("d1", {})}],
    ids=["a lower score", "a higher error", "other data", "nothing measured"],
)
def test_lowering_needs_a_flag(measured: dict[str, gate.Measured]) -> None:
    with pytest.raises(UsageError, match="--lower"):
        gate.updated(FLOORS, measured, reason="simpler", date=DAY)
    assert gate.updated(FLOORS, measured, reason="simpler", date=DAY, lower=True)["history"][-1]["reason"] == "simpler"


def test_a_lowered_floor_is_what_was_seen() -> None:
    new = gate.updated(FLOORS, seen(0.7), reason="simpler", date=DAY, lower=True)
    assert new["ayr"]["detected.f1"] == {"floor": 0.7, "noise": 0.02}
    assert new["history"][-1]["changed"] == {"ayr detected.f1": [0.8, 0.7]}


def test_floors_of_sets_that_were_not_measured_stay() -> None:
    other = {"clyde": seen(0.5)["ayr"]}
    assert gate.updated(FLOORS, other, reason="a new set", date=DAY)["ayr"] == FLOORS["ayr"]


def test_the_figures_are_those_of_the_scorer_with_half_a_deviation_as_noise() -> None:
    gold, predicted = [line(GOLD, id) for id in "abc"], [line(GOLD, "a"), line(WORSE, "b"), line(WORSE, "c")]
    scores = evaluate(gold, predicted)
    found = gate.figures(scores)
    assert list(found) == [f"{name}.f1" for name in gate.FIGURES]
    assert found["detected.f1"].value == scores["detected"].f1
    assert found["detected.f1"].noise == pytest.approx((scores["detected"].high - scores["detected"].low) / 7.84)


def test_form_and_calibration_are_measured_where_they_can_be() -> None:
    gold = [line(GOLD, form="direct")]
    plain = gate.figures(evaluate(gold, [line(GOLD, form="indirect", confidence=0.75)]))
    assert plain["form.accuracy"] == gate.Seen(0.0, 0.0)
    assert plain["calibration.error"].value == pytest.approx(0.25)
    assert plain["calibration.error"].error


def run(folder: Path, floors: gate.Floors, marked: str, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """The command, with an engine that finds what `marked` says."""
    data = folder / "ayr.jsonl"
    data.write_text(json.dumps(line(GOLD)), "utf-8")
    path = folder / "floors.json"
    path.write_text(json.dumps(floors), "utf-8")
    scores = evaluate([line(GOLD)], [line(marked)])
    monkeypatch.setattr(gate, "measure", lambda gold_set: gate.Measured("d1", gate.figures(scores)))
    sets = (gate.GoldSet("ayr", data), gate.GoldSet("clyde", folder / "none.jsonl"))
    return gate.main(arguments, sets=sets, floors_path=path)


def test_floors_are_written_kept_and_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, {}, GOLD, monkeypatch, "--update", "--reason", "first") == 0
    floors = json.loads((tmp_path / "floors.json").read_text("utf-8"))
    assert floors["ayr"]["exact.f1"] == {"floor": 1.0, "noise": 0.0}
    assert [note["reason"] for note in floors["history"]] == ["first"]
    assert run(tmp_path, floors, GOLD, monkeypatch) == 0
    capsys.readouterr()
    assert run(tmp_path, floors, WORSE, monkeypatch) == 1
    table = capsys.readouterr().out.splitlines()
    assert table[0].split() == ["set", "metric", "bound", "noise", "seen"]
    assert table[1].split() == ["ayr", "detected.f1", "1.0000", "0.0000", "0.6667", "WORSE"]
    assert table[-1] == f"clyde           skipped: no data at {tmp_path / 'none.jsonl'}"


def test_a_refused_update_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    floors = {"ayr": {"data_sha256": "d1", "detected.f1": {"floor": 1.0, "noise": 0.0}}}
    assert run(tmp_path, floors, WORSE, monkeypatch, "--update", "--reason", "oops") == 1
    assert json.loads((tmp_path / "floors.json").read_text("utf-8")) == floors


def test_a_set_without_floors_is_skipped_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, {}, WORSE, monkeypatch) == 0
    assert "skipped: no floors yet; python -m evals.gate --update" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [("--update",), ("--reason", "why"), ("--lower",)])
def test_half_a_change_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]) -> None:
    assert run(tmp_path, {}, GOLD, monkeypatch, *arguments) == 2


def test_the_floors_in_the_repository_name_the_sets_that_are_measured() -> None:
    floors = json.loads(gate.FLOORS.read_text("utf-8"))
    assert floors.keys() <= {"history", *(gold_set.name for gold_set in gate.SETS)}
    for note in floors.get("history", []):
        assert note["reason"]
        assert datetime.date.fromisoformat(note["date"])
