"""The archive's statements on their way out: row by row, in an order of their own."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterable
from typing import TYPE_CHECKING, Any

from onrecord.archive.correcting.runs import no_such_run
from onrecord.archive.indexing.tallies import NEWEST
from onrecord.archive.listing.tables import ABOUT, OCCASION, OWN, Choice, Row, columns
from onrecord.archive.store.database import one, rows_in
from onrecord.archive.store.loading import load_record
from onrecord.records import ROLES, Record

if TYPE_CHECKING:
    from onrecord.archive.store.opening import Archive

ARTICLES_AT_ONCE = 100
SAID_ALONE = {each.name: each for each in OWN if each.name not in ("relayed_by", "occasion", "about")}
"""Fields that a statement tells without the rows it points to."""
VALUES = {
    "statement_id": "s.id",
    "article_id": "a.id",
    "person_id": "s.person",
    "article": "a.name",
    "statement": "s.local",
    "outlet": "o.name",
    **{name: f"a.{name}" for name in ("url", "version", "title", "published", "language", "sha256", "added")},
    **{name: f"s.{name}" for role in ROLES for name in (role, f"{role}_spans")},
    **{name: f"s.{each.column}" for name, each in SAID_ALONE.items()},
    "speaker": "e.name",
    "speaker_role": "e.role",
    "speaker_of": "body.name",
    "relayed_by": "relay.name",
    "person": "p.key",
    "person_name": "p.name",
    "person_kind": "COALESCE(p.kind, e.kind)",
    "wikidata": "COALESCE(p.wikidata, e.wikidata)",
    **{f"occasion_{name}": f"occasion.{name}" for name in OCCASION},
    "occasion_medium": "medium.name",
    "occasion_when": "occasion.said_on",
    "occasion": "s.occasion",
    **{name: f"r.{name}" for name in ("engine", "model", "model_sha256")},
    "review": "s.review",
    "start": "s.start",
}
"""Where each value of a row comes from."""
SELECT = f"""
SELECT {", ".join(VALUES.values())}
FROM articles a
JOIN readings r ON {{reading}}
JOIN statements s ON s.reading = r.id
LEFT JOIN outlets o ON o.id = a.outlet
LEFT JOIN entities e ON e.id = s.speaker
LEFT JOIN entities body ON body.reading = e.reading AND body.local = e.of
LEFT JOIN people p ON p.id = s.person
LEFT JOIN entities relay ON relay.id = s.relayed_by
LEFT JOIN occasions occasion ON occasion.id = s.occasion
LEFT JOIN entities medium ON medium.reading = occasion.reading AND medium.local = occasion.medium
WHERE a.id IN {{in}}
"""
ABOUTS = """
SELECT b.statement, e.name, COALESCE(p.kind, e.kind), p.key, p.name, COALESCE(p.wikidata, e.wikidata), b.sign, b.words
FROM abouts b
JOIN entities e ON e.id = b.entity
LEFT JOIN people p ON p.id = b.person
WHERE b.statement IN {in} ORDER BY b.statement, b.place
"""


def articles_in_order(archive: Archive, choice: Choice) -> list[int]:
    """The articles that the chosen statements stand in: by story, then by version, whenever they were added; of all
    versions where a run, statements or older ones are chosen, else of the newest."""
    database = archive.database
    if choice.run is not None and one(database, "SELECT 1 FROM runs WHERE id = ?", (choice.run,)) is None:
        raise no_such_run(choice.run)
    every = choice.with_older or choice.run is not None or choice.statements is not None
    which = "1 = 1" if every else NEWEST
    bytewise = ' COLLATE "C"' if database.dialect == "postgres" else ""
    ids = [
        id
        for (id,) in database.rows(
            "SELECT a.id FROM articles a JOIN stories t ON t.id = a.story"
            f" WHERE {which} ORDER BY t.key{bytewise}, a.version"
        )
    ]
    if choice.statements is None:
        return ids
    holding = "SELECT DISTINCT article FROM statements WHERE id IN {in}"
    chosen = {id for (id,) in rows_in(database, holding, sorted(choice.statements))}
    return [id for id in ids if id in chosen]


def export_rows(archive: Archive, choice: Choice) -> Generator[Row, None, None]:
    """A row for each statement chosen, by article and in reading order; read in one snapshot, a few articles held.

    Closed before its archive where it is not read to the end.

    Fields are those of `tables.columns`. Raises NoSuchEntry for a run that is not there.
    """
    names = columns(choice)
    with archive.database.reading():
        ids = articles_in_order(archive, choice)
        for at in range(0, len(ids), ARTICLES_AT_ONCE):
            for row in _some(archive, choice, ids[at : at + ARTICLES_AT_ONCE]):
                yield {name: row[name] for name in names}


def export_records(archive: Archive, choice: Choice) -> Generator[tuple[Record, dict[str, str]], None, None]:
    """Whole records in the same order, each with what persons said of its statements, by local id."""
    with archive.database.reading():
        for id in articles_in_order(archive, choice):
            reading = _reading(archive, id, choice)
            if reading is None:
                continue
            reviews = archive.database.rows(
                "SELECT local, review FROM statements WHERE reading = ? AND review IS NOT NULL ORDER BY local",
                (reading,),
            )
            yield load_record(archive, id, choice.run), dict(reviews)


def _some(archive: Archive, choice: Choice, ids: list[int]) -> Iterable[Row]:
    reading = "r.id = a.current" if choice.run is None else f"r.article = a.id AND r.run = {int(choice.run)}"
    found = rows_in(archive.database, SELECT.replace("{reading}", reading), ids)
    rows = [_row(row) for row in found]
    if choice.statements is not None:
        rows = [row for row in rows if row["statement_id"] in choice.statements]
    if not choice.with_rejected:
        rows = [row for row in rows if row["review"] != "rejected"]
    about: dict[int, list[Row]] = {}
    for id, *told, words in rows_in(archive.database, ABOUTS, [row["statement_id"] for row in rows]):
        about.setdefault(id, []).append(dict(zip(ABOUT, (*told, json.loads(words)), strict=True)))
    texts: dict[str, str] = {}
    if choice.with_text:
        digests = sorted({row["sha256"] for row in rows})
        texts = dict(rows_in(archive.database, "SELECT sha256, text FROM texts WHERE sha256 IN {in}", digests))
    times: dict[int, str] = {}
    if choice.with_times:
        latest = "SELECT statement, MAX(at) FROM corrections WHERE statement IN {in} GROUP BY statement"
        times = dict(rows_in(archive.database, latest, [row["statement_id"] for row in rows]))
    for row in rows:
        row["about"] = about.get(row["statement_id"], [])
        row["text"] = texts.get(row["sha256"])
        row["corrected"] = times.get(row["statement_id"])
    order = {id: place for place, id in enumerate(ids)}
    rows.sort(key=lambda row: (order[row["article_id"]], row["start"], row["content_spans"], row["statement"]))
    return rows


def _row(values: Iterable[Any]) -> Row:
    row = dict(zip(VALUES, values, strict=True))
    for role in ROLES:
        row[f"{role}_spans"] = json.loads(row[f"{role}_spans"])
    for name, each in SAID_ALONE.items():
        row[name] = each.told(row[name])
    occasion = {part: row.pop(f"occasion_{part}") for part in OCCASION}
    row["occasion"] = None if row["occasion"] is None else occasion
    return row


def _reading(archive: Archive, article: int, choice: Choice) -> int | None:
    if choice.run is None:
        found = one(archive.database, "SELECT current FROM articles WHERE id = ?", (article,))
    else:
        found = one(archive.database, "SELECT id FROM readings WHERE article = ? AND run = ?", (article, choice.run))
    return None if found is None else int(found)
