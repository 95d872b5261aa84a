"""A quotation that is printed in the words spoken and in a translation beside them, and what to make of the two.

“Niemand hat uns gewarnt” (“Nobody warned us”), she said.        verbatim; a translation stands beside it
“Niemand hat uns gewarnt” (“Everybody warned us”), she said.     altered: the translation denies what was said
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.spans import Span
from onrecord.tracing.edits import Reason
from onrecord.tracing.values import Carried, Original, Verdict
from onrecord.tracing.wording.tongues import tongue_of

QUOTED = re.compile(r"[“\"«„‘](?P<words>[^”\"»“„«]+)[”\"»“’]")
BETWEEN = re.compile(r"[\W_]{0,6}")
"""What may stand between a quotation and its translation: marks, brackets, dashes."""


def in_two_tongues(carried: Carried, originals: Sequence[Original]) -> tuple[Carried, Carried] | None:
    """The words in the language that was spoken, and those in another, each by itself; None where not both stand."""
    if carried.form == "indirect" or carried.language is not None:
        return None
    spoken = {original.language for original in originals}
    found: dict[bool, list[tuple[str, Span]]] = {True: [], False: []}
    for piece in carried.pieces:
        quoted = [Span(*match.span("words")) for match in QUOTED.finditer(carried.text, piece.start, piece.end)]
        for span in quoted or [piece]:
            if (tongue := tongue_of(span.slice(carried.text))) is not None:
                found[tongue in spoken].append((tongue, span))
    if not all(found.values()):
        return None
    own, beside = (
        replace(carried, form="direct", language=part[0][0], pieces=tuple(span for _, span in part))
        for part in found.values()
    )
    return own, beside


def as_one(own: Verdict, beside: Verdict, translation: str) -> Verdict:
    """The verdict on both: that on the words spoken, unless the translation alters them."""
    if beside.kind == "altered" and not own.alarming:
        return beside
    return replace(own, reasons=(*own.reasons, Reason("translation_beside", f"translated beside it: “{translation}”")))


def adjoin(text: str, one: Sequence[Span], other: Sequence[Span]) -> bool:
    """Whether two quotations in two languages stand side by side, so that one may translate the other."""
    first, second = sorted((one, other), key=lambda spans: spans[0])
    between = text[first[-1].end : second[0].start]
    tongues = {tongue_of(" ".join(span.slice(text) for span in spans)) for spans in (one, other)}
    return first[-1].end <= second[0].start and BETWEEN.fullmatch(between) is not None and len(tongues - {None}) > 1
