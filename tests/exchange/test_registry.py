"""One registry: every format says what it is, and every verb and download that offers it writes the same."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from full import full_record
from onrecord import exchange
from onrecord.archive.correcting.runs import start_run
from onrecord.archive.listing.exporting import export_rows
from onrecord.archive.listing.tables import Choice, columns
from onrecord.archive.store.keeping import keep
from onrecord.archive.store.opening import Archive
from onrecord.errors import UsageError
from onrecord.exchange.registry import Format, format_named, formats, names, table
from onrecord.exchange.rows import rows_of
from onrecord.records import Record

OF_AN_ARCHIVE = {"person", "person_name", "version", "statement_id", "article_id", "person_id", "added"}


def test_formats_are_found_by_what_they_hold() -> None:
    assert names("statements") == ("jsonl", "csv", "datasette", "parquet")
    assert names("archive") == ("records",)
    assert set(names()) >= {"jsonl", "csv", "datasette", "parquet", "records"}


@pytest.mark.parametrize("each", formats(), ids=lambda each: each.name)
def test_a_format_says_what_it_is(each: Format) -> None:
    assert each.suffix.startswith(".")
    assert "/" in each.media_type
    assert each.told
    assert f"  {each.name} " in table(each.holds)


def test_no_format_of_that_name_is_told_with_those_that_are() -> None:
    with pytest.raises(UsageError, match="one of jsonl, csv, datasette, parquet"):
        format_named("pdf", "statements")


def test_a_file_with_a_format_is_all_that_a_further_one_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shouted.py").write_text(
        "from onrecord.exchange.registry import Format\n"
        "def write(rows, out, choice):\n"
        "    return sum(1 for row in rows if out.write(row['content'].upper() + '!'))\n"
        "FORMAT = Format(name='shouted', holds='statements', suffix='.txt', media_type='text/plain',"
        " told='loud', write=write)\n"
    )
    monkeypatch.setattr(exchange, "__path__", [*exchange.__path__, str(tmp_path)])
    formats.cache_clear()
    try:
        out = io.StringIO()
        assert format_named("shouted").write(rows_of([full_record()]), out, Choice()) == 1
        assert out.getvalue() == full_record().quote("1").upper() + "!"
    finally:
        formats.cache_clear()
        for name in [name for name in sys.modules if name.endswith(".shouted")]:
            del sys.modules[name]


def test_a_record_makes_the_rows_that_an_archive_makes_of_it(archive: Archive, record: Record) -> None:
    record = replace(record, article=replace(record.article, url="https://quay.example/a", outlet="Quay Herald"))
    keep(archive, record, start_run(archive, "", record.provenance))
    choice = Choice(with_text=True, with_ids=True)
    (kept,), (own,) = export_rows(archive, choice), rows_of([record], choice)
    assert tuple(own) == columns(choice)
    assert {n: v for n, v in own.items() if n not in {*OF_AN_ARCHIVE, "about"}} == {
        n: v for n, v in kept.items() if n not in {*OF_AN_ARCHIVE, "about"}
    }
    assert [(t["name"], t["sign"], t["words"]) for t in own["about"]] == [
        (t["name"], t["sign"], t["words"]) for t in kept["about"]
    ]


def test_a_row_is_json() -> None:
    assert json.loads(json.dumps(next(iter(rows_of([full_record()])))))["speaker"] == "Rena Holt"
