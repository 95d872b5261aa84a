"""Numbers in words and in digits as one value: "three hundred and ten" is 310, "1,200" is 1200, "onze" is 11."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from onrecord.tracing.tables import LANGUAGES, table

DIGITS = re.compile(r"\d+(?:[.,]\d+|[\u202f\u00a0 ]\d{3}(?!\d))*")
THOUSANDS = re.compile(r"\d{1,3}(?:[.,\u202f\u00a0 ]\d{3})+")
GERMAN = re.compile(r"(?P<ones>ein|zwei|drei|vier|funf|sechs|sieben|acht|neun)und(?P<tens>\w+zig|dreissig)")
GERMAN_SCALES = (("tausend", 1000), ("hundert", 100))


@dataclass(frozen=True, slots=True)
class Numeral:
    """The number that words `first` to `last`, both included, name; `value` in digits, with a point for decimals."""

    first: int
    last: int
    value: str


def numerals(words: Sequence[str], language: str | None = None) -> Iterator[Numeral]:
    """The numbers among words in normal form, in order.

    `language` (ISO 639-1) says whose number words to read; None, or one without a list, reads English and only what
    holds no word of another meaning.
    """
    lists = _lists(language if language in LANGUAGES else "en")
    at = 0
    while at < len(words):
        found = _read(words, at, lists)
        if found is None:
            at += 1
            continue
        yield found
        at = found.last + 1


@dataclass(frozen=True, slots=True)
class _NumberWords:
    small: Mapping[str, int]
    scales: Mapping[str, int]
    joins: frozenset[str]
    alone: frozenset[str]
    points: frozenset[str]
    parts: Mapping[tuple[str, ...], float]


@lru_cache(maxsize=8)
def _lists(language: str) -> _NumberWords:
    group = table("numbers")[language]
    parts = {tuple(words.split()): value for words, value in group["parts"].items()}
    alone, points = frozenset(group["alone"]), frozenset(group["points"])
    return _NumberWords(group["small"], group["scales"], frozenset(group["joins"]), alone, points, parts)


def _read(words: Sequence[str], at: int, lists: _NumberWords) -> Numeral | None:
    """The longest number that begins at a word."""
    total: float = 0
    part: float = 0
    last, used, digits = at - 1, 0, False
    n = at
    while n < len(words):
        word = words[n]
        if DIGITS.fullmatch(word):
            if used:
                break
            part, digits = _digits(word), True
        elif (small := _small(word, lists)) is not None:
            if digits or not _fits(part, small, used):
                break
            part += small
        elif word in lists.scales and (
            used or word in ("hundert", "tausend", "cent", "cien", "ciento", "mil", "mille")
        ):
            scale = lists.scales[word]
            if not part and 0 < total < scale:
                part, total = total, 0
            part = (part or 1) * scale
            if scale >= 1000:
                total, part = total + part, 0
        elif word in lists.joins and used and n + 1 < len(words) and _goes_on(words[n + 1], part, total, lists):
            n += 1
            continue
        else:
            break
        last, used = n, used + 1
        n += 1
        part, more = _with_part(words, n, part, lists)
        last, used, n = last + more, used + more, n + more
    if not used or (used == 1 and words[at] in lists.alone):
        return None
    return Numeral(at, last, _shown(total + part))


def _with_part(words: Sequence[str], at: int, whole: float, lists: _NumberWords) -> tuple[float, int]:
    """A number with what stands behind it, *point five*, *and a half*, and of how many words that is."""
    for part, value in lists.parts.items():
        if tuple(words[at : at + len(part)]) == part:
            return whole + value, len(part)
    if words[at : at + 1] and words[at] in lists.points and whole == int(whole):
        digits = ""
        for n in range(at + 1, len(words)):
            small = lists.small.get(words[n])
            if small is None or small > 9 or (digits and n + 1 < len(words) and words[n + 1] in lists.points):
                break
            digits += str(small)
        if digits:
            return whole + float(f"0.{digits}"), 1 + len(digits)
    return whole, 0


def _goes_on(word: str, part: float, total: float, lists: _NumberWords) -> bool:
    """Whether after "and" the number goes on: "three hundred and ten", not "two and three"."""
    small = _small(word, lists)
    return small is not None and (total > 0 or part >= 20) and _fits(part, small, 1)


def _fits(part: float, small: int, used: int) -> bool:
    """Whether a small number may follow: after nothing, after full tens, after full hundreds."""
    if not used or not part:
        return True
    if small >= 100:
        return False
    if part % 100 == 0:
        return small > 0
    return part % 100 >= 20 and part % 10 == 0 and 0 < small < 20 and (small < 10 or part % 100 in (60, 80))


def _small(word: str, lists: _NumberWords) -> int | None:
    if word in lists.small:
        return lists.small[word]
    return _german(word, lists) if "hundert" in lists.scales and word not in lists.scales else None


def _german(word: str, lists: _NumberWords) -> int | None:
    """A number that German writes as one word: *vierhundertzwanzig*, *elfhundert*, *hundertvierundzwanzig*."""
    if word in lists.small:
        return lists.small[word]
    if compound := GERMAN.fullmatch(word):
        tens = lists.small.get(compound["tens"])
        return None if tens is None else tens + lists.small[compound["ones"]]
    for scale, value in GERMAN_SCALES:
        many, found, rest = word.partition(scale)
        if found:
            times = _german(many, lists) if many else 1
            more = _german(rest.removeprefix("und"), lists) if rest else 0
            return None if times is None or more is None else times * value + more
    return None


def _digits(word: str) -> float:
    if THOUSANDS.fullmatch(word):
        return float(re.sub(r"\D", "", word))
    whole, _, part = word.replace(",", ".").rpartition(".")
    return float(f"{re.sub(r'[^0-9]', '', whole) or 0}.{part}") if whole else float(re.sub(r"[^0-9]", "", part))


def _shown(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(round(value, 6))
