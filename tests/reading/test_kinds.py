from __future__ import annotations

import pytest

from evals import samples
from onrecord.reading.kinds import READERS, kind_of, reader_for


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a", samples.zipped(), "zip"),
        ("a.txt", samples.zipped(), "zip"),
        ("a", samples.gzipped(), "gzip"),
        ("a", b"PAR1\x15", "parquet"),
        ("a", b"{\\rtf1", "rtf"),
        ("a.csv", b"WARC/1.1\r\n", "warc"),
        ("a", samples.page(), "markup"),
        ("a", b"\n<!-- saved --><HTML>", "markup"),
        ("a.xml", samples.rss(), "feed"),
        ("a", samples.atom(), "feed"),
        ("a.xml", '<?xml version="1.0" encoding="utf-16"?><feed >'.encode("utf-16"), "feed"),
        ("a", b'<?xml version="1.0"?><html xmlns="x">', "markup"),
        ("a", samples.mail(), "mail"),
        ("a", b"From: The mayor\nSubject: the bridge\n\nWe open it.", "plain"),  # a press release
        ("a", samples.csv_table(), "table"),
        ("a", b"Text and title, the page said.\n", "plain"),
        ("a", b"body;date\nx;y", "table"),
        ("a.csv", b"anything", "table"),
        ("a.VTT", b"WEBVTT\n", "subtitles"),
        ("a", b'\xef\xbb\xbf{"text": 1}', "lines"),
        ("a.txt", b"<html>", "plain"),
        ("https://quay.example/story.html?page=2.csv", b"...", "markup"),
        ("https://quay.example/story", b"Frost.", "plain"),
        ("a", b"", "plain"),
    ],
)
def test_the_first_bytes_tell_the_kind_and_else_the_suffix(name: str, data: bytes, kind: str) -> None:
    assert kind_of(name, data[:4096]) == kind


def test_every_kind_has_a_reader() -> None:
    for kind in READERS:
        assert callable(reader_for(f"a.{kind}", b""))
    assert {reader_for("a", start).__name__ for start in (b"PK\x03\x04", b"PAR1")} == {"read_zip", "read_parquet"}
