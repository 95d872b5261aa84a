"""One attributed statement: its spans, and what is known of who said it, in what voice, on what occasion, of whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Literal, Self, get_args

from onrecord.errors import RecordError
from onrecord.records.codec import choices, named
from onrecord.spans import Span, hull

Form = Literal["direct", "indirect", "mixed"]
"""All of the content in quotation marks, none of it, or some."""

Role = Literal["source", "cue", "content"]
"""Who speaks, the words that say so, what is said."""

CueClass = Literal["neutral", "endorsing", "distancing", "emotive", "none"]
"""What the cue lets show: nothing, that the words are true, that they are doubted, a feeling; none is no cue."""

Status = Literal["said", "denied", "negated", "hypothetical", "future", "question"]
"""Reported as said; rejected by the source; not said or not affirmed; if it were said; yet to be said; asked."""

Voice = Literal["speaker", "outlet"]
"""Whose words the content is: the speaker's, or plainly the writer's own, put in the speaker's mouth."""

Sign = Literal["+", "-", "0"]
"""How a statement values what it speaks of: well, badly, neither."""

ROLES: tuple[Role, ...] = get_args(Role)
CONFIDENCE_DIGITS = 4


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


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who may be speaking: the id of an entity of the record, and a score in [0, 1]."""

    entity: str
    score: float


@dataclass(frozen=True, slots=True)
class Target:
    """Whom a statement speaks of (the id of an entity of the record), how it values them, in which words."""

    entity: str
    sign: Sign = "0"
    words: tuple[Span, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One act of speech, writing or thought that a text ascribes to somebody.

    `source` and `cue` may be empty, `content` may not; within each the spans are sorted and do
    not overlap. `confidence` is in [0, 1], kept to 4 digits. `carried_from` is the id of the
    statement whose speaker goes on here; `within` the id of the one whose content contains this.
    `speaker` is the id of an entity of the record, `candidates` who else it could be, the likeliest first, and `reason`
    why there is no speaker. `cue_class`, `status` and `voice` frame it; `occasion` is the id of an occasion of the
    record, `relayed_by` the entity through whom the words came, `about` whom they are about.
    `decided_by` names the rule or model behind each field; any mapping will do.

    Raises RecordError when any of that does not hold.
    """

    id: str = field(metadata=named(column="local"))
    source: tuple[Span, ...] = field(default=(), metadata=named(column="source_spans"))
    cue: tuple[Span, ...] = field(default=(), metadata=named(column="cue_spans"))
    content: tuple[Span, ...] = field(metadata=named(column="content_spans"))
    form: Form
    confidence: float
    carried_from: str | None = None
    within: str | None = None
    speaker: str | None = None
    candidates: tuple[Candidate, ...] = ()
    reason: str | None = None
    cue_class: CueClass | None = None
    status: Status = "said"
    voice: Voice = "speaker"
    occasion: str | None = None
    relayed_by: str | None = None
    about: tuple[Target, ...] = ()
    decided_by: Mapping[str, str] = Decisions()

    def __post_init__(self) -> None:
        if not self.content:
            raise self._error("no content", "at least one span of content", "Leave such a statement out")
        for role in ROLES:
            self._check(role, self.spans(role))
        for name, allowed in choices(Statement).items():
            if (given := getattr(self, name)) not in allowed:
                raise self._error(f"{name} {given!r}", f"one of {', '.join(map(str, allowed))}", "Choose one")
        if not 0 <= self.confidence <= 1:
            raise self._error(f"confidence {self.confidence!r}", "a number from 0 to 1", "Scale it first")
        object.__setattr__(self, "confidence", round(float(self.confidence), CONFIDENCE_DIGITS))
        object.__setattr__(self, "decided_by", Decisions.of(self.decided_by))

    def __repr__(self) -> str:
        at = ", ".join(f"{span.start}:{span.end}" for span in self.content)
        by = f" by {self.speaker}" if self.speaker is not None else ""
        return f"<Statement {self.id!r}{by}: {self.form}, {self.status}, content at {at}, {self.confidence:.2f}>"

    def spans(self, role: Role) -> tuple[Span, ...]:
        """The spans of one role."""
        spans: tuple[Span, ...] = getattr(self, role)
        return spans

    @cached_property
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
