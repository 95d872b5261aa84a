"""Who is one over all articles, who is left in their article, and what is counted of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.archive.correcting.runs import start_run
from onrecord.archive.listing.outlets import find_outlet, list_outlets
from onrecord.archive.listing.people import find_person, folded, list_people, person, person_key
from onrecord.archive.store.keeping import keep_many
from onrecord.archive.store.opening import Archive
from onrecord.errors import NoSuchEntry
from onrecord.records import Entity, Record


@pytest.mark.parametrize(
    ("entity", "key"),
    [
        (Entity(id="a", name="Rena Holt", kind="person"), "person:rena holt"),
        (Entity(id="a", name="Réna  HOLT", kind="person"), "person:rena holt"),
        (Entity(id="a", name="Rena Holt", kind="person", wikidata="Q1"), "Q1"),
        (Entity(id="a", name="Holt", kind="person"), None),  # whose family name? the article knows
        (Entity(id="a", name="the harbour master", kind="person", named=False), None),
        (Entity(id="a", name="three dockers", kind="group", count=3), None),
        (Entity(id="a", name="Quay", kind="place"), "place:quay"),
    ],
)
def test_entities_of_two_articles_are_one_where_they_share_a_key(entity: Entity, key: str | None) -> None:
    assert person_key(entity) == key


def test_names_are_compared_without_case_accents_and_stops() -> None:
    assert folded("J. Müller-Ötz") == folded("j muller-otz") == "j muller-otz"


@pytest.fixture
def filled(archive: Archive, records: tuple[Record, ...]) -> Archive:
    list(keep_many(archive, records, start_run(archive, "", records[0].provenance)))
    return archive


def test_speakers_are_listed_with_their_counts(filled: Archive) -> None:
    (holt,) = list_people(filled)
    assert (holt.name, holt.wikidata, holt.statements, holt.articles, holt.about) == ("Rena Holt", "Q1", 2, 2, 0)
    assert list_people(filled, name="HOL") == (holt,)
    assert list_people(filled, name="%") == list_people(filled, kind="place") == ()


def test_a_portrait_tells_offices_outlets_and_time(filled: Archive) -> None:
    holt = person(filled, find_person(filled, "Q1"))
    assert [(o.role, o.of, o.statements) for o in holt.offices] == [("harbour master", "Quay Radio", 2)]
    assert holt.outlets == (("Quay Herald", 1), ("Tide Gazette", 1))
    assert holt.months == ()  # nobody says when it was published


def test_whom_they_speak_of_is_counted_by_sign(archive: Archive, record: Record) -> None:
    entities = tuple(replace(e, name="Ana Ito") if e.id == "ito" else e for e in record.entities)
    list(keep_many(archive, [replace(record, entities=entities)], start_run(archive, "", record.provenance)))
    holt, ito = (person(archive, find_person(archive, name)) for name in ("rena holt", "Ana Ito"))
    assert [(name, counts) for _, name, counts in holt.speaks_of] == [("Ana Ito", {"-": 1})]
    assert [(name, counts) for _, name, counts in ito.spoken_of_by] == [("Rena Holt", {"-": 1})]
    assert (ito.person.statements, ito.person.about) == (0, 1)


def test_of_two_with_one_name_the_likelier_is_shown_and_neither_is_sure(archive: Archive, record: Record) -> None:
    holt, quay, ito = record.entities
    entities = (replace(holt, wikidata=None), quay, replace(ito, name="Rena Holt", wikidata="Q2"))
    list(keep_many(archive, [replace(record, entities=entities)], start_run(archive, "", record.provenance)))
    assert list_people(archive)[0].id == find_person(archive, "rena holt") == 1
    assert find_person(archive, "Q2", only=True) == 3
    with pytest.raises(NoSuchEntry, match="2 called 'Rena Holt' \\(ids 1, 3\\)"):
        find_person(archive, "Rena Holt", only=True)


def test_outlets_are_listed_with_their_counts(filled: Archive) -> None:
    quay, tide = list_outlets(filled)
    assert (quay.name, quay.articles, quay.statements) == ("Quay Herald", 2, 1)
    assert (tide.name, tide.articles, tide.statements) == ("Tide Gazette", 1, 1)
    assert find_outlet(filled, "quay herald") == find_outlet(filled, str(quay.id)) == quay.id


def test_articles_without_an_outlet_are_counted_too(archive: Archive, record: Record) -> None:
    list(keep_many(archive, [record], start_run(archive, "", record.provenance)))
    assert [(o.id, o.name, o.articles, o.statements) for o in list_outlets(archive)] == [(None, "", 1, 1)]


@pytest.mark.parametrize("find", [find_person, find_outlet, lambda archive, name: person(archive, 99)])
def test_who_is_not_there_is_an_error(filled: Archive, find: object) -> None:
    with pytest.raises(NoSuchEntry):
        find(filled, "Nobody Known")  # type: ignore[operator]
