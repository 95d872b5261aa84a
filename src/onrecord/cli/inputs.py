"""What verbs that take articles share: the options that describe them, and the articles themselves."""

from __future__ import annotations

import argparse
import datetime
import re
import sys
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path

from onrecord.cli.progress import Progress
from onrecord.cli.streams import is_terminal, tell
from onrecord.errors import UsageError
from onrecord.records import Article, Record, Skipped

NOTICES_OF_A_KIND = 3
VARYING = re.compile(r"\d+|'[^']*'|\"[^\"]*\"")
UNKNOWN = "unknown"
AUTO = "auto"


def declare_inputs(parser: argparse.ArgumentParser) -> None:
    """The files to read, and what is known of their articles."""
    parser.add_argument(
        "files", metavar="FILE", nargs="*", help="what to read: files, folders, addresses; - is standard input"
    )
    known = parser.add_argument_group("what is known of the articles, where they do not say it themselves")
    known.add_argument("--title", metavar="TEXT")
    known.add_argument("--outlet", metavar="TEXT")
    known.add_argument("--date", type=_date, metavar="YYYY-MM-DD", help="of publication")
    known.add_argument("--url", metavar="URL")
    known.add_argument(
        "--language",
        type=_language,
        default=AUTO,
        metavar="CODE",
        help=f"ISO 639-1, as en, {UNKNOWN}, or {AUTO} (default): found out; the model reads English",
    )
    parser.add_argument(
        "--column",
        metavar="FIELD=NAME",
        type=_column,
        action="append",
        default=[],
        help="the column of a table, or key of JSON, that holds a field: text, title, outlet, date, url, id, language",
    )
    parser.add_argument("--quiet", action="store_true", help="no progress and no notices, only failures")


def declare_directory(parser: argparse.ArgumentParser) -> None:
    """The user's own persons and bodies."""
    parser.add_argument(
        "--directory",
        metavar="FILE",
        type=Path,
        action="append",
        default=[],
        help="your own people, offices and bodies, in CSV or TOML; may be given more than once",
    )


class Inputs:
    """The articles to read; what stands in their way is told at once and counted."""

    def __init__(self, arguments: argparse.Namespace, progress: Progress) -> None:
        self.names: deque[str] = deque()
        self.skipped = 0
        self._arguments = arguments
        self._progress = progress
        self._notices: Counter[str] = Counter()
        if not arguments.files:
            raise UsageError("no FILE", "at least one, or - for standard input", "Type onrecord read article.txt")

    def articles(self) -> Iterator[Article]:
        """Every article that can be read; the name of its input is put at the end of `names`."""
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
                columns=dict(given.column),
            ):
                if isinstance(item, Skipped):
                    self.refuse(item)
                    continue
                named = item.id != item.sha256[:12]
                name = item.id if named else "standard input" if path == STANDARD_INPUT else path
                self._note(name, item.notices)
                self.names.append(name)
                yield item

    def records(self) -> Iterator[tuple[Record, str]]:
        """The record of every article with the name of its input: those printed before as they are and first, articles
        read anew."""
        from onrecord.engine import load_directory, read_many
        from onrecord.reading.kept import holds_records, kept_records

        given = self._arguments
        kept = [path for path in given.files if holds_records(path)]
        given.files = [path for path in given.files if path not in kept]
        for path in kept:
            for item in kept_records(path):
                if isinstance(item, Skipped):
                    self.refuse(item)
                else:
                    self._progress.done(item.article.text)
                    yield item, path
        if not given.files:
            return
        for record in read_many(self.articles(), load_directory(*given.directory)):
            self._progress.done(record.article.text)
            yield record, self.names.popleft()

    def refuse(self, item: Skipped) -> None:
        """Tell of an input that was not read, and count it."""
        self.skipped += 1
        self._progress.tell(f"skipped {item.name}: saw {item.reason}. {item.todo.rstrip('.')}.")

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


def _date(value: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"--date {value}", "a date as YYYY-MM-DD", "Try --date 2024-02-06") from None


def _language(value: str) -> str | None:
    if value == UNKNOWN:
        return None
    if value != AUTO and not re.fullmatch("[a-z]{2}", value):
        raise UsageError(f"--language {value}", f"two letters of ISO 639-1, {UNKNOWN} or {AUTO}", "Try --language en")
    return value


def _column(value: str) -> tuple[str, str]:
    from onrecord.reading.source import FIELDS

    field, equals, name = value.partition("=")
    if field not in FIELDS or not equals or not name:
        raise UsageError(f"--column {value}", f"FIELD=NAME, FIELD one of {', '.join(FIELDS)}", "Try --column text=body")
    return field, name
