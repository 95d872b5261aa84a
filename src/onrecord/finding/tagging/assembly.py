"""Scores and marks -> statements: the steps between the tagger and the record, in the order in which they run.

1. candidates of the tagger, without doubles                (decoding)
2. their borders fitted to marks and paragraphs             (boundaries)
3. statements by layout: labels, signatures                 (layout)
4. quotations that continue a speaker without a cue         (floating)
5. which statement stands within which, forms, confidence   (here, forms, confidence)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from onrecord.errors import ModelError
from onrecord.finding.quoting.floating import carried_from, floating_quotes, split_off
from onrecord.finding.quoting.forms import form_of
from onrecord.finding.quoting.hedges import reports_nothing
from onrecord.finding.quoting.layout import labelled_turns, signed_quotes
from onrecord.finding.quoting.quotations import Quotations
from onrecord.finding.tagging.boundaries import settle, without_strays
from onrecord.finding.tagging.confidence import confidence
from onrecord.finding.tagging.decoding import KINDS, Candidate, Prices
from onrecord.finding.tagging.drafts import Draft, Scores, shared, size
from onrecord.finding.tagging.neighbours import Neighbours
from onrecord.records import Form, Statement
from onrecord.spans import Span

DOUBTFUL, CERTAIN = 0.5, 0.8
"""Confidences; below the one a statement gives way to another of the same words with more than the other."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The operating point, from the model's card. ``chances``: the least probability of an anchor by kind; ``floors``:
    the least confidence of a statement; ``prices``: of the decoding; ``weights``: of the confidence."""

    chances: Mapping[str, float]
    floors: Mapping[str, float]
    prices: Prices
    weights: Mapping[str, float]

    @classmethod
    def from_card(cls, card: Mapping[str, Any]) -> Settings:
        """The tables ``decoding`` and ``confidence`` of a model's card. Raises ModelError when something is missing."""
        try:
            decoding = {name: float(value) for name, value in card["decoding"].items()}
            return cls(
                chances={kind: decoding[kind] for kind in KINDS.values()},
                floors={kind: decoding[f"floor_{kind}"] for kind in KINDS.values()},
                prices=Prices(decoding["source_bonus"], decoding["piece_cost"]),
                weights={name: float(value) for name, value in card["confidence"].items()},
            )
        except (KeyError, TypeError, ValueError, AttributeError) as problem:
            raise ModelError(
                f"a model's card without a usable {problem}",
                "the tables decoding and confidence",
                "Run training.calibrate",
            ) from problem


def assemble(
    text: str,
    paragraphs: Sequence[Span],
    quotations: Quotations,
    candidates: Sequence[Candidate],
    settings: Settings,
) -> tuple[Statement, ...]:
    """The statements of one text, in reading order."""
    judged = []
    for draft in draft_statements(text, paragraphs, quotations, candidates, settings):
        form, why = form_of(draft, text, quotations)
        if reports_nothing(draft, text, form):
            continue
        sure = confidence(draft, form, settings.weights)
        if sure >= settings.floors[_floor(draft)]:
            judged.append((draft, form, why, sure))
    judged = _without_doubles(judged)
    drafts = carried_from([draft for draft, *_ in judged], text)
    holders = containers(drafts)
    return tuple(
        Statement(
            id=_id(i),
            content=draft.content,
            source=draft.source,
            cue=draft.cue,
            form=form,
            confidence=sure,
            carried_from=None if draft.follows is None else _id(draft.follows),
            within=None if (holder := holders[i]) is None else _id(holder),
            decided_by=_deciders(draft, why),
        )
        for i, (draft, (_, form, why, sure)) in enumerate(zip(drafts, judged, strict=True))
    )


Judged = tuple[Draft, Form, str, float]
"""A draft, its form and what told it, and its confidence."""


def _without_doubles(judged: Sequence[Judged]) -> list[Judged]:
    """Less the unlikely ones whose very content another cue claims for certain; of two likely ones each cites."""
    certain = {draft.content for draft, *_, sure in judged if sure >= CERTAIN}
    return [one for one in judged if one[0].content not in certain or one[-1] >= DOUBTFUL]


def _floor(draft: Draft) -> str:
    return "inner" if draft.inner else "outer" if draft.cue else "bare"


def _id(index: int) -> str:
    return str(index + 1)


def draft_statements(
    text: str,
    paragraphs: Sequence[Span],
    quotations: Quotations,
    candidates: Sequence[Candidate],
    settings: Settings,
) -> tuple[Draft, ...]:
    """Every draft above the anchor thresholds, before confidence has its say; in reading order."""
    found = [_draft(c) for c in _distinct(candidates, settings.chances)]
    fitted = [d for d in (settle(d, text, paragraphs, quotations) for d in found) if d is not None]
    layout = [*labelled_turns(text, paragraphs, quotations), *signed_quotes(text, paragraphs, quotations)]
    tagged = _give_way(_once(split_off(fitted, text, quotations)), layout)
    floating = floating_quotes(text, paragraphs, quotations, (*tagged, *layout))
    by_rule = [d for d in (settle(d, text, paragraphs, quotations) for d in (*layout, *floating)) if d is not None]
    every = (replace(d, content=without_strays(d.content, text)) for d in (*tagged, *by_rule))
    ordered = sorted(every, key=lambda d: (d.extent.start, d.content[0].start, -d.extent.end))
    near = Neighbours(ordered)
    holders = containers(ordered, near)
    return tuple(
        replace(d, inner=holder is not None, scores=replace(d.scores, contested=_contested(i, ordered, near, holders)))
        for i, (d, holder) in enumerate(zip(ordered, holders, strict=True))
    )


def _once(drafts: Sequence[Draft]) -> list[Draft]:
    """``drafts`` less those without a cue whose content another draft holds too, unless it stands within that one's."""
    ordered = sorted(drafts, key=lambda d: (not d.cue, 0.0 if d.cue else -(d.scores.chance or 0.0)))
    near = Neighbours(ordered)
    kept: dict[int, Draft] = {}
    for i, d in enumerate(ordered):
        others = () if d.cue else (kept[j] for j in near.of(d.content) if j in kept)
        if not any(2 * shared(d.content, k.content) > max(d.size, k.size) for k in others):
            kept[i] = d
    return [*kept.values()]


def _contested(i: int, drafts: Sequence[Draft], near: Neighbours[Draft], holders: Sequence[int | None]) -> float:
    """The share of a draft's content that a likelier one claims, neither standing within the other."""
    mine = drafts[i]
    if mine.scores.chance is None:
        return 0.0
    rivals = (
        drafts[j]
        for j in near.of(mine.content)
        if j != i and holders[i] != j and holders[j] != i and (drafts[j].scores.chance or 1.0) > mine.scores.chance
    )
    return max((shared(mine.content, d.content) / mine.size for d in rivals), default=0.0)


def _distinct(candidates: Sequence[Candidate], chances: Mapping[str, float]) -> list[Candidate]:
    """The likely candidates, each once: of two whose cues meet the likelier stays, and a content without a cue gives
    way to one that claims most of it."""
    likely = [c for c in candidates if c.chance >= chances[KINDS[c.kind]]]
    likely.sort(key=lambda c: (not c.cue, -c.chance))
    near, near_by_cue = Neighbours(likely), Neighbours(likely, lambda c: c.cue)
    kept: dict[int, Candidate] = {}
    for i, c in enumerate(likely):
        others = (kept[j] for j in (near_by_cue if c.cue else near).of(c.cue or c.content) if j in kept)
        if not any(c.cue or 2 * shared(c.content, k.content) > size(c.content) for k in others):
            kept[i] = c
    return sorted(kept.values(), key=lambda c: c.anchor)


def _draft(c: Candidate) -> Draft:
    kind = KINDS[c.kind]
    rule = "bare" if kind == "bare" else "cue"
    return Draft(
        rule,
        c.content,
        c.source,
        c.cue,
        scores=Scores(c.chance, c.content_score, c.source_score, c.edge_score, c.role_score),
        deciders={"statement": f"tagger ({kind} anchor {c.chance:.2f})"},
    )


def _give_way(drafts: Sequence[Draft], layout: Sequence[Draft]) -> list[Draft]:
    """The tagger's drafts less those that a draft of the layout says better: the same words without a cue among them,
    or a label taken for a source or cue."""

    def said_better(d: Draft, other: Draft) -> bool:
        common = shared(d.content, other.content)
        if not d.cue:
            return common > 0
        same = common * 2 > max(d.size, other.size) and not shared(d.cue, other.content)
        return same or bool(shared(d.source + d.cue, other.source))

    near = Neighbours(layout, lambda d: d.content + d.source)
    return [d for d in drafts if not any(said_better(d, layout[j]) for j in near.of(d.content + d.source + d.cue))]


def containers(drafts: Sequence[Draft], near: Neighbours[Draft] | None = None) -> list[int | None]:
    """For each draft, the index of the smallest draft whose content holds its content and cue, or None."""
    near = near or Neighbours(drafts)
    out: list[int | None] = []
    for i, d in enumerate(drafts):
        own = d.content + d.cue
        holders = [
            j
            for j in near.of(own)
            if j != i
            and drafts[j].content[0].start <= d.extent.start + size(d.source)
            and drafts[j].size > d.size
            and shared(own, drafts[j].content) >= 0.95 * size(own)
        ]
        out.append(min(holders, key=lambda j: drafts[j].size, default=None))
    return out


def _deciders(draft: Draft, form: str) -> dict[str, str]:
    by_rule = draft.scores.chance is None
    linker = "layout" if by_rule else "linker"
    said = dict(draft.deciders)
    said["content"] = ", ".join(["marks" if draft.rule == "floating" else linker, *draft.notes])
    if draft.source:
        said["source"] = linker
    if draft.follows is not None:
        said["carried_from"] = "nearest statement before"
    said["form"] = form
    return said
