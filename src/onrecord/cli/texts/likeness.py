"""What `trace` and `check` need before they compare: sentence vectors, and an index in step with the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.cli.archive.options import told
from onrecord.cli.progress import Progress
from onrecord.cli.streams import tell
from onrecord.errors import LockedArchive, MissingExtra, ReadOnlyArchive

if TYPE_CHECKING:
    from onrecord.archive.store.archive import Archive
    from onrecord.embedding import Meanings


def likeness_of(*, quiet: bool) -> Meanings | None:
    """Cross-lingual sentence vectors, else English ones, else none: then only words are compared, and that is told."""
    from onrecord.embedding import installed

    try:
        return installed()
    except MissingExtra as missing:
        if not quiet:
            tell(f"only words are compared, translations are not recognised: {missing}")
        return None


def in_step(archive: Archive, progress: Progress, *, quiet: bool = False) -> None:
    """Put into the index what waits; where that cannot be, say so: then full text search proposes."""
    from onrecord.answers.archive_tracing import catch_up
    from onrecord.archive.indexing.fingerprints import waiting

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
