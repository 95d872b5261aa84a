"""The index of fingerprints holds what is shown, when it is caught up, and nothing of what is gone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.archive.correcting import corrections
from onrecord.archive.correcting.runs import promote, start_run
from onrecord.archive.indexing import fingerprints
from onrecord.archive.indexing.fingerprints import KeptPostings, catch_up, waiting
from onrecord.archive.listing.printed import numbers_of
from onrecord.archive.safekeeping.forgetting import forget_article
from onrecord.archive.store.database import one
from onrecord.archive.store.keeping import keep
from onrecord.archive.store.opening import Archive, open_archive
from onrecord.errors import ReadOnlyArchive
from onrecord.records import Record


def lengths(text: str) -> Sequence[int]:
    """A stand-in for fingerprints: one number that all have, one that some have, both ends of what can be kept."""
    return (-(2**63), len(text), 2**63 - 1)


def kept(archive: Archive, *records: Record) -> list[int]:
    run = start_run(archive, "test", records[0].provenance)
    return [keep(archive, record, run).article for record in records]


def holders(archive: Archive, fingerprint: int = -(2**63), limit: int = 10) -> Sequence[int]:
    return KeptPostings(archive.database).holders(fingerprint, limit)


def test_every_article_waits_until_it_is_caught_up(archive: Archive, records: tuple[Record, ...]) -> None:
    articles = kept(archive, *records)
    assert waiting(archive, 10) == tuple(articles)
    assert waiting(archive, 1) == tuple(articles[:1])
    told: list[tuple[int, int]] = []
    assert catch_up(archive, lengths, lambda done, of: told.append((done, of))) == 3
    assert told == [(3, 3)]
    assert waiting(archive, 10) == ()
    said = numbers_of(archive, articles)
    assert len(said) == 2
    assert holders(archive) == holders(archive, 2**63 - 1) == list(said)
    assert holders(archive, limit=1) == [said[0]]
    assert holders(archive, 1) == []
    assert catch_up(archive, lengths) == 0


def test_what_a_person_rejects_is_taken_out_at_once_and_comes_back_when_undone(
    archive: Archive, records: tuple[Record, ...]
) -> None:
    articles = kept(archive, *records)
    first, second = numbers_of(archive, articles)
    catch_up(archive, lengths)
    rejected = corrections.reject(archive, first, who="Ola Fern")
    assert holders(archive) == [second]
    assert waiting(archive, 10) == (articles[0],)
    assert catch_up(archive, lengths) == 1
    assert holders(archive) == [second]
    corrections.undo(archive, rejected, who="Ola Fern")
    assert catch_up(archive, lengths) == 1
    assert holders(archive) == [first, second]


def test_a_new_reading_takes_the_place_of_the_old_when_it_is_promoted(archive: Archive, record: Record) -> None:
    (article,) = kept(archive, record)
    catch_up(archive, lengths)
    (old,) = holders(archive)
    run = start_run(archive, "anew", replace(record.provenance, engine="0.2.0"))
    keep(archive, replace(record, provenance=replace(record.provenance, engine="0.2.0")), run)
    assert catch_up(archive, lengths) in (0, 1)
    assert holders(archive) == [old]
    promote(archive, run, "Ola Fern")
    catch_up(archive, lengths)
    (new,) = holders(archive)
    assert new != old
    assert (new,) == numbers_of(archive, [article])


def test_of_what_is_forgotten_no_fingerprint_stays(archive: Archive, records: tuple[Record, ...]) -> None:
    articles = kept(archive, *records)
    catch_up(archive, lengths)
    forget_article(archive, articles[0], who="Ola Fern", why="asked to")
    assert holders(archive) == list(numbers_of(archive, articles[1:]))
    assert one(archive.database, "SELECT COUNT(*) FROM fingerprints") == 3
    assert articles[0] not in waiting(archive, 10)


def test_stopped_it_goes_on_from_where_it_was(
    archive: Archive, records: tuple[Record, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fingerprints, "POSTINGS", 1)
    monkeypatch.setattr(fingerprints, "AT_ONCE", 1)
    articles = kept(archive, *records)

    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        catch_up(archive, lengths, stop)
    assert waiting(archive, 10) == tuple(articles[1:])
    assert catch_up(archive, lengths) == 2
    assert holders(archive) == list(numbers_of(archive, articles))


def test_what_changes_while_it_counts_waits_for_the_next_time(
    archive: Archive, records: tuple[Record, ...], again: Callable[[], Archive]
) -> None:
    articles = kept(archive, *records)
    first, second = numbers_of(archive, articles)

    def meanwhile(text: str) -> Sequence[int]:
        if not rejected:
            with again() as other:
                rejected.append(corrections.reject(other, first, who="Ola Fern"))
        return lengths(text)

    rejected: list[int] = []
    assert catch_up(archive, meanwhile) == 2
    assert holders(archive) == [second]
    assert waiting(archive, 10) == (articles[0],)


def test_two_who_catch_up_at_once_put_nothing_in_twice(
    archive: Archive, records: tuple[Record, ...], again: Callable[[], Archive]
) -> None:
    articles = kept(archive, *records)

    def meanwhile(text: str) -> Sequence[int]:
        with again() as other:
            catch_up(other, lengths)
        return lengths(text)

    assert catch_up(archive, meanwhile) == 0
    assert holders(archive) == list(numbers_of(archive, articles))


def test_an_archive_that_may_only_be_read_refuses(tmp_path: Path, record: Record) -> None:
    where = tmp_path / "archive.db"
    with open_archive(where) as archive:
        kept(archive, record)
    with open_archive(where, read_only=True) as archive:
        assert len(waiting(archive, 10)) == 1
        with pytest.raises(ReadOnlyArchive):
            catch_up(archive, lengths)
