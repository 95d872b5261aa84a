"""What is forgotten is gone from every table and from the bytes of the file; a receipt without names stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.archive.correcting.corrections import change_form, confirm
from onrecord.archive.correcting.runs import start_run
from onrecord.archive.listing.people import list_people
from onrecord.archive.safekeeping.forgetting import forget_article, forget_person, receipts
from onrecord.archive.safekeeping.verifying import verify
from onrecord.archive.store.keeping import Kept, keep, keep_many
from onrecord.archive.store.loading import load_record
from onrecord.archive.store.opening import Archive, open_archive
from onrecord.errors import NoSuchEntry
from onrecord.records import Article, Provenance, Record
from onrecord.records.origins import Origin

TABLES = (
    "articles stories texts readings entities occasions statements abouts asserted people outlets copies indexed"
).split()


@pytest.fixture
def filled(archive: Archive, records: tuple[Record, ...]) -> Archive:
    list(keep_many(archive, records, start_run(archive, "", records[0].provenance)))
    return archive


def rows(archive: Archive, *tables: str) -> list[int]:
    return [archive.database.rows(f"SELECT COUNT(*) FROM {table}")[0][0] for table in tables]


def test_a_forgotten_article_leaves_every_table(filled: Archive, records: tuple[Record, ...]) -> None:
    confirm(filled, 1, who="Ana Ito", why="checked")
    receipt = forget_article(filled, 1, who="Ana Ito", why="asked to")
    assert (receipt.articles, receipt.statements, receipt.entities) == (1, 1, 3)
    assert receipt.digests == ()  # the text stands at another url too
    assert [record for _, record in _all(filled)] == [records[1], records[2]]
    assert list(verify(filled)) == []
    second = forget_article(filled, 2, who="Ana Ito")
    assert second.digests == (records[0].article.sha256,)
    forget_article(filled, 3, who="Ana Ito")
    tables = (
        "articles stories texts readings entities occasions statements abouts asserted people outlets sketches copies"
    )
    assert rows(filled, *tables.split()) == [0] * 13
    assert list(verify(filled)) == []
    assert receipts(filled)[:2] == (receipt, second)
    (log,) = filled.database.rows("SELECT before, after, why FROM corrections WHERE action = 'confirm'")
    assert log == ("{}", "{}", "")


def test_an_id_is_never_given_twice(filled: Archive, records: tuple[Record, ...]) -> None:
    forget_article(filled, 3, who="Ana Ito")
    kept = keep(filled, records[2], start_run(filled, "", records[2].provenance))
    assert kept.article == 4


def test_all_versions_of_a_story_go(archive: Archive, records: tuple[Record, ...]) -> None:
    edited = replace(records[0], article=replace(records[0].article, text=records[0].article.text + " Again."))
    run = start_run(archive, "", records[0].provenance)
    kept = [k for k in keep_many(archive, (records[0], edited), run) if isinstance(k, Kept)]
    assert forget_article(archive, kept[0].article, who="Ana Ito", versions=False).articles == 1
    assert load_record(archive, kept[1].article) == edited
    assert forget_article(archive, kept[1].article, who="Ana Ito").articles == 1


def test_a_forgotten_person_leaves_the_articles_and_nothing_that_points_to_them(
    filled: Archive, records: tuple[Record, ...]
) -> None:
    change_form(filled, 1, form="mixed", who="Ana Ito")
    (holt,) = list_people(filled)
    receipt = forget_person(filled, holt.id, who="Ana Ito", why="asked to")
    assert (receipt.articles, receipt.statements, receipt.entities) == (0, 2, 2)
    assert list_people(filled) == ()
    first = load_record(filled, 1)
    assert first.article == records[0].article
    assert (first.statements, [e.id for e in first.entities]) == ((), ["quay", "ito"])
    assert [a.statement for a in first.asserted] == [None]
    assert list(verify(filled)) == []
    told = "".join(map(str, filled.database.rows("SELECT before, after, why FROM corrections")))
    assert "Rena" not in told
    assert "Rena" not in str(receipt.to_dict())


def test_who_could_be_the_forgotten_one_is_no_longer_told(archive: Archive, record: Record) -> None:
    holt, quay, ito = record.entities
    could = replace(ito, namesakes=(holt.namesakes[0], replace(holt.namesakes[0], name="Otto Vang")))
    changed = replace(record, entities=(holt, quay, could))
    keep(archive, changed, start_run(archive, "", record.provenance))
    forget_person(archive, list_people(archive)[0].id, who="Ana Ito")
    assert [n.name for n in load_record(archive, 1).entity("ito").namesakes] == ["Otto Vang"]


def test_no_word_of_it_is_left_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    log = path.with_name("archive.db-wal")
    text = "Zephyrine Quillfeather told Quay Radio that no."
    origin = Origin.of(f"<p>{text}".encode(), media_type="text/html", name="Quillfeather.html")
    made = Provenance("0.1.0")
    articles = [Article(f"Filler number {n} of a quill on the quay at Zeph.") for n in range(20)]
    articles[10] = Article(text, id="quill", title="Quillfeather", origin=origin)
    with open_archive(path) as archive:
        run = start_run(archive, "", made)
        for article in articles:
            keep(archive, Record(article, (), made), run)
        assert b"ephyrine" in path.read_bytes() + log.read_bytes()
        forget_article(archive, 11, who="Ana Ito")
        left = path.read_bytes() + (log.read_bytes() if log.exists() else b"")
    for word in (b"ephyrine", b"uillfeather", b"lfeather"):
        assert word not in left


@pytest.mark.parametrize("forget", [forget_article, forget_person])
def test_what_is_not_there_cannot_be_forgotten(filled: Archive, forget: Callable[..., object]) -> None:
    with pytest.raises(NoSuchEntry):
        forget(filled, 99, who="Ana Ito")


def _all(archive: Archive) -> list[tuple[int, Record]]:
    from onrecord.archive.store.loading import load_records

    return list(load_records(archive))
