"""Every kind of damage is told, with the row it is in."""

from __future__ import annotations

import pytest

from onrecord.archive.correcting.runs import start_run
from onrecord.archive.safekeeping.verifying import verify
from onrecord.archive.store.keeping import keep_many
from onrecord.archive.store.opening import Archive
from onrecord.records import Record


@pytest.fixture
def filled(archive: Archive, records: tuple[Record, ...]) -> Archive:
    list(keep_many(archive, records, start_run(archive, "", records[0].provenance)))
    return archive


def test_a_whole_archive_has_no_fault(filled: Archive) -> None:
    told: list[tuple[int, int]] = []
    assert list(verify(filled, lambda done, of: told.append((done, of)))) == []
    assert told == [(3, 3)]


@pytest.mark.parametrize(
    ("damage", "table", "id", "what"),
    [
        ("UPDATE texts SET text = text || '!'", "articles", 1, "not the one its digest was taken of"),
        (
            "UPDATE statements SET content = 'Ito is right' WHERE id = 1",
            "statements",
            1,
            "not what stands at its spans",
        ),
        ("UPDATE statements SET content_spans = '[[26,99]]' WHERE id = 1", "statements", 1, "in a text of length 53"),
        ("UPDATE statements SET content_spans = '[[26' WHERE id = 1", "statements", 1, "no spans"),
        ("UPDATE statements SET content_spans = '[[44,26]]' WHERE id = 2", "statements", 2, "no spans"),
        ("UPDATE statements SET start = 5 WHERE id = 1", "statements", 1, "is not where it starts"),
        ("UPDATE statements SET speaker = 99 WHERE id = 1", "statements", 1, "statements.speaker"),
        ("UPDATE statements SET person = NULL WHERE id = 1", "statements", 1, "statements.person"),
        ("UPDATE statements SET occasion = 2 WHERE id = 1", "statements", 1, "statements.occasion"),
        ("UPDATE statements SET relayed_by = 5 WHERE id = 1", "statements", 1, "statements.relayed_by"),
        ("UPDATE abouts SET entity = 99 WHERE statement = 1", "abouts", 1, "abouts.entity"),
        ("UPDATE articles SET current = 2 WHERE id = 1", "articles", 1, "articles.current"),
        ("UPDATE articles SET current = NULL WHERE id = 1", "articles", 1, "none is current"),
        ("UPDATE entities SET kind = 'nobody' WHERE id = 1", "articles", 1, "contradicts itself"),
        ("UPDATE articles SET title = 'Another' WHERE id = 2", "articles", 2, "not found by searches"),
        ("UPDATE migrations SET sha256 = ''", "migrations", 1, "other SQL"),
    ],
)
def test_damage_is_told(filled: Archive, damage: str, table: str, id: int, what: str) -> None:
    with filled.database.writing():
        filled.database.run(damage)
    faults = [fault for fault in verify(filled) if what in fault.what]
    assert (table, id) in [(fault.table, fault.id) for fault in faults]
