from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cli.standin import find
from full import full_record
from onrecord.cli import main
from onrecord.records import Article
from onrecord.scoring import evaluate

TEXTS = {
    "a": "“Ito said all was well and dry,” said Rena Holt.",
    "b": "“No,” said Rena Holt. “Why not?” asked Hugo Brandt.",
    "7": "It rained.",
}
pytestmark = pytest.mark.usefixtures("engine")


def predicted() -> list[dict[str, Any]]:
    return [find(Article(text, id)).to_dict() for id, text in TEXTS.items()]


def gold() -> list[dict[str, Any]]:
    """What the engine finds, but for one statement that it misses and one source that it gets wrong."""
    articles = predicted()
    articles[2]["attributions"] = [{"source": [], "cue": [], "content": [[0, 9]], "form": "indirect"}]
    articles[1]["attributions"][1]["source"] = [[3, 5]]
    for article in articles:
        for statement in article["attributions"]:
            statement.pop("speaker", None)
    return articles


def written(path: Path, lines: list[dict[str, Any]]) -> str:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return str(path)


def test_the_table_is_the_scorers_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", written(tmp_path / "gold.jsonl", gold())]) == 0
    assert capsys.readouterr().out == evaluate(gold(), predicted()).table() + "\n"


def test_a_file_of_predictions_gives_what_the_engine_gives(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [written(tmp_path / "gold.jsonl", gold()), "--predictions", written(tmp_path / "pred.jsonl", predicted())]
    assert main(["evaluate", *files, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == evaluate(gold(), predicted()).to_dict()


def test_gold_with_speakers_is_scored_for_them_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path / "gold.jsonl", [full_record().to_dict()])
    assert main(["evaluate", path, "--predictions", path]) == 0
    assert "said_by" in capsys.readouterr().out
    assert main(["evaluate", path, "--predictions", path, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["framing"]["said_by"]["f1"] == 1.0


def test_flat_leaves_nested_predictions_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path / "gold.jsonl", gold())
    figures = []
    for options in ([], ["--flat"]):
        assert main(["evaluate", path, "--format", "json", *options]) == 0
        figures.append(json.loads(capsys.readouterr().out)["figures"]["detected"]["pred"])
    assert figures == [4, 3]


def test_gold_without_forms_is_told_apart_by_its_marks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    articles = gold()
    for article in articles:
        for statement in article["attributions"]:
            del statement["form"]
    assert main(["evaluate", written(tmp_path / "gold.jsonl", articles), "--format", "json"]) == 0
    shares = json.loads(capsys.readouterr().out)["by_form"]
    assert {form: share["gold"] for form, share in shares.items()} == {"direct": 3, "indirect": 2}


def test_a_number_for_an_id_is_the_same_id(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    articles = gold()
    articles[2]["id"] = 7
    assert main(["evaluate", written(tmp_path / "gold.jsonl", articles)]) == 0
    assert capsys.readouterr().err == ""


def test_articles_on_one_side_only_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [
        written(tmp_path / "gold.jsonl", gold()[:2]),
        "--predictions",
        written(tmp_path / "p.jsonl", predicted()[1:]),
    ]
    assert main(["evaluate", *files]) == 0
    told = capsys.readouterr().err
    assert "1 article of gold without predictions, counted as without statements: a\n" in told
    assert "1 article of predictions without gold, not counted: 7\n" in told


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ('{"id": "a"', "gold.jsonl:2: "),
        ("[]", "gold.jsonl:2: a JSON list"),
        ('{"text": "a"}', "gold.jsonl:2: no id"),
        ('{"id": "z"}', "gold.jsonl:2: no text"),
        (
            '{"id": "z", "text": "a", "attributions": [{"content": [[0]]}]}',
            "gold.jsonl:2: attributions of another shape",
        ),
        ('{"id": "z", "text": "a", "attributions": {}}', "gold.jsonl:2: attributions of another shape"),
        ('{"id": "b", "text": "a"}', "gold.jsonl:2: id 'b' again, after line 1"),
        ("\udcff", "gold.jsonl:2: "),
        ("[" * 100_000, "gold.jsonl:2: "),
    ],
)
def test_a_bad_line_is_named_by_its_place(
    line: str, seen: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(f'{{"id": "b", "text": "No."}}\n{line}\n', errors="surrogateescape")
    assert main(["evaluate", str(path)]) == 1
    assert seen in capsys.readouterr().err


def test_predictions_for_another_text_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = [{**article, "text": article["text"] + " "} for article in predicted()]
    files = [written(tmp_path / "gold.jsonl", gold()), "--predictions", written(tmp_path / "pred.jsonl", other)]
    assert main(["evaluate", *files]) == 1
    assert "another text in the predictions for article 'a'" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["gone.jsonl", "empty.jsonl", ".", "a\0b"])
def test_gold_that_is_not_there_is_refused(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.jsonl").touch()
    assert main(["evaluate", str(tmp_path / name)]) == 1
    assert capsys.readouterr().err.startswith("onrecord: Saw ")
