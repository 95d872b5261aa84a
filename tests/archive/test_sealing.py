"""What onrecord did not do is told: rows changed, put in or taken out by hand, and a log that was written over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from onrecord.archive.correcting.corrections import change_form, confirm, merge_people, reject, undo
from onrecord.archive.correcting.runs import finish_run, start_run
from onrecord.archive.listing.people import find_person
from onrecord.archive.safekeeping.forgetting import forget_article, forget_person
from onrecord.archive.safekeeping.repairing import seal_old
from onrecord.archive.safekeeping.verifying import verify
from onrecord.archive.store.keeping import keep, keep_many
from onrecord.archive.store.opening import Archive
from onrecord.records import Record


@pytest.fixture
def kept(archive: Archive, records: tuple[Record, ...]) -> Archive:
    """Three articles, the second with a copy, and a log of three corrections."""
    run = start_run(archive, "", records[0].provenance)
    list(keep_many(archive, records, run))
    finish_run(archive, run)
    confirm(archive, 1, who="Anna", why="heard the tape")
    form = change_form(archive, 2, form="mixed", who="Ben")
    undo(archive, form, who="Anna")
    return archive


@contextmanager
def past_the_triggers(archive: Archive) -> Iterator[None]:
    """As somebody can change the log who may change the database."""
    database = archive.database
    if database.dialect == "postgres":
        database.run("ALTER TABLE corrections DISABLE TRIGGER USER")
        yield
        database.run("ALTER TABLE corrections ENABLE TRIGGER USER")
        return
    triggers = database.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    for name, _ in triggers:
        database.run(f"DROP TRIGGER {name}")
    yield
    for _, sql in triggers:
        database.run(sql)


def told(archive: Archive) -> set[tuple[str, int | str]]:
    return {(fault.table, fault.id) for fault in verify(archive)}


@pytest.mark.parametrize(
    ("change", "table", "id"),
    [
        ("UPDATE statements SET decided_by = '{}' WHERE id = 1", "articles", 1),
        ("UPDATE statements SET voice = 'outlet' WHERE id = 2", "articles", 2),
        ("UPDATE statements SET candidates = '[]' WHERE id = 2", "articles", 2),
        ("UPDATE abouts SET sign = '+' WHERE statement = 1", "articles", 1),
        ("DELETE FROM asserted WHERE reading = 2", "articles", 2),
        ("UPDATE entities SET count = 3 WHERE id = 1", "articles", 1),
        ("UPDATE occasions SET said_on = '1999' WHERE id = 1", "articles", 1),
        ("UPDATE articles SET url = 'https://other.example/' WHERE id = 2", "articles", 2),
        ("UPDATE articles SET added = '1999' WHERE id = 3", "articles", 3),
        ("UPDATE stories SET key = 'url:x' WHERE id = 1", "articles", 1),
        ("UPDATE readings SET model = 'another' WHERE id = 2", "articles", 2),
        ("UPDATE runs SET model = 'another'", "runs", 1),
        ("UPDATE people SET wikidata = 'Q9' WHERE id = 1", "people", 1),
        ("INSERT INTO people (id, key, name, kind) VALUES (77, 'person:x y', 'X Y', 'person')", "people", 77),
        ("DELETE FROM copies", "copies", 2),
        ("DELETE FROM sketches WHERE article = 1", "copies", 1),
        ("DELETE FROM seals WHERE kind = 'articles' AND id = 3", "articles", 3),
        ("UPDATE heads SET number = 9 WHERE kind = 'people'", "seals", "people"),
        ("UPDATE corrections SET who = 'Ben' WHERE id = 1", "corrections", 1),
        ('UPDATE corrections SET after = \'{"statement":{"form":"direct"}}\' WHERE id = 2', "corrections", 2),
        ("UPDATE corrections SET before = '{}', after = '{}', why = '' WHERE id = 1", "corrections", 1),
        ("DELETE FROM corrections WHERE id = 3", "corrections", 3),
        ("DELETE FROM corrections WHERE id = 3;\nDELETE FROM chain WHERE correction = 3", "corrections", "log"),
        (
            "INSERT INTO corrections (id, at, who, action, before, after, why)"
            " VALUES (9, '2031', 'Anna', 'confirm', '{\"a\":1}', '{}', '')",
            "corrections",
            9,
        ),
    ],
)
def test_a_change_by_hand_is_told(kept: Archive, change: str, table: str, id: int | str) -> None:
    with kept.database.writing(), past_the_triggers(kept):
        kept.database.script(change)
    assert (table, id) in told(kept)


def test_an_article_that_nobody_had_forgotten_is_missed_and_one_that_was_is_not(kept: Archive) -> None:
    forget_article(kept, 2, who="Anna")
    assert told(kept) == set()
    with kept.database.writing(), past_the_triggers(kept):
        for table in ("asserted", "abouts", "statements", "readings", "articles"):
            kept.database.run(f"DELETE FROM {table}")
    assert ("articles", 1) in told(kept)


def test_the_log_outlives_an_erasure_and_nobody_can_guess_what_it_said(kept: Archive) -> None:
    forget_person(kept, find_person(kept, "Q1"), who="Ben")
    assert told(kept) == set()
    rows = kept.database.rows(
        "SELECT c.before, c.after, c.why, h.salt FROM corrections c JOIN chain h ON h.correction = c.id"
    )
    assert rows == [("{}", "{}", "", None)] * 3
    assert kept.database.rows("SELECT COUNT(*), COUNT(salt) FROM chain") == [(3, 0)]


def test_whatever_is_done_by_right_is_sealed(kept: Archive, record: Record) -> None:
    merged = merge_people(kept, find_person(kept, "Quay Radio"), find_person(kept, "Q1"), who="Anna")
    reject(kept, 2, who="Ben")
    newer = replace(record, provenance=replace(record.provenance, model="larger"))
    keep(kept, replace(newer, article=replace(record.article, url="https://quay.example/a", outlet="Quay Herald")),
         start_run(kept, "again", newer.provenance))  # fmt: skip
    undo(kept, merged, who="Anna")
    assert told(kept) == set()


def test_an_archive_from_before_is_chained_and_sealed_from_here_on(kept: Archive) -> None:
    database = kept.database
    with database.writing():
        for table in ("seals", "chain"):
            database.run(f"DELETE FROM {table}")
        for kind, table in (("articles", "articles"), ("copies", "articles"), ("people", "people"), ("runs", "runs")):
            since = f"(SELECT MAX(id) FROM {table})"
            database.run(f"UPDATE heads SET number = 0, head = '', since = {since} WHERE kind = ?", (kind,))
        database.run("UPDATE heads SET number = 0, head = '', since = 3 WHERE kind = 'corrections'")
    assert told(kept) == set()
    confirm(kept, 2, who="Anna")
    assert told(kept) == set()
    assert database.rows("SELECT correction FROM chain") == [(4,)]
    assert database.rows("SELECT kind, id FROM seals") == [("articles", 2)]
    assert seal_old(kept) > 0
    assert told(kept) == set()
    with database.writing():
        database.run("UPDATE articles SET url = 'https://other.example/' WHERE id = 1")
    assert ("articles", 1) in told(kept)
