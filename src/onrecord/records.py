"""The values: an Article comes in, a Record of its Statements goes out.

    text     “We were not asked,” said Rena Holt.
             ├──────────────────┤└──┘ └───────┘
    content  (0, 19)             cue  source
                              (20, 24) (25, 34)

All are frozen, compare by what they hold, and check themselves when made: what exists is
consistent. Each role of a statement is a sorted tuple of spans, since content may come in pieces.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal, Self, get_args

from onrecord.errors import InputError, RecordError
from onrecord.marking import Mark, panel
from onrecord.spans import Span, hull

Form = Literal["direct", "indirect", "mixed"]
"""All of the content in quotation marks, none of it, or some."""

Role = Literal["source", "cue", "content"]
"""Who speaks, the words that say so, what is said."""

ROLES: tuple[Role, ...] = get_args(Role)
CONFIDENCE_DIGITS = 4
HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")


@dataclass(frozen=True, slots=True)
class Article:
    """One text and what is known about it. The text is never altered afterwards.

    `id` left out is the first 12 hex digits of `sha256`, the digest of the text in UTF-8.
    `language` is an ISO 639-1 code, or None when unknown. `notices` is what reading had to
    tell ("decoded as cp1252"); it takes no part in equality.
    """

    text: str
    id: str = ""
    title: str | None = None
    outlet: str | None = None
    published: datetime.date | None = None
    url: str | None = None
    language: str | None = "en"
    notices: tuple[str, ...] = field(default=(), compare=False)
    sha256: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not isinstance(self.text, str):
            raise RecordError(f"a text of type {type(self.text).__name__}", "str", "Decode it first")
        if self.published is not None and type(self.published) is not datetime.date:
            raise RecordError(f"published {self.published!r}", "a datetime.date", "Take the .date() of a datetime")
        digest = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
        object.__setattr__(self, "sha256", digest)
        object.__setattr__(self, "id", self.id or digest[:12])


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made a record: the `engine` version, and the model with the digest of its file."""

    engine: str
    model: str | None = None
    model_sha256: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Decisions(Mapping[str, str]):
    """Which rule or model decided each field: a mapping that can be neither changed nor misordered."""

    pairs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, mapping: Mapping[str, str]) -> Self:
        return cls(tuple(sorted(mapping.items())))

    def __getitem__(self, key: str) -> str:
        for name, decider in self.pairs:
            if name == key:
                return decider
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self.pairs)

    def __len__(self) -> int:
        return len(self.pairs)

    def __hash__(self) -> int:
        return hash(self.pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One act of speech, writing or thought that a text ascribes to somebody.

    `source` and `cue` may be empty, `content` may not; within each the spans are sorted and do
    not overlap. `confidence` is in [0, 1], kept to 4 digits. `carried_from` is the id of the
    statement whose speaker goes on here; `within` the id of the one whose content contains this.
    `decided_by` names the rule or model behind each field; any mapping will do.

    Raises RecordError when any of that does not hold.
    """

    id: str
    content: tuple[Span, ...]
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    form: Form
    confidence: float
    carried_from: str | None = None
    within: str | None = None
    decided_by: Mapping[str, str] = Decisions()

    def __post_init__(self) -> None:
        if not self.content:
            raise self._error("no content", "at least one span of content", "Leave such a statement out")
        for role in ROLES:
            self._check(role, self.spans(role))
        if self.form not in get_args(Form):
            raise self._error(f"form {self.form!r}", f"one of {', '.join(get_args(Form))}", "Choose one")
        if not 0 <= self.confidence <= 1:
            raise self._error(f"confidence {self.confidence!r}", "a number from 0 to 1", "Scale it first")
        object.__setattr__(self, "confidence", round(float(self.confidence), CONFIDENCE_DIGITS))
        object.__setattr__(self, "decided_by", Decisions.of(self.decided_by))

    def spans(self, role: Role) -> tuple[Span, ...]:
        """The spans of one role."""
        spans: tuple[Span, ...] = getattr(self, role)
        return spans

    @property
    def extent(self) -> Span:
        """From the first to the last character of any role."""
        return hull(self.source + self.cue + self.content)

    def _check(self, role: Role, spans: tuple[Span, ...]) -> None:
        if not isinstance(spans, tuple) or not all(isinstance(span, Span) for span in spans):
            raise self._error(f"{role} {spans!r}", "a tuple of Span", "Wrap it: tuple(spans)")
        for earlier, later in pairwise(spans):
            if later.start < earlier.end:
                raise self._error(
                    f"{role} {later.as_list()} after {earlier.as_list()}",
                    "spans in order that do not overlap",
                    "Pass them through onrecord.spans.merge",
                )

    def _error(self, seen: str, wanted: str, todo: str) -> RecordError:
        return RecordError(f"{seen} in statement {self.id!r}", wanted, todo)


@dataclass(frozen=True, slots=True)
class Record:
    """An article, the statements found in it, and what found them.

    Statements are put in reading order: by where they start, then by where their content does, the
    longer first. Raises RecordError
    when an id is used twice, a span ends past the text, or `carried_from` or `within` names an
    unknown statement or leads back to where it began.
    """

    article: Article
    statements: tuple[Statement, ...]
    provenance: Provenance

    def __post_init__(self) -> None:
        object.__setattr__(self, "statements", tuple(sorted(self.statements, key=_reading_order)))
        by_id = {statement.id: statement for statement in self.statements}
        if len(by_id) < len(self.statements):
            ids = [statement.id for statement in self.statements]
            twice = next(id for id in ids if ids.count(id) > 1)
            raise RecordError(f"statement id {twice!r} more than once", "ids that differ", "Number the statements")
        for statement in self.statements:
            if statement.extent.end > len(self.article.text):
                raise RecordError(
                    f"statement {statement.id!r} from {statement.extent.start} to {statement.extent.end}"
                    f" in a text of length {len(self.article.text)}",
                    "spans within the text",
                    "Make the record from the article that was read",
                )
        _check_links({id: statement.carried_from for id, statement in by_id.items()}, "carried_from")
        _check_links({id: statement.within for id, statement in by_id.items()}, "within")

    def statement(self, id: str) -> Statement:
        """The statement with that id. Raises RecordError when there is none."""
        for statement in self.statements:
            if statement.id == id:
                return statement
        ids = ", ".join(statement.id for statement in self.statements[:8]) or "none"
        raise RecordError(f"statement id {id!r}", f"an id of this record ({ids})", "List record.statements")

    def words(self, statement: Statement, role: Role = "content") -> str:
        """The article's own words in that role, pieces joined by " … "; "" when the role is empty."""
        return " … ".join(span.slice(self.article.text) for span in statement.spans(role))

    def quote(self, id: str) -> str:
        """The content of the statement with that id, word for word."""
        return self.words(self.statement(id))

    def to_dict(self) -> dict[str, Any]:
        """The record as plain JSON values, keys in the order of the published format."""
        article, provenance = self.article, self.provenance
        return {
            "id": article.id,
            "title": article.title,
            "outlet": article.outlet,
            "date": article.published.isoformat() if article.published else None,
            "url": article.url,
            "language": article.language,
            "text": article.text,
            "sha256": article.sha256,
            "engine": {
                "version": provenance.engine,
                "model": provenance.model,
                "model_sha256": provenance.model_sha256,
            },
            "attributions": [_statement_to_dict(statement) for statement in self.statements],
        }

    def to_json(self) -> str:
        """One line of JSON that any UTF-8 stream can take; the same record gives the same line.

        A lone half of a UTF-16 pair is written as an escape. Raises RecordError where two halves stand together: read
        back, JSON would join them, and every offset behind them would be wrong.
        """
        if halves := HALVES.search(self.article.text):
            raise RecordError(
                f"at offset {halves.start()} a character in two UTF-16 halves",
                "code points (a lone half may stay)",
                'Join them before reading: text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")',
            )
        line = json.dumps(self.to_dict(), ensure_ascii=False)
        try:
            line.encode("utf-8")
        except UnicodeEncodeError:
            line = json.dumps(self.to_dict())
        return line

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """What `to_dict` gave, read back: equal to the record it came from.

        Raises RecordError when a key is missing or of the wrong kind, or the text is not the one
        the digest was taken of.
        """
        try:
            record = cls(_article_from_dict(data), *_findings_from_dict(data))
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            if isinstance(error, RecordError):
                raise
            raise RecordError(
                f"{type(error).__name__}: {error}",
                "an object as Record.to_dict writes it",
                "Export the record again",
            ) from error
        if record.article.sha256 != data["sha256"]:
            raise RecordError(
                f"a text with digest {record.article.sha256[:12]}…",
                f"the text that was read, {str(data['sha256'])[:12]}…",
                "Restore the text, or read the article anew: the offsets no longer hold",
            )
        return record

    def _repr_html_(self) -> str:
        marks = [
            Mark(span, role, statement.id)
            for statement in self.statements
            for role in ROLES
            for span in statement.spans(role)
        ]
        return panel(self.article.text, marks, self.article.title or self.article.id)


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


def _reading_order(statement: Statement) -> tuple[int, int, int, str]:
    extent = statement.extent
    return extent.start, statement.content[0].start, -extent.end, statement.id


def _check_links(links: Mapping[str, str | None], name: str) -> None:
    for id in links:
        seen, at = {id}, links[id]
        while at is not None:
            if at not in links:
                raise RecordError(f"{name} {at!r}", "the id of a statement in this record", "Add it, or use None")
            if at in seen:
                raise RecordError(
                    f"{name} of statement {id!r} going round in a circle",
                    "a chain that ends",
                    "Cut it with None",
                )
            seen.add(at)
            at = links[at]


def _statement_to_dict(statement: Statement) -> dict[str, Any]:
    return {
        "id": statement.id,
        **{role: [span.as_list() for span in statement.spans(role)] for role in ROLES},
        "form": statement.form,
        "confidence": statement.confidence,
        "carried_from": statement.carried_from,
        "within": statement.within,
        "decided_by": dict(statement.decided_by),
    }


def _article_from_dict(data: Mapping[str, Any]) -> Article:
    return Article(
        text=data["text"],
        id=data["id"],
        title=data["title"],
        outlet=data["outlet"],
        published=datetime.date.fromisoformat(data["date"]) if data["date"] is not None else None,
        url=data["url"],
        language=data["language"],
    )


def _findings_from_dict(data: Mapping[str, Any]) -> tuple[tuple[Statement, ...], Provenance]:
    engine = data["engine"]
    provenance = Provenance(engine["version"], engine["model"], engine["model_sha256"])
    return tuple(_statement_from_dict(item) for item in data["attributions"]), provenance


def _statement_from_dict(data: Mapping[str, Any]) -> Statement:
    return Statement(
        id=data["id"],
        content=_spans(data["content"]),
        source=_spans(data["source"]),
        cue=_spans(data["cue"]),
        form=data["form"],
        confidence=data["confidence"],
        carried_from=data["carried_from"],
        within=data["within"],
        decided_by=data["decided_by"],
    )


def _spans(pairs: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)
