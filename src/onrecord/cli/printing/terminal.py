"""`--format text`: a record to read on a terminal, in colour or without, or as plain text in a pipe.

    Harbour wall to be closed
    Quay Herald · 2024-02-06 · harbour.txt
    1 statement: 1 direct
    ────────────────────────────────────────────────────────────────────────────────

    Rena Holt
      #1  direct · added                                                  █████ 0.97
          “We have asked for a new one twice.”

The only file that imports rich. Nothing of an article is ever read as markup or obeyed as a
control character. Whoever reads without colours loses nothing: all is said in words as well.
"""

from __future__ import annotations

import os
from typing import TextIO

from rich.console import Console
from rich.text import Text

from onrecord.cli.printing.outline import Entry, Group, Order, counts, outline, own_voice, reasons, said, told_of
from onrecord.cli.streams import displayable, is_terminal
from onrecord.records import Record, Statement

WIDEST, PLAIN, NARROWEST = 100, 80, 30
STEP, DEEPEST = 2, 12
BAR = 5
FORM_STYLES = {"direct": "green", "indirect": "bright_blue", "mixed": "magenta"}


class Terminal(Console):
    """A console that leaves a closed pipe to the command line, as all other output does."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


class TextFormat:
    """Prints each record to `stream` as it comes, by speaker or in the `order` of the text; `explain` adds what decided
    each field."""

    def __init__(self, stream: TextIO, *, explain: bool = False, order: Order = "speaker") -> None:
        self._order = order
        self._stream = stream
        self._explain = explain
        self._console = Terminal(
            file=stream, highlight=False, markup=False, emoji=False, width=_width(stream), soft_wrap=True
        )
        self._width = max(NARROWEST, min(WIDEST, self._console.width))
        utf8 = (getattr(stream, "encoding", None) or "utf-8").lower().replace("-", "").startswith("utf")
        self._full, self._empty, self._rule = ("█", "░", "─") if utf8 else ("#", ".", "-")
        self._first = True
        self._number_width = 0

    def add(self, record: Record, name: str) -> None:
        """Print one record; `name` is what its input is called."""
        if not self._first:
            self._print("")
            self._print("")
        self._first = False
        self._number_width = max((len(_number(s)) for s in record.statements), default=0)
        self._header(record, name)
        for group in outline(record, self._order):
            self._print("")
            self._group(record, group, 0, None)
        self._own_voice(record)
        self._stream.flush()

    def close(self) -> None:
        """Nothing is left to print."""

    def _header(self, record: Record, name: str) -> None:
        article = record.article
        date = article.published.isoformat() if article.published else None
        known = [article.outlet, date, name if article.title else None]
        self._block(Text(_clean(article.title or name), style="bold"), 0)
        if about := " · ".join(part for part in known if part):
            self._block(Text(_clean(about)), 0)
        self._block(Text(counts(record)), 0)
        if self._explain:
            made = record.provenance
            model = f", model {made.model} ({(made.model_sha256 or '')[:12]})" if made.model else ""
            self._block(Text(_clean(f"onrecord {made.engine}{model}"), style="dim"), 0)
        self._print(Text(self._rule * self._width, style="dim"))

    def _group(self, record: Record, group: Group, depth: int, within: Statement | None) -> None:
        indent = min(depth * STEP, DEEPEST)
        heading = Text(_clean(group.heading), style="bold" if group.source else "italic")
        if group.about:
            heading.append(f" · {_clean(group.about)}", style="not bold")
        if within:
            heading.append(f" (within {_number(within)})", style="dim")
        self._block(heading, indent)
        for entry in group.entries:
            self._entry(record, entry, depth + 1)

    def _entry(self, record: Record, entry: Entry, depth: int) -> None:
        statement, indent = entry.statement, min(depth * STEP, DEEPEST)
        inside = indent + self._number_width + 2
        self._headline(record, statement, _number(statement).ljust(inside - indent), indent)
        self._block(Text(_clean(record.words(statement))), inside)
        for label, told in told_of(record, statement):
            self._block(Text(_clean(f"{label}: {told}" if label else told), style="dim"), inside)
        if self._explain:
            why = " · ".join(f"{field}: {decider}" for field, decider in reasons(statement))
            self._block(Text(_clean(why), style="dim"), inside)
        for group in entry.inner:
            self._group(record, group, (inside + STEP - 1) // STEP, statement)

    def _own_voice(self, record: Record) -> None:
        """The outlet's own words beside or inside what it reports, each with the reason."""
        if not (spans := own_voice(record)):
            return
        self._print("")
        self._block(Text("in the outlet's own voice", style="bold"), 0)
        for asserted in spans:
            beside = f" (#{asserted.statement})" if asserted.statement else ""
            self._block(Text(_clean(asserted.span.slice(record.article.text))), STEP)
            self._block(Text(_clean(f"{asserted.relation}{beside}: {asserted.why}"), style="dim"), STEP * 2)

    def _headline(self, record: Record, statement: Statement, number: str, indent: int) -> None:
        cue = _clean(record.words(statement, "cue"))
        left = Text.assemble(
            (number, "bold cyan"),
            (statement.form, FORM_STYLES[statement.form]),
            " · ",
            (cue.replace("\n", " "), "italic") if cue else ("no cue", "dim"),
        )
        full = round(statement.confidence * BAR)
        right = Text.assemble(
            (self._full * full, "cyan"),
            (self._empty * (BAR - full), "dim"),
            f" {statement.confidence:.2f}",
        )
        gap = self._width - indent - left.cell_len - right.cell_len
        if gap >= 2:
            self._print(Text.assemble(" " * indent, left, " " * gap, right))
        else:
            self._block(left, indent)
            self._block(right, indent + len(number))

    def _block(self, text: Text, indent: int) -> None:
        """`text` wrapped between the indent and the right edge."""
        for line in text.wrap(self._console, max(NARROWEST // 2, self._width - indent), tab_size=1):
            line.rstrip()
            self._print(Text.assemble(" " * indent, line))

    def _print(self, line: str | Text) -> None:
        self._console.print(line, overflow="ignore", no_wrap=True, crop=False)


def _width(stream: TextIO) -> int | None:
    """None for a terminal, which is measured; elsewhere what COLUMNS says, or PLAIN."""
    if is_terminal(stream):
        return None
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isascii() and columns.isdigit() and int(columns) else PLAIN


def _number(statement: Statement) -> str:
    return f"#{_clean(statement.id)}"


def _clean(text: str) -> str:
    return said(displayable(text))
