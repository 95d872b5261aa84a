"""Edits that turn the sense of a sentence, one a kind. Each gives the sentence anew, or None where it has no place."""

from __future__ import annotations

from collections.abc import Mapping

from training.pairs.amounts import (
    comparison_reversed,
    currency_changed,
    date_changed,
    name_changed,
    number_changed,
    one_of,
    only_added,
    only_dropped,
    percent_points,
    some_all,
    unit_changed,
)
from training.pairs.claims import (
    absolute_added,
    agents_swapped,
    cause_invented,
    cause_reversed,
    claim_of_question,
    condition_dropped,
    hedge_dropped,
    modality_raised,
    negation_added,
    negation_dropped,
    order_reversed,
    planned_done,
    scope_moved,
    topic_shifted,
)
from training.pairs.places import Edit, by_table
from training.pairs.tables import ordered

EDITS: Mapping[str, Edit] = {
    "negation dropped": negation_dropped,
    "negation added": negation_added,
    "number changed": number_changed,
    "unit changed": unit_changed,
    "currency changed": currency_changed,
    "percent and points": percent_points,
    "modality raised": modality_raised,
    "planned for done": planned_done,
    "some to all": some_all,
    "one of": one_of,
    "hedge dropped": hedge_dropped,
    "condition dropped": condition_dropped,
    "agents swapped": agents_swapped,
    "cause invented": cause_invented,
    "cause reversed": cause_reversed,
    "order reversed": order_reversed,
    "name changed": name_changed,
    "date changed": date_changed,
    "only dropped": only_dropped,
    "only added": only_added,
    "question to claim": claim_of_question,
    "topic shifted": topic_shifted,
    "absolute added": absolute_added,
    "comparison reversed": comparison_reversed,
    "scope of not": scope_moved,
    "bound reversed": by_table(
        "bounds", r"\b{}(?= (?:\d|" + "|".join((*ordered("number_words"), *ordered("tens"), "half", "a")) + r")\b)"
    ),
    "opposite": by_table("opposites", r"(?<!all )(?<=\w )\b{}\b(?! now|-|')"),
}
"""Every edit that turns the sense, by the name that its pairs have as `kind`."""
