"""The page of an occasion: what was said there, and which outlets carried it how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.answers.tracing import judged
from onrecord.tracing.gathering.occasions import JoinedOccasion, SaidThere
from onrecord.tracing.values import Verdict
from onrecord.web.pages.trace import VERDICT_WORDS, address
from onrecord.web.pages.words import Link, counted, day, in_a_line

LONGEST = 220
FULLEST = "the fullest wording"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one outlet made of one utterance: the verdict ("original" for the one it is measured by), and its words."""

    verdict: str
    told: str
    words: str
    href: str
    alarming: bool = False


@dataclass(frozen=True, slots=True)
class UtteranceRow:
    """One utterance: its words in full, and for each outlet what it made of it, None where it has nothing.

    Outlets that carry it without telling the occasion have their cells too. `only` tells that no other outlet has it,
    `unspoken` that the transcript does not have it. Of several carriers of one outlet the gravest is shown.
    """

    words: str
    trace: str
    only: bool
    unspoken: bool
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class SpeakerRows:
    """What one speaker said there."""

    name: str
    rows: tuple[UtteranceRow, ...]


@dataclass(frozen=True, slots=True)
class Single:
    """One statement made on the occasion, where it could not be joined with others."""

    href: str
    words: str
    speaker: str
    form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OccasionPage:
    """All that is shown of an occasion; `speakers` is empty, and `singles` hold what one article has, where none
    joins."""

    title: str
    facts: tuple[str, ...]
    articles: tuple[Link, ...]
    outlets: tuple[str, ...]
    speakers: tuple[SpeakerRows, ...]
    singles: tuple[Single, ...]


def occasion_page(
    kind: str | None,
    when: str | None,
    joined: Sequence[JoinedOccasion],
    numbers: Mapping[str, int],
    articles: Sequence[Link],
    singles: Sequence[Single],
) -> OccasionPage:
    """The page; `kind` and `when` are what the one article tells, `joined` what all together do, speaker by speaker."""
    kind = _first(joined, "kind") or kind
    when = _first(joined, "when") or when
    by_name: dict[str, list[SaidThere]] = {}
    for occasion in joined:
        by_name.setdefault(in_a_line(occasion.speaker), []).extend(occasion.said)
    facts = [day(when)] if when else []
    facts += [in_a_line(part) for name in ("medium", "place", "event") if (part := _first(joined, name))]
    facts += [counted(len(by_name), "speaker")] if by_name else []
    said = [one for occasion in joined for one in occasion.said]
    told = sorted({outlet for occasion in joined for outlet in occasion.outlets})
    others = (carrier.outlet for one in said for carrier in one.utterance.carriers if carrier.outlet)
    outlets = tuple(dict.fromkeys((*told, *others)))
    return OccasionPage(
        title=(kind or "occasion").replace("_", " ").capitalize(),
        facts=tuple(facts),
        articles=tuple(articles),
        outlets=tuple(map(in_a_line, outlets)),
        speakers=tuple(
            SpeakerRows(name, tuple(_row(one, outlets, numbers) for one in held)) for name, held in by_name.items()
        ),
        singles=() if joined else tuple(singles),
    )


def _first(joined: Sequence[JoinedOccasion], name: str) -> str | None:
    return next((value for occasion in joined if (value := getattr(occasion, name))), None)


def _row(said: SaidThere, outlets: Sequence[str], numbers: Mapping[str, int]) -> UtteranceRow:
    found = judged(said.utterance)
    verdicts = {link.carrier.id: link.verdict for link in found.links}
    placed = {carrier.id for carrier in said.carriers}
    cells: dict[str, Cell] = {}
    for carrier in sorted((link.carrier for link in found.links), key=lambda one: _gravest(verdicts[one.id])):
        verdict = verdicts[carrier.id]
        told = VERDICT_WORDS[verdict.kind] if verdict else "what was said" if found.utterance.spoken else FULLEST
        told += ", out of context" if verdict and verdict.out_of_context else ""
        told += "" if carrier.id in placed else "; it does not tell the occasion"
        cell = Cell(
            verdict.kind if verdict else "original",
            told,
            in_a_line(carrier.words, LONGEST),
            address(carrier),
            verdict is not None and (verdict.alarming or verdict.out_of_context),
        )
        cells.setdefault(carrier.outlet or "", cell)
    shown = found.original or said.utterance.anchor
    number = next((numbers[one.id] for one in (shown, *said.carriers) if one.id in numbers), None)
    return UtteranceRow(
        words=in_a_line(shown.words, 400),
        trace="" if number is None else f"/statements/{number}/trace",
        only=len(cells) == 1 and len(outlets) > 1,
        unspoken=found.original is None,
        cells=tuple(cells.get(outlet) for outlet in outlets),
    )


def _gravest(verdict: Verdict | None) -> tuple[bool, bool, bool]:
    """A key that puts alarms first, then what misleads, then the original."""
    return (
        verdict is None or not verdict.alarming,
        verdict is None or not verdict.out_of_context,
        verdict is not None,
    )
