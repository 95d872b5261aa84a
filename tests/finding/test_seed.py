"""The article it all began with: what a careful reader sees in it, onrecord sees."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from onrecord import read
from onrecord.scoring import evaluate

SHARED = Path(__file__).resolve().parents[3] / "shared"
SEED = SHARED / "seed" / "annotated.txt"

pytestmark = pytest.mark.skipif(not SEED.exists(), reason=f"the seed article is not at {SEED}")


@pytest.fixture(scope="module")
def gold() -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(SHARED / "eval" / "to_jsonl.py"), str(SEED)], check=True, capture_output=True, text=True
    )
    article: dict[str, Any] = json.loads(done.stdout)
    return article


def test_all_nine_statements_of_the_seed_article_are_found_and_nothing_else(gold: dict[str, Any]) -> None:
    record = read(gold["text"], id="seed", published="2017-05-08")
    scores = evaluate([gold], [record.to_dict()])
    assert (scores["attributed"].right, scores["attributed"].predicted, scores["attributed"].gold) == (9, 9, 9)


def test_forms_and_carried_speakers_of_the_seed_article_are_as_in_the_gold(gold: dict[str, Any]) -> None:
    record = read(gold["text"], id="seed")
    wanted = [(a["form"], a["carried_from"]) for a in gold["attributions"]]
    assert [(s.form, int(s.carried_from) if s.carried_from else None) for s in record.statements] == wanted
