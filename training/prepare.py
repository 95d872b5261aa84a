"""Annotated articles -> piece streams with labels, ready to be cut into windows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from onrecord.finding.quoting.quotations import find_quotations
from onrecord.finding.segments import paragraphs
from onrecord.finding.tagging.encoding import Encoder, Ints, Pieces

OUTER, INNER, BARE = range(3)
NONE, SOURCE_BEGINS, SOURCE, CONTENT_BEGINS, CONTENT, CUE = range(6)


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """One attribution as labels over the whole piece stream: ``places`` (k,) and ``parts`` (k,), and its anchor."""

    anchor: int  # first piece of the cue; of the content where there is no cue
    kind: int  # OUTER, INNER (the anchor stands inside another attribution's content) or BARE (no cue)
    places: Ints
    parts: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One article, encoded and labelled. ``nested`` tells whether its gold marks attributions inside contents."""

    id: str
    pieces: Pieces
    roles: Ints  # (n, 3) outside / begins / continues for source, cue, content of outermost attributions
    attributions: tuple[Labelled, ...]
    in_content: Ints  # (n,) 1 where a piece is inside some content
    nested: bool


def encode_article(doc: Mapping[str, Any], encoder: Encoder, *, nested: bool) -> Example:
    text: str = doc["text"]
    blocks = paragraphs(text)
    pieces = encoder.encode(text, blocks, find_quotations(text, blocks))
    n = len(pieces)
    roles = np.zeros((n, 3), np.int64)
    in_content = np.zeros(n, np.int64)
    real = pieces.ends > pieces.starts
    spans = [
        {role: [_covered(pieces, s, e) for s, e in sorted(a.get(role) or [])] for role in ("source", "cue", "content")}
        for a in doc["attributions"]
    ]
    sets = [set().union(*(set(p.tolist()) for p in s["content"])) if s["content"] else set() for s in spans]
    labelled = []
    for i, s in enumerate(spans):
        head = s["cue"][0] if s["cue"] and len(s["cue"][0]) else (s["content"][0] if s["content"] else None)
        if head is None or not len(head):
            continue
        inner = any(j != i and int(head[0]) in other and len(other) > len(sets[i]) for j, other in enumerate(sets))
        parts = np.zeros(n, np.int64)
        for segments, first, rest in (
            (s["content"], CONTENT_BEGINS, CONTENT),
            (s["source"], SOURCE_BEGINS, SOURCE),
            (s["cue"], CUE, CUE),
        ):
            for segment in segments:
                if len(segment):
                    parts[segment] = rest
                    parts[segment[0]] = first
        parts[~real] = NONE
        places = np.flatnonzero(parts)
        bare = not (s["cue"] and len(s["cue"][0]))
        kind = BARE if bare else INNER if inner else OUTER
        labelled.append(Labelled(int(head[0]), kind, places, parts[places]))
        for segment in s["content"]:
            in_content[segment] = 1
        if inner:
            continue
        for column, role in enumerate(("source", "cue", "content")):
            for segment in s[role]:
                if len(segment):
                    roles[segment, column] = np.maximum(roles[segment, column], 2)
                    roles[segment[0], column] = 1
    return Example(str(doc["id"]), pieces, roles, tuple(labelled), in_content, nested)


def _covered(pieces: Pieces, start: int, end: int) -> Ints:
    """Numbers of the pieces that overlap ``start:end``; a [SEP] between them counts, so that they stay joined."""
    first = int(np.searchsorted(pieces.ends, start, side="right"))
    last = int(np.searchsorted(pieces.starts, end, side="left"))
    return np.arange(first, max(first, last), dtype=np.int64)
