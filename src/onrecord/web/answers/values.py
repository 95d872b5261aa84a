"""The values that programs are told, as they stand in JSON.

Offsets are half-open and count Unicode code points into the text of the article. An address that begins with / is one
of this server; `source_url` is where the outlet printed it.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from onrecord.archive.correcting.correction_log import Action, Review
from onrecord.records import CueClass, Form, OccasionKind, Status, Voice
from onrecord.tracing.edits import Severity
from onrecord.tracing.values import Op, VerdictClass

Share = Annotated[float, Field(ge=0, le=1)]
"""A score from 0 to 1 that is no probability."""

Span = Annotated[list[int], Field(min_length=2, max_length=2, examples=[[120, 168]])]
"""Where a piece begins and ends, the end left out."""


class Value(BaseModel):
    """What all values share: they do not change, and hold nothing that is not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Slice(Value):
    """A piece of an article, word for word."""

    start: int = Field(description="where it begins, in code points", examples=[24])
    end: int = Field(description="where it ends; the character there is not in it", examples=[57])
    text: str = Field(description="the article's own words there", examples=["It is an old valve"])


class ArticleRef(Value):
    """An article, as what is said points to it."""

    id: int
    href: str = Field(examples=["/api/articles/3"])
    page: str = Field(description="for a browser", examples=["/articles/3"])
    title: str | None
    outlet: str | None
    published: str | None = Field(description="ISO 8601", examples=["2024-02-06"])
    source_url: str | None


class Speaker(Value):
    """Who speaks, by the name in that article; `person` is who that is over all articles, where one is known."""

    name: str
    person: int | None = None
    href: str | None = Field(default=None, examples=["/api/people/6"])


class Statement(Value):
    """One statement: who said what, word for word, how it is framed, and where it stands."""

    id: int
    href: str = Field(examples=["/api/statements/12"])
    page: str = Field(description="the words in their article, for a browser", examples=["/articles/3#ss2"])
    article: ArticleRef
    local: str = Field(description="its id in the record of the article", examples=["s2"])
    content: list[Slice] = Field(description="what is said")
    source: list[Slice] = Field(description="who says it, as printed")
    cue: list[Slice] = Field(description="the words that say so")
    speaker: Speaker | None
    form: Form
    cue_class: CueClass | None
    status: Status
    voice: Voice
    said_on: str | None = Field(description="ISO 8601, as precise as the article is")
    confidence: Share
    review: Review | None = Field(description="what a person said of it")
    shown: bool = Field(description="whether its reading is the current one, and nobody rejected it")


class ArticleLine(Value):
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


class ArticleLines(Value):
    """Articles, the last added first. `next` is the address of the next page, also in the Link header."""

    items: list[ArticleLine]
    next: str | None


class Copy(Value):
    """An article whose text is nearly the same; `share` is how much they have in common."""

    article: int
    href: str
    outlet: str | None
    share: Share


class Article(Value):
    """An article with its text and all that is said in it."""

    id: int
    href: str
    page: str
    record: str = Field(description="the address of its record", examples=["/api/articles/3/record"])
    name: str
    title: str | None
    outlet: str | None
    published: str | None
    source_url: str | None
    language: str | None
    sha256: str = Field(description="of the text in UTF-8; offsets hold for that text alone")
    added: str
    version: int
    versions: list[int] = Field(description="the ids of all versions of the story, the first printed first")
    copies: list[Copy]
    text: str
    statements: list[Statement]


class Snippet(Value):
    """The stretch that shows a hit best; `matches` count in the statement's content, or the article's text."""

    start: int
    end: int
    text: str
    matches: list[Span]


class Hit(Value):
    """A statement that was found, or, with `statement` null, an article."""

    statement: int | None
    href: str
    page: str
    article: ArticleRef
    snippet: Snippet
    source: str | None = Field(description="the words of the article that name the speaker; null of an article")
    cue: str | None
    speaker: Speaker | None
    said_on: str | None
    form: Form | None
    status: Status | None
    cue_class: CueClass | None
    occasion: OccasionKind | None
    confidence: Share | None
    review: Review | None
    score: float | None = Field(description="what the order is made by; null where hits come by date")


class Count(Value):
    """A value of a facet: what to give its filter, how it is shown, how many hits have it."""

    value: str
    label: str
    n: int


class Found(Value):
    """One page of a search. `total` and `facets` count all hits where `complete`, else the newest of them."""

    total: int
    complete: bool
    notes: list[str] = Field(description="what was looked for only in part")
    facets: dict[str, list[Count]]
    hits: list[Hit]
    next: str | None


class Change(Value):
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


class Changes(Value):
    """Rows of the log, the latest last; `in_force` are the ids of those that were not undone."""

    items: list[Change]
    in_force: list[int]


class Candidate(Value):
    """Who else could speak, by entity of the article."""

    entity: str
    name: str
    score: Share


class Namesake(Value):
    """Whom of the directory the speaker could be."""

    wikidata: str | None
    name: str
    score: Share
    evidence: str


class Engine(Value):
    """What read the article."""

    version: str
    model: str | None
    model_sha256: str | None
    run: int


class Why(Value):
    """Why a statement stands as it does: which rule, model or person decided each field, and what else was possible."""

    statement: int
    href: str
    decided_by: dict[str, str]
    reason: str | None = Field(description="why there is no speaker")
    candidates: list[Candidate]
    evidence: list[str] = Field(description="what naming the speaker rests on")
    namesakes: list[Namesake]
    engine: Engine
    last_correction: int = Field(description="to be sent as `seen` with a correction; 0 where there is none")


class ReasonTold(Value):
    """What speaks for a verdict."""

    code: str
    words: str


class CarriedEdit(ReasonTold):
    """What a carrier changed, with where it stands in the articles of original and carrier. A hard one is unfaithful
    whatever else is kept."""

    severity: Severity
    original_span: Span | None
    carried_span: Span | None


class Stretch(Value):
    """A stretch of the word-by-word alignment, with where it stands in the articles of original and carrier."""

    op: Op
    original: str | None
    carried: str | None
    original_span: Span | None
    carried_span: Span | None


class Judged(Value):
    """What a carrier did to the words, with the keys that `onrecord check` prints. `verdict` is null for what stands
    for the original."""

    verdict: VerdictClass | None
    alarming: bool = Field(description="altered or worse")
    out_of_context: bool = Field(description="what was left out turns or limits what was kept")
    transcript: str | None = Field(description="the id of the article that has the original")
    utterance: list[Span] | None = Field(description="where the original stands in that article")
    utterance_ids: list[str]
    original: str | None = Field(description="the words of the original")
    true_speaker: str | None = Field(description="who spoke, where the words are given to somebody else")
    confidence: Share | None
    why: str = Field(description="the reasons in one line")
    reasons: list[ReasonTold]
    edits: list[CarriedEdit] = Field(description="those of the reasons that are something which the carrier changed")
    alignment: list[Stretch]


class CarrierRef(Judged):
    """One that carries an utterance. `statement` is null for a quotation of an article that no model reads."""

    statement: int | None
    href: str | None
    page: str
    article: ArticleRef
    content: list[Slice]
    speaker: str | None
    form: Form
    copied_from: str | None = Field(description="the outlet that the words seem to be taken from")


class Trace(Value):
    """All in the archive that carry what a statement carries, in the order of printing; none for mere boilerplate."""

    statement: int
    original: int | None = Field(description="the statement taken for the original")
    speaker: str | None
    outlets: list[str]
    carriers: list[CarrierRef]


class Queue(Value):
    """Statements that nobody looked at yet, the least certain first."""

    items: list[Statement]
    reviewed: int
    next: str | None


class Run(Value):
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


class Runs(Value):
    """All runs, in the order they began."""

    items: list[Run]


class Me(Value):
    """Who is asking. `csrf` is what a client with a session cookie sends as X-CSRF-Token with a change."""

    name: str
    role: str | None
    csrf: str | None


class Done(Value):
    """A correction that was made: its number in the log, with which it can be undone."""

    id: int
    href: str
    undo: str


class Kept(Value):
    """An article that was put into the archive, or was there already."""

    article: int
    href: str
    page: str
    state: str
    statements: int
