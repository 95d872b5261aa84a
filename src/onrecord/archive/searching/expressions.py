"""What a query asks for, as a tree: words and marks, all of them, any of them, or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from onrecord.archive.searching.ranges import Range

Which = Literal["all", "newest", "older"]


@dataclass(frozen=True, slots=True)
class Term:
    """A word in any of its forms: `word` is folded."""

    word: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """These words, in this order, one after the other; with `open`, the last one may go on."""

    words: tuple[str, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Words that hold these letters; with `ends`, that end with them."""

    letters: str
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """Marks of one kind (documents.py), in this order; with `open`, the last one may go on."""

    kind: str
    values: tuple[str, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class During:
    """A date that lies in the range; `kind` is said or pub."""

    kind: str
    range: Range


@dataclass(frozen=True, slots=True)
class All:
    """Every one of these holds."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """One of these holds at least; none of none."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """This does not hold."""

    part: Expression


@dataclass(frozen=True, slots=True)
class Quoted:
    """These words in what was said, not in who is said to have said it, nor how."""

    words: Term | Phrase | Part


@dataclass(frozen=True, slots=True)
class Versions:
    """Which versions of a story are looked through: all, the newest, or those that it has replaced."""

    which: Which


Expression: TypeAlias = Term | Phrase | Part | Quoted | Marked | During | Versions | All | Any | Not


def asks_for_versions(expression: Expression | None) -> bool:
    """Whether it says anywhere which versions are meant."""
    if isinstance(expression, All | Any):
        return any(map(asks_for_versions, expression.parts))
    return asks_for_versions(expression.part) if isinstance(expression, Not) else isinstance(expression, Versions)
