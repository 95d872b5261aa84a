"""Subtitles (.srt, .vtt) become an article whose paragraphs are turns, each with its speaker's label.

    1                                             ROURKE-HALE: We knew it was slow. We did not know
    00:00:01,000 --> 00:00:03,500                 it could stick.
    ROURKE-HALE: We knew it was slow.
                                          ->      VAŠEK: Dagny is being generous.
    2
    00:00:03,500 --> 00:00:05,000
    We did not know it could stick.

A label is a WebVTT voice tag (`<v Name>`), a name before a colon, or ">>" for a change of speaker nobody names.
Numbers, times, styles and notes are left out; words are not changed. Without any label the cues of one text flow into
paragraphs, a new one after a pause of PAUSE seconds. Speaker-labelled transcripts that are plain text need no reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import BinaryIO

from onrecord.errors import EmptyInput, InputError
from onrecord.reading.encodings import decode
from onrecord.reading.source import Defaults, read_all
from onrecord.records import Article, Skipped

PAUSE = 3.0
TIME = re.compile(
    r"^\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})\s*-->\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
)
VOICE = re.compile(r"<v(?:\.[\w.-]+)?\s+([^>]+)>")
TAG = re.compile(r"</?(?:[bicuv]|ruby|rt|lang|font|c\.[\w.-]+|\d{2}:\d{2}[:.\d]*)(?:[ .][^<>]*)?>|\{\\an?\d\}", re.I)
LABEL = re.compile(r"^(?P<name>[^\W\d_a-z][^:\n.!?]{0,60}?)\s?:(?=\s)\s*")
CHANGE = re.compile(r"^(?:>>|&gt;&gt;|[-–—])\s*")
NAMELESS = "SPEAKER"


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a cue: who is newly named ("" for a change without a name, None for no change), what is said, and
    the seconds since the last cue."""

    who: str | None
    said: str
    pause: float


def read_subtitles(stream: BinaryIO, name: str, defaults: Defaults) -> Iterator[Article | Skipped]:
    """The one article of a subtitle file, or why not."""
    try:
        decoded = decode(read_all(stream))
        text = subtitle_text(decoded.text)
        if not text:
            raise EmptyInput("no cue with a time and words", "subtitles in SRT or WebVTT", "Check the file")
    except InputError as error:
        yield Skipped.because(name, error)
        return
    yield Article(
        text=text,
        title=defaults.title,
        outlet=defaults.outlet,
        published=defaults.published,
        url=defaults.url,
        language=defaults.language,
        notices=decoded.notices,
    )


def subtitle_text(source: str) -> str:
    """The words of subtitles, a paragraph a turn, with labels where there are any."""
    paragraphs: list[str] = []
    speaking = False
    labelled = False
    for line in _lines(source):
        if line.who is not None:
            labelled = True
            label = line.who or NAMELESS
            if paragraphs and line.who and paragraphs[-1].startswith(f"{label}: "):
                paragraphs[-1] += f" {line.said}"
            else:
                paragraphs.append(f"{label}: {line.said}")
            speaking = True
        elif paragraphs and ((speaking and labelled) or line.pause < PAUSE):
            paragraphs[-1] += f" {line.said}"
        else:
            paragraphs.append(line.said)
    return "\n\n".join(paragraph.strip() for paragraph in paragraphs)


def _lines(source: str) -> Iterator[_Line]:
    ended = 0.0
    last = ""
    for block in re.split(r"\n\s*\n", source.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.strip("\n").split("\n")
        at = next((n for n, line in enumerate(lines) if TIME.match(line)), None)
        if at is None:
            continue
        match = TIME.match(lines[at])
        start, end = _seconds(match, 1), _seconds(match, 5)
        pause, ended = start - ended, end
        for line in lines[at + 1 :]:
            found = _line(line, pause)
            if found.said and found.said != last:  # rolling captions repeat the line above
                yield found
                last, pause = found.said, 0.0


def _line(line: str, pause: float) -> _Line:
    who = None
    if voice := VOICE.search(line):
        who = " ".join(unescape(voice[1]).split())
    plain = unescape(TAG.sub("", VOICE.sub("", line))).strip()
    if change := CHANGE.match(plain):
        plain, who = plain[change.end() :], who or ""
    if (label := LABEL.match(plain)) and _names(label["name"]):
        plain, who = plain[label.end() :], label["name"].strip()
    return _Line(who, plain, pause)


def _names(label: str) -> bool:
    """Whether words before a colon are a name: up to five, each with a capital before the first comma or bracket."""
    head = re.split(r"[,(\[]", label, maxsplit=1)[0].split()
    return 0 < len(head) <= 5 and all(word[0].isupper() for word in head)


def _seconds(match: re.Match[str] | None, first: int) -> float:
    if match is None:
        return 0.0
    hours, minutes, seconds, part = match.group(first, first + 1, first + 2, first + 3)
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{part}")
