"""What the trainer feeds on: labels that say what the gold says, in every typography."""

import pytest

np = pytest.importorskip("numpy")

from training.augment import STYLES, restyle  # noqa: E402
from training.prepare import BARE, CONTENT_BEGINS, CUE, INNER, OUTER, SOURCE_BEGINS, encode_article  # noqa: E402

from marked import parse  # noqa: E402
from onrecord.finding.tagging.encoding import Encoder  # noqa: E402
from onrecord.finding.tagging.tagger import load_tagger  # noqa: E402

GOLD = parse("[s1 Rena Holt] [k1 said] [c1 [s2 the clerk] [k2 had denied] [c2 knowing it]]. [c3 “Twice.”]")


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_tagger().encoder


def test_each_attribution_is_anchored_at_its_cue_or_else_its_content(encoder: Encoder) -> None:
    example = encode_article({"id": "x", "text": GOLD.text, "attributions": GOLD.attributions}, encoder, nested=True)
    anchors = [GOLD.text[example.pieces.starts[a.anchor] :].split()[0] for a in example.attributions]
    assert anchors == ["said", "had", "“Twice.”"]
    assert [a.kind for a in example.attributions] == [OUTER, INNER, BARE]


def test_labels_begin_each_role_once(encoder: Encoder) -> None:
    example = encode_article({"id": "x", "text": GOLD.text, "attributions": GOLD.attributions}, encoder, nested=True)
    parts = example.attributions[0].parts.tolist()
    assert [parts.count(p) for p in (SOURCE_BEGINS, CUE, CONTENT_BEGINS)] == [1, 1, 1]


@pytest.mark.parametrize("style", STYLES)
def test_other_marks_leave_every_offset_true(style: str) -> None:
    doc = {"id": "x", "text": "“I said ‘no’,” Rena’s aunt said.", "attributions": []}
    changed = restyle(doc, style)["text"]
    assert len(changed) == len(doc["text"])
    assert [c for c in changed if c.isalnum()] == [c for c in doc["text"] if c.isalnum()]
