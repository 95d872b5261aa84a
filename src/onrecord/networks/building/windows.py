"""Windows of time: a row of networks, the window moving on by one unit or one statement at a time.

As in DNA, a window of `size` units reaches round((size - 1) / 2) units before and after its middle, and lies whole in
the range; a window of `size` events has size // 2 statements before and after the one in the middle. Where statements
of one moment stand at the end of a window of events, DNA draws among them; here the first ones are taken.

With a kernel every statement counts by its distance from the middle, d = 2 * distance / size in [-1, 1]:

    uniform 1/2      triangular 1 - |d|      epanechnikov 3/4 (1 - d^2)      gaussian exp(-d^2 / 2) / sqrt(2 pi), any d

Such windows begin with the first statement and end with the last, and may reach beyond. In a one-mode network a tie of
two statements counts sqrt(k1 * k2). These are the textbook kernels; DNA 3.1's code has
(1 - d)^2 and |1 - d| for two of them, which are not symmetric in time.
"""

from __future__ import annotations

import calendar
import datetime
import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from onrecord.errors import UsageError
from onrecord.networks.building.choosing import chosen
from onrecord.networks.building.counting import levels_of
from onrecord.networks.building.network import Network, frame, network_of
from onrecord.networks.building.settings import NetworkSettings
from onrecord.records.coded import Coded

Unit = Literal["seconds", "minutes", "hours", "days", "weeks", "months", "years", "events"]
Kernel = Literal["no", "uniform", "triangular", "epanechnikov", "gaussian"]
SHORT: dict[str, Unit] = {
    "s": "seconds",
    "min": "minutes",
    "h": "hours",
    "d": "days",
    "w": "weeks",
    "m": "months",
    "y": "years",
    "e": "events",
}
SECONDS: dict[Unit, float] = {
    "seconds": 1,
    "minutes": 60,
    "hours": 3600,
    "days": 86400,
    "weeks": 604800,
    "months": 86400 * 365.2425 / 12,
    "years": 86400 * 365.2425,
}
KERNELS: dict[Kernel, Callable[[float], float]] = {
    "uniform": lambda d: 0.5 * (abs(d) <= 1),
    "triangular": lambda d: max(0.0, 1 - abs(d)),
    "epanechnikov": lambda d: max(0.0, 0.75 * (1 - d * d)),
    "gaussian": lambda d: math.exp(-d * d / 2) / math.sqrt(2 * math.pi),
}
MOST = 100_000  # windows of one row of networks


@dataclass(frozen=True, slots=True)
class TimeWindow:
    """How wide a window is, how far it moves (`step` units, 1 in DNA), and how statements in it are weighed."""

    size: int
    unit: Unit
    kernel: Kernel = "no"
    step: int = 1

    def __post_init__(self) -> None:
        if self.size < 1 or self.step < 1:
            raise UsageError(f"a window of {self.size} {self.unit}", "a size and a step from 1", "Try 90d")
        if self.kernel not in get_args(Kernel):
            raise UsageError(
                f"--kernel {self.kernel}", f"one of {', '.join(get_args(Kernel))}", "Try --kernel gaussian"
            )
        if self.unit == "events" and self.kernel != "no":
            raise UsageError("a kernel over a number of events", "one over time", "Try --window 90d")

    @classmethod
    def parse(cls, words: str, kernel: Kernel = "no", step: int = 1) -> TimeWindow:
        """`90d`, `12w`, `6m`, `1y`, `48h`, `30min`, `50e` for events. Raises UsageError."""
        found = re.fullmatch(r"(\d{1,6})\s*([a-z]+)", words.strip().lower())
        units = {**SHORT, **{unit: unit for unit in get_args(Unit)}, **{unit[:-1]: unit for unit in get_args(Unit)}}
        if not found or found[2] not in units:
            raise UsageError(f"the window {words!r}", "a number and one of s, min, h, d, w, m, y, e", "Try 90d")
        return cls(int(found[1]), units[found[2]], kernel, step)


def windows(statements: Iterable[Coded], settings: NetworkSettings, window: TimeWindow) -> Iterator[Network]:
    """The networks in order of time. All have the same nodes with isolates or a kernel, else those of their window."""
    every = list(statements)
    kept = chosen(every, settings)
    if not kept:
        return
    fixed = (
        frame(every if settings.isolates else kept, settings) if settings.isolates or window.kernel != "no" else None
    )
    levels = levels_of(kept, settings)
    for part, bounds, weights in _cut(kept, settings, window):
        rows, columns = fixed or frame(part, settings)
        yield network_of(part, settings, rows, columns, levels=levels, bounds=bounds, weights=weights)


Bounds = tuple[datetime.datetime, datetime.datetime, datetime.datetime]
Cut = tuple[Sequence[Coded], Bounds, list[float] | None]


def _cut(kept: Sequence[Coded], settings: NetworkSettings, window: TimeWindow) -> Iterator[Cut]:
    times = [coded.when for coded in kept]
    if window.unit == "events":
        half = window.size // 2
        for at in range(half, len(kept) - half, window.step):
            part = kept[at - half : at + half + 1]
            yield part, (part[0].when, times[at], part[-1].when), None
        return
    first, last = settings.start or times[0], settings.stop or times[-1]
    half = window.size // 2 if window.kernel != "no" else math.floor((window.size - 1) / 2 + 0.5)
    for n in range(MOST):
        middle = moved(first, n * window.step, window.unit)
        if middle > last:
            return
        start, stop = moved(middle, -half, window.unit), moved(middle, half, window.unit)
        if window.kernel == "no" and (start < first or stop > last):
            continue
        everything = window.kernel == "gaussian"
        part = kept if everything else kept[bisect_left(times, start) : bisect_right(times, stop)]
        yield part, (start, middle, stop), _weights(part, middle, settings, window)
    raise UsageError(f"more than {MOST:,} windows", "fewer", "Take a larger unit, or a range of dates")


def _weights(
    part: Iterable[Coded], middle: datetime.datetime, settings: NetworkSettings, window: TimeWindow
) -> list[float] | None:
    if window.kernel == "no":
        return None
    kernel, width = KERNELS[window.kernel], window.size * SECONDS[window.unit] / 2
    weights = [kernel((coded.when - middle).total_seconds() / width) for coded in part]
    return [math.sqrt(weight) for weight in weights] if settings.mode == "one-mode" else weights


def moved(when: datetime.datetime, n: int, unit: Unit) -> datetime.datetime:
    """`n` units later; where the month has no such day, its last."""
    if unit in ("months", "years"):
        months = when.year * 12 + when.month - 1 + (n if unit == "months" else 12 * n)
        year, month = months // 12, months % 12 + 1
        return when.replace(year=year, month=month, day=min(when.day, calendar.monthrange(year, month)[1]))
    return when + datetime.timedelta(seconds=n * SECONDS[unit])
