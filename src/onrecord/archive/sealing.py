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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from onrecord.archive.database import Database, one, rows_in, run_in
from onrecord.archive.faults import Fault

BITS = 128
KINDS: Mapping[str, Sequence[str]] = {
    "articles": (
        "SELECT a.id, a.story, s.key, a.version, a.name, a.title, a.outlet, o.name, a.published, a.url, a.language,"
        " a.sha256, a.page, p.media_type, a.origin, a.added, a.current FROM articles a"
        " LEFT JOIN stories s ON s.id = a.story LEFT JOIN outlets o ON o.id = a.outlet"
        " LEFT JOIN pages p ON p.sha256 = a.page WHERE a.id IN {in}",
        "SELECT article, id, run, engine, model, model_sha256 FROM readings WHERE article IN {in} ORDER BY id",
        "SELECT r.article, e.id, e.reading, e.local, e.place, e.person, e.name, e.kind, e.role, e.of, e.wikidata,"
        " e.named, e.count, e.more FROM readings r JOIN entities e ON e.reading = r.id WHERE r.article IN {in}"
        " ORDER BY e.id",
        "SELECT r.article, o.id, o.reading, o.local, o.place_in_record, o.kind, o.medium, o.place, o.addressee,"
        " o.event, o.date, o.said_on, o.evidence FROM readings r JOIN occasions o ON o.reading = r.id"
        " WHERE r.article IN {in} ORDER BY o.id",
        "SELECT article, id, reading, local, content_spans, source_spans, cue_spans, form, confidence, status,"
        " cue_class, voice, speaker, relayed_by, occasion, said_on, reason, carried_from, within, candidates,"
        " decided_by, review FROM statements WHERE article IN {in} ORDER BY id",
        "SELECT s.article, b.statement, b.place, b.entity, b.sign, b.words FROM statements s"
        " JOIN abouts b ON b.statement = s.id WHERE s.article IN {in} ORDER BY b.statement, b.place",
        "SELECT r.article, x.reading, x.place, x.first, x.last, x.relation, x.statement, x.why FROM readings r"
        " JOIN asserted x ON x.reading = r.id WHERE r.article IN {in} ORDER BY x.reading, x.place",
    ),
    "copies": (
        "SELECT id FROM articles WHERE id IN {in}",
        "SELECT article, of, share FROM copies WHERE article IN {in} ORDER BY of",
        "SELECT article, band FROM sketches WHERE article IN {in} ORDER BY band",
    ),
    "people": ("SELECT id, key, name, kind, wikidata, merged_into FROM people WHERE id IN {in}",),
    "runs": ("SELECT id, label, engine, model, model_sha256, started, finished FROM runs WHERE id IN {in}",),
    "erasures": ("SELECT id, at, who, why, articles, statements, receipt FROM erasures WHERE id IN {in}",),
}
"""What each kind of seal is taken of. Left out is only what other columns give, which `verify` works out again."""
TABLES = {"copies": "articles"}  # of the things sealed, where it is not called like the kind
CHAINED = ("id", "at", "who", "action", "article", "statement", "person", "undoes")
SAID = ("before", "after", "why")
EMPTIED = ["{}", "{}", ""]

_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def seal(database: Database, kind: str, ids: Iterable[int]) -> None:
    """Seal these things as they are now; the seals of those that are gone go. Inside `writing`."""
    ids = list(dict.fromkeys(ids))
    before = _sealed(database, kind, ids)
    after = digests(database, kind, ids)
    changed = [id for id in ids if before.get(id) != after.get(id)]
    if not changed:
        return
    run_in(
        database, f"DELETE FROM seals WHERE kind = '{kind}' AND id IN {{in}}", [id for id in changed if id in before]
    )
    database.load("seals", ("kind", "id", "digest"), [(kind, id, after[id]) for id in changed if id in after])
    number, head = database.row("SELECT number, head FROM heads WHERE kind = ?", (kind,)) or (0, "")
    moved = [digest for held in (before, after) for id in changed if (digest := held.get(id))]
    given = (number + len(after) - len(before), _together((head, *moved)), kind)
    database.run("UPDATE heads SET number = ?, head = ? WHERE kind = ?", given)


def digests(database: Database, kind: str, ids: Sequence[int]) -> dict[int, str]:
    """The digest of each of these things that is there."""
    queries = KINDS[kind]
    held: dict[int, list[list[Any]]] = {id: [[row]] for id, *row in rows_in(database, queries[0], ids)}
    for sql in queries[1:]:
        for parts in held.values():
            parts.append([])
        for row in rows_in(database, sql, ids):
            if row[0] in held:
                held[row[0]][-1].append(row)
    return {id: hashlib.sha256(_utf8(_dump(parts))).hexdigest()[: BITS // 4] for id, parts in held.items()}


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
