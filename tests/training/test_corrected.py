"""From a reader's correction to the trainer: the export becomes annotated articles that it encodes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from training.corrected import main

from full import full_record
from onrecord.archive.correcting.corrections import change_spans, confirm, reject
from onrecord.archive.correcting.runs import start_run
from onrecord.archive.store.keeping import keep
from onrecord.archive.store.opening import open_archive
from onrecord.cli import main as onrecord
from onrecord.spans import Span


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    """Of four articles: one corrected, one rejected, one looked at by half, one not at all (and not exported)."""
    record = full_record()
    where = str(tmp_path / "held.db")
    with open_archive(where) as archive:
        run = start_run(archive, "", record.provenance)
        (said,) = record.statements
        two = (said, replace(said, id="2", content=(Span(30, 44),)))
        for n, statements in enumerate((record.statements, record.statements, two, record.statements)):
            article = replace(record.article, id=f"n{n}", text=record.article.text + " So." * n)
            keep(archive, replace(record, article=article, statements=statements), run)
        change_spans(archive, 1, content=[Span(26, 52)], who="Anna")
        reject(archive, 2, who="Anna")
        confirm(archive, 3, who="Anna")
    out = tmp_path / "export.jsonl"
    assert onrecord(["export", "--archive", where, "--training", "-o", str(out)]) == 0
    return out


def test_what_was_looked_at_becomes_annotated_articles(exported: Path, tmp_path: Path) -> None:
    out = tmp_path / "train.jsonl"
    main([str(exported), "--out", str(out)])
    first, second = map(json.loads, out.read_text("utf-8").splitlines())
    (one,) = first["attributions"]
    assert (first["id"], one["content"], one["review"], one["speaker"]) == ("n0", [[26, 52]], "changed", "rena-holt")
    assert {"entity": "rena-holt", "span": [0, 9]} in first["mentions"]
    assert (second["id"], second["attributions"]) == ("n1", [])  # which teaches that it was no statement
    main([str(exported), "--out", str(out), "--share", "0.5"])
    assert len(out.read_text("utf-8").splitlines()) == 3


def test_corrected_articles_take_the_place_of_older_ones(
    exported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    older = tmp_path / "gold.jsonl"
    text = full_record().article.text
    docs = [{"id": "old", "text": text, "attributions": []}, {"id": "kept", "text": "Else.", "attributions": []}]
    older.write_text("".join(json.dumps(doc) + "\n" for doc in docs), "utf-8")
    main([str(exported), "--onto", str(older), "--out", str(older)])
    assert [json.loads(line)["id"] for line in older.read_text("utf-8").splitlines()] == ["kept", "n0", "n1"]
    assert "left out: 1 with too few statements looked at" in capsys.readouterr().out


def test_the_corpus_that_is_held_back_is_never_trained_on(
    exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dev, out = tmp_path / "dev.jsonl", tmp_path / "train.jsonl"
    dev.write_text(json.dumps({"id": "d", "text": full_record().article.text}) + "\n", "utf-8")
    monkeypatch.setattr("training.corrected.HELD_BACK", (dev,))
    main([str(exported), "--out", str(out)])
    assert [json.loads(line)["id"] for line in out.read_text("utf-8").splitlines()] == ["n1"]


def test_the_trainer_encodes_it(exported: Path, tmp_path: Path) -> None:
    pytest.importorskip("numpy")
    from training.prepare import encode_article

    from onrecord.finding.tagging.tagger import load_tagger

    out = tmp_path / "train.jsonl"
    main([str(exported), "--out", str(out)])
    first, second = (
        encode_article(json.loads(line), load_tagger().encoder, nested=True)
        for line in out.read_text("utf-8").splitlines()
    )
    assert [first.pieces.starts[a.anchor] for a in first.attributions] == [10]  # its cue, "told"
    assert second.attributions == ()
