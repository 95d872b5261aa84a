"""People merged and split: whoever comes later follows, search follows, and both can be taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.archive.correcting.corrections import change_speaker
from onrecord.archive.correcting.merging import appearances, merge_people, split_person
from onrecord.archive.correcting.runs import start_run
from onrecord.archive.correcting.undoing import undo
from onrecord.archive.listing.people import find_person
from onrecord.archive.safekeeping.verifying import verify
from onrecord.archive.searching.query import Query
from onrecord.archive.searching.search import search
from onrecord.archive.store.keeping import keep, keep_many
from onrecord.archive.store.loading import statement
from onrecord.archive.store.opening import Archive
from onrecord.errors import EditConflict, RefusedEdit
from onrecord.records import Entity, Record


@pytest.fixture
def kept(archive: Archive, records: tuple[Record, ...]) -> Archive:
    list(keep_many(archive, records, start_run(archive, "", records[0].provenance)))
    return archive


def hits(archive: Archive, speaker: str) -> int:
    return len(search(archive, Query(words="wrong", speaker=speaker)).hits)


def test_whoever_comes_later_goes_to_whoever_was_kept(kept: Archive, record: Record) -> None:
    holt, quay = find_person(kept, "Q1"), find_person(kept, "Quay Radio")
    merged = merge_people(kept, quay, holt, who="Anna")
    later = replace(record, article=replace(record.article, id="later", text=record.article.text + " So."))
    keep(kept, later, start_run(kept, "", record.provenance))
    assert statement(kept, 3).person == quay
    assert hits(kept, "Quay Radio") == 3
    undo(kept, merged, who="Anna")
    assert [statement(kept, id).person for id in (1, 2)] == [holt, holt]


def test_a_merged_person_can_be_merged_on(kept: Archive) -> None:
    holt, quay = find_person(kept, "Q1"), find_person(kept, "Quay Radio")
    (mention, _) = appearances(kept, holt)
    split_person(kept, holt, [mention.entity], "Rena Holt (pilot)", who="Anna")
    pilot = find_person(kept, "Rena Holt (pilot)")
    first = merge_people(kept, holt, pilot, who="Anna")
    second = merge_people(kept, quay, holt, who="Anna")
    assert find_person(kept, str(pilot)) == quay
    with pytest.raises(EditConflict):
        undo(kept, first, who="Anna")
    undo(kept, second, who="Anna")
    undo(kept, first, who="Anna")
    assert [statement(kept, id).person for id in (1, 2)] == [pilot, holt]
    assert list(verify(kept)) == []


def test_a_number_is_taken_from_the_other(kept: Archive, record: Record) -> None:
    quill = Entity(id="quill", name="Mara Quill", kind="person")
    said = replace(record.statements[0], speaker="quill", candidates=(), about=())
    another = replace(record, entities=(quill, *record.entities), statements=(said,), asserted=())
    another = replace(another, article=replace(record.article, id="q", text=record.article.text + " So."))
    keep(kept, another, start_run(kept, "", record.provenance))
    quill_id = find_person(kept, "Mara Quill")
    done = merge_people(kept, quill_id, find_person(kept, "Q1"), who="Anna")
    assert find_person(kept, "Q1") == quill_id
    assert kept.database.row("SELECT wikidata FROM people WHERE id = ?", (quill_id,)) == ("Q1",)
    undo(kept, done, who="Anna")
    assert kept.database.row("SELECT wikidata FROM people WHERE id = ?", (quill_id,)) == (None,)


def test_whoever_takes_over_a_number_is_found_by_it_everywhere(kept: Archive) -> None:
    """Their own articles too, and no longer when the merge is undone."""
    quay, holt = find_person(kept, "Quay Radio"), find_person(kept, "Q1")
    for id in (1, 2):
        change_speaker(kept, id, person=quay, who="Anna")
    done = merge_people(kept, quay, holt, who="Anna")
    assert hits(kept, "Q1") == 2
    assert list(verify(kept)) == []
    undo(kept, done, who="Anna")
    assert hits(kept, "Q1") == 0
    assert list(verify(kept)) == []


def test_search_follows_a_split(kept: Archive) -> None:
    holt = find_person(kept, "Q1")
    mention = appearances(kept, holt)[1]
    done = split_person(kept, holt, [mention.entity], "Oda Pilot", wikidata="Q99", who="Anna")
    assert (hits(kept, "Q1"), hits(kept, "Q99")) == (1, 1)
    undo(kept, done, who="Anna")
    assert (hits(kept, "Q1"), hits(kept, "Q99")) == (2, 0)
    with pytest.raises(RefusedEdit, match="which is person"):
        split_person(kept, holt, [mention.entity], "Oda", wikidata="Q1", who="Anna")


def test_two_who_merge_at_once(kept: Archive) -> None:
    holt, quay, ito = (find_person(kept, name) for name in ("Q1", "Quay Radio", "Quay Radio"))
    assert quay == ito
    done = merge_people(kept, quay, holt, who="Anna", seen=0)
    undo(kept, done, who="Anna")
    with pytest.raises(EditConflict, match="merged two into one"):
        merge_people(kept, quay, holt, who="Ben", seen=0)
