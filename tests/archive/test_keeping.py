"""What becomes of records that are kept: once, again, edited, read anew, copied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from onrecord.archive.correcting.runs import start_run
from onrecord.archive.store.keeping import Kept, is_known, keep, keep_many, story_key
from onrecord.archive.store.loading import article, find_article, load_record, load_records, text_of
from onrecord.archive.store.opening import Archive
from onrecord.errors import NoSuchEntry, RecordError
from onrecord.records import Article, Provenance, Record, Skipped

NEWER = Provenance("0.2.0", "small", "cd" * 32)


def kept_of(archive: Archive, *records: Record, engine: Provenance | None = None, batch: int = 200) -> list[Kept]:
    records = tuple(replace(r, provenance=engine) if engine else r for r in records)
    run = start_run(archive, "", records[0].provenance)
    kept = list(keep_many(archive, records, run, batch=batch))
    assert all(isinstance(k, Kept) for k in kept)
    return [k for k in kept if isinstance(k, Kept)]


def edited(record: Record, text: str = "Rena Holt told Quay Radio that Ito was wrong. She was.") -> Record:
    return replace(record, article=replace(record.article, text=text))


def test_what_goes_in_comes_out(archive: Archive, records: tuple[Record, ...]) -> None:
    kept = kept_of(archive, *records)
    assert [k.state for k in kept] == ["new", "new", "new"]
    assert [k.article for k in kept] == [1, 2, 3]
    assert tuple(record for _, record in load_records(archive)) == records


def test_known_text_does_nothing(archive: Archive, records: tuple[Record, ...]) -> None:
    first = kept_of(archive, *records)
    tables = ("articles", "readings", "statements", "texts", "stories", "copies", "sketches", "people")
    count = [archive.database.row(f"SELECT COUNT(*) FROM {table}") for table in tables]
    again = kept_of(archive, *records)
    assert [k.state for k in again] == ["known"] * 3
    assert [(k.article, k.reading) for k in again] == [(k.article, k.reading) for k in first]
    assert [archive.database.row(f"SELECT COUNT(*) FROM {table}") for table in tables] == count


def test_a_text_that_stands_twice_in_one_batch_is_kept_once(archive: Archive, records: tuple[Record, ...]) -> None:
    first, second = kept_of(archive, records[0], records[0])
    assert (first.state, second.state) == ("new", "known")
    assert (first.article, first.reading) == (second.article, second.reading)


def test_an_edited_story_is_a_new_version_of_itself(archive: Archive, records: tuple[Record, ...]) -> None:
    (old,) = kept_of(archive, records[0])
    (new,) = kept_of(archive, edited(records[0]))
    assert new.state == "version"
    assert article(archive, new.article).versions == (old.article, new.article)
    assert article(archive, new.article).version == 2
    assert load_record(archive, old.article) == records[0]
    assert find_article(archive, "https://quay.example/a").id == new.article
    (back,) = kept_of(archive, records[0])
    assert (back.state, back.article) == ("known", old.article)


def test_two_versions_of_a_story_may_come_in_one_batch(archive: Archive, records: tuple[Record, ...]) -> None:
    kept = kept_of(archive, records[0], edited(records[0]))
    assert [k.state for k in kept] == ["new", "version"]
    assert article(archive, kept[0].article).versions == tuple(k.article for k in kept)


def test_a_newer_engine_reads_beside_the_older(archive: Archive, records: tuple[Record, ...]) -> None:
    (old,) = kept_of(archive, records[0])
    (new,) = kept_of(archive, records[0], engine=NEWER)
    assert (new.state, new.article) == ("read anew", old.article)
    assert article(archive, old.article).reading == old.reading  # what is shown is what was shown
    assert load_record(archive, old.article) == records[0]
    (again,) = kept_of(archive, records[0], engine=NEWER)
    assert (again.state, again.reading) == ("known", new.reading)


def test_it_is_known_only_to_the_engine_that_read_it(archive: Archive, records: tuple[Record, ...]) -> None:
    kept_of(archive, records[0])
    assert is_known(archive, records[0].article, records[0].provenance)
    assert not is_known(archive, records[0].article, NEWER)
    assert not is_known(archive, edited(records[0]).article, records[0].provenance)
    assert not is_known(archive, records[2].article, records[0].provenance)


@pytest.mark.parametrize("batch", [1, 2, 200])
def test_ids_do_not_depend_on_the_size_of_a_batch(archive: Archive, records: tuple[Record, ...], batch: int) -> None:
    kept = kept_of(archive, *records, edited(records[0]), batch=batch)
    assert [(k.article, k.reading) for k in kept] == [(1, 1), (2, 2), (3, 3), (4, 4)]
    statements = archive.database.rows("SELECT id, article, speaker, person FROM statements ORDER BY id")
    assert statements == [(1, 1, 1, 1), (2, 2, 4, 1), (3, 4, 7, 1)]
    assert archive.database.rows("SELECT article, of FROM copies ORDER BY article") == [(2, 1)]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"text": "Rena\0 Holt told Quay Radio that Ito was wrong. He was."}, "NUL"),
        ({"text": "Rena\ud800 Holt told Quay Radio that Ito was wrong. He was."}, "half a character"),
        ({"title": "one\udfff"}, "half a character"),
        ({"outlet": "Quay\0"}, "NUL"),
    ],
)
def test_what_no_database_can_hold_is_refused_and_the_rest_is_kept(
    archive: Archive, records: tuple[Record, ...], change: dict[str, str], why: str
) -> None:
    bad = replace(records[1], article=replace(records[1].article, **change))  # type: ignore[arg-type]
    run = start_run(archive, "", bad.provenance)
    outcome = list(keep_many(archive, (records[0], bad, records[2]), run))
    assert [type(o) for o in outcome] == [Kept, Skipped, Kept]
    assert isinstance(outcome[1], Skipped)
    assert why in outcome[1].reason
    assert [record for _, record in load_records(archive)] == [records[0], records[2]]
    with pytest.raises(RecordError, match=why):
        keep(archive, bad, run)


def test_a_record_is_kept_as_part_of_a_run(archive: Archive, record: Record) -> None:
    with pytest.raises(NoSuchEntry, match="run 7"):
        keep(archive, record, 7)


def test_a_batch_that_fails_leaves_nothing(
    archive: Archive, records: tuple[Record, ...], again: Callable[[], Archive]
) -> None:
    run = start_run(archive, "", records[0].provenance)

    def broken_off() -> None:
        with archive.database.writing():
            keep(archive, records[0], run)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    with again() as other:
        assert other.database.rows("SELECT id FROM articles") == []
    assert keep(archive, records[0], run).article == 1  # and no id is lost


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ({"url": "https://Quay.example/a"}, {"url": "https://quay.example/a#top"}, True),
        ({"url": "https://quay.example/a?utm_source=x&id=1"}, {"url": "https://quay.example/a?id=1"}, True),
        ({"url": "https://quay.example/a?id=1"}, {"url": "https://quay.example/a?id=2"}, False),
        ({"id": "7", "outlet": "Quay Herald"}, {"id": "7", "outlet": "Quay Herald"}, True),
        ({"id": "7", "outlet": "Quay Herald"}, {"id": "7", "outlet": "Tide Gazette"}, False),
        ({"url": "https://[bad"}, {"url": "https://[bad"}, True),
        ({}, {}, False),  # nothing but the text tells: another text is another story
    ],
)
def test_versions_of_a_story_share_a_key(one: dict[str, str], two: dict[str, str], same: bool) -> None:
    keys = {story_key(Article(text, **given)) for text, given in (("a", one), ("b", two))}  # type: ignore[arg-type]
    assert (len(keys) == 1) is same


def test_an_article_is_found_by_id_url_name_and_digest(archive: Archive, records: tuple[Record, ...]) -> None:
    kept_of(archive, *records)
    for name in ("1", "https://quay.example/a", "HTTPS://QUAY.example/a#x", records[0].article.id):
        if name != records[0].article.id:  # that text stands at two urls
            assert find_article(archive, name).id == 1
    assert find_article(archive, "empty").id == 3
    assert find_article(archive, records[2].article.sha256).id == 3
    assert text_of(archive, 3) == "Nothing was said at the harbour today."
    for name in ("99", "https://quay.example/none", "", "9" * 40, "a\0b"):
        with pytest.raises(NoSuchEntry):
            find_article(archive, name)
