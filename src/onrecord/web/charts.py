"""Charts as SVG that stands in a page: coloured by the style sheet, each figure in words as well.

Only presentation attributes and classes are used: the page allows no style within itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from onrecord.web.marks import shown

WIDTH, HEIGHT, FOOT, HEAD = 720, 150, 22, 14
MOST_BARS = 120
WIDEST = 26.0
NARROWEST_LABEL = 62
SIGN_ORDER = ("+", "0", "-")
SIGN_WORDS = {"+": "well", "0": "neither", "-": "badly"}


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it is for, how much, and where a click leads ("" for nowhere)."""

    label: str
    value: int
    href: str = ""


def timeline(months: Sequence[tuple[str, int]], told: str, href: str = "") -> str:
    """Bars by month ("2024-02", n), months without any in between; `href` with `{month}` in it makes each a link.

    Where there are more than MOST_BARS months, bars stand for years.
    """
    if not months:
        return ""
    counts = dict(months)
    span = _months(min(counts), max(counts))
    if len(span) > MOST_BARS:
        years: dict[str, int] = {}
        for month in span:
            years[month[:4]] = years.get(month[:4], 0) + counts.get(month, 0)
        bars = [Bar(year, n) for year, n in years.items()]
    else:
        bars = [Bar(m, counts.get(m, 0), href.replace("{month}", m) if counts.get(m) else "") for m in span]
    return columns(bars, told)


def columns(bars: Sequence[Bar], told: str) -> str:
    """Upright bars, the tallest with its figure, labels below as far as there is room."""
    most = max((bar.value for bar in bars), default=0) or 1
    step = min(WIDEST, WIDTH / max(1, len(bars)))
    room = HEIGHT - FOOT - HEAD
    width = max(1.5, step * 0.72)
    every = max(1, round(NARROWEST_LABEL / step + 0.49))
    parts, peak = [], next((i for i, bar in enumerate(bars) if bar.value == most), 0)
    for place, bar in enumerate(bars):
        x, height = place * step, max(2.0, room * bar.value / most) if bar.value else 0.0
        words = f"{_safe(bar.label)}: {bar.value:,}"
        drawn = _rect("bar", (x, HEIGHT - FOOT - height, width, height), words)
        if bar.value:
            parts.append(f'<a href="{escape(bar.href)}" aria-label="{words}">{drawn}</a>' if bar.href else drawn)
        if place % every == 0:
            parts.append(f'<text x="{x:.1f}" y="{HEIGHT - 6}">{_safe(bar.label)}</text>')
    x = peak * step
    middle = x >= NARROWEST_LABEL
    x, anchor = (x + width / 2, "middle") if middle else (x, "start")
    parts.append(f'<text class="peak" x="{x:.1f}" y="{HEAD - 3}" text-anchor="{anchor}">{most:,}</text>')
    axis = f'<path class="axis" d="M0 {HEIGHT - FOOT + 0.5}H{WIDTH}"/>'
    return _drawing(WIDTH, HEIGHT, told, axis + "".join(parts), "columns")


def signs(counts: Mapping[str, int], most: int, told: str) -> str:
    """One lying bar of how somebody is valued: well, neither, badly, by colour and by pattern; as long as its sum."""
    total = sum(counts.values())
    length, x, parts = 200 * total / max(1, most), 0.0, []
    for sign in SIGN_ORDER:
        n = counts.get(sign, 0)
        if not n:
            continue
        width = max(2.0, length * n / total)
        kind = {"+": "plus", "0": "even", "-": "minus"}[sign]
        parts.append(_rect(kind, (x, 1, width, 12), f"{SIGN_WORDS[sign]}: {n:,}"))
        if sign != "0" and width > 12:
            shown_sign, middle = "+" if sign == "+" else "−", x + width / 2
            parts.append(f'<text class="on-bar" x="{middle:.1f}" y="11" text-anchor="middle">{shown_sign}</text>')
        x += width
    return _drawing(200, 14, told, "".join(parts), "signs")


def shares(parts_of: Sequence[tuple[str, str, int]], told: str) -> str:
    """One lying bar cut by share: (class, words, n) each."""
    total = sum(n for _, _, n in parts_of) or 1
    x, drawn = 0.0, []
    for kind, words, n in parts_of:
        width = 400 * n / total
        if n:
            place = (x, 0.0, max(1.0, width - 1), 16.0)
            drawn.append(_rect(escape(kind), place, f"{_safe(words)}: {n:,} of {total:,}"))
        x += width
    return _drawing(400, 16, told, "".join(drawn), "shares")


def _rect(kind: str, place: tuple[float, float, float, float], told: str) -> str:
    """A rectangle at (x, y, width, height) that tells what it is; `kind` and `told` are escaped already."""
    x, y, width, height = place
    return (
        f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}">'
        f"<title>{told}</title></rect>"
    )


def _drawing(width: float, height: float, told: str, inner: str, kind: str) -> str:
    links = "<a " in inner
    role = 'role="group"' if links else 'role="img"'
    return (
        f'<svg class="chart {kind}" viewBox="0 0 {width:g} {height:g}" {role} aria-label="{_safe(told)}">{inner}</svg>'
    )


def _months(first: str, last: str) -> list[str]:
    year, month = int(first[:4]), int(first[5:7])
    end = int(last[:4]), int(last[5:7])
    found: list[str] = []
    while (year, month) <= end and len(found) < 12 * 600:
        found.append(f"{year:04}-{month:02}")
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found


def _safe(words: str) -> str:
    return escape(shown(words))
