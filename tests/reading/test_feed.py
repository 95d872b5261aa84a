from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from evals import samples
from onrecord.records import Article, Skipped
from reading.reading import articles_in, from_paths, read, refusal

pytest.importorskip("feedparser", reason="needs onrecord[pages]")

HEAD = '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'


def feed(*items: str, head: str = HEAD) -> bytes:
    return (head + "".join(f"<item>{item}</item>" for item in items) + "</channel></rss>").encode()


def one(item: str) -> Article:
    (article,) = articles_in(feed(item), "a.rss")
    return article


def test_every_item_is_an_article_with_what_the_feed_says_of_it() -> None:
    articles = articles_in(samples.rss())
    assert [article.text for article in articles] == [story.text for story in samples.STORIES]
    first = articles[0]
    assert (first.title, first.outlet, first.language) == (samples.FROST.title, "The Quay Herald", "en")
    assert (first.published, first.url, first.id) == (
        datetime.date(2024, 2, 6),
        "https://quay.example/1",
        "quay-1",
    )
    assert first.origin is not None
    assert first.origin.authors == ("Mara Venn",)


def test_content_is_html_whose_words_stay_as_they_are_with_the_way_back() -> None:
    article = one(
        "<title>A &amp;amp; B</title><content:encoded><![CDATA[<p>“No,”&nbsp;said <b>Rena</b> Holt.</p>"
        "<figure><img src='x'><figcaption>A valve.</figcaption></figure><p>1 &lt; 2</p>]]></content:encoded>"
    )
    assert (article.text, article.title) == ("“No,”\xa0said Rena Holt.\n\n1 < 2", "A & B")
    assert article.origin is not None
    assert article.origin.map is not None
    page = article.origin.decoded()
    for stretch in article.origin.map.stretches:
        if len(stretch.text) == len(stretch.source):
            assert stretch.text.slice(article.text) == stretch.source.slice(page)


def test_a_summary_stands_for_the_content_and_is_told() -> None:
    articles = articles_in(samples.atom())
    assert [article.text for article in articles] == [story.paragraphs[0] for story in samples.STORIES]
    assert all("only a summary" in article.notices[0] for article in articles)


def test_an_item_without_content_is_the_file_beside_the_feed_that_it_links_to(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "1.html").write_bytes(samples.page())
    (tmp_path / "a.rss").write_bytes(feed("<link>pages/1.html</link><title>Ours</title><description>S.</description>"))
    (article,) = from_paths(tmp_path / "a.rss")
    assert isinstance(article, Article)
    assert article.text == samples.FROST.text


@pytest.mark.parametrize("link", ["../secret.txt", "file:///secret.txt", "/../secret.txt", "link.txt", "http://[x/"])
def test_a_link_that_leads_out_of_the_folder_of_the_feed_is_not_followed(link: str, tmp_path: Path) -> None:
    folder = tmp_path / "feeds"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("The secret.")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "a.rss").write_bytes(feed(f"<link>{link}</link><description>S.</description>"))
    (article,) = from_paths(folder / "a.rss")
    assert isinstance(article, Article)
    assert article.text == "S."


def test_an_address_that_runs_a_script_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_bytes(feed("<link>java&#9;script:alert(1)</link><description>S.</description>"))
    (article,) = from_paths(tmp_path / "a.rss")
    assert isinstance(article, Article)
    assert article.url is None
    assert any("wanted http or https" in notice for notice in article.notices)


def test_an_item_without_a_text_is_one_skipped() -> None:
    first, bad = read(feed("<description>S.</description>", "<title>T</title>"), "a.rss")
    assert isinstance(first, Article)
    assert isinstance(bad, Skipped)
    assert bad.name == "a.rss:2"


def test_a_date_that_is_none_is_told_and_updated_stands_for_published() -> None:
    assert "wanted YYYY-MM-DD" in one("<description>S.</description><pubDate>soon</pubDate>").notices[0]
    first = articles_in(samples.atom())[0]
    assert first.published == datetime.date(2024, 2, 6)


def test_a_feed_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    whole = feed("<description>A.</description>", "<description>B.</description>")
    articles = articles_in(whole[: whole.rindex(b"</item>")], "a.rss")
    assert [article.text for article in articles] == ["A.", "B."]
    assert "not well-formed" in articles[0].notices[0]


@pytest.mark.parametrize(
    "declared",
    ['<!ENTITY a "b">', '<!ENTITY a SYSTEM "file:///etc/passwd">', '<!ENTITY % a "b">'],
    ids=["inner", "outer", "parameter"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(declared: str, encoding: str) -> None:
    head = HEAD.replace("?>", f"?><!DOCTYPE rss [{declared}]>")
    data = feed("<description>&a;</description>", head=head).decode().encode(encoding)
    assert "XML entities" in refusal(data, "a.rss").reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'<?xml version="1.0"?><nitf><body>No.</body></nitf>', "neither RSS nor Atom"),
        (feed(), "a feed without items"),
        (b"", "neither RSS nor Atom"),
    ],
    ids=["other XML", "no items", "nothing"],
)
def test_what_is_no_feed_is_refused(data: bytes, reason: str) -> None:
    assert reason in refusal(data, "a.rss").reason
