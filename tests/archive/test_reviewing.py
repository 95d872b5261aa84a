"""The queue: what nobody has looked at, the least certain first, each once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.archive.correcting.corrections import confirm, reject, undo
from onrecord.archive.correcting.reviewing import progress, queue
from onrecord.archive.correcting.runs import promote, start_run
from onrecord.archive.store.keeping import keep
from onrecord.archive.store.opening import Archive
from onrecord.errors import RefusedEdit
from onrecord.records import Provenance, Record
from onrecord.spans import Span


@pytest.fixture
def unsure(archive: Archive, record: Record) -> Archive:
    """One article with statements 1 to 5, of confidences .9, .1, .5, .1 and .00001."""
    (said,) = record.statements
    doubts = [
        replace(said, id=str(n), content=(Span(26 + n, 44),), confidence=confidence)
        for n, confidence in enumerate((0.9, 0.1, 0.5, 0.1, 0.0001))
    ]
    doubted = replace(record, statements=tuple(doubts), asserted=())
    keep(archive, doubted, start_run(archive, "", record.provenance))
    return archive


def test_the_least_certain_come_first_page_by_page(unsure: Archive) -> None:
    seen, cursor = [], None
    while True:
        page = queue(unsure, after=cursor, n=2)
        seen.append([held.id for held in page.statements])
        if (cursor := page.cursor) is None:
            break
    assert seen == [[5, 2], [4, 3], [1]]


def test_what_was_looked_at_is_not_asked_again_unless_undone(unsure: Archive) -> None:
    confirm(unsure, 5, who="Anna")
    rejected = reject(unsure, 2, who="Anna")
    assert [held.id for held in queue(unsure).statements] == [4, 3, 1]
    assert progress(unsure) == (2, 5)
    undo(unsure, rejected, who="Anna")
    assert [held.id for held in queue(unsure).statements] == [2, 4, 3, 1]
    assert queue(unsure, article=9).statements == ()


def test_earlier_readings_are_not_asked_for(unsure: Archive, record: Record) -> None:
    newer = start_run(unsure, "newer", Provenance("0.2.0"))
    keep(unsure, replace(record, provenance=Provenance("0.2.0")), newer)
    assert (len(queue(unsure).statements), progress(unsure)) == (5, (0, 5))
    promote(unsure, newer, "Anna")
    assert ([held.id for held in queue(unsure).statements], progress(unsure)) == ([6], (0, 1))


@pytest.mark.parametrize("cursor", ["", "1", "x:1", "0.5:", "nan:1", "0.5:1;", "²:1"])
def test_a_cursor_that_is_none_is_refused(unsure: Archive, cursor: str) -> None:
    with pytest.raises(RefusedEdit, match="cursor"):
        queue(unsure, after=cursor)
