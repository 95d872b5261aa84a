"""The file for Datasette: keys, search, views, metadata, the same bytes."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from onrecord.archive.correcting.runs import start_run
from onrecord.archive.listing.exporting import export_rows
from onrecord.archive.listing.tables import Choice
from onrecord.archive.store.keeping import keep_many
from onrecord.archive.store.opening import Archive
from onrecord.exchange.datasette import write as write_datasette
from onrecord.records import Record

PLAIN = Choice()
EVERYTHING = Choice(with_text=True, with_times=True, with_ids=True, with_rejected=True)


@pytest.fixture
def kept(archive: Archive, records: tuple[Record, ...]) -> Archive:
    list(keep_many(archive, records, start_run(archive, "", records[0].provenance)))
    return archive


@pytest.mark.parametrize("choice", [PLAIN, EVERYTHING])
def test_datasette_finds_keys_search_views_and_metadata(kept: Archive, tmp_path: Path, choice: Choice) -> None:
    path = tmp_path / "said.db"
    assert write_datasette(export_rows(kept, choice), path, choice) == 2
    first = path.read_bytes()
    write_datasette(export_rows(kept, choice), path, choice)
    assert path.read_bytes() == first

    def ask(sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(path)) as database:
            return database.execute(sql).fetchall()

    assert ask("PRAGMA foreign_key_check") == []
    keys = {(row[3], row[2]) for row in ask("SELECT * FROM pragma_foreign_key_list('statements')")}
    assert keys == {("article", "articles"), ("person", "people")}
    assert ask("SELECT rowid FROM statements_fts WHERE statements_fts MATCH 'wrong' ORDER BY rowid") == [(1,), (2,)]
    assert ask("SELECT name, kind, statements, articles FROM speakers") == [("Rena Holt", "person", 2, 2)]
    assert ask("SELECT outlet, speaker FROM said ORDER BY outlet") == [
        ("Quay Herald", "Rena Holt"),
        ("Tide Gazette", "Rena Holt"),
    ]
    assert ask("SELECT name, sign FROM abouts") == [("Ito", "-")] * 2
    columns = {row[1] for row in ask("SELECT * FROM pragma_table_info('articles')")}
    assert ("text" in columns) is choice.with_text
    metadata = json.loads((tmp_path / "said.metadata.json").read_text("utf-8"))
    tables = {name for (name,) in ask("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert metadata["databases"]["said"]["tables"].keys() <= tables
    assert "copyright" in metadata["description"]
