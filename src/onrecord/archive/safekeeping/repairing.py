"""What onrecord works out from the rest is made anew: indexes, counts, sketches, copies and fingerprints.

What was kept, a text, a statement, a row of the log, is left as it is, also where it is damaged: there is nothing to
make it anew from, and no seal is given to what somebody changed by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from onrecord.archive.indexing.copies import Sketcher
from onrecord.archive.indexing.upkeep import BATCH, make_index
from onrecord.archive.safekeeping.faults import DAMAGE, Fault
from onrecord.archive.safekeeping.index_check import vectors
from onrecord.archive.safekeeping.schema_check import parts_of_new, restore_schema
from onrecord.archive.safekeeping.sealing import seal, seal_the_rest
from onrecord.archive.store.database import Database, allocate, rows_in, run_in
from onrecord.errors import ArchiveError

if TYPE_CHECKING:
    from onrecord.archive.store.opening import Archive

FORMAT = 4  # of FTS5 since SQLite 3.9; https://sqlite.org/fts5.html


def repair(
    archive: Archive, faults: Sequence[Fault], progress: Callable[[int, int], None] = lambda done, of: None
) -> None:
    """Make anew whatever of the archive is worked out, so that searches, lists and traces find what is there.

    `faults` are those that `verify` told. Fingerprints wait for who traces, as those of new articles do. One
    transaction: stopped, nothing was done. Raises DamagedArchive where the file itself cannot be written.
    """
    database = archive.database
    with suppress(ArchiveError), database.writing():
        _reindex_tables(database)
    with database.writing():
        if database.dialect == "sqlite":
            restore_schema(database)
        _empty(database)
        ids = [id for (id,) in database.rows("SELECT id FROM articles ORDER BY id")]
        for at in range(0, len(ids), BATCH):
            _index(archive, ids[at : at + BATCH])
            progress(min(len(ids), at + BATCH), len(ids))
        if {"copies", "sketches"} & {fault.table for fault in faults}:
            _sketch(database, ids)
        run_in(database, "DELETE FROM vectors WHERE statement IN {in}", [fault.id for fault in list(vectors(database))])
        for name in {fault.id for fault in faults if fault.table == "numbers"}:
            allocate(database, str(name), 0)


def seal_old(archive: Archive) -> int:
    """Seal what was kept before there were seals, in an archive without a fault; how many things that were."""
    with archive.database.writing():
        return seal_the_rest(archive.database)


def _reindex_tables(database: Database) -> None:
    if database.dialect == "sqlite":
        database.run("REINDEX")
    else:
        for (table,) in database.rows("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"):
            database.run(f'REINDEX TABLE "{table}"')


def _empty(database: Database) -> None:
    if database.dialect == "sqlite":
        for table in ("found", "found_articles", "term_parts"):
            if database.row("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)) is None:
                database.run(parts_of_new()[table][1])
            else:  # FTS5 opens no index whose format it is not told
                database.run(f"INSERT OR REPLACE INTO {table}_config (k, v) VALUES ('version', {FORMAT})")
            database.run(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
    else:
        for table in ("found", "found_articles"):
            database.run(f"DELETE FROM {table}")
    for table in ("indexed", "terms", "tallies", "fingerprints", "unfingerprinted"):
        database.run(f"DELETE FROM {table}")


def _index(archive: Archive, articles: Sequence[int]) -> None:
    try:
        make_index(archive, articles)
    except DAMAGE:  # one of them is damaged: the others are indexed, and it is told of
        if len(articles) > 1:
            for article in articles:
                _index(archive, [article])


def _sketch(database: Database, ids: Sequence[int]) -> None:
    for table in ("copies", "sketches"):
        database.run(f"DELETE FROM {table}")
    sql = (
        "SELECT a.id, a.story, t.text FROM articles a JOIN texts t ON t.sha256 = a.sha256 WHERE a.id IN {in} ORDER BY 1"
    )
    for at in range(0, len(ids), BATCH):
        sketcher = Sketcher(database, list(rows_in(database, sql, ids[at : at + BATCH])))
        database.load("sketches", ("band", "article"), sketcher.sketches)
        database.load("copies", ("article", "of", "share"), sketcher.links)
        seal(database, "copies", ids[at : at + BATCH])
