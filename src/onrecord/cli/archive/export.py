"""`onrecord export`: the statements of an archive for other programs, without the articles unless asked for."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from onrecord.cli import DONE, INTERRUPTED
from onrecord.cli.archive.options import VERSIONS, declare_archive, to_read, versions, whole_number
from onrecord.cli.progress import Progress
from onrecord.cli.streams import destination, tell
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.archive.listing.tables import Choice
    from onrecord.archive.store.opening import Archive

FORMATS = ("jsonl", "csv", "parquet", "datasette", "records")
IN_FILES = ("parquet", "datasette")
Row = TypeVar("Row")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `onrecord export` takes."""
    parser.usage = "onrecord export [--format jsonl|csv|parquet|datasette|records] [--output FILE] [options]"
    parser.description = (
        "Write out the statements of an archive: who said what, with url, offsets and the digest of the\n"
        "text instead of the text. Order and content do not depend on when things were added."
    )
    parser.epilog = (
        "formats:\n"
        "  jsonl      one statement a line (default)\n"
        "  csv        the same as a table; a cell that a spreadsheet would take for a formula begins with '\n"
        "  parquet    the same with typed columns\n"
        "  datasette  a SQLite file with search, views and FILE.metadata.json\n"
        "  records    a full backup: one article a line as onrecord read prints it, with the log, review marks,\n"
        "             versions and runs, of which onrecord add makes an archive again; needs --with-text.\n"
        "             With --run: the records of that run alone\n\n"
        "  onrecord export --format csv --query 'harbour speaker:Holt' --output said.csv\n"
        "  datasette said.db --metadata said.metadata.json"
    )
    declare_archive(parser, FORMATS)
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
            if arguments.format == "records" and not arguments.training and arguments.run is None:
                n, what = _backup(archive, arguments, progress), "article"
            elif arguments.training or arguments.format == "records":
                n, what = _records(archive, arguments, choice, progress), "article"
            else:
                n, what = _statements(archive, arguments, choice, progress), "statement"
    except KeyboardInterrupt:
        tell("stopped; no file was written" if arguments.output else "stopped")
        return INTERRUPTED
    if not arguments.quiet:
        tell(f"{n:,} {what}{'' if n == 1 else 's'}{' to ' + arguments.output if arguments.output else ''}")
    return DONE


def _check(arguments: argparse.Namespace) -> None:
    if arguments.training and arguments.format not in ("jsonl", "records"):
        raise UsageError(f"--training with --format {arguments.format}", "JSON lines", "Leave --format out")
    if arguments.format == "records" and not (arguments.with_text or arguments.training):
        raise UsageError(
            "--format records", "--with-text with it, since records hold the articles", "Add it, or use --format jsonl"
        )
    if arguments.query is not None and (arguments.training or arguments.format == "records" or arguments.run):
        raise UsageError("--query with whole records or a --run", "one of them", "Leave one out")
    if arguments.format in IN_FILES and arguments.output in (None, "-"):
        raise UsageError(f"--format {arguments.format} without a file", "--output FILE", "Try --output said.db")


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


def _statements(archive: Archive, arguments: argparse.Namespace, choice: Choice, progress: Progress) -> int:
    from onrecord.archive.listing.exporting import export_rows
    from onrecord.archive.listing.tables import json_lines, write_csv

    with closing(export_rows(archive, choice)) as source:
        rows = Counted(source, progress)
        if arguments.format in IN_FILES:
            path = _path(arguments)
            if arguments.format == "parquet":
                from onrecord.archive.listing.parquet import write_parquet

                return write_parquet(rows, path, choice)
            from onrecord.archive.listing.datasette import write_datasette

            return write_datasette(rows, path, choice)
        with destination(arguments.output, inputs=[arguments.archive], utf8=True) as stream:
            if arguments.format == "csv":
                return write_csv(rows, stream, choice)
            stream.writelines(json_lines(rows))
        return rows.n


def _backup(archive: Archive, arguments: argparse.Namespace, progress: Progress) -> int:
    from onrecord.archive.safekeeping.backup import backup

    with (
        closing(backup(archive)) as lines,
        destination(arguments.output, inputs=[arguments.archive], utf8=True) as stream,
    ):
        counted = Counted(lines, progress)
        stream.writelines(counted)
    return counted.n


def _records(archive: Archive, arguments: argparse.Namespace, choice: Choice, progress: Progress) -> int:
    from onrecord.archive.listing.exporting import export_records

    n = 0
    with (
        closing(export_records(archive, choice)) as records,
        destination(arguments.output, inputs=[arguments.archive], utf8=True) as stream,
    ):
        for record, reviews in Counted(records, progress):
            if arguments.training and not reviews:
                continue
            n += 1
            stream.write(
                json.dumps({**record.to_dict(), "reviews": reviews}, ensure_ascii=False) + "\n"
                if arguments.training
                else record.to_json() + "\n"
            )
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


def _path(arguments: argparse.Namespace) -> Path:
    """Where a file that is no text goes. Raises UsageError where it cannot be written, or is the archive itself."""
    path = Path(arguments.output)
    metadata = path.with_name(f"{path.stem}.metadata.json")
    for file in (path, metadata) if arguments.format == "datasette" else (path,):
        with destination(str(file), inputs=[arguments.archive], utf8=True):
            pass
    return path
