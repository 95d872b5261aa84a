from __future__ import annotations

import io
import zipfile

import pytest

from evals import samples
from onrecord.reading.source import LIMIT
from reading.reading import articles_in, refusal

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def docx(body: str, prolog: str = "") -> bytes:
    return samples.zipped(
        {"word/document.xml": f"{prolog}<w:document {W} {MC}><w:body>{body}</w:body></w:document>".encode()}
    )


def text_of(data: bytes) -> str:
    (article,) = articles_in(data)
    return article.text


def test_a_word_document_is_its_paragraphs() -> None:
    assert text_of(samples.as_docx(samples.FROST.paragraphs)) == samples.FROST.text


@pytest.mark.parametrize(
    ("run", "shown"),
    [
        ("<w:r><w:t>A</w:t></w:r><w:r><w:t>B</w:t></w:r>", "AB"),
        ("<w:r><w:t>A</w:t><w:tab/><w:t>B</w:t></w:r>", "A\tB"),
        ("<w:r><w:t>1</w:t><w:noBreakHyphen/><w:t>2</w:t></w:r>", "1\u20112"),
        ("<w:r><w:t>A</w:t></w:r><w:del><w:r><w:t>x</w:t><w:delText>y</w:delText></w:r></w:del>", "A"),
        ("<w:ins><w:r><w:t>A</w:t></w:r></w:ins>", "A"),
        ('<w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r><w:hyperlink><w:r><w:t>A</w:t></w:r></w:hyperlink>', "A"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r><w:r><w:t>A</w:t></w:r>", "A"),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>A</w:t></w:r>', "A"),
        ("<w:r><w:t>A &amp;lt; B</w:t></w:r><mc:Fallback><w:r><w:t>x</w:t></w:r></mc:Fallback>", "A &lt; B"),
    ],
    ids=["runs", "tab", "hyphen", "deleted", "inserted", "a link", "hidden", "not hidden", "fallback"],
)
def test_a_paragraph_is_what_a_reader_of_the_document_sees(run: str, shown: str) -> None:
    assert text_of(docx(f"<w:p>{run}</w:p>")) == shown


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (docx("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", '<!DOCTYPE a [<!ENTITY x "y">]>'), "may declare entities"),
        (docx("", '<!DOCTYPE a SYSTEM "file:///etc/passwd">'), "may declare entities"),
        (docx("<w:p>"), "not well-formed"),
        (docx(""), "without a word"),
        (docx("<w:p><w:r><w:t>" + "a" * (LIMIT + 1) + "</w:t></w:r></w:p>"), "a text of 8,388,609 characters"),
        (docx(" " * 70_000_000), "a document that unpacks to"),
        (b"PK\x03\x04 no archive", "a damaged"),
    ],
    ids=["an entity", "a file", "cut off", "empty", "too long", "a bomb", "noise"],
)
def test_what_is_no_document_or_made_to_harm_is_refused(data: bytes, reason: str) -> None:
    assert reason in refusal(data, "a.docx").reason


def test_a_file_named_docx_that_is_another_archive_is_told() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("xl/workbook.xml", "<x/>")
    assert "office file" in refusal(target.getvalue(), "a.docx").reason


class TestRtf:
    pytest.importorskip("striprtf", reason="needs onrecord[rtf]")

    def test_a_document_is_its_paragraphs(self) -> None:
        assert text_of(samples.as_rtf(samples.FROST.paragraphs)) == samples.FROST.text

    @pytest.mark.parametrize(
        ("written", "shown"),
        [
            (r"\ldblquote No,\rdblquote  she said", "“No,” she said"),
            (r"\u8220?No\u8221?", "“No”"),
            (r"caf\'e9", "café"),
            (r"\u-10179?\u-8704?", "\U0001f600"),
            (r'{\field{\*\fldinst{HYPERLINK "https://bad.example"}}{\fldrslt{a link}}} here', "a link here"),
            (r"{\*\generator x}A{\pict\pngblip 89504e47}B", "AB"),
        ],
        ids=["marks", "code points", "a byte", "two halves of a sign", "a link", "a picture"],
    )
    def test_signs_are_those_that_a_word_processor_shows(self, written: str, shown: str) -> None:
        assert text_of((r"{\rtf1\ansi\ansicpg1252 " + written + r"\par}").encode()) == shown

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"{\\rtf1}", "without a word"),
            (b"{\\rtf1\\u9999999?}", "RTF that cannot be read"),
            (b"{\\rtf1 " + b"a" * 40_000_000, "bytes"),
        ],
        ids=["empty", "no such sign", "too large"],
    )
    def test_what_is_no_document_is_refused(self, data: bytes, reason: str) -> None:
        assert reason in refusal(data, "a.rtf").reason
