"""`onrecord check ARTICLE… --against TRANSCRIPT…`: each statement with its verdict, and the words that were spoken.

With --against-archive what other articles in an archive have of it takes the place of the transcript.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from onrecord.cli import DONE, FAILED, INTERRUPTED
from onrecord.cli.archive.options import DEFAULT, ENVIRONMENT, to_read
from onrecord.cli.inputs import Inputs, declare_directory, declare_inputs
from onrecord.cli.printing.format import Format
from onrecord.cli.progress import Progress
from onrecord.cli.streams import destination, tell
from onrecord.cli.texts.likeness import in_step, likeness_of
from onrecord.errors import MissingInput, UsageError
from onrecord.records import Record, Skipped

if TYPE_CHECKING:
    from onrecord.answers.checking import Report, Transcript
    from onrecord.embedding import Meanings

FORMATS = ("text", "jsonl", "html")


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
            _comparing(arguments, progress) as checked,
            destination(arguments.output, inputs=paths, utf8=utf8) as stream,
            progress,
        ):
            output = _output(arguments.format, stream)
            for record, name in inputs.records():
                report = checked(record, name)
                alarms += report.alarms
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
def _comparing(arguments: argparse.Namespace, progress: Progress) -> Iterator[Callable[[Record, str], Report]]:
    """What checks a record: by the transcripts, or by the archive, which is open meanwhile."""
    from onrecord.answers.checking import check

    def likeness() -> Meanings | None:
        return None if arguments.words_only else likeness_of(quiet=arguments.quiet)

    if not arguments.against_archive:
        transcripts, vectors = [*open_transcripts(arguments)], likeness()
        yield lambda record, name: check(record, transcripts, name=name, likeness=vectors, words_only=vectors is None)
        return
    arguments.archive = arguments.archive or os.environ.get(ENVIRONMENT) or DEFAULT
    with to_read(arguments) as archive:
        vectors = likeness()
        in_step(archive, progress, quiet=arguments.quiet)
        yield lambda record, name: check(record, archive, name=name, likeness=vectors, words_only=vectors is None)


def open_transcripts(arguments: argparse.Namespace) -> Iterator[Transcript]:
    """What is named behind --against. Raises MissingInput where one cannot be read."""
    from onrecord.answers.checking import transcript_of
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


class JsonLines(Format["Report"]):
    """A line for each statement."""

    def add(self, report: Report, name: str = "") -> None:
        for told in report.to_dicts():
            self.stream.write(json.dumps(told, ensure_ascii=False) + "\n")
        self.stream.flush()


def _output(shape: str, stream: TextIO) -> Format[Report]:
    if shape == "jsonl":
        return JsonLines(stream)
    if shape == "html":
        from onrecord.cli.printing.carriage_page import CheckedPage

        return CheckedPage(stream)
    from onrecord.cli.printing.carriage_text import CheckedText

    return CheckedText(stream)


def _format(value: str) -> str:
    if value not in FORMATS:
        raise UsageError(f"--format {value}", f"one of {', '.join(FORMATS)}", "Try --format html")
    return value


def _day(value: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"--held {value}", "a date as YYYY-MM-DD", "Try --held 2024-05-14") from None
