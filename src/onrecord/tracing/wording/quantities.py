"""Numbers of two versions of one text as quantities: "£125m" is "125 millones de libras", 550 pounds are 250 kg.

A translator writes a number in words or in digits, with another mark for thousands, with the unit of magnitude
shortened, in other measures, by the twelve or the twenty-four hours of a clock. Quantities are the same if any reading
of one is a reading of the other; measures converted may be rounded. Sums of money in two currencies, and degrees,
cannot be compared and are let pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from onrecord.tracing.tables import table
from onrecord.tracing.wording.normal import Token, fold, words_of
from onrecord.tracing.wording.numbers import DIGITS

ROUNDED = 0.15
"""By how much measures may differ when converted: "200 miles" are "300 km"."""

RANGE = frozenset("to and or a y o e et ou a bis und oder au до и или".split())
"""Words between two numbers that share what stands behind the second."""

SMALL = 2
"""Numbers up to this are said in many other words: both, a pair, twice, ni l'un ni l'autre."""

CENTURY, HOURS = 100, 24
AFTER = re.compile(r"[\s\u00a0\u202f/-]*(?P<word>[^\W\d_]+(?:[.'][^\W\d_]+)*|[%£€$¥₹°])")
BEFORE = re.compile(r"(?P<word>[£€$¥₹]|us\$|\b[^\W\d_]+)\s*$", re.I)
CLOCK = re.compile(r"(?P<hour>[01]?\d|2[0-4])\s?[:.h]\s?(?P<minutes>[0-5]\d)(?!\d)")
GROUPS = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)")
ROMAN = re.compile(r"(?P<tens>x{1,2})?(?P<ones>ix|iv|v?i{0,3})(?:e|eme|er)?")
ROMAN_ONES = {"": 0, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}


@dataclass(frozen=True, slots=True)
class Measure:
    """An `amount` of a dimension in its base unit, told in a `unit` of so many of those."""

    dimension: str
    amount: float
    unit: float


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with all it can mean: `values`, and what it measures (`measures`); `at` is the place of its word.

    `currency` is an ISO 4217 code in lower case, or ""; `spelled` tells that it is written in words.
    """

    at: int
    value: float
    shown: str
    values: frozenset[float]
    measures: frozenset[Measure]
    currency: str = ""
    degrees: bool = False
    spelled: bool = False


@dataclass(frozen=True, slots=True)
class _Units:
    magnitudes: Mapping[str, float]
    measures: Mapping[str, tuple[tuple[str, float], ...]]
    money: Mapping[str, str]
    degrees: frozenset[str]
    clock: frozenset[str]
    pairs: frozenset[str]
    counting: Mapping[str, float]


@lru_cache(maxsize=1)
def _units() -> _Units:
    data = table("quantities")
    measures: dict[str, tuple[tuple[str, float], ...]] = {}
    for dimension, units in data["measures"].items():
        for word, amount in units.items():
            measures[fold(word)] = (*measures.get(fold(word), ()), (dimension, float(amount)))
    return _Units(
        {fold(word): float(value) for word, value in data["magnitudes"].items()},
        measures,
        {fold(word): code for code, words in data["money"].items() for word in words.split()},
        frozenset(map(fold, data["degrees"]["words"].split())),
        frozenset(map(fold, data["clock"].split())),
        frozenset(map(fold, data["pairs"].split())),
        {fold(word): float(value) for value, words in data["counting"].items() for word in words.split()},
    )


def quantities(text: str, words: Sequence[Token]) -> tuple[Quantity, ...]:
    """The numbers among the words of a text, in order."""
    found: list[Quantity] = []
    end = 0
    for at, word in enumerate(words):
        if not word.key.startswith("#") or word.span.start < end or _a_share_word(text, words, at):
            continue
        end = max((m.end() for p in (GROUPS, CLOCK) if (m := p.match(text, word.span.start))), default=0)
        found.append(_read(text, words, at, max(end, word.span.end)))
    return tuple(found)


def unsaid(mine: Sequence[Quantity], theirs: Sequence[Quantity], others: Sequence[Token]) -> Iterator[Quantity]:
    """The quantities of `mine` that are none of `theirs`; `others` are the other text's words.

    A small number in words is doubted only where one of the other text's numbers is missing here.
    """
    pairs = _units().pairs
    missing = [one for one in theirs if one.value > 1 and not any(same(one, other) for other in mine)]
    paired = any(word.key in pairs for word in others)
    counted = set(filter(None, map(_counting, others)))
    for one in mine:
        if one.value in (0, 1) or one.values & counted or any(same(one, other) for other in theirs):
            continue
        if one.value <= SMALL and (paired or (one.spelled and not missing)):
            continue
        yield one


def same(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities may be one."""
    if one.values & other.values:
        return True
    if one.currency and other.currency and one.currency != other.currency:
        return True
    if one.degrees and other.degrees:
        return True
    return any(_converted(a, b) for a in one.measures for b in other.measures)


def measures_of(key: str) -> tuple[tuple[str, float], ...]:
    """What a word measures, as a unit: the dimension and how much of its base unit."""
    return _units().measures.get(key, ())


def _converted(a: Measure, b: Measure) -> bool:
    """Whether two measures are one in two units, or one time on two clocks."""
    if a.dimension != b.dimension:
        return False
    if a.dimension == "clock":
        return a.amount == b.amount
    return a.unit != b.unit and abs(a.amount - b.amount) <= ROUNDED * max(a.amount, b.amount)


def _a_share_word(text: str, words: Sequence[Token], at: int) -> bool:
    """Whether a word read as a hundred is the one of per cent: *por ciento*, *pour cent*."""
    shown = fold(words[at].span.slice(text))
    return bool(at) and shown in ("ciento", "cien", "cent") and words[at - 1].key in ("por", "pour", "per")


def _counting(word: Token) -> float | None:
    """The number in a word that counts otherwise than by a numeral: *fifth*, *decade*, *XIXe*."""
    if word.key in _units().counting:
        return _units().counting[word.key]
    if len(word.key) > 1 and (match := ROMAN.fullmatch(word.key)):
        return 10 * len(match["tens"] or "") + ROMAN_ONES[match["ones"]] or None
    return None


def _read(text: str, words: Sequence[Token], at: int, end: int) -> Quantity:
    """All that the number at a word, which goes on to `end` in the text, can mean."""
    units, word = _units(), words[at]
    value = float(word.key[1:])
    shown = text[word.span.start : end]
    behind = _behind(text, words, at, end)
    values = {value}
    measures: set[Measure] = set()
    if GROUPS.fullmatch(shown):
        values = {value := float(re.sub(r"\D", "", shown))}
    for key in behind[:3]:
        if key in units.magnitudes:
            values |= {one * units.magnitudes[key] for one in values}
    if scale := _scale_of_range(text, words, at):
        values |= {one * scale for one in values}
    for key in behind[:3]:
        measures |= {Measure(of, one * unit, unit) for of, unit in units.measures.get(key, ()) for one in values}
    before = BEFORE.search(text[max(0, word.span.start - 12) : word.span.start])
    money = [key for key in (*behind[:4], *([fold(before["word"])] if before else [])) if key in units.money]
    clock = CLOCK.match(text, word.span.start)
    if clock:
        measures.add(Measure("clock", int(clock["hour"]) % 12 + int(clock["minutes"]) / 60, 1))
    elif value <= HOURS and units.clock & set(behind[:2]):
        measures.add(Measure("clock", value % 12, 1))
    if value < CENTURY and value % 10 == 0:
        values |= {1900 + value, 2000 + value}
    return Quantity(
        at,
        value,
        shown,
        frozenset(values),
        frozenset(measures),
        units.money[money[0]] if money else "",
        bool(units.degrees & set(behind[:2])) or "°" in behind[:1],
        not any(char.isdigit() for char in shown),
    )


def _scale_of_range(text: str, words: Sequence[Token], at: int) -> float:
    """What multiplies the second number of a range, and so the first: *between 420 and 440 million*; 0 if nothing."""
    if at + 2 >= len(words) or words[at + 1].key not in RANGE or not words[at + 2].key.startswith("#"):
        return 0.0
    second = words[at + 2]
    shown = second.span.slice(text)
    digits = DIGITS.match(shown)
    if digits is None or digits.end() == len(shown):
        return 0.0
    bare = float(words_of(digits.group())[0].key[1:])
    return float(second.key[1:]) / bare if bare else 0.0


def _behind(text: str, words: Sequence[Token], at: int, end: int) -> list[str]:
    """The words behind a number, those behind the second number of a range where it is the first of one."""
    if at + 2 < len(words) and words[at + 1].key in RANGE and words[at + 2].key.startswith("#"):
        end = words[at + 2].span.end
    elif at + 1 < len(words) and words[at + 1].key.startswith("#") and 0 < words[at + 1].span.start - end <= 3:
        end = words[at + 1].span.end
    found: list[str] = []
    while len(found) < 4 and (match := AFTER.match(text, end)):
        found.append(fold(match["word"]))
        end = match.end() + (text[match.end() : match.end() + 1] == ".")
    return found
