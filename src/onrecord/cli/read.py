"""`onrecord read FILE…`: find who said what, and print it as text, JSON lines or one HTML page."""

from __future__ import annotations

import argparse
import datetime
import re
import sys
from collections import Counter, deque
from collections.abc import Iterator
from typing import Protocol, TextIO

from onrecord.cli import DONE, FAILED, INTERRUPTED
from onrecord.cli.progress import Progress
from onrecord.cli.streams import STANDARD_OUTPUT, destination, is_terminal, tell
from onrecord.errors import UsageError
from onrecord.records import Article, Record, Skipped

FORMATS = ("text", "jsonl", "html")
NOTICES_OF_A_KIND = 3
VARYING = re.compile(r"\d+|'[^']*'|\"[^\"]*\"")
UNKNOWN = "unknown"


class Format(Protocol):
    """What the records are handed to, one by one, each with the name of its input."""

    def add(self, record: Record, name: str) -> None: ...

    def close(self) -> None: ...


class JsonLines:
    """One record a line, on its way as soon as it is made."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def add(self, record: Record, name: str) -> None:
        self._stream.write(record.to_json() + "\n")
        self._stream.flush()

    def close(self) -> None: ...


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `onrecord read` takes."""
    parser.usage = "onrecord read FILE… [options]"
    parser.description = (
        "Find every attributed statement of news articles: who is named as its source, in which\n"
        "words it is ascribed (the cue), and what was said (the content). Works offline."
    )
    parser.epilog = (
        "A FILE is plain text, one article a file, or JSON lines (.jsonl, .ndjson, .json), one object\n"
        'a line: {"text": "…", "id", "title", "outlet", "date", "url", "language"}; only "text" must\n'
        "be there. What cannot be read is told on standard error, skipped and counted.\n\n"
        "exit codes: 0 all was read, 1 something was skipped or failed, 2 the command cannot be\n"
        "meant, 130 stopped by Ctrl-C"
    )
    parser.add_argument("files", metavar="FILE", nargs="*", help="what to read; - is standard input")
    parser.add_argument(
        "--format",
        type=_format,
        default="text",
        metavar="|".join(FORMATS),
        help="text to read (default), one JSON object a line, or one page for a browser",
    )
    parser.add_argument("--explain", action="store_true", help="add to text and html which rule or model decided what")
    parser.add_argument(
        "--output",
        metavar="FILE",
        help="write there, in UTF-8, and only when all is done; an older file is replaced",
    )
    known = parser.add_argument_group("what is known of the articles, where they do not say it themselves")
    known.add_argument("--title", metavar="TEXT")
    known.add_argument("--outlet", metavar="TEXT")
    known.add_argument("--date", type=_date, metavar="YYYY-MM-DD", help="of publication")
    known.add_argument("--url", metavar="URL")
    known.add_argument(
        "--language",
        type=_language,
        default="en",
        metavar="CODE",
        help=f"ISO 639-1, as en (default), or {UNKNOWN}; the model reads English",
    )
    parser.add_argument("--quiet", action="store_true", help="no progress and no notices, only failures")


def run(arguments: argparse.Namespace) -> int:
    """Read every file, print every record, tell what was skipped."""
    if not arguments.files:
        raise UsageError("no FILE", "at least one, or - for standard input", "Type onrecord read article.txt")
    from onrecord.wiring import read_many

    progress = Progress(quiet=arguments.quiet)
    inputs = _Inputs(arguments, progress)
    utf8 = arguments.format != "text"
    try:
        with destination(arguments.output, inputs=arguments.files, utf8=utf8) as stream, progress:
            output = _output(arguments, stream)
            for record in read_many(inputs.articles()):
                with progress.aside():
                    output.add(record, inputs.names.popleft())
                progress.done(record.article.text)
            if progress.articles:
                output.close()
    except KeyboardInterrupt:
        tell(f"stopped after {progress.line()}{_unwritten(arguments.output)}")
        return INTERRUPTED
    inputs.sum_up()
    if not inputs.skipped:
        return DONE
    unwritten = "" if progress.articles else _unwritten(arguments.output)
    tell(f"{progress.articles:,} read, {inputs.skipped:,} skipped{unwritten}")
    return FAILED


class _Inputs:
    """The articles to read; what stands in their way is told at once and counted."""

    def __init__(self, arguments: argparse.Namespace, progress: Progress) -> None:
        self.names: deque[str] = deque()
        self.skipped = 0
        self._arguments = arguments
        self._progress = progress
        self._notices: Counter[str] = Counter()

    def articles(self) -> Iterator[Article]:
        from onrecord.reading import STANDARD_INPUT, open_articles

        given = self._arguments
        for path in given.files:
            if path == STANDARD_INPUT and is_terminal(sys.stdin) and not given.quiet:
                self._progress.tell("reading what you type; end it with Ctrl-D on an empty line")
            for item in open_articles(
                [path],
                title=given.title,
                outlet=given.outlet,
                published=given.date,
                url=given.url,
                language=given.language,
            ):
                if isinstance(item, Skipped):
                    self.skipped += 1
                    self._progress.tell(f"skipped {item.name}: saw {item.reason}. {item.todo.rstrip('.')}.")
                    continue
                named = item.id != item.sha256[:12]
                name = item.id if named else "standard input" if path == STANDARD_INPUT else path
                self._note(name, item.notices)
                self.names.append(name)
                yield item

    def sum_up(self) -> None:
        """How many notices were held back."""
        held_back = sum(max(0, n - NOTICES_OF_A_KIND) for n in self._notices.values())
        if held_back and not self._arguments.quiet:
            tell(f"{held_back:,} more notices like these")

    def _note(self, name: str, notices: tuple[str, ...]) -> None:
        for notice in notices:
            kind = VARYING.sub("…", notice)
            self._notices[kind] += 1
            if self._notices[kind] <= NOTICES_OF_A_KIND and not self._arguments.quiet:
                self._progress.tell(f"{name}: {notice}")


def _output(arguments: argparse.Namespace, stream: TextIO) -> Format:
    if arguments.format == "jsonl":
        return JsonLines(stream)
    if arguments.format == "html":
        from onrecord.cli.page import HtmlFormat

        return HtmlFormat(stream, explain=arguments.explain)
    from onrecord.cli.terminal import TextFormat

    return TextFormat(stream, explain=arguments.explain)


def _unwritten(output: str | None) -> str:
    return "" if output in (None, STANDARD_OUTPUT) else f"; nothing was written to {output}"


def _format(value: str) -> str:
    if value not in FORMATS:
        raise UsageError(f"--format {value}", f"one of {', '.join(FORMATS)}", "Try --format jsonl")
    return value


def _date(value: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"--date {value}", "a date as YYYY-MM-DD", "Try --date 2024-02-06") from None


def _language(value: str) -> str | None:
    if value == UNKNOWN:
        return None
    if not re.fullmatch("[a-z]{2}", value):
        raise UsageError(f"--language {value}", f"two letters of ISO 639-1, or {UNKNOWN}", "Try --language en")
    return value
