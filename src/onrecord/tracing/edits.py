"""What a carrier did to what was said: one typed Edit for each thing that differs, in quotations and reports alike.

original   Kelsham stays as it is, if we reach an agreement by April.
carried    Kelsham stays as it is.
edit       condition_lost (hard)   carried: none   original: "if we reach an agreement by April"
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from onrecord.errors import RecordError
from onrecord.spans import Span

Severity = Literal["hard", "soft"]
"""A hard edit is unfaithful whatever else is kept; a soft one is told, and weighed with the others."""

InReport = Literal[
    "polarity",
    "opposite",
    "negation_moved",
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

InQuotation = Literal[
    "negation_lost",
    "negation_added",
    "modality_lost",
    "predicate_rebuilt",
    "word_changed",
    "word_added",
    "number_changed",
    "number_added",
    "two_utterances",
    "order_turned",
    "far_apart",
    "two_sentences_as_one",
    "antecedent_cut",
    "negation_cut",
    "condition_cut",
    "complement_cut",
    "cut_inside",
    "cut_between",
    "cut_start",
    "cut_end",
]
EditKind = Literal[InReport, InQuotation]
KINDS: tuple[EditKind, ...] = (*get_args(InReport), *get_args(InQuotation))


@dataclass(frozen=True, slots=True)
class Reason:
    """What speaks for a verdict: a `code` for programs, and the same in `words` for a reader."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Edit(Reason):
    """One thing that a carrier changed; its `code` is an EditKind.

    `carried` and `original` are the words it is about: spans into the carrier's text and into the transcript, None on
    the side that has none.
    """

    severity: Severity
    carried: Span | None = None
    original: Span | None = None

    def __post_init__(self) -> None:
        if self.code not in KINDS:
            raise RecordError(f"edit {self.code!r}", f"one of {', '.join(KINDS)}", "Choose one")
        if self.severity not in get_args(Severity):
            raise RecordError(f"severity {self.severity!r}", "hard or soft", "Choose one")


def told_once(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """The reasons, of those that a reader could not tell apart the first."""
    seen: dict[tuple[str, str], Reason] = {}
    for reason in reasons:
        seen.setdefault((reason.code, reason.words), reason)
    return tuple(seen.values())
