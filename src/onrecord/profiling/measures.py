"""Records in, one profile an outlet out: whose words fill its articles, in what form and under what cues.

Words are counted once, for the first of these that claims them: quoted (inside the marks of a statement), reported
(the rest of a statement's content), own voice (what the outlet asserts), other (sources, cues, and what is neither).
Statements that stand within another's content count for their own speaker; their words count once.

A share of statements comes with the 95 % score interval of Wilson (1927, JASA 22). A share of words has the interval
of a bootstrap over articles (Efron 1979), since words of one article stand or fall together; a single article tells
nothing of the outlet, and its interval is the whole from 0 to 1.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from onrecord.intervals import wilson
from onrecord.records import CueClass, Entity, Form, Record, Statement
from onrecord.spans import Span

WORD = re.compile(r"\w+(?:['’]\w+)*")
VOICES = ("quoted", "reported", "own voice", "other")
FORMS: tuple[str, ...] = get_args(Form)
STANCES: tuple[str, ...] = get_args(CueClass)
NO_OUTLET = "outlet not stated"
UNNAMED, UNKNOWN, NO_BODY = "unnamed speakers", "no speaker found", "affiliation not stated"
RESAMPLES, SEED = 1000, 20


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `total`, and the 95 % interval of the share, from `low` to `high` in [0, 1]."""

    name: str
    hits: int
    total: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share, in [0, 1]; 0 of nothing."""
        return self.hits / self.total if self.total else 0.0

    @property
    def interval(self) -> str:
        """ "20% to 45%"; "too few" where nothing is known of it."""
        return "too few" if self.low <= 0 and self.high >= 1 else f"{self.low:.0%} to {self.high:.0%}"

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        return {"hits": self.hits, "total": self.total, "share": self.value, "low": self.low, "high": self.high}


@dataclass(frozen=True, slots=True)
class Row:
    """The statements of one speaker, or of all who speak for one body: by form, and by stance of the cue."""

    name: str
    wikidata: str | None
    statements: int
    forms: tuple[Share, ...]
    stances: tuple[Share, ...]

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "name": self.name,
            "wikidata": self.wikidata,
            "statements": self.statements,
            "forms": {share.name: share.to_dict() for share in self.forms},
            "stances": {share.name: share.to_dict() for share in self.stances},
        }


@dataclass(frozen=True, slots=True)
class Profile:
    """One outlet: how much of it is whose voice, and one row for each speaker and each body, the most quoted first."""

    outlet: str
    articles: int
    words: int
    voices: tuple[Share, ...]
    everyone: Row
    speakers: tuple[Row, ...]
    bodies: tuple[Row, ...]

    @property
    def size(self) -> str:
        """How much was measured: "2 articles · 431 words · 9 statements"."""
        counts = ((self.articles, "article"), (self.words, "word"), (self.everyone.statements, "statement"))
        return " · ".join(f"{n:,} {what}{'' if n == 1 else 's'}" for n, what in counts)

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "outlet": self.outlet,
            "articles": self.articles,
            "words": self.words,
            "voices": {share.name: share.to_dict() for share in self.voices},
            "everyone": self.everyone.to_dict(),
            "speakers": [row.to_dict() for row in self.speakers],
            "bodies": [row.to_dict() for row in self.bodies],
        }


@dataclass(frozen=True, slots=True)
class _Key:
    """What statements are grouped by: the id in Wikidata where there is one, else the folded name."""

    id: str
    name: str
    wikidata: str | None = None


def profiles(records: Iterable[Record]) -> tuple[Profile, ...]:
    """A profile for each outlet among ``records``, by name."""
    by_outlet: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_outlet[record.article.outlet or NO_OUTLET].append(record)
    return tuple(_profile(outlet, by_outlet[outlet]) for outlet in sorted(by_outlet))


def _profile(outlet: str, records: Sequence[Record]) -> Profile:
    counts = [_voices(record) for record in records]
    said = [(record, statement) for record in records for statement in record.statements]
    return Profile(
        outlet,
        len(records),
        sum(sum(count.values()) for count in counts),
        tuple(_bootstrapped(voice, counts) for voice in VOICES),
        _row(_Key("", "everyone"), [statement for _, statement in said]),
        _rows((_speaker(record, statement), statement) for record, statement in said),
        _rows((_body(record, statement), statement) for record, statement in said),
    )


def _voices(record: Record) -> Counter[str]:
    """How many words of an article are in which of VOICES."""
    text = record.article.text
    voices = [""] * len(text)
    for asserted in record.asserted:
        _paint(voices, asserted.span, "own voice")
    for statement in sorted(record.statements, key=lambda s: s.within is not None):
        for span in statement.content:
            _paint(voices, span, "quoted" if statement.form == "direct" else "reported")
    counts: Counter[str] = Counter(dict.fromkeys(VOICES, 0))
    counts.update(voices[word.start()] or "other" for word in WORD.finditer(text))
    return counts


def _paint(voices: list[str], span: Span, voice: str) -> None:
    voices[span.start : span.end] = [voice] * len(span)


def _speaker(record: Record, statement: Statement) -> _Key:
    entity = record.speaker(statement)
    if entity is None:
        return _Key("?", UNKNOWN)
    return _key(entity) if entity.named else _Key("~", UNNAMED)


def _body(record: Record, statement: Statement) -> _Key:
    """Whom the speaker speaks for: a body or place speaks for itself."""
    entity = record.speaker(statement)
    if entity is not None and entity.of is not None:
        entity = record.entity(entity.of)
    elif entity is not None and entity.kind == "person":
        entity = None
    return _key(entity) if entity is not None and entity.named else _Key("?", NO_BODY)


def _key(entity: Entity) -> _Key:
    return _Key(entity.wikidata or f"{entity.kind} {folded(entity.name)}", entity.name, entity.wikidata)


def folded(name: str) -> str:
    """A name for comparing: no accents, no case, no punctuation."""
    bare = unicodedata.normalize("NFKD", name).casefold()
    return " ".join(WORD.findall("".join(c for c in bare if not unicodedata.combining(c))))


def _rows(pairs: Iterable[tuple[_Key, Statement]]) -> tuple[Row, ...]:
    keys: dict[str, _Key] = {}
    groups: dict[str, list[Statement]] = defaultdict(list)
    for key, statement in pairs:
        keys.setdefault(key.id, key)
        groups[key.id].append(statement)
    rows = [_row(keys[id], group) for id, group in groups.items()]
    return tuple(sorted(rows, key=lambda row: (-row.statements, row.name)))


def _row(key: _Key, statements: Sequence[Statement]) -> Row:
    forms = Counter(statement.form for statement in statements)
    stances = Counter(statement.cue_class for statement in statements if statement.cue_class is not None)
    return Row(
        key.name,
        key.wikidata,
        len(statements),
        tuple(_shares(FORMS, forms)),
        tuple(_shares(STANCES, stances)),
    )


def _shares(names: Sequence[str], counts: Mapping[Any, int]) -> Iterator[Share]:
    total = sum(counts.values())
    for name in names:
        yield Share(name, counts.get(name, 0), total, *wilson(counts.get(name, 0), total))


def _bootstrapped(voice: str, counts: Sequence[Counter[str]]) -> Share:
    pairs = [(count[voice], count.total()) for count in counts]
    if len(pairs) < 2:
        return Share(voice, pairs[0][0], pairs[0][1], 0.0, 1.0)
    chance = random.Random(SEED)
    seen = []
    for _ in range(RESAMPLES):
        drawn = chance.choices(pairs, k=len(pairs))
        seen.append(sum(hits for hits, _ in drawn) / max(1, sum(total for _, total in drawn)))
    seen.sort()
    low, high = seen[int(0.025 * RESAMPLES)], seen[int(0.975 * RESAMPLES)]
    return Share(voice, sum(hits for hits, _ in pairs), sum(total for _, total in pairs), low, high)
