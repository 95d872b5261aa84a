"""What a carrier did to a claim: one typed Edit for each thing that differs, with the words on both sides.

original   Kelsham stays as it is, if we reach an agreement by April.
carried    Kelsham stays as it is.
edit       condition_lost (hard)   carried: none   original: "if we reach an agreement by April"
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from onrecord.errors import RecordError
from onrecord.spans import Span
from onrecord.tracing.values import Reason

Severity = Literal["hard", "soft"]
"""A hard edit makes a report unfaithful whatever else it keeps; a soft one is told, and weighed with the others."""

Kind = Literal[
    "polarity",
    "opposite",
    "contradiction_cut",
    "possibility_dropped",
    "possibility_added",
    "obligation_added",
    "obligation_lost",
    "plan_as_done",
    "done_as_plan",
    "condition_lost",
    "condition_added",
    "hedge_dropped",
    "question_as_claim",
    "quantifier_changed",
    "one_of_several",
    "absolute_added",
    "only_added",
    "only_lost",
    "bound_lost",
    "bound_turned",
    "number_not_said",
    "number_retracted",
    "numbers_exchanged",
    "unit_changed",
    "roles_exchanged",
    "cause_added",
    "cause_turned",
    "time_changed",
    "order_of_events",
    "name_changed",
    "name_not_said",
    "quote_not_said",
    "charge",
    "commitment_added",
    "loaded",
    "little_support",
    "part_not_said",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One thing that a report changed.

    `carried` and `original` are the words it is about: spans into the carrier's text and into the transcript, None on
    the side that has none. `told` says it in a sentence for a reader.
    """

    kind: Kind
    severity: Severity
    told: str
    carried: Span | None = None
    original: Span | None = None

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise RecordError(f"edit {self.kind!r}", f"one of {', '.join(get_args(Kind))}", "Choose one")
        if self.severity not in get_args(Severity):
            raise RecordError(f"severity {self.severity!r}", "hard or soft", "Choose one")

    @property
    def reason(self) -> Reason:
        """The edit as a reason of a verdict."""
        return Reason(self.kind, self.told)
