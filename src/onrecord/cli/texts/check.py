"""`onrecord check ARTICLE… --against TRANSCRIPT…`: each statement with its verdict, and the words that were spoken.

With --against-archive what other articles in an archive have of it takes the place of the transcript.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TextIO

from onrecord.cli import DONE, FAILED, INTERRUPTED
from onrecord.cli.archive.options import DEFAULT, ENVIRONMENT, to_read
from onrecord.cli.inputs import Inputs, declare_directory, declare_inputs
from onrecord.cli.progress import Progress
from onrecord.cli.streams import destination, tell
from onrecord.errors import MissingExtra, MissingInput, UsageError
from onrecord.quoted import quoted
from onrecord.records import Article, Record, Skipped
from onrecord.tracing.carrying import Checked, check
from onrecord.tracing.judging.scene import ANYWHERE, Stage, is_what_was_said, scene_of
from onrecord.tracing.speakers import is_role
from onrecord.tracing.telling import verdict_json
from onrecord.tracing.transcripts import originals_of, originals_of_record
from onrecord.tracing.values import PREFERENCE, Likeness, Original, Verdict

if TYPE_CHECKING:
    from onrecord.embedding import Meanings

FORMATS = ("text", "jsonl", "html")


@dataclass(frozen=True, slots=True)
class Transcript:
    """What articles are held against: its text, what was said in it, and what is known of the occasion.

    A `statement` that an `archive` holds counts as one: its text is the words of the statement, its article has the
    outlet, the date and the url of the print. Where the archive holds nothing, the text is empty.
    """

    article: Article
    name: str
    originals: tuple[Original, ...]
    scene: Stage = ANYWHERE
    archive: str | None = None
    statement: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from others: its name, and the id of its article."""
        return self.name, self.article.id


@dataclass(frozen=True, slots=True)
class Line:
    """A checked statement, and the transcript that it goes back to."""

    checked: Checked
    transcript: Transcript

    @property
    def verdict(self) -> Verdict:
        return self.checked.verdict


@dataclass(frozen=True, slots=True)
class Report:
    """An article, what its input is called, and its statements, checked, in reading order."""

    record: Record
    name: str
    lines: tuple[Line, ...]


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `onrecord check` takes."""
    parser.usage = "onrecord check ARTICLE… --against TRANSCRIPT… | --against-archive [options]"
    parser.description = (
        "Compare every statement of an article with what was said: a transcript with the speakers'\n"
        "names before their turns, subtitles (.srt, .vtt), or another article, whose quotations count.\n"
        "A draft before printing, or the output of a language model, can be checked the same way.\n"
        "Or compare it with what other articles in an archive have of the same words."
    )
    parser.epilog = (
        "verdicts: verbatim, trimmed, stitched, altered, translated, paraphrased, distorted,\n"
        "misattributed, unfounded; elsewhere is not claimed to have been said there.\n\n"
        "exit codes: 0 nothing is wrong, 1 a statement is altered, distorted, misattributed or\n"
        "unfounded, or something was skipped, 2 the command cannot be meant, 130 stopped by Ctrl-C"
    )
    parser.add_argument(
        "--against", metavar="TRANSCRIPT", nargs="+", action="extend", default=[], help="what was said; one or more"
    )
    parser.add_argument(
        "--against-archive", action="store_true", help="against the prints of the same words in --archive"
    )
    parser.add_argument(
        "--archive", metavar="FILE|URL", help=f"a file, or postgresql://…; else {ENVIRONMENT} or {DEFAULT}"
    )
    parser.add_argument(
        "--format",
        type=_format,
        default="text",
        metavar="|".join(FORMATS),
        help="text to read (default), one JSON object a statement, or one page for a browser",
    )
    parser.add_argument(
        "--held", type=_day, metavar="YYYY-MM-DD", help="the day of the occasion, if the transcript does not say it"
    )
    parser.add_argument(
        "--occasion",
        metavar="WORDS",
        help='the occasion of the transcript, where it is the article\'s: "interview, Mir"',
    )
    parser.add_argument("--speaker", metavar="NAME", help="who speaks where the transcript does not name anybody")
    parser.add_argument(
        "--incomplete", action="store_true", help="the transcript is an excerpt: what is missing there proves nothing"
    )
    parser.add_argument(
        "--words-only", action="store_true", help="compare words only, even where vectors are installed"
    )
    parser.add_argument("--output", metavar="FILE", help="write there, in UTF-8, and only when all is done")
    declare_directory(parser)
    declare_inputs(parser)


def run(arguments: argparse.Namespace) -> int:
    """Check every article, print the verdicts, and tell by the exit code whether any is an alarm."""
    if not (arguments.against or arguments.against_archive):
        raise UsageError("no --against", "the transcript to compare with", "Add --against transcript.txt")
    if arguments.against and arguments.against_archive:
        raise UsageError("--against with --against-archive", "one of them", "Leave one out")
    progress = Progress(quiet=arguments.quiet)
    inputs = Inputs(arguments, progress)
    alarms = 0
    try:
        paths = [*arguments.files, *arguments.against]
        utf8 = arguments.format != "text"
        with (
            _comparing(arguments, progress) as lines_for,
            destination(arguments.output, inputs=paths, utf8=utf8) as stream,
            progress,
        ):
            output = _output(arguments.format, stream)
            for record, name in inputs.records():
                report = Report(record, name, lines_for(record))
                alarms += sum(line.verdict.alarming for line in report.lines)
                with progress.aside():
                    output.add(report)
            if progress.articles:
                output.close()
    except KeyboardInterrupt:
        tell(f"stopped after {progress.line()}")
        return INTERRUPTED
    inputs.sum_up()
    if inputs.skipped:
        tell(f"{progress.articles:,} checked, {inputs.skipped:,} skipped")
    return FAILED if inputs.skipped or alarms else DONE


@contextmanager
def _comparing(arguments: argparse.Namespace, progress: Progress) -> Iterator[Callable[[Record], tuple[Line, ...]]]:
    """What gives the lines of a record: by the transcripts, or by the archive, which is open meanwhile."""
    if not arguments.against_archive:
        transcripts = [*open_transcripts(arguments)]
        likeness = None if arguments.words_only else likeness_of(quiet=arguments.quiet)
        yield lambda record: lines_of(record, transcripts, likeness)
        return
    from onrecord.cli.texts.check_archive import lines_against
    from onrecord.cli.texts.kept import in_step

    arguments.archive = arguments.archive or os.environ.get(ENVIRONMENT) or DEFAULT
    with to_read(arguments) as archive:
        likeness = None if arguments.words_only else likeness_of(quiet=arguments.quiet)
        in_step(archive, progress, quiet=arguments.quiet)
        yield lambda record: lines_against(archive, record, likeness)


def lines_of(record: Record, transcripts: Sequence[Transcript], likeness: Likeness | None) -> tuple[Line, ...]:
    """Every statement of a record with its verdict, against the transcript it goes back to most clearly."""
    record = quoted(record)
    checked = [
        [Line(one, transcript) for one in check(record, transcript.originals, likeness, scene=transcript.scene)]
        for transcript in transcripts
    ]
    by_id: dict[str, Line] = {}
    for line in (line for lines in checked for line in lines):
        id = line.checked.statement.id
        if id not in by_id or _rank(line) < _rank(by_id[id]):
            by_id[id] = line
    return tuple(by_id[line.checked.statement.id] for line in max(checked, key=len)) if checked else ()


def _rank(line: Line) -> tuple[int, float]:
    return PREFERENCE.index(line.verdict.kind), -line.verdict.score


def open_transcripts(arguments: argparse.Namespace) -> Iterator[Transcript]:
    """What is named behind --against. Raises MissingInput where one cannot be read."""
    from onrecord.reading import open_articles

    for path in arguments.against:
        for item in open_articles([path], published=arguments.held):
            if isinstance(item, Skipped):
                raise MissingInput(f"{item.reason} in {item.name}", "a transcript", item.todo)
            yield transcript_of(
                item,
                path,
                speaker=arguments.speaker,
                occasion=arguments.occasion,
                incomplete=arguments.incomplete,
            )


def transcript_of(
    article: Article, name: str, *, speaker: str | None = None, occasion: str | None = None, incomplete: bool = False
) -> Transcript:
    """A transcript from its text: turns, or a statement; or, where it is neither, the quotations of an article."""
    scene = scene_of(article, occasion=occasion, incomplete=incomplete)
    if speaker or occasion or is_what_was_said(article):
        return Transcript(article, name, _with_holders(originals_of(article, speaker), scene), scene)
    from onrecord.wiring import load_directory, read_many

    record = quoted(next(iter(read_many((article,), load_directory()))))
    return Transcript(article, name, originals_of_record(record) or originals_of(article), scene)


def _with_holders(originals: tuple[Original, ...], scene: Stage) -> tuple[Original, ...]:
    """The same with the names of office holders, where the directory need be asked."""
    if not any(original.names and all(map(is_role, original.names)) for original in originals if not original.asker):
        return originals
    from onrecord.wiring import load_directory, with_office_holders

    return with_office_holders(originals, scene.heading, scene.day, load_directory())


def likeness_of(*, quiet: bool) -> Meanings | None:
    """Cross-lingual sentence vectors, else English ones, else none: then only words are compared, and that is told."""
    from onrecord.embedding import installed

    try:
        return installed()
    except MissingExtra as missing:
        if not quiet:
            tell(f"only words are compared, translations are not recognised: {missing}")
        return None


class Format:
    """What the reports are handed to, one by one."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def add(self, report: Report) -> None:
        """Print a report, or keep it."""
        for line in report.lines:
            self.stream.write(json.dumps(line_to_dict(report, line), ensure_ascii=False) + "\n")
        self.stream.flush()

    def close(self) -> None:
        """Print what was kept."""


def line_to_dict(report: Report, line: Line) -> dict[str, Any]:
    """One statement as the published format has it. Against an archive it tells the print that it goes back to, and
    the offsets of `utterance` and of originals count in the words of that print."""
    statement, verdict, carried = line.checked.statement, line.verdict, line.checked.carried
    transcript = line.transcript.article
    text = transcript.text
    told: dict[str, Any] = {
        "article": report.record.article.id,
        "statement": statement.id,
        "content": [span.as_list() for span in statement.content],
        "words": carried.words,
        "form": statement.form,
        "speaker": carried.names[0] if carried.names else None,
        **verdict_json(verdict, transcript.id, " … ".join(span.slice(text) for span in verdict.spans)),
    }
    if line.transcript.archive is not None:
        told["printed"] = (
            None
            if not text
            else {
                "statement": line.transcript.statement,
                "outlet": transcript.outlet,
                "published": transcript.published.isoformat() if transcript.published else None,
                "url": transcript.url,
                "title": transcript.title,
                "words": told["original"] if line.transcript.statement is None else text,
            }
        )
    return told


def _output(shape: str, stream: TextIO) -> Format:
    if shape == "jsonl":
        return Format(stream)
    if shape == "html":
        from onrecord.cli.printing.carriage_page import HtmlFormat

        return HtmlFormat(stream)
    from onrecord.cli.printing.carriage_text import TextFormat

    return TextFormat(stream)


def _format(value: str) -> str:
    if value not in FORMATS:
        raise UsageError(f"--format {value}", f"one of {', '.join(FORMATS)}", "Try --format html")
    return value


def _day(value: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"--held {value}", "a date as YYYY-MM-DD", "Try --held 2024-05-14") from None
