"""Which reader reads it: told by the first bytes, and where they do not tell, by the suffix of the name.

A further kind of source is one more file beside this one, and a line in READERS.
"""

from __future__ import annotations

import codecs
import csv
import re
from importlib import import_module
from pathlib import PurePath
from typing import cast

from onrecord.errors import InputError
from onrecord.reading.source import Reader

READERS = {  # each in a module of its own, loaded when the first of its kind comes
    "docx": ("press.documents", "read_docx"),
    "feed": ("network.feed", "read_feed"),
    "gzip": ("containers", "read_gzip"),
    "lines": ("lines", "read_lines"),
    "mail": ("press.mail", "read_mail"),
    "markup": ("press.documents", "read_markup"),
    "parquet": ("parquet", "read_parquet"),
    "plain": ("plain", "read_plain"),
    "rtf": ("press.documents", "read_rtf"),
    "subtitles": ("transcript", "read_subtitles"),
    "table": ("table", "read_table"),
    "warc": ("network.warc", "read_warc"),
    "zip": ("containers", "read_zip"),
}
SUFFIXES = {
    **dict.fromkeys((".txt", ".text"), "plain"),
    **dict.fromkeys((".json", ".jsonl", ".ndjson"), "lines"),
    **dict.fromkeys((".csv", ".tsv", ".tab"), "table"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), "markup"),
    **dict.fromkeys((".rss", ".atom"), "feed"),
    **dict.fromkeys((".eml", ".mht", ".mhtml"), "mail"),
    **dict.fromkeys((".srt", ".vtt"), "subtitles"),
    **{f".{kind}": kind for kind in ("docx", "parquet", "rtf", "warc", "zip")},
    ".gz": "gzip",
}
MAGIC = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),  # an empty one
    (b"\x1f\x8b\x08", "gzip"),
    (b"PAR1", "parquet"),
    (b"{\\rtf", "rtf"),
    (b"WARC/1", "warc"),
)
LOOKED_AT = 4096  # bytes
PASSED_OVER = frozenset(
    ".png .jpg .jpeg .gif .webp .svg .ico .bmp .avif .css .js .mjs .map .woff .woff2 .ttf .eot .otf"
    " .mp3 .mp4 .m4a .webm .ogg .wav .avi .mov".split()
)
"""What lies beside the articles in a folder or an archive: the pictures, styles and scripts of saved pages."""

JSON_START = re.compile(r"\s*\{\s*[\"}]")
FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf)[\s>]", re.IGNORECASE)
PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|title|meta|div|article|p)\b", re.IGNORECASE)
HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]*):[ \t]?|[ \t]+\S|From \S+ ", re.ASCII)
OF_A_MAIL = {"message-id", "mime-version", "received"}
NAME_OF_A_COLUMN = re.compile(r"\s*[\w .-]{1,40}\s*")


def reader_for(name: str, start: bytes) -> Reader:
    """The reader of something of that name, or address, that begins with the bytes `start`."""
    return _loaded(kind_of(name, start))


def kind_of(name: str, start: bytes) -> str:
    """A key of READERS."""
    for magic, kind in MAGIC:
        if start.startswith(magic):
            return kind
    suffix = PurePath(name.split("?")[0] if "://" in name else name).suffix.lower()
    return SUFFIXES.get(suffix) or _kind_of_text(_letters(start))


def _kind_of_text(start: str) -> str:
    if JSON_START.match(start):
        return "lines"
    if start.lstrip().startswith("<"):
        if FEED.search(start):
            return "feed"
        if PAGE.search(start):
            return "markup"
        return "feed" if start.lstrip().startswith("<?xml") else "plain"
    if _is_mail(start):
        return "mail"
    return "table" if _is_table(start.partition("\n")[0]) else "plain"


def _letters(start: bytes) -> str:
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if start.startswith(mark):
            return start.decode(encoding, "ignore")
    return start.removeprefix(codecs.BOM_UTF8).decode("latin-1")


def _is_mail(start: str) -> bool:
    """Whether it begins with headers, one of them such as no press release bears."""
    names = set()
    for line in start.splitlines():
        if not (match := HEADER.match(line)):
            break
        names.add((match[1] or "").lower())
    return bool(names & OF_A_MAIL) and bool(names & {"from", "subject"})


def _is_table(first: str) -> bool:
    """Whether a line names columns, one of them the text and one more of those that articles have."""
    from onrecord.reading.columns import Columns
    from onrecord.reading.table import DELIMITERS

    for delimiter in DELIMITERS:
        try:
            header = next(csv.reader([first], delimiter=delimiter), [])
            if len(Columns.of(header, {}).names) >= 2 and all(map(NAME_OF_A_COLUMN.fullmatch, header)):
                return True
        except (csv.Error, InputError):
            continue
    return False


def _loaded(kind: str) -> Reader:
    module, function = READERS[kind]
    return cast(Reader, getattr(import_module(f"onrecord.reading.{module}"), function))
