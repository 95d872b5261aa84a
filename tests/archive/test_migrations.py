"""Old archives are brought up to date in one step, with a copy beside them; younger and foreign ones are left alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.archive.store import migrations
from onrecord.archive.store.migrations import Migration, migrate, shipped
from onrecord.archive.store.opening import Archive, open_archive
from onrecord.errors import ArchiveError, NewerArchive, NotAnArchive

Steps = Callable[[Migration], None]


@pytest.fixture
def one_more(monkeypatch: pytest.MonkeyPatch) -> Steps:
    """Makes it look as if this onrecord came with one step more."""

    def add(step: Migration) -> None:
        both = {dialect: (*shipped(dialect), step) for dialect in ("sqlite", "postgres")}
        monkeypatch.setattr(migrations, "shipped", both.__getitem__)

    return add


def test_every_step_leaves_a_receipt(archive: Archive) -> None:
    rows = archive.database.rows("SELECT version, sha256, applied FROM migrations ORDER BY version")
    steps = shipped(archive.database.dialect)
    assert rows == [(step.version, step.sha256, "2031-05-04T12:00:00+00:00") for step in steps]
    assert [step.version for step in steps] == list(range(1, len(steps) + 1))


def test_nothing_is_done_twice(archive: Archive) -> None:
    assert migrate(archive.database, archive.where, archive.clock) == 0


def test_a_missing_step_is_taken(archive: Archive, again: Callable[[], Archive], one_more: Steps) -> None:
    one_more(Migration(9000, "more", "CREATE TABLE more (id INTEGER);\nINSERT INTO more VALUES (7);"))
    with again() as other:
        assert other.database.rows("SELECT id FROM more") == [(7,)]


def test_a_step_that_fails_leaves_all_as_it_was(
    archive: Archive, again: Callable[[], Archive], one_more: Steps
) -> None:
    one_more(Migration(9000, "more", "CREATE TABLE more (id INTEGER);\nINSERT INTO nowhere VALUES (7);"))
    with pytest.raises(ArchiveError):
        again()
    with pytest.raises(ArchiveError, match="more"):
        archive.database.rows("SELECT id FROM more")
    assert archive.database.row("SELECT COUNT(*) FROM migrations") == (len(shipped(archive.database.dialect)),)


def test_a_copy_is_made_before_an_old_file_is_changed(tmp_path: Path, one_more: Steps) -> None:
    path = tmp_path / "archive.db"
    with open_archive(path) as archive, archive.database.writing():
        archive.database.run("INSERT INTO outlets (id, name) VALUES (1, 'Quay Herald')")
    newest = shipped("sqlite")[-1].version
    one_more(Migration(9000, "more", "DELETE FROM outlets;"))
    with open_archive(path) as archive:
        assert archive.database.rows("SELECT name FROM outlets") == []
    copy = tmp_path / f"archive.db.schema-{newest}.bak"
    with sqlite3.connect(copy) as connection:
        assert connection.execute("SELECT name FROM outlets").fetchall() == [("Quay Herald",)]
    assert [file.name for file in tmp_path.iterdir() if file.name.endswith(".bak")] == [copy.name]


def test_an_archive_of_a_younger_onrecord_is_left_alone(archive: Archive, again: Callable[[], Archive]) -> None:
    with archive.database.writing():
        archive.database.run("INSERT INTO migrations VALUES (9001, 'later', '', '')")
    with pytest.raises(NewerArchive, match=r"schema 9001.*Update it"):
        again()
    assert archive.database.row("SELECT COUNT(*) FROM migrations WHERE version = 9001") == (1,)


def test_an_old_archive_that_may_only_be_read_says_so(tmp_path: Path, one_more: Steps) -> None:
    path = tmp_path / "archive.db"
    open_archive(path).close()
    one_more(Migration(9000, "more", "CREATE TABLE more (id INTEGER);"))
    with pytest.raises(ArchiveError, match="open it once to be changed"):
        open_archive(path, read_only=True)


def test_tables_of_somebody_else_are_left_alone(where: str, tmp_path: Path) -> None:
    if where.startswith("postgresql"):
        import psycopg

        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute("CREATE TABLE articles (id INTEGER)")
    else:
        with sqlite3.connect(where) as file:
            file.execute("CREATE TABLE articles (id INTEGER)")
        file.close()
    with pytest.raises(NotAnArchive):
        open_archive(where)
