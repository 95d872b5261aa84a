"""Where the text of an article was taken from, and the way back from each of its characters.

    page     <p>Rena&nbsp;Holt said <b>no</b>.
             0  3   7     13        24  26  30
    text     Rena Holt said no.
             0   4 5         15 17
    map      (0, 4) from (3, 7), (4, 5) from (7, 13), (5, 15) from (13, 23), (15, 17) from (26, 28), …

Offsets count code points on both sides; those of the page count in its bytes decoded as the Origin says.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Self

from onrecord.errors import RecordError
from onrecord.spans import Span, merge


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters `text` of an article and the characters `source` of the page they stand for.

    Of equal length, they go character by character (a line end standing for a space); otherwise (an entity, white space
    collapsed) only as a whole.
    """

    text: Span
    source: Span

    def part(self, span: Span) -> Span:
        """What of the page stands behind the part of this stretch that `span`, which overlaps it, covers."""
        if len(self.text) != len(self.source):
            return self.source
        start, end = max(span.start, self.text.start), min(span.end, self.text.end)
        return Span(start, end).shift(self.source.start - self.text.start)


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Stretches in the order of the text, none overlapping; what lies between them (paragraph breaks) has no source.

    Raises RecordError when they are not in order.
    """

    stretches: tuple[Stretch, ...] = ()
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for earlier, later in pairwise(self.stretches):
            if later.text.start < earlier.text.end:
                raise RecordError(
                    f"a stretch at {later.text.as_list()} after {earlier.text.as_list()}",
                    "stretches in the order of the text that do not overlap",
                    "Sort them",
                )
        object.__setattr__(self, "_starts", tuple(stretch.text.start for stretch in self.stretches))

    def to_source(self, span: Span) -> tuple[Span, ...] | None:
        """The places of the page behind `span` of the text, in order and joined where they touch; None if nothing is.

        More than one where tags stand between the words.
        """
        first = max(0, bisect_right(self._starts, span.start) - 1)
        found = []
        for stretch in self.stretches[first:]:
            if stretch.text.start >= span.end:
                break
            if stretch.text.overlaps(span):
                found.append(stretch.part(span))
        return merge(found) or None

    def as_list(self) -> list[int]:
        """Four whole numbers a stretch: text and source passed over since the last one, its length in the text, and
        how much longer it is in the source."""
        numbers: list[int] = []
        text = source = 0
        for stretch in self.stretches:
            length = len(stretch.text)
            numbers += (stretch.text.start - text, stretch.source.start - source, length, len(stretch.source) - length)
            text, source = stretch.text.end, stretch.source.end
        return numbers

    @classmethod
    def from_list(cls, numbers: Sequence[int]) -> Self:
        """The map that `as_list` gave. Raises RecordError or SpanError when `numbers` are none."""
        if len(numbers) % 4:
            raise RecordError(f"{len(numbers)} numbers of an offset map", "four a stretch", "Read the page again")
        stretches = []
        text = source = 0
        for at in range(0, len(numbers), 4):
            over, source_over, length, more = numbers[at : at + 4]
            text, source = text + over, source + source_over
            stretches.append(Stretch(Span(text, text + length), Span(source, source + length + more)))
            text, source = stretches[-1].text.end, stretches[-1].source.end
        return cls(tuple(stretches))


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What an article was read from.

    `sha256` is the digest of the bytes as they came, `media_type` what they are, `name` the file or address,
    `authors` who signed it. `encoding` is the Python codec whose decoding, broken bytes replaced, the `map` counts in;
    None where the source is no one text. `raw`, the bytes, is there when just read and takes no part in equality or in
    `to_dict`: an archive keeps it elsewhere, under its digest.
    """

    sha256: str
    media_type: str = "text/html"
    encoding: str | None = None
    name: str = ""
    authors: tuple[str, ...] = ()
    map: OffsetMap | None = None
    raw: bytes | None = field(default=None, repr=False, compare=False)

    @classmethod
    def of(
        cls,
        raw: bytes,
        *,
        media_type: str,
        name: str,
        encoding: str | None = None,
        authors: Iterable[str] = (),
        map: OffsetMap | None = None,  # noqa: A002 - the name of the field
    ) -> Self:
        """The origin of what was read from the bytes `raw`."""
        digest = hashlib.sha256(raw).hexdigest()
        return cls(
            sha256=digest,
            media_type=media_type,
            encoding=encoding,
            name=name,
            authors=tuple(authors),
            map=map,
            raw=raw,
        )

    def decoded(self, raw: bytes | None = None) -> str:
        """The source as the text that `map` counts in, from its bytes (left out: those that are still here).

        Raises RecordError when there are no bytes, other bytes, or no encoding.
        """
        if (data := self.raw if raw is None else raw) is None:
            raise RecordError(f"no bytes of {self.name!r}", "the bytes it was read from", "Pass them")
        if self.encoding is None:
            raise RecordError(f"{self.name!r} without an encoding", "a source that is one text", "Use the article")
        if hashlib.sha256(data).hexdigest() != self.sha256:
            raise RecordError(f"other bytes than {self.name!r} had", f"sha256 {self.sha256}", "Pass the right ones")
        return data.decode(self.encoding, "replace")

    def to_dict(self) -> dict[str, Any]:
        """As plain JSON values, less the bytes."""
        return {
            "sha256": self.sha256,
            "media_type": self.media_type,
            "encoding": self.encoding,
            "name": self.name,
            "authors": list(self.authors),
            "map": None if self.map is None else self.map.as_list(),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The origin that `to_dict` gave."""
        numbers = data.get("map")
        return cls(
            sha256=data["sha256"],
            media_type=data["media_type"],
            encoding=data.get("encoding"),
            name=data.get("name", ""),
            authors=tuple(data.get("authors", ())),
            map=None if numbers is None else OffsetMap.from_list(numbers),
        )
