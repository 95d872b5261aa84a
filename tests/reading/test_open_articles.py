from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

from evals import samples
from onrecord.reading import open_articles
from onrecord.records import Article, Skipped


def skipped(path: str, stdin: bytes = b"") -> Skipped:
    (item,) = open_articles([path], stdin=io.BytesIO(stdin))
    assert isinstance(item, Skipped)
    return item


@pytest.mark.parametrize(
    ("name", "data", "article"),
    [
        ("a.txt", b"No.", Article("No.")),
        ("a.txt", b'{"text": "No."}', Article('{"text": "No."}')),
        ("a.TXT", b"No.", Article("No.")),
        ("a.jsonl", b'{"text": "No."}', Article("No.")),
        ("a", b"No.", Article("No.")),
        ("a", b'\xef\xbb\xbf {"text": "No."}', Article("No.")),
        ("a.md", b"{Reuters} No.", Article("{Reuters} No.")),
    ],
)
def test_the_suffix_chooses_the_reader_and_else_the_first_bytes(
    tmp_path: Path, name: str, data: bytes, article: Article
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert list(open_articles([str(path)])) == [article]


def test_articles_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A.")
    (tmp_path / "b.jsonl").write_text('{"text": "B."}\n{"text": "C."}')
    paths = [str(tmp_path / "b.jsonl"), str(tmp_path / "gone.txt"), str(tmp_path / "a.txt")]
    items = list(open_articles(paths))
    assert [item.text for item in items if isinstance(item, Article)] == ["B.", "C.", "A."]
    assert [item.name for item in items if isinstance(item, Skipped)] == [paths[1]]


@pytest.mark.parametrize(("data", "text"), [(b"No.", "No."), (b'{"text": "A."}', "A.")])
def test_a_dash_is_standard_input_of_either_kind(data: bytes, text: str) -> None:
    (item,) = open_articles(["-"], stdin=io.BytesIO(data), outlet="The Ayr Gazette")
    assert item == Article(text, outlet="The Ayr Gazette")


def test_a_pipe_is_peeked_into_and_loses_nothing() -> None:
    reading, writing = os.pipe()
    os.write(writing, b'{"text": "A."}\n{"text": "B."}')
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        assert list(open_articles(["-"], stdin=pipe)) == [Article("A."), Article("B.")]


def test_what_is_not_there_is_skipped_with_a_reason(tmp_path: Path) -> None:
    assert "no such file" in skipped(str(tmp_path / "gone.txt")).reason
    assert "a folder without a file" in skipped(str(tmp_path)).reason
    assert "NUL" in skipped("a\0b").reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_forbidden_file_is_skipped_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A.")
    (tmp_path / "a.txt").chmod(0)
    assert "may not be read" in skipped(str(tmp_path / "a.txt")).reason


def test_a_name_that_is_not_utf8_can_still_be_printed(tmp_path: Path) -> None:
    assert skipped(str(tmp_path / "\udcff.txt")).name.endswith("\ufffd.txt")


def test_files_are_read_only_when_asked_for(tmp_path: Path) -> None:
    articles = open_articles([str(tmp_path / "a.txt")])
    (tmp_path / "a.txt").write_text("A.")
    assert list(articles) == [Article("A.")]


def test_a_folder_is_all_that_is_in_it_by_name(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.txt", "a/b/d.txt", ".hidden", ".git/config", "a/picture.PNG", "a/page_files/x.css"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name}")
    (tmp_path / "a" / "round").symlink_to(tmp_path)
    items = list(open_articles([str(tmp_path)]))
    assert [item.text for item in items if isinstance(item, Article)] == ["b.txt", "a/c.txt", "a/b/d.txt"]
    assert len(items) == 3


def test_the_folder_of_parts_beside_a_saved_page_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "Valve.html").write_text("<p>The harbour master said that the valve was closed by frost on Monday.</p>")
    for name in ("Valve_files", "other_files"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "b.txt").write_text(f"In {name}.")
    held = [item.text for item in open_articles([str(tmp_path)]) if isinstance(item, Article)]
    assert held[-1] == "In other_files."
    assert "In Valve_files." not in held


def test_in_a_folder_too_a_bad_file_is_one_skipped(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A.")
    (tmp_path / "b.txt").write_text("")
    (tmp_path / "c.txt").symlink_to(tmp_path / "gone")
    (tmp_path / "d.txt").write_text("D.")
    items = list(open_articles([str(tmp_path)]))
    assert [type(item) for item in items] == [Article, Skipped, Skipped, Article]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://a/b"]
)
def test_an_address_that_is_not_of_the_web_is_refused(address: str) -> None:
    assert "http or https" in skipped(address).reason


def test_a_file_may_have_a_colon_in_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("data:1.txt").write_text("A.")
    assert list(open_articles(["data:1.txt"])) == [Article("A.")]


def test_an_address_is_fetched_and_read_by_what_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {
        "https://quay.example/a": ("https://quay.example/b", b"Plain words.", "text/plain"),
        "http://quay.example/t": ("http://quay.example/t.csv", b"text\nA.\nB.\n", "text/csv"),
    }
    fetching = ModuleType("onrecord.reading.network.fetch")
    fetching.__dict__["fetch"] = pages.__getitem__
    monkeypatch.setitem(sys.modules, "onrecord.reading.network.fetch", fetching)
    items = [item for item in open_articles(pages) if isinstance(item, Article)]
    assert [(item.text, item.url) for item in items] == [
        ("Plain words.", "https://quay.example/b"),
        ("A.", "http://quay.example/t.csv"),
        ("B.", "http://quay.example/t.csv"),
    ]


def test_the_encoding_of_a_page_may_stand_in_the_header_it_is_served_with(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("trafilatura", reason="needs onrecord[pages]")
    page = samples.page().replace(b'<meta charset="utf-8">', b"").decode().encode("cp1252")
    fetching = ModuleType("onrecord.reading.network.fetch")
    fetching.__dict__["fetch"] = lambda address: (address, page, "text/html; charset=windows-1252")
    monkeypatch.setitem(sys.modules, "onrecord.reading.network.fetch", fetching)
    (article,) = open_articles(["https://quay.example/1"])
    assert isinstance(article, Article)
    assert (article.text, article.url) == (samples.FROST.text, "https://quay.example/1")


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://quay.example/1", True),
        ("/news/1", True),
        ("javascript:alert(1)", False),
        ("java\tscript:alert(1)", False),
        ("\x01javascript:alert(1)", False),
        ("data:text/html,<script>", False),
        ("vbscript:x", False),
    ],
)
def test_an_article_keeps_no_address_that_a_link_must_not_have(url: str, kept: bool) -> None:
    (article,) = open_articles(["-"], stdin=io.BytesIO(b"No."), url=url)
    assert isinstance(article, Article)
    assert article.url == (url if kept else None)
    assert any("wanted http or https" in notice for notice in article.notices) != kept


def test_a_text_of_a_gigabyte_is_refused_unread(tmp_path: Path) -> None:
    for name in ("a.txt", "a.html", "a.eml", "a.rss", "a.docx", "a.rtf", "a.csv"):
        path = tmp_path / name
        with path.open("wb") as stream:
            stream.truncate(1 << 30)
        refused = skipped(str(path))
        assert refused.name == str(path)


def test_what_needs_a_part_that_is_not_installed_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "striprtf.striprtf", None)
    (tmp_path / "a.rtf").write_text("{\\rtf1 No.}")
    (tmp_path / "b.txt").write_text("B.")
    bad, good = open_articles([str(tmp_path / "a.rtf"), str(tmp_path / "b.txt")])
    assert isinstance(bad, Skipped)
    assert 'pip install "onrecord[rtf]"' in bad.todo
    assert good == Article("B.")


def test_a_language_that_is_given_holds_and_otherwise_it_is_found_out() -> None:
    german = "Das Ventil war vom Frost verschlossen, sagte der Hafenmeister, und niemand habe bis Montag davon gewusst."
    for given, found in ((None, None), ("en", "en"), ("auto", "de")):
        (article,) = open_articles(["-"], stdin=io.BytesIO(german.encode()), language=given)
        assert isinstance(article, Article)
        assert article.language == found
        assert bool(article.notices) == (found == "de")
