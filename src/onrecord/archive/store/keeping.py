"""Records go in: a new story, a new version of one, a new reading of a known text, or nothing at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.archive.store.batches import Batch, Kept, State, engine_key, refusal
from onrecord.archive.store.stories import story_key
from onrecord.errors import RecordError
from onrecord.records import Article, Provenance, Record, Skipped

if TYPE_CHECKING:
    from onrecord.archive.store.opening import Archive

__all__ = ["Kept", "State", "is_known", "keep", "keep_batch", "keep_many", "story_key"]
BATCH = 200


def keep(archive: Archive, record: Record, run: int) -> Kept:
    """Keep one record, as part of a run. Raises RecordError where a database cannot hold it."""
    (kept,) = keep_many(archive, (record,), run)
    if isinstance(kept, Skipped):
        raise RecordError(kept.reason, "a record that a database can hold", kept.todo)
    return kept


def keep_many(archive: Archive, records: Iterable[Record], run: int, *, batch: int = BATCH) -> Iterator[Kept | Skipped]:
    """Keep records, one transaction a `batch`; what became of each, in order, once its batch is safe.

    Ids do not depend on the size of a batch. A record that a database cannot hold is a Skipped.
    """
    held: list[Record] = []
    for record in records:
        held.append(record)
        if len(held) >= batch:
            yield from keep_batch(archive, held, run)
            held = []
    if held:
        yield from keep_batch(archive, held, run)


def keep_batch(archive: Archive, records: Sequence[Record], run: int) -> list[Kept | Skipped]:
    """Keep all these in one transaction."""
    try:
        with archive.database.writing():
            return Batch(archive, run).keep(records, {})
    except RecordError:  # one of them cannot be kept: find out which, and keep the others
        refused = {place: skipped for place, record in enumerate(records) if (skipped := refusal(record))}
        with archive.database.writing():
            return Batch(archive, run).keep(records, refused)


def is_known(archive: Archive, article: Article, engine: Provenance) -> bool:
    """Whether this text of this story was read by this engine and model before."""
    rows = archive.database.rows(
        "SELECT r.engine, r.model, r.model_sha256 FROM stories s JOIN articles a ON a.story = s.id"
        " JOIN readings r ON r.article = a.id WHERE s.key = ? AND a.sha256 = ?",
        (story_key(article), article.sha256),
    )
    return engine_key(engine) in {engine_key(Provenance(*made)) for made in rows}
