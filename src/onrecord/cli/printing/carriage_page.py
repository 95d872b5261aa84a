"""`onrecord check --format html`: one page that stands alone, the article beside the words that were spoken.

No network, no script: the page forbids itself both, and all words of the texts are escaped. What is shown by colour is
also shown by line, sign or word. The style sheet stands beside, in carriage_page.css.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from html import escape
from importlib.resources import files
from typing import TextIO

from onrecord.answers.checking import CheckedLine, Report, Transcript
from onrecord.cli.printing.carriage_text import summary
from onrecord.cli.printing.format import Format
from onrecord.marking import Mark, marked
from onrecord.spans import Span, merge
from onrecord.tracing.values import VerdictClass, WordChange

NOT_IN_A_PAGE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
SIGNS: dict[VerdictClass, str] = {
    "verbatim": "=",
    "trimmed": "✂",
    "stitched": "⧉",
    "altered": "≠",
    "translated": "⇄",
    "paraphrased": "≈",
    "distorted": "✗",
    "misattributed": "⚠",
    "unfounded": "∅",
    "elsewhere": "–",
}
MEANINGS: dict[VerdictClass, str] = {
    "verbatim": "word for word, whole sentences",
    "trimmed": "something was left out, nothing changed",
    "stitched": "two places joined as if one",
    "altered": "a word changed, or a not lost, inside the quotation marks",
    "translated": "a faithful quotation in another language",
    "paraphrased": "a fair account in other words",
    "distorted": "an account that the words do not bear out",
    "misattributed": "somebody else's words",
    "unfounded": "nothing that was said answers to it",
    "elsewhere": "not claimed to have been said there",
}


class CheckedPage(Format[Report]):
    """Gathers reports, and writes them to `stream` as one page when closed."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self._reports: list[Report] = []

    def add(self, report: Report, name: str = "") -> None:
        """Take one report."""
        self._reports.append(report)

    def close(self) -> None:
        """Write the page."""
        self.stream.write(page(self._reports))
        self.stream.flush()


def page(reports: Sequence[Report]) -> str:
    """A whole HTML document of reports."""
    style = files("onrecord.cli.printing").joinpath("carriage_page.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = _title(reports[0]) if len(reports) == 1 else f"{len(reports)} articles checked"
    bodies = "\n".join(_article(report, f"a{n}") for n, report in enumerate(reports, start=1))
    seen: dict[tuple[str, str], Transcript] = {}
    for report in reports:
        for line in report.lines:
            if line.transcript.article.text:
                seen.setdefault(line.transcript.key, line.transcript)
    spoken = "\n".join(_transcript(transcript, reports, f"t{n}") for n, transcript in enumerate(seen.values(), start=1))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{_safe(title)} · onrecord check</title>\n<style>{style}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#a1">Skip to the first article</a>\n'
        f"<main>\n{bodies}\n{spoken}\n</main>\n{_legend(reports)}\n</body>\n</html>\n"
    )


def _article(report: Report, id: str) -> str:
    article = report.record.article
    date = article.published.isoformat() if article.published else ""
    about = " · ".join(_safe(part) for part in (article.outlet, date, report.name) if part)
    cards = "\n".join(_card(line, id) for line in report.lines)
    return (
        f'<article id="{id}" aria-labelledby="{id}-title">\n<h1 id="{id}-title">{_safe(_title(report))}</h1>\n'
        f'<p class="about">{about}</p>\n<p class="summary">{_safe(summary(report))}</p>\n'
        f'<div class="columns">\n<div class="text" dir="auto">{_text(report, id)}</div>\n'
        f'<ol class="found" aria-label="Statements with their verdicts">\n{cards}\n</ol>\n</div>\n</article>'
    )


def _text(report: Report, id: str) -> str:
    """The article with every statement marked by its verdict, a link to its card before each."""
    by_id = {line.checked.statement.id: line for line in report.lines}
    numbered: set[str] = set()

    def opening_of(mark: Mark) -> str:
        line = by_id[mark.statement]
        kind = line.verdict.kind
        opened = f'<mark class="{_tone(line)} {kind}">'
        if mark.statement in numbered:
            return opened
        numbered.add(mark.statement)
        label = _safe(f"{mark.statement} {kind}")
        return (
            f'{opened}<a class="number" id="{id}-at-{_safe(mark.statement)}" href="#{id}-{_safe(mark.statement)}"'
            f' aria-label="{label}" title="{label}">{SIGNS[kind]} {_safe(mark.statement)}</a>'
        )

    marks = [
        Mark(span, "content", line.checked.statement.id)
        for line in report.lines
        for span in line.checked.statement.content
    ]
    return marked(_shown(report.record.article.text), marks, opening_of)


def _card(line: CheckedLine, id: str) -> str:
    statement, verdict, carried = line.checked.statement, line.verdict, line.checked.carried
    number = _safe(statement.id)
    said = " · ".join(_safe(part) for part in (carried.names[0] if carried.names else "", carried.cue) if part)
    badge = f'<strong class="badge {_tone(line)}">{SIGNS[verdict.kind]} {verdict.kind}</strong>'
    context = ' <span class="flag">out of context</span>' if verdict.out_of_context else ""
    parts = [f'<p class="words" dir="auto">{_safe(carried.words)}</p>']
    if verdict.diff:
        shown = " ".join(_change(change) for change in verdict.diff)
        parts.append(f'<p class="label">word by word</p><p class="diff" dir="auto">{shown}</p>')
    elif verdict.spans:
        words = " … ".join(span.slice(line.transcript.article.text) for span in verdict.spans)
        parts.append(f'<p class="label">spoken</p><p class="diff" dir="auto">{_safe(words)}</p>')
    if line.transcript.archive and line.transcript.article.text:
        parts.append(f'<p class="label">printed in</p><p>{_safe(line.transcript.name)}</p>')
    if verdict.true_speaker:
        parts.append(f'<p class="label">spoken by</p><p>{_safe(verdict.true_speaker)}</p>')
    if verdict.reasons:
        reasons = "".join(f"<li>{_safe(reason.words)}</li>" for reason in verdict.reasons)
        parts.append(f'<ul class="why" aria-label="why">{reasons}</ul>')
    return (
        f'<li id="{id}-{number}" class="{_tone(line)}"><p class="head"><a class="number" href="#{id}-at-{number}"'
        f' aria-label="statement {number} in the text">{number}</a> {badge}{context} <span>{said}</span></p>'
        f"{''.join(parts)}</li>"
    )


def _change(change: WordChange) -> str:
    """One stretch: what a reader of the screen alone would miss is said in hidden words."""
    original, carried = _safe(change.original), _safe(change.carried)
    match change.op:
        case "cut":
            return f'<del><span class="unseen">left out: </span>{original}</del>'
        case "added":
            return f'<ins><span class="unseen">put in: </span>{carried}</ins>'
        case "changed":
            return (
                f'<del class="changed"><span class="unseen">spoken: </span>{original}</del>'
                f'<ins class="changed"><span class="unseen">printed: </span>{carried}</ins>'
            )
        case _:
            return f"<span>{carried}</span>"


def _transcript(transcript: Transcript, reports: Sequence[Report], id: str) -> str:
    """What was said, the words that were carried marked."""
    spans: list[Span] = [
        span
        for report in reports
        for line in report.lines
        if line.transcript.key == transcript.key
        for span in line.verdict.spans
    ]
    marks = [Mark(span, "content", "") for span in merge(spans)]
    shown = marked(_shown(transcript.article.text), marks, lambda _: '<mark class="carried">')
    return (
        f'<section class="transcript" aria-labelledby="{id}-title"><h2 id="{id}-title">What was said:'
        f" {_safe(transcript.name if transcript.archive else transcript.article.title or transcript.name)}</h2>\n"
        f'<div class="text" dir="auto">{shown}</div></section>'
    )


def _legend(reports: Sequence[Report]) -> str:
    used = {line.verdict.kind for report in reports for line in report.lines}
    items = "".join(
        f"<div><dt>{SIGNS[kind]} {kind}</dt><dd>{MEANINGS[kind]}</dd></div>" for kind in SIGNS if kind in used
    )
    engines = sorted({report.record.provenance.engine for report in reports})
    return (
        f"<footer><dl>{items}</dl><p>Word by word: <del>left out</del>, <ins>put in</ins>,"
        ' <del class="changed">spoken</del><ins class="changed">printed</ins>.'
        f" Checked by onrecord {_safe(', '.join(engines))}.</p></footer>"
    )


def _tone(line: CheckedLine) -> str:
    if line.verdict.alarming:
        return "alarm"
    if line.verdict.kind == "stitched" or line.verdict.out_of_context:
        return "care"
    return "aside" if line.verdict.kind == "elsewhere" else "fair"


def _title(report: Report) -> str:
    return report.record.article.title or report.name


def _shown(text: str) -> str:
    """`text` with a sign for each character that no page can hold: offsets stay."""
    return NOT_IN_A_PAGE.sub("\ufffd", text)


def _safe(text: str) -> str:
    return escape(_shown(text))
