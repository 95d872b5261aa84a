"""What is indexed for a statement and for an article: its words, and marks for everything it can be filtered by.

    Rena Holt, harbour master, said on 4 May 2031: “The valve was shut.”
    the valve was shut ¦ §with·rena §with·holt ¦ §with·said … §by·rena §by·holt §byid·7 §role·harbour §role·master
    §said·y2031 §said·m203105 … §form·direct …

A mark begins with a sign that no word holds, so no text can pass for one. All is one row of tokens: a search is one
expression over them, whatever it asks for. ¦ keeps phrases from running over from one thing into the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from onrecord.archive.indexing.words import LONGEST, words
from onrecord.archive.searching.ranges import marks_of

SIGN, PARTING, BARRIER = "§", "·", "¦"
EVERYTHING = "§all"
UNKNOWN = "unknown"
MOST_WORDS, MOST_LETTERS = 25_000, 120_000  # of a text that are indexed: a tsvector holds no more than a megabyte
MOST_MARKS = 60_000  # letters of the marks that an article has from its statements
MOST_TARGETS = 100  # of a statement
MOST_OF_A_SOURCE = 60  # words of a source or a cue
OLDER = "older"
BLOCK = 12  # bits: ids are marked in blocks of 4,096, by which PostgreSQL finds the newest first


def code(kind: str, value: object) -> str:
    """The mark of that kind and value."""
    return f"{SIGN}{kind}{PARTING}{value}"


@dataclass(frozen=True, slots=True)
class Named:
    """An entity as far as search knows it: the name it is shown by, all its names, its role, and whom it acts for."""

    shown: str
    names: tuple[str, ...]
    person: int | None = None
    wikidata: str | None = None
    role: str | None = None
    of: tuple[str, ...] = ()
    of_wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What the statements of one article share."""

    outlet: str | None
    outlet_id: int | None
    published: str | None
    older: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as far as search knows it; `said_on` is ISO 8601, as exact as it is known."""

    content: str
    source: str
    cue: str
    form: str
    status: str
    stance: str | None
    confidence: float
    review: str | None
    said_on: str | None
    occasion: str | None
    speaker: Named | None
    about: Sequence[Named]


def statement_document(said: Said, setting: str) -> tuple[str, list[str], list[str]]:
    """The whole row of tokens of a statement, the marks that its article has of it too (those of a name together), and
    the words of its content."""
    content = _within_limits(words(said.content))
    whole = min(100, int(said.confidence * 100 + 1e-9))
    marks = [_frame(said.form, said.status, said.stance, said.occasion, said.review, whole)]
    marks += date_marks("said", said.said_on)
    if said.speaker:
        marks += entity_marks(said.speaker)
    for named in said.about[:MOST_TARGETS]:
        marks += target_marks(named)
    around = _named("with", (said.source, said.cue, said.speaker.shown if said.speaker else ""), MOST_OF_A_SOURCE)
    return " ".join((*content, *around, *marks, setting)), marks, content


def article_document(title: str | None, text: str, setting: str, statements: Iterable[str]) -> tuple[str, list[str]]:
    """The whole row of tokens of an article, with the `statements` marks of all its statements; and its words."""
    spoken = _within_limits([*words(title or ""), BARRIER, *words(text)])
    marks, room = [], MOST_MARKS
    for mark in dict.fromkeys(statements):
        room -= len(mark)
        if room < 0:
            break
        marks.append(mark)
    return " ".join((*spoken, *marks, setting)), spoken


def _within_limits(found: list[str]) -> list[str]:
    """As many of the words, from the first on, as both databases can index."""
    if len(found) * LONGEST <= MOST_LETTERS:
        return found
    room = MOST_LETTERS
    for place, word in enumerate(found[:MOST_WORDS]):
        room -= len(word)
        if room < 0:
            return found[:place]
    return found[:MOST_WORDS]


def setting_marks(setting: Setting) -> str:
    """The marks that every statement of an article has."""
    marks = [EVERYTHING, *date_marks("pub", setting.published)]
    if setting.older:
        marks.append(code("version", OLDER))
    if setting.outlet:
        marks += [code("outletid", setting.outlet_id), *_named("outlet", (setting.outlet,))]
    return " ".join(marks)


def lexemes(document: str, *more: str) -> str:
    """A row of tokens as PostgreSQL takes a tsvector: every token once, with its places.

    >>> lexemes("a b ¦ a")
    "'a':1,4 'b':2"
    """
    places: dict[str, list[str]] = {}
    for place, token in enumerate((*document.split(" "), *more), 1):
        if token != BARRIER:
            places.setdefault(token, []).append(str(min(place, 16_383)))
    return " ".join(f"'{token}':{','.join(places[token][:256])}" for token in places)


def block_of(id: int) -> str:
    """The mark of the block that a row lies in."""
    return code("block", id >> BLOCK)


@lru_cache(maxsize=20_000)
def _frame(form: str, status: str, stance: str | None, occasion: str | None, review: str | None, whole: int) -> str:
    """The marks from closed sets, and the confidence in hundredths."""
    marks = {
        "form": form,
        "status": status,
        "stance": stance or UNKNOWN,
        "occasion": occasion or UNKNOWN,
        "review": review or "none",
        "hundredth": whole,
        "tenth": whole // 10,
    }
    return " ".join(code(kind, value) for kind, value in marks.items())


@lru_cache(maxsize=20_000)
def date_marks(kind: str, written: str | None) -> tuple[str, ...]:
    """The marks of a date, its year first."""
    return tuple(code(kind, mark) for mark in marks_of(written))


@lru_cache(maxsize=5_000)
def entity_marks(named: Named) -> tuple[str, ...]:
    """The marks of whoever speaks."""
    marks = [*_named("by", named.names), *_ids("by", named)]
    if named.role:
        marks += _named("role", (named.role,))
    if named.of:
        marks += _named("of", named.of)
    if named.of_wikidata:
        marks.append(code("ofwd", named.of_wikidata.lower()))
    return tuple(marks)


@lru_cache(maxsize=5_000)
def target_marks(named: Named) -> tuple[str, ...]:
    """The marks of whomever is spoken about."""
    return (*_named("about", named.names), *_ids("about", named))


def _ids(kind: str, named: Named) -> Iterator[str]:
    if named.person is not None:
        yield code(f"{kind}id", named.person)
    if named.wikidata:
        yield code(f"{kind}wd", named.wikidata.lower())


def _named(kind: str, names: Iterable[str], most: int = 12) -> Iterator[str]:
    """The marks of each name that is no part of another, together and with a barrier before them."""
    kept: list[str] = []
    for folded in sorted({" ".join(words(name)[:most]) for name in names}, key=lambda name: (-len(name), name)):
        if folded and not any(f" {folded} " in f" {longer} " for longer in kept):
            kept.append(folded)
    for name in kept:
        yield " ".join((BARRIER, *(code(kind, word) for word in name.split(" "))))
