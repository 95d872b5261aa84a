"""A page of a trace has the same carriers, whoever proposes them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.test_trace import ARTICLES, HOLT, record
from onrecord.answers import archive_tracing as joint
from onrecord.answers import listing
from onrecord.answers.archive_tracing import catch_up
from onrecord.answers.tracing import near, traced
from onrecord.archive.correcting import corrections
from onrecord.archive.correcting.runs import start_run
from onrecord.archive.listing.printed import numbers_of
from onrecord.archive.store.keeping import keep
from onrecord.archive.store.opening import Archive, open_archive
from onrecord.errors import NoSuchEntry
from onrecord.records import Provenance

THANKS = ("thanks", "Quay Herald", "2031-05-07", "“Thank you,” said Rena Holt.", HOLT)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive.db") as archive:
        run = start_run(archive, "test", Provenance("0.1.0"))
        for one in (*ARTICLES, THANKS):
            keep(archive, record(*one), run)
        yield archive


@pytest.mark.parametrize(("indexed", "few"), [(True, 0), (False, 0), (False, 30)])
def test_a_trace_has_all_carriers_by_their_numbers(
    kept: Archive, indexed: bool, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joint, "FEW", few)
    if indexed:
        catch_up(kept)
    for statement in numbers_of(kept, (1, 2, 3)):
        found, numbers = traced(kept, statement)
        assert found is not None
        assert [link.carrier.article for link in found.links] == ["1", "2", "3"]
        assert [numbers[link.carrier.id] for link in found.links] == list(numbers_of(kept, (1, 2, 3)))
        assert [link.verdict and link.verdict.kind for link in found.links] == [None, "trimmed", "altered"]


def test_what_carries_nothing_or_is_not_shown_has_no_trace(kept: Archive) -> None:
    (thanks,) = numbers_of(kept, (5,))
    assert traced(kept, thanks)[0] is None
    (first,) = numbers_of(kept, (1,))
    corrections.reject(kept, first, who="Ola Fern")
    assert traced(kept, first) == (None, {})
    with pytest.raises(NoSuchEntry):
        traced(kept, 99)


def test_an_occasion_is_joined_over_articles(kept: Archive) -> None:
    rows = kept.database.rows("SELECT o.id FROM occasions o JOIN articles a ON a.current = o.reading WHERE a.id = 1")
    found = near(kept, rows[0][0])
    assert found.occasion is not None
    assert {"1", "2", "3"} <= set(found.occasion.articles)
    assert listing.said_on(kept, [rows[0][0]])[0][1].id in found.numbers.values()
