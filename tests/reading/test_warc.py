from __future__ import annotations

import datetime
import gzip
import io

import pytest

from evals import samples
from onrecord.reading import source
from onrecord.reading.source import Defaults
from onrecord.records import Article, Skipped
from reading.reading import articles_in, read, refusal, texts

pytest.importorskip("fastwarc", reason="needs onrecord[warc]")
pytest.importorskip("trafilatura", reason="needs onrecord[pages]")
pytest.importorskip("warcio", reason="needs warcio to write archives")

ALL = [story.text for story in samples.STORIES]
UNDATED = b"".join(line for line in samples.page().splitlines(True) if b"published_time" not in line)


def answer(body: bytes, *headers: tuple[str, str], status: str = "200 OK", type: str = "text/html") -> bytes:  # noqa: A002
    """An archive of one answer, as warcio writes it."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    target = io.BytesIO()
    writer = WARCWriter(target, gzip=False)
    http = StatusAndHeaders(status, [("Content-Type", type), *headers], protocol="HTTP/1.1")
    date = {"WARC-Date": "2024-02-09T23:00:00Z"}
    record = writer.create_warc_record(
        "https://quay.example/1", "response", payload=io.BytesIO(body), http_headers=http, warc_headers_dict=date
    )
    writer.write_record(record)
    return target.getvalue()


@pytest.mark.parametrize("packed", [False, True])
def test_every_page_is_an_article_and_all_else_is_passed_over(packed: bool) -> None:
    articles = articles_in(samples.warc(packed=packed))
    assert [article.text for article in articles] == ALL
    assert articles[0].published == datetime.date(2024, 2, 6)
    assert [article.url for article in articles] == [f"https://quay.example/{n}" for n in (1, 2, 3)]


def test_the_day_of_the_crawl_stands_in_for_a_missing_date_and_is_told() -> None:
    (crawled,) = articles_in(answer(UNDATED))
    assert crawled.published == datetime.date(2024, 2, 9)
    assert "crawled" in crawled.notices[-1]
    (given,) = articles_in(answer(UNDATED), "a", Defaults(published=datetime.date(2024, 2, 1)))
    assert given.published == datetime.date(2024, 2, 1)


def chunked(body: bytes) -> bytes:
    half = len(body) // 2
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (body[:half], body[half:], b""))


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(samples.page()), [("Content-Encoding", "gzip")]),
        (chunked(samples.page()), [("Transfer-Encoding", "chunked")]),
        (chunked(gzip.compress(samples.page())), [("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")]),
        (samples.page(), [("Transfer-Encoding", "chunked"), ("Content-Encoding", "br")]),  # undone, the headers kept
    ],
    ids=["packed", "in chunks", "both", "neither, though it says so"],
)
def test_a_page_is_unpacked_as_its_headers_say(body: bytes, headers: list[tuple[str, str]]) -> None:
    (article,) = articles_in(answer(body, *headers))
    assert article.text == samples.FROST.text


def test_the_encoding_may_stand_in_the_header_only() -> None:
    page = samples.page().replace(b'<meta charset="utf-8">', b"").decode().encode("cp1252")
    (article,) = articles_in(answer(page, type="text/html; charset=windows-1252"))
    assert article.text == samples.FROST.text


@pytest.mark.parametrize(
    ("body", "headers", "reason"),
    [
        (gzip.compress(b"<p>" + b"a" * 9_000_000), [("Content-Encoding", "gzip")], "unpacks to more than"),
        (b"<p>" + b"a" * source.LIMIT, [], "more than"),
        (b"no gzip", [("Content-Encoding", "gzip")], "is not gzip"),
        (b"\x1b\x00", [("Content-Encoding", "br")], "packed with br"),
    ],
    ids=["a bomb", "too large", "not packed", "packed otherwise"],
)
def test_a_bad_page_is_one_skipped_and_the_others_go_on(
    body: bytes, headers: list[tuple[str, str]], reason: str
) -> None:
    bad, after = read(answer(body, *headers) + answer(samples.page()), "a.warc")
    assert isinstance(bad, Skipped)
    assert bad.name == "a.warc:1"
    assert reason in bad.reason
    assert texts([after]) == [samples.FROST.text]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"WARC/1.0", b"WARK/1.0"),
        (b"Content-Length: ", b"Content-Length: -"),
        (b"Content-Length", b"Content-Longth"),
    ],
)
def test_a_record_with_a_damaged_header_is_told_and_those_after_it_are_read(old: bytes, new: bytes) -> None:
    items = read(
        answer(samples.page(samples.BRIDGE)) + answer(samples.page()).replace(old, new, 1) + samples.warc(), "a"
    )
    assert texts(items)[0] == samples.BRIDGE.text
    assert texts(items)[-3:] == ALL
    assert sum(isinstance(item, Skipped) for item in items) == 1


def test_damage_in_a_packed_record_is_told_and_those_after_it_are_read() -> None:
    data = bytearray(samples.warc(packed=True))
    second = data.index(b"\x1f\x8b\x08", 10)
    data[second + 300 : second + 310] = b"\xff" * 10
    items = read(bytes(data), "a.warc.gz")
    found = texts(items)
    assert ALL[0] in found
    assert ALL[2] in found
    assert isinstance(items[-1], Skipped)
    assert "a damaged archive" in items[-1].reason


def test_an_archive_that_breaks_off_gives_what_is_before_it() -> None:
    data = samples.warc(packed=True)
    items = read(data[: data.rindex(b"\x1f\x8b\x08") + 40], "a.warc.gz")
    assert texts(items) == ALL
    assert isinstance(items[-1], Skipped)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (answer(b"\x89PNG", type="image/png") + answer(b"x", status="404 Not Found"), "1 image/png, 1 status 404"),
        (b"WARC/1.0\r\n", "no record"),
        (b"", "no record"),
    ],
    ids=["no page", "only a beginning", "nothing"],
)
def test_an_archive_without_a_page_is_refused_with_what_is_in_it(data: bytes, reason: str) -> None:
    assert reason in refusal(data, "a.warc").reason


def test_articles_come_as_they_are_asked_for() -> None:
    from onrecord.reading.network.warc import read_warc

    items = read_warc(io.BytesIO(samples.warc()), "a", Defaults())
    assert isinstance(next(items), Article)
