"""Nexis and Factiva: every document of an export is an article, in every layout and file format."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from evals import samples
from onrecord.reading.press import factiva, nexis
from onrecord.reading.press.exports import authors_in, is_date_line, words_in
from onrecord.records import Article, Skipped
from reading.reading import articles_in, read, texts

pytest.importorskip("striprtf", reason="needs onrecord[rtf]")
pytest.importorskip("trafilatura", reason="needs onrecord[pages]")

EXPORTS: dict[str, Callable[[], bytes]] = {
    "Nexis, DOCX": lambda: samples.as_docx(samples.nexis_lines()),
    "Nexis, RTF": lambda: samples.as_rtf(samples.nexis_lines()),
    "Nexis, HTML": lambda: samples.as_html(samples.nexis_lines()),
    "LexisNexis, RTF": lambda: samples.as_rtf(samples.lexis_lines()),
    "LexisNexis, HTML": lambda: samples.as_html(samples.lexis_lines()),
    "Factiva, DOCX": lambda: samples.as_docx(samples.factiva_lines()),
    "Factiva, RTF": lambda: samples.as_rtf(samples.factiva_lines()),
    "Factiva, HTML": lambda: samples.as_html(samples.factiva_lines()),
    "Factiva, codes, RTF": lambda: samples.rtf_table(samples.factiva_codes()),
    "Factiva, codes, HTML": lambda: samples.html_table(samples.factiva_codes()),
}


@pytest.mark.parametrize("export", EXPORTS.values(), ids=list(EXPORTS))
def test_every_document_is_an_article_with_what_the_database_says_of_it(export: Callable[[], bytes]) -> None:
    articles = articles_in(export())
    assert [article.text for article in articles] == [story.text for story in samples.STORIES]
    for article, story in zip(articles, samples.STORIES, strict=True):
        assert (article.title, article.published, article.language) == (story.title, story.published, "en")
        assert (article.outlet or "").startswith(story.outlet)
        assert article.notices == ()
        assert article.origin is not None
        assert article.origin.authors == ((story.author,) if story.author else ())


def nexis_of(lines: Sequence[str]) -> list[Article | Skipped]:
    return read(samples.as_docx(lines), "x.docx")


def test_a_document_without_its_text_is_one_skipped_and_the_others_go_on() -> None:
    lines = samples.nexis_lines()
    lines.remove("Body")
    bad, *good = nexis_of(lines)
    assert isinstance(bad, Skipped)
    assert bad.name == "x.docx:1"
    assert "without the line Body" in bad.reason
    assert texts(good) == [story.text for story in samples.STORIES[1:]]


def test_a_text_shorter_than_the_export_says_is_told() -> None:
    lines = samples.nexis_lines()
    lines[lines.index(f"Length: {samples.FROST.words} words")] = "Length: 1,024 words"
    (first, *_) = nexis_of(lines)
    assert isinstance(first, Article)
    assert "1024 words" in first.notices[0]


def test_lines_of_the_text_that_look_like_marks_stay_in_it() -> None:
    lines = samples.nexis_lines()
    at = lines.index(samples.FROST.paragraphs[1])
    lines[at:at] = ["Classification", "Body", "January 3, 2024"]
    (first, *_) = nexis_of(lines)
    assert isinstance(first, Article)
    assert "\n\nClassification\n\nBody\n\nJanuary 3, 2024\n\n" in first.text


def test_captions_after_the_text_are_none_of_it() -> None:
    lines = samples.nexis_lines()
    at = lines.index("Classification")
    lines[at:at] = ["Graphic", "The valve in June. Picture: M. Tole"]
    (first, *_) = nexis_of(lines)
    assert isinstance(first, Article)
    assert first.text == samples.FROST.text


def test_an_export_that_breaks_off_says_so() -> None:
    lines = samples.nexis_lines()
    *whole, cut_off = nexis_of(lines[: lines.index("Length: 72 words") if "Length: 72 words" in lines else -20])
    assert texts(whole)
    lines = samples.factiva_lines()
    *whole, cut_off = read(samples.as_docx(lines[:-3]), "x.docx")
    assert texts(whole) == [story.text for story in samples.STORIES[:2]]
    assert isinstance(cut_off, Skipped)
    assert "cut off" in cut_off.reason


def test_a_document_of_factiva_without_its_details_is_refused_by_its_number() -> None:
    lines = [line for line in samples.factiva_lines() if line != f"{samples.FERRY.words} words"]
    items = read(samples.as_docx(lines), "x.docx")
    (bad,) = (item for item in items if isinstance(item, Skipped))
    assert "QUAYHD0020240207ek2600002 without its number of words" in bad.reason
    assert len(texts(items)) == 2


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By Mara Venn", ("Mara Venn",)),
        ("by Mara Venn and Ivo Lund, Political Editors", ("Mara Venn", "Ivo Lund")),
        ("BYLINE; Mara Venn", ("BYLINE", "Mara Venn")),
        ("Byron Alt", ("Byron Alt",)),
        ("", ()),
    ],
)
def test_authors_are_the_names_in_a_byline(byline: str, authors: tuple[str, ...]) -> None:
    assert authors_in(byline) == authors


@pytest.mark.parametrize(
    ("line", "is_date"),
    [
        ("February 6, 2024 Tuesday", True),
        ("Tuesday, 6 February 2024 9:30 PM GMT", True),
        ("6 February 2024", True),
        ("The Quay Herald, February 6, 2024", False),
        ("February 6, 2024 was the day on which the valve was closed by frost", False),
        ("February", False),
    ],
)
def test_a_line_is_a_date_where_it_is_nothing_else(line: str, is_date: bool) -> None:
    assert is_date_line(line) == is_date


def test_small_parts() -> None:
    assert (words_in("Length: 1,024 words"), words_in("1 word"), words_in("Length:")) == (1024, 1, None)
    assert not nexis.is_export(["Body", "No."])
    assert not factiva.is_export(["Document QUAYHD0020240207ek2600002"])


def test_a_page_that_mentions_such_marks_is_a_page() -> None:
    page = samples.page().replace(b"<p>", b"<p>End of Document. 3 of 5 DOCUMENTS. ", 1)
    (article,) = articles_in(page)
    assert article.text.startswith("End of Document. 3 of 5 DOCUMENTS. AYRMOUTH")
