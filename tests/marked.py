"""Gold written in the sentence, so that a test can be read.

    parse("[c1 “Never,”] [k1 said] [s1 Rena Holt], who [k2 claimed] [c2 to know].")

A tag opens with `[`, a letter for the role (s source, k cue, c content), the number of the
statement and a space, and ends with `]`. Several numbers, as in `[s1,2 Holt]`, share the words; a
content in pieces repeats its tag; tags nest. Any other bracket is text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from onrecord.records import Article, Record

ROLES = {"s": "source", "k": "cue", "c": "content"}
TOKEN = re.compile(r"\[(?P<role>[skc])(?P<ids>\d+(?:,\d+)*) |[\[\]]")


@dataclass(frozen=True)
class Gold:
    """The bare text, and its statements as the published format has them: id and spans by role."""

    text: str
    attributions: list[dict[str, Any]]


def parse(marked: str) -> Gold:
    """The text without its tags, and where they stood. Raises ValueError for unequal brackets."""
    pieces: list[str] = []
    length = last = 0
    stack: list[tuple[re.Match[str], int]] = []
    found: dict[str, dict[str, Any]] = {}
    for token in TOKEN.finditer(marked):
        if token[0] != "]":
            stack.append((token, 0))
        elif not stack:
            raise ValueError(f"']' at {token.start()} closes nothing in {marked!r}")
        piece = marked[last : token.start()]
        opener = stack[-1][0] if token[0] == "]" else token
        literal = opener["role"] is None
        last = token.end()
        pieces.append(piece + token[0] if literal else piece)
        length += len(pieces[-1])
        if token[0] != "]":
            stack[-1] = token, length
            continue
        start = stack.pop()[1]
        for id in (opener["ids"] or "").split(",") if not literal else ():
            statement = found.setdefault(id, {"id": id, "source": [], "cue": [], "content": []})
            statement[ROLES[opener["role"]]].append([start, length])
    if stack:
        raise ValueError(f"{stack[-1][0][0]!r} at {stack[-1][0].start()} is never closed in {marked!r}")
    ordered = sorted(found.values(), key=lambda statement: int(statement["id"]))
    for statement in ordered:
        for role in ROLES.values():
            statement[role].sort()
    return Gold("".join(pieces) + marked[last:], ordered)


def of(record: Record) -> tuple[Article, Record]:
    """What a step takes: the article of a record, and the record."""
    return record.article, record
