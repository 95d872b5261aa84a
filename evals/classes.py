"""Recall and precision of every verdict class, with 95 % intervals, as one table for events of any kind."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import get_args

from onrecord.intervals import wilson
from onrecord.tracing.values import ALARMS, VerdictClass

NOT_FOUND = "not found"
FAIR = frozenset(("verbatim", "trimmed", "translated", "paraphrased"))
"""Classes of which a reader has nothing to fear; `stitched` is told and is neither."""
ACCUSED = frozenset(("misattributed", "unfounded"))

Judged = tuple[str, str]
"""The class that is right, and the one that was given (NOT_FOUND where the statement was not found)."""


def table(judged: Sequence[Judged]) -> Iterator[str]:
    """A line a class: how many there are, recall, how many were called so, precision, and what the others were called.

    Recall counts statements that were not found as missed; precision is over those that were found.
    """
    yield f"{'class':15}{'n':>5}  {'recall':24}{'called':>6}  precision"
    groups: list[tuple[str, Collection[str]]] = [(kind, (kind,)) for kind in get_args(VerdictClass)]
    for name, group in (*groups, ("alarms", ALARMS), ("fair", FAIR)):
        wanted = [got for right, got in judged if right in group]
        called = [right for right, got in judged if got in group]
        if wanted or called:
            found, true = (share(sum(kind in group for kind in kinds), len(kinds)) for kinds in (wanted, called))
            yield f"{name:15}{len(wanted):>5}  {found:24}{len(called):>6}  {true}"
    met = [(right, got) for right, got in judged if right in FAIR and got != NOT_FOUND]
    yield f"{'fair and found':15}{len(met):>5}  {share(sum(got in FAIR for _, got in met), len(met))}"
    same = sum(one == other for one, other in judged)
    yield f"{'all':15}{len(judged):>5}  {share(same, len(judged))}"
    wrongly = [(one, other) for one, other in judged if other in ACCUSED and one not in ACCUSED]
    yield f"wrongly misattributed or unfounded: {len(wrongly)}"


def share(hits: int, total: int) -> str:
    """A share with its 95 % interval (Wilson)."""
    if not total:
        return "-"
    low, high = wilson(hits, total)
    return f"{hits / total:.3f} ({low:.2f}-{high:.2f})"
