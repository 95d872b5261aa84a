"""What shows a change that onrecord did not make: seals over rows, and the log of corrections as a chain.

A seal is a digest of all rows of one article, person, run or receipt. Whoever changes them by right seals them anew,
in the same transaction. A correction's link holds the link before it, so none can be changed, left out, put in or cut
off unseen. Forgetting empties what a correction said and throws away its salt: the link stays, and tells nothing.

Seals have no key. They tell of damage and of changes by hand, not of somebody who reckons all of them anew.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from onrecord.archive.safekeeping.faults import Fault
from onrecord.archive.store.database import Database, one, rows_in, run_in
from onrecord.archive.store.rows import COLUMNS

BITS = 128
KINDS: Mapping[str, Sequence[str]] = {
    "articles": (),
    "copies": (
        "SELECT id FROM articles WHERE id IN {in}",
        "SELECT article, of, share FROM copies WHERE article IN {in} ORDER BY of",
        "SELECT article, band FROM sketches WHERE article IN {in} ORDER BY band",
    ),
    "people": ("SELECT id, key, name, kind, wikidata, merged_into FROM people WHERE id IN {in}",),
    "runs": ("SELECT id, label, engine, model, model_sha256, started, finished FROM runs WHERE id IN {in}",),
    "erasures": ("SELECT id, at, who, why, articles, statements, receipt FROM erasures WHERE id IN {in}",),
}
"""What each kind of seal is taken of. That of an article is taken of its row, with the key of its story, the name of
its outlet and the type of its page, and of each of its readings."""
ARTICLE = (
    f"SELECT {', '.join(f'a.{name}' for name in COLUMNS['articles'])}, s.key, o.name, p.media_type FROM articles a"
    " LEFT JOIN stories s ON s.id = a.story LEFT JOIN outlets o ON o.id = a.outlet"
    " LEFT JOIN pages p ON p.sha256 = a.page WHERE a.id IN {in}"
)
READ = {
    "entities": "SELECT reading, {columns} FROM entities t WHERE reading IN {in} ORDER BY id",
    "occasions": "SELECT reading, {columns} FROM occasions t WHERE reading IN {in} ORDER BY id",
    "statements": "SELECT reading, {columns} FROM statements t WHERE reading IN {in} ORDER BY id",
    "abouts": "SELECT s.reading, {columns} FROM statements s JOIN abouts t ON t.statement = s.id"
    " WHERE s.reading IN {in} ORDER BY t.statement, t.place",
    "asserted": "SELECT reading, {columns} FROM asserted t WHERE reading IN {in} ORDER BY place",
}
"""The rows of a reading, by table, in the order in which they are sealed."""
SEALED_FIRST = {"occasions": 12, "statements": 27}
"""How many columns a table had when its rows were first sealed."""
TABLES = {"copies": "articles"}  # of the things sealed, where it is not called like the kind
CHAINED = ("id", "at", "who", "action", "article", "statement", "person", "undoes")
SAID = ("before", "after", "why")
EMPTIED = ["{}", "{}", ""]

_dump = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def seal(database: Database, kind: str, ids: Iterable[int]) -> None:
    """Seal these things as they are now; the seals of those that are gone go. Inside `writing`."""
    ids = list(dict.fromkeys(ids))
    before = _sealed(database, kind, ids)
    after = digests(database, kind, ids)
    changed = [id for id in ids if before.get(id) != after.get(id)]
    run_in(
        database, f"DELETE FROM seals WHERE kind = '{kind}' AND id IN {{in}}", [id for id in changed if id in before]
    )
    put_seals(
        database,
        kind,
        {id: after[id] for id in changed if id in after},
        [before[id] for id in changed if id in before],
    )


def put_seals(database: Database, kind: str, made: Mapping[int, str], gone: Collection[str] = ()) -> None:
    """Put these seals in, in the place of those that are `gone`. Inside `writing`."""
    if not made and not gone:
        return
    database.load("seals", ("kind", "id", "digest"), [(kind, id, digest) for id, digest in made.items()])
    number, head = database.row("SELECT number, head FROM heads WHERE kind = ?", (kind,)) or (0, "")
    given = (number + len(made) - len(gone), _together((head, *made.values(), *gone)), kind)
    database.run("UPDATE heads SET number = ?, head = ? WHERE kind = ?", given)


def digests(database: Database, kind: str, ids: Sequence[int]) -> dict[int, str]:
    """The digest of each of these things that is there."""
    if kind == "articles":
        return _articles(database, ids)
    first, *more = KINDS[kind]
    held: dict[int, list[Any]] = {row[0]: [row] for row in rows_in(database, first, ids)}
    for sql in more:
        for parts in held.values():
            parts.append([])
        for id, *row in rows_in(database, sql, ids):
            held[id][-1].append(row)
    return {id: digest_of(parts) for id, parts in held.items()}


def digest_of(rows: Sequence[Any]) -> str:
    """The digest of rows, as lists or tuples."""
    return hashlib.sha256(_utf8(_dump(rows))).hexdigest()[: BITS // 4]


def _articles(database: Database, ids: Sequence[int]) -> dict[int, str]:
    readings: dict[int, list[Any]] = {}
    of: dict[int, list[int]] = {}
    columns = ", ".join(COLUMNS["readings"])
    for row in rows_in(database, f"SELECT {columns} FROM readings WHERE article IN {{in}} ORDER BY id", ids):
        made = dict(zip(COLUMNS["readings"], row, strict=True))
        readings[made["id"]] = [row, *([] for _ in READ)]
        of.setdefault(made["article"], []).append(made["id"])
    for place, (table, sql) in enumerate(READ.items(), 1):
        sql = sql.replace("{columns}", ", ".join(f"t.{name}" for name in COLUMNS[table]))
        for reading, *found in rows_in(database, sql, readings):
            readings[reading][place].append(_as_sealed(table, found))
    return {
        row[0]: digest_of([row, [digest_of(readings[reading]) for reading in of.get(row[0], ())]])
        for row in rows_in(database, ARTICLE, ids)
    }


def _as_sealed(table: str, row: list[Any]) -> list[Any]:
    """The row without what a later version of onrecord added and nothing stands in: its seal holds as it was taken."""
    while len(row) > SEALED_FIRST.get(table, len(row)) and row[-1] is None:
        row.pop()
    return row


def seal_the_rest(database: Database) -> int:
    """Seal what was kept before there were seals; how many things that were. Inside `writing`."""
    sealed = 0
    for kind in KINDS:
        rest = (
            f"SELECT id FROM {TABLES.get(kind, kind)} WHERE id NOT IN (SELECT id FROM seals WHERE kind = ?) ORDER BY id"
        )
        ids = [id for (id,) in database.rows(rest, (kind,))]
        for at in range(0, len(ids), 200):
            seal(database, kind, ids[at : at + 200])
        database.run("UPDATE heads SET since = 0 WHERE kind = ?", (kind,))
        sealed += len(ids)
    return sealed


def broken_seals(database: Database, kind: str, ids: Sequence[int]) -> Iterator[Fault]:
    """Those of the things with these ids, all of which are there, that are not as they were sealed."""
    since = one(database, "SELECT since FROM heads WHERE kind = ?", (kind,)) or 0
    sealed = _sealed(database, kind, ids)
    for id, digest in digests(database, kind, ids).items():
        if id in sealed and sealed[id] != digest:
            yield Fault(kind, id, "is not as onrecord wrote it: its seal is broken", derived=kind == "copies")
        elif id not in sealed and id > since:
            yield Fault(kind, id, "was not written by onrecord: it has no seal", derived=kind == "copies")


def broken_heads(database: Database) -> Iterator[Fault]:
    """What is sealed and gone, and seals that are not those that were made."""
    heads = {kind: (number, head) for kind, number, head in database.rows("SELECT kind, number, head FROM heads")}
    for kind in KINDS:
        gone = (
            f"SELECT id FROM seals WHERE kind = ? AND id NOT IN (SELECT id FROM {TABLES.get(kind, kind)}) ORDER BY id"
        )
        for (id,) in database.rows(gone, (kind,)):
            yield Fault(kind, id, "is gone, and nobody had onrecord forget it")
        number, head = 0, ""
        for (digest,) in database.each("SELECT digest FROM seals WHERE kind = ?", (kind,)):
            number, head = number + 1, _together((head, digest))
        if heads.get(kind) != (number, head):
            yield Fault("seals", kind, "are not those that onrecord made")
    for kind in heads.keys() - {*KINDS, "corrections"}:
        yield Fault("heads", kind, "is nothing that onrecord seals")
    known = ", ".join(f"'{kind}'" for kind in KINDS)
    for (kind,) in database.rows(f"SELECT DISTINCT kind FROM seals WHERE kind NOT IN ({known})"):
        yield Fault("seals", kind, "is nothing that onrecord seals")


def chain(database: Database, correction: int) -> None:
    """Bind that row of the log, just written, to the one before. Inside `writing`."""
    row = database.row(f"SELECT {', '.join((*CHAINED, *SAID))} FROM corrections WHERE id = ?", (correction,))
    assert row is not None
    salt = secrets.token_hex(16)
    said = _digest(salt, *row[-3:])
    number, head = database.row("SELECT number, head FROM heads WHERE kind = 'corrections'") or (0, "")
    link = _digest(head, *row[:-3], said)
    database.load("chain", ("correction", "salt", "said", "link"), [(correction, salt, said, link)])
    database.run("UPDATE heads SET number = ?, head = ? WHERE kind = 'corrections'", (number + 1, link))


def forget_salt(database: Database, corrections: Iterable[int]) -> None:
    """What these rows said was emptied: nothing that is left of them lets it be guessed. Inside `writing`."""
    run_in(database, "UPDATE chain SET salt = NULL WHERE correction IN {in}", corrections)


def broken_chain(database: Database) -> Iterator[Fault]:
    """Where the log is not as it was written: rows changed, left out, put in, cut off."""
    number, head, since = database.row("SELECT number, head, since FROM heads WHERE kind = 'corrections'") or (0, "", 0)
    last, count = "", 0
    columns = ", ".join(f"c.{name}" for name in (*CHAINED, *SAID))
    sql = f"SELECT h.correction, h.salt, h.said, h.link, {columns} FROM chain h LEFT JOIN corrections c"
    sql += " ON c.id = h.correction ORDER BY h.correction"
    for id, salt, said, link, *row in database.each(sql):
        count += 1
        kept, words = row[:-3], row[-3:]
        if row[0] is None:
            yield Fault("corrections", id, "is gone from the log")
        elif link != _digest(last, *kept, said):
            yield Fault("corrections", id, "is not as it was written, or does not follow on the one before it")
        elif words != EMPTIED if salt is None else said != _digest(salt, *words):
            yield Fault("corrections", id, "does not say what it said when it was written")
        last = link
    if (number, head) != (count, last):
        yield Fault("corrections", "log", f"has {count} links of {number}, and does not end where it ended")
    sql = "SELECT id FROM corrections WHERE id > ? AND id NOT IN (SELECT correction FROM chain) ORDER BY id"
    for (id,) in database.rows(sql, (since,)):
        yield Fault("corrections", id, "was not written by onrecord: it is no link of the chain")


def _sealed(database: Database, kind: str, ids: Sequence[int]) -> dict[int, str]:
    return dict(rows_in(database, f"SELECT id, digest FROM seals WHERE kind = '{kind}' AND id IN {{in}}", ids))


def _together(digests: Iterable[str]) -> str:
    """The exclusive or of digests, whatever their order; "" where nothing is left."""
    value = 0
    for digest in digests:
        value ^= int(digest or "0", 16)
    return f"{value:0{BITS // 4}x}" if value else ""


def _digest(*values: object) -> str:
    return hashlib.sha256(_utf8(_dump(values))).hexdigest()


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
