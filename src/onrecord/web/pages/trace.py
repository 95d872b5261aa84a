"""The trace of an utterance: who carried it, in time order, word against word, and what each did to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.tracing.gathering.carriers import Carrier
from onrecord.tracing.gathering.chains import Chain, ChainLink
from onrecord.tracing.values import Verdict, WordChange
from onrecord.web.pages.words import Link, day, in_a_line

LONGEST = 2_000
VERDICT_WORDS = {
    "verbatim": "word for word",
    "trimmed": "cut, its sense kept",
    "stitched": "pieces from apart set together",
    "altered": "words changed",
    "translated": "in another language",
    "paraphrased": "in other words",
    "distorted": "in other words that turn its sense",
    "misattributed": "given to somebody else",
    "unfounded": "nothing said backs it",
    "elsewhere": "not of this occasion",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the word-by-word difference: kept, changed, cut or added."""

    op: str
    original: str
    carried: str


@dataclass(frozen=True, slots=True)
class TraceLine:
    """One carrier. `verdict` is "" for the one taken for the original."""

    href: str
    statement: str
    outlet: str
    title: str
    published: str
    speaker: str
    form: str
    words: str
    verdict: str
    verdict_words: str
    alarming: bool
    out_of_context: bool
    pieces: tuple[Piece, ...]
    reasons: tuple[str, ...]
    copied: str
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TracePage:
    """All that is shown of an utterance; no `lines` where the statement carries none that can be traced. `unspoken`:
    the transcript of its event does not have it."""

    back: str
    words: str
    speaker: str
    outlets: int
    unspoken: bool
    lines: tuple[TraceLine, ...]


@dataclass(frozen=True, slots=True)
class CarriedPart:
    """How many other articles carry statements of one: a link each, with the statement's id in its record beside it."""

    lines: tuple[Link, ...]


def trace_page(
    statement: int, back: str, words: str, speaker: str, chain: Chain | None, numbers: Mapping[str, int]
) -> TracePage:
    """The page of a chain; `numbers` are the archive's ids of its carriers."""
    links = chain.links if chain else ()
    return TracePage(
        back=back,
        words=in_a_line(chain.original.words if chain and chain.original else words, LONGEST),
        speaker=in_a_line((chain.utterance.speaker if chain else speaker) or ""),
        outlets=len(chain.utterance.outlets) if chain else 0,
        unspoken=bool(chain and chain.original is None),
        lines=tuple(_line(link, numbers, statement) for link in links),
    )


def address(carrier: Carrier) -> str:
    """Where a carrier stands, in its article."""
    return f"/articles/{carrier.article}#s{carrier.statement}"


def _alarm(verdict: Verdict | None) -> bool:
    return verdict is not None and (verdict.alarming or verdict.out_of_context)


def _line(link: ChainLink, numbers: Mapping[str, int], here: int) -> TraceLine:
    carrier, verdict = link.carrier, link.verdict
    return TraceLine(
        href=address(carrier),
        statement=f"/statements/{numbers[carrier.id]}" if carrier.id in numbers else "",
        outlet=in_a_line(carrier.outlet or "no outlet named"),
        title=in_a_line(carrier.title or "", 100),
        published=day(carrier.published),
        speaker=in_a_line(carrier.speaker or ""),
        form=carrier.form,
        words=in_a_line(carrier.words, LONGEST),
        verdict=verdict.kind if verdict else "",
        verdict_words=VERDICT_WORDS[verdict.kind] if verdict else "",
        alarming=_alarm(verdict),
        out_of_context=bool(verdict and verdict.out_of_context),
        pieces=pieces(verdict.diff) if verdict else (),
        reasons=tuple(in_a_line(reason.words) for reason in verdict.reasons) if verdict else (),
        copied=in_a_line(link.copied.outlet or "") if link.copied else "",
        here=numbers.get(carrier.id) == here,
    )


def pieces(diff: Sequence[WordChange]) -> tuple[Piece, ...]:
    """The difference as pieces to show."""
    return tuple(Piece(change.op, in_a_line(change.original), in_a_line(change.carried)) for change in diff)
