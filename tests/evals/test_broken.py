"""Sixty of the broken files: none ends the batch, each is read or refused with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals import broken, samples
from onrecord.reading import open_articles
from onrecord.records import Article

for library in ("feedparser", "fastwarc", "pyarrow", "striprtf", "trafilatura", "warcio"):
    pytest.importorskip(library, reason="reads every kind of file")


def test_no_broken_file_ends_the_batch_and_each_is_accounted_for(tmp_path: Path) -> None:
    files = list(broken.generate(tmp_path, 60, seed=3))
    outcome = broken.run(files)
    assert outcome.wrong == []
    counted = [row for name, row in outcome.counts.items() if name.startswith("(")]
    assert sum(row["files"] for row in counted) == 60
    assert sum(row["read"] + row["in part"] + row["refused"] for row in counted) == 60


def test_the_good_files_of_a_batch_are_read_whatever_stands_between(tmp_path: Path) -> None:
    (tmp_path / "zzz.txt").write_text(samples.FERRY.text, "utf-8")
    list(broken.generate(tmp_path, 30, seed=4, on_purpose=False))
    *_, last = open_articles([str(tmp_path)])
    assert isinstance(last, Article)
    assert last.text == samples.FERRY.text


def test_the_same_seed_makes_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        files = broken.generate(tmp_path / name, 40, seed=1, on_purpose=False)
        made.append([(path.name, path.read_bytes()) for path, _, _ in files])
    assert made[0] == made[1]


def test_the_table_counts_by_kind_and_by_mutation(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A.")
    (tmp_path / "b.txt").write_text("")
    outcome = broken.run([(tmp_path / f"{name}.txt", "note.txt", "flip") for name in "ab"])
    assert [line.split() for line in broken.table(outcome).splitlines()[1:]] == [
        ["note.txt", "2", "1", "0", "1"],
        ["(flip)", "2", "1", "0", "1"],
    ]
