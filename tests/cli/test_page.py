from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest

from cli.standin import find
from full import full_record
from onrecord.cli import main
from onrecord.cli.printing.page import page
from onrecord.records import Article

EVIL = "<script>alert(1)</script> & \"so\" 'so' <!-- ]]> &lt;"
TEXT = (
    f"{EVIL}\r\n\n  “Ito said {EVIL.split()[0]} was well and dry,” said Rena Holt.\x00\x1b\ud800"
    " “No,” said Hugo Brandt."
)
VOID = {"meta", "rect"}


class Reader(HTMLParser):
    """What a browser would make of a page: elements, ids, links, and the text of each article."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.texts: list[str] = []
        self._open: list[tuple[str, str]] = []
        self.feed(html)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self.tags.append(tag)
        assert not [name for name in given if name.startswith("on") or name == "style"]
        self.ids += [value for value in [given.get("id")] if value]
        self.links += [value for value in [given.get("href")] if value]
        if given.get("class") == "text":
            self.texts.append("")
        if tag not in VOID:
            self._open.append((tag, given.get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        classes = [name for _, name in self._open]
        if "text" in classes and "number" not in classes:
            self.texts[-1] += data


def test_all_of_an_article_is_escaped_and_its_text_is_whole() -> None:
    article = Article(TEXT, title=EVIL, outlet=EVIL, url=f"javascript:{EVIL}", language=EVIL)
    reader = Reader(page([(find(article), EVIL)], explain=True))
    assert "script" not in reader.tags
    assert not [link for link in reader.links if not link.startswith("#")]
    assert reader.texts == [TEXT.replace("\x00", "\ufffd").replace("\x1b", "\ufffd").replace("\ud800", "\ufffd")]


def test_all_that_is_known_of_a_statement_is_told_in_the_list() -> None:
    html = page([(full_record(), "a.txt")])
    for words in (
        "harbour master · Quay Radio · Q1",
        "on: interview, Quay Radio",
        "about: Ito −",
        "confirms (statement 1)",
    ):
        assert words in html


def test_a_page_can_always_be_saved_as_utf8() -> None:
    page([(find(Article(TEXT, title="\ud800", outlet="\ud800")), "\ud800")], explain=True).encode("utf-8")


def test_every_statement_is_linked_there_and_back() -> None:
    reader = Reader(page([(find(Article(TEXT)), "a.txt"), (find(Article(TEXT)), "b.txt")]))
    assert len(reader.ids) == len(set(reader.ids))
    within = {link[1:] for link in reader.links}
    assert within <= set(reader.ids)
    assert {f"{at}a{article}-{n}" for at in ("", "list-") for article in (1, 2) for n in (1, 2, 3)} <= within


def test_statement_ids_of_any_kind_make_good_anchors() -> None:
    record = find(Article("“No,” said Rena Holt."))
    odd = replace(record, statements=(replace(record.statements[0], id='"><b> \ud800'),))
    reader = Reader(page([(odd, "a.txt")]))
    assert "b" not in reader.tags
    assert {"a1-1", "list-a1-1"} <= set(reader.ids)


def test_several_articles_have_a_table_of_contents_and_one_has_none() -> None:
    record = find(Article(TEXT, title="Wall"))
    assert "nav" not in Reader(page([(record, "a.txt")])).tags
    both = page([(record, "a.txt"), (find(Article("It rained.")), "b.txt")])
    assert {"#a1", "#a2"} <= set(Reader(both).links)
    assert "<h1>2 articles, 3 statements</h1>" in both
    assert "no statement found" in both


def test_a_page_loads_nothing_and_runs_nothing() -> None:
    html = page([(find(Article(TEXT, url="https://q.example/1?a=1&b=2")), "a.txt")])
    (style,) = re.findall("<style>(.*?)</style>", html, re.S)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"content=\"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'\"" in html
    assert not re.search(r"url\(|@import|src=|<link", html)
    assert '<a href="https://q.example/1?a=1&amp;b=2" rel="noreferrer">' in html


def test_deciders_are_shown_when_asked_for() -> None:
    record = find(Article("“No,” said Rena Holt."))
    assert "linker, marks" not in page([(record, "a.txt")])
    assert "content: linker, marks; source: linker; confidence: 0.9700, calibrated on dev" in page(
        [(record, "a.txt")], explain=True
    )


@pytest.mark.usefixtures("engine")
def test_the_command_writes_the_page(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("“No,” said Rena Holt.", "utf-8")
    output = tmp_path / "a.html"
    assert main(["read", str(tmp_path / "a.txt"), "--format", "html", "--output", str(output)]) == 0
    assert Reader(output.read_text("utf-8")).texts == ["“No,” said Rena Holt."]


def colours(block: str) -> dict[str, tuple[float, ...]]:
    found = re.findall(r"--([\w-]+): #([0-9a-f]+);", block)
    return {name: tuple(int(code[i : i + 2], 16) / 255 for i in (0, 2, 4)) for name, code in found if len(code) == 6}


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    def luminance(colour: tuple[float, ...]) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_all_text_has_the_contrast_of_wcag_aa(scheme: int) -> None:
    style = files("onrecord.cli.printing").joinpath("page.css").read_text("utf-8")
    colour = colours(re.findall(r":root \{(.*?)\}", style, re.S)[scheme])
    for text in ("ink", "soft", "link"):
        assert contrast(colour[text], colour["page"]) >= 4.5, text
    shares = [int(share) / 100 for share in re.findall(r"--tint: (\d+)%", style)]
    for voice in [name for name in colour if re.fullmatch(r"v\d", name)]:
        pairs = zip(colour[voice], colour["page"], strict=True)
        behind = tuple(shares[scheme] * own + (1 - shares[scheme]) * page for own, page in pairs)
        for text in ("ink", "link"):
            assert contrast(colour[text], behind) >= 4.5, (text, voice)
        assert contrast(colour[voice], colour["page"]) >= 3, voice


def test_speakers_have_the_colours_of_the_reading_room_and_forms_its_lines() -> None:
    own = files("onrecord.cli.printing").joinpath("page.css").read_text("utf-8")
    room = files("onrecord.web").joinpath("static", "room.css").read_text("utf-8")
    for scheme in (0, 1):
        colour, theirs = (colours(re.findall(r":root[^{]*\{(.*?)\}", style, re.S)[scheme]) for style in (own, room))
        voices = {name: value for name, value in theirs.items() if re.fullmatch(r"v\d", name)}
        assert len(voices) == 9
        assert {name: colour[name] for name in voices} == voices
    assert (own.count("dotted"), own.count("dashed")) == (2, 2)  # in the text, and in the list
