"""What links an entity to the directory: an office on the date, a country, a full name; never a surname alone."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from marked import of
from onrecord.directory import Body, Directory, Person, Source, Term
from onrecord.directory.bodies import Bodies
from onrecord.directory.linking import Evidence, link
from onrecord.directory.tables import Tables
from onrecord.records import Article, Candidate, Entity, Provenance, Record, Statement
from onrecord.spans import Span

SOURCE = Source("by hand", "2031-01-01")
TEXT = "Nobody in Tarland or at the harbour board of Quay said a word."


def term(person: str, role: str, key: str, start: str | None, end: str | None, of: str = "TLD") -> Term:
    return Term(person=person, role=role, key=key, of=of, start=start, end=end, source=SOURCE, as_of="2031-01-01")


@pytest.fixture(scope="module")
def directory() -> Directory:
    tarland = Body(
        id="TLD", name="Tarland", kind="place", wikidata="Q900000001", demonyms=("Tarlandic",), capital="Tarna"
    )
    board = Body(id="QHB", name="Quay Harbour Board", kind="organisation", wikidata="Q900000002", aka=("QHB",))
    minister = ("Foreign Minister", "minister:foreign")
    people = (
        Person(
            name="Oskelda Vrantis",
            wikidata="Q900000003",
            offices=(
                term("Q900000003", *minister, "2024-01-01", "2026-06-30"),
                term("Q900000003", "Mayor of Tarna", "mayor", "2019-01-01", "2021-01-01"),
            ),
        ),
        Person(
            name="Ilmo Vrantis",
            wikidata="Q900000004",
            offices=(term("Q900000004", "Finance Minister", "minister:finance", "2024-01-01", None),),
        ),
        Person(name="Bertil Ost", wikidata="Q900000005", offices=(term("", *minister, "2026-07-01", "2030-01-01"),)),
        Person(name="Runa Ketil", wikidata="Q900000006", offices=(term("", *minister, "2010-01-01", "2014-01-01"),)),
        Person(name="Runa Ketil", wikidata="Q900000007", offices=(term("", "Judge", "judge", "2010-01-01", None),)),
    )
    bodies = Bodies()
    bodies.add(tarland)
    bodies.add(board)
    return Directory(Tables(), bodies, people)


def record(*entities: Entity, on: str | None = "2025-05-08", speaker: str | None = None) -> Record:
    published = datetime.date.fromisoformat(on) if on else None
    said = Statement(
        id="1",
        content=(Span(0, 6),),
        form="indirect",
        confidence=0.5,
        speaker=speaker,
        candidates=(Candidate(speaker, 0.6),) if speaker else (),
    )
    return Record(Article(TEXT, published=published), (said,), Provenance("0"), entities)


TARLAND = Entity(id="tarland", name="Tarland", kind="place")


def person(name: str, *aka: str, role: str | None = None, of: str | None = None, named: bool = True) -> Entity:
    return Entity(id="p", name=name, kind="person", aka=aka, role=role, of=of, named=named)


@pytest.mark.parametrize(
    ("asked", "on", "evidence", "wikidata"),
    [
        (person("Oskelda Vrantis", role="foreign minister", of="tarland"), "2025-05-08", "NAME_AND_OFFICE", "…3"),
        (person("Vrantis", "Tarlandic Foreign Minister Vrantis"), "2025-05-08", "SURNAME_AND_OFFICE", "…3"),
        (person("Vrantis", role="finance minister", of="tarland"), "2025-05-08", "SURNAME_AND_OFFICE", "…4"),
        (
            person("Vrantis", role="former foreign minister", of="tarland"),
            "2028-05-08",
            "SURNAME_AND_PAST_OFFICE",
            "…3",
        ),
        (person("the Tarlandic foreign minister", named=False), "2025-05-08", "OFFICE", "…3"),
        (person("the Tarlandic foreign minister", named=False), "2027-05-08", "OFFICE", "…5"),
        (person("Oskelda Vrantis"), "2025-05-08", "NAME_IN_OFFICE", "…3"),
        (person("Oskelda Vrantis", role="ambassador", of="tarland"), "2025-05-08", "NAME_AND_BODY", "…3"),
    ],
)
def test_an_entity_links_by_what_the_article_says_of_it(
    directory: Directory, asked: Entity, on: str, evidence: str, wikidata: str
) -> None:
    (linked,) = (e for e in link(*of(record(TARLAND, asked, on=on)), directory).entities if e.id == "p")
    assert linked.wikidata == f"Q90000000{wikidata[-1]}"
    assert any(told.startswith(Evidence[evidence].told) for told in linked.evidence)


@pytest.mark.parametrize(
    ("asked", "on", "why"),
    [
        (person("Vrantis"), "2025-05-08", "a surname alone"),
        (person("Vrantis", role="foreign minister", of="tarland"), None, "no date, so no office"),
        (person("the Tarlandic foreign minister", named=False), "2035-05-08", "nobody known in office then"),
        (person("the Tarlandic foreign minister", named=False), None, "no date"),
        (person("the foreign minister", named=False), "2025-05-08", "of which country?"),
        (person("Runa Ketil"), "2025-05-08", "two of that name"),
        (person("Oskelda Vrantis", role="footballer"), "2025-05-08", "a role that is none of hers, so a namesake"),
        (person("the Tarlandic foreign minister’s spokesman", named=False), "2025-05-08", "not the minister"),
    ],
)
def test_without_evidence_nothing_links(directory: Directory, asked: Entity, on: str | None, why: str) -> None:
    (kept,) = (e for e in link(*of(record(TARLAND, asked, on=on)), directory).entities if e.id == "p")
    assert kept.wikidata is None, why


def test_those_it_could_be_are_offered_with_what_speaks_for_them(directory: Directory) -> None:
    linked = link(*of(record(TARLAND, person("Runa Ketil"))), directory).entity("p")
    assert {n.wikidata for n in linked.namesakes} == {"Q900000006", "Q900000007"}
    assert all(n.evidence and n.score < 0.8 for n in linked.namesakes)


def test_bodies_link_by_name_and_acronym_and_become_one(directory: Directory) -> None:
    short = Entity(id="qhb", name="QHB", kind="organisation", mentions=(Span(0, 6),))
    long = Entity(id="board", name="Quay Harbour Board", kind="organisation", mentions=(Span(10, 17),))
    linked = link(*of(record(short, long, speaker="board")), directory)
    (body,) = linked.entities
    assert (body.wikidata, body.mentions) == ("Q900000002", (Span(0, 6), Span(10, 17)))
    assert linked.statements[0].speaker == body.id
    assert linked.statements[0].candidates == (Candidate(body.id, 0.6),)


def test_a_name_and_an_office_that_are_one_person_become_one_entity(directory: Directory) -> None:
    office = replace(person("the Tarlandic foreign minister", named=False), id="office")
    named = person("Oskelda Vrantis", role="foreign minister", of="tarland")
    linked = link(*of(record(TARLAND, office, named, speaker="office")), directory)
    assert linked.statements[0].speaker == "p"
    assert linked.entity("p").name == "Oskelda Vrantis"
    assert "the Tarlandic foreign minister" in linked.entity("p").aka


def test_a_linked_person_has_the_role_and_the_body_of_the_office(directory: Directory) -> None:
    linked = link(*of(record(TARLAND, person("Oskelda Vrantis"))), directory).entity("p")
    assert (linked.role, linked.of) == ("foreign minister", "tarland")
