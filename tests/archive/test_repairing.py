"""What is worked out from the rest is missed when it is gone, and made anew; what was kept is never made up."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from onrecord.archive.correcting.corrections import confirm
from onrecord.archive.correcting.runs import start_run
from onrecord.archive.indexing.fingerprints import catch_up
from onrecord.archive.safekeeping.repairing import repair
from onrecord.archive.safekeeping.verifying import verify
from onrecord.archive.searching.query import Query
from onrecord.archive.searching.search import search
from onrecord.archive.store.keeping import keep_many
from onrecord.archive.store.opening import Archive
from onrecord.records import Record


def letters(text: str) -> Sequence[int]:
    """Fingerprints that stand in for those of tracing."""
    return sorted({ord(letter) for letter in text})


@pytest.fixture
def kept(archive: Archive, records: tuple[Record, ...]) -> Archive:
    list(keep_many(archive, records, start_run(archive, "", records[0].provenance)))
    confirm(archive, 1, who="Anna")
    catch_up(archive, letters)
    return archive


def faults(archive: Archive) -> list[str]:
    return [str(fault) for fault in verify(archive, fingerprints=letters)]


def hits(archive: Archive, words: str) -> int:
    return len(search(archive, Query(words=words)).hits)


EMPTIED = {
    "sqlite": ("INSERT INTO found (found) VALUES ('delete-all')", "DELETE FROM found_data WHERE id > 10"),
    "postgres": ("DELETE FROM found", "UPDATE found SET words = ''"),
}


@pytest.mark.parametrize("which", [0, 1])
def test_an_index_that_finds_nothing_is_told_and_made_anew(kept: Archive, which: int) -> None:
    with kept.database.writing():
        kept.database.run(EMPTIED[kept.database.dialect][which])
    told = list(verify(kept))
    assert told
    assert all(fault.derived for fault in told)
    repair(kept, told)
    assert list(verify(kept)) == []
    assert hits(kept, "wrong") == 2


@pytest.mark.parametrize(
    ("damage", "table"),
    [
        ("DELETE FROM fingerprints WHERE statement = 1", "fingerprints"),
        ("INSERT INTO fingerprints (fingerprint, statement) VALUES (7, 1)", "fingerprints"),
        ("DELETE FROM unfingerprinted;\nDELETE FROM fingerprints", "fingerprints"),
        ("UPDATE tallies SET statements = 9 WHERE article = 1", "tallies"),
        ("DELETE FROM copies", "copies"),
        ("DELETE FROM sketches", "copies"),
        ("DELETE FROM indexed WHERE article = 1", "articles"),
        ("UPDATE terms SET statements = 7 WHERE word = 'wrong'", "terms"),
        ("DELETE FROM terms WHERE word = 'wrong'", "terms"),
        ("UPDATE numbers SET last = 1 WHERE name = 'statements'", "numbers"),
        ("DROP INDEX abouts_by_person", "schema"),
    ],
)
def test_what_is_worked_out_is_compared_and_made_anew(kept: Archive, damage: str, table: str) -> None:
    with kept.database.writing():
        kept.database.script(damage)
    told = list(verify(kept, fingerprints=letters))
    assert table in {fault.table for fault in told}
    repair(kept, told)
    catch_up(kept, letters)
    left = faults(kept)
    if table == "schema" and kept.database.dialect == "postgres":
        assert left == ["schema abouts_by_person: is missing, which is index of the archive"]
    else:
        assert left == []


def test_a_repair_gives_no_seal_to_what_somebody_changed(kept: Archive) -> None:
    with kept.database.writing():
        kept.database.run("UPDATE statements SET status = 'question' WHERE id = 1")
        kept.database.run("UPDATE entities SET more = 'no JSON' WHERE reading = 2")
        kept.database.run("DELETE FROM tallies")
    repair(kept, list(verify(kept)))
    catch_up(kept, letters)
    left = faults(kept)
    assert "articles 1: is not as onrecord wrote it: its seal is broken" in left
    assert "articles 2: is not as onrecord wrote it: its seal is broken" in left
    assert [fault for fault in left if fault.startswith(("tallies", "articles 3"))] == []
