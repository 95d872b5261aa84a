"""Statements traced in the archive one by one, by the index kept there: what `trace` and `check` share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.archive.indexing.fingerprints import waiting
from onrecord.archive.listing.printed import number_of
from onrecord.archive.searching.query import MOST_HITS, Query
from onrecord.archive.searching.search import search
from onrecord.archive.store.loading import find_article, statement
from onrecord.archive_tracing import Kept, carriers, catch_up
from onrecord.cli.archive.options import told
from onrecord.cli.archive.show import STATEMENT
from onrecord.cli.progress import Progress
from onrecord.errors import LockedArchive, NoSuchEntry, ReadOnlyArchive, UsageError
from onrecord.quoted import quoted
from onrecord.tracing.gathering.carriers import carriers_of

if TYPE_CHECKING:
    from onrecord.archive.store.opening import Archive
    from onrecord.embedding import Meanings
    from onrecord.records import Record
    from onrecord.tracing.gathering.carriers import Carrier
    from onrecord.tracing.gathering.utterances import Utterance


def in_step(archive: Archive, progress: Progress, *, quiet: bool = False) -> None:
    """Put into the index what waits; where that cannot be, say so: then full text search proposes."""
    if not waiting(archive, 1):
        return

    def show(done: int, of: int) -> None:
        if not quiet:
            with progress.aside():
                told(done, of)

    try:
        catch_up(archive, show)
    except (ReadOnlyArchive, LockedArchive) as error:
        progress.tell(
            f"saw {error.seen}: new articles cannot be indexed for tracing; where they are many, full text search"
            " proposes, which finds less"
        )


def asked(archive: Archive, name: str | None, words: str | None, progress: Progress) -> list[Carrier]:
    """The statement called `name` (s12, or ARTICLE#s1), or those that a search for `words` finds, as carriers.

    Raises NoSuchEntry where the archive does not show such a statement, QueryError for a search that cannot be meant.
    """
    if name is not None and words is not None:
        raise UsageError("--statement with --query", "one of them", "Leave one out, or give FILEs")
    if name is not None:
        return [carrier for _, carrier in carriers(archive, [_number(archive, name)])]
    found = search(archive, Query(words=words or "", limit=MOST_HITS))
    if found.cursor is not None:
        progress.tell(f"only the first {MOST_HITS} of {found.total:,} statements found are traced: add words")
    return [carrier for _, carrier in carriers(archive, [hit.statement for hit in found.hits if hit.statement])]


def traced(
    archive: Archive,
    starts: Iterable[Carrier],
    besides: Sequence[Record],
    progress: Progress,
    likeness: Callable[[], Meanings | None],
) -> Iterator[Utterance]:
    """The utterances that `starts` carry, each once; `besides` are the articles of files."""
    own = [carrier for record in besides for carrier in carriers_of(quoted(record))]
    kept = Kept(archive, own, records=besides, likeness=likeness)
    seen: set[str] = set()
    for start in starts:
        if start.id not in seen and (found := kept.trace(start)) is not None:
            seen |= {carrier.id for carrier in found.carriers}
            yield found


def _number(archive: Archive, name: str) -> int:
    if numbered := STATEMENT.fullmatch(name):
        held = statement(archive, int(numbered[1]))
        number = number_of(archive, held.article.id, held.statement.id)
        if number == held.id:
            return number
        raise NoSuchEntry(f"statement {name}, which is not shown", "one of a current reading", "Type onrecord search")
    article, _, local = name.rpartition("#")
    number = number_of(archive, find_article(archive, article).id, local)
    if number is None:
        raise NoSuchEntry(
            f"no statement {local!r} in article {article!r}", "s12, or ARTICLE#s1", "Type onrecord search"
        )
    return number
