"""Marked text as HTML: spans may nest, overlap and cross; tags never do.

    text   a b c d e           marked   <1>a b <2>c</2></1><2> d e</2>
    1      ├───┤
    2          ├───┤           the mark that is cut is closed and opened again

No script and no style sheet: styles stand inline, so that a notebook or a mail shows them. Roles
differ by more than colour: a source has a dotted line below, a cue is in italic small capitals,
a content is shaded with a solid line below. Colours suit a light and a dark page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape

from onrecord.spans import Span

STYLES = {
    "source": "text-decoration:underline dotted;text-underline-offset:.2em",
    "cue": "font-style:italic;font-variant:small-caps",
    "content": "color:inherit;background:rgba(110,150,230,.22);border-bottom:1px solid currentColor",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to show, its `role` (source, cue, content, or any other name) and statement id."""

    span: Span
    role: str
    statement: str


def styled(mark: Mark) -> str:
    """What opens a mark that brings its looks along: class, data-statement, title and style."""
    role, statement = escape(mark.role), escape(mark.statement)
    return (
        f'<{tag(mark)} class="onrecord-{role}" data-statement="{statement}"'
        f' title="{role} of statement {statement}" style="{STYLES.get(mark.role, "")}">'
    )


def tag(mark: Mark) -> str:
    """The name of a mark's element."""
    return "mark" if mark.role == "content" else "span"


def marked(text: str, marks: Iterable[Mark], opening_of: Callable[[Mark], str] = styled) -> str:
    """`text` as escaped HTML, each mark an element.

    `opening_of` gives the HTML that opens a mark, beginning with its `tag`; it is asked anew for
    each piece of one that is cut. With `styled`, taking the tags out and unescaping gives back
    `text`. Raises SpanError when a mark ends past it.
    """
    opening: dict[int, list[Mark]] = {}
    closing: dict[int, set[Mark]] = {}
    for mark in sorted(marks, key=_outermost_first):
        mark.span.slice(text)
        opening.setdefault(mark.span.start, []).append(mark)
        closing.setdefault(mark.span.end, set()).add(mark)
    pieces: list[str] = []
    stack: list[Mark] = []
    at = 0
    for cut in sorted(opening.keys() | closing.keys()):
        pieces.append(escape(text[at:cut]))
        ended, cut_short = closing.get(cut, set()), []
        while ended.intersection(stack):
            pieces.append(f"</{tag(stack[-1])}>")
            if (top := stack.pop()) not in ended:
                cut_short.append(top)
        starting = [*reversed(cut_short), *opening.get(cut, [])]
        pieces.extend(map(opening_of, starting))
        stack.extend(starting)
        at = cut
    return "".join(pieces) + escape(text[at:])


def panel(text: str, marks: Iterable[Mark], heading: str) -> str:
    """A whole block: heading, legend, and the marked text with its line breaks kept.

    Lone surrogates, which no page can hold, are shown as "?".
    """
    legend = " · ".join(f'<span style="{style}">{role}</span>' for role, style in STYLES.items())
    html = (
        '<article class="onrecord" style="max-width:42em;line-height:1.6">'
        f"<strong>{escape(heading)}</strong> <small>{legend}</small>"
        f'<div style="white-space:pre-wrap">{marked(text, marks)}</div></article>'
    )
    return html.encode("utf-8", "replace").decode("utf-8")


def _outermost_first(mark: Mark) -> tuple[int, int, bool, str, str]:
    return mark.span.start, -mark.span.end, mark.role != "content", mark.role, mark.statement
