"""Which statements count: of one type, in the range of dates, not excluded, complete, and once each."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable, Iterable

from onrecord.errors import UsageError
from onrecord.networks.building.settings import Duplicates, NetworkSettings
from onrecord.records.coded import OF_DOCUMENT, VARIABLES, Coded

PERIOD: dict[Duplicates, Callable[[Coded], Hashable]] = {
    "document": lambda coded: coded.document.id,
    "week": lambda coded: coded.when.isocalendar()[:2],
    "month": lambda coded: (coded.when.year, coded.when.month),
    "year": lambda coded: coded.when.year,
    "acrossrange": lambda coded: None,
}
"""Within what the same words of the same actor count once. Weeks begin on Monday; DNA 3.1 takes the same week or month
of any year for one, we do not."""


def in_order(statements: Iterable[Coded]) -> list[Coded]:
    """By time, and within it as they came."""
    return sorted(statements, key=lambda coded: coded.when)


def chosen(statements: Iterable[Coded], settings: NetworkSettings) -> list[Coded]:
    """The statements that make the network, in order of time. Raises UsageError for a variable that none has."""
    ordered = in_order(coded for coded in statements if coded.kind == settings.kind)
    check_variables(ordered, settings)
    kept = [coded for coded in ordered if _wanted(coded, settings)]
    return kept if settings.duplicates == "include" else _once(kept, settings)


def check_variables(statements: Iterable[Coded], settings: NetworkSettings) -> None:
    """Raises UsageError for a variable that no statement has; nothing is known of none."""
    example = next(iter(statements), None)
    if example is None:
        return
    asked = [settings.variable1, settings.variable2, *(exclusion.variable for exclusion in settings.exclusions)]
    asked += [settings.qualifier] if settings.qualifier and settings.aggregation != "ignore" else []
    for variable in asked:
        try:
            example.get(variable)
        except KeyError:
            has = ", ".join([*VARIABLES, *(name for name, _ in example.extra), *OF_DOCUMENT])
            raise UsageError(f"the variable {variable!r}", f"one of {has}", "Choose one of these") from None


def _wanted(coded: Coded, settings: NetworkSettings) -> bool:
    if settings.start is not None and coded.when < settings.start:
        return False
    if settings.stop is not None and coded.when > _end(settings.stop):
        return False
    if any(exclusion.drops(coded.get(exclusion.variable)) for exclusion in settings.exclusions):
        return False
    if settings.mode == "event-list":
        return True
    needed = [settings.variable1, settings.variable2]
    needed += [settings.qualifier] if settings.qualifier and settings.aggregation != "ignore" else []
    return not any(coded.get(variable) in ("", None) for variable in needed)


def _end(stop: datetime.datetime) -> datetime.datetime:
    """A day that is given without a time is meant whole."""
    whole_day = stop.time() == datetime.time.min
    return stop + datetime.timedelta(days=1, microseconds=-1) if whole_day else stop


def _once(statements: Iterable[Coded], settings: NetworkSettings) -> list[Coded]:
    period = PERIOD[settings.duplicates]
    parts = [settings.variable1, settings.variable2]
    parts += [settings.qualifier] if settings.qualifier and settings.aggregation != "ignore" else []
    seen: set[Hashable] = set()
    kept = []
    for coded in statements:
        key = (period(coded), *(coded.get(variable) for variable in parts))
        if key not in seen:
            seen.add(key)
            kept.append(coded)
    return kept
