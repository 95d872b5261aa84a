"""Runs stand side by side; one is shown; choosing another is explicit and loses nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.archive.correcting.corrections import confirm
from onrecord.archive.correcting.runs import diff, finish_run, promote, runs, start_run
from onrecord.archive.safekeeping.verifying import verify
from onrecord.archive.store.keeping import keep
from onrecord.archive.store.loading import article, load_record, statement
from onrecord.archive.store.opening import Archive
from onrecord.errors import NoSuchEntry
from onrecord.records import Provenance, Record
from onrecord.spans import Span

NEWER = Provenance("0.2.0", "small", "cd" * 32)


def newer(record: Record) -> Record:
    """The record as a newer engine has it: other form, another speaker, and one statement more."""
    said = record.statements[0]
    changed = replace(said, form="direct", speaker="ito", content=(Span(31, 44),), candidates=())
    more = replace(said, id="2", content=(Span(46, 53),), source=(), cue=(), about=(), occasion=None, carried_from="1")
    return replace(record, statements=(changed, more), provenance=NEWER)


def two_runs(archive: Archive, record: Record) -> tuple[int, int]:
    a = start_run(archive, "first", record.provenance)
    keep(archive, record, a)
    finish_run(archive, a)
    b = start_run(archive, "second", NEWER)
    keep(archive, newer(record), b)
    finish_run(archive, b)
    return a, b


def test_runs_are_listed_with_what_they_read(archive: Archive, record: Record) -> None:
    two_runs(archive, record)
    first, second = runs(archive)
    assert (first.label, first.provenance, first.articles, first.statements, first.current) == (
        "first",
        record.provenance,
        1,
        1,
        1,
    )
    assert (second.articles, second.statements, second.current) == (1, 2, 0)
    assert first.started == first.finished == "2031-05-04T12:00:00+00:00"


def test_a_run_that_was_broken_off_goes_on(archive: Archive, record: Record) -> None:
    a = start_run(archive, "", record.provenance)
    assert start_run(archive, "", record.provenance) == a
    assert start_run(archive, "", NEWER) != a
    assert start_run(archive, "other", record.provenance) != a
    finish_run(archive, a)
    assert start_run(archive, "", record.provenance) != a


def test_a_diff_tells_what_was_added_and_changed_by_field(archive: Archive, record: Record) -> None:
    a, b = two_runs(archive, record)
    found = diff(archive, a, b)
    assert (found.articles, found.only_a, found.only_b, found.same) == (1, 0, 0, 0)
    (changed,), (added,) = found.of_kind("changed"), found.of_kind("added")
    assert changed.fields["form"] == ("indirect", "direct")
    assert changed.fields["speaker"] == ("Rena Holt", "Ito")
    assert changed.fields["content"] == ("that Ito was wrong", "Ito was wrong")
    assert set(found.by_field) == {"form", "speaker", "content"}
    assert added.words == "He was."
    assert found.of_kind("gone") == ()
    back = diff(archive, b, a)
    assert [d.words for d in back.of_kind("gone")] == ["He was."]
    assert diff(archive, a, a).same == 1


def test_promoting_shows_the_other_run(archive: Archive, record: Record) -> None:
    a, b = two_runs(archive, record)
    assert promote(archive, b, "Ana Ito", "better") == 1
    assert load_record(archive, 1) == newer(record)
    assert load_record(archive, 1, a) == record
    assert promote(archive, b, "Ana Ito") == 0  # it is shown already
    assert [run.current for run in runs(archive)] == [0, 1]
    assert list(verify(archive)) == []
    assert promote(archive, a, "Ana Ito") == 1
    assert load_record(archive, 1) == record


def test_what_a_person_confirmed_is_not_overwritten(archive: Archive, record: Record) -> None:
    _, b = two_runs(archive, record)
    confirm(archive, 1, who="Ana Ito")
    promote(archive, b, "Ana Ito")
    shown = [statement(archive, id) for (id,) in archive.database.rows("SELECT id FROM statements ORDER BY id")]
    confirmed = [held for held in shown if held.shown and held.review == "confirmed"]
    assert [(held.content, held.speaker) for held in confirmed] == [("that Ito was wrong", "Rena Holt")]
    assert article(archive, 1).statements == 2
    assert list(verify(archive)) == []


@pytest.mark.parametrize("call", [finish_run, lambda a, n: diff(a, 1, n), lambda a, n: promote(a, n, "Ana Ito")])
def test_a_run_that_is_none_is_refused(archive: Archive, record: Record, call: object) -> None:
    start_run(archive, "", record.provenance)
    with pytest.raises(NoSuchEntry, match="run 9"):
        call(archive, 9)  # type: ignore[operator]
