from __future__ import annotations

import datetime

import pytest

from evals import samples
from onrecord.records import Article
from reading.reading import articles_in, refusal

HEADERS = b"From: Mara Venn <mara@quay.example>\nSubject: Frost\nMIME-Version: 1.0\nMessage-ID: <1@quay.example>\n"


def test_a_mail_is_an_article_with_its_headers() -> None:
    (article,) = articles_in(samples.mail())
    assert article.text.strip() == samples.FROST.text
    assert (article.title, article.outlet) == (samples.FROST.title, "The Quay Herald")
    assert (article.published, article.id) == (datetime.date(2024, 2, 6), "1@quay.example")
    assert article.origin is not None
    assert article.origin.authors == ("The Quay Herald",)


def test_the_html_part_is_read_where_the_plain_one_says_nothing() -> None:
    (article,) = articles_in(samples.mail(html=True))
    assert article.text == samples.FROST.text


@pytest.mark.parametrize(
    ("rest", "text"),
    [
        (b"Content-Type: text/plain; charset=iso-8859-1\n\nKein \xc4rger.", "Kein Ärger."),
        (b"Content-Type: text/plain; charset=no-such\n\nKein \xc3\x84rger.", "Kein Ärger."),
        (b"Content-Transfer-Encoding: base64\nContent-Type: text/plain\n\nTm8uLi4=", "No..."),
        (b"Content-Transfer-Encoding: quoted-printable\n\n=E2=80=9CNo=E2=80=9D =\nshe", "“No” she"),
        (b"\nNo.", "No."),
        (b"Content-Type: text/html\n\n<p>No.</p><script>x</script>", "No."),
    ],
    ids=["its charset", "no charset of that name", "base64", "quoted-printable", "no type", "HTML"],
)
def test_a_part_is_decoded_as_it_says_and_else_as_it_fits(rest: bytes, text: str) -> None:
    (article,) = articles_in(HEADERS + rest)
    assert article.text == text


def test_headers_that_are_none_do_not_cost_the_mail() -> None:
    mail = b"Message-ID: <>\nDate: soon\nSubject: =?utf-8?b?XX?=\nFrom: @@<\nMIME-Version: 1.0\n\nNo."
    (article,) = articles_in(mail)
    assert isinstance(article, Article)
    assert (article.text, article.published) == ("No.", None)


def test_a_page_saved_as_one_file_is_read_as_a_page() -> None:
    pytest.importorskip("trafilatura", reason="needs onrecord[pages]")
    boundary = b'Content-Type: multipart/related; boundary="x"\n\n--x\nContent-Type: text/html; charset=utf-8\n\n'
    data = (
        b"From: <Saved by a browser>\nSnapshot-Content-Location: https://quay.example/1\nMIME-Version: 1.0\n"
        + boundary
        + samples.page()
        + b"\n--x\nContent-Type: image/png\n\n\x89PNG\n--x--\n"
    )
    (article,) = articles_in(data, "a.mhtml")
    assert (article.text, article.url) == (samples.FROST.text, "https://quay.example/1")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (HEADERS + b"\n \n", "a mail without a text"),
        (HEADERS + b"Content-Type: image/png\n\nx", "a mail without a text"),
        (HEADERS + b"Content-Disposition: attachment\nContent-Type: text/plain\n\nNo.", "a mail without a text"),
        (HEADERS + b"\n" + b"a" * 9_000_000, "a text of 9,000,000 bytes"),
    ],
    ids=["empty", "a picture", "only an attachment", "too long"],
)
def test_a_mail_without_an_article_is_refused(data: bytes, reason: str) -> None:
    assert reason in refusal(data, "a.eml").reason


def test_parts_nested_without_end_are_refused_or_read() -> None:
    head = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(3000))
    assert refusal(HEADERS + head + b"\nNo.", "a.eml").reason
