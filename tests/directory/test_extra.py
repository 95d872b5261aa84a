from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.directory import Directory
from onrecord.errors import InputError, OnrecordError

CSV = """\
name,kind,aka,gender,role,of,start,end,as_of,demonyms,head
Quayport,place,Port of Quay,,,,,,,Quayporter,mayor
Rena Holt,,R. M. Holt,female,mayor,Quayport,2019-04-01,,2024-12-31,,
Rena Holt,,,,harbour master,Quayport,2012,2019-03-31,,,
Kenji Ito,,,,foreign minister,Russia,2040-01-01,2041-01-01,,,
"""
TOML = """\
[[body]]
name = "Quayport"
kind = "place"
demonyms = ["Quayporter"]

[[person]]
name = "Rena Holt"
aka = ["R. M. Holt"]
offices = [{ role = "mayor", of = "Quayport", start = "2019-04-01", as_of = "2024-12-31" }]
"""


@pytest.mark.parametrize(("name", "text"), [("mine.csv", CSV), ("mine.toml", TOML)])
def test_the_users_people_and_bodies_answer_like_the_shipped(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    directory = Directory.load([path])
    post = directory.parse_role("Quayporter mayor")
    assert post is not None
    answer = directory.holders(post.role, post.of, "2020-01-01")
    assert [match.person.name for match in answer] == ["Rena Holt"]
    assert answer[0].term is not None
    assert name in answer[0].term.source.name, "the source is the place in the user's file"
    assert directory.holders("mayor", "Quayport", "2025-01-01").why == "unknown after 2024-12-31"
    assert directory.people("R. M. Holt")[0].person.gender in ("female", None)


def test_the_users_rows_join_the_shipped_offices(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(CSV, "utf-8")
    directory = Directory.load([path])
    assert [m.person.name for m in directory.holders("foreign minister", "Russia", "2040-06-01")] == ["Kenji Ito"]
    assert len(directory.people("Rena Holt")[0].person.offices) == 2


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (",,,,mayor,Quayport,2019,2020,,,", "mine.csv:3: no name"),
        ("Ito,robot,,,,,,,,,", "mine.csv:3: the kind 'robot'"),
        ("Ito,,,,mayor,,2019,2020,,,", "mine.csv:3: a role without of"),
        ("Ito,,,,mayor,Atlantis,2019,2020,,,", "mine.csv:3: of 'Atlantis'"),
        ("Ito,,,,mayor,Quayport,2019,,,,", "neither end nor as_of"),
        ("Ito,,,,mayor,Quayport,2020,2019,,,", "end 2019 before start 2020"),
        ("Ito,,,,mayor,Quayport,May 2019,2020,,,", "mine.csv:3: start 'May 2019'"),
        ("Ito,,,,mayor,Quayport,2019,2020,,,,,", "13 fields"),
    ],
)
def test_an_error_says_where_what_and_what_to_do(row: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("\n".join([*CSV.splitlines()[:2], row]), "utf-8")
    with pytest.raises(InputError) as caught:
        Directory.load([path])
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("mine.csv", "name,colour\nIto,red", "unknown 'colour'"),
        ("mine.toml", "[[person]\n", "TOML"),
        ("mine.toml", "[[planet]]\nname = 'X'", "unknown 'planet'"),
        ("mine.txt", "Ito", ".csv or .toml"),
        (None, "", "a file that can be read"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused(name: str | None, text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / (name or "missing.csv")
    if name:
        path.write_text(text, "utf-8")
    with pytest.raises(OnrecordError) as caught:
        Directory.load([path])
    assert told in str(caught.value)
