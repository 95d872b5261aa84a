"""A profile as one SVG picture: the outlet's voices, then the forms and stances of those it carries most.

It stands alone, follows the reader's light or dark scheme, and says every figure in words as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from onrecord.profiling.measures import Profile, Row, Share

WIDTH, MARGIN, LABEL, LINE = 860, 24, 220, 30
BAR = 16
GAP = 24
COLOURS = {
    "quoted": "#1b6e5a",
    "reported": "#7fb8a4",
    "own voice": "#b3541e",
    "other": "#b8b8b0",
    "direct": "#1b6e5a",
    "mixed": "#5d8fb5",
    "indirect": "#a9c7dd",
    "neutral": "#8d8d86",
    "endorsing": "#1b6e5a",
    "distancing": "#8a5fa8",
    "emotive": "#b3541e",
    "none": "#d5d5cd",
}
STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#222}.h{font-weight:600;font-size:15px}.s{fill:#555;font-size:12px}"
    ".w{stroke:#222;stroke-width:1.5;fill:none}.g{fill:#fff}"
    "@media(prefers-color-scheme:dark){text{fill:#eee}.s{fill:#bbb}.w{stroke:#eee}.g{fill:#181818}}"
)


def picture(profile: Profile, top: int = 12) -> str:
    """The picture of one outlet, with its ``top`` speakers; a whole SVG document."""
    rows = profile.speakers[:top]
    parts: list[str] = []
    y = MARGIN + 12
    parts.append(_text(MARGIN, y, profile.outlet, "h"))
    parts.append(_text(MARGIN, y + 20, profile.size, "s"))
    y += 56
    parts += [_text(MARGIN, y, "Whose words fill it (with 95 % intervals)", "h")]
    for share in profile.voices:
        y += LINE
        parts += _whiskered(share, y)
    for title, names in (("In whose form", "forms"), ("Under what cues", "stances")):
        y += LINE + GAP
        parts.append(_text(MARGIN, y, title, "h"))
        shares: Sequence[Share] = getattr(profile.everyone, names)
        parts += _legend([share.name for share in shares], y)
        for row in (profile.everyone, *rows):
            y += LINE
            parts += _stacked(row, getattr(row, names), y)
    height = y + MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="t">'
        f'<title id="t">{_safe(f"How {profile.outlet} carries the words of others")}</title>'
        f'<style>{STYLE}</style><rect class="g" width="{WIDTH}" height="{height}"/>{"".join(parts)}</svg>\n'
    )


def _whiskered(share: Share, y: int) -> Iterator[str]:
    room = WIDTH - 2 * MARGIN - LABEL - 150
    left = MARGIN + LABEL
    yield _text(MARGIN, y, share.name)
    yield _bar(left, y, room * share.value, share.name, _told(share))
    low, high = left + room * share.low, left + room * share.high
    middle = y - BAR / 2 + 3
    yield f'<path class="w" d="M{low:.1f} {middle}H{high:.1f}M{low:.1f} {middle - 4}v8M{high:.1f} {middle - 4}v8"/>'
    yield _text(WIDTH - MARGIN - 140, y, f"{share.value:.0%} ({share.interval})", "s")


def _stacked(row: Row, shares: Sequence[Share], y: int) -> Iterator[str]:
    left, room = float(MARGIN + LABEL), WIDTH - 2 * MARGIN - LABEL - 60
    yield _text(MARGIN, y, row.name if len(row.name) <= 30 else row.name[:29] + "…")
    for share in shares:
        if share.hits:
            width = room * share.value
            yield _bar(left, y, width, share.name, f"{row.name}: {_told(share)}")
            left += width
    yield _text(WIDTH - MARGIN - 44, y, f"{row.statements:,}", "s")


def _legend(names: Sequence[str], y: int) -> Iterator[str]:
    x = MARGIN + LABEL
    for name in names:
        yield _bar(x, y, 12, name, name)
        yield _text(x + 18, y, name, "s")
        x += 34 + 8 * len(name)


def _bar(x: float, y: int, width: float, name: str, told: str) -> str:
    colour = COLOURS[name]
    return (
        f'<rect x="{x:.1f}" y="{y - BAR + 3}" width="{max(width, 0.5):.1f}" height="{BAR}" fill="{colour}">'
        f"<title>{_safe(told)}</title></rect>"
    )


def _told(share: Share) -> str:
    return f"{share.name} {share.hits:,} of {share.total:,}, {share.interval}"


def _text(x: float, y: float, words: str, kind: str = "") -> str:
    style = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.0f}" y="{y:.0f}"{style}>{_safe(words)}</text>'


def _safe(words: str) -> str:
    """`words` as XML: escaped, and without the control characters that XML does not allow."""
    return escape("".join(c if c.isprintable() else " " for c in words))
