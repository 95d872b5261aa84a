"""Checked statements to read on a terminal: the verdict, the carrier's words, the words spoken, and why.

    ALTERED #4  Dagny Rourke-Hale · admitted
        “We knew it was slow. We did know it could stick,”
        word by word  We knew it was slow. We did [not] know it could stick
        why           left out: “not”

In the word-by-word line what was left out stands in square brackets, what was put in between plus signs, and what was
changed as old -> new. Colour only repeats what the words say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TextIO

from rich.text import Text

from onrecord.answers.checking import CheckedLine, Report
from onrecord.cli.printing.format import Format
from onrecord.cli.printing.terminal import Terminal
from onrecord.cli.streams import displayable
from onrecord.tracing.values import ALARMS, Verdict, WordChange

LABEL = 15
STYLES = {"cut": "red", "added": "green", "changed": "yellow"}


class CheckedText(Format[Report]):
    """Prints each report to `stream` as it comes."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self._console = Terminal(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=True)
        self._first = True

    def add(self, report: Report, name: str = "") -> None:
        """Print one article."""
        if not self._first:
            self._print("")
        self._first = False
        self._print(Text(_title(report), style="bold"))
        for name in dict.fromkeys(line.transcript.archive or line.transcript.name for line in report.lines):
            self._print(f"against {name}")
        self._print(summary(report))
        for line in report.lines:
            self._print("")
            self._line(line)
        self.stream.flush()

    def _line(self, line: CheckedLine) -> None:
        verdict, carried = line.verdict, line.checked.carried
        who = carried.names[0] if carried.names else "nobody named"
        style = "bold red" if verdict.alarming else "bold"
        head = Text(verdict.kind.upper(), style=style)
        said = " · ".join(part for part in (who, carried.cue) if part)
        head.append(f" #{line.checked.statement.id}  {_one(said)}", style="none")
        self._print(head)
        self._print(f"    {_one(carried.words)}")
        for label, words in told(line):
            text = Text(f"    {label:{LABEL}}", style="dim")
            text.append(words if isinstance(words, Text) else Text(words, style="none"))
            self._print(text)

    def _print(self, text: str | Text) -> None:
        self._console.print(text)


def summary(report: Report) -> str:
    """How many statements there are, of which verdict, and how many raise an alarm."""
    kinds = Counter(line.verdict.kind for line in report.lines)
    n = len(report.lines)
    alarms = sum(count for kind, count in kinds.items() if kind in ALARMS)
    counted = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    return f"{n} statement{'' if n == 1 else 's'}: {counted or 'none'} · {alarms} alarm{'' if alarms == 1 else 's'}"


def told(line: CheckedLine) -> Iterator[tuple[str, str | Text]]:
    """What there is to tell of one statement, label by label."""
    verdict = line.verdict
    if verdict.diff:
        yield "word by word", difference(verdict)
    elif verdict.spans:
        text = line.transcript.article.text
        yield "spoken", _one(" … ".join(span.slice(text) for span in verdict.spans))
    if line.transcript.archive and line.transcript.article.text:
        yield "printed in", _one(line.transcript.name)
    if verdict.true_speaker:
        yield "spoken by", _one(verdict.true_speaker)
    if verdict.out_of_context:
        yield "context", "what was left out turns or limits it"
    if verdict.reasons:
        yield "why", _one("; ".join(reason.words for reason in verdict.reasons))


def difference(verdict: Verdict) -> Text:
    """The difference in one line."""
    text = Text()
    for n, change in enumerate(verdict.diff):
        text.append((" " if n else "") + marked(change), style=STYLES.get(change.op, "none"))
    return text


def marked(change: WordChange) -> str:
    """One stretch with its marks: kept, [cut], +added+, old -> new."""
    original, carried = _one(change.original), _one(change.carried)
    match change.op:
        case "cut":
            return f"[{original}]"
        case "added":
            return f"+{carried}+"
        case "changed":
            return f"({original} -> {carried})"
        case _:
            return carried


def _one(words: str) -> str:
    """Words on one line, with nothing that a terminal would obey."""
    return " ".join(displayable(words).split())


def _title(report: Report) -> str:
    article = report.record.article
    date = article.published.isoformat() if article.published else None
    return _one(" · ".join(part for part in (article.title, article.outlet, date, report.name) if part))
