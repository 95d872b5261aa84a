"""`onrecord add FILE…`: read articles and keep what they say in an archive; what it knows already is passed over."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.cli import DONE, FAILED, INTERRUPTED
from onrecord.cli.archive.options import counted, declare_archive, json_line, to_change
from onrecord.cli.inputs import Inputs, declare_directory, declare_inputs
from onrecord.cli.progress import Progress
from onrecord.cli.streams import destination, tell
from onrecord.errors import ArchiveError, RecordError
from onrecord.records import Article, Provenance, Record, Skipped

if TYPE_CHECKING:
    from onrecord.archive.store.archive import Archive

AT_MOST = 200  # records held before they are kept together
SECONDS = 2.0  # that a record waits to be kept, at most
MANY = 20_000  # statements, after which the index is put in its quickest shape
STATES = ("new", "version", "read anew", "known")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `onrecord add` takes."""
    parser.usage = "onrecord add FILE… [options]"
    parser.description = (
        "Read articles and keep them, with who said what in them, in an archive. A text that was read\n"
        "before by this engine is passed over; an edited story becomes a new version of itself; a text\n"
        "read by a newer engine keeps its old reading, and gets the new one beside it (onrecord runs).\n"
        "Stopped at any moment, the archive is whole, and the same command goes on where it was."
    )
    parser.epilog = (
        "A FILE is anything that `onrecord read` takes: files, folders, addresses; or what `onrecord\n"
        "read --format jsonl` printed, which is not read again. What `onrecord export --format records`\n"
        "wrote, added to an empty archive, makes it what the other was: log, review marks, runs, versions.\n\n"
        "exit codes: 0 all was kept, 1 something was skipped or failed, 2 the command cannot be\n"
        "meant, 130 stopped by Ctrl-C"
    )
    declare_archive(parser)
    parser.add_argument("--label", metavar="TEXT", default="", help="what to call this run, in onrecord runs")
    declare_directory(parser)
    declare_inputs(parser)


def run(arguments: argparse.Namespace) -> int:
    """Read every file, keep every record, tell what was new and what was skipped."""
    progress = Progress(quiet=arguments.quiet)
    inputs = Inputs(arguments, progress)
    keeper = None
    try:
        with to_change(arguments, create=True) as archive:
            if (restored := _restored(archive, arguments)) is not None:
                return restored
            keeper = Keeper(archive, inputs, arguments.label)
            try:
                with progress:
                    for record in _records(arguments, inputs, keeper):
                        keeper.take(record)
                        progress.done(record.article.text)
            except KeyboardInterrupt:
                keeper.keep()  # what was read to its end
                raise
            keeper.keep()
            keeper.finish()
    except KeyboardInterrupt:
        tell(f"stopped; {keeper.line() if keeper else 'nothing was kept'}. The same command goes on from here")
        return INTERRUPTED
    except ArchiveError:
        if keeper:
            tell(f"broken off; {keeper.line()}")
        raise
    inputs.sum_up()
    if keeper.undecided and not arguments.quiet:
        n = counted(len(keeper.undecided), "correction")
        tell(f"{n} of older versions could not be carried on, and want a decision: onrecord review --versions")
    with destination(None, utf8=arguments.format != "text") as stream:
        told = json_line(keeper.to_dict()) if arguments.format == "jsonl" else f"{keeper.line()}\n"
        stream.write(told)
    return FAILED if inputs.skipped else DONE


def _restored(archive: Archive, arguments: argparse.Namespace) -> int | None:
    """Make an empty archive what the one backup holds that is given; None where it is not so."""
    from onrecord.answers.archive_tracing import catch_up
    from onrecord.archive.safekeeping.backup import is_empty, restore
    from onrecord.reading.kept import holds_backup

    paths = [path for path in arguments.files if holds_backup(path)]
    if not paths:
        return None
    if len(arguments.files) > 1 or not is_empty(archive):
        tell("a backup is restored whole, its log too, where it is added alone to an empty archive: added as articles")
        return None
    with Path(paths[0]).open("rb") as lines:
        n = restore(archive, lines)
    catch_up(archive)
    with destination(None, utf8=arguments.format != "text") as stream:
        told = {"restored": n, "archive": archive.where}
        words = f"{counted(n, 'article')} restored in {archive.where}, with all that was said of them\n"
        stream.write(json_line(told) if arguments.format == "jsonl" else words)
    return DONE


def _records(arguments: argparse.Namespace, inputs: Inputs, keeper: Keeper) -> Iterator[Record]:
    """The records of all files in the order they were named: those printed before as they are, articles read anew."""
    from onrecord.engine import load_directory, read_many
    from onrecord.reading.kept import holds_records, kept_records
    from onrecord.reading.language import marked

    for printed, paths in groupby(arguments.files, holds_records):
        if printed:
            for path in paths:
                for item in kept_records(path):
                    if isinstance(item, Skipped):
                        inputs.refuse(item)
                    elif keeper.wants(item.article, item.provenance):
                        yield item
            continue
        arguments.files = list(paths)
        articles = keeper.unknown(map(marked, inputs.articles()))
        yield from read_many(articles, load_directory(*arguments.directory))


@dataclass
class Keeper:
    """Holds records until enough are there, keeps them in one transaction, and counts what became of them."""

    archive: Archive
    inputs: Inputs
    label: str
    counts: Counter[str] = field(default_factory=Counter)
    statements: int = 0
    copies: int = 0
    undecided: list[int] = field(default_factory=list)
    _held: list[Record] = field(default_factory=list)
    _runs: dict[Provenance, int] = field(default_factory=dict)
    _engines: set[Provenance] = field(default_factory=set)
    _since: float = 0.0

    def take(self, record: Record) -> None:
        """Keep `record`, at the latest when many are held or the first of them has waited long enough."""
        if self._held and (
            record.provenance != self._held[0].provenance
            or len(self._held) >= AT_MOST
            or time.monotonic() - self._since > SECONDS
        ):
            self.keep()
        if not self._held:
            self._since = time.monotonic()
        self._held.append(record)

    def unknown(self, articles: Iterator[Article]) -> Iterator[Article]:
        """Those of `articles` that this engine has yet to read."""
        for article in articles:
            if self.wants(article, engine_for(article)):
                yield article

    def wants(self, article: Article, made: Provenance) -> bool:
        """Whether a reading of that text by that engine is news; one that is known, or cannot be kept, is counted."""
        from onrecord.archive.store.keeping import is_known
        from onrecord.archive.store.storable import check_article

        try:
            check_article(article)
        except RecordError as error:
            self.inputs.refuse(Skipped(article.id, f"{error.seen}; wanted {error.wanted}", error.todo))
            return False
        self._engines.add(made)
        known = is_known(self.archive, article, made)
        self.counts["known"] += known
        return not known

    def keep(self) -> None:
        """Keep all that is held, in one transaction."""
        from onrecord.archive.correcting.runs import start_run
        from onrecord.archive.store.keeping import keep_batch

        if not self._held:
            return
        made = self._held[0].provenance
        with self.archive.database.writing():
            run = self._runs.get(made) or start_run(self.archive, self.label, made)
            kept = keep_batch(self.archive, self._held, run)
        self._runs[made] = run
        held, self._held = self._held, []
        for record, result in zip(held, kept, strict=True):
            if isinstance(result, Skipped):
                self.inputs.refuse(result)
                continue
            self.counts[result.state] += 1
            self.statements += len(record.statements) if result.state != "known" else 0
            self.copies += bool(result.copies)
            self.undecided += result.undecided

    def finish(self) -> None:
        """All that was to be read is kept: the runs are finished, one that was broken off and had nothing left too."""
        from onrecord.answers.archive_tracing import catch_up
        from onrecord.archive.correcting.runs import finish_run, unfinished_run
        from onrecord.archive.indexing.upkeep import settle

        for made in self._engines:
            run = unfinished_run(self.archive, self.label, made)
            if run is not None:
                finish_run(self.archive, run)
        if self.statements >= MANY:
            settle(self.archive)
        catch_up(self.archive)

    def line(self) -> str:
        """What became of the articles, in words."""
        parts = [f"{self.counts[state]:,} {state}" for state in STATES if self.counts[state]]
        parts += [f"{self.inputs.skipped:,} skipped"] if self.inputs.skipped else []
        copies = f", {self.copies:,} of them near-copies of others" if self.copies else ""
        statements = counted(self.statements, "statement")
        return f"{', '.join(parts) or 'no article'}: {statements} kept in {self.archive.where}{copies}"

    def to_dict(self) -> dict[str, object]:
        """What became of the articles, as plain JSON values."""
        return {
            **{state.replace(" ", "_"): self.counts[state] for state in STATES},
            "skipped": self.inputs.skipped,
            "statements": self.statements,
            "copies": self.copies,
            "undecided": self.undecided,
            "archive": self.archive.where,
        }


def engine_for(article: Article) -> Provenance:
    """What would read that article: this version, with its model where the language is one it reads."""
    from onrecord.finding.tagging.tagger import load_tagger
    from onrecord.reading.language import is_read
    from onrecord.version import __version__

    if not is_read(article.language):
        return Provenance(__version__)
    tagger = load_tagger()
    return Provenance(__version__, tagger.name, tagger.sha256)
