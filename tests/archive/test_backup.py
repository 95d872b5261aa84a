"""A backup holds all that the archive does: restored elsewhere, it is equal in every table."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from onrecord.answers.archive_tracing import catch_up
from onrecord.archive.correcting.corrections import add_statement, confirm, merge_people, reject, undo
from onrecord.archive.correcting.runs import finish_run, promote, start_run
from onrecord.archive.safekeeping.backup import backup, restore
from onrecord.archive.safekeeping.forgetting import forget_article
from onrecord.archive.safekeeping.verifying import verify
from onrecord.archive.store.keeping import keep
from onrecord.archive.store.opening import Archive, open_archive
from onrecord.errors import ArchiveError, MalformedFile, NewerArchive
from onrecord.records import Article, Entity, Provenance, Record, Statement
from onrecord.spans import Span

VOLATILE = {
    "migrations": {"applied"},  # when this very database was made
    "terms": {"id"},  # in the order in which words first came
}
NO_ROWS = ("found", "found_articles", "term_parts")  # FTS5 keeps no rows of these to compare; verify compares them


def dump(archive: Archive) -> dict[str, list[tuple[object, ...]]]:
    """Every table, its rows sorted, without the columns that are volatile."""
    database = archive.database
    if database.dialect == "sqlite":
        rows = database.rows(
            "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'"
        )
    else:
        rows = database.rows(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
        )
    tables: dict[str, list[str]] = {}
    for table, column in rows:
        if not table.startswith(("sqlite_", *(f"{name}_" for name in NO_ROWS if name != "found"))):
            if table in NO_ROWS or (table.startswith("found_") and table != "found_articles"):
                continue
            if column not in VOLATILE.get(table, ()):
                tables.setdefault(table, []).append(column)
    return {
        table: sorted(
            (
                tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)
                for row in database.rows(f"SELECT {', '.join(sorted(columns))} FROM {table}")
            ),
            key=repr,
        )
        for table, columns in tables.items()
    }


@pytest.fixture
def lived_in(archive: Archive, record: Record) -> Archive:
    """An archive with runs, versions, corrections of every kind of row, people merged, and something forgotten."""
    run = start_run(archive, "first", record.provenance)
    keep(archive, record, run)
    other = Article("“No,” said Ola Venn.", outlet="Quay Herald", url="https://quay.example/no", language="en")
    venn = Entity(id="venn", name="Ola Venn", kind="person", mentions=(Span(11, 19),))
    no = Statement(id="s1", content=(Span(0, 5),), cue=(Span(6, 10),), source=(Span(11, 19),), form="direct",
                   confidence=0.9, speaker="venn")  # fmt: skip
    said = Record(other, (no,), record.provenance, (venn,))
    kept = keep(archive, said, run)
    gone = keep(archive, Record(Article("Gone.", url="https://quay.example/gone"), (), record.provenance), run)
    finish_run(archive, run)
    confirm(archive, 1, who="Anna", why="seen")
    undo(archive, reject(archive, 2, who="Ben"), who="Anna")
    new = Statement(id="", content=(Span(0, 5),), form="direct", confidence=1)
    add_statement(archive, kept.article, new, name="Mara Quill", new=True, who="Anna")
    merge_people(archive, 1, 2, who="Anna")
    forget_article(archive, gone.article, who="Anna", why="asked")
    newer = Provenance("0.2.0", "larger", "cd" * 32)
    second = start_run(archive, "second", newer)
    keep(archive, Record(record.article, record.statements, newer, record.entities, record.occasions), second)
    promote(archive, second, "Ben")
    edited = Article("Edited. “No,” said Ola Venn.", outlet="Quay Herald", url="https://quay.example/no", language="en")
    keep(archive, Record(edited, (), newer), second)
    catch_up(archive)
    return archive


def test_a_backup_restored_elsewhere_is_equal_in_every_table(lived_in: Archive, tmp_path: Path) -> None:
    lines = list(backup(lived_in))
    before = dump(lived_in)
    assert {"corrections", "erasures", "runs", "people", "statements", "copies", "indexed", "tallies"} <= set(before)
    with open_archive(tmp_path / "restored.db") as restored:
        assert restore(restored, lines) == 3
        catch_up(restored)
        after = dump(restored)
        if lived_in.database.dialect == "sqlite":
            assert after == before
        else:  # the same rows in the other database, and back again
            shared = set(before) & set(after) - {"migrations"}
            assert {table: len(after[table]) for table in shared} == {table: len(before[table]) for table in shared}
            assert list(backup(restored)) == lines
        assert list(verify(restored)) == []
        assert list(backup(restored)) == lines


@pytest.mark.postgres
@pytest.mark.parametrize("where", ["sqlite"], indirect=True)
def test_what_was_kept_in_sqlite_is_restored_in_postgresql(lived_in: Archive, postgres_url: str) -> None:
    with open_archive(postgres_url) as other:
        assert restore(other, backup(lived_in)) == 3
        assert list(backup(other)) == list(backup(lived_in))
        assert list(verify(other)) == []


def test_every_line_is_a_record_and_an_older_version_says_so(lived_in: Archive) -> None:
    values = [json.loads(line) for line in backup(lived_in)]
    assert [Record.from_dict(value).article.url for value in values][1:] == ["https://quay.example/no"] * 2
    assert [value.get("newest", True) for value in values] == [True, False, True]


@pytest.mark.parametrize("cut", ["last line", "half a line", "no first line", "newer"])
def test_a_backup_that_is_not_whole_keeps_nothing(lived_in: Archive, tmp_path: Path, cut: str) -> None:
    lines = list(backup(lived_in))
    if cut == "last line":
        lines = lines[:-1]
    elif cut == "half a line":
        lines[-1] = lines[-1][: len(lines[-1]) // 2]
    elif cut == "no first line":
        lines = lines[1:]
    else:
        lines[0] = lines[0].replace('"format":1', '"format":2')
    with open_archive(tmp_path / "restored.db") as restored:
        with pytest.raises(NewerArchive if cut == "newer" else MalformedFile):
            restore(restored, lines)
        assert dump(restored)["articles"] == []
        restore(restored, backup(lived_in))
        with pytest.raises(ArchiveError, match="which holds something"):
            restore(restored, lines)


def test_an_empty_archive_makes_a_backup_too(archive: Archive, tmp_path: Path) -> None:
    with open_archive(tmp_path / "restored.db") as restored:
        assert restore(restored, backup(archive)) == 0
    with closing(sqlite3.connect(tmp_path / "restored.db")) as database:
        assert database.execute("SELECT COUNT(*) FROM articles").fetchone() == (0,)
