"""What comes in: an Article, or an input that was Skipped; and the Provenance of what goes out."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass, field
from typing import Self

from onrecord.errors import InputError, RecordError
from onrecord.records.codec import named
from onrecord.records.origins import Origin


@dataclass(frozen=True, slots=True)
class Article:
    """One text and what is known about it. The text is never altered afterwards.

    `id` left out is the first 12 hex digits of `sha256`, the digest of the text in UTF-8.
    `language` is an ISO 639-1 code, or None when unknown. `notices` is what reading had to
    tell ("decoded as cp1252"), `origin` the page or file it was taken from, where it is not that file itself; neither
    takes part in equality.
    """

    text: str
    id: str = ""
    title: str | None = None
    outlet: str | None = None
    published: datetime.date | None = field(default=None, metadata=named(json="date"))
    url: str | None = None
    language: str | None = "en"
    notices: tuple[str, ...] = field(default=(), compare=False)
    origin: Origin | None = field(default=None, repr=False, compare=False)
    sha256: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not isinstance(self.text, str):
            raise RecordError(f"a text of type {type(self.text).__name__}", "str", "Decode it first")
        if self.published is not None and type(self.published) is not datetime.date:
            raise RecordError(f"published {self.published!r}", "a datetime.date", "Take the .date() of a datetime")
        digest = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
        object.__setattr__(self, "sha256", digest)
        object.__setattr__(self, "id", self.id or digest[:12])

    def __repr__(self) -> str:
        told = (repr(self.title) if self.title else None, self.outlet, self.published, f"{len(self.text):,} characters")
        return f"<Article {self.id!r}: {', '.join(str(each) for each in told if each)}>"


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made a record: the `engine` version, and the model with the digest of its file."""

    engine: str = field(metadata=named(json="version"))
    model: str | None = None
    model_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that was not read: its `name`, the `reason`, and what `todo` about it."""

    name: str
    reason: str
    todo: str

    @classmethod
    def because(cls, name: str, error: InputError) -> Self:
        """The refusal of the input called `name`, in the words of `error`."""
        return cls(name, f"{error.seen}; wanted {error.wanted}", error.todo)
