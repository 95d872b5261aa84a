"""What stands of a log: an undo takes its correction out of force, the undo of an undo brings it back."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.archive.correcting.correction_log import (
    LONGEST_WHY,
    Correction,
    checked,
    history,
    in_force,
    note,
    redact,
    refuse_stale,
    review_of,
    slug,
    standing,
)
from onrecord.archive.store.opening import Archive
from onrecord.errors import EditConflict, RefusedEdit


def log(*entries: tuple[Any, int | None] | str) -> tuple[Correction, ...]:
    """Corrections 1, 2, …: each the name of an action, or ("undo", the one it undoes)."""
    return tuple(
        Correction(
            id=n,
            at="2031-05-04T12:00:00+00:00",
            who="Anna",
            action=entry if isinstance(entry, str) else entry[0],  # type: ignore[arg-type]
            undoes=None if isinstance(entry, str) else entry[1],
            after={"review": "confirmed"} if entry == "promote" else {},
        )
        for n, entry in enumerate(entries, start=1)
    )


@pytest.mark.parametrize(
    ("entries", "ids", "review"),
    [
        ([], [], None),
        (["confirm"], [1], "confirmed"),
        (["confirm", "reject"], [1, 2], "rejected"),
        (["reject", ("undo", 1)], [], None),
        (["reject", ("undo", 1), ("undo", 2)], [1], "rejected"),
        (["reject", ("undo", 1), ("undo", 2), ("undo", 3)], [], None),
        (["form", "confirm", ("undo", 1)], [2], "confirmed"),
        (["confirm", "form", ("undo", 2)], [1], "confirmed"),
        (["add", "spans"], [1, 2], "added"),
        (["promote"], [1], "confirmed"),
        (["promote", ("undo", 1)], [], None),
        (["promote", "reject", ("undo", 2)], [1], "confirmed"),
    ],
)
def test_the_last_word_in_force_counts(entries: list[Any], ids: list[int], review: str | None) -> None:
    held = log(*entries)
    assert [entry.id for entry in standing(held)] == ids
    assert review_of(held) == review
    assert [entry.id for entry in held if entry.action != "undo" and in_force(held, entry.id)] == ids


def test_an_editor_who_saw_the_last_is_not_refused() -> None:
    held = log("confirm", "form")
    refuse_stale(held, None)
    refuse_stale(held, 2)
    refuse_stale((), 0)
    with pytest.raises(EditConflict, match="2: Anna changed the form"):
        refuse_stale(held, 1)


def test_a_name_is_kept_on_one_line() -> None:
    assert checked(" Anna Ré ", "") == "Anna Ré"
    for who, why in (("", ""), ("a\nb", ""), ("a" * 201, ""), ("Anna", "x" * (LONGEST_WHY + 1)), ("Anna", "\ud800")):
        with pytest.raises(RefusedEdit):
            checked(who, why)


def test_the_log_tells_in_words_what_was_done() -> None:
    entry = Correction(
        id=7,
        at="2031-05-04",
        who="Anna",
        action="speaker",
        before={"statement": {"speaker": None, "decided_by.speaker": None}},
        after={"statement": {"speaker": "ito", "decided_by.speaker": "person:Anna"}},
    )
    assert str(entry) == "7: Anna changed the speaker (speaker none -> ito), 2031-05-04"
    assert entry.fields == ("speaker",)


def test_history_is_in_order_and_can_be_cut(archive: Archive) -> None:
    with archive.database.writing():
        for n in (1, 1, 2):
            note(archive, "Anna", "confirm", {"statement": {}}, {"statement": {}}, article=5, statement=n)
    assert [entry.id for entry in history(archive)] == [1, 2, 3]
    assert [entry.id for entry in history(archive, statement=1)] == [1, 2]
    assert [entry.id for entry in history(archive, article=5, last=2)] == [2, 3]
    assert history(archive, person=1) == ()


@pytest.mark.parametrize(
    ("name", "emptied"),
    [("Rena Holt", True), ("Reña", True), ("Li", False), ("", False), ("   ", False), ("holt", True)],
)
def test_a_forgotten_name_goes_from_the_log_as_a_whole_word(archive: Archive, name: str, emptied: bool) -> None:
    with archive.database.writing():
        after = {"statement": {"speaker": "rena-holt", "reason": "Reña, allied"}}
        note(archive, "Anna", "speaker", {"statement": {"speaker": None}}, after, statement=1)
        assert redact(archive, words=[name]) == emptied
    (entry,) = history(archive)
    assert entry.forgotten is emptied
    assert slug("Rena  Holt!") == "rena-holt"
