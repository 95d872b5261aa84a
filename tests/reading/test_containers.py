from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from evals import samples
from onrecord.reading import containers
from onrecord.reading.containers import DEEPEST, RATIO
from onrecord.records import Article, Skipped
from reading.reading import articles_in, from_paths, read, refusal, texts


def archive(*members: tuple[str | zipfile.ZipInfo, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", packing) as made:
        for member, data in members:
            made.writestr(member, data)
    return target.getvalue()


def test_all_files_of_an_archive_are_read_in_its_order_each_by_its_kind() -> None:
    data = archive(
        ("b.txt", b"B."), ("a/", b""), ("a/a.csv", b"text\nA.\nC.\n"), ("d.jsonl.gz", gzip.compress(b'{"text": "D."}'))
    )
    assert texts(articles_in(data)) == ["B.", "A.", "C.", "D."]


def test_pictures_scripts_and_hidden_files_are_passed_over() -> None:
    beside = [("a.png", b"\x89PNG"), ("b.JS", b"x"), (".DS_Store", b"x"), ("__MACOSX/._a.txt", b"x"), ("a.txt", b"A.")]
    assert texts(articles_in(archive(*beside))) == ["A."]


def test_what_is_refused_in_an_archive_is_named_and_the_rest_is_read() -> None:
    first, bad, last = read(archive(("a.txt", b"A."), ("b.txt", b""), ("c.txt", b"C.")), "x.zip")
    assert texts((first, last)) == ["A.", "C."]
    assert isinstance(bad, Skipped)
    assert bad.name == "x.zip/b.txt"


@pytest.mark.parametrize(
    "name", ["../a.txt", "a/../../b.txt", "/etc/passwd", "\\\\host\\a.txt", "..\\a.txt", "C:\\a.txt", "c:a.txt"]
)
def test_a_name_that_leads_out_is_refused(name: str) -> None:
    bad, good = read(archive((name, b"No."), ("a..b/c...txt", b"Yes.")), "x.zip")
    assert isinstance(bad, Skipped)
    assert "leads out of the archive" in bad.reason
    assert texts([good]) == ["Yes."]


def test_a_link_is_refused() -> None:
    link = zipfile.ZipInfo("a.txt")
    link.external_attr = 0o120777 << 16
    assert "a link" in refusal(archive((link, b"/etc/passwd"))).reason


def test_an_encrypted_file_is_refused() -> None:
    data = bytearray(archive(("a.txt", b"No.")))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "encrypted" in refusal(bytes(data)).reason


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = archive(("a.txt", b" " * 120_000_000))
    assert len(bomb) < 120_000
    assert "unpacks to 120,000,000" in refusal(bomb).reason


def test_a_zip_bomb_that_lies_about_its_size_is_stopped() -> None:
    bomb = bytearray(archive(("a.csv", b"text\n" + b"a\n" * 40_000_000)))
    directory = bomb.index(b"PK\x01\x02")
    for place in (22, directory + 24):  # the size unpacked, in the member's header and in the directory
        bomb[place : place + 4] = (1000).to_bytes(4, "little")
    items = read(bytes(bomb), "x.zip")
    assert isinstance(items[-1], Skipped)
    assert len(items) < 1000


def test_archives_in_archives_are_read_to_a_depth_and_no_deeper() -> None:
    data = archive(("a.txt", b"A."))
    for level in range(1, DEEPEST):
        data = archive((f"{level}.zip", data))
        assert texts(articles_in(data)) == ["A."]
    assert "an archive within" in refusal(archive(("deep.zip", data))).reason
    assert (
        "an archive within" in refusal(archive(("deep.gz", gzip.compress(gzip.compress(gzip.compress(b"A.")))))).reason
    )


def test_many_archives_that_each_unpack_to_much_are_stopped_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "FREE", 100_000)
    inner = archive(("a.txt", b"a " * 50_000))
    items = read(archive(*((f"{n}.zip", inner) for n in range(8))), "x.zip")
    assert isinstance(items[0], Article)
    assert any(isinstance(item, Skipped) and f"more than {RATIO} times" in item.reason for item in items)


@pytest.mark.parametrize("keep", [10, 100, -30])
def test_an_archive_cut_off_is_refused(keep: int) -> None:
    assert "a damaged archive" in refusal(samples.zipped()[:keep], "a.zip").reason


def test_damage_in_one_file_does_not_cost_the_others() -> None:
    data = bytearray(archive(("a.txt", b"Aaa."), ("b.txt", b"B."), packing=zipfile.ZIP_STORED))
    data[data.index(b"Aaa.")] = ord("x")
    bad, good = read(bytes(data), "x.zip")
    assert isinstance(bad, Skipped)
    assert "Bad CRC" in bad.reason
    assert texts([good]) == ["B."]


@pytest.mark.parametrize("name", ["xl/workbook.xml", "ppt/presentation.xml", "META-INF/container.xml"])
def test_other_office_files_are_refused_as_a_whole(name: str) -> None:
    assert "an office file" in refusal(archive((name, b"<x/>"), ("a.txt", b"A."))).reason


def test_an_empty_archive_is_told() -> None:
    assert "without a file to read" in refusal(archive()).reason


def test_a_compressed_file_is_read_as_what_it_was() -> None:
    assert texts(articles_in(gzip.compress(b"A."), "a.txt.gz")) == ["A."]
    assert texts(articles_in(samples.gzipped(), "a.jsonl.gz")) == [story.text for story in samples.STORIES]
    assert texts(articles_in(gzip.compress(samples.zipped({"a.txt": b"A."})))) == ["A."]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (gzip.compress(b"a" * 5000)[:-20], "cut off"),
        (gzip.compress(b"{") + gzip.compress(b" " * 120_000_000), "more than"),
        (b"\x1f\x8b\x08" + b"x" * 500, "a damaged archive"),
    ],
    ids=["cut off", "a bomb", "noise"],
)
def test_a_compressed_file_with_damage_or_a_bomb_is_refused(data: bytes, reason: str) -> None:
    assert reason in refusal(data, "a.gz").reason


def test_an_archive_may_come_through_a_pipe(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(samples.zipped({"a.txt": b"A."}))
    assert from_paths(tmp_path / "a.zip") == [Article("A.")]

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    from onrecord.reading.containers import read_zip
    from onrecord.reading.source import Defaults

    assert list(read_zip(Pipe(samples.zipped({"a.txt": b"A."})), "x", Defaults())) == [Article("A.")]


def test_documents_and_web_archives_may_lie_in_an_archive() -> None:
    pytest.importorskip("fastwarc", reason="needs onrecord[warc]")
    pytest.importorskip("trafilatura", reason="needs onrecord[pages]")
    members = {"a.docx": samples.as_docx(["A."]), "b.warc.gz": samples.warc(packed=True), "c.zip": samples.zipped({})}
    *good, empty = read(samples.zipped(members), "x.zip")
    assert texts(good) == ["A.", *(story.text for story in samples.STORIES)]
    assert isinstance(empty, Skipped)
    assert empty.name == "x.zip/c.zip"


def test_the_parts_of_a_saved_page_are_no_articles() -> None:
    page, other = ("sub/Valve.html", b"<p>The valve."), ("sub/other_files/b.txt", b"B.")
    held = archive(page, ("sub/Valve_files/ad/b.txt", b"Buy."), other)
    assert "Buy." not in texts(read(held))
    assert "B." in texts(read(held))
