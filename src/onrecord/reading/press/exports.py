"""What the exports of press databases have in common: many articles a file, each under lines that tell of it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.errors import EmptyInput, InputError
from onrecord.reading.dates import NAMED, date_from
from onrecord.reading.language import code_of
from onrecord.reading.source import LIMIT, Defaults, too_large
from onrecord.records import Article, Origin, Skipped

PARAGRAPH = "\n\n"
DATE_LINE = re.compile(rf"(?:\w+day,?\s+)?(?:(?:{NAMED})\.?\s+\d|\d{{1,2}}\s+(?:{NAMED})\b)", re.IGNORECASE)
LONGEST_DATE_LINE = 60  # characters: "Wednesday, September 24, 2025, 11:45 PM GMT, Late Edition"
WORDS_OF = re.compile(r"(\d[\d,.]*)\s+words?\b", re.IGNORECASE)
FEWEST_OF_LENGTH = 0.7  # counts differ by how numbers and dashes are counted, not by a third
BYLINE = re.compile(r"by\b:?\s*", re.IGNORECASE)
JOINED = re.compile(r"\s*(?:;|\band\b|&)\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """One article of an export, or `refused` why it is none. `words` is its length as the export tells it."""

    paragraphs: Sequence[str] = ()
    title: str | None = None
    outlet: str | None = None
    published: datetime.date | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    id: str = ""
    words: int | None = None
    refused: InputError | None = None


def articles_of(
    exported: Iterable[Exported], name: str, defaults: Defaults, origin: Origin
) -> Iterator[Article | Skipped]:
    """The articles of an export, each bad one a Skipped named FILE:NUMBER; `origin` is that of the file."""
    for number, one in enumerate(exported, start=1):
        try:
            yield _article(one, defaults, origin)
        except InputError as error:
            yield Skipped.because(f"{name}:{number}", error)


def is_date_line(line: str) -> bool:
    """Whether a line is a date and nothing else but a day of the week, a time or an edition."""
    return len(line) <= LONGEST_DATE_LINE and DATE_LINE.match(line) is not None and date_from(line) is not None


def words_in(line: str) -> int | None:
    """The number in "Length: 1,024 words"."""
    match = WORDS_OF.search(line)
    return int(re.sub(r"\D", "", match[1])) if match else None


def authors_in(byline: str) -> tuple[str, ...]:
    """The names in "By Mara Venn and Ivo Lund, Ayr": what stands before a comma is a name."""
    names = (name.split(",")[0].strip() for name in JOINED.split(BYLINE.sub("", byline.strip(), count=1)))
    return tuple(dict.fromkeys(filter(None, names)))


def _article(one: Exported, defaults: Defaults, origin: Origin) -> Article:
    if one.refused is not None:
        raise one.refused
    text = PARAGRAPH.join(paragraph for paragraph in one.paragraphs if paragraph.strip())
    if not text.strip():
        raise EmptyInput("a document without a text", "the text of an article", "Export it with its full text")
    if len(text) > LIMIT:
        raise too_large(f"a text of {len(text):,} characters")
    notices: tuple[str, ...] = ()
    if one.words and (found := len(text.split())) < FEWEST_OF_LENGTH * one.words:
        notices = (f"the export gives its length as {one.words} words, and {found} are there",)
    return Article(
        text=text,
        id=one.id,
        title=one.title or defaults.title,
        outlet=one.outlet or defaults.outlet,
        published=one.published or defaults.published,
        url=defaults.url,
        language=code_of(one.language) or defaults.language,
        notices=notices,
        origin=Origin(
            sha256=origin.sha256,
            media_type=origin.media_type,
            name=origin.name,
            authors=one.authors,
            raw=origin.raw,
        ),
    )
