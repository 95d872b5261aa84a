"""The page of an occasion: what was said there, and which outlets carried it how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.tracing.gathering.chains import chain
from onrecord.tracing.gathering.occasions import JoinedOccasion, Said
from onrecord.web.pages.trace import VERDICT_WORDS, address
from onrecord.web.pages.words import Link, counted, day, in_a_line

LONGEST = 220


@dataclass(frozen=True, slots=True)
class Cell:
    """What one outlet made of one utterance: the verdict ("original" for the one it is measured by), and its words."""

    verdict: str
    told: str
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class UtteranceRow:
    """One utterance: its words in full, and for each outlet what it made of it, None where it has nothing.

    Outlets that carry it without telling the occasion have their cells too. `only` tells that no other outlet has it.
    """

    words: str
    trace: str
    only: bool
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
    by_name: dict[str, list[Said]] = {}
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


def _row(said: Said, outlets: Sequence[str], numbers: Mapping[str, int]) -> UtteranceRow:
    found = chain(said.utterance)
    verdicts = {link.carrier.id: link.verdict for link in found.links}
    cells: dict[str, Cell] = {}
    placed = {carrier.id for carrier in said.carriers}
    for carrier in (*said.carriers, *said.utterance.carriers):
        verdict = verdicts.get(carrier.id)
        told = VERDICT_WORDS[verdict.kind] if verdict else "the fullest wording"
        told += "" if carrier.id in placed else "; it does not tell the occasion"
        cell = Cell(verdict.kind if verdict else "original", told, in_a_line(carrier.words, LONGEST), address(carrier))
        cells.setdefault(carrier.outlet or "", cell)
    return UtteranceRow(
        words=in_a_line(found.original.words, 400),
        trace=f"/statements/{numbers[found.original.id]}/trace",
        only=len(cells) == 1 and len(outlets) > 1,
        cells=tuple(cells.get(outlet) for outlet in outlets),
    )
