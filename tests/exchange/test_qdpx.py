"""REFI-QDA: projects and codebooks as the standard's schema of 18 March 2019 wants them, and back again.

The schema itself is not in the repository: ORDER and NEEDED tell of the elements that onrecord writes what it tells,
in which order they stand and which attributes they must have.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given

from exchange.drawn import places, records, without_lost
from full import full_record
from onrecord.errors import InputError, MalformedFile, TooLarge
from onrecord.exchange.annotation import qdc, qdpx
from onrecord.exchange.annotation.annotations import Reviews
from onrecord.exchange.annotation.changes import Recoded, changes
from onrecord.exchange.annotation.qdc import CodeNode
from onrecord.records import Record

PROJECT = "{urn:QDA-XML:project:1.0}"
TEXT = ("Description", "PlainTextContent", "PlainTextSelection", "Coding", "NoteRef", "VariableValue")
ORDER = {
    "Project": ("Users", "CodeBook", "Variables", "Cases", "Sources", "Notes"),
    "Users": ("User",),
    "User": (),
    "CodeBook": ("Codes",),
    "Codes": ("Code",),
    "Code": ("Description", "NoteRef", "Code"),
    "Sources": ("TextSource",),
    "TextSource": TEXT,
    "Note": TEXT,
    "Notes": ("Note",),
    "PlainTextContent": (),
    "PlainTextSelection": ("Description", "Coding", "NoteRef"),
    "Coding": ("CodeRef", "NoteRef"),
    "CodeRef": (),
    "NoteRef": (),
}
NEEDED = {
    "Project": ("name",),
    "User": ("guid",),
    "Code": ("guid", "name", "isCodable"),
    "TextSource": ("guid",),
    "Note": ("guid",),
    "PlainTextSelection": ("guid", "startPosition", "endPosition"),
    "Coding": ("guid",),
    "CodeRef": ("targetGUID",),
    "NoteRef": ("targetGUID",),
}
NOT_EMPTY = ("Users", "Codes", "Sources", "Notes")
GUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def check(element: ElementTree.Element) -> None:
    """What the schema demands of an element and of all in it."""
    name = element.tag.removeprefix(PROJECT)
    order = [ORDER[name].index(child.tag.removeprefix(PROJECT)) for child in element]
    assert order == sorted(order), name
    assert set(NEEDED.get(name, ())) <= set(element.keys()), name
    assert len(element) or name not in NOT_EMPTY
    for attribute, value in element.items():
        if attribute in ("guid", "targetGUID", "creatingUser"):
            assert GUID.fullmatch(value)
    for child in element:
        check(child)


def written(record: Record, path: Path, reviews: Reviews | None = None) -> ElementTree.Element:
    assert qdpx.write([(record, reviews or {})], path) == 1
    with zipfile.ZipFile(path) as file:
        return ElementTree.fromstring(file.read("project.qde"))


def edited(path: Path, *pairs: tuple[str, str]) -> None:
    """The project as another program saves it."""
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    for before, after in pairs:
        assert before.encode() in parts["project.qde"]
        parts["project.qde"] = parts["project.qde"].replace(before.encode(), after.encode())
    with zipfile.ZipFile(path, "w") as file:
        for name, data in parts.items():
            file.writestr(name, data)


@given(record=records())
def test_a_project_is_as_the_schema_wants_it_and_every_position_cuts_its_words(
    record: Record, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("qdpx") / "p.qdpx"
    root = written(record, path)
    check(root)
    guids = [element.get("guid") for element in root.iter() if element.get("guid")]
    assert len(set(guids)) == len(guids)
    assert {element.get("targetGUID") for element in root.iter()} - {None} <= set(guids)
    with zipfile.ZipFile(path) as file:
        (name,) = (name for name in file.namelist() if name.startswith("Sources/"))
        assert file.read(name).decode("utf-8") == record.article.text
    found = sorted(
        (int(one.get("startPosition", "")), int(one.get("endPosition", "")))
        for one in root.iter(f"{PROJECT}PlainTextSelection")
    )
    wanted = sorted(
        (span.start, span.end) for roles in places(record).values() for spans in roles.values() for span in spans
    )
    assert found == wanted


@given(record=records())
def test_what_is_written_is_read_back(record: Record, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("qdpx") / "p.qdpx"
    written(record, path)
    (back,) = qdpx.read(path)
    assert back == without_lost(record)
    assert list(changes(record, back)) == []


def test_what_a_coder_changes_comes_back_as_a_list(tmp_path: Path) -> None:
    path, record = tmp_path / "p.qdpx", full_record()
    written(record, path)
    code = qdc.guid_of("code", "content")
    new = (
        '<PlainTextSelection guid="{00000000-0000-4000-8000-00000000000A}" startPosition="46" endPosition="53">'
        f'<Coding guid="00000000-0000-4000-8000-00000000000b"><CodeRef targetGUID="{{{code.upper()}}}"/></Coding>'
        "</PlainTextSelection>"
    )
    edited(
        path,
        ('startPosition="26"', 'startPosition="31"'),
        ("</PlainTextSelection><NoteRef", f"</PlainTextSelection>{new}<NoteRef"),
    )
    (back,) = qdpx.read(path)
    assert list(changes(record, back)) == [
        Recoded("1", "content", "26-44 that Ito was wrong", "31-44 Ito was wrong"),
        Recoded("new-00000000-0000-4000-8000-00000000000a", "content", None, "46-53 He was."),
    ]


def test_what_is_rejected_has_the_code_and_is_not_read_back(tmp_path: Path) -> None:
    path = tmp_path / "p.qdpx"
    check(written(full_record(), path, {"1": "rejected"}))
    (back,) = qdpx.read(path)
    assert list(changes(full_record(), back)) == [Recoded("1", "content", "26-44 that Ito was wrong", None)]


def test_the_user_is_no_person(tmp_path: Path) -> None:
    (user,) = written(full_record(), tmp_path / "p.qdpx").iter(f"{PROJECT}User")
    assert user.get("name") == "onrecord 0.1.0"


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x05\x06" + bytes(18)])
def test_a_file_of_something_else_is_refused(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "p.qdpx").write_bytes(data)
    with pytest.raises(InputError):
        list(qdpx.read(tmp_path / "p.qdpx"))


def test_a_project_with_a_damaged_byte_is_refused_in_our_words(tmp_path: Path) -> None:
    """Damage within what is packed is a fault of zlib, not of zipfile."""
    path = tmp_path / "damaged.qdpx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("project.qde", "<Project>" + "water " * 500)
    data = bytearray(path.read_bytes())
    data[41:44] = b"\xff\xff\xff"  # behind the header of 30 bytes and the name of 11
    path.write_bytes(data)
    with pytest.raises(MalformedFile, match=r"a \.qdpx file"):
        list(qdpx.read(path))


def test_a_project_that_unpacks_to_too_much_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.qdpx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for number in range(3):
            file.writestr(f"{number}.txt", "a" * 400)
    monkeypatch.setattr(qdpx, "LIMIT", 1000)
    with pytest.raises(TooLarge, match="1,200 bytes in it"):
        list(qdpx.read(path))


def test_a_codebook_is_written_and_read_back(tmp_path: Path) -> None:
    tree = (CodeNode("Climate", "A & <b>", (CodeNode("Ban on coal \U0001f525"),), codable=False), CodeNode("Rail"))
    out = io.StringIO()
    assert qdc.write(tree, out) == 2
    (tmp_path / "c.qdc").write_text(out.getvalue(), "utf-8")
    climate, rail = qdc.read(tmp_path / "c.qdc")
    assert (climate.name, climate.description, climate.codable) == ("Climate", "A & <b>", False)
    assert [code.name for code in (*climate.below, rail)] == ["Ban on coal \U0001f525", "Rail"]


def test_a_codebook_with_entities_is_refused(tmp_path: Path) -> None:
    (tmp_path / "c.qdc").write_text('<!DOCTYPE a [<!ENTITY b "c">]><CodeBook/>', "utf-8")
    with pytest.raises(InputError, match="document type"):
        qdc.read(tmp_path / "c.qdc")
