"""The open corpus keeps its promises: gold is what the files say, and the split names every article once."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
if not CORPUS.is_dir():
    pytest.skip("the corpus is part of the repository, not of every distribution", allow_module_level=True)

sys.path.insert(0, str(CORPUS))
markup = importlib.import_module("markup")
rebuild = importlib.import_module("rebuild")

ARTICLES = sorted((CORPUS / "articles").rglob("*.txt"))
PARTS = ("train", "heldout", "dev")
LABELS: dict[str, set[str | None]] = {
    "form": {"direct", "indirect", "mixed"},
    "cue_class": {"neutral", "endorsing", "distancing", "emotive", "none"},
    "voice": {"speaker", "outlet"},
    "status": {None, "negated", "denied", "future", "hypothetical"},
}


def gold(part: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (CORPUS / "gold" / f"{part}.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("part", PARTS)
def test_gold_is_what_the_articles_say(part: str) -> None:
    made = rebuild.gold_of(rebuild.articles_of(part))
    assert (CORPUS / "gold" / f"{part}.jsonl").read_text("utf-8") == made, "run: python corpus/rebuild.py"


def test_the_command_prints_the_gold_lines() -> None:
    paths = sorted((CORPUS / "articles" / "heldout").rglob("*.txt"))
    command = [sys.executable, str(CORPUS / "markup.py"), *map(str, paths)]
    printed = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")
    assert [json.loads(line) for line in printed.splitlines()] == gold("heldout")


def test_the_split_names_every_article_once_with_its_counts() -> None:
    rows = rebuild.read_split()
    articles = {part: {article.id: article for article in rebuild.articles_of(part)} for part in PARTS}
    assert len({row.id for row in rows}) == len(rows) == len(ARTICLES)
    assert {(row.part, row.id) for row in rows} == {(part, id) for part in PARTS for id in articles[part]}
    assert [row for row in rows if row != rebuild.counted(row, articles[row.part][row.id])] == []
    assert all(row.beat and row.register for row in rows)


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_an_article_is_named_after_its_file(path: Path) -> None:
    part = path.relative_to(CORPUS / "articles").parts[0]
    wanted = path.stem if part == "dev" else f"{path.parent.name}-{path.stem}"
    assert markup.read_marked(path).id == wanted


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_spans_slice_the_text_and_no_tag_is_left_in_it(path: Path) -> None:
    article = markup.read_marked(path)
    assert not re.search(r"</?(src|cue|con|m)\b", article.text)
    spans = [span for a in article.attributions for role in (a.source, a.cue, a.content) for span in role]
    spans += [mention.span for mention in article.mentions] + list(article.asserted)
    for start, end in spans:
        assert 0 <= start < end <= len(article.text)
        assert article.text[start:end] == article.text[start:end].strip()


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_labels_are_those_of_the_guidelines(path: Path) -> None:
    article = markup.read_marked(path)
    for attribution in article.attributions:
        for label, allowed in LABELS.items():
            assert attribution.labels.get(label) in allowed, (attribution.number, label)
        known = {None, *article.entities}
        assert {attribution.labels.get("speaker"), attribution.labels.get("relayed_by")} <= known
        assert attribution.labels["about"].keys() <= known
        if attribution.labels["cue_class"] == "none":
            assert not attribution.cue, attribution.number


def test_heldout_follows_the_stated_draw() -> None:
    """Seed and rule stand in README.md: two a beat, one from the smallest, by random.Random."""
    rule = re.search(r"seed (\d+)", (CORPUS / "README.md").read_text("utf-8"))
    assert rule is not None
    assert rebuild.draw_heldout(int(rule[1])) == {row.id for row in rebuild.read_split() if row.part == "heldout"}


def test_nothing_measured_on_is_trained_on() -> None:
    texts = {part: {str(line["text"]) for line in gold(part)} for part in PARTS}
    assert not texts["train"] & (texts["heldout"] | texts["dev"])
    assert not texts["heldout"] & texts["dev"]


HEAD = "id: x\n---\n"
TAIL = '\n---\n{"entities": {"a": {}}, "statements": {"1": {"speaker": "a"}}}\n'
GOOD = '<src a="1" e="a">Ada</src> <cue a="1">said</cue> <con a="1">it rained</con>.'


def test_a_marked_text_gives_its_spans() -> None:
    article = markup.parse_marked(HEAD + GOOD + TAIL)
    (attribution,) = article.attributions
    assert article.text == "Ada said it rained."
    assert (attribution.source, attribution.cue, attribution.content) == (((0, 3),), ((4, 8),), ((9, 18),))
    assert article.mentions[0].entity == "a"


@pytest.mark.parametrize(
    ("marked", "told"),
    [
        (HEAD + GOOD, "2 parts"),
        ("title: x\n---\n" + GOOD + TAIL, "no id"),
        (HEAD + GOOD.replace("</cue>", "</con>") + TAIL, "wanted </cue>"),
        (HEAD + GOOD.replace("</con>", "") + TAIL, "never closed"),
        (HEAD + GOOD.replace('<cue a="1">', '<cue a="1" x="2">') + TAIL, "</cue> at text offset"),
        (HEAD + GOOD + ' <con a="2">and snowed</con>' + TAIL, "differ at ['2']"),
        (HEAD + GOOD.replace('e="a"', 'e="b"') + TAIL, "is no entity"),
        (HEAD + GOOD.replace('<con a="1">it rained</con>', "it rained") + TAIL, "no content"),
        (HEAD + GOOD + TAIL.replace('"speaker": "a"', '"speaker": "b"'), "is no entity"),
        (HEAD + GOOD + TAIL.replace('"a"}', '"a", "carried_from": 7}'), "carried from 7"),
        (HEAD + GOOD + "\n---\n{", "no JSON"),
    ],
)
def test_broken_markup_is_refused_with_the_place(marked: str, told: str) -> None:
    with pytest.raises(markup.MarkupError, match=re.escape(told)):
        markup.parse_marked(marked, name="x.txt")
