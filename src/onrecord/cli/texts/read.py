"""`onrecord read FILE…`: find who said what, and print it as text, JSON lines or one HTML page."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Protocol, TextIO

from onrecord.cli import DONE, FAILED, INTERRUPTED
from onrecord.cli.inputs import Inputs, declare_directory, declare_inputs
from onrecord.cli.printing.outline import ORDERS
from onrecord.cli.progress import Progress
from onrecord.cli.streams import STANDARD_OUTPUT, destination, tell, write
from onrecord.errors import UsageError
from onrecord.records import Record

PRINTED = ("text", "jsonl", "html")
"""What records are printed as; the other formats hold their statements, for other programs."""


class Printer(Protocol):
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
        "A FILE is, by what is in it:\n"
        "  plain text            one article\n"
        '  JSON lines            one a line: {"text": "…", "id", "title", "outlet", "date", "url", "language"};\n'
        '                        only "text" must be there\n'
        "  CSV, TSV, Parquet     one a row; columns are known by their usual names, or by --column\n"
        "  HTML, RSS, Atom       a saved page; a feed, each item one (pages)\n"
        "  WARC, also .gz        a web archive, each page one (pages, warc)\n"
        "  .eml, .docx, .rtf     a mail, a document (rtf)\n"
        "  Nexis Uni, Factiva    an export as HTML, RTF or DOCX, each document one\n"
        "  zip, gz, a folder     whatever of these is in it\n"
        "  http://, https://     a page or file on the web, fetched politely\n"
        'Words in brackets are optional parts: pip install "onrecord[pages,parquet,rtf,warc]". An article\n'
        "that is not in English is kept, and no statement is looked for in it. What cannot be read is told\n"
        "on standard error, skipped and counted.\n\n"
        "exit codes: 0 all was read, 1 something was skipped or failed, 2 the command cannot be\n"
        "meant, 130 stopped by Ctrl-C"
    )
    parser.add_argument(
        "--format",
        type=_format,
        default="text",
        metavar="|".join(_formats()),
        help="text to read (default), one JSON object an article, one page for a browser; or a table of statements",
    )
    parser.add_argument(
        "--order",
        type=_order,
        default="speaker",
        metavar="speaker|text",
        help="of text and html: all that one speaker says together (default), or all as it comes, for a dialogue",
    )
    parser.add_argument("--explain", action="store_true", help="add to text and html which rule or model decided what")
    parser.add_argument(
        "--output",
        metavar="FILE",
        help="write there, in UTF-8, and only when all is done; an older file is replaced",
    )
    declare_directory(parser)
    declare_inputs(parser)


def run(arguments: argparse.Namespace) -> int:
    """Read every file, print every record, tell what was skipped."""
    from onrecord.engine import load_directory, read_many
    from onrecord.exchange.registry import format_named
    from onrecord.exchange.rows import PLAIN, rows_of

    progress = Progress(quiet=arguments.quiet)
    inputs = Inputs(arguments, progress)

    def found() -> Iterator[Record]:
        for record in read_many(inputs.articles(), load_directory(*arguments.directory)):
            with progress.aside():
                yield record
            progress.done(record.article.text)

    try:
        if arguments.format in PRINTED:
            utf8 = arguments.format != "text"
            with destination(arguments.output, inputs=arguments.files, utf8=utf8) as stream, progress:
                output = _output(arguments, stream)
                for record in found():
                    output.add(record, inputs.names.popleft())
                if progress.articles:
                    output.close()
        else:
            with progress:
                write(format_named(arguments.format), rows_of(found()), PLAIN, arguments.output, arguments.files)
    except KeyboardInterrupt:
        tell(f"stopped after {progress.line()}{_unwritten(arguments.output)}")
        return INTERRUPTED
    inputs.sum_up()
    if not inputs.skipped:
        return DONE
    unwritten = "" if progress.articles else _unwritten(arguments.output)
    tell(f"{progress.articles:,} read, {inputs.skipped:,} skipped{unwritten}")
    return FAILED


def _output(arguments: argparse.Namespace, stream: TextIO) -> Printer:
    if arguments.format == "jsonl":
        return JsonLines(stream)
    if arguments.format == "html":
        from onrecord.cli.printing.page import HtmlFormat

        return HtmlFormat(stream, explain=arguments.explain, order=arguments.order)
    from onrecord.cli.printing.terminal import TextFormat

    return TextFormat(stream, explain=arguments.explain, order=arguments.order)


def _unwritten(output: str | None) -> str:
    return "" if output in (None, STANDARD_OUTPUT) else f"; nothing was written to {output}"


def _order(value: str) -> str:
    if value not in ORDERS:
        raise UsageError(f"--order {value}", f"one of {', '.join(ORDERS)}", "Try --order text")
    return value


def _formats() -> tuple[str, ...]:
    from onrecord.exchange.registry import names

    return (*PRINTED, *(name for name in names("statements") if name not in PRINTED))


def _format(value: str) -> str:
    if value not in _formats():
        raise UsageError(f"--format {value}", f"one of {', '.join(_formats())}", "Try --format jsonl")
    return value
