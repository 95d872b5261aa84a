"""What a verdict takes and gives: words Carried by an outlet, the Original, and the Verdict with its reasons.

original   We did not know it could stick.
carried    We did     know it could stick
diff       kept   cut kept                      verdict: altered (negation_lost)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, get_args

from onrecord.errors import RecordError
from onrecord.spans import Span
from onrecord.tracing.edits import Edit, Reason

VerdictClass = Literal[
    "verbatim",
    "trimmed",
    "stitched",
    "altered",
    "translated",
    "paraphrased",
    "distorted",
    "misattributed",
    "unfounded",
    "elsewhere",
]
"""How words were carried. `elsewhere`: not claimed to have been said on that occasion."""

ALARMS: frozenset[VerdictClass] = frozenset({"altered", "distorted", "misattributed", "unfounded"})
"""The harmful ones: altered or worse."""

PREFERENCE: tuple[VerdictClass, ...] = (
    "verbatim",
    "trimmed",
    "stitched",
    "altered",
    "translated",
    "paraphrased",
    "misattributed",
    "distorted",
    "unfounded",
    "elsewhere",
)
"""Of several transcripts the one with the earliest of these verdicts is what a statement goes back to."""

Op = Literal["kept", "changed", "cut", "added"]
"""A stretch of words alike in both; other words in its place; left out by the carrier; put in by the carrier."""

Form = Literal["direct", "indirect", "mixed"]


class Likeness(Protocol):
    """How alike two texts are in meaning, whatever their words: the cosine of their sentence vectors."""

    @property
    def crosslingual(self) -> bool:
        """Whether the two may be in different languages."""
        ...

    def between(self, left: Sequence[str], right: Sequence[str]) -> Sequence[Sequence[float]]:
        """A row for each text of `left`, in it a number in -1..1 for each text of `right`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """One utterance as it was spoken, or as its earliest carrier has it.

    `names` are the names of the speaker, the fullest first; empty when unknown. `start` is where `text` begins in the
    transcript, in code points, so that spans point into that. `after` is the utterance before, where it was a question
    that this one answers. `language` is an ISO 639-1 code, or None: then it is guessed from the words. `asker` is set
    where the speaker is there to ask. `translated`: these words are themselves a translation of what was spoken.
    """

    text: str
    id: str = ""
    names: tuple[str, ...] = ()
    start: int = 0
    after: str = ""
    language: str | None = None
    asker: bool = False
    translated: bool = False

    @property
    def span(self) -> Span:
        """Where it stands in the transcript."""
        return Span(self.start, self.start + len(self.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What a carrier says that somebody said.

    `pieces` are the spans of the content in `text` (the carrier's whole text, or the words alone; by default all of
    it). `names` are the names of the speaker the carrier gives, the fullest first; empty when it names nobody;
    `described` tells that they are descriptions, which may be of anybody; `others` are names of who else may be meant
    by a pronoun. `cue` is the words that ascribe, `context` the text around, in which pronouns find what they point to.
    `denied` is set where the cue denies or withholds the content (*denied*, *would not say*). `loaded`: the wording is
    the writer's own. `foreign`: the words by which the carrier places it on another occasion; empty where it does not;
    `doubtful`: those by which it may be another. `asks`: somebody who asks is the source, by the cue or by the words
    for them. `newcomer`: the source is one of those who were not yet on the stage (*a spokesman*, *residents*). `body`:
    it is a body and no person.
    `translated`: the words are known to be a translation of what the original translates too, so that other words in
    one language are no alteration.
    """

    text: str
    pieces: tuple[Span, ...] = ()
    id: str = ""
    form: Form = "direct"
    names: tuple[str, ...] = ()
    described: bool = False
    others: tuple[str, ...] = ()
    cue: str = ""
    context: str = ""
    denied: bool = False
    question: bool = False
    loaded: bool = False
    foreign: str = ""
    doubtful: str = ""
    asks: bool = False
    newcomer: bool = False
    body: bool = False
    translated: bool = False
    language: str | None = None

    def __post_init__(self) -> None:
        if self.form not in get_args(Form):
            raise RecordError(f"form {self.form!r}", f"one of {', '.join(get_args(Form))}", "Choose one")
        if not self.pieces and self.text:
            object.__setattr__(self, "pieces", (Span(0, len(self.text)),))

    @property
    def words(self) -> str:
        """The content, its pieces joined by a blank."""
        return " ".join(piece.slice(self.text) for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class WordChange:
    """One stretch of the word-by-word difference.

    `original` and `carried` are the words as printed ("" where there are none); the spans point into the transcript
    and into the carrier's text.
    """

    op: Op
    original: str = ""
    carried: str = ""
    original_span: Span | None = None
    carried_span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How words were carried, and why.

    `utterance` are the ids of the originals that it goes back to, the first the chief one; `spans` the words there, in
    the transcript's offsets. `score` in 0..1 says how clear the case is and is not calibrated. `out_of_context`: what
    was left out turns or limits what was kept. `true_speaker` is set where the words are somebody else's.
    """

    kind: VerdictClass
    score: float
    reasons: tuple[Reason, ...] = ()
    diff: tuple[WordChange, ...] = ()
    utterance: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    out_of_context: bool = False
    true_speaker: str | None = None

    def __post_init__(self) -> None:
        if self.kind not in get_args(VerdictClass):
            raise RecordError(f"verdict {self.kind!r}", f"one of {', '.join(get_args(VerdictClass))}", "Choose one")
        if not 0 <= self.score <= 1:
            raise RecordError(f"score {self.score!r}", "a number from 0 to 1", "Scale it first")

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What the carrier changed: those of the reasons that are edits."""
        return tuple(reason for reason in self.reasons if isinstance(reason, Edit))

    @property
    def alarming(self) -> bool:
        """Whether it is altered or worse."""
        return self.kind in ALARMS
