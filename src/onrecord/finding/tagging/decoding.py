"""From the tagger's scores to candidate statements: the best consistent sequence of parts for each anchor.

A Viterbi pass per anchor (all anchors of a text at once): a source or content may only be continued where it was
begun, and a statement has at most one source. Two constants correct what the likeliest single path gets wrong: where
the source may end is often unsure, so that each reading with a source is less likely than the one without, though
together they are not (``source_bonus``); and a piece of content is more often split by doubt than by the writer
(``piece_cost``). Pieces that are not word-initial carry no score of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.finding.tagging.encoding import Ints, Pieces
from onrecord.finding.tagging.tagger import BARE, INNER, OUTER, Floats, Link, Tagging
from onrecord.spans import Span

NONE, SOURCE_BEGINS, SOURCE, CONTENT_BEGINS, CONTENT, CUE = range(6)
NEVER = np.float32(-1e4)
KINDS = {OUTER: "outer", INNER: "inner", BARE: "bare"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible statement, its roles as spans of the text, with the scores that speak for it.

    ``chance`` probability of the anchor, ``content_score`` and ``source_score`` mean log-probabilities of the parts
    chosen (without a source: how sure it is that there is none), ``edge_score`` the least log-probability of a border
    of the content, ``role_score`` the mean log-probability that the roles give cue and content.
    """

    kind: int
    anchor: Span
    chance: float
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    content_score: float = 0.0
    source_score: float = 0.0
    edge_score: float = 0.0
    role_score: float = 0.0


@dataclass(frozen=True, slots=True)
class Prices:
    """What a reading gains by naming a source, and pays for each piece of content; in natural log units."""

    source_bonus: float = 0.0
    piece_cost: float = 0.0


def decode(tagging: Tagging, prices: Prices) -> tuple[Candidate, ...]:
    """Every anchor's best reading, in text order; those without any content are left out."""
    pieces = tagging.pieces
    if not tagging.links:
        return ()
    columns = [np.flatnonzero(pieces.initial[k.first : k.first + len(k.parts)]) for k in tagging.links]
    paths = _viterbi([k.parts[c] for k, c in zip(tagging.links, columns, strict=True)], prices)
    out = []
    for link, places, path in zip(tagging.links, columns, paths, strict=True):
        candidate = _read(pieces, link, places, path, tagging.roles)
        if candidate is not None:
            out.append(candidate)
    return tuple(out)


# The states of the search: the six parts before the source has ended, and the four that remain after it.
STATES = np.array([NONE, SOURCE_BEGINS, SOURCE, CONTENT_BEGINS, CONTENT, CUE, NONE, CONTENT_BEGINS, CONTENT, CUE])
AFTER = 6


def _moves() -> Floats:
    """(from, to): zero where a state may follow another, NEVER elsewhere."""
    move = np.full((len(STATES), len(STATES)), NEVER, np.float32)
    for one, here in enumerate(STATES.tolist()):
        ended = one >= AFTER
        in_source = here in (SOURCE_BEGINS, SOURCE)
        for other, there in enumerate(STATES.tolist()):
            if (other >= AFTER) != (ended or (in_source and there != SOURCE)):
                continue
            if there == SOURCE and not in_source:
                continue
            if there == CONTENT and here not in (CONTENT_BEGINS, CONTENT):
                continue
            move[one, other] = 0.0
    return move


MOVES = _moves()


def _viterbi(scores: Sequence[Floats], prices: Prices) -> list[Ints]:
    """Best paths for ``scores``, a list of (t, 6) log-probabilities; t may differ."""
    count, longest = len(scores), max(len(s) for s in scores)
    padded = np.full((count, longest, 6), NEVER, np.float32)
    padded[:, :, NONE] = 0.0
    for row, s in zip(padded, scores, strict=True):
        row[: len(s)] = s
    padded[:, :, SOURCE_BEGINS] += prices.source_bonus
    padded[:, :, CONTENT_BEGINS] -= prices.piece_cost
    emit = padded[:, :, STATES]
    best = emit[:, 0].copy()
    best[:, AFTER:] = best[:, [SOURCE, CONTENT]] = NEVER
    back = np.zeros((count, longest, len(STATES)), np.int8)
    for t in range(1, longest):
        via = best[:, :, None] + MOVES
        back[:, t] = via.argmax(1)
        best = via.max(1) + emit[:, t]
    state = best.argmax(1)
    path = np.zeros((count, longest), np.int64)
    rows = np.arange(count)
    for t in range(longest - 1, -1, -1):
        path[:, t] = state
        state = back[rows, t, state]
    return [STATES[p[: len(s)]] for p, s in zip(path, scores, strict=True)]


def _read(pieces: Pieces, link: Link, places: Ints, path: Ints, roles: Floats) -> Candidate | None:
    content = _segments(path, CONTENT_BEGINS, CONTENT)
    if not content:
        return None
    source, cue = _segments(path, SOURCE_BEGINS, SOURCE), _segments(path, CUE, CUE)
    kind = int(link.chances.argmax())
    at = link.piece - link.first
    if not cue and kind != BARE:
        here = int(np.searchsorted(places, at))
        cue = [(here, here)]
    scores = link.parts[places, path]

    def spans(segments: list[tuple[int, int]]) -> tuple[Span, ...]:
        return tuple(_span(pieces, link.first + int(places[a]), link.first + int(places[b])) for a, b in segments)

    def mean(segments: list[tuple[int, int]]) -> float:
        return float(np.mean(np.concatenate([scores[a : b + 1] for a, b in segments])))

    edges = [float(min(scores[a], scores[min(b + 1, len(scores) - 1)])) for a, b in content]
    silence = float(-np.logaddexp.reduce(link.parts[places, SOURCE_BEGINS])) if not source else 0.0
    in_role = [
        np.log(1.0 - roles[link.first + places[a : b + 1], column, 0] + 1e-4).mean()
        for column, segments in ((1, cue), (2, content))
        for a, b in segments
    ]
    return Candidate(
        kind=kind,
        anchor=_span(pieces, link.piece, link.piece),
        chance=float(link.chances[kind]),
        source=spans(source),
        cue=spans(cue) if kind != BARE else (),
        content=spans(content),
        content_score=mean(content),
        source_score=mean(source) if source else min(0.0, silence - 3.0),
        edge_score=min(edges),
        role_score=float(np.mean(in_role)),
    )


def _segments(path: Ints, begins: int, goes_on: int) -> list[tuple[int, int]]:
    """First and last index of each stretch of a part."""
    out: list[tuple[int, int]] = []
    for i, state in enumerate(path.tolist()):
        if state == begins and (begins != goes_on or not out or out[-1][1] != i - 1):
            out.append((i, i))
        elif state == goes_on and out:
            out[-1] = (out[-1][0], i)
    return out


def _span(pieces: Pieces, first: int, last: int) -> Span:
    """Characters from the start of piece ``first`` to the end of the word that piece ``last`` begins."""
    while last + 1 < len(pieces) and not pieces.initial[last + 1] and pieces.ends[last + 1] > pieces.starts[last + 1]:
        last += 1
    return Span(int(pieces.starts[first]), int(pieces.ends[last]))
