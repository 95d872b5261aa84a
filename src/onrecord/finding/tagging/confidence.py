"""Confidence: the probability that a reader would accept a statement with its source.

A logistic regression over what the tagger and the rules know of a draft. Its weights are fitted on annotated articles
that the tagger was not trained on (``training/calibrate.py``) and stand in the model's card; `onrecord evaluate`
prints how far the result is from the truth.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from onrecord.finding.tagging.drafts import Draft, size
from onrecord.records import Form

RULES = ("floating", "label", "signature", "bare")


def evidence(draft: Draft, form: Form) -> dict[str, float]:
    """What speaks for or against a draft, by name; every value is a number of moderate size."""
    s = draft.scores
    chance = min(max(s.chance if s.chance is not None else 0.5, 1e-3), 1 - 1e-3)
    return {
        "bias": 1.0,
        "anchor": math.log(chance / (1 - chance)),
        "content": max(s.content, -3.0),
        "edge": max(s.edge, -4.0),
        "source": max(s.source, -4.0),
        "no source": float(not draft.source),
        "roles": 0.0 if draft.inner else max(s.roles, -4.0),
        "contested": 0.0 if draft.inner else s.contested,
        "length": math.log(1 + size(draft.content) / 6) - 2.5,
        "pieces": float(len(draft.content) > 1),
        "direct": float(form == "direct"),
        "mixed": float(form == "mixed"),
        "inner": float(draft.inner),
        **{rule: float(draft.rule == rule) for rule in RULES},
    }


def confidence(draft: Draft, form: Form, weights: Mapping[str, float]) -> float:
    """A probability in (0, 1)."""
    total = sum(weights.get(name, 0.0) * value for name, value in evidence(draft, form).items())
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
