"""`onrecord export`: the statements of an archive for other programs, without the articles unless asked for."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING, TypeVar

from onrecord.cli import DONE, INTERRUPTED
from onrecord.cli.archive.options import VERSIONS, declare_archive, json_line, to_read, versions, whole_number
from onrecord.cli.progress import Progress
from onrecord.cli.streams import destination, tell, write
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.archive.listing.tables import Choice
    from onrecord.archive.store.archive import Archive
    from onrecord.exchange.registry import Holds

Row = TypeVar("Row")
HELD: tuple[Holds, ...] = ("statements", "archive", "records")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `onrecord export` takes."""
    from onrecord.exchange.registry import names, table

    known = names(*HELD)
    parser.usage = f"onrecord export [--format {'|'.join(known)}] [--output FILE] [options]"
    parser.description = (
        "Write out the statements of an archive: who said what, with url, offsets and the digest of the\n"
        "text instead of the text. Order and content do not depend on when things were added."
    )
    parser.epilog = (
        f"formats:\n{table(*HELD)}\n\n"
        "  onrecord export --format csv --query 'harbour speaker:Holt' --output said.csv\n"
        "  datasette said.db --metadata said.metadata.json"
    )
    declare_archive(parser, known)
    parser.add_argument("--output", "-o", metavar="FILE", help="written whole, or not at all")
    parser.add_argument("--run", metavar="RUN", type=whole_number, help="what that run found (what is shown)")
    parser.add_argument("--query", metavar="WORDS", help="only statements that a search finds; see onrecord search")
    parser.add_argument("--versions", type=versions, metavar="newest|all", default="newest", help=VERSIONS)
    parser.add_argument("--training", action="store_true", help="records that persons have corrected, for training/")
    parser.add_argument("--with-text", action="store_true", help="the whole articles too; mind their copyright")
    parser.add_argument("--with-times", action="store_true", help="when articles were added, statements corrected")
    parser.add_argument("--with-ids", action="store_true", help="the archive's own numbers")
    parser.add_argument("--with-rejected", action="store_true", help="what persons rejected too")
    parser.add_argument("--quiet", action="store_true", help="no progress")


def run(arguments: argparse.Namespace) -> int:
    """Write it, and tell how much it was."""
    from onrecord.archive.listing.tables import Choice

    _check(arguments)
    progress = Written(quiet=arguments.quiet)
    try:
        with to_read(arguments) as archive, progress:
            choice = Choice(
                run=arguments.run,
                statements=None if arguments.query is None else _found(archive, arguments.query),
                with_older=arguments.versions == "all",
                with_text=arguments.with_text,
                with_times=arguments.with_times,
                with_ids=arguments.with_ids,
                with_rejected=arguments.with_rejected,
            )
            if arguments.training:
                n, what = _training(archive, arguments, choice, progress), "article"
            else:
                n, what = _write(archive, arguments, choice, progress)
    except KeyboardInterrupt:
        tell("stopped; no file was written" if arguments.output else "stopped")
        return INTERRUPTED
    if not arguments.quiet:
        tell(f"{n:,} {what}{'' if n == 1 else 's'}{' to ' + arguments.output if arguments.output else ''}")
    return DONE


def _check(arguments: argparse.Namespace) -> None:
    from onrecord.exchange.registry import format_named

    whole = format_named(arguments.format, *HELD).holds != "statements"
    if arguments.training and arguments.format not in ("jsonl", "records"):
        raise UsageError(f"--training with --format {arguments.format}", "JSON lines", "Leave --format out")
    if whole and not (arguments.with_text or arguments.training):
        raise UsageError(
            f"--format {arguments.format}",
            "--with-text with it, since records hold the articles",
            "Add it, or use --format jsonl",
        )
    if arguments.query is not None and (arguments.training or whole or arguments.run):
        raise UsageError("--query with whole records or a --run", "one of them", "Leave one out")


def _found(archive: Archive, words: str) -> frozenset[int]:
    """The statements that a search finds, all pages of it."""
    from onrecord.archive.searching.query import MOST_HITS, Query
    from onrecord.archive.searching.search import search

    ids: set[int] = set()
    cursor: str | None = None
    while True:
        page = search(archive, Query(words=words, sort="newest", limit=MOST_HITS, cursor=cursor))
        ids.update(hit.statement for hit in page.hits if hit.statement is not None)
        cursor = page.cursor
        if cursor is None:
            return frozenset(ids)


def _write(archive: Archive, arguments: argparse.Namespace, choice: Choice, progress: Progress) -> tuple[int, str]:
    """Write the format asked for; how much of what that was."""
    from onrecord.archive.listing.exporting import export_records, export_rows
    from onrecord.exchange.registry import format_named

    shape = format_named(arguments.format, *HELD)
    if shape.holds == "archive":
        return write(shape, archive, choice, arguments.output, [arguments.archive]), "article"
    if shape.holds == "records":
        if shape.drops and not arguments.quiet:
            tell(f"{shape.name} has no room for {shape.drops}")
        with closing(export_records(archive, choice)) as records:
            return write(shape, Counted(records, progress), choice, arguments.output, [arguments.archive]), "article"
    with closing(export_rows(archive, choice)) as rows:
        given = Counted(rows, progress)
        return write(shape, given, choice, arguments.output, [arguments.archive]), "statement"


def _training(archive: Archive, arguments: argparse.Namespace, choice: Choice, progress: Progress) -> int:
    from onrecord.archive.listing.exporting import export_records

    n = 0
    with (
        closing(export_records(archive, choice)) as records,
        destination(arguments.output, inputs=[arguments.archive], utf8=True) as stream,
    ):
        for record, reviews in Counted(records, progress):
            if reviews:
                n += 1
                stream.write(json_line({**record.to_dict(), "reviews": reviews}))
    return n


class Written(Progress):
    """Counts what was written."""

    def line(self) -> str:
        """How much it is so far."""
        return f"{self.articles:,} written"


class Counted(Iterable[Row]):
    """The items, counted on their way."""

    def __init__(self, items: Iterable[Row], progress: Progress) -> None:
        self.n = 0
        self._items = items
        self._progress = progress

    def __iter__(self) -> Iterator[Row]:
        for item in self._items:
            self.n += 1
            self._progress.done("")
            yield item
