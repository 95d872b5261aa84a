"""An archive opens, closes and opens again, in a file and on a server."""

from __future__ import annotations

from collections.abc import Callable

from onrecord.archive.store.opening import Archive, open_archive


def test_an_archive_opens_and_opens_again(where: str) -> None:
    with open_archive(where) as archive:
        assert archive.database.rows("SELECT id FROM articles") == []
    with open_archive(where, create=False) as archive:
        assert archive.database.row("SELECT MIN(version) FROM migrations") == (1,)


def test_a_second_connection_sees_what_the_first_has_written(archive: Archive, again: Callable[[], Archive]) -> None:
    with archive.database.writing():
        archive.database.run("INSERT INTO outlets (id, name) VALUES (?, ?)", (1, "50% of Quay?"))
    with again() as other:
        assert other.database.rows("SELECT name FROM outlets WHERE name LIKE '50%'") == [("50% of Quay?",)]
