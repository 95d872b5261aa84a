"""What is PostgreSQL's own: its placeholders, passwords, locks, and a server that is not there."""

from __future__ import annotations

import importlib
import threading
from dataclasses import replace

import pytest

from onrecord.archive.correcting.runs import start_run
from onrecord.archive.safekeeping.verifying import verify
from onrecord.archive.store.keeping import keep
from onrecord.archive.store.loading import load_records
from onrecord.archive.store.opening import open_archive
from onrecord.archive.store.postgres import _percent, without_password
from onrecord.errors import ArchiveError, LockedArchive, MissingArchive, MissingExtra, ReadOnlyArchive
from onrecord.records import Record


@pytest.mark.parametrize(
    ("sql", "made"),
    [
        ("SELECT ?", "SELECT %s"),
        ("SELECT '?' || ?", "SELECT '?' || %s"),
        ("SELECT 'it''s ?', ? -- ?", "SELECT 'it''s ?', %s -- ?"),
        ("SELECT 5 % 2, 'a%'", "SELECT 5 %% 2, 'a%%'"),
    ],
)
def test_question_marks_become_placeholders_but_where_they_are_quoted(sql: str, made: str) -> None:
    assert _percent(sql) == made


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://ana:secret@quay.example/news", "postgresql://ana:…@quay.example/news"),
        ("postgresql://ana@quay.example/news", "postgresql://ana@quay.example/news"),
        ("postgres:///news?host=/run/pg", "postgres:///news?host=/run/pg"),
    ],
)
def test_a_password_is_never_shown(url: str, shown: str) -> None:
    assert without_password(url) == shown


def test_a_server_that_is_not_there_is_told_without_the_password() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(MissingArchive) as told:
        open_archive("postgresql://ana:secret@127.0.0.1:9/news", seconds=1)
    assert "secret" not in str(told.value)


def test_without_its_library_the_install_line_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(importlib.import_module("sys").modules, "psycopg", None)
    with pytest.raises(MissingExtra, match=r"onrecord\[postgres\]"):
        open_archive("postgresql://quay.example/news")


def test_a_writer_who_waits_too_long_is_told(postgres_url: str, record: Record) -> None:
    with open_archive(postgres_url) as one, open_archive(postgres_url, seconds=0.2) as two:
        with one.database.writing(), pytest.raises(LockedArchive), two.database.writing():
            pass
        assert keep(two, record, start_run(two, "", record.provenance)).article == 1  # and may try again


def test_two_writers_at_once_both_succeed(postgres_url: str, record: Record) -> None:
    open_archive(postgres_url).close()

    def write(name: str) -> None:
        with open_archive(postgres_url, seconds=30) as archive:
            run = start_run(archive, name, record.provenance)
            for n in range(5):
                article = replace(record.article, id=f"{name}{n}", text=f"{record.article.text} {name} {n}")
                keep(archive, replace(record, article=article), run)

    threads = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with open_archive(postgres_url) as archive:
        assert {r.article.id for _, r in load_records(archive)} == {f"{name}{n}" for name in "ab" for n in range(5)}
        assert list(verify(archive)) == []


def test_an_archive_opened_to_be_read_refuses_to_be_changed(postgres_url: str, record: Record) -> None:
    open_archive(postgres_url).close()
    with open_archive(postgres_url, read_only=True) as archive:
        with pytest.raises(ReadOnlyArchive):
            start_run(archive, "", record.provenance)
        with pytest.raises(ReadOnlyArchive):
            archive.database.run("DELETE FROM articles")


def test_two_schemas_of_one_database_do_not_wait_for_each_other(postgres_url: str, postgres_server: str) -> None:
    psycopg = importlib.import_module("psycopg")
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA aside")
    other = postgres_url.split("options=")[0] + "options=-csearch_path%3Daside%2Cpublic"
    try:
        with open_archive(postgres_url) as one, open_archive(other, seconds=0.5) as two:
            with one.database.writing(), two.database.writing():
                two.database.run("INSERT INTO outlets (id, name) VALUES (1, 'Quay Herald')")
            assert one.database.rows("SELECT name FROM outlets") == []
    finally:
        with psycopg.connect(postgres_server, autocommit=True) as connection:
            connection.execute("DROP SCHEMA aside CASCADE")


def test_what_the_server_refuses_is_an_archive_error(postgres_url: str) -> None:
    with open_archive(postgres_url) as archive, pytest.raises(ArchiveError, match="nowhere"):
        archive.database.rows("SELECT 1 FROM nowhere")
