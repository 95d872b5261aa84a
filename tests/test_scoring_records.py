from __future__ import annotations

import importlib.util
import json
import random
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from marked import parse
from needs import SHARED
from onrecord.scoring_records import evaluate_framing, same_entity

SCORER = SHARED / "eval" / "score_records.py"
GOLD = Path(__file__).resolve().parents[1] / "corpus" / "gold" / "heldout.jsonl"
ENTITIES = {
    "holt": {"name": "Rena Holt", "aka": ["Holt", "she"]},
    "port": {"name": "Ayr Port Authority", "aka": ["the port"]},
}


def article(marked: str, *framing: dict[str, Any], asserted: str = "") -> dict[str, Any]:
    """An article whose statements have these keys; the words `asserted` are the outlet's own."""
    gold = parse(marked)
    start = gold.text.find(asserted)
    return {
        "id": "a",
        "text": gold.text,
        "entities": ENTITIES,
        "attributions": [{"speaker": None} | s | f for s, f in zip(gold.attributions, framing, strict=True)],
        "asserted": [[start, start + len(asserted)]] if asserted else [],
    }


ONE = "[s1 Holt] [k1 said] [c1 the port lied about the valve]. It closed."


def test_gold_that_codes_no_framing_gives_nothing_to_print() -> None:
    plain = {"id": "a", "text": "She said no.", "attributions": [{"source": [], "cue": [], "content": [[9, 11]]}]}
    scores = evaluate_framing([plain], [])
    assert (scores.table(), scores.to_dict()) == ("", {})


@pytest.mark.parametrize(
    ("wanted", "found", "counts", "sign"),
    [
        ({"port": "-"}, {"port": "-"}, (1, 1, 1), (1, 1)),
        ({"port": "-"}, {"port": "+", "holt": "0"}, (1, 2, 1), (0, 1)),
        ({"port": "-", "holt": "0"}, {}, (0, 0, 2), None),
        ({}, {"port": "-"}, (0, 0, 0), None),  # an empty `about` means that nobody noted any
    ],
)
def test_targets_count_where_the_gold_notes_any(
    wanted: dict[str, str], found: dict[str, str], counts: tuple[int, int, int], sign: tuple[int, int] | None
) -> None:
    scores = evaluate_framing([article(ONE, {"about": wanted})], [article(ONE, {"about": found})])
    about = scores.figures[1]
    assert (about.right, about.predicted, about.gold) == counts
    assert next(((a.right, a.of) for a in scores.agreements if a.name == "about.sign"), None) == sign


def test_abstentions_are_told() -> None:
    two = f"{ONE} [s2 She] [k2 added] [c2 that it was old]."
    wanted = article(two, {"about": {"port": "-"}}, {"about": {"port": "-"}})
    scores = evaluate_framing([wanted], [article(two, {"about": {"port": "0"}}, {})])
    assert (scores.silent, scores.unsigned) == (1, 1)


@pytest.mark.parametrize("name", ["Rena Holt", "Mrs Holt", "the Holt"])
def test_an_entity_is_known_by_any_of_its_names(name: str) -> None:
    gold, found = (
        article(ONE, {"speaker": "holt"}),
        article(ONE, {"speaker": "p1"}) | {"entities": {"p1": {"name": name}}},
    )
    assert evaluate_framing([gold], [found]).to_dict()["said_by"]["f1"] == 1


@pytest.mark.parametrize(
    ("given", "wanted", "same"),
    [
        ("Андрей Лавкин", "Андрей Лавкин", True),
        ("АНДРЕЙ ЛАВКИН", "Андреи Лавкин", True),  # й without its accent
        ("Андрей Лавкин", "Мара Ремез", False),
        ("Zoë Müller", "Zoe Muller", True),
        ("李安", "王明", False),
    ],
)
def test_names_in_other_scripts_keep_their_letters(given: str, wanted: str, same: bool) -> None:
    assert same_entity({"name": given}, {"name": wanted}) is same


@pytest.mark.parametrize(
    ("wanted", "found", "counts"),
    [
        ({"kind": "news conference"}, {"kind": "press_conference"}, (1, 1, 1)),
        ({"kind": "speech"}, {"kind": "call"}, (0, 1, 1)),
        ({"kind": "speech"}, None, (0, 0, 1)),
        (None, {"kind": "speech"}, (0, 1, 0)),  # given where the article tells none
        (None, {"medium": "port"}, (0, 0, 0)),
    ],
)
def test_the_kind_of_an_occasion_counts_whether_or_not_the_gold_has_one(
    wanted: dict[str, str] | None, found: dict[str, str] | None, counts: tuple[int, int, int]
) -> None:
    occasion = evaluate_framing([article(ONE, {"occasion": wanted})], [article(ONE, {"occasion": found})]).figures[2]
    assert (occasion.name, occasion.right, occasion.predicted, occasion.gold) == ("occasion", *counts)


def test_a_pronoun_is_no_name() -> None:
    gold = article(ONE, {"speaker": "holt"})
    assert evaluate_framing([gold], [article(ONE, {"speaker": "She"})])["speaker"].right == 0


def test_own_words_are_recalled_or_leak_into_a_content() -> None:
    gold = article(ONE, {"speaker": "holt"}, asserted="It closed.")
    wrong = article("[s1 Holt] [k1 said] [c1 the port lied about the valve. It] closed.", {}, asserted="closed")
    assert evaluate_framing([gold], [wrong]).to_dict()["asserted.recall"] == {"share": 0.5, "of": 2}
    assert evaluate_framing([gold], [wrong]).to_dict()["asserted.leak"] == {"share": 0.5, "of": 2}


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    sys.path.insert(0, str(SCORER.parent))
    try:
        spec = importlib.util.spec_from_file_location("score_records", SCORER)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(SCORER.parent))
    return module


@pytest.mark.shared("eval/score_records.py")
@pytest.mark.parametrize("seed", range(5))
def test_the_figures_are_those_of_the_shared_scorer(scorer: ModuleType, seed: int) -> None:
    gold = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    predicted = [spoilt(line, random.Random(seed)) for line in gold[1:]]
    theirs, _ = scorer.score({d["id"]: d for d in gold}, {d["id"]: d for d in predicted})
    theirs.pop("form")  # onrecord.scoring has it
    scores = evaluate_framing(gold, predicted)
    for name, row in (("said_by", theirs.pop("said_by")), ("occasion", theirs.pop("occasion.f1"))):
        assert scores.to_dict()[name] == pytest.approx(row)
    assert scores.macro_f1 == pytest.approx(theirs.pop("cue_class.macro_f1")["acc"])
    mine = {a.name: {"acc": a.share, "n": a.of} for a in scores.agreements if not a.name.startswith("about")}
    assert mine == {name.replace("[", ".").rstrip("]"): row for name, row in theirs.items()}


def spoilt(line: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The gold article with fields of its statements interchanged, some left out."""
    statements = [dict(s) for s in line["attributions"]]
    for name in ("speaker", "cue_class", "voice", "status", "occasion", "carried_from", "content"):
        for s in chance.sample(statements, len(statements) // 3):
            s[name] = chance.choice(line["attributions"]).get(name)
    words = [[start, start + chance.randint(1, 400)] for start in chance.sample(range(len(line["text"])), 9)]
    return line | {"attributions": statements[2:], "asserted": words}
