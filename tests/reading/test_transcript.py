"""Subtitles become labelled turns; numbers, times and tags go, words stay."""

from __future__ import annotations

import io

import pytest

from onrecord.reading.source import Defaults
from onrecord.reading.transcript import read_subtitles, subtitle_text
from onrecord.records import Article, Skipped

SRT = """1
00:00:01,000 --> 00:00:03,500
HOLT: We knew it was slow.

2
00:00:03,500 --> 00:00:05,000
We did not know
it could <i>stick</i>.

3
00:00:05,200 --> 00:00:07,000
KENJI ITO, mayor: The budget &amp; the plan were mine.
"""
VTT = """WEBVTT - hearing

NOTE nothing of this is said

STYLE
::cue { color: red }

intro
00:01.000 --> 00:03.000 align:start
<v Rena Holt>We knew it was slow.</v>

00:03.000 --> 00:05.000
<v.loud Rena Holt>We did not <00:00:04.000>know.

00:05.000 --> 00:07.000
<v Kenji Ito>That is my plan.
"""


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            SRT,
            "HOLT: We knew it was slow. We did not know it could stick.\n\n"
            "KENJI ITO, mayor: The budget & the plan were mine.",
        ),
        (VTT, "Rena Holt: We knew it was slow. We did not know.\n\nKenji Ito: That is my plan."),
        (SRT.replace("\n", "\r\n"), subtitle_text(SRT)),
        (
            "1\n00:00:01,000 --> 00:00:02,000\n>> We knew.\n\n2\n00:00:02,000 --> 00:00:03,000\n>> Who?",
            "SPEAKER: We knew.\n\nSPEAKER: Who?",
        ),
        (
            "1\n00:00:01,000 --> 00:00:02,000\nWe knew\n\n2\n00:00:02,100 --> 00:00:03,000\nit was slow.\n\n"
            "3\n00:00:09,000 --> 00:00:10,000\nLater.",
            "We knew it was slow.\n\nLater.",  # a pause begins a paragraph
        ),
        (
            "1\n00:00:01,000 --> 00:00:02,000\nWe knew\n\n2\n00:00:02,000 --> 00:00:03,000\nWe knew\nit was slow.",
            "We knew it was slow.",  # a rolling caption
        ),
        ("1\n00:00:01,000 --> 00:00:02,000\nit is 4:30 now, and note: late", "it is 4:30 now, and note: late"),
        ("no cue at all", ""),
    ],
)
def test_the_words_in_order_with_who_says_them(source: str, text: str) -> None:
    assert subtitle_text(source) == text


def test_a_file_is_one_article_or_skipped() -> None:
    (article,) = read_subtitles(io.BytesIO(VTT.encode()), "a.vtt", Defaults(title="Hearing"))
    assert isinstance(article, Article)
    assert (article.title, article.text.count("\n\n")) == ("Hearing", 1)
    for data in (b"", b"\x00\x01\x02" * 50, b"WEBVTT\n\nno times"):
        (refused,) = read_subtitles(io.BytesIO(data), "a.vtt", Defaults())
        assert isinstance(refused, Skipped)
