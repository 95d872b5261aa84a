"""What leaves the archive: the same for the same content, with offsets that hold, without the articles."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.archive.correcting.corrections import confirm, reject
from onrecord.archive.correcting.runs import start_run
from onrecord.archive.listing.exporting import export_records, export_rows
from onrecord.archive.listing.tables import Choice
from onrecord.archive.store.keeping import keep, keep_many
from onrecord.archive.store.opening import Archive, open_archive
from onrecord.errors import NoSuchEntry
from onrecord.exchange.jsonl import write as write_lines
from onrecord.records import Provenance, Record

PLAIN = Choice()
EVERYTHING = Choice(with_text=True, with_times=True, with_ids=True, with_rejected=True)


@pytest.fixture
def kept(archive: Archive, records: tuple[Record, ...]) -> Archive:
    list(keep_many(archive, records, start_run(archive, "", records[0].provenance)))
    return archive


def lines(archive: Archive, choice: Choice = PLAIN) -> list[str]:
    out = io.StringIO()
    write_lines(export_rows(archive, choice), out, choice)
    return out.getvalue().splitlines(keepends=True)


def test_a_row_says_who_said_what_and_where(kept: Archive, records: tuple[Record, ...]) -> None:
    first = json.loads(lines(kept)[0])
    told = {
        "url": "https://quay.example/a",
        "outlet": "Quay Herald",
        "sha256": records[0].article.sha256,
        "statement": "1",
        "content": records[0].quote("1"),
        "speaker": "Rena Holt",
        "speaker_role": "harbour master",
        "speaker_of": "Quay Radio",
        "person": "Q1",
        "wikidata": "Q1",
        "relayed_by": "Quay Radio",
        "status": "denied",
        "review": None,
        "engine": "0.1.0",
    }
    assert {name: first[name] for name in told} == told
    assert (first["occasion"]["kind"], first["occasion"]["medium"]) == ("interview", "Quay Radio")
    assert [(target["name"], target["sign"]) for target in first["about"]] == [("Ito", "-")]
    assert "text" not in first
    assert "added" not in first


def test_offsets_slice_the_words_out_of_the_text(kept: Archive) -> None:
    for row in export_rows(kept, EVERYTHING):
        for role in ("content", "source", "cue"):
            assert row[role] == " … ".join(row["text"][start:end] for start, end in row[f"{role}_spans"])


def test_order_and_bytes_do_not_depend_on_when_things_came(
    archive: Archive, again: Callable[[], Archive], records: tuple[Record, ...], tmp_path: Path
) -> None:
    run = start_run(archive, "", records[0].provenance)
    list(keep_many(archive, reversed(records), run))
    with open_archive(tmp_path / "other.db") as other:
        earlier = replace(records[0], article=replace(records[0].article, url="https://z.example/z"))
        keep(other, earlier, start_run(other, "", records[0].provenance))  # shifts every number of a row
        list(keep_many(other, records, start_run(other, "", records[0].provenance)))
        chosen = [row for row in lines(other) if "z.example" not in row]
    assert lines(archive) == chosen


def test_only_what_is_chosen(kept: Archive, records: tuple[Record, ...]) -> None:
    reject(kept, 1, who="Anna")
    confirm(kept, 2, who="Anna")
    assert [(row["url"][-1], row["review"]) for row in export_rows(kept, PLAIN)] == [("b", "confirmed")]
    assert len(lines(kept, Choice(with_rejected=True))) == 2
    assert lines(kept, Choice(statements=frozenset())) == []
    assert len(lines(kept, Choice(statements=frozenset({2, 99})))) == 1
    newer = start_run(kept, "newer", Provenance("0.2.0"))
    keep(kept, replace(records[0], provenance=Provenance("0.2.0")), newer)
    assert [row["engine"] for row in export_rows(kept, Choice(run=newer))] == ["0.2.0"]
    with pytest.raises(NoSuchEntry, match="run 9"):
        lines(kept, Choice(run=9))


def test_records_come_whole_and_with_what_persons_said(kept: Archive, records: tuple[Record, ...]) -> None:
    confirm(kept, 2, who="Anna")
    found = list(export_records(kept, PLAIN))
    assert {record.to_json() for record, _ in found} == {record.to_json() for record in records}
    assert [reviews for record, reviews in found if record.article.outlet == "Tide Gazette"] == [{"1": "confirmed"}]
