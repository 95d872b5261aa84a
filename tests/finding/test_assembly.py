"""Statements out of drafts: which stands within which, what the card must hold, what confidence is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marked import parse
from onrecord.errors import ModelError
from onrecord.finding.tagging.assembly import Settings, containers
from onrecord.finding.tagging.confidence import confidence, evidence
from onrecord.finding.tagging.drafts import Draft, Scores
from onrecord.records import ROLES
from onrecord.spans import Span


def drafts(marked: str) -> list[Draft]:
    gold = parse(marked)
    roles = [{role: tuple(Span(*s) for s in a[role]) for role in ROLES} for a in gold.attributions]
    return [Draft("cue", r["content"], r["source"], r["cue"]) for r in roles]


NESTING = [
    ("side by side", "[s1 Holt] [k1 said] [c1 no]. [s2 Talle] [k2 said] [c2 yes].", [None, None]),
    ("one within", "[s1 Holt] [k1 said] [c1 [s2 Talle] [k2 had claimed] [c2 it froze]].", [None, 0]),
    (
        "three deep",
        "[s1 Holt] [k1 said] [c1 [s2 Talle] [k2 claimed] [c2 [s3 the clerk] [k3 denied] [c3 it all]]].",
        [None, 0, 1],
    ),
    ("one subject, two cues", "[s1,2 Holt] [k1 called] [c1 it thin] and [k2 warned] [c2 of worse].", [None, None]),
    ("one content, two sources", "[s1 Holt] [k1 said], [k2 citing] [s2 Talle], [c1,2 that it froze].", [None, None]),
]


@pytest.mark.parametrize(("marked", "wanted"), [case[1:] for case in NESTING], ids=[case[0] for case in NESTING])
def test_a_statement_stands_within_the_smallest_content_that_holds_it(marked: str, wanted: list[int | None]) -> None:
    assert containers(drafts(marked)) == wanted


CARD = {
    "decoding": {"source_bonus": 2, "piece_cost": 1, "outer": 0.2, "inner": 0.2, "bare": 0.3}
    | {f"floor_{k}": 0.4 for k in ("outer", "inner", "bare")},
    "confidence": {"bias": 1.0},
}


def test_the_operating_point_comes_from_the_card() -> None:
    assert Settings.from_card(CARD).floors == {"outer": 0.4, "inner": 0.4, "bare": 0.4}


@pytest.mark.parametrize("missing", ["decoding", "confidence"])
def test_a_card_without_its_tables_is_refused_in_words(missing: str) -> None:
    with pytest.raises(ModelError, match="decoding and confidence"):
        Settings.from_card({k: v for k, v in CARD.items() if k != missing})


LOGS = st.floats(-50, 0)


@given(st.floats(0, 1), st.tuples(LOGS, LOGS, LOGS), st.floats(-9, 9))
def test_confidence_is_a_probability(chance: float, logs: tuple[float, float, float], bias: float) -> None:
    draft = Draft("cue", (Span(0, 4),), (), (Span(5, 9),), scores=Scores(chance, *logs))
    weights = dict.fromkeys(evidence(draft, "direct"), 0.7) | {"bias": bias}
    assert 0 < confidence(draft, "direct", weights) < 1


def test_more_evidence_never_makes_a_statement_less_likely() -> None:
    weak, strong = (Draft("cue", (Span(0, 4),), scores=Scores(chance)) for chance in (0.3, 0.9))
    assert confidence(strong, "direct", {"anchor": 1.0}) > confidence(weak, "direct", {"anchor": 1.0})
