"""The command line with the real engine behind it, on input that no engine was made for."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from onrecord.cli import main
from onrecord.records import Record

MARKS = "“”„‟\"«»‘’‚‛'`‹›「」『』＂"
ODD = {
    "ten thousand unbalanced quotation marks": "".join(random.Random(7).choices(MARKS + " ", k=10_000)),
    "ten thousand opening marks": "“" * 10_000,
    "marks about words": '“No,” said "Rena ‘Holt. ' * 400,
    "one word without an end": "a" * 100_000,
    "line breaks of every kind": "“No,”\r\nsaid\u2028Rena\x0bHolt.\x85“Yes.”\r",
    "signs beyond the first plane": "🦡 “No 🦡,” said 🦡 Rena 𝒽olt.",
    "half a character": "\ud83e “No,” said Rena Holt.",
    "a bell and an escape": "\x07“No,\x1b[31m” said Rena Holt.",
    "from right to left": "\u202e“No,” said Rena Holt. قالت: «لا».",
    "no word at all": "…",
    "a thousand paragraphs": "No.\n\n" * 1_000,
}
STORY = (
    'The valve was closed by frost, the harbour master said on Monday. "We have asked for a new one twice," Rena Holt'
    " added."
)


@pytest.mark.parametrize("what", ODD)
def test_any_text_gives_a_record_whose_spans_are_its_own_words(
    what: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": ODD[what]}))
    assert main(["read", str(path), "--format", "jsonl"]) == 0
    record = Record.from_dict(json.loads(capsysbinary.readouterr().out.decode("utf-8")))
    assert record.article.text == ODD[what]


@pytest.mark.parametrize("form", ["text", "html"])
def test_what_was_said_is_shown_word_for_word(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(STORY.replace('"', "”"), "utf-8")
    assert main(["read", str(path), "--format", form, "--explain"]) == 0
    shown = capsys.readouterr().out
    for words in ("The valve was closed by frost", "the harbour master", "Rena Holt", "linker"):
        assert words in shown


def test_the_same_text_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    for name in ("1.jsonl", "2.jsonl"):
        assert main(["read", str(tmp_path / "a.txt"), "--format", "jsonl", "--output", str(tmp_path / name)]) == 0
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()


def test_what_it_printed_is_a_perfect_answer_to_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    printed = tmp_path / "a.jsonl"
    assert main(["read", str(tmp_path / "a.txt"), "--format", "jsonl", "--output", str(printed)]) == 0
    assert main(["evaluate", str(printed), "--format", "json"]) == 0
    figures = json.loads(capsys.readouterr().out)["figures"]
    assert {figure["f1"] for figure in figures.values()} == {1.0}
