"""What a search found, to read at a terminal, as JSON values and as CSV."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from onrecord.cli.streams import displayable

if TYPE_CHECKING:
    from onrecord.archive.searching.search import Hit

FORMATS = ("text", "jsonl", "csv")
COLUMNS = (
    "statement article speaker outlet published said_on form status cue_class occasion confidence review"
    " title url words"
).split()
START, END = "\x1b[1m", "\x1b[22m"


def hit_as_dict(hit: Hit) -> dict[str, Any]:
    """A hit as JSON values; spans as [start, end]."""
    told = dataclasses.asdict(hit)
    told["snippet"] = {
        "words": hit.snippet.words,
        "start": hit.snippet.start,
        "matches": [span.as_list() for span in hit.snippet.matches],
    }
    told["score"] = None if hit.score is None else {**dataclasses.asdict(hit.score), "total": hit.score.total}
    return told


def write_csv(hits: Sequence[Hit], stream: TextIO) -> None:
    """Hits as CSV with a head; no cell is one that a spreadsheet would reckon."""
    from onrecord.archive.listing.tables import neutral_cell

    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for hit in hits:
        cells = {**dataclasses.asdict(hit), "words": hit.snippet.words}
        writer.writerow([neutral_cell(cells[name]) for name in COLUMNS])


def hit_lines(hit: Hit, *, bold: bool = False, around: bool = False) -> Iterator[str]:
    """A hit to read: who, when and where; then the words, with what was looked for between stars or in bold; where it
    stands `around` them, in source and cue, those too."""
    before, after = (START, END) if bold else ("*", "*")
    words, at = "", 0
    for span in hit.snippet.marks:
        words += displayable(hit.snippet.words[at : span.start])
        words += before + displayable(hit.snippet.words[span.start : span.end]) + after
        at = span.end
    words += displayable(hit.snippet.words[at:])
    number = f"s{hit.statement}" if hit.statement is not None else f"article {hit.article}"
    who = hit.speaker or ("nobody named" if hit.statement is not None else hit.title)
    framed = [hit.status if hit.status != "said" else None, hit.cue_class if hit.cue_class != "neutral" else None]
    told = [number, who, hit.outlet, hit.published, hit.form, *framed, hit.review]
    yield displayable("  ".join(" ".join(part.split()) for part in told if part and part != "none"))
    before, after = "… " if hit.snippet.start else "", " …" if hit.snippet.cut else ""
    yield f"    {before}{' '.join(words.split())}{after}"
    if around and not hit.snippet.matches and (printed := " · ".join(filter(None, (hit.source, hit.cue)))):
        yield f"    as printed: {displayable(' '.join(printed.split()))}"
