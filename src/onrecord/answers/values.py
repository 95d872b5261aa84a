"""The values that a reader is told, as they stand in JSON: the same to the API, to MCP and on the command line.

Offsets are half-open and count Unicode code points into the text of the article. An address that begins with / is one
of this server; `source_url` is where the outlet printed it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from onrecord.archive.correcting.correction_log import Action, Review
from onrecord.records import CueClass, Form, OccasionKind, Status, Voice
from onrecord.tracing.edits import Severity
from onrecord.tracing.values import Op, VerdictClass

Share = float
"""A score from 0 to 1 that is no probability."""

Span = list[int]
"""Where a piece begins and ends, the end left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """A piece of an article, word for word."""

    start: int = field(metadata={"description": "where it begins, in code points", "examples": [24]})
    end: int = field(metadata={"description": "where it ends; the character there is not in it", "examples": [57]})
    text: str = field(metadata={"description": "the article's own words there", "examples": ["It is an old valve"]})


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRef:
    """An article, as what is said points to it."""

    id: int | str = field(metadata={"description": "its number in the archive, or its name where it is in none"})
    href: str | None = field(metadata={"examples": ["/api/articles/3"]})
    page: str | None = field(metadata={"description": "for a browser", "examples": ["/articles/3"]})
    title: str | None
    outlet: str | None
    published: str | None = field(metadata={"description": "ISO 8601", "examples": ["2024-02-06"]})
    source_url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who speaks, by the name in that article; `person` is who that is over all articles, where one is known."""

    name: str
    person: int | None = None
    href: str | None = field(default=None, metadata={"examples": ["/api/people/6"]})


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementAnswer:
    """One statement: who said what, word for word, how it is framed, and where it stands."""

    id: int
    href: str = field(metadata={"examples": ["/api/statements/12"]})
    page: str = field(
        metadata={"description": "the words in their article, for a browser", "examples": ["/articles/3#ss2"]}
    )
    article: ArticleRef
    local: str = field(metadata={"description": "its id in the record of the article", "examples": ["s2"]})
    content: list[Slice] = field(metadata={"description": "what is said"})
    source: list[Slice] = field(metadata={"description": "who says it, as printed"})
    cue: list[Slice] = field(metadata={"description": "the words that say so"})
    speaker: Speaker | None
    form: Form
    cue_class: CueClass | None
    status: Status
    voice: Voice
    said_on: str | None = field(metadata={"description": "ISO 8601, as precise as the article is"})
    confidence: Share
    review: Review | None = field(metadata={"description": "what a person said of it"})
    shown: bool = field(metadata={"description": "whether its reading is the current one, and nobody rejected it"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleListed:
    """An article in a list."""

    id: int
    href: str
    page: str
    name: str
    title: str | None
    outlet: str | None
    published: str | None
    language: str | None
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlesListed:
    """Articles, the last added first. `next` is the address of the next page, also in the Link header."""

    items: list[ArticleListed]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """An article whose text is nearly the same; `share` is how much they have in common."""

    article: int
    href: str
    outlet: str | None
    share: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleAnswer:
    """An article with its text and all that is said in it."""

    id: int
    href: str
    page: str
    record: str = field(metadata={"description": "the address of its record", "examples": ["/api/articles/3/record"]})
    name: str
    title: str | None
    outlet: str | None
    published: str | None
    source_url: str | None
    language: str | None
    sha256: str = field(metadata={"description": "of the text in UTF-8; offsets hold for that text alone"})
    added: str
    version: int
    versions: list[int] = field(
        metadata={"description": "the ids of all versions of the story, the first printed first"}
    )
    copies: list[Copy]
    text: str
    statements: list[StatementAnswer]


@dataclass(frozen=True, slots=True, kw_only=True)
class HitSnippet:
    """The stretch that shows a hit best; `matches` count in the statement's content, or the article's text."""

    start: int
    end: int
    text: str
    matches: list[Span]


@dataclass(frozen=True, slots=True, kw_only=True)
class HitAnswer:
    """A statement that was found, or, with `statement` null, an article."""

    statement: int | None
    href: str
    page: str
    article: ArticleRef
    snippet: HitSnippet
    source: str | None = field(
        metadata={"description": "the words of the article that name the speaker; null of an article"}
    )
    cue: str | None
    speaker: Speaker | None
    said_on: str | None
    form: Form | None
    status: Status | None
    cue_class: CueClass | None
    occasion: OccasionKind | None
    confidence: Share | None
    review: Review | None
    score: float | None = field(metadata={"description": "what the order is made by; null where hits come by date"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetCount:
    """A value of a facet: what to give its filter, how it is shown, how many hits have it."""

    value: str
    label: str
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPage:
    """One page of a search. `total` and `facets` count all hits where `complete`, else the newest of them."""

    total: int
    complete: bool
    notes: list[str] = field(metadata={"description": "what was looked for only in part"})
    facets: dict[str, list[FacetCount]]
    hits: list[HitAnswer]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedCorrection:
    """A correction as the log has it; `before` and `after` hold what it changed."""

    id: int
    at: str
    who: str
    action: Action
    article: int | None
    statement: int | None
    person: int | None
    before: dict[str, Any]
    after: dict[str, Any]
    why: str
    undoes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedCorrections:
    """Rows of the log, the latest last; `in_force` are the ids of those that were not undone."""

    items: list[LoggedCorrection]
    in_force: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerCandidate:
    """Who else could speak, by entity of the article."""

    entity: str
    name: str
    score: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesakeAnswer:
    """Whom of the directory the speaker could be."""

    wikidata: str | None
    name: str
    score: Share
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """What read the article."""

    version: str
    model: str | None
    model_sha256: str | None
    run: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why a statement stands as it does: which rule, model or person decided each field, and what else was possible."""

    statement: int
    href: str
    decided_by: dict[str, str]
    reason: str | None = field(metadata={"description": "why there is no speaker"})
    candidates: list[SpeakerCandidate]
    evidence: list[str] = field(metadata={"description": "what naming the speaker rests on"})
    namesakes: list[NamesakeAnswer]
    engine: Engine
    last_correction: int = field(
        metadata={"description": "to be sent as `seen` with a correction; 0 where there is none"}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictReason:
    """What speaks for a verdict."""

    code: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedEdit(VerdictReason):
    """What a carrier changed, with where it stands in the articles of original and carrier. A hard one is unfaithful
    whatever else is kept."""

    severity: Severity
    original_span: Span | None
    carried_span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignedStretch:
    """A stretch of the word-by-word alignment, with where it stands in the articles of original and carrier."""

    op: Op
    original: str | None
    carried: str | None
    original_span: Span | None
    carried_span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedCarrier:
    """What a carrier did to the words, with the keys that `onrecord check` prints. `verdict` is null for what stands
    for the original."""

    verdict: VerdictClass | None
    alarming: bool = field(metadata={"description": "altered or worse"})
    out_of_context: bool = field(metadata={"description": "what was left out turns or limits what was kept"})
    transcript: str | None = field(metadata={"description": "the id of the article that has the original"})
    utterance: list[Span] | None = field(metadata={"description": "where the original stands in that article"})
    utterance_ids: list[str]
    original: str | None = field(metadata={"description": "the words of the original"})
    true_speaker: str | None = field(metadata={"description": "who spoke, where the words are given to somebody else"})
    confidence: Share | None
    why: str = field(metadata={"description": "the reasons in one line"})
    reasons: list[VerdictReason]
    edits: list[CarriedEdit] = field(metadata={"description": "those of the reasons that the carrier changed"})
    alignment: list[AlignedStretch]


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierTie:
    """What ties a carrier to the others."""

    kind: str
    strength: Share
    why: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedFrom:
    """Whom the words seem to be taken from."""

    outlet: str | None
    carrier: str | None
    how: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierRef(JudgedCarrier):
    """One that carries an utterance. `statement` is null where no archive holds it as a statement of its own."""

    id: str = field(metadata={"description": "its article and its id there", "examples": ["3#s1"]})
    local: str
    statement: int | None
    href: str | None
    page: str | None
    article: ArticleRef
    content: list[Slice]
    speaker: str | None
    form: Form
    tie: CarrierTie | None
    copied: CopiedFrom | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """All that carry an utterance, in the order of printing; none for mere boilerplate."""

    statement: int | None
    utterance: str | None
    original: str | None = field(metadata={"description": "the carrier taken for the original"})
    first: str | None = field(metadata={"description": "the carrier that was printed first"})
    speaker: str | None
    outlets: list[str]
    alarming: bool = field(metadata={"description": "whether a carrier altered the words or worse"})
    carriers: list[CarrierRef]


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """Statements that nobody looked at yet, the least certain first."""

    items: list[StatementAnswer]
    reviewed: int
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunAnswer:
    """One pass of an engine over some articles; `current` is how many of its readings are shown."""

    id: int
    label: str
    engine: str
    model: str | None
    started: str
    finished: str | None
    articles: int
    statements: int
    current: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """All runs, in the order they began."""

    items: list[RunAnswer]
