"""The example event is the same in its text files and in its JSON lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
LINES = [json.loads(line) for line in (EXAMPLES / "event.jsonl").read_text("utf-8").splitlines()]


def test_the_event_has_a_transcript_and_four_articles() -> None:
    assert [set(line) for line in LINES] == [{"id", "title", "outlet", "date", "url", "text"}] * 5
    assert len({line["id"] for line in LINES}) == len({line["outlet"] for line in LINES}) == 5


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["id"])
def test_a_text_file_holds_the_text_of_its_line(line: dict[str, str]) -> None:
    name = line["id"].removeprefix("port-evrin-")
    assert (EXAMPLES / f"{name}.txt").read_text("utf-8").rstrip("\n") == line["text"]
    assert line["title"] not in line["text"]
