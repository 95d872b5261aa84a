"""Statements like this one: by what they mean, not by their words.

Every statement gets a vector from an embedder that the caller brings; vectors are kept as one signed byte a dimension
and compared by the cosine of their angle. Up to EXACT statements each one is compared; beyond, an index of near
neighbours is asked, which may miss some: usearch in a file beside a SQLite archive (neighbours.py), pgvector in
PostgreSQL. Without pgvector, PostgreSQL's vectors are all compared, however many.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from zlib import crc32

import numpy as np
import numpy.typing as npt

from onrecord.archive.indexing.neighbours import Neighbours
from onrecord.archive.indexing.tallies import SHOWN
from onrecord.archive.searching.matching import Planned, Row
from onrecord.archive.searching.ranking import Score
from onrecord.archive.searching.search import Hit, hits_of
from onrecord.archive.store.database import Database, one, rows_in, run_in
from onrecord.errors import ArchiveError, MissingExtra, NoSuchEntry

if TYPE_CHECKING:
    from onrecord.archive.store.opening import Archive

EXACT = 100_000
BATCH = 256  # statements made in one transaction
AT_ONCE = 20_000  # vectors compared at a time
LENGTH = 127.0
SPARE = 4  # how many times too many are fetched: some are rejected, or of old readings
LONGEST = 2_000  # characters
Bytes = npt.NDArray[np.int8]
Floats = npt.NDArray[np.float32]
MISSING = f"FROM {SHOWN} LEFT JOIN vectors v ON v.statement = s.id AND v.model = ? WHERE v.statement IS NULL"


class Embedder(Protocol):
    """What makes vectors: `encode` gives one row a text, each of length 1; vectors of two names are not compared."""

    @property
    def name(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> Floats: ...


def missing(archive: Archive, model: str) -> int:
    """How many statements have no vector of that model yet."""
    return int(one(archive.database, f"SELECT COUNT(*) {MISSING}", (model,)) or 0)


def build(archive: Archive, embedder: Embedder, progress: Callable[[int], None] = lambda n: None) -> int:
    """Make the vectors that are missing, and return how many. Safe after every 256: stopped, it goes on there later.

    `progress` is called with how many were just made.
    """
    database = archive.database
    near = _pgvector(database, embedder.dimensions)
    made: list[int] = []
    last = 0
    while rows := database.rows(
        f"SELECT s.id, s.content {MISSING} AND s.id > ? ORDER BY s.id LIMIT ?", (embedder.name, last, BATCH)
    ):
        ids = [id for id, _ in rows]
        vectors = packed(embedder.encode([content[:LONGEST] for _, content in rows]))
        with database.writing():
            run_in(database, "DELETE FROM vectors WHERE statement IN {in}", ids)
            rows_made = [
                (id, embedder.name, vector.tobytes(), crc32(vector.tobytes()), *([_written(vector)] if near else []))
                for id, vector in zip(ids, vectors, strict=True)
            ]
            database.load("vectors", ("statement", "model", "vector", "crc", "near")[: 4 + near], rows_made)
        made += ids
        last = ids[-1]
        progress(len(ids))
    _build_neighbours(archive, embedder, made, near)
    return len(made)


def like(archive: Archive, embedder: Embedder, wanted: int | str, n: int = 10) -> tuple[Hit, ...]:
    """The `n` statements nearest to a statement, given by its id, or to words, the nearest first.

    Each hit's `score.fit` is the cosine, -1 to 1. Raises NoSuchEntry for an id that is none, ArchiveError while no
    vectors were made: `build` makes them.
    """
    database = archive.database
    with database.reading():
        if not one(database, "SELECT 1 FROM vectors WHERE model = ? LIMIT 1", (embedder.name,)):
            raise ArchiveError(
                f"no vectors of {embedder.name} in {archive.where}",
                "those of its statements",
                "Make them: onrecord likeness --build",
            )
        vector = _vector(database, embedder, wanted)
        near = _nearest(archive, embedder, vector, n * SPARE + 1)
        found = {id: cosine for id, cosine in near if id != wanted}
        page = [(id, Score(round(cosine, 4), 0.0, 0.0)) for id, cosine in found.items()]
        shown = set(_searchable(database, list(found)))
        return hits_of(database, "statements", NOTHING, [each for each in page if each[0] in shown][:n])


NOTHING = Planned(Row(()), ())


def packed(vectors: Floats) -> Bytes:
    """Rows of length 1 as bytes of length 127."""
    rows: Bytes = np.clip(np.rint(vectors * LENGTH), -LENGTH, LENGTH).astype(np.int8)
    return rows


def _vector(database: Database, embedder: Embedder, wanted: int | str) -> Bytes:
    if isinstance(wanted, str):
        return _encoded(embedder, wanted)
    row = database.row(
        "SELECT s.content, v.vector FROM statements s LEFT JOIN vectors v ON v.statement = s.id AND v.model = ?"
        " WHERE s.id = ?",
        (embedder.name, wanted),
    )
    if row is None:
        raise NoSuchEntry(f"statement {wanted}", "the id of a statement in the archive", "Look it up: onrecord search")
    if row[1] is None:
        return _encoded(embedder, row[0])
    return np.frombuffer(row[1], np.int8)


def _encoded(embedder: Embedder, text: str) -> Bytes:
    vector: Bytes = packed(embedder.encode([text[:LONGEST]]))[0]
    return vector


def _searchable(database: Database, ids: Sequence[int]) -> Iterator[int]:
    yield from (row[0] for row in rows_in(database, f"SELECT s.id FROM {SHOWN} WHERE s.id IN {{in}}", ids))


def _nearest(archive: Archive, embedder: Embedder, vector: Bytes, n: int) -> list[tuple[int, float]]:
    """Ids and cosines, the nearest first."""
    database = archive.database
    if _has_near(database):
        sql = (
            "SELECT statement, 1 - (near <=> ?::halfvec) FROM vectors WHERE model = ?"
            " ORDER BY near <=> ?::halfvec LIMIT ?"
        )
        written = _written(vector)
        return [(id, float(cosine)) for id, cosine in database.rows(sql, (written, embedder.name, written, n))]
    file = _file(archive)
    if file is not None and file.exists():
        with contextlib.suppress(MissingExtra):
            return Neighbours(file, embedder.name, embedder.dimensions).nearest(vector, n)
    return _compared(database, embedder.name, vector, n)


def _compared(database: Database, model: str, vector: Bytes, n: int) -> list[tuple[int, float]]:
    """The same with every vector looked at."""
    best: list[tuple[float, int]] = []
    asked = vector.astype(np.float32)
    asked /= max(1e-9, float(np.linalg.norm(asked)))
    for ids, vectors in _all(database, model):
        rows = vectors.astype(np.float32)
        cosines = (rows @ asked) / np.maximum(np.linalg.norm(rows, axis=1), 1e-9)
        top = np.argsort(-cosines, kind="stable")[:n]
        best = sorted([*best, *((-float(cosines[at]), ids[at]) for at in top)])[:n]
    return [(id, -negative) for negative, id in best]


def _all(database: Database, model: str, ids: Sequence[int] | None = None) -> Iterator[tuple[list[int], Bytes]]:
    """All vectors of a model, or those of `ids`, in pieces."""
    if ids is not None:
        sql = "SELECT statement, vector FROM vectors WHERE statement IN {in}"
        for at in range(0, len(ids), AT_ONCE):
            yield _stacked(list(rows_in(database, sql, ids[at : at + AT_ONCE])))
        return
    last = 0
    sql = "SELECT statement, vector FROM vectors WHERE model = ? AND statement > ? ORDER BY statement LIMIT ?"
    while rows := database.rows(sql, (model, last, AT_ONCE)):
        yield _stacked(rows)
        last = rows[-1][0]


def _stacked(rows: Sequence[tuple[int, bytes]]) -> tuple[list[int], Bytes]:
    ids = [id for id, _ in rows]
    return ids, np.frombuffer(b"".join(vector for _, vector in rows), np.int8).reshape(len(ids), -1)


def _build_neighbours(archive: Archive, embedder: Embedder, made: Sequence[int], near: bool) -> None:
    """Bring the index of near neighbours in step, where there are vectors enough to need one."""
    database = archive.database
    total = one(database, "SELECT COUNT(*) FROM vectors WHERE model = ?", (embedder.name,)) or 0
    if total <= EXACT:
        return
    if near:
        database.run("CREATE INDEX IF NOT EXISTS vectors_by_near ON vectors USING hnsw (near halfvec_cosine_ops)")
        return
    file = _file(archive)
    if file is None:
        return
    index = Neighbours(file, embedder.name, embedder.dimensions)
    kept = {id for (id,) in database.rows("SELECT statement FROM vectors WHERE model = ?", (embedder.name,))}
    index.drop((index.ids() - kept) | {*made})
    for ids, vectors in _all(database, embedder.name, sorted(kept - index.ids())):
        index.add(ids, vectors)
    index.save()


def _file(archive: Archive) -> Path | None:
    """Where the index of neighbours is: beside a SQLite archive."""
    return Path(f"{archive.where}.likeness") if archive.database.dialect == "sqlite" else None


def _pgvector(database: Database, dimensions: int) -> bool:
    """Whether the database compares vectors itself; the column for it is made where it can be."""
    if database.dialect == "sqlite" or not one(database, "SELECT 1 FROM pg_available_extensions WHERE name = 'vector'"):
        return False
    if not _has_near(database):
        with contextlib.suppress(ArchiveError), database.writing():
            database.run("CREATE EXTENSION IF NOT EXISTS vector")
            database.run("DELETE FROM vectors")
            database.run(f"ALTER TABLE vectors ADD COLUMN near halfvec({int(dimensions)})")
    return _has_near(database)


def _has_near(database: Database) -> bool:
    if database.dialect == "sqlite":
        return False
    sql = "SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass('vectors') AND attname = 'near' AND NOT attisdropped"
    return one(database, sql) is not None


def _written(vector: Bytes) -> str:
    return f"[{','.join(map(str, vector.tolist()))}]"
