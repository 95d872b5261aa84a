"""Erasing: an article, or a person with all their statements, leaves the archive, and a receipt without names stays.

The rows go, and with them the index entries, links, log texts, and texts and pages that nothing else needs. SQLite
overwrites what is deleted (`secure_delete`); copies made before (backups, exports) are not reached, and the receipt
says so.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.archive.correcting.correction_log import checked, redact
from onrecord.archive.indexing.copies import unlink
from onrecord.archive.indexing.upkeep import index_articles, unindex_article
from onrecord.archive.safekeeping.sealing import seal
from onrecord.archive.store.database import allocate, one, rows_in, run_in
from onrecord.archive.store.loading import no_such_article
from onrecord.errors import NoSuchEntry

if TYPE_CHECKING:
    from onrecord.archive.store.opening import Archive

NOT_REACHED = "backups, exports and copies made before are not reached"
LOCAL = "SELECT local FROM entities WHERE id = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was forgotten: how much, when, at whose word; `digests` are SHA-256 of texts that left the archive."""

    id: int
    at: str
    who: str
    why: str
    articles: int
    statements: int
    entities: int
    digests: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """As plain JSON values."""
        return {
            "id": self.id,
            "at": self.at,
            "who": self.who,
            "why": self.why,
            "articles": self.articles,
            "statements": self.statements,
            "entities": self.entities,
            "digests": list(self.digests),
            "note": NOT_REACHED,
        }


def forget_article(archive: Archive, article: int, *, who: str, why: str = "", versions: bool = True) -> Receipt:
    """Erase an article, with all versions of its story unless `versions` is False, and all that was found in it.

    Raises NoSuchEntry where there is no such article.
    """
    who = checked(who, why)
    database = archive.database
    with _overwriting(archive), database.writing():
        story = one(database, "SELECT story FROM articles WHERE id = ?", (article,))
        if story is None:
            raise no_such_article(article)
        column, value = ("story", story) if versions else ("id", article)
        held = database.rows(f"SELECT id, sha256, page, outlet FROM articles WHERE {column} = ? ORDER BY id", (value,))
        ids = [id for id, *_ in held]
        people = _people_in(archive, ids)
        statements, entities = _erase_articles(archive, ids)
        for id in ids:
            unlink(database, id)
        run_in(database, "DELETE FROM articles WHERE id IN {in}", ids)
        index_articles(archive, [id for (id,) in database.rows("SELECT id FROM articles WHERE story = ?", (story,))])
        database.run("DELETE FROM stories WHERE id = ? AND id NOT IN (SELECT story FROM articles)", (story,))
        digests = _drop_texts(archive, [row[1] for row in held], [row[2] for row in held])
        _drop_people(archive, people)
        _drop_outlets(archive, {row[3] for row in held if row[3] is not None})
        for kind in ("articles", "copies"):
            seal(database, kind, ids)
        return _receipt(archive, who, why, len(ids), statements, entities, digests)


def forget_person(archive: Archive, person: int, *, who: str, why: str = "") -> Receipt:
    """Erase somebody's statements and every entity that is they, in all readings; the articles themselves stay.

    In articles that stay, their name still stands in the printed text: forget those articles too where that must go.
    Raises NoSuchEntry where there is no such person.
    """
    who = checked(who, why)
    database = archive.database
    with _overwriting(archive), database.writing():
        row = database.row("SELECT COALESCE(merged_into, id) FROM people WHERE id = ?", (person,))
        if row is None:
            raise NoSuchEntry(f"person {person}", "an id of the archive", "Type onrecord speakers")
        ids = [row[0], *(id for (id,) in database.rows("SELECT id FROM people WHERE merged_into = ?", (row[0],)))]
        names = [name for (name,) in rows_in(database, "SELECT name FROM people WHERE id IN {in}", ids)]
        entities = [
            (id, reading)
            for id, reading in rows_in(database, "SELECT id, reading FROM entities WHERE person IN {in}", ids)
        ]
        said = [id for (id,) in rows_in(database, "SELECT id FROM statements WHERE person IN {in}", ids)]
        articles = _articles_of(archive, {reading for _, reading in entities})
        _drop_statements(archive, said)
        _drop_entities(archive, entities)
        articles |= _drop_namesakes(archive, names)
        redact(archive, statements=said, people=ids, words=names)
        run_in(database, "UPDATE people SET merged_into = NULL WHERE merged_into IN {in}", ids)
        run_in(database, "DELETE FROM people WHERE id IN {in}", ids)
        seal(database, "people", ids)
        index_articles(archive, sorted(articles))
        return _receipt(archive, who, why, 0, len(said), len(entities), ())


def receipts(archive: Archive) -> tuple[Receipt, ...]:
    """What was forgotten so far."""
    rows = archive.database.rows("SELECT id, at, who, why, articles, statements, receipt FROM erasures ORDER BY id")
    found = []
    for id, at, who, why, articles, statements, more in rows:
        told = json.loads(more)
        found.append(
            Receipt(
                id=id,
                at=at,
                who=who,
                why=why,
                articles=articles,
                statements=statements,
                entities=told["entities"],
                digests=tuple(told["digests"]),
            )
        )
    return tuple(found)


def _erase_articles(archive: Archive, ids: Sequence[int]) -> tuple[int, int]:
    """Take what was found in these articles out of index, log and tables; how many statements and entities it was."""
    database = archive.database
    for id in ids:
        unindex_article(archive, id)
    said = [id for (id,) in rows_in(database, "SELECT id FROM statements WHERE article IN {in}", ids)]
    readings = [id for (id,) in rows_in(database, "SELECT id FROM readings WHERE article IN {in}", ids)]
    redact(archive, articles=ids, statements=said)
    _drop_statements(archive, said)
    entities = run_in(database, "DELETE FROM entities WHERE reading IN {in}", readings)
    for table in ("occasions", "asserted"):
        run_in(database, f"DELETE FROM {table} WHERE reading IN {{in}}", readings)
    run_in(database, "DELETE FROM readings WHERE id IN {in}", readings)
    return len(said), entities


def _drop_statements(archive: Archive, ids: Iterable[int]) -> None:
    """Delete statements; what hung on one of them hangs on nothing now."""
    database = archive.database
    ids = list(ids)
    for reading, local in list(rows_in(database, "SELECT reading, local FROM statements WHERE id IN {in}", ids)):
        for link in ("carried_from", "within"):
            database.run(f"UPDATE statements SET {link} = NULL WHERE reading = ? AND {link} = ?", (reading, local))
        database.run("UPDATE asserted SET statement = NULL WHERE reading = ? AND statement = ?", (reading, local))
    run_in(database, "DELETE FROM abouts WHERE statement IN {in}", ids)
    run_in(database, "DELETE FROM statements WHERE id IN {in}", ids)


def _drop_entities(archive: Archive, entities: Iterable[tuple[int, int]]) -> None:
    """Delete entities (id and reading) and every pointer to them."""
    database = archive.database
    for id, reading in entities:
        local = one(database, LOCAL, (id,))
        database.run(
            "DELETE FROM abouts WHERE entity = ? AND statement IN (SELECT id FROM statements WHERE reading = ?)",
            (id, reading),
        )
        database.run("UPDATE statements SET relayed_by = NULL WHERE reading = ? AND relayed_by = ?", (reading, id))
        database.run("UPDATE statements SET speaker = NULL WHERE reading = ? AND speaker = ?", (reading, id))
        database.run("UPDATE entities SET of = NULL WHERE reading = ? AND of = ?", (reading, local))
        database.run("UPDATE occasions SET medium = NULL WHERE reading = ? AND medium = ?", (reading, local))
        for statement, candidates in database.rows(
            "SELECT id, candidates FROM statements WHERE reading = ? AND candidates <> '[]'", (reading,)
        ):
            left = [pair for pair in json.loads(candidates) if pair[0] != local]
            database.run(
                "UPDATE statements SET candidates = ? WHERE id = ?",
                (json.dumps(left, ensure_ascii=False, separators=(",", ":")), statement),
            )
        database.run("DELETE FROM entities WHERE id = ?", (id,))


def _drop_namesakes(archive: Archive, names: Sequence[str]) -> set[int]:
    """Take somebody out of the lists of whom other entities could be; the articles where they were."""
    readings: set[int] = set()
    for name in dict.fromkeys(names):
        inner = json.dumps(name, ensure_ascii=False)
        pattern = inner.replace("!", "!!").replace("%", "!%").replace("_", "!_")
        sql = "SELECT id, reading, more FROM entities WHERE more LIKE ? ESCAPE '!'"
        for id, reading, more in archive.database.rows(sql, (f"%{pattern}%",)):
            readings.add(reading)
            told = json.loads(more)
            told["namesakes"] = [namesake for namesake in told.get("namesakes", ()) if namesake[1] != name]
            packed = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
            archive.database.run("UPDATE entities SET more = ? WHERE id = ?", (packed, id))
    return _articles_of(archive, readings)


def _drop_texts(archive: Archive, texts: Sequence[str], pages: Sequence[str | None]) -> tuple[str, ...]:
    """Delete texts and pages that no article needs; the digests of the texts that went."""
    database = archive.database
    gone = []
    for sha256 in dict.fromkeys(texts):
        if one(database, "SELECT 1 FROM articles WHERE sha256 = ?", (sha256,)) is None:
            gone.append(sha256)
            database.run("DELETE FROM texts WHERE sha256 = ?", (sha256,))
    for page in filter(None, dict.fromkeys(pages)):
        if one(database, "SELECT 1 FROM articles WHERE page = ?", (page,)) is None:
            database.run("DELETE FROM pages WHERE sha256 = ?", (page,))
    return tuple(gone)


def _people_in(archive: Archive, articles: Sequence[int]) -> set[int]:
    sql = "SELECT DISTINCT e.person FROM readings r JOIN entities e ON e.reading = r.id WHERE r.article IN {in}"
    return {person for (person,) in rows_in(archive.database, sql, articles) if person is not None}


def _drop_people(archive: Archive, people: Collection[int]) -> None:
    """Delete those of `people` whom no entity is any more, and whom nobody corrected, merged or split."""
    for id in sorted(people):
        archive.database.run(
            "DELETE FROM people WHERE id = ? AND merged_into IS NULL"
            " AND NOT EXISTS (SELECT 1 FROM entities WHERE person = ?)"
            " AND NOT EXISTS (SELECT 1 FROM people p WHERE p.merged_into = ?)"
            " AND NOT EXISTS (SELECT 1 FROM corrections WHERE person = ?)",
            (id, id, id, id),
        )
    seal(archive.database, "people", people)


def _drop_outlets(archive: Archive, outlets: Iterable[int]) -> None:
    for id in sorted(outlets):
        archive.database.run(
            "DELETE FROM outlets WHERE id = ? AND NOT EXISTS (SELECT 1 FROM articles WHERE outlet = ?)", (id, id)
        )


def _articles_of(archive: Archive, readings: Iterable[int]) -> set[int]:
    rows = rows_in(archive.database, "SELECT DISTINCT article FROM readings WHERE id IN {in}", readings)
    return {article for (article,) in rows}


def _receipt(
    archive: Archive, who: str, why: str, articles: int, statements: int, entities: int, digests: Sequence[str]
) -> Receipt:
    receipt = Receipt(
        id=allocate(archive.database, "erasures"),
        at=archive.now(),
        who=who,
        why=why,
        articles=articles,
        statements=statements,
        entities=entities,
        digests=tuple(digests),
    )
    archive.database.load(
        "erasures",
        ("id", "at", "who", "why", "articles", "statements", "receipt"),
        [
            (
                receipt.id,
                receipt.at,
                who,
                why,
                articles,
                statements,
                json.dumps({"entities": entities, "digests": receipt.digests}),
            )
        ],
    )
    seal(archive.database, "erasures", [receipt.id])
    return receipt


@contextmanager
def _overwriting(archive: Archive) -> Iterator[None]:
    """What is deleted inside is overwritten in the file, and its log emptied; PostgreSQL does so when it vacuums.

    An index of FTS5 keeps the words of what was deleted until its parts are merged, so they are merged here.
    """
    database = archive.database
    if database.dialect != "sqlite":
        yield
        return
    database.rows("PRAGMA secure_delete = ON")
    try:
        yield
        with database.writing():
            for (name,) in database.rows("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5(%'"):
                database.run(f"INSERT INTO {name} ({name}) VALUES ('optimize')")
    finally:
        database.rows("PRAGMA secure_delete = OFF")
    database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
