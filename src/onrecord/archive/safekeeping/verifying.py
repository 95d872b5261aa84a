"""Is the archive whole, and as onrecord wrote it? Every span slices its text, every digest is that of its text, every
pointer leads somewhere; searches and traces look up what is kept; seals are whole, and the log is as it was written."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from onrecord.archive.indexing.fingerprints import Fingerprints
from onrecord.archive.indexing.tallies import miscounted
from onrecord.archive.indexing.upkeep import out_of_step
from onrecord.archive.safekeeping import index_check
from onrecord.archive.safekeeping.faults import DAMAGE, Fault
from onrecord.archive.safekeeping.schema_check import schema_faults
from onrecord.archive.safekeeping.sealing import broken_chain, broken_heads, broken_seals
from onrecord.archive.store.database import Database, one, rows_in
from onrecord.archive.store.loading import load_record
from onrecord.archive.store.rows import words_of
from onrecord.errors import LockedArchive, MissingArchive, OnrecordError
from onrecord.records.codec import spans_from

if TYPE_CHECKING:
    from onrecord.archive.store.opening import Archive

AT_ONCE = 200
TOLD_OF_A_KIND = 100
POINTERS = {
    "articles.current": "articles a LEFT JOIN readings r ON r.id = a.current AND r.article = a.id"
    " WHERE a.current IS NOT NULL AND r.id IS NULL",
    "articles: a reading, and none is current": "articles a WHERE a.current IS NULL"
    " AND EXISTS (SELECT 1 FROM readings r WHERE r.article = a.id)",
    "readings.article": "readings a LEFT JOIN articles b ON b.id = a.article WHERE b.id IS NULL",
    "statements.article": "statements a JOIN readings r ON r.id = a.reading WHERE r.article <> a.article",
    "statements.speaker": "statements a LEFT JOIN entities e ON e.id = a.speaker AND e.reading = a.reading"
    " WHERE a.speaker IS NOT NULL AND e.id IS NULL",
    "statements.person": "statements a LEFT JOIN entities e ON e.id = a.speaker"
    " WHERE COALESCE(a.person, 0) <> COALESCE(e.person, 0)",
    "statements.relayed_by": "statements a LEFT JOIN entities e ON e.id = a.relayed_by AND e.reading = a.reading"
    " WHERE a.relayed_by IS NOT NULL AND e.id IS NULL",
    "statements.occasion": "statements a LEFT JOIN occasions o ON o.id = a.occasion AND o.reading = a.reading"
    " WHERE a.occasion IS NOT NULL AND o.id IS NULL",
    "abouts.entity": "statements a JOIN abouts b ON b.statement = a.id"
    " LEFT JOIN entities e ON e.id = b.entity AND e.reading = a.reading WHERE e.id IS NULL",
    "abouts.person": "statements a JOIN abouts b ON b.statement = a.id JOIN entities e ON e.id = b.entity"
    " WHERE COALESCE(b.person, 0) <> COALESCE(e.person, 0)",
    "people.merged_into": "people a JOIN people b ON b.id = a.merged_into WHERE b.merged_into IS NOT NULL",
}
"""For each pointer, what finds the rows (as `a`) that it does not hold for."""
NEEDED = {
    "outlets": ("id", "outlet"),
    "stories": ("id", "story"),
    "texts": ("sha256",) * 2,
    "pages": ("sha256", "page"),
}
"""What is kept for articles only: its key, and the column of articles that points to it."""
WORKED_OUT = {"search", "copies", "sketches", "tallies", "fingerprints", "unfingerprinted", "vectors"}
NUMBERED = (
    *("articles", "stories", "outlets", "people", "runs", "readings", "entities", "occasions", "statements"),
    *("corrections", "erasures"),
)


def verify(
    archive: Archive,
    progress: Callable[[int, int], None] = lambda done, of: None,
    *,
    fingerprints: Fingerprints | None = None,
) -> Iterator[Fault]:
    """Every fault of the archive, as it was when the check began. `progress` is told articles done, and of how many.

    `fingerprints` gives those of a text; left out, those that are kept are not compared.
    """
    database = archive.database
    yield from index_check.structure(archive)
    with database.reading():
        for name, check in (
            ("file", _file(archive)),
            ("schema", schema_faults(database)),
            ("pointers", _pointers(archive)),
            ("pages", _pages(archive)),
            ("corrections", broken_chain(database)),
            ("seals", broken_heads(database)),
            *((kind, _sealed(database, kind)) for kind in ("people", "runs", "erasures")),
            ("search", index_check.entries(database)),
            ("vectors", index_check.vectors(database)),
        ):
            yield from _told(name, check)
        ids = [id for (id,) in database.rows("SELECT id FROM articles ORDER BY id")]
        for at in range(0, len(ids), AT_ONCE):
            some = ids[at : at + AT_ONCE]
            yield from _told("articles", _articles(archive, some))
            yield from _told("articles", broken_seals(database, "articles", some))
            yield from _told("copies", broken_seals(database, "copies", some))
            if fingerprints:
                yield from _told("fingerprints", index_check.fingerprints(database, some, fingerprints))
            progress(min(len(ids), at + AT_ONCE), len(ids))


def _told(name: str, check: Iterator[Fault]) -> Iterator[Fault]:
    """What a check finds, and that it could not go on where what it reads is damaged."""
    try:
        yield from check
    except (LockedArchive, MissingArchive):
        raise
    except DAMAGE as error:
        yield Fault(name, "check", f"cannot be gone through: {_said(error)}", derived=name in WORKED_OUT)


def _said(error: BaseException) -> str:
    return error.seen if isinstance(error, OnrecordError) else f"{type(error).__name__}: {error}"


def _file(archive: Archive) -> Iterator[Fault]:
    if archive.database.dialect != "sqlite":
        return
    for (told,) in archive.database.rows("PRAGMA integrity_check"):
        if told != "ok":
            yield Fault("file", archive.where, told)
    for table, row, parent, _ in archive.database.rows("PRAGMA foreign_key_check"):
        yield Fault(table, row, f"points to no row of {parent}", derived=table in WORKED_OUT)


def _sealed(database: Database, kind: str) -> Iterator[Fault]:
    ids = [id for (id,) in database.rows(f"SELECT id FROM {kind} ORDER BY id")]
    for at in range(0, len(ids), AT_ONCE):
        yield from broken_seals(database, kind, ids[at : at + AT_ONCE])


def _pointers(archive: Archive) -> Iterator[Fault]:
    for name, found in POINTERS.items():
        for (id,) in archive.database.rows(f"SELECT a.id FROM {found} ORDER BY a.id LIMIT {TOLD_OF_A_KIND}"):
            yield Fault(re.split(r"\W", name)[0], id, f"{name} does not hold")
    for table, (key, column) in NEEDED.items():
        sql = f"SELECT {key} FROM {table} t WHERE NOT EXISTS (SELECT 1 FROM articles a WHERE a.{column} = t.{key})"
        for (id,) in archive.database.rows(f"{sql} ORDER BY 1 LIMIT {TOLD_OF_A_KIND}"):
            yield Fault(table, id, "belongs to no article")
    for name in NUMBERED:
        last = one(archive.database, "SELECT last FROM numbers WHERE name = ?", (name,)) or 0
        if last < (one(archive.database, f"SELECT MAX(id) FROM {name}") or 0):
            yield Fault("numbers", name, f"ends at {last}, and higher ones were given out", derived=True)


def _pages(archive: Archive) -> Iterator[Fault]:
    for sha256, packed in archive.database.each("SELECT sha256, bytes FROM pages"):
        try:
            digest = hashlib.sha256(zlib.decompress(bytes(packed))).hexdigest()
        except zlib.error as error:
            yield Fault("pages", sha256, f"cannot be unpacked: {error}")
            continue
        if digest != sha256:
            yield Fault("pages", sha256, f"has digest {digest}")


def _articles(archive: Archive, ids: list[int]) -> Iterator[Fault]:
    database = archive.database
    sql = "SELECT a.id, a.sha256, t.text FROM articles a LEFT JOIN texts t ON t.sha256 = a.sha256 WHERE a.id IN {in}"
    texts: dict[int, str] = {}
    for id, sha256, text in rows_in(database, sql, ids):
        if text is None:
            yield Fault("articles", id, "its text is gone")
            continue
        texts[id] = text
        if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != sha256:
            yield Fault("articles", id, "its text is not the one its digest was taken of")
    sql = (
        "SELECT id, article, start, content_spans, source_spans, cue_spans, content, source, cue"
        " FROM statements WHERE article IN {in} ORDER BY id"
    )
    for row in rows_in(database, sql, ids):
        if row[1] in texts and (what := _wrong(row, texts[row[1]])):
            yield Fault("statements", row[0], what)
    for id in texts:
        try:
            load_record(archive, id)
        except DAMAGE as error:
            yield Fault("articles", id, f"its record contradicts itself: {_said(error)}")
    for article, person in miscounted(archive.database, ids):
        yield Fault("tallies", article, f"not what counting gives for person {person}", derived=True)
    yield from _search(archive, ids)


def _search(archive: Archive, ids: list[int]) -> Iterator[Fault]:
    try:
        for id in out_of_step(archive, ids):
            yield Fault("articles", id, "is not found by searches as it stands", derived=True)
    except DAMAGE as error:
        if len(ids) > 1:  # one of them is damaged, which is told above: look at each alone
            for id in ids:
                yield from _search(archive, [id])
        else:
            yield Fault("articles", ids[0], f"cannot be compared with its index: {_said(error)}", derived=True)


def _wrong(row: tuple[Any, ...], text: str) -> str | None:
    """What does not hold of the spans of one statement, if anything."""
    _, _, start, *columns = row
    starts = []
    for spans_json, words, role in zip(columns[:3], columns[3:], ("content", "source", "cue"), strict=True):
        try:
            spans = spans_from(spans_json)
        except (OnrecordError, ValueError, TypeError) as error:
            return f"{role}: no spans ({error})"
        if spans and spans[-1].end > len(text):
            return f"{role} up to {spans[-1].end} in a text of length {len(text)}"
        if words_of(spans, text) != words:
            return f"{role} {words[:40]!r} is not what stands at its spans"
        starts += [span.start for span in spans]
    return None if min(starts, default=-1) == start else f"start {start} is not where it starts"
