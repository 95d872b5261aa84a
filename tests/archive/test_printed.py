"""Statements as they were printed are what the whole record has of them."""

from __future__ import annotations

from dataclasses import replace

from onrecord.archive.correcting import corrections
from onrecord.archive.correcting.runs import start_run
from onrecord.archive.listing.printed import number_of, numbers_of, printed, same_or_copied
from onrecord.archive.store.keeping import keep
from onrecord.archive.store.loading import load_record
from onrecord.archive.store.opening import Archive
from onrecord.records import Article, Record

COPIED = " ".join(f"word{n}" for n in range(90)) + ". "


def kept(archive: Archive, *records: Record) -> list[int]:
    run = start_run(archive, "test", records[0].provenance)
    return [keep(archive, record, run).article for record in records]


def test_a_statement_comes_with_article_speaker_occasion_and_relay(archive: Archive, record: Record) -> None:
    (article,) = kept(archive, record)
    (one,) = printed(archive, numbers_of(archive, [article]))
    whole = load_record(archive, article)
    assert (one.article, one.within) == (article, None)
    assert one.record.article == whole.article
    assert number_of(archive, article, "1") == one.number
    said, full = one.record.statements[0], whole.statements[0]
    assert (said.content, said.source, said.cue, said.status) == (full.content, full.source, full.cue, full.status)
    assert one.record.entity("rena-holt").wikidata == "Q1"
    assert one.record.occasion("o1").medium == one.record.entity("quay").id == said.relayed_by


def test_they_come_in_the_order_asked_and_only_those_that_are_shown(
    archive: Archive, records: tuple[Record, ...]
) -> None:
    articles = kept(archive, *records)
    first, second = numbers_of(archive, articles)
    assert [one.number for one in printed(archive, [second, 99_999, first, second])] == [second, first]
    corrections.reject(archive, first, who="Ola Fern")
    assert [one.number for one in printed(archive, [first, second])] == [second]
    assert numbers_of(archive, articles) == (second,)
    assert number_of(archive, articles[0], "1") is None


def test_what_stood_in_a_rejected_statement_stands_in_what_that_one_stood_in(archive: Archive, record: Record) -> None:
    (said,) = record.statements
    inner = replace(said, id="2", within="1", content=said.content, source=(), cue=())
    innermost = replace(inner, id="3", within="2")
    (article,) = kept(archive, replace(record, statements=(said, inner, innermost)))
    second, third = number_of(archive, article, "2"), number_of(archive, article, "3")
    assert second is not None
    assert third is not None
    corrections.reject(archive, second, who="Ola Fern")
    (one,) = printed(archive, [third])
    assert one.within == load_record(archive, article).statement("3").within == "1"


def test_an_article_its_versions_and_its_copies_are_the_same(archive: Archive, record: Record) -> None:
    def told(name: str, url: str | None, text: str) -> Record:
        return Record(Article(text, name, url=url), (), record.provenance)

    first, second, copy, other = kept(
        archive,
        told("", "https://quay.example/a", COPIED + "One."),
        told("", "https://quay.example/a", COPIED + "Two, and much more than before: " + COPIED[::-1]),
        told("copy", None, COPIED + "Three."),
        told("other", None, "The ferry sails again on Thursday, said the harbour master."),
    )
    assert same_or_copied(archive, Article(COPIED + "One.", "mine")) == {first, second, copy}
    assert same_or_copied(archive, Article("Anything.", "other")) == {other}
    assert same_or_copied(archive, Article("Anything.", url="https://quay.example/a")) >= {first, second}
    assert same_or_copied(archive, Article("Anything.", "new")) == frozenset()
