"""A verdict as programs are told it: one shape for `check`, `trace`, the API and what language models ask."""

from __future__ import annotations

from typing import Any

from onrecord.tracing.edits import Edit
from onrecord.tracing.values import Verdict, WordChange


def verdict_json(verdict: Verdict | None, transcript: str | None, original: str | None) -> dict[str, Any]:
    """The keys that every judged statement has, in JSON values; `verdict` is null for what stands for the original.

    `transcript` is the id of the article that has the original, and `utterance` where it stands there, as offsets;
    `original` is its words there. Both are null where nothing answers.
    """
    spans = () if verdict is None else verdict.spans
    reasons = () if verdict is None else verdict.reasons
    return {
        "verdict": None if verdict is None else verdict.kind,
        "alarming": verdict is not None and verdict.alarming,
        "out_of_context": verdict is not None and verdict.out_of_context,
        "transcript": transcript,
        "utterance": [span.as_list() for span in spans] or None,
        "utterance_ids": [] if verdict is None else list(verdict.utterance),
        "original": original or None,
        "true_speaker": None if verdict is None else verdict.true_speaker,
        "confidence": None if verdict is None else verdict.score,
        "why": "; ".join(reason.words for reason in reasons),
        "reasons": [{"code": reason.code, "words": reason.words} for reason in reasons],
        "edits": [] if verdict is None else [_edit_json(edit) for edit in verdict.edits],
        "alignment": [] if verdict is None else [_change_json(change) for change in verdict.diff],
    }


def _edit_json(edit: Edit) -> dict[str, Any]:
    """One thing that the carrier changed, and where it stands on both sides."""
    return {
        "code": edit.code,
        "severity": edit.severity,
        "words": edit.words,
        "original_span": edit.original and edit.original.as_list(),
        "carried_span": edit.carried and edit.carried.as_list(),
    }


def _change_json(change: WordChange) -> dict[str, Any]:
    """One stretch of the difference: what was done, the words on both sides and where they stand."""
    return {
        "op": change.op,
        "original": change.original or None,
        "carried": change.carried or None,
        "original_span": change.original_span and change.original_span.as_list(),
        "carried_span": change.carried_span and change.carried_span.as_list(),
    }
